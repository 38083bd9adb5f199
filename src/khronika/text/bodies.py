"""Names of organisations and public bodies compared, with the weight of each part of them.

`Ministry of Justice`, `Justice Ministry` and `Министерство юстиции` hold the same concepts; what
is no concept is compared by its sound. Another number (`colony No. 6`), country, kind or proper
word is another body, and a chapter or a unit is another body than its parent. Which country `the
Justice Ministry` belongs to, only its report can say.

Source:
    Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969).
"""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from khronika.text.body_names import BodyName, in_country, names_in, read_body
from khronika.text.body_words import country_of, lists
from khronika.text.likeness import Likeness, Verdict
from khronika.text.phonetics import classes
from khronika.text.weights import Evidence

__all__ = [
    "BodyName",
    "compare_bodies",
    "compare_read_bodies",
    "country_of",
    "in_country",
    "names_in",
    "read_body",
    "told_apart",
    "with_evidence",
]

PRIOR = -6.0  # log2 of the odds that two names that are looked at together are one body's
_VETO = -14.0
_SURE = 16.0
_CALLED = 8.0
_ALIKE = 0.85
_MOST = {Likeness.DIFFERENT: -6.0, Likeness.PARTIAL: -1.0, Likeness.SAME: 60.0}
_CLOSE = 0.92
_WEIGHTS = {
    "the same number": 3.0,
    "the same country": 2.0,
    "the same proper word": 8.0,
    "a proper word of the same sound": 7.0,
    "a proper word but for a letter": 3.0,
    "the same place": 4.0,
    "the same short word": 3.0,
    "the same kind of body": 1.5,
    "the same level": 2.0,
    "the same concept": 3.0,
    "all words agree": 6.0,
    "the same sounds": 10.0,
    "the same letters": 12.0,
    "the same acronym": 9.0,
    "an acronym of the name's words": 8.0,
    "another acronym": -4.0,
    "a country that only one tells": -0.5,
    "a country that only one adds": -3.0,
    "other words": -12.0,
    "a word that says little": -0.5,
    "a word for what it is": -0.5,
    "a unit that only one tells": -1.0,
    "a level that only one tells": -7.0,
    "a place that only one tells": -8.0,
    "a name that only one tells": -8.0,
    "a concept that only one tells": -5.0,
}


def _said(part: str, level: str, one: str = "", other: str = "") -> Evidence:
    return Evidence(part, level, _WEIGHTS[level], (one.lstrip("*="), other.lstrip("*=")))


def _judged(likeness: Likeness, why: str, evidence: Iterable[Evidence]) -> Verdict:
    evidence = list(evidence)
    over = sum(e.weight for e in evidence) + PRIOR - _MOST.get(likeness, _SURE)
    if over > 0:  # what differs outweighs all that agrees
        evidence.append(Evidence("words", "more differs than this allows for", -over))
    told = tuple(sorted(evidence, key=lambda e: (-abs(e.weight), e.part, e.level, e.values)))
    return Verdict(likeness, why, PRIOR + sum(e.weight for e in told), told)


def told_apart(why: str, part: str, one: str = "", other: str = "") -> Verdict:
    """The verdict on two bodies that one thing alone keeps apart."""
    return Verdict(
        Likeness.DIFFERENT, why, PRIOR + _VETO, (Evidence(part, why, _VETO, (one, other)),)
    )


def with_evidence(verdict: Verdict, likeness: Likeness, why: str, told: Evidence) -> Verdict:
    """A verdict on two names once more is known than the names."""
    return _judged(likeness, why, (*verdict.evidence, told))


@lru_cache(maxsize=65536)
def compare_bodies(one: str, other: str) -> Verdict:
    """Compare two names of organisations or bodies as written.

    Args:
        one: a name in any script.
        other: another.

    Returns:
        The likeness and what it rests on; symmetric. Bodies that differ in a country that only one
        name tells are LIKELY at best: the caller knows the reports' countries.
    """
    return compare_read_bodies(read_body(one), read_body(other))


