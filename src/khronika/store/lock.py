"""One writer at a time; and a mark that says whether the last one ended well."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from khronika.store.errors import RecordBusyError

WRITING, ERASING = b"writing", b"erasing"
PAUSE = 0.01  # seconds between two tries

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _wait(handle: int, patience: float) -> None:
    """Take the lock, trying again for some seconds.

    Raises:
        OSError: another process or thread still holds it.
    """
    for _ in range(int(patience / PAUSE)):
        try:
            return _take(handle)
        except OSError:
            sleep(PAUSE)
    return _take(handle)


@contextmanager
def writer_lock(record: Path, mark: bytes = WRITING, patience: float = 0.0) -> Iterator[bytes]:
    """Hold the record's only pen; yields the mark of the last writer if that was cut off, else b"".

    The system gives the lock back when a process ends however it ends; the mark stays. Whoever has
    patience waits so many seconds for it.

    Raises:
        RecordBusyError: another process holds it.
    """
    handle = os.open(record / "writer.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _wait(handle, patience)
        except OSError:
            raise RecordBusyError(
                f"Another process is writing to {record}.",
                remedy="wait until it has ended, then run the same command again.",
            ) from None
        left = os.read(handle, 16)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, ERASING if left == ERASING else mark)  # erasing must be brought to its end
        os.fsync(handle)
        yield left
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


@contextmanager
def export_lock(record: Path) -> Iterator[None]:
    """Make the only export of a record that grows inside it now; reading and writing go on.

    Raises:
        RecordBusyError: another one is being made.
    """
    handle = os.open(record / "export.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError:
            raise RecordBusyError(
                "Another export of this record is being made.",
                remedy="wait until it has ended, then ask again.",
            ) from None
        yield
    finally:
        os.close(handle)
