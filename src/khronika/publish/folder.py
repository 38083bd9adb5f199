"""A folder that is there whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khronika.errors import KhronikaError


class ExportError(KhronikaError):
    """An export could not be written."""


class ExportFolderError(ExportError):
    """The folder named for an export holds other things."""

    exit_status = 2


@contextmanager
def whole_folder(folder: Path, names: frozenset[str], *, overwrite: bool) -> Iterator[Path]:
    """Write into a draft beside `folder`, which takes its place when all is written.

    Args:
        folder: what is to be made; an earlier export there is replaced as a whole.
        names: what an export may hold at its top; a folder that holds nothing else is an export.
        overwrite: write into a folder that holds other things; they stay, files of the same name
            are replaced.

    Yields:
        The draft to write into. If the block raises, the draft is removed and `folder` is as it
        was.

    Raises:
        ExportFolderError: `folder` holds other things, is a record, or is no folder.
        ExportError: the disk refused.
    """
    folder = folder.absolute()
    foreign = _foreign(folder, names, overwrite=overwrite)
    draft = folder.with_name(f".{folder.name}.draft")
    old = folder.with_name(f".{folder.name}.old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _tidy(draft, old, folder)
        draft.mkdir()
        yield draft
        _put_in_place(draft, folder, old, foreign=foreign)
    except OSError as problem:
        raise ExportError(
            f"The export could not be written: {problem.strerror or type(problem).__name__}.",
            remedy=f"check that there is room and that you may write in {folder.parent}.",
        ) from problem
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _foreign(folder: Path, names: frozenset[str], *, overwrite: bool) -> bool:
    """True if the folder holds things that no export wrote, and may be written into."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise ExportFolderError(f"{folder} is a file.", remedy="name a folder to export into.")
    held = {path.name for path in folder.iterdir()}
    if "record.db" in held or "kept" in held:
        raise ExportFolderError(
            f"{folder} is a record.", remedy="export into a folder outside the record."
        )
    foreign = bool(held - names)
    if foreign and not overwrite:
        raise ExportFolderError(
            f"{folder} holds other things than an export.",
            remedy="name an empty or new folder, or add --overwrite to write among them.",
        )
    return foreign


def _tidy(draft: Path, old: Path, folder: Path) -> None:
    """Clear what a killed export left: its draft, and the earlier export if it was moved away."""
    shutil.rmtree(draft, ignore_errors=True)
    if old.is_dir():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)


def _put_in_place(draft: Path, folder: Path, old: Path, *, foreign: bool) -> None:
    if foreign:
        for path in sorted(draft.iterdir()):
            place = folder / path.name
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            path.replace(place)
        return
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old.is_dir():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