def compare_read_bodies(one: BodyName, other: BodyName) -> Verdict:
    """Compare two names as read; see `compare_bodies`."""
    if one.numbers != other.numbers:
        return told_apart(
            "another number", "number", " ".join(one.numbers), " ".join(other.numbers)
        )
    if one.country and other.country and one.country != other.country:
        return told_apart("of another country", "country", one.country, other.country)
    if one.public and one.public == other.public:
        told = Evidence("listed", "two names of one public body", _SURE, (one.public, ""))
        return _judged(Likeness.SAME, told.level, (told,))
    if one.public != other.public and _so_called(one, other):
        why = "what the body is called in its country"
        told = Evidence("listed", why, _CALLED, (one.public or other.public, ""))
        return _judged(Likeness.LIKELY, why, (told,))
    if one.public and other.public:
        return told_apart("two public bodies", "listed", one.public, other.public)
    if one.parent != other.parent and (one.parent or one.public) == (other.parent or other.public):
        return told_apart("a chapter or unit of the other", "parent", one.public, other.public)
    return _compare(one, other)


def _so_called(one: BodyName, other: BodyName) -> bool:
    """True if one is on the list, and the other is a name that it shares with others."""
    listed, name = (one, other) if one.public else (other, one)
    return bool(listed.national) and in_country(name, listed.country).public == listed.public


def _compare(one: BodyName, other: BodyName) -> Verdict:
    beside = _beside(one, other)
    letters = _by_letters(one, other)
    if letters is not None:
        return _judged(letters[0], letters[1].level, (*beside, letters[1]))
    return _by_words(one, other, beside)


def _beside(one: BodyName, other: BodyName) -> list[Evidence]:
    """What number, country and acronym say beside the words."""
    told = []
    if one.numbers:
        told.append(_said("number", "the same number", " ".join(one.numbers)))
    if one.country and one.country == other.country:
        told.append(_said("country", "the same country", one.country))
    elif one.country != other.country and one.long and other.long:
        official = one.official or other.official
        level = "a country that only one tells" if official else "a country that only one adds"
        told.append(_said("country", level, one.country, other.country))
    if one.acronyms and other.acronyms and one.acronyms.isdisjoint(other.acronyms):
        level = "another acronym"
        told.append(_said("acronym", level, min(one.acronyms), min(other.acronyms)))
    return told


def _by_letters(one: BodyName, other: BodyName) -> tuple[Likeness, Evidence] | None:
    """What an acronym or the letters as they stand decide."""
    shared = one.acronyms & other.acronyms
    if shared and not (one.long and other.long):
        return Likeness.SAME, _said("acronym", "the same acronym", min(shared))
    for name, short in ((one, other), (other, one)):
        fits = name.initials & short.acronyms
        if fits and len(short.sounds) <= 1 and name.long:
            return Likeness.LIKELY, _said("acronym", "an acronym of the name's words", min(fits))
    if one.country == other.country and any(
        len(key) > 5 and key in other.folded for key in one.folded
    ):
        return Likeness.SAME, _said("words", "the same letters")
    return None


def _by_words(one: BodyName, other: BodyName, beside: list[Evidence]) -> Verdict:
    if not one.words or not other.words:
        return _judged(Likeness.DIFFERENT, "other words", (*beside, _said("words", "other words")))
    if _is_chapter(one, other):
        return told_apart("one is a chapter of a country", "country", one.country, other.country)
    if _alike_by_chance(one, other):
        evidence = (*beside, _said("words", "other words", one.folded[0], other.folded[0]))
        return _judged(Likeness.DIFFERENT, "another word of the same sound", evidence)
    told, left, right = _aligned(one, other)
    told += beside
    if not left and not right:
        return _agreed(one, other, told)
    if _sound_alike(one.sounds, other.sounds):
        return _judged(Likeness.SAME, "the same words", (*told, _said("words", "the same sounds")))
    if left and right:
        return _in_conflict(one, other, told, left, right)
    if left:
        return _with_more(other, one, told, left)
    return _with_more(one, other, told, right)


