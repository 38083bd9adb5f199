"""How two words of names fit each other."""

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from khronika.text.given import spelt, spelt_names
from khronika.text.names_words import Word, shape
from khronika.text.phonetics import coarse, skeleton


class Fit(IntEnum):
    """How well two words fit; of several pairings the greatest is taken."""

    OTHER = 0
    INITIAL = 1
    SHORT_LETTER = 2
    LETTER = 3
    EXCHANGED = 4
    ALIKE = 5
    JOINED = 6
    FORM = 7
    SOUND = 8
    SAME = 9


LEVELS = {
    Fit.OTHER: "other", Fit.INITIAL: "initial", Fit.SHORT_LETTER: "short letter",
    Fit.LETTER: "letter", Fit.EXCHANGED: "exchanged", Fit.ALIKE: "alike", Fit.JOINED: "joined",
    Fit.FORM: "form", Fit.SOUND: "sound", Fit.SAME: "same",
}  # fmt: skip


def fit(one: Word, other: Word) -> Fit:
    """How two words of names fit each other. Symmetric."""
    if one.initial or other.initial:
        return Fit.INITIAL if same_letter(one, other) else Fit.OTHER
    if one.plain == other.plain:
        return Fit.SAME
    if one.vowelless != other.vowelless and one.groups.isdisjoint(other.groups):
        return _without_vowels(one, other)
    if one.groups and other.groups:
        return _fit_given(one, other)
    if not set(one.readings).isdisjoint(other.readings):
        return Fit.SOUND if _vowels_agree(one, other) else Fit.OTHER
    return _nearest(one, other)


def _fit_given(one: Word, other: Word) -> Fit:
    if not one.groups.isdisjoint(other.groups):
        return Fit.FORM if set(one.readings).isdisjoint(other.readings) else Fit.SOUND
    if one.listed and other.listed:
        same = one.skeleton == other.skeleton and not (_spelt(one) and _spelt(other))
        return Fit.SOUND if same or _one_family(one, other) else Fit.OTHER
    near = _nearest(one, other)
    return near if near is Fit.ALIKE else Fit.OTHER


def same_letter(one: Word, other: Word) -> bool:
    """True if two words begin with one letter, or in two scripts with one sound."""
    if one.latin == other.latin:
        return one.plain[:1] == other.plain[:1]
    return one.skeleton[:1] == other.skeleton[:1]


def _vowels_agree(one: Word, other: Word) -> bool:
    """False for short Latin words that only a reduced vowel makes alike: Hong is not Hang."""
    if max(len(one.plain), len(other.plain)) > 4 or not (one.latin and other.latin):
        return True
    if _one_family(one, other):
        return True
    return ("o" in _without_u(one.plain)) == ("o" in _without_u(other.plain))


def _spelt(word: Word) -> bool:
    """True if a list has the word as spelt: `Omar` and `Amar` are two, for all their sound."""
    return spelt(word.plain) in spelt_names()


def _one_family(one: Word, other: Word) -> bool:
    """True for listed romanisations of one family name: Lee and Yi."""
    return any(r.startswith("~") for r in set(one.readings).intersection(other.readings))


def _without_u(plain: str) -> str:
    return plain.replace("ou", "u").replace("oo", "u")


def _nearest(one: Word, other: Word) -> Fit:
    lengths = len(one.plain), len(other.plain)
    shorter = min(lengths)
    if shorter < 4 or max(lengths) > shorter + 4:
        return Fit.OTHER
    if one.attested and other.attested:
        return Fit.OTHER
    if shorter > 4 and _alike(one, other):
        return Fit.ALIKE
    if (one.loose or other.loose) and _loosely(one, other):
        return Fit.ALIKE
    if shorter < 6 and one.listed == other.listed:
        return Fit.OTHER
    return _slip(one, other)


def _alike(one: Word, other: Word) -> bool:
    """True if only the kind of consonants and vowels differs, and little of it."""
    if one.shapes.isdisjoint(other.shapes):
        return False
    return any(shape(a) == shape(b) and _little(a, b) for a in one.readings for b in other.readings)


_SIBILANTS = str.maketrans("CZ", "SS")


