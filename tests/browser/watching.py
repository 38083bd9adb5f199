"""A page that is watched: what must never happen in it is written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

from browser.payloads import MARK

WATCH = """document.addEventListener("securitypolicyviolation", (event) => {
  console.error("policy violated: " + event.violatedDirective + " " + event.blockedURI);
});"""


@dataclass
class Watch:
    """What happened that must not."""

    origin: str
    dialogs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # by the content security policy
    outside: list[str] = field(default_factory=list)  # requests to any other origin
    faults: list[str] = field(default_factory=list)  # errors of scripts, answers of 500

    def on(self, context: BrowserContext) -> None:
        """Begin."""
        context.on("dialog", self._dialog)
        context.on("console", self._console)
        context.on("request", self._request)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on(
            "response",
            lambda answer: self.faults.append(answer.url) if answer.status >= 500 else None,
        )

    def check(self) -> None:
        """Fail if anything of it happened."""
        found = {name: getattr(self, name) for name in ("dialogs", "refused", "outside", "faults")}
        assert not any(found.values()), {name: each[:5] for name, each in found.items() if each}

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if "policy violated" in text or "Content Security Policy" in text:
            self.refused.append(text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.origin + "/"):
            self.outside.append(request.url)


@dataclass(frozen=True, slots=True)
class Desk:
    """A browser's page with a session, and its watch."""

    page: Page
    watch: Watch

    def go(self, path: str) -> int:
        """Open a page of ours; its status."""
        answer = self.page.goto(self.watch.origin + path, wait_until="load")
        return answer.status if answer else 0

    def ran_a_probe(self) -> bool:
        """True if a payload's script was run in the page."""
        return bool(self.page.evaluate(f"() => window.{MARK} === 1"))

    def wide(self) -> int:
        """How far the page goes beyond the window, sideways."""
        script = "() => document.documentElement.scrollWidth - window.innerWidth"
        return int(self.page.evaluate(script))


@contextmanager
def desk(browser: Browser, address: str, origin: str, **options: object) -> Iterator[Desk]:
    """A new context with a session at the server, which is watched."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    try:
        context.add_init_script(WATCH)
        watch = Watch(origin)
        watch.on(context)
        page = context.new_page()
        page.goto(address)
        yield Desk(page, watch)
    finally:
        context.close()
