"""Which word of one name answers to which of another, and what is left over."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from khronika.text.fit import Fit, fit
from khronika.text.names import PersonName, Word
from khronika.text.phonetics import skeleton

_ARTICLES = ("al", "el")
Pair = tuple[Fit, Word, Word]


@dataclass(slots=True)
class Aligned:
    """The words of two names beside each other.

    Attributes:
        pairs: words that fit each other.
        against: words of each that fit nothing, beside each other.
        more: words that the other name lacks, each with the level it counts as.
        father: a father's name on one side and an initial in its place on the other.
        turned: two words stand in the other order, and each may be the given name.
        swapped: two given names, or two surnames, have changed places.
        one: the words of one name, fathers' names aside.
        other: those of the other.
    """

    pairs: list[Pair] = field(repr=False)
    one: list[Word] = field(repr=False)
    other: list[Word] = field(repr=False)
    against: list[tuple[Word, Word]] = field(default_factory=list, repr=False)
    more: list[tuple[Word, str]] = field(default_factory=list, repr=False)
    father: tuple[Word, Word] | None = field(default=None, repr=False)
    turned: bool = False
    swapped: bool = False

    def first(self, one: Word, other: Word) -> bool:
        """True if both words stand first in their names."""
        return self.one[0] is one and self.other[0] is other


def align(one: PersonName, other: PersonName) -> Aligned:
    """Pair the words of two full names, each once, best fits first."""
    firsts, seconds = _parts(one), _parts(other)
    aligned = Aligned(_paired(firsts, seconds), firsts, seconds)
    rest = _rest(firsts, [a for _, a, _ in aligned.pairs])
    others = _rest(seconds, [b for *_, b in aligned.pairs])
    if rest and others:
        rest, others = _rejoined(aligned, rest, others)
    rest, others = _fathers(aligned, one, other, rest, others)
    aligned.against = list(zip(rest, others, strict=False))
    longer, shorter = (firsts, seconds) if len(rest) > len(others) else (seconds, firsts)
    hispanic = one.of("spanish") or other.of("spanish")
    for word in [*rest[len(others) :], *others[len(rest) :]]:
        aligned.more.append((word, _more(word, longer, aligned, hispanic=hispanic)))
    aligned.turned = not (one.ordered or other.ordered) and _turned(aligned, shorter)
    aligned.swapped = _swapped(aligned, hispanic=hispanic)
    return aligned


def _parts(name: PersonName) -> list[Word]:
    if name.father is None:
        return list(name.words)
    return [w for w in name.words if not w.patronymic] or list(name.words)


def _paired(firsts: list[Word], seconds: list[Word]) -> list[Pair]:
    """Words that fit best, each once; ties go to the order in the names."""
    ranked = sorted(
        (
            (-int(found), abs(i - j), i, j)
            for i, a in enumerate(firsts)
            for j, b in enumerate(seconds)
            if (found := fit(a, b))
        ),
    )
    used_first: set[int] = set()
    used_second: set[int] = set()
    pairs = []
    for minus, _, i, j in ranked:
        if i not in used_first and j not in used_second:
            used_first.add(i)
            used_second.add(j)
            pairs.append((Fit(-minus), firsts[i], seconds[j]))
    return pairs


def _rest(words: list[Word], paired: list[Word]) -> list[Word]:
    return [w for w in words if all(w is not p for p in paired)]


def _rejoined(
    aligned: Aligned, rest: list[Word], others: list[Word]
) -> tuple[list[Word], list[Word]]:
    """Pair two words of one name with one of the other: Ali Reza, Alireza; bin Zayd, Binzayd."""
    for turn in (False, True):
        many, few = (others, rest) if turn else (rest, others)
        for group in [*([a, b] for a, b in pairwise(many)), *([w] for w in many if w.prefix)]:
            found = _same_joined(group, few)
            if found:
                pair = (_as_one(group), found)
                aligned.pairs.append((Fit.JOINED, *(pair[::-1] if turn else pair)))
                many = [w for w in many if all(w is not g for g in group)]
                few = [w for w in few if w is not found]
                rest, others = (few, many) if turn else (many, few)
                break
    return rest, others


def _same_joined(group: list[Word], options: list[Word]) -> Word | None:
    if any(w.initial for w in group):
        return None
    key = "".join(w.plain for w in group)
    wanted = {skeleton(key)}
    if prefix := group[0].prefix.replace(" ", ""):
        wanted |= {skeleton(prefix + key)} | {
            skeleton(a + key) for a in _ARTICLES if prefix in _ARTICLES
        }
    return next((w for w in options if not w.initial and not wanted.isdisjoint(w.readings)), None)


def _as_one(group: list[Word]) -> Word:
    text = " ".join(w.text for w in group)
    return replace(group[0], text=text, bits=max(w.bits for w in group), listed=False)


def _fathers(
    aligned: Aligned, one: PersonName, other: PersonName, rest: list[Word], others: list[Word]
) -> tuple[list[Word], list[Word]]:
    """Set a father's name on one side beside an initial that is left on the other."""
    fathers = one.father, other.father
    if fathers[0] and not fathers[1] and (left := _last_initial(others)):
        aligned.father = (fathers[0], left)
        return rest, [w for w in others if w is not left]
    if fathers[1] and not fathers[0] and (left := _last_initial(rest)):
        aligned.father = (left, fathers[1])
        return [w for w in rest if w is not left], others
    return rest, others


