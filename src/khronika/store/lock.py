"""One writer at a time; and a mark that says whether the last one ended well."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khronika.store.errors import RecordBusyError

WRITING, ERASING = b"writing", b"erasing"

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def writer_lock(record: Path, mark: bytes = WRITING) -> Iterator[bytes]:
    """Hold the record's only pen; yields the mark of the last writer if that was cut off, else b"".

    The system gives the lock back when a process ends however it ends; the mark stays.

    Raises:
        RecordBusyError: another process holds it.
    """
    handle = os.open(record / "writer.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
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
