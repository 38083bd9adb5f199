"""The texts that benchmarks run on: real web articles where the shared data is there."""

import json
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from khronika.text.people import people

SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[2] / "shared")
BUNDLED = Path(__file__).parents[1] / "src" / "khronika" / "demo" / "reports"
# Stems to put in the place of others, so that repeated articles are different reports.
SYLLABLES = "ba ke lo mi ru sa te vo zi na po du ga he ji ko lu me ni ra".split()
TIMES = frozenset(
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"\b[A-Z][a-z]{5,}\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def pages() -> list[str]:
    """The articles of the shared data as pages, or the bundled plain-text sample reports."""
    found = []
    for name in ("train", "dev"):
        path = SHARED / "data" / "hrdsattack" / f"{name}.jsonl"
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                html = json.loads(line)["html"]
                found.append(html if isinstance(html, str) else "\n".join(html))
    if found:
        return [f"<html><body><article>{page}</article></body></html>" for page in found]
    return [path.read_text(encoding="utf-8") for path in sorted(BUNDLED.glob("*.txt"))]


def articles(folder: Path, wanted: int, most: int = 0) -> list[Path]:
    """Write `wanted` different reports into a folder: the pages, then again with other names.

    Args:
        folder: where to.
        wanted: how many.
        most: cut each to about so many characters of text; 0 for whole ones.
    """
    return [_write(folder, n, page) for n, page in zip(range(wanted), varied(most), strict=False)]


def _write(folder: Path, number: int, page: str) -> Path:
    ending = "html" if page.startswith("<html>") else "txt"
    path = folder / f"{number:06}.{ending}"
    path.write_text(page, encoding="utf-8")
    return path


def varied(most: int = 0) -> Iterator[str]:
    """The pages without end; from the second time round, with other surnames and years."""
    originals = pages()
    common = _common_words(originals)
    if most:
        originals = [shortened(page, most) for page in originals]
    for round_number in count():
        for page in originals:
            yield page if round_number == 0 else renamed(page, round_number, common)


def shortened(page: str, most: int) -> str:
    """The beginning of a page up to the end of the sentence that reaches so many characters."""
    if not page.startswith("<html>"):
        return page[: _sentence_end(page, most)]
    parts: list[str] = []
    left = most
    for part in TAG.split(page):
        tag = part.startswith("<")
        parts.append(part if tag else part[: _sentence_end(part, left)] if left > 0 else "")
        left -= 0 if tag else len(parts[-1].strip())
    return "".join(parts)


def _sentence_end(text: str, least: int) -> int:
    end = text.find(". ", least)
    return end + 1 if end >= 0 else len(text)


def renamed(page: str, seed: int, common: frozenset[str]) -> str:
    """The page with every name of six letters or more changed, and every year moved.

    A name keeps its ending, which tells the gender; words that stand somewhere in lower case,
    months, weekdays and what is known of countries and first names stay as they are.
    """

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.lower() in common or word in TIMES:
            return word
        value = zlib.crc32(f"{seed} {word}".encode())
        return "".join(SYLLABLES[value // 20**i % 20] for i in range(3)).capitalize() + word[-3:]

    def another(match: re.Match[str]) -> str:
        return str(int(match.group()) - seed % 12)

    return "".join(
        part if part.startswith("<") else YEAR.sub(another, NAME.sub(other, part))
        for part in TAG.split(page)
    )


def _common_words(originals: Sequence[str]) -> frozenset[str]:
    """Words that are no surname: written small somewhere, or of countries, peoples, first names."""
    known = people()
    small = {word for page in originals for word in re.findall(r"\b[a-z]{6,}\b", page)}
    return frozenset({*small, *known.countries, *known.nationalities, *known.given, *known.roles})
