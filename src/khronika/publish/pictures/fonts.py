"""The fonts of pictures: files that packages bring, and how wide their letters are.

Arimo has Latin, Cyrillic, Greek and Hebrew letters, as wide as those of Arial, so that a browser
that lacks it sets an SVG alike; Noto Sans Arabic has the Arabic ones. Fonts of the system are never
asked for: a picture is the same wherever it is made.
"""

import struct
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from khronika.errors import KhronikaError

FAMILY = "Arimo"
ARABIC = "Noto Sans Arabic"
FALLBACKS = "Arimo, Arial, 'Liberation Sans', Helvetica, 'Noto Sans Arabic', sans-serif"
PACKAGES = {
    FAMILY: ("fontpkg_arimo", "Arimo[wght].ttf"),
    ARABIC: ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
}
UNKNOWN = 0.75  # of the size: a letter that the font lacks
BOLD = 1.08  # how much wider bold letters are, or more
LAST = 0x10000


class FontError(KhronikaError):
    """A font is missing or broken."""


@cache
def font_files() -> tuple[str, ...]:
    """The paths of the fonts.

    Raises:
        FontError: a package that brings one is not installed.
    """
    return tuple(str(_path(family)) for family in PACKAGES)


def _path(family: str) -> object:
    package, name = PACKAGES[family]
    try:
        found = files(package) / "files" / name
    except ModuleNotFoundError as error:
        raise _missing(family) from error
    if not found.is_file():
        raise _missing(family)
    return found


def _missing(family: str) -> FontError:
    return FontError(f"The font {family} is missing.", remedy="install khronika again.")


@cache
def advances() -> NDArray[np.float64]:
    """How wide each letter of Arimo is, as a part of the font's size, by code point."""
    with open(font_files()[0], "rb") as file:  # noqa: PTH123  a path of importlib
        data = file.read()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    pairs = np.frombuffer(data, ">u2", count * 2, tables["hmtx"])
    widths = pairs[::2].astype(np.float64) / units
    glyphs = _glyphs(data, tables["cmap"])
    found = np.full(LAST, UNKNOWN)
    has = glyphs > 0
    found[has] = widths[np.minimum(glyphs[has], count - 1)]
    return found


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in entries}


def _glyphs(data: bytes, cmap: int) -> NDArray[np.int64]:
    """The glyph of each code point of the basic plane: OpenType `cmap`, format 4."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    for at in range(count):
        offset = cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * at)[2]
        if struct.unpack_from(">H", data, offset)[0] == 4:
            return _format_4(data, offset)
    raise FontError("A font has no table of letters.", remedy="install khronika again.")


def _format_4(data: bytes, offset: int) -> NDArray[np.int64]:
    segments = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = np.frombuffer(data, ">u2", segments, offset + 14)
    base = offset + 16 + 2 * segments
    starts = np.frombuffer(data, ">u2", segments, base)
    deltas = np.frombuffer(data, ">u2", segments, base + 2 * segments)
    ranges = base + 4 * segments
    found = np.zeros(LAST, np.int64)
    for at in range(segments):
        codes = np.arange(int(starts[at]), int(ends[at]) + 1)
        place = ranges + 2 * at
        step = struct.unpack_from(">H", data, place)[0]
        if step == 0:
            found[codes] = (codes + int(deltas[at])) % LAST
            continue
        first = place + step
        some = np.frombuffer(data, ">u2", len(codes), first).astype(np.int64)
        found[codes] = np.where(some > 0, (some + int(deltas[at])) % LAST, 0)
    return found


def wide(said: str, size: float, *, bold: bool = False) -> float:
    """How wide a line is, in pixels."""
    known = advances()
    share = sum(float(known[ord(c)]) if ord(c) < LAST else UNKNOWN for c in said)
    return share * size * (BOLD if bold else 1)


def cut(said: str, room: float, size: float, *, bold: bool = False) -> str:
    """A line that fits, its end left out if need be."""
    if wide(said, size, bold=bold) <= room:
        return said
    room -= wide("…", size, bold=bold)
    known, used, kept = advances(), 0.0, 0
    for letter in said:
        used += (float(known[ord(letter)]) if ord(letter) < LAST else UNKNOWN) * size
        if used * (BOLD if bold else 1) > room:
            break
        kept += 1
    return said[:kept].rstrip() + "…" if kept else "…"
