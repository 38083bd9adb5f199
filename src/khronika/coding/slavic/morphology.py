"""Readings of a word form and its other forms, behind one small protocol.

`PymorphyMorphology` is for any language that has a dictionary for pymorphy3 ("ru", "uk").
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

CASES = {
    "nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc",
    "gen2": "Gen", "loc2": "Loc", "acc2": "Acc", "gen1": "Gen", "voct": "Voc",
}  # fmt: skip
GENDERS = {"masc": "Masc", "femn": "Fem", "neut": "Neut"}
NUMBERS = {"sing": "Sing", "plur": "Plur"}
_BACK = {new: old for old, new in reversed(CASES.items())} | {
    new: old for old, new in (GENDERS | NUMBERS).items()
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a form may be. `pos` is pymorphy's, `marks` its other grammemes."""

    lemma: str
    pos: str
    case: str = ""
    number: str = ""
    gender: str = ""
    animate: bool = False
    marks: frozenset[str] = frozenset()
    known: bool = True
    score: float = 0.0
    at: int = 0  # which reading of the form it is
    base: str = ""  # of a guess: its nominative

    @property
    def given(self) -> bool:
        """True of a given name."""
        return "Name" in self.marks

    @property
    def family(self) -> bool:
        """True of a family name."""
        return "Surn" in self.marks

    @property
    def patronymic(self) -> bool:
        """True of a patronymic."""
        return "Patr" in self.marks


class Morphology(Protocol):
    """What the steps ask of a language's morphology."""

    def readings(self, form: str) -> tuple[Reading, ...]:
        """What a form may be, most likely first; bounded in length."""
        ...

    def inflected(self, form: str, reading: Reading, *wanted: str) -> str:
        """A form in another case, number or gender ("Nom", "Sing", "Fem"); "" if there is none."""
        ...


MOST = 12  # readings of one form
LONGEST = 60


class PymorphyMorphology:
    """The dictionary of pymorphy3 for one language."""

    def __init__(self, language: str) -> None:
        import pymorphy3  # noqa: PLC0415 - an extra

        self._analyzer: Any = pymorphy3.MorphAnalyzer(lang=language)
        self._parses = lru_cache(maxsize=65536)(self._parse)
        self._read = lru_cache(maxsize=65536)(self._readings)

    def readings(self, form: str) -> tuple[Reading, ...]:
        """What a form may be, most likely first."""
        return self._read(form.lower()) if 0 < len(form) <= LONGEST else ()

    def inflected(self, form: str, reading: Reading, *wanted: str) -> str:
        """A form in another case, number or gender, with the capitals of `form`."""
        parses = self._parses(form.lower()) if len(form) <= LONGEST else ()
        if reading.at >= len(parses):
            return ""
        marks = {_BACK[each] for each in wanted}
        made = parses[reading.at].inflect(marks) or parses[reading.at].inflect(marks - {"sing"})
        return like(form, made.word) if made is not None else ""

    def _parse(self, form: str) -> tuple[Any, ...]:
        return tuple(self._analyzer.parse(form)[:MOST])

    def _readings(self, form: str) -> tuple[Reading, ...]:
        return tuple(_reading(each, at) for at, each in enumerate(self._parses(form)))


def _reading(parse: Any, at: int) -> Reading:
    tag = parse.tag
    return Reading(
        lemma=parse.normal_form.replace("ё", "е"),
        pos=str(tag.POS or ""),
        case=CASES.get(str(tag.case), ""),
        number=NUMBERS.get(str(tag.number), ""),
        gender=GENDERS.get(str(tag.gender), ""),
        animate=str(tag.animacy) == "anim",
        marks=frozenset(str(each) for each in tag.grammemes),
        known=bool(parse.is_known),
        score=float(parse.score),
        at=at,
    )


def like(form: str, word: str) -> str:
    """A word with the capitals of a form: 'Иванова-Петрова', 'МВД'."""
    if len(form) > 1 and form.isupper():
        return word.upper()
    if "-" in form and form.count("-") == word.count("-"):
        return "-".join(like(a, b) for a, b in zip(form.split("-"), word.split("-"), strict=True))
    return word[:1].upper() + word[1:] if form[:1].isupper() else word
