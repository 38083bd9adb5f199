"""How alike two names of people are, with the reason in words.

Names of the same person differ by transliteration, order, patronymic, initials, case ending, short
form and slips of the pen; names of different people differ by as little. So there are levels and
reasons, never a bare number, and what speaks against is never outvoted: another surname, another
given name, another patronymic or the other gender is a difference.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from khronika.text.names import NO_GROUP, PersonName, Word, given_names, read_name
from khronika.text.phonetics import classes, coarse, skeleton


class Likeness(IntEnum):
    """How alike two names are; greater is more alike."""

    DIFFERENT = 0
    PARTIAL = 1  # one is a single word of the other, or they share a surname alone
    NEAR = 2  # but for a slip of the pen
    LIKELY = 3  # initials, a short form, a name left out
    SAME = 4  # but for spelling, order or patronymic


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level and, in words, what it rests on."""

    likeness: Likeness
    why: str


_FATHER = re.compile(
    r"(?:[oeya]?[vw](?:ich|ych|na)|owicz|[yi]*vna|ichna|[aoeui]una"
    r"|uly|ooly|o?ghlu|o?gl[uy]|[kqg][yi]z[iy]|uulu)$"
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


class _Fit(IntEnum):
    OTHER = 0
    SLIP = 1
    ALIKE = 2
    INITIAL = 3
    EQUAL = 4


def _fit(one: Word, other: Word) -> _Fit:
    """How two words of names fit each other."""
    if one.initial or other.initial:
        return _Fit.INITIAL if _same_letter(one, other) else _Fit.OTHER
    if one.groups and other.groups:
        return _Fit.OTHER if one.groups.isdisjoint(other.groups) else _Fit.EQUAL
    if one.plain == other.plain:
        return _Fit.EQUAL
    if not set(one.readings).isdisjoint(other.readings):
        return _Fit.EQUAL if _vowels_agree(one, other) else _Fit.OTHER
    return max(_near(one, other, a, b) for a in one.readings for b in other.readings)


def _same_letter(one: Word, other: Word) -> bool:
    """True if two words begin with one letter, or in two scripts with one sound."""
    if one.latin == other.latin:
        return one.plain[:1] == other.plain[:1]
    return one.skeleton[:1] == other.skeleton[:1]


def _vowels_agree(one: Word, other: Word) -> bool:
    """False for short Latin words that only a reduced vowel makes alike: Hong is not Hang."""
    if max(len(one.plain), len(other.plain)) > 4 or not (one.latin and other.latin):
        return True
    return ("o" in one.plain) == ("o" in other.plain)


def _near(one: Word, other: Word, bones: str, others: str) -> _Fit:
    shorter = min(len(one.plain), len(other.plain))
    if shorter < 5:
        return _Fit.OTHER
    as_many = sum(map(bones.count, "aiu")) == sum(map(others.count, "aiu"))
    same_classes = as_many and classes(bones) == classes(others)
    if same_classes and JaroWinkler.similarity(bones, others) >= 0.8:
        return _Fit.ALIKE
    if shorter >= 6 and _slip(one.plain, other.plain):
        return _Fit.SLIP
    return _Fit.OTHER


def _slip(one: str, other: str) -> bool:
    """True if one letter was changed, left out or put in, or two changed places."""
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    differ = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and len(differ) == 2 and differ[0] == differ[1][::-1]


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
        return Verdict(Likeness.DIFFERENT, "no name")
    against = _against(one, other)
    if against:
        return Verdict(Likeness.DIFFERENT, against)
    if not one.full or not other.full:
        return _partial(one, other)
    return _whole(one, other)


def _against(one: PersonName, other: PersonName) -> str:
    if one.gender and other.gender and one.gender != other.gender:
        return "a man's name and a woman's"
    fathers = [next((w for w in n.words if w.patronymic), None) for n in (one, other)]
    if fathers[0] and fathers[1]:
        first, second = (_FATHER.sub("", w.plain) for w in fathers if w)
        if not _same_father(first, second):
            return "another patronymic"
    return ""


def _same_father(first: str, second: str) -> bool:
    bones = skeleton(first), skeleton(second)
    groups = [given_names().get(b, NO_GROUP)[0] for b in bones]
    if all(groups):
        return not groups[0].isdisjoint(groups[1])
    return coarse(first) == coarse(second) or JaroWinkler.similarity(*bones) >= 0.87


def _partial(one: PersonName, other: PersonName) -> Verdict:
    for a in one.words:
        for b in other.words:
            if not a.initial and not b.initial and _fit(a, b) >= _Fit.ALIKE:
                return Verdict(Likeness.PARTIAL, "one word of the name agrees")
    return Verdict(Likeness.DIFFERENT, "no word of the name agrees")


def _whole(one: PersonName, other: PersonName) -> Verdict:
    firsts, seconds = _parts(one), _parts(other)
    if "".join(w.plain for w in firsts) == "".join(w.plain for w in seconds):
        return Verdict(Likeness.SAME, "the same name")
    fits = _align(firsts, seconds)
    levels = sorted(fit for fit, _, _ in fits)
    unmatched = min(len(firsts), len(seconds)) - len(fits)
    if unmatched or len(fits) < 2:
        if _joined(firsts, seconds):
            return Verdict(Likeness.SAME, "the same name, written in one word or two")
        return Verdict(Likeness.DIFFERENT, "another given name or surname")
    if _family_genders_differ(fits, one, other):
        return Verdict(Likeness.DIFFERENT, "a man's surname and a woman's")
    missing = _misses(firsts, [a for _, a, _ in fits]) or _misses(seconds, [b for *_, b in fits])
    if len(firsts) != len(seconds) and not _same_end(firsts, seconds, fits):
        return Verdict(Likeness.PARTIAL, "one name goes on with another surname")
    return _verdict(levels, len(firsts) - len(seconds), fits, missing=missing)


def _parts(name: PersonName) -> list[Word]:
    return [w for w in name.words if not w.patronymic] or list(name.words)


def _align(firsts: list[Word], seconds: list[Word]) -> list[tuple[_Fit, Word, Word]]:
    """Pair the words that fit best, each once; ties go to the order in the names."""
    pairs = sorted(
        (
            (_fit(a, b), -abs(i - j), -i, -j)
            for i, a in enumerate(firsts)
            for j, b in enumerate(seconds)
        ),
        reverse=True,
    )
    used_first: set[int] = set()
    used_second: set[int] = set()
    found = []
    for fit, _, i, j in pairs:
        if fit and -i not in used_first and -j not in used_second:
            used_first.add(-i)
            used_second.add(-j)
            found.append((fit, firsts[-i], seconds[-j]))
    return found


def _joined(firsts: list[Word], seconds: list[Word]) -> bool:
    """True if two words of one name are one word of the other: Ali Reza, Alireza."""
    longer, shorter = sorted((firsts, seconds), key=len, reverse=True)
    if len(longer) != len(shorter) + 1:
        return False
    target = sorted(w.skeleton for w in shorter)
    for i in range(len(longer) - 1):
        words = [w.skeleton for w in longer]
        merged = skeleton(longer[i].plain + longer[i + 1].plain)
        if sorted([*words[:i], merged, *words[i + 2 :]]) == target:
            return True
    return False


def _family_genders_differ(
    fits: list[tuple[_Fit, Word, Word]], one: PersonName, other: PersonName
) -> bool:
    if one.gender and one.gender == other.gender:
        return False
    for _, a, b in fits:
        if not a.groups and not b.groups:
            shown = surname_gender(a), surname_gender(b)
            if all(shown) and shown[0] != shown[1]:
                return True
    return False


def _same_end(firsts: list[Word], seconds: list[Word], fits: list[tuple[_Fit, Word, Word]]) -> bool:
    """True if the last words of two names fit each other, or the last of one is an initial."""
    ends = firsts[-1], seconds[-1]
    paired = any(a is ends[0] and b is ends[1] for _, a, b in fits)
    return paired or any(word.initial for word in ends)


def _misses(name: list[Word], matched: list[Word]) -> bool:
    """True if a name with initials holds a whole word that the other name lacks."""
    whole = [w for w in name if not w.initial]
    return len(whole) < len(name) and any(all(w is not m for m in matched) for w in whole)


def _verdict(
    levels: list[_Fit], extra: int, fits: list[tuple[_Fit, Word, Word]], *, missing: bool
) -> Verdict:
    if levels[0] is _Fit.SLIP:
        return _slipped(levels, extra, fits)
    if _Fit.INITIAL in levels:
        given = all(a.groups for fit, a, _ in fits if fit is not _Fit.INITIAL)
        return _initialled(levels, missing=missing or given)
    if extra:
        return Verdict(Likeness.LIKELY, "the same name, with one word more")
    if levels.count(_Fit.ALIKE) > 1:
        return Verdict(Likeness.LIKELY, "a name that sounds alike in both words")
    return Verdict(Likeness.SAME, "the same name in another spelling")


def _slipped(levels: list[_Fit], extra: int, fits: list[tuple[_Fit, Word, Word]]) -> Verdict:
    if levels.count(_Fit.SLIP) + levels.count(_Fit.INITIAL) > 1 or extra:
        return Verdict(Likeness.DIFFERENT, "two words of the name differ")
    if any(fit is _Fit.SLIP and sorted(a.plain) == sorted(b.plain) for fit, a, b in fits):
        return Verdict(Likeness.NEAR, "the same name but for two letters exchanged")
    return Verdict(Likeness.NEAR, "the same name but for one letter")


def _initialled(levels: list[_Fit], *, missing: bool) -> Verdict:
    if missing:
        return Verdict(Likeness.DIFFERENT, "another surname")
    if levels.count(_Fit.INITIAL) == len(levels):
        return Verdict(Likeness.PARTIAL, "initials alone agree")
    return Verdict(Likeness.LIKELY, "the same surname, and initials that fit")
