"""How alike two names of people are, with the weight of each part of them and the reason in words.

Names of the same person differ by transliteration, order, patronymic, initials, case ending, short
form and slips of the pen; names of different people differ by as little. So each part of a name is
compared by levels, each level has a weight for or against (`weights`), and what speaks against is
never outvoted lightly: another surname, another given name, another patronymic or the other gender.

Source:
    Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from khronika.text.alignment import Aligned, align
from khronika.text.fit import LEVELS, Fit, close, fit, same_father, same_letter
from khronika.text.given import NO_NAME, given_names
from khronika.text.names import PersonName, Word, read_name
from khronika.text.phonetics import skeleton
from khronika.text.weights import Evidence, name_model, probability_of


class Likeness(IntEnum):
    """How alike two names are; greater is more alike."""

    DIFFERENT = 0
    PARTIAL = 1  # one is a single word of the other, or they share a surname alone
    NEAR = 2  # but for a slip of the pen
    LIKELY = 3  # initials, a short form, a name left out
    SAME = 4  # but for spelling, order or patronymic


_USUAL = {
    Likeness.DIFFERENT: 0.001,
    Likeness.PARTIAL: 0.1,
    Likeness.NEAR: 0.4,
    Likeness.LIKELY: 0.9,
    Likeness.SAME: 0.99,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level and, in words, what it rests on.

    Attributes:
        likeness: the level.
        why: the reason in one phrase.
        weight: the sum of prior and evidence in bits; None where only the level was judged.
        evidence: what each part says, weightiest first.
    """

    likeness: Likeness
    why: str
    weight: float | None = None
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)

    @property
    def probability(self) -> float:
        """How probable it is that both names are one person's or one body's."""
        return _USUAL[self.likeness] if self.weight is None else probability_of(self.weight)


_FATHER = re.compile(
    r"(?:[oeya]?[vw]i?(?:tch|tsch|ch|cs|ts)|[oey][vw]ych|owicz|[oeya]?[vw]na|[yi][vw]na|ichna"
    r"|[aoeui]una|uly|ooly|o?ghlu|o?gl[uyi]|oglou|ugli|[kqg][yi]z[iy]|kysy|uulu)$"
)
_FEMININE_END = re.compile(r"(?:[oeiy][vw]a|ina|yna|[sct]ka(?:ya|ia|ja|a)?|aya|aia|aja)$")
_MASCULINE_END = re.compile(r"(?:[oeyia](?:v|w|ff|u)|in|[sct]k(?:y|i|iy|ii|yi|ij)|yy|iy)$")


def surname_gender(word: Word) -> str:
    """The gender that the ending of a Slavic surname shows, "" if none."""
    if len(word.plain) < 5:
        return ""
    if _FEMININE_END.search(word.plain):
        return "f"
    return "m" if _MASCULINE_END.search(word.plain) else ""


@lru_cache(maxsize=65536)
def compare_people(one: str, other: str) -> Verdict:
    """Compare two names of people as written.

    Args:
        one: a name in any script.
        other: another.

    Returns:
        The likeness and what it rests on. Symmetric.
    """
    return compare_names(read_name(one), read_name(other))


def compare_names(one: PersonName, other: PersonName) -> Verdict:
    """Compare two names as read; see `compare_people`."""
    if not one.words or not other.words:
        return Verdict(Likeness.DIFFERENT, "no name", -60.0)
    against = _against(one, other)
    if against:
        return _told(Likeness.DIFFERENT, against.level, (against,))
    if not one.full or not other.full:
        return _partial(one, other)
    return _whole(one, other)


def _told(likeness: Likeness, why: str, evidence: tuple[Evidence, ...]) -> Verdict:
    weight = name_model().prior + sum(e.weight for e in evidence)
    return Verdict(likeness, why, weight, evidence)


def _against(one: PersonName, other: PersonName) -> Evidence | None:
    """What alone keeps two names apart: gender, generation, father's name."""
    model = name_model()
    if one.gender and other.gender and one.gender != other.gender:
        return model.evidence("gender", "other")
    if one.generation and other.generation and one.generation != other.generation:
        return model.evidence("generation", "other")
    fathers = one.father, other.father
    if fathers[0] and fathers[1] and not one_father(fathers[0], fathers[1]):
        return model.evidence("patronymic", "other", (fathers[0].text, fathers[1].text))
    return None


def one_father(one: Word, other: Word) -> bool:
    """True if two patronymics are of one father's name: `Петрович`, `Piatrovich`."""
    first, second = _FATHER.sub("", one.plain), _FATHER.sub("", other.plain)
    groups = tuple(given_names().get(skeleton(n), NO_NAME).groups for n in (first, second))
    return same_father(first, second, (groups[0], groups[1]))


def fathers_sound(word: Word) -> str:
    """What the father's name in a patronymic sounds like."""
    bare = skeleton(_FATHER.sub("", word.plain))
    return min(given_names().get(bare, NO_NAME).groups, default=bare)


def _partial(one: PersonName, other: PersonName) -> Verdict:
    model = name_model()
    best = max(
        (
            (fit(a, b), a, b)
            for a in one.words
            for b in other.words
            if not a.initial and not b.initial and a.patronymic == b.patronymic
        ),
        key=lambda found: found[0],
        default=None,
    )
    if best is None or best[0] < Fit.ALIKE:
        values = (one.words[0].text, other.words[-1].text)
        evidence = (model.evidence("surname", "other", values),)
        return _told(Likeness.DIFFERENT, "no word of the name agrees", evidence)
    told = [_evidence(*best)]
    if one.full or other.full:
        told.append(model.evidence("parts", "unsaid"))
    return _told(Likeness.PARTIAL, "one word of the name agrees", tuple(told))


