"""How names of people decline that the dictionary lacks: by the end of their stem."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from khronika.coding.slavic.morphology import Morphology, Reading

GUESSED = frozenset({"Surn", "Guessed"})
LONGEST = 40  # letters


@dataclass(frozen=True, slots=True)
class Declension:
    """The endings of one class of names, by gender and case."""

    stem: re.Pattern[str]
    endings: tuple[tuple[str, str, str], ...]  # gender, case, ending
    nominative: Mapping[str, str]  # gender -> ending


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForms:
    """Readings of words of a name: the dictionary's names, and guesses by declension."""

    morphology: Morphology
    declensions: tuple[Declension, ...]
    fixed: re.Pattern[str]

    def readings(self, form: str) -> tuple[Reading, ...]:
        """What a word of a name may be, dictionary names first."""
        return _readings(self, form)

    def nominative(self, form: str, reading: Reading, gender: str) -> str:
        """The nominative of a word of a name, "" if there is none."""
        if reading.base:
            return (
                reading.base[:1].upper() + reading.base[1:] if form[:1].isupper() else reading.base
            )
        wanted = ("Nom", "Sing", gender) if reading.pos == "ADJF" else ("Nom", "Sing")
        return self.morphology.inflected(form, reading, *wanted)

    def __hash__(self) -> int:
        return id(self.morphology)  # readings are shared by the reports of a coder


@lru_cache(maxsize=16384)
def _readings(forms: NameForms, form: str) -> tuple[Reading, ...]:
    known = forms.morphology.readings(form)
    named = tuple(r for r in known if r.given or r.family or r.patronymic)
    if "-" in form.strip("-") and len(form) <= LONGEST:
        named += tuple(_hyphened(forms, form))
    others = tuple(r for r in known if r not in named and r.pos == "NOUN" and r.animate and r.known)
    guessed: tuple[Reading, ...] = ()
    if len(form) <= LONGEST:
        stiff = forms.fixed.search(form.lower()) is not None
        guessed = tuple(_stiff(form.lower()) if stiff else _guesses(forms, form.lower()))
    return named + guessed + others


def _stiff(form: str) -> Iterator[Reading]:
    """A name that never changes: 'Каримзаде', 'Лещенко'."""
    for gender in ("Masc", "Fem"):
        yield Reading(
            lemma=form.replace("ё", "е"), pos="NOUN", number="Sing", gender=gender, animate=True,
            marks=GUESSED | {"Fixd"}, known=False, score=0.01, base=form,
        )  # fmt: skip


def _hyphened(forms: NameForms, form: str) -> Iterator[Reading]:
    """'Ивановой-Ким': the parts agree, or all but the last stay as they are."""
    first, _, last = form.rpartition("-")
    for other in _readings(forms, last):
        for one in _readings(forms, first):
            if (one.gender, one.case) == (other.gender, other.case) and one.family:
                left = forms.nominative(first, one, one.gender) or first
                right = forms.nominative(last, other, other.gender) or last
                yield Reading(
                    lemma=f"{one.lemma}-{other.lemma}", pos="NOUN", case=other.case, number="Sing",
                    gender=other.gender, animate=True, marks=GUESSED, known=False,
                    base=f"{left}-{right}",
                )  # fmt: skip
                break


def _guesses(forms: NameForms, form: str) -> Iterator[Reading]:
    for declension in forms.declensions:
        for gender, case, ending in declension.endings:
            stem = form[: len(form) - len(ending)] if ending else form
            if not form.endswith(ending) or len(stem) < 3 or not declension.stem.search(stem):
                continue
            yield Reading(
                lemma=(stem + declension.nominative["Masc"]).replace("ё", "е"), pos="NOUN",
                case=case, number="Sing", gender=gender, animate=True, marks=GUESSED, known=False,
                score=0.01, base=stem + declension.nominative[gender],
            )  # fmt: skip


def read_declensions(tables: list[dict[str, object]]) -> tuple[Declension, ...]:
    """The declensions of a language's data file."""
    return tuple(_declension(table) for table in tables)


def _declension(table: dict[str, object]) -> Declension:
    genders = {"Masc": table["masc"], "Fem": table["fem"]}
    endings = tuple(
        (gender, case, str(ending))
        for gender, cases in genders.items()
        for case, ending in dict(cases).items()  # type: ignore[call-overload]
    )
    return Declension(
        stem=re.compile(f"{table['stem']}$"),
        endings=endings,
        nominative={gender: str(cases["Nom"]) for gender, cases in genders.items()},  # type: ignore[index]
    )
