"""Kept files: immutable bytes under their SHA-256, whole or not there at all."""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from khronika.model.ids import sha256
from khronika.store.errors import DamagedRecordError, StorageError

SYNCERS = 8  # waiting for the disk takes no processor: several files wait at once


class KeptFiles:
    """The folder `kept/` of one record, and the folder `partial/` where files grow.

    A file is written under `partial/`, synced and renamed, so `kept/` never holds half a file.
    """

    def __init__(self, record: Path) -> None:
        self.folder = record / "kept"
        self.partial = record / "partial"

    def path(self, digest: str) -> Path:
        """Where the bytes with this digest are kept."""
        return self.folder / digest[:2] / digest[2:]

    def read(self, digest: str) -> bytes:
        """The bytes with this digest.

        Raises:
            DamagedRecordError: the file is missing or is not what its name says.
        """
        try:
            data = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise _damaged(digest, "is missing") from None
        if sha256(data) != digest:
            raise _damaged(digest, "does not have the digest that it is named after")
        return data

    def put(self, contents: Iterable[bytes]) -> list[str]:
        """Keep several contents and wait until all are on the disk; their digests, in order."""
        digests, fresh = [], {}
        for data in contents:
            digest = sha256(data)
            digests.append(digest)
            if digest not in fresh and not self._is_whole(digest, len(data)):
                fresh[digest] = data
        try:
            self._write(fresh)
        except OSError as error:
            raise StorageError(
                f"The record could not be written: {error.strerror}.",
                remedy="make room or restore access, then run the same command again;"
                " what was done so far is safe.",
            ) from error
        return digests

    def remove(self, digests: Iterable[str]) -> None:
        """Erase files: their bytes are overwritten first, as far as the disk allows."""
        for digest in digests:
            path = self.path(digest)
            with contextlib.suppress(FileNotFoundError):
                _overwrite(path)
                path.unlink()
            with contextlib.suppress(OSError):
                path.parent.rmdir()  # only if empty

    def digests(self) -> Iterator[str]:
        """Every name in `kept/`, sorted; a stray name is returned as the path it has there."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.rglob("*")):
            if not path.is_dir():
                relative = path.relative_to(self.folder)
                yield "".join(relative.parts) if len(relative.parts) == 2 else str(relative)

    def clear_partial(self) -> None:
        """Drop what a killed run left half written."""
        if self.partial.is_dir():
            for path in self.partial.iterdir():
                _overwrite(path)
                path.unlink()
            self.partial.rmdir()

    def _is_whole(self, digest: str, size: int) -> bool:
        try:
            return self.path(digest).stat().st_size == size
        except FileNotFoundError:
            return False

    def _write(self, fresh: Mapping[str, bytes]) -> None:
        if not fresh:
            return
        self.partial.mkdir(exist_ok=True)
        for digest in fresh:
            self.path(digest).parent.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(SYNCERS) as pool:
            list(pool.map(self._write_one, fresh.keys(), fresh.values()))
            folders = {self.path(digest).parent for digest in fresh} | {self.folder}
            list(pool.map(_sync_folder, folders))

    def _write_one(self, digest: str, data: bytes) -> None:
        growing = self.partial / digest
        with growing.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        growing.replace(self.path(digest))


def _damaged(digest: str, what: str) -> DamagedRecordError:
    return DamagedRecordError(
        f"The kept file {digest[:16]} {what}.",
        remedy="run `khronika verify`; restore the record from a copy that it passes.",
    )


def _overwrite(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(b"\0" * size)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows opens no folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
