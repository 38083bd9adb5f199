"""One writer at a time; whoever has patience waits for the other."""

from pathlib import Path
from threading import Event, Thread

import pytest

from khronika.store.errors import RecordBusyError
from khronika.store.lock import writer_lock


def test_without_patience_a_second_writer_is_refused(tmp_path: Path) -> None:
    with writer_lock(tmp_path), pytest.raises(RecordBusyError), writer_lock(tmp_path):
        raise AssertionError


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    holds, order = Event(), list[str]()

    def first() -> None:
        with writer_lock(tmp_path):
            holds.set()
            Event().wait(0.1)
            order.append("first")

    thread = Thread(target=first)
    thread.start()
    holds.wait()
    with writer_lock(tmp_path, patience=30):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_patience_ends(tmp_path: Path) -> None:
    with (
        writer_lock(tmp_path),
        pytest.raises(RecordBusyError),
        writer_lock(tmp_path, patience=0.02),
    ):
        raise AssertionError
