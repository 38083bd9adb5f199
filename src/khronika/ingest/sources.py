"""Where reports come from: files, folders, patterns, standard input, addresses."""

import errno
import glob
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from khronika.ingest.archive import SPOOL, is_litter
from khronika.ingest.captures import (
    MEGABYTE,
    Capture,
    Given,
    Limits,
    Refusal,
    RefusedError,
)
from khronika.ingest.containers import Splitter
from khronika.ingest.fetch import Fetch, fetch_page

STDIN = "-"
ADDRESSES = ("http://", "https://")
PERMISSION = "give yourself the right to read it, then add it again."


def read_sources(
    paths: Iterable[str | Path],
    given: Given | None = None,
    limits: Limits | None = None,
    fetch: Fetch | None = None,
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[Capture | Refusal]:
    """Each report of what was named, one after the other; nothing is read ahead.

    Args:
        paths: files, folders (walked in order of name), patterns, `-` for standard input.
        given: what whoever adds them says of all of them.
        limits: sizes and times that one item may take.
        fetch: how addresses are fetched; without it they are refused.
        stdin: what `-` reads, standard input if not said.
    """
    limits = limits or Limits()
    with Splitter(given or Given(), limits) as splitter:
        for path in paths:
            try:
                yield from _source(str(path), splitter, fetch, stdin)
            except RefusedError as error:
                yield Refusal.of(str(path), error)


def _source(
    path: str, splitter: Splitter, fetch: Fetch | None, stdin: BinaryIO | None
) -> Iterator[Capture | Refusal]:
    if path == STDIN:
        with _spooled(stdin or sys.stdin.buffer, splitter.limits) as stream:
            yield from splitter.split(stream, "stdin")
        return
    if path.startswith(ADDRESSES):
        if fetch is None:
            raise RefusedError(f"{path} is not fetched here.", remedy="save the page and add it.")
        yield splitter.fetched(path, fetch_page(path, fetch, splitter.limits))
        return
    yield from _files(Path(path), splitter)


def _spooled(source: BinaryIO, limits: Limits) -> BinaryIO:
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the caller closes it
    size = 0
    while piece := source.read(MEGABYTE):
        size += len(piece)
        if size > limits.container_bytes:
            target.close()
            raise RefusedError("standard input is over the size limit.", remedy="add it in parts.")
        target.write(piece)
    target.seek(0)
    return target  # type: ignore[return-value]  # a BinaryIO in all but name


def _files(path: Path, splitter: Splitter) -> Iterator[Capture | Refusal]:
    found = [path] if path.exists() or path.is_symlink() else sorted(map(Path, _matches(path)))
    if not found:
        raise RefusedError(
            f"There is no file, folder or pattern {path}.", remedy="check the spelling of the path."
        )
    for one in found:
        for file in _walk(one) if one.is_dir() else (one,):
            if isinstance(file, Refusal):
                yield file
            else:
                yield from _file(file, splitter)


def _matches(path: Path) -> list[str]:
    # `Path.glob` takes no absolute pattern.
    return glob.glob(str(path), recursive=True) if glob.has_magic(str(path)) else []  # noqa: PTH207


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    """Every file below, by name; hidden files, links to folders and records are passed over."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal.of(folder.name, _unreadable(folder.name, error))
        return
    for entry in entries:
        if is_litter(PurePosixPath(entry.name)):
            continue
        if entry.is_dir():
            if not entry.is_symlink() and not _is_record(entry):
                yield from _walk(entry)
        else:
            yield entry


def _is_record(folder: Path) -> bool:
    """True for a record of Khronika itself, which holds kept bytes, not reports to add."""
    return (folder / "record.db").exists() and (folder / "kept").is_dir()


def _file(path: Path, splitter: Splitter) -> Iterator[Capture | Refusal]:
    # The name alone, so that a file has the same name however it was come upon.
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise RefusedError(
                f"{path.name} is not a file but a device or pipe.",
                remedy="add a file made from it.",
            )
        with path.open("rb") as stream:
            yield from splitter.split(stream, path.name)
    except OSError as error:
        yield Refusal.of(path.name, _unreadable(path.name, error))
    except RefusedError as error:
        yield Refusal.of(path.name, error)


def _unreadable(name: str, error: OSError) -> RefusedError:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return RefusedError(f"{name} may not be read by you.", remedy=PERMISSION)
    if error.errno == errno.ENOENT:
        return RefusedError(f"{name} leads to no file.", remedy="repair the link or leave it out.")
    why = errno.errorcode.get(error.errno or 0, "input/output error")
    return RefusedError(f"{name} cannot be read ({why}).", remedy="check the disk, then try again.")
