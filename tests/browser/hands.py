"""A reader's hands on the keyboard, the same on every browser: nothing here uses a mouse."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Error

from browser.serving import Served
from browser.watching import Watch, desk

HERE = Path(__file__).parent
PUPPETEER = HERE / "node_modules" / "puppeteer-core"
MOST_TABS = 400
WAIT = 30.0  # seconds for a page
LOADED = "return document.readyState === 'complete' ? performance.timeOrigin : 0;"


class HandsError(AssertionError):
    """The page did not let the hands do what a reader would."""


class Keyboard(Protocol):
    """What a browser is asked to do."""

    def go(self, address: str) -> int:
        """Open an address; the status of the answer."""
        ...

    def press(self, key: str) -> None:
        """Press a key, as Playwright and Puppeteer name it."""
        ...

    def type(self, text: str) -> None:
        """Type a text."""
        ...

    def ask(self, script: str, argument: Any = None) -> Any:
        """Ask about the page from outside; a function's body, which is given `given`."""
        ...

    def picture(self, path: Path) -> None:
        """Take a picture of the page."""
        ...


class Hands:
    """A reader at a served record."""

    def __init__(self, keyboard: Keyboard, served: Served, *, scripts: bool) -> None:
        self.keyboard = keyboard
        self.served = served
        self.scripts = scripts
        keyboard.go(served.address)

    def go(self, path: str) -> int:
        """Open a page of ours."""
        return self.keyboard.go(self.served.origin + path)

    def tab_to(self, css: str, *, back: bool = False) -> None:
        """Press Tab, or Shift and Tab, until what a selector names has the focus."""
        for _ in range(MOST_TABS):
            self.keyboard.press("Shift+Tab" if back else "Tab")
            if self.keyboard.ask("return document.activeElement.matches(given);", css):
                return
        raise HandsError(f"Tab never comes to {css} on {self.path}")

    def follow(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, and wait for that."""
        before = self.keyboard.ask(LOADED)
        self.keyboard.press(key)
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            try:
                now = self.keyboard.ask(LOADED)
            except (Error, HandsError):  # asked while one page went and the other came
                now = 0
            if now not in (0, before):
                return
            time.sleep(0.02)
        raise HandsError(f"{key} led nowhere from {self.path}: {self.text()[:300]}")

    def open(self, css: str) -> None:
        """Go to a link or button by Tab, and press Enter."""
        self.tab_to(css)
        self.follow()

    def fill(self, css: str, text: str) -> None:
        """Go to a field by Tab, and type over what stands in it."""
        self.tab_to(css)
        self.keyboard.press("End")
        length = int(self.keyboard.ask("return document.activeElement.value.length;"))
        for _ in range(length):
            self.keyboard.press("Backspace")
        self.keyboard.type(text)

    def choose(self, css: str, value: str) -> None:
        """Go to a list by Tab, and to one of its values by the arrow keys."""
        self.tab_to(css)
        steps = "return [...document.activeElement.options].map((each) => each.value);"
        values = list(self.keyboard.ask(steps))
        at = int(self.keyboard.ask("return document.activeElement.selectedIndex;"))
        to = values.index(value)
        for _ in range(abs(to - at)):
            self.keyboard.press("ArrowDown" if to > at else "ArrowUp")
        if self.keyboard.ask("return document.activeElement.value;") != value:
            raise HandsError(f"{value!r} could not be chosen in {css} on {self.path}")

    def text(self, css: str = "main") -> str:
        """What a reader sees of a part of the page, blanks as one."""
        script = "const it = document.querySelector(given); return it ? it.innerText : '';"
        return " ".join(str(self.keyboard.ask(script, css)).split())

    def count(self, css: str) -> int:
        """How many of something the page has."""
        return int(self.keyboard.ask("return document.querySelectorAll(given).length;", css))

    def value(self, css: str, name: str) -> str:
        """An attribute of the first that a selector names, "" for none."""
        script = (
            "const it = document.querySelector(given[0]);"
            " return (it && it.getAttribute(given[1])) || '';"
        )
        return str(self.keyboard.ask(script, [css, name]))

    @property
    def path(self) -> str:
        """The path of the page, with its query."""
        return str(self.keyboard.ask("return location.pathname + location.search;"))


class Chromium:
    """A page that Playwright drives."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def go(self, address: str) -> int:
        answer = self._page.goto(address)
        return int(answer.status) if answer else 0

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def ask(self, script: str, argument: Any = None) -> Any:
        return self._page.evaluate(f"(given) => {{ {script} }}", argument)

    def picture(self, path: Path) -> None:
        self._page.screenshot(path=path, full_page=True)


class Firefox:
    """A page that firefox.mjs drives."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def _do(self, command: str, **rest: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"command": command, **rest}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("Firefox's driver ended")
        answer = json.loads(line)
        if "failed" in answer:
            raise HandsError(answer["failed"])
        return answer["ok"]

    def go(self, address: str) -> int:
        return int(self._do("go", address=address))

    def press(self, key: str) -> None:
        self._do("press", keys=key.split("+"))

    def type(self, text: str) -> None:
        self._do("type", text=text)

    def ask(self, script: str, argument: Any = None) -> Any:
        return self._do("ask", script=script, argument=argument)

    def picture(self, path: Path) -> None:
        self._do("picture", path=str(path))

    def asked(self) -> list[str]:
        """Every address that was asked for."""
        return list(self._do("asked"))

    def dialogs(self) -> list[str]:
        """What dialogs said."""
        return list(self._do("dialogs"))


@contextmanager
def hands_on(name: str, browser: Browser, served: Served) -> Iterator[Hands]:
    """Hands on "chromium", "chromium-without-scripts" or "firefox-without-scripts"."""
    if name.startswith("firefox"):
        with firefox_hands(served) as found:
            yield found
    else:
        with chromium_hands(browser, served, scripts=name == "chromium") as found:
            yield found


@contextmanager
def chromium_hands(browser: Browser, served: Served, *, scripts: bool) -> Iterator[Hands]:
    """Hands on Chromium, watched."""
    size = {"width": 1280, "height": 900}
    with desk(
        browser, served.address, served.origin, viewport=size, java_script_enabled=scripts
    ) as at:
        yield Hands(Chromium(at.page), served, scripts=scripts)
        at.watch.check()


@contextmanager
def firefox_hands(served: Served) -> Iterator[Hands]:
    """Hands on Firefox without scripts, SVG and web fonts; None other than our server is asked."""
    node, firefox = shutil.which("node"), shutil.which("firefox-esr")
    if not (node and firefox and PUPPETEER.is_dir()):
        pytest.skip("Firefox ESR or its driver is not installed: run tests/browser/install.sh")
    process = subprocess.Popen(
        (node, "firefox.mjs", firefox, served.origin.partition("//")[2]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=HERE,
    )
    try:
        driver = Firefox(process)
        yield Hands(driver, served, scripts=False)
        watch = Watch(served.origin)
        watch.dialogs = driver.dialogs()
        watch.outside = [
            each for each in driver.asked() if not each.startswith(served.origin + "/")
        ]
        watch.check()
    finally:
        if process.stdin is not None:
            process.stdin.close()
        if process.stdout is not None:
            process.stdout.close()
        process.wait(timeout=30)
