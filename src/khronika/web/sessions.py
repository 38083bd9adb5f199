"""Who has the address with its key: sessions, kept in memory for as long as the server runs."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import Lock

MOST = 64  # sessions; the one that was idle longest goes first


@dataclass(slots=True)
class Session:
    """One browser that opened the address with the key.

    Attributes:
        csrf: stands in each of its forms; a form without it is refused.
        reviewer: whose rulings these are, "" until asked.
        language: of the interface, "" for what the browser prefers.
        theme: "light", "dark" or "" for what the browser prefers.
        keys: whether the script may act on single keys.
        unveiled: ids of reports of which contact data are shown for now.
        ruled: ids of the rulings made in it, the latest last: what undo takes back.
    """

    csrf: str = field(repr=False)
    reviewer: str = field(default="", repr=False)
    language: str = ""
    theme: str = ""
    keys: bool = True
    unveiled: set[str] = field(default_factory=set)
    ruled: list[str] = field(default_factory=list)


class Sessions:
    """The sessions of one server, by the cookie that names each."""

    def __init__(self, key: str, *, reviewer: str = "", language: str = "") -> None:
        self._key = key
        self._reviewer = reviewer
        self._language = language
        self._lock = Lock()
        self._by_cookie: OrderedDict[str, Session] = OrderedDict()

    def open(self, key: str) -> str | None:
        """The cookie of a new session, or None for a key that is not the server's."""
        if not compare_digest(key.encode(), self._key.encode()):
            return None
        cookie = secrets.token_urlsafe(32)
        new = Session(
            csrf=secrets.token_urlsafe(32), reviewer=self._reviewer, language=self._language
        )
        with self._lock:
            self._by_cookie[cookie] = new
            if len(self._by_cookie) > MOST:
                self._by_cookie.popitem(last=False)
        return cookie

    def get(self, cookie: str) -> Session | None:
        """The session that a cookie names."""
        with self._lock:
            found = self._by_cookie.get(cookie)
            if found is not None:
                self._by_cookie.move_to_end(cookie)
            return found
