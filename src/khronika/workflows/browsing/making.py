"""Making an export beside other work: in a thread of its own, with how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread, Timer

from khronika.workflows.browsing.aside import Aside
from khronika.workflows.browsing.exporting import PIECE, Choice, Counts, Made, Progress
from khronika.workflows.browsing.turns import short_turns

KEPT = 15 * 60.0  # seconds that a file waits to be saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """How far an export is, or how it ended.

    Attributes:
        choice: what it holds.
        began: when, RFC 3339.
        ended: when, "" while it is made.
        done: reports that are written.
        total: reports there are.
        counts: what went in, once it is made.
        size: of the file, in bytes; 0 once the file is gone.
        problem: what broke it off, and what to do about it.
    """

    choice: Choice
    began: str
    ended: str = ""
    done: int = 0
    total: int = 0
    counts: Counts | None = None
    size: int = 0
    problem: tuple[str, str] | None = None


class Making(Aside[Export]):
    """One export at a time; its file has no name, and is gone with the next one or in a while."""

    def __init__(self, now: Callable[[], str]) -> None:
        super().__init__(now, "export", "export")
        self._made: Made | None = None
        self._thread: Thread | None = None

    def start(self, make: Callable[[Progress], Made], choice: Choice) -> bool:
        """Begin an export, unless one is being made; True if it began."""
        with self._lock:
            if self._is_busy():
                return False
            self.discard()
            self._last = Export(choice=choice, began=self._now())
            self._thread = Thread(target=self._run, args=(make,), name="export", daemon=True)
            self._thread.start()
            return True

    def wait(self, seconds: float) -> None:
        """Wait until it is made, but not for long."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def discard(self) -> None:
        """Let go of the file, if there is one."""
        with self._lock:
            if self._made is not None:
                self._made.file.close()
                self._made = None
                self._change(size=0)

    def pieces(self) -> Iterator[bytes] | None:
        """The bytes of the file; None where there is none."""
        with self._lock:
            return None if self._made is None else self._pieces(self._made)

    def _pieces(self, made: Made) -> Iterator[bytes]:
        place = 0
        while place < made.size:
            with self._lock:
                if made is not self._made:
                    return
                made.file.seek(place)
                piece = made.file.read(PIECE)
            place += len(piece)
            yield piece

    def _run(self, make: Callable[[Progress], Made]) -> None:
        try:
            with short_turns():
                made = make(self._tell)
        except Exception as error:  # noqa: BLE001  the thread's end must be told
            self._change(ended=self._now(), problem=self._problem(error))
        else:
            with self._lock:
                self._made = made
                self._change(ended=self._now(), counts=made.counts, size=made.size)
            later = Timer(KEPT, self._expire, (made,))
            later.daemon = True
            later.start()

    def _expire(self, made: Made) -> None:
        with self._lock:
            if made is self._made:
                self.discard()