def _agreed(one: BodyName, other: BodyName, told: list[Evidence]) -> Verdict:
    why, likeness = "the same words", Likeness.SAME
    if any(e.level == "a proper word but for a letter" for e in told):
        why, likeness = "the same words but for a letter", Likeness.NEAR
    elif one.country != other.country and not (one.official and other.official):
        why, likeness = "the same words, and a country that only one adds", Likeness.LIKELY
    return _judged(likeness, why, (*told, _said("words", "all words agree")))


def _is_chapter(one: BodyName, other: BodyName) -> bool:
    """True if only one names a country, as chapters of international bodies do."""
    if one.country == other.country or (one.country and other.country):
        return False
    local = one if one.country else other
    if local.national:  # the country is its own
        return False
    return local.chapter or bool(one.public or other.public or local.words & lists()["beyond"])


def _aligned(one: BodyName, other: BodyName) -> tuple[list[Evidence], set[str], set[str]]:
    """What agrees, and what each name has that the other lacks."""
    places = one.places | other.places
    told = [_agreement(word, places) for word in sorted(one.words & other.words)]
    left, right = set(one.words - other.words), set(other.words - one.words)
    lone = one.latin == other.latin and not _shares_much(one, other)
    letters = one.acronyms | other.acronyms
    for word in sorted(w for w in left if w.startswith("*") and w[1:] not in letters):
        open_words = [w for w in right if w[1:] not in letters]
        near = [(lvl, w) for w in open_words if (lvl := _likeness_of(word, w, places, lone=lone))]
        if near:
            level, match = min(near)
            told.append(_said("words", level[1], word, match))
            left.discard(word)
            right.discard(match)
    _forget_levels(one, other, left, right)
    return told, left, right


def _alike_by_chance(one: BodyName, other: BodyName) -> bool:
    """True for lone words of one sound or meaning that are spelt apart: `Fattah`, `Fatah`."""
    if one.words != other.words or len(one.words) > 1:
        return False
    meaning = one.lone
    if not meaning and not (one.proper and one.latin and other.latin):
        return False
    if not set(map(str.casefold, one.folded)).isdisjoint(map(str.casefold, other.folded)):
        return False
    first, second = one.folded[0].casefold(), other.folded[0].casefold()
    long = meaning or min(len(first), len(second)) > 6
    return not (long and JaroWinkler.similarity(first, second) >= _CLOSE)


def _shares_much(one: BodyName, other: BodyName) -> bool:
    """True if two names share more than what kind of body they are of."""
    known = lists()
    return not (one.words & other.words <= known["kinds"] | known["spare"] | known["says_kind"])


def _forget_levels(one: BodyName, other: BodyName, left: set[str], right: set[str]) -> None:
    """`City` beside `district` says no more: a district court of a city."""
    if "district" in one.words and "district" in other.words:
        left.discard("city")
        right.discard("city")
    if {"human", "rights"} <= one.words & other.words:
        left.discard("protection")
        right.discard("protection")


def _agreement(word: str, places: frozenset[str]) -> Evidence:
    known = lists()
    if word in places:
        return _said("place", "the same place", word)
    if word.startswith("="):
        return _said("words", "the same proper word", word)
    if word.startswith("*"):
        level = "the same proper word" if len(word) > 4 else "the same short word"
        return _said("words", level, word)
    if word in known["kinds"] or word in known["spare"]:
        return _said("words", "the same kind of body", word)
    level = "the same level" if word in known["levels"] else "the same concept"
    return _said("words", level, word)


def _sound_alike(ones: frozenset[str], others: frozenset[str]) -> bool:
    """True for a name that is carried over into another script, and not translated."""
    if len(ones) != len(others) or len(ones) < 2:
        return False
    left, right = sorted(ones - others), sorted(others - ones)
    return all(
        min(len(a), len(b)) > 4
        and classes(a) == classes(b)
        and JaroWinkler.similarity(a, b) >= _ALIKE
        for a, b in zip(left, right, strict=True)
    )