def _last_initial(words: list[Word]) -> Word | None:
    return next((w for w in reversed(words) if w.initial), None)


def _more(word: Word, name: list[Word], aligned: Aligned, *, hispanic: bool) -> str:
    """What a word counts as that the other name lacks."""
    if word.initial:
        return "initial"
    at = next(i for i, w in enumerate(name) if w is word)
    matched = [w for _, a, b in aligned.pairs for w in (a, b)]
    beside = name[at - 1] if word.hyphened else None
    if at + 1 < len(name) and name[at + 1].hyphened:
        beside = name[at + 1]
    if beside is not None and any(beside is m for m in matched):
        return "hyphen"
    surnames = [w for w in matched if not w.listed and not w.initial]
    if at == 0 and _of_father(word, name, matched):
        return "front"
    if at < len(name) - 1:
        return "inner" if (surnames and not (word.loud and not any(w.loud for w in surnames))) or (
            word.listed and any(name[-1] is m for m in matched)) else "end"  # fmt: skip
    if hispanic and len(name) > 2 and any(name[at - 1] is m for m in matched):
        return "second surname"
    return "end"


def _of_father(word: Word, name: list[Word], matched: list[Word]) -> bool:
    """True for `Samir` before `Omar Karim Salim`: a son's name stands before his father's."""
    chain = [w for w in name[1:] if any(w is m for m in matched)]
    return (
        word.listed
        and len(chain) > 2
        and len(chain) == len(name) - 1
        and all("muslim" in w.cultures for w in (word, *chain))
    )


def _turned(aligned: Aligned, shorter: list[Word]) -> bool:
    """True if the words stand in another order and any of them may be the given name."""
    if len(shorter) < 2 or not all(a.listed and b.listed for _, a, b in aligned.pairs):
        return False
    places = sorted((_place(aligned.one, a), _place(aligned.other, b)) for _, a, b in aligned.pairs)
    return any(one[1] > other[1] for one, other in pairwise(places))


def _swapped(aligned: Aligned, *, hispanic: bool) -> bool:
    """True for `Ali Omar Sarwani` beside `Omar Ali Sarwani`, and for two surnames in Spanish."""
    whole = [(a, b) for found, a, b in aligned.pairs if found is not Fit.INITIAL]
    if len(whole) < 3:
        return False
    places = sorted((_place(aligned.one, a), _place(aligned.other, b), a.listed) for a, b in whole)
    back = [(one, other) for one, other in pairwise(places) if one[1] > other[1]]
    if len(back) != 1:
        return False
    one, other = back[0]
    same_kind = one[2] == other[2] and one[1] - other[1] == 1 and other[0] - one[0] == 1
    return same_kind and (one[2] or (hispanic and other[0] == len(aligned.one) - 1))


def _place(words: list[Word], word: Word) -> int:
    return next((i for i, w in enumerate(words) if w is word), 0)
