"""Pictures of the demo's pages for the documentation: docs/images/PAGE-WIDTH-SCHEME.png.

    python tools/make_screenshots.py [PAGE...]

Builds the demo in a folder of its own, serves it, and takes each page at 1280 and 390 pixels, light
and dark, with Debian's Chromium. Run it after a page changed, and look at what it made.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from khronika.workflows.demo import build_demo
from khronika.workflows.record import Record

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
START = "import sys; from khronika.cli.main import main; sys.exit(main())"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--font-render-hinting=none"),
)
SIZES = {1280: 860, 390: 844}  # width and height of the window
SCHEMES = ("light", "dark")
LARGEST = 150_000  # bytes of one picture
PERSON = "Tatsiana Hryshkevich"  # of the sample reports, where most is told


def addresses(record: Path) -> dict[str, str]:
    """The pages by the name of their pictures."""
    with closing(Record.open(record)) as held:
        incident = max(
            (row.incident for row in held.incidents()),
            key=lambda each: (len(each.contradictions), each.independent_sources, each.id),
        )
        actor = next(each for each in held.actors(type="person") if each.caption == PERSON)
        english = [row for row in held.acts(actor=actor.id) if row.report.language == "en"]
        report = max(english, key=lambda row: len(row.act.involvements)).report
        item = next(each for each in held.review_queue() if each.sort == "act")
    return {
        "overview": "/",
        "incidents": "/incidents",
        "incident": f"/incidents/{incident.id}",
        "report": f"/reports/{report.id}#text",
        "actor": f"/actors/{actor.id}",
        "review": f"/review/{item.id}",
    }


@contextmanager
def serving(record: Path) -> Iterator[str]:
    """The address of the record, served in a process of its own."""
    command = (sys.executable, "-c", START, "serve", "--record", str(record))
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "KHRONIKA_REVIEWER": "Ada Lark",
    }  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def take(browser: Browser, address: str, pages: dict[str, str]) -> None:
    """Take every page in every size and scheme."""
    origin = address.partition("/?")[0]
    for width, height in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            page = context.new_page()
            page.goto(address)
            for name, path in pages.items():
                page.goto(origin + path)
                keep(page, IMAGES / f"{name}-{width}-{scheme}.png")
            context.close()


def keep(page: Page, path: Path) -> None:
    """Take one picture, in few colours."""
    page.wait_for_timeout(400)  # for an anchor to be scrolled to
    page.screenshot(path=path)
    command = ("pngquant", "--force", "--strip", "--speed", "1", "--nofs", "64", "--output")
    subprocess.run((*command, str(path), str(path)), check=True)
    size = path.stat().st_size
    print(f"{path.name:<32} {size:>8,}{'  too large' if size > LARGEST else ''}")


def main() -> None:
    """Make the pictures of the pages that are named, or of all."""
    IMAGES.mkdir(exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None or shutil.which("pngquant") is None:
        raise SystemExit("This needs Debian's packages chromium and pngquant.")
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record"
        build_demo(record).record.close()
        pages = addresses(record)
        wanted = {name: pages[name] for name in sys.argv[1:] or pages}
        with serving(record) as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
            take(browser, address, wanted)
            browser.close()


if __name__ == "__main__":
    main()