def _likeness_of(
    one: str, other: str, places: frozenset[str], *, lone: bool
) -> tuple[int, str] | None:
    """How two proper words agree, if they do; words that stand alone must be longer for it."""
    if not other.startswith("*"):
        return None
    alike = min(len(one), len(other)) > (7 if lone else 4) and classes(one[1:]) == classes(
        other[1:]
    )
    if alike and JaroWinkler.similarity(one, other) >= (_CLOSE if lone else _ALIKE):
        return 0, "a proper word of the same sound"
    if one in places or other in places or min(len(one), len(other)) < 8:
        return None
    if OSA.distance(one, other, score_cutoff=1) <= 1:
        return 1, "a proper word but for a letter"
    return None


def _in_conflict(
    one: BodyName, other: BodyName, told: list[Evidence], left: set[str], right: set[str]
) -> Verdict:
    shared = one.acronyms & other.acronyms
    told.append(_said("words", "other words", " ".join(sorted(left)), " ".join(sorted(right))))
    if shared and min(map(len, shared)) > 2:
        told.append(_said("acronym", "the same acronym", min(shared)))
        if one.words & other.words - lists()["kinds"]:
            return _judged(Likeness.LIKELY, "the same acronym of other words", told)
        return _judged(Likeness.PARTIAL, "the same acronym of other words", told)
    return _judged(Likeness.DIFFERENT, "other words", told)


def _with_more(short: BodyName, long: BodyName, told: list[Evidence], more: set[str]) -> Verdict:
    """One name has all words of the other and some besides."""
    told += [_surplus(word, short, long) for word in sorted(more)]
    likeness, why = _fuller(short, long, more)
    if likeness is Likeness.DIFFERENT:
        told.append(_said("words", "other words"))
    return _judged(likeness, why, told)


def _fuller(short: BodyName, long: BodyName, more: set[str]) -> tuple[Likeness, str]:
    """Whether what a longer name has besides is no more than the shorter one leaves unsaid."""
    if bool(short.public) != bool(long.public):  # of listed ones all names are known
        return Likeness.DIFFERENT, "other words"
    known = lists()
    kind = not short.words.isdisjoint(known["kinds"])
    same_home = short.country == long.country
    if more <= known["spare"] and not short.generic and (kind or short.named):
        return Likeness.SAME, "the same words but for one that says little"
    official = short.official and long.official and len(short.words) > 1
    if official and more <= known["spare_official"] and same_home:
        return Likeness.LIKELY, "the same organ, told more fully"
    if short.named and not kind and more <= known["says_kind"]:
        return Likeness.LIKELY, "the name without what it is"
    if short.proper and kind and same_home and more <= {"state", "national", "republican"}:
        return Likeness.LIKELY, "the name, told more fully"
    if short.places and more <= known["says_unit"]:
        court = "court" in short.words
        return (Likeness.PARTIAL if court else Likeness.LIKELY), "a unit told more fully"
    if not kind and _is_front(short, long, more):
        return Likeness.PARTIAL, "the front of the longer name"
    return Likeness.DIFFERENT, "other words"


def _surplus(word: str, short: BodyName, long: BodyName) -> Evidence:
    known = lists()
    if word in long.places:
        return _said("place", "a place that only one tells", word)
    if word.startswith(("*", "=")):
        return _said("words", "a name that only one tells", word)
    full = short.official or bool(short.proper) or short.named
    if word in known["spare"] or (full and word in known["spare_official"]):
        return _said("words", "a word that says little", word)
    if short.named and word in known["says_kind"]:
        return _said("words", "a word for what it is", word)
    if short.places and word in known["says_unit"]:
        return _said("words", "a unit that only one tells", word)
    if word in known["levels"]:
        return _said("words", "a level that only one tells", word)
    return _said("words", "a concept that only one tells", word)


def _is_front(short: BodyName, long: BodyName, more: set[str]) -> bool:
    if not (short.proper - short.places) or short.country != long.country:
        return False
    rest = lists()["generic"] - lists()["official"]
    front = long.order[: len(short.order)] == short.order
    return front and len(short.order) > 1 and more <= rest
