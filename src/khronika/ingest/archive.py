"""Zip archives: what kind they are, whether they are a trap, and their members one by one."""

import struct
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import PurePosixPath
from typing import BinaryIO
from zlib import error as zlib_error

from khronika.ingest import sniff
from khronika.ingest.captures import MEGABYTE, Limits, RefusedError

END = b"PK\x05\x06"
END_SIZE, END64 = 22, struct.Struct("<4sQHHIIQQQQ")
ENTRY = 46  # bytes that an entry of the directory takes at least
SMALL = 10 * MEGABYTE  # nothing unpacking to less is a bomb
SPOOL = 4 * MEGABYTE  # held in memory; what is larger goes to a temporary file
UNPACK = "unpack it yourself, check it, and add the folder."
OTHERS = (
    ("xl/workbook.xml", "an Excel workbook", "save the sheet as CSV and add that."),
    ("ppt/presentation.xml", "a PowerPoint presentation", "save it as PDF and add that."),
    ("META-INF/container.xml", "an e-book", "save its text as HTML or docx and add that."),
    ("META-INF/MANIFEST.MF", "a Java archive", "add the reports alone."),
)


class BrokenZipError(RefusedError):
    """Not a whole zip archive."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is a broken zip archive.", remedy="fetch or pack it again and add that."
        )


@contextmanager
def opened(stream: BinaryIO, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, once its directory is known to be of a bearable size.

    Raises:
        RefusedError: it is broken or has more members than allowed.
    """
    if _directory_bytes(stream) // ENTRY > limits.members:
        raise _bomb(name, f"lists more than {limits.members:,} files")
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        raise BrokenZipError(name) from None
    with archive:
        yield archive


def _directory_bytes(stream: BinaryIO) -> int:
    """The size of the directory as the archive states it, before it is read into memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(END)
    stated = 0
    if at >= 0 and len(tail) - at >= END_SIZE:
        stated = struct.unpack_from("<I", tail, at + 12)[0]
        record = tail.rfind(b"PK\x06\x06", 0, at)
        if record >= 0 and len(tail) - record >= END64.size:
            stated = max(stated % 0xFFFFFFFF, END64.unpack_from(tail, record)[8])
    stream.seek(0)
    return min(stated, size)


def _bomb(name: str, why: str) -> RefusedError:
    return RefusedError(f"{name} looks like an archive bomb: it {why}.", remedy=UNPACK)


def zip_kind(archive: zipfile.ZipFile, name: str) -> str:
    """Which format that is packed as a zip this is: a document, a web archive or a plain zip.

    Raises:
        RefusedError: a kind that is not read.
    """
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return sniff.DOCX
    if "mimetype" in names and "content.xml" in names:
        return _open_document_kind(archive, name)
    if "EncryptedPackage" in names:
        raise RefusedError(f"{name} is encrypted.", remedy="remove the password and save it anew.")
    if "datapackage.json" in names and any(n.startswith("archive/") for n in names):
        return sniff.WACZ
    for member, what, remedy in OTHERS:
        if member in names:
            raise RefusedError(f"{name} is {what}.", remedy=remedy)
    return sniff.ZIP


def _open_document_kind(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open("mimetype") as member:
        kind = member.read(200).strip()
    if kind.startswith(sniff.ODT.encode()):
        return sniff.ODT
    raise RefusedError(
        f"{name} is an OpenDocument file of another kind than text.",
        remedy="save it as odt, PDF or CSV and add that.",
    )


def check_size(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive that is, by its own directory, out of all proportion."""
    members = archive.infolist()
    unpacked = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members)
    if unpacked > limits.unpacked_bytes:
        raise _bomb(name, f"unpacks to {unpacked // MEGABYTE:,} MB")
    if unpacked > SMALL and unpacked > limits.ratio * max(packed, 1):
        raise _bomb(name, f"unpacks to {unpacked // max(packed, 1):,} times its size")
    # Files that share their packed bytes (Fifield, "A better zip bomb") have equal offsets or gaps.
    starts = sorted((m.header_offset, m.compress_size) for m in members)
    for (start, size), (following, _) in pairwise(starts):
        if start + size > following:
            raise _bomb(name, "holds files that overlap")


def readable_members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files that a person put in, by name."""
    for member in sorted(archive.infolist(), key=lambda m: m.filename):
        if not member.is_dir() and not is_litter(PurePosixPath(member.filename)):
            yield member


LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini", "ehthumbs.db"})


def is_litter(path: PurePosixPath) -> bool:
    """What systems leave in folders and archives, and hidden files."""
    return any(p in LITTER or (p.startswith(".") and p not in {".", ".."}) for p in path.parts)


def unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits
) -> BinaryIO:
    """One member as a file of its own, in memory or a temporary file that no name leads to.

    Raises:
        RefusedError: it is encrypted, broken, oversized or named so as to break out.
    """
    _check_member(member, name, limits)
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - the caller closes it
    try:
        with archive.open(member) as source:
            while piece := source.read(MEGABYTE):
                target.write(piece)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        zlib_error,
    ) as e:
        target.close()
        raise RefusedError(
            f"{name} cannot be unpacked ({type(e).__name__}).", remedy="pack it again and add that."
        ) from None
    target.seek(0)
    return target  # type: ignore[return-value]  # a SpooledTemporaryFile is a BinaryIO in all but name


def _check_member(member: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":"):
        raise RefusedError(f"{name} has a name that leads out of the archive.", remedy=UNPACK)
    if member.flag_bits & 1:
        raise RefusedError(
            f"{name} is encrypted.", remedy="unpack it with its password and add that."
        )
    if member.file_size > SMALL and member.file_size > limits.ratio * max(member.compress_size, 1):
        raise _bomb(
            name, f"unpacks to {member.file_size // max(member.compress_size, 1):,} times its size"
        )
