"""A reviewer goes through 100 items of the demo by keyboard: how long each page takes to come.

    python benchmarks/review_journey.py [ITEMS]

Builds the demo, serves it, and lets Chromium press one key an item: the ruling is journalled, its
consequences are derived, and the next item is shown. Prints from the key to the loaded page, and
from the request to its answer, both in milliseconds.
"""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser.conftest import FLAGS
from browser.serving import served
from khronika.workflows.demo import build_demo

ITEMS = 100
KEYS = {"a": "accept", "l": "leave it", "d": "different"}  # the first that the item offers
LIMIT = 150  # milliseconds
TIMES = """() => {
  const it = performance.getEntriesByType("navigation")[0];
  return [it.loadEventEnd, it.responseEnd, it.redirectCount];
}"""


def key_of(page: Page) -> str:
    """The key of the ruling that is made."""
    for key in KEYS:
        if page.locator(f"[data-key='{key}']").count():
            return key
    raise SystemExit(f"no key for {page.url}")


def review(browser: Browser, address: str, items: int) -> list[tuple[str, float, float]]:
    """The key, the milliseconds to the loaded page, and those to its answer, of each item."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.goto(f"{address.partition('/?')[0]}/review")
    with page.expect_navigation():
        page.keyboard.press("j")
    found = []
    for _ in range(items):
        if not page.locator("form#rule").count():
            break
        key = key_of(page)
        with page.expect_navigation():
            page.keyboard.press(key)
        page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
        loaded, answered, _ = page.evaluate(TIMES)
        found.append((key, float(loaded), float(answered)))
    return found


def told(name: str, times: Sequence[float]) -> None:
    """Print one line."""
    row = sorted(times)
    over = sum(each > LIMIT for each in row)
    print(
        f"  {name:<18} {row[len(row) // 2]:7.0f} {row[len(row) * 19 // 20]:7.0f} {row[-1]:7.0f} ms,"
        f" {over} over {LIMIT}"
    )


def main() -> None:
    """Print the table."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not installed: run tests/browser/install.sh")
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        build_demo(record).record.close()
        with served(record, "--reviewer", "Bench") as found, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
            rows = review(browser, found.address, items)
            browser.close()
    keys = ", ".join(f"{KEYS[key]} {n}" for key, n in Counter(row[0] for row in rows).items())
    print(f"{len(rows)} items reviewed by key ({keys}): median, 95th percentile, most")
    told("key to page", [row[1] for row in rows])
    told("request to answer", [row[2] for row in rows])


if __name__ == "__main__":
    main()
