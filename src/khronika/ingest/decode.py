"""Bytes to text: which encoding, and what could not be decoded."""

import codecs
import re
from dataclasses import dataclass, field

from khronika.ingest.letters import cyrillic_encoding

SAMPLE = 65_536  # bytes looked at to choose an encoding
HEAD_BYTES = 1_048_576  # bytes of a stream that is decoded while it is read
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
REPLACED = "replacement characters: some bytes are not of the encoding"
NULS = "NUL characters replaced"
BAD_PAIRS = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, the encoding it was read by, and what a reader must know of it."""

    text: str = field(repr=False)
    encoding: str
    flags: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode, altering nothing but a byte-order mark, NULs and what is not of the encoding.

    Args:
        data: the bytes of a text.
        declared: the encoding that the page, mail or server names; believed if the bytes agree.
    """
    encoding, mark = _encoding(data, declared)
    body = data[mark:]
    flags: list[str] = []
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = body.decode(encoding, errors="replace")
        flags.append(REPLACED)
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
        flags.append(NULS)
    return Decoded(text=text, encoding=encoding, flags=tuple(flags))


def encoding_of(data: bytes) -> str:
    """The encoding of a sample of a text, which may break off within a character."""
    return _encoding(data, "")[0]


def _encoding(data: bytes, declared: str) -> tuple[str, int]:
    for bom, name in BOMS:
        if data.startswith(bom):
            return name, len(bom)
    if (wide := _wide(data[:SAMPLE])) and b"\x00" in data[:SAMPLE]:
        return wide, 0
    if _is_utf8(data):
        return "utf-8", 0
    if (name := _known(declared)) and _agrees(data, name):
        return name, 0
    return _guess(data), 0


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte is nearly always one of a few block numbers."""
    if len(sample) < 4 or (len(sample) % 2 and len(sample) < SAMPLE):
        return ""
    even, odd = sample[0::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        blocks = sum(high.count(b) for b in b"\x00\x04\x20")
        if blocks > 0.9 * len(high) and low.count(0) < 0.05 * len(low) + 1:
            return name
    return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _nearly_utf8(data, error)
    return True


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """True for UTF-8 with a few bad bytes: a cut end, one broken quotation mark."""
    if error.reason == "unexpected end of data" and error.end >= len(data) and error.start > 0:
        return len(data) > 16 and any(byte > 127 for byte in data[: error.start][-SAMPLE:])
    high = sum(byte > 127 for byte in data[:SAMPLE])
    bad = data[:SAMPLE].decode("utf-8", errors="replace").count("\ufffd")
    return bad * 20 < high


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name if name else ""
    except (LookupError, ValueError):
        return ""
    # As browsers do: what calls itself Latin-1 or ASCII is Windows-1252 (WHATWG Encoding, 4.2).
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _agrees(data: bytes, name: str) -> bool:
    if name in {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-7", "idna", "punycode"}:
        return False
    try:
        text = data[:SAMPLE].decode(name, errors="ignore")
    except (LookupError, UnicodeError):  # "hex" and "rot13" are codecs too, but of no text
        return False
    if not text.isprintable() and sum(0x80 <= ord(c) < 0xA0 for c in text) > len(text) / 50:
        return False
    better = cyrillic_encoding(data[:SAMPLE])
    return not better or better == name or name not in {"cp1252", "cp1251", "koi8-r", "koi8-u"}


def _guess(data: bytes) -> str:
    sample = data[:SAMPLE]
    if (name := cyrillic_encoding(sample)) or (name := _western(sample)):
        return name
    import charset_normalizer  # slow to load and seldom needed

    best = charset_normalizer.from_bytes(sample, explain=False).best()
    found = _known(best.encoding) if best else ""
    return found if found and not found.startswith("utf") else "cp1252"


def _western(sample: bytes) -> str:
    """Windows-1252 where its usual signs stand among plain letters: 'café', '“so”'."""
    high = [byte for byte in sample if byte > 127]
    letters = sum(byte in ASCII_LETTERS for byte in sample)
    usual = sum(byte in USUAL_1252 for byte in high)
    return "cp1252" if len(high) < 0.7 * letters and usual >= 0.9 * len(high) else ""


ASCII_LETTERS = frozenset(range(65, 91)) | frozenset(range(97, 123))
# The signs of French, German, Spanish, Portuguese, Italian and Nordic letters, and typography.
USUAL_1252 = frozenset(
    "’‘“”–—…«»°§€£©®·¿¡àâäáãåçèéêëíîïìñóôöòõøúùûüýÿæœßÀÂÄÁÃÅÇÈÉÊËÍÎÏÑÓÔÖÕØÚÙÛÜÆŒ\xa0".encode(
        "cp1252"
    )
)
