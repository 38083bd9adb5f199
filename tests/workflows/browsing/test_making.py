"""An export beside other work: one at a time, its end always told, its file gone when let go."""

from io import BytesIO
from threading import Event

import pytest

from khronika.store.errors import StorageError
from khronika.workflows.browsing import making as module
from khronika.workflows.browsing.exporting import Choice, Counts, Made, Progress
from khronika.workflows.browsing.making import Making

CLOCK = "2030-01-02T03:04:05Z"
CHOICE = Choice(form="jsonl")


def a_made(data: bytes = b"zip") -> Made:
    return Made(file=BytesIO(data), size=len(data), counts=Counts(reports=2))


def test_one_export_at_a_time_says_how_far_it_is() -> None:
    making, told, go = Making(lambda: CLOCK), Event(), Event()

    def make(tell: Progress) -> Made:
        tell(1, 2)
        told.set()
        go.wait(5)
        return a_made()

    assert making.pieces() is None
    assert making.start(make, CHOICE)
    assert not making.start(make, CHOICE)
    told.wait(5)
    found = making.last
    assert found is not None
    assert (found.done, found.total, found.ended) == (1, 2, "")
    go.set()
    making.wait(5)
    assert b"".join(making.pieces() or ()) == b"zip"


def test_a_file_is_gone_when_it_is_let_go() -> None:
    making = Making(lambda: CLOCK)
    first = a_made(b"x" * 200_000)
    making.start(lambda _tell: first, CHOICE)
    making.wait(5)
    pieces = making.pieces()
    assert pieces is not None
    next(pieces)
    making.start(lambda _tell: a_made(), CHOICE)
    making.wait(5)
    assert first.file.closed
    assert list(pieces) == []
    making.discard()
    assert making.pieces() is None


def test_a_file_that_nobody_saves_is_gone_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 0.01)
    making, file = Making(lambda: CLOCK), a_made()
    making.start(lambda _tell: file, CHOICE)
    making.wait(5)
    for _ in range(500):
        if making.pieces() is None:
            break
        Event().wait(0.01)
    assert file.file.closed


def test_an_export_that_breaks_off_says_what_to_do() -> None:
    def broken(_tell: Progress) -> Made:
        raise StorageError("The disk is gone.", remedy="mount it.")

    def odd(_tell: Progress) -> Made:
        raise RuntimeError("Ada Lark")

    making = Making(lambda: CLOCK)
    making.start(broken, CHOICE)
    making.wait(5)
    assert making.last is not None
    assert making.last.problem == ("The disk is gone.", "mount it.")
    making.start(odd, CHOICE)
    making.wait(5)
    assert "Ada Lark" not in str(making.last)
    assert "RuntimeError" in str(making.last)
