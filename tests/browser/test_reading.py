"""Reading by keyboard: settings, search, and the way from a list to the words of a report."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.hands import Hands, chromium_hands, firefox_hands
from browser.serving import Served

pytestmark = pytest.mark.browser
BROWSERS = ("chromium", "chromium-without-scripts", "firefox-without-scripts")


@pytest.fixture(scope="module", params=BROWSERS)
def hands(request: pytest.FixtureRequest, browser: Browser, demo: Served) -> Iterator[Hands]:
    if request.param.startswith("firefox"):
        with firefox_hands(demo) as found:
            yield found
    else:
        scripts = request.param == "chromium"
        with chromium_hands(browser, demo, scripts=scripts) as found:
            yield found


def test_the_language_is_chosen_by_keyboard(hands: Hands) -> None:
    hands.go("/settings")
    hands.choose("#language", "ru")
    hands.open("main button[type=submit]")
    assert hands.value("html", "lang") == "ru"
    hands.go("/settings")
    hands.choose("#language", "en")
    hands.open("main button[type=submit]")
    assert hands.value("html", "lang") == "en"
