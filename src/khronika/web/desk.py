"""What a page works at: the record, the session, the language, and what was worked out before."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import func, select
from starlette.requests import Request

from khronika.codebook import load
from khronika.codebook.model import Kind
from khronika.store import schema
from khronika.store.store import Store
from khronika.web.language import Language, language, preferred
from khronika.web.security import Settings
from khronika.web.sessions import Session
from khronika.workflows.browsing.checking import Checking
from khronika.workflows.browsing.making import Making
from khronika.workflows.parts import now
from khronika.workflows.record import Record

T = TypeVar("T")
MOST_KEPT = 2000  # results; a bound on memory


class Desk:
    """One record as it is served."""

    def __init__(self, record: Record, settings: Settings) -> None:
        self.record = record
        self.settings = settings
        self.ruling = Lock()  # one ruling at a time within this process
        self.checking = Checking(now)
        self.making = Making(now)
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._newest = 0  # the state that most of what is kept is of

    @property
    def store(self) -> Store:
        """The record's tables and files."""
        return self.record.store

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of act that the record is coded with."""
        return (self.record.own_codebook() or load()).kinds

    def state(self) -> int:
        """The number of the journal's last entry: what the record says changes with it alone."""
        asked = select(func.max(schema.journal.c.seq))
        with self.store.reading() as connection:
            return connection.execute(asked).scalar() or 0

    def once(self, state: int, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for each state of the record."""
        whole = (state, key)
        with self._lock:
            if state > self._newest:  # nobody asks for an older state again
                self._newest = state
                self._kept.clear()
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return cast("T", self._kept[whole])
        made = make()  # two at once may both make it; they make the same
        with self._lock:
            self._kept[whole] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made


class Seat:
    """One browser at the desk, for one request."""

    def __init__(self, desk: Desk, session: Session, language: Language) -> None:
        self.desk = desk
        self.session = session
        self.language = language

    @property
    def record(self) -> Record:
        """The record."""
        return self.desk.record

    @property
    def store(self) -> Store:
        """The record's tables and files."""
        return self.desk.store

    @cached_property
    def state(self) -> int:
        """The state of the record when the request was first answered from it."""
        return self.desk.state()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for each state of the record."""
        return self.desk.once(self.state, key, make)


def desk_of(request: Request) -> Seat:
    """Where a request is answered: the same seat for the whole of it."""
    state = request.state
    if not hasattr(state, "seat"):
        code = state.session.language or preferred(request.headers.get("accept-language", ""))
        state.seat = Seat(request.app.state.desk, state.session, language(code))
    seat: Seat = state.seat
    return seat
