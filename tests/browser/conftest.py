"""The browser, and records that are served for the whole session."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.serving import Served, served
from browser.watching import Desk, desk
from khronika.workflows.demo import build_demo

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: run tests/browser/install.sh")
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once; what rules on it works on a copy."""
    path = tmp_path_factory.mktemp("demo") / "record"
    build_demo(path).record.close()
    return path


@pytest.fixture(scope="session")
def demo(demo_record: Path) -> Iterator[Served]:
    """The demo, served; nothing rules on it."""
    with served(demo_record, "--reviewer", "Ada Lark") as found:
        yield found


@pytest.fixture
def own_demo(demo_record: Path, tmp_path: Path) -> Iterator[Served]:
    """A copy of the demo, to rule on."""
    copied = shutil.copytree(demo_record, tmp_path / "record")
    with served(copied, "--reviewer", "Ada Lark") as found:
        yield found


@pytest.fixture
def at_demo(browser: Browser, demo: Served) -> Iterator[Desk]:
    """A page at the demo, 1280 wide."""
    size = {"width": 1280, "height": 900}
    with desk(browser, demo.address, demo.origin, viewport=size) as found:
        yield found
        found.watch.check()