def _evidence(found: Fit, one: Word, other: Word) -> Evidence:
    """What two words that fit say; a given name says less than a surname."""
    name = "given name" if one.groups or other.groups else "surname"
    bits = min(one.bits, other.bits)
    values = (one.text, other.text)
    if found is Fit.INITIAL:
        name = "given name" if _whole_word(one, other).groups else "surname"
    return name_model().evidence(name, LEVELS[found], values, bits=bits)


def _whole_word(one: Word, other: Word) -> Word:
    return other if one.initial else one


def _whole(one: PersonName, other: PersonName) -> Verdict:
    aligned = align(one, other)
    evidence = tuple(
        sorted(
            (*(_evidence(*pair) for pair in aligned.pairs), *_besides(aligned, one, other)),
            key=lambda e: (-abs(e.weight), e.part),
        )
    )
    likeness, why = _judged(aligned, evidence, one, other)
    return _told(likeness, why, evidence)


def _besides(aligned: Aligned, one: PersonName, other: PersonName) -> list[Evidence]:
    """What the words without a counterpart, the order and the fathers' names say."""
    model = name_model()
    found = []
    for a, b in aligned.against:
        given = (a.listed and b.listed) or aligned.first(a, b) or a.initial or b.initial
        name = "given name" if given else "surname"
        level = "near" if close(a, b) else "other"
        found.append(model.evidence(name, level, (a.text, b.text)))
    for word, level in aligned.more:
        found.append(model.evidence("more words", level, (word.text, "")))
    if aligned.swapped:
        found.append(model.evidence("order", "swapped"))
    elif aligned.turned:
        found.append(model.evidence("order", "turned"))
    if _family_genders_differ(aligned, one, other):
        found.append(model.evidence("gender", "other"))
    fathers = one.father, other.father
    if fathers[0] and fathers[1]:
        found.append(model.evidence("patronymic", "same", (fathers[0].text, fathers[1].text)))
    elif aligned.father:
        level = "initial" if same_letter(*aligned.father) else "other"
        values = aligned.father[0].text, aligned.father[1].text
        found.append(model.evidence("patronymic", level, values))
    elif fathers[0] or fathers[1]:
        found.append(model.evidence("patronymic", "one side"))
    return found


def _family_genders_differ(aligned: Aligned, one: PersonName, other: PersonName) -> bool:
    if one.gender and one.gender == other.gender:
        return False
    for _, a, b in aligned.pairs:
        if not a.listed and not b.listed:
            shown = surname_gender(a), surname_gender(b)
            if all(shown) and shown[0] != shown[1]:
                return True
    return False


def _judged(
    aligned: Aligned, evidence: tuple[Evidence, ...], one: PersonName, other: PersonName
) -> tuple[Likeness, str]:
    model = name_model()
    fits = [found for found, _, _ in aligned.pairs]
    worst = min(evidence, key=lambda e: e.weight)
    weight = model.prior + sum(e.weight for e in evidence)
    if weight < 0 and (worst.weight < -11 or aligned.against):
        return Likeness.DIFFERENT, _difference(worst)
    if not fits or max(fits) is Fit.INITIAL:
        return Likeness.PARTIAL, "initials alone agree"
    if worst.weight < -7 and weight < 7:
        return Likeness.PARTIAL, worst.level
    slips = [f for f in fits if f in (Fit.SHORT_LETTER, Fit.LETTER, Fit.EXCHANGED)]
    if slips:
        return _slipped(slips, weight)
    if weight < 0 and any(e.weight < -2 for e in evidence):
        return Likeness.PARTIAL, worst.level
    return _agreed(aligned, fits, one, other)


def _difference(worst: Evidence) -> str:
    if worst.part in ("surname", "given name"):
        return "another given name or surname"
    if worst.part == "patronymic":
        return "another patronymic"
    return "a man's surname and a woman's" if worst.part == "gender" else worst.level


def _slipped(slips: Sequence[Fit], weight: float) -> tuple[Likeness, str]:
    if len(slips) > 1 and weight < 3:
        return Likeness.DIFFERENT, "two words of the name differ"
    if max(slips) is Fit.EXCHANGED:
        return Likeness.NEAR, "the same name but for two letters exchanged"
    return Likeness.NEAR, "the same name but for one letter"


def _agreed(
    aligned: Aligned, fits: list[Fit], one: PersonName, other: PersonName
) -> tuple[Likeness, str]:
    if Fit.INITIAL in fits:
        return Likeness.LIKELY, "the same surname, and initials that fit"
    if any(level != "initial" for _, level in aligned.more):
        return Likeness.LIKELY, "the same name, with one word more"
    if Fit.JOINED in fits:
        return Likeness.SAME, "the same name, written in one word or two"
    if fits.count(Fit.ALIKE) > 1 or aligned.turned:
        return Likeness.LIKELY, "a name that sounds alike in both words"
    if [w.plain for w in one.words] == [w.plain for w in other.words]:
        return Likeness.SAME, "the same name"
    return Likeness.SAME, "the same name in another spelling"