def _little(one: str, other: str) -> bool:
    """True if one sound differs, in long words two."""
    if len(one) > 3 and one.translate(_SIBILANTS) == other.translate(_SIBILANTS):
        return True
    most = 1 if min(len(one), len(other)) < 8 else 2
    return len(one) > 4 and OSA.distance(one, other, score_cutoff=most) <= most


def _loosely(one: Word, other: Word) -> bool:
    """True if nothing but vowels differs between two words, and little of those."""
    bare = consonants(one.plain)
    if len(bare) < 3 or bare != consonants(other.plain):
        return False
    ends = one.plain[-1] in "aeiouy", other.plain[-1] in "aeiouy"
    return ends[0] == ends[1] and JaroWinkler.similarity(one.plain, other.plain) >= 0.85


def _slip(one: Word, other: Word) -> Fit:
    """One letter changed, left out or put in, or two that changed places, in letters or sounds."""
    found = _exchanged(one.plain, other.plain)
    if not found and one.latin != other.latin:
        found = _exchanged(one.skeleton, other.skeleton)
    if found:
        return Fit.EXCHANGED
    if OSA.distance(one.plain, other.plain, score_cutoff=1) > 1 and (
        min(len(one.skeleton), len(other.skeleton)) < 5
        or OSA.distance(one.skeleton, other.skeleton, score_cutoff=1) > 1
    ):
        return Fit.OTHER
    if one.listed or other.listed:
        return Fit.LETTER
    return Fit.LETTER if min(_stem(one.plain), _stem(other.plain)) >= 6 else Fit.SHORT_LETTER


def _exchanged(one: str, other: str) -> bool:
    if len(one) != len(other) or sorted(one) != sorted(other):
        return False
    differ = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differ) == 2 and differ[0] == differ[1][::-1]


_ENDINGS = re.compile(
    r"(?:ov|ev|in|yn|iev|yev|of|off|eff|enko|sk[iy]+|[sz]ky|yan|ian|dze|shvili|[cz]?huk|[iy]uk|uk|ich"
    r"|ez|es|son|sen|man|berg|ova|eva|ina|yna|skaya|skaia|bekov|bayev|baev|zade|poor|pour|i)$"
)


@lru_cache(maxsize=65536)
def _stem(plain: str) -> int:
    """How many letters a surname has before its ending: what many surnames share says little."""
    return len(_ENDINGS.sub("", plain))


def close(one: Word, other: Word) -> bool:
    """True if two words that do not fit may still be slips of one: two or three letters differ."""
    if one.initial or other.initial or (one.listed and other.listed):
        return False
    if min(len(one.plain), len(other.plain)) < 5:
        return False
    return JaroWinkler.similarity(one.plain, other.plain, score_cutoff=0.86) > 0


def _without_vowels(one: Word, other: Word) -> Fit:
    """Arabic and Hebrew letters leave out short vowels: consonants alone are compared."""
    bare = [_arabic(w.plain) if w.vowelless else consonants(w.plain) for w in (one, other)]
    same = bare[0].translate(_ARABIC_CLASS) == bare[1].translate(_ARABIC_CLASS)
    return Fit.SOUND if same and len(bare[0]) > 1 else Fit.OTHER


_ARABIC_CLASS = str.maketrans({"v": "f", "p": "b", "g": "k", "q": "k", "C": "S", "Z": "k", "h": ""})


def _arabic(plain: str) -> str:
    """The consonants of a word in Arabic letters: `w` and `y` may be long vowels."""
    return consonants(plain.replace("w", "").replace("y", ""))


_CONSONANTS = str.maketrans("", "", "aeiouwy")


def consonants(plain: str) -> str:
    """The consonants of a romanised word in the classes that Arabic spellings keep apart."""
    sounds = skeleton(plain).translate(_CONSONANTS)
    return sounds.removesuffix("h") if len(sounds) > 2 else sounds


def same_father(one: str, other: str, groups: tuple[frozenset[str], frozenset[str]]) -> bool:
    """True if two father's names, without their endings, are one.

    Args:
        one: the one in plain letters.
        other: the other.
        groups: the given names that each is a form of.
    """
    if all(groups):
        return not groups[0].isdisjoint(groups[1])
    bones = skeleton(one), skeleton(other)
    return coarse(one) == coarse(other) or JaroWinkler.similarity(*bones) >= 0.87
