"""Every page of the demo: it answers, fits, prints, and is accessible in light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from browser.accessibility import told, violations
from browser.crawling import Found, crawl
from browser.hands import Chromium
from browser.serving import Served
from browser.watching import Desk, desk

pytestmark = pytest.mark.browser
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}
Pages = list[Found]


@pytest.fixture(scope="module")
def pages(demo: Served) -> Pages:
    with demo.client() as client:
        return list(crawl(client))


@pytest.fixture(scope="module")
def readable(pages: Pages) -> Pages:
    """One page of each sort that has a layout of its own: filters alone make none."""
    kept: dict[str, Found] = {}
    for page in pages:
        if page.answer.headers["content-type"].startswith("text/html"):
            kept.setdefault(page.shape.partition("?")[0], page)
    return list(kept.values())


def test_every_link_leads_to_a_page(pages: Pages) -> None:
    broken = [(page.path, page.answer.status_code) for page in pages if page.answer.is_error]
    assert not broken


def test_every_page_forbids_whatever_does_not_come_from_here(pages: Pages) -> None:
    for page in pages:
        policy = page.answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, page.path
        assert "unsafe" not in policy, page.path
        assert page.answer.headers["cache-control"] == "no-store", page.path


@pytest.mark.parametrize(
    ("size", "language"),
    [(WIDE, "en"), (NARROW, "en"), (NARROW, "ru"), (NARROW, "uk")],
    ids=["wide", "narrow", "narrow-ru", "narrow-uk"],
)
def test_no_page_scrolls_sideways(
    browser: Browser, demo: Served, readable: Pages, size: dict[str, int], language: str
) -> None:
    with desk(browser, demo.address, demo.origin, viewport=size, locale=language) as at:
        wide = {}
        for page in readable:
            at.go(page.path)
            if (beyond := at.wide()) > 0:
                wide[page.path] = beyond
            elif size == NARROW and language == "en":
                at.page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
                if (beyond := at.wide()) > 0:
                    wide[f"{page.path} from right to left"] = beyond
        assert not wide
        at.watch.check()


def test_every_page_prints_without_its_controls(at_demo: Desk, readable: Pages) -> None:
    at_demo.page.emulate_media(media="print")
    at_demo.page.set_viewport_size({"width": 720, "height": 1000})
    for page in readable:
        at_demo.go(page.path)
        assert at_demo.wide() <= 0, page.path
        assert not at_demo.page.locator("nav.areas").is_visible(), page.path
        assert at_demo.page.locator("h1").first.is_visible(), page.path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, demo: Served, readable: Pages, scheme: str
) -> None:
    broken: dict[str, Any] = {}
    with desk(browser, demo.address, demo.origin, viewport=WIDE, color_scheme=scheme) as at:
        for page in readable:
            at.go(page.path)
            if found := violations(Chromium(at.page)):
                broken[page.path] = found
    assert not broken, told(broken)


@pytest.fixture
def without_scripts(browser: Browser, demo: Served) -> Iterator[Desk]:
    with desk(
        browser, demo.address, demo.origin, viewport=WIDE, java_script_enabled=False
    ) as found:
        yield found
        found.watch.check()


def test_every_page_is_whole_without_scripts(without_scripts: Desk, readable: Pages) -> None:
    for page in readable:
        assert without_scripts.go(page.path) < 400, page.path
        assert without_scripts.page.locator("main h1").count() == 1, page.path
