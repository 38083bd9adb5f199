"""What stands before every page: who may ask, from where, and what a browser may do with it."""

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khronika.web.forms import Form
from khronika.web.sessions import Session, Sessions

LONGEST_BODY = 1 << 20  # bytes of a form
LONGEST_ADDRESS = 8000  # bytes of path and query
SAFE = ("GET", "HEAD")
FORM = "application/x-www-form-urlencoded"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with no-referrer, forms would send "Origin: null"
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}
OPEN_AGAIN = (
    "This address needs its key.\n"
    "What to do: open the whole address that `khronika serve` printed, with what follows ?key=."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a record is served.

    Attributes:
        host: the address that is listened on; always one of this machine.
        port: its port.
        key: what the address must carry to open a session.
        reviewer: whose rulings they are until a session says otherwise.
        language: "en", "ru", "uk" or "" for what the browser prefers.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    reviewer: str = field(default="", repr=False)
    language: str = ""

    @property
    def cookie(self) -> str:
        """The name of the session's cookie; browsers do not tell ports apart."""
        return f"khronika-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What a browser may call this server."""
        names = ("127.0.0.1", "localhost", "[::1]")
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/?key={self.key}"


class Guard:
    """Lets through what one's own browser asks of one's own pages, and nothing else."""

    def __init__(self, app: ASGIApp, *, settings: Settings, sessions: Sessions) -> None:
        self.app = app
        self._settings = settings
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no page uses a web socket; the server closes it
        guarded = _with_headers(send)
        headers = Headers(scope=scope)
        refusal = self._refused(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        opened = self._opened(scope)
        if opened is not None:
            await opened(scope, receive, guarded)
            return
        session = self._session(headers)
        if session is None:
            await _said(403, OPEN_AGAIN)(scope, receive, guarded)
            return
        state = scope.setdefault("state", {})
        state["session"], state["form"] = session, Form()
        if scope["method"] not in SAFE:
            form = await _form(headers, receive, session)
            if isinstance(form, Response):
                await form(scope, receive, guarded)
                return
            state["form"] = form
        await self.app(scope, receive, guarded)

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to what no page of ours sends."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._settings.hosts:
            return _said(421, "This server answers only to the address that it printed.")
        if scope["method"] not in (*SAFE, "POST"):
            return _said(405, "Only GET, HEAD and POST are understood.")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _said(414, "The address is too long.\nWhat to do: ask for less at once.")
        if scope["method"] in SAFE:
            return None
        site = headers.get("sec-fetch-site", "same-origin")
        origin = headers.get("origin", f"http://{hosts[0]}")
        if site != "same-origin" or origin.lower() != f"http://{hosts[0].lower()}":
            return _said(403, "A form of another site was refused; nothing was changed.")
        return None

    def _opened(self, scope: Scope) -> Response | None:
        """A new session for who brings the key; it leaves the address, which others may see."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        keys = [value for name, value in pairs if name == "key"]
        if not keys or scope["method"] != "GET":
            return None
        cookie = self._sessions.open(keys[-1])
        if cookie is None:
            return _said(403, OPEN_AGAIN)
        rest = urlencode([(name, value) for name, value in pairs if name != "key"])
        path = "/" + quote(scope["path"].lstrip("/"))  # never another host's
        answer = RedirectResponse(f"{path}?{rest}" if rest else path, status_code=303)
        answer.set_cookie(self._settings.cookie, cookie, path="/", httponly=True, samesite="strict")
        return answer

    def _session(self, headers: Headers) -> Session | None:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return None
        found = cookies.get(self._settings.cookie)
        return self._sessions.get(found.value) if found else None


async def _form(headers: Headers, receive: Receive, session: Session) -> Form | Response:
    """The fields of a form, if it is one of this session's."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return _said(415, "Only forms are understood.")
    body = await _body(receive)
    if body is None:
        return _said(413, "The form is too large.\nWhat to do: send less at once.")
    try:
        form = Form.read(body)
    except ValueError:  # UnicodeDecodeError is one
        return _said(400, "The form cannot be read.\nWhat to do: go back, load it again, send it.")
    if not secrets.compare_digest(form.one("csrf").encode(), session.csrf.encode()):
        return _said(
            403,
            "The form is not of this session; nothing was changed.\n"
            "What to do: go back, load the page again, and send it once more.",
        )
    return form


async def _body(receive: Receive) -> bytes | None:
    found = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        found += message.get("body", b"")
        if len(found) > LONGEST_BODY:
            return None
        more = message.get("more_body", False)
    return bytes(found)


def _with_headers(send: Send) -> Send:
    """What a page may do, unless it says something stricter of its own."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                if name not in headers:
                    headers[name] = value
        await send(message)

    return sending


def _said(status: int, words: str) -> Response:
    return PlainTextResponse(words, status_code=status)
