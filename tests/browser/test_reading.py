"""Reading by keyboard: on Chromium with and without scripts, on Firefox as in Tor Browser."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from browser.hands import Hands, HandsError, firefox_hands, hands_on
from browser.serving import Served
from khronika.store import schema
from khronika.workflows.record import Record

pytestmark = pytest.mark.browser
BROWSERS = ("chromium", "chromium-without-scripts", "firefox-without-scripts")


@pytest.fixture(scope="module", params=BROWSERS)
def hands(request: pytest.FixtureRequest, browser: Browser, demo: Served) -> Iterator[Hands]:
    with hands_on(request.param, browser, demo) as found:
        yield found


def test_the_first_key_skips_to_the_content(hands: Hands) -> None:
    hands.go("/incidents")
    hands.keyboard.press("Tab")
    assert hands.keyboard.ask("return document.activeElement.matches('a.skip');")
    hands.keyboard.press("Enter")
    assert hands.keyboard.ask("return location.hash;") == "#main"


def test_from_the_overview_to_the_words_of_a_report(hands: Hands) -> None:
    hands.go("/")
    assert "incidents" in hands.text().lower()
    hands.open("nav.areas a[href='/incidents']")
    hands.open("main a[href^='/incidents/inc_']")
    assert hands.path.startswith("/incidents/inc_")
    hands.open("main a[href^='/reports/rpt_']")
    assert hands.path.startswith("/reports/rpt_")
    assert hands.count("main [class^='m-'], main mark")


def test_incidents_are_narrowed_by_a_box_and_the_address_says_so(hands: Hands) -> None:
    hands.go("/incidents")
    hands.tab_to("input[name=kind][value=arrest]")
    hands.keyboard.press("Space")
    hands.tab_to(".apply button, form.filters button[type=submit]")
    hands.follow()
    assert "kind=arrest" in hands.path
    kept, told = hands.path, hands.text("main h1 + *, main .count")
    hands.go(kept)
    assert hands.text("main h1 + *, main .count") == told


def test_a_search_shows_quotations(hands: Hands) -> None:
    hands.go("/")
    hands.fill("#find", "detained")
    hands.follow()
    assert hands.path.startswith("/search?q=detained")
    assert "detained" in hands.text("main mark").lower()
    hands.open("main a[href^='/reports/rpt_']")
    assert hands.path.startswith("/reports/rpt_")


def test_a_search_that_finds_nothing_says_what_to_do(hands: Hands) -> None:
    hands.go("/search")
    hands.fill("main input[name=q], #find", "zzyzx")
    hands.follow()
    assert "Nothing is found" in hands.text()
    assert hands.count("main h1") == 1


def test_contact_data_are_shown_when_asked_for_and_hidden_again(hands: Hands) -> None:
    with closing(Record.open(hands.served.record)) as record:
        found = record.store.all(select(schema.contact).where(schema.contact.c.kind == "email"))
    report, exact = min((row.report_id, row.exact) for row in found)
    hands.go(f"/reports/{report}")
    assert exact not in hands.text("body")
    hands.open("form.veil button")
    assert exact in hands.text("body")
    hands.open("form.veil button")
    assert exact not in hands.text("body")


def test_the_pages_of_things_lead_to_each_other(hands: Hands) -> None:
    for area, thing in (("actors", "per_"), ("places", ""), ("appeals", "act_"), ("registers", "")):
        hands.go(f"/{area}")
        hands.open(f"main a[href^='/{area}/{thing}']")
        assert hands.path.startswith(f"/{area}/")
        assert hands.count("main h1") == 1


def test_every_picture_has_its_table(hands: Hands) -> None:
    for path in ("/", "/timeline"):
        hands.go(path)
        assert hands.count("figure.picture") == hands.count("figure.picture details.data table")
        assert hands.count("figure.picture img[alt='']") == 0


def test_the_language_is_chosen_by_keyboard(hands: Hands) -> None:
    hands.go("/settings")
    hands.choose("#language", "ru")
    hands.open("main button[type=submit]")
    assert hands.value("html", "lang") == "ru"
    hands.go("/settings")
    hands.choose("#language", "en")
    hands.open("main button[type=submit]")
    assert hands.value("html", "lang") == "en"


def test_firefox_reaches_the_one_address_only_and_the_watch_notices(demo: Served) -> None:
    outside = "http://127.0.0.1:18080/"
    refused = pytest.raises(HandsError, match="PROXY_CONNECTION_REFUSED")
    noticed = pytest.raises(AssertionError, match=f"outside.*{outside}")
    with noticed, firefox_hands(demo) as hands, refused:
        hands.keyboard.go(outside)
