"""Copies: which reports repeat which, wholly, in part, or from one template with other facts.

Runs of three words are looked up, not compared: a new report costs what it shares with others, not
what is kept. A pair is judged by the two alone. Bulletins of one template share most of their words
and differ in the numbers and names that stand in the same places; they are no copies.

A run that stands in very many reports (a letterhead, a template, a text that a hundred papers
took over) is looked up only in the `MOST_HOLDERS` that come first by `rank`. Where no run stands
in more reports than that, the pairs do not depend on the order in which reports arrive; where one
does, each report is still compared with those first ones, so that all that copy one text meet in
them. A report that arrives late and was published before them is compared with them alone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khronika.linking.facts import ReportFacts
from khronika.linking.translations import NEAR, Signed, translated, translation_keys
from khronika.model.edtf import EdtfError, bounds
from khronika.model.links import Copy
from khronika.text.shingles import ALL_UNDER, KEPT_BELOW, Hashes, unpack

MOST_HOLDERS = 12  # of one key, that a report is compared with
LEAST_SHARED = 3  # keys, to be worth a comparison
MOST_COMPARED = 64  # reports that one is compared with: those that share most
_MOST_KEYS = 768  # of a very long report fewer of its shingles are keys
_LEAST_BOTH = 4  # sampled shingles: about eighteen words in a row
_QUOTED_ROW = 4  # of them, one behind another in both texts
_MANY = (2_500, 20_000)  # pairs of shingles of two texts
_PARTS = 5
_UNSAMPLED = 3  # times as many are asked for where all shingles of both are kept
_REACH = 3  # sampled shingles on, in a passage with some words changed
_COPY_SHARE = 0.45  # of the shorter report's shingles
_TEMPLATE_SHARE = 0.3
_NEVER = 10**7  # a day after all others
_PLACE = 36  # bits of a place among all keys; a report's number stands above
_BLOCK = 4096  # reports whose pairs are counted at once: memory stays flat

_HALF = np.uint64(32)
_Index = NDArray[np.int64]


def keys(facts: ReportFacts) -> tuple[int, ...]:
    """What a report is looked up by: hashes of runs of words, as signed integers of 64 bits.

    Reports that share a paragraph share several, and so do translations of neighbouring days, by
    numbers that follow each other. A pure function of the report alone; about 800 at most: of a
    long report those below a lower bound, which those of its quotations are too.
    """
    return tuple(np.unique(_keys(_Read(facts))).view(np.int64).tolist())


def _keys(read: "_Read") -> Hashes:
    facts, shingles = read.facts, _thinned(read.hashes)
    first, last = _days(facts.published) if facts.signs else (0, 0)
    if not first or first != last:
        return shingles
    return np.concatenate([shingles, translation_keys(facts.signs, first)])


def _thinned(hashes: Hashes) -> Hashes:
    bound = KEPT_BELOW
    while len(hashes) > _MOST_KEYS:
        bound //= 2
        hashes = hashes[hashes < bound]
    return hashes


def rank(facts: ReportFacts) -> tuple[int, str]:
    """The order in which the holders of a key are listed: published first, then by id."""
    return _published(facts) or _NEVER, facts.id


def candidates(holders: Iterable[Sequence[str]]) -> tuple[tuple[str, int], ...]:
    """Which reports are worth a comparison.

    Args:
        holders: for each key of a report, the ids of the first `MOST_HOLDERS` others that hold it,
            by `rank`.

    Returns:
        (id, how many keys it shares), at most `MOST_COMPARED`, those that share most first.
    """
    counted = Counter(each for held in holders for each in held[:MOST_HOLDERS])
    enough = ((count, each) for each, count in counted.items() if count >= LEAST_SHARED)
    most = sorted(enough, key=lambda pair: (-pair[0], pair[1]))[:MOST_COMPARED]
    return tuple((each, count) for count, each in most)


def judge(one: ReportFacts, other: ReportFacts, shared: int) -> Copy | None:
    """Whether one report copies or quotes the other, or both follow one template.

    Args:
        one: a report.
        other: another; which is named first makes no difference.
        shared: how many keys both hold.

    Returns:
        The relation, None if there is none. `original` is the one published earlier; where that
        is not known, the one named as the other's source, then the longer, then the lesser id.
    """
    if shared < LEAST_SHARED:
        return None
    return _judge(_Read(one), _Read(other)) or translation(one, other)


def translation(one: ReportFacts, other: ReportFacts) -> Copy | None:
    """Whether one report is a translation of the other: of two languages, and near in date."""
    if not one.language or not other.language or one.language == other.language:
        return None
    if not one.signs or not other.signs or not _near(one, other):
        return None
    share = translated(_signed(one.signs, one.words), _signed(other.signs, other.words))
    if not share:
        return None
    original = _original(one, other)
    copy = one if original is other else other
    return Copy(report=copy.id, original=original.id, relation="translation", share=share)


@lru_cache(maxsize=256)
def _signed(signs: str, words: int) -> Signed:
    """A report is set beside many, one after another."""
    return Signed.of(signs, words)


def _near(one: ReportFacts, other: ReportFacts) -> bool:
    first, second = _days(one.published), _days(other.published)
    return all(first) and all(second) and max(first[0] - second[1], second[0] - first[1]) <= NEAR


def copies(reports: Sequence[ReportFacts]) -> tuple[Copy, ...]:
    """Find the reports that copy, quote, or share a template with another.

    Args:
        reports: any number, ids distinct, in any order.

    Returns:
        One `Copy` a pair, by report and original: what `judge` says of each pair that
        `candidates` names when the reports arrive by `rank`.
    """
    ordered = sorted(reports, key=rank)
    read = [_Read(report) for report in ordered]
    found = []
    for at, before in _pairs([_keys(each) for each in read]):
        one, other = read[at], read[before]
        found.append(_judge(one, other) or translation(one.facts, other.facts))
    return tuple(sorted(filter(None, found), key=lambda c: (c.report, c.original)))


def _pairs(hashes: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """The pairs worth a comparison, of places in a sequence by rank."""
    bits = np.uint64(len(hashes).bit_length())
    low = (np.uint64(1) << bits) - np.uint64(1)
    owner = np.repeat(np.arange(len(hashes), dtype=np.uint64), [len(h) for h in hashes])
    # A key's low bits give way to its holder, so that one sort orders both, repeats side by side.
    held = np.concatenate([np.zeros(0, dtype=np.uint64), *hashes]) & ~low | owner
    held.sort()
    held = held[_news(held)]
    if not len(held):
        return
    holder, held = (held & low).astype(np.int64), held >> bits
    new = _news(held)
    first = np.repeat(new, np.diff(np.append(new, len(held))))  # where each one's key begins
    place = np.arange(len(held)) - first  # of each among those that hold the same key
    later = np.flatnonzero(place)
    later = np.sort(holder[later] << _PLACE | later) & ((1 << _PLACE) - 1)  # by report
    blocks = np.searchsorted(holder[later], np.arange(0, len(hashes) + _BLOCK, _BLOCK))
    for left, right in pairwise(blocks.tolist()):
        yield from _counted(later[left:right], holder, first, place)


def _news(values: NDArray[Any]) -> _Index:
    """Where another value begins in values that stand in order."""
    new = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return np.flatnonzero(new)


def _counted(
    later: _Index, holder: _Index, first: _Index, place: _Index
) -> Iterator[tuple[int, int]]:
    """The pairs of some reports with those before them that share enough keys."""
    size = len(holder) + 1
    codes, those = [], later
    for nth in range(MOST_HOLDERS):
        those = those[place[those] > nth]
        if not len(those):
            break
        codes.append(holder[those] * size + holder[first[those] + nth])
    if not codes:
        return
    pairs, counts = np.unique(np.concatenate(codes), return_counts=True)
    kept = counts >= LEAST_SHARED
    reports, others = np.divmod(pairs[kept], size)
    yield from _most_shared(reports, others, counts[kept])


def _most_shared(reports: _Index, others: _Index, counts: _Index) -> Iterator[tuple[int, int]]:
    if not len(reports):
        return
    order = np.lexsort((others, -counts, reports))
    reports, others = reports[order], others[order]
    new = _news(reports)
    nth = np.arange(len(reports)) - np.repeat(new, np.diff(np.append(new, len(reports))))
    kept = nth < MOST_COMPARED
    yield from zip(reports[kept].tolist(), others[kept].tolist(), strict=True)


class _Read:
    """A report's facts as they are compared; each part is read when it is first asked for."""

    def __init__(self, facts: ReportFacts) -> None:
        self.facts = facts
        self.hashes = unpack(facts.shingles)

    @cached_property
    def places(self) -> dict[int, int]:
        """Where each of its shingles stands."""
        return _placed(self.hashes)

    @cached_property
    def marks(self) -> tuple[frozenset[int], frozenset[int]]:
        """Its numbers and names, each with what stands before it, and what stands before."""
        marks = unpack(self.facts.marks)
        return frozenset(marks.tolist()), frozenset((marks >> _HALF).tolist())


def _placed(hashes: Hashes) -> dict[int, int]:
    return dict(zip(hashes.tolist(), range(len(hashes)), strict=True))


def _judge(one: _Read, other: _Read) -> Copy | None:
    firsts, seconds = one.places, other.places
    if (one.facts.words < ALL_UNDER) != (other.facts.words < ALL_UNDER):
        firsts, seconds = _comparable(one), _comparable(other)
    both = firsts.keys() & seconds.keys()
    scale = _UNSAMPLED if max(one.facts.words, other.facts.words) < ALL_UNDER else 1
    if len(both) < _LEAST_BOTH * scale:
        return None
    original = _original(one.facts, other.facts)
    copy, copied = (one, firsts) if original is other.facts else (other, seconds)
    shorter = min(firsts, seconds, key=len)
    if len(both) >= _TEMPLATE_SHARE * len(shorter) and _differ(one, other):
        relation = "template"
    elif len(both) >= _COPY_SHARE * len(shorter):
        relation = "copy" if _all_over(shorter, both) else "quotation"
    elif _in_a_row(firsts, seconds, both) >= _row_of(firsts, seconds) * scale:
        relation = "quotation"
    else:
        return None
    share = round(len(both) / len(copied), 3)
    return Copy(report=copy.facts.id, original=original.id, relation=relation, share=share)


def _all_over(shorter: dict[int, int], both: set[int]) -> bool:
    """True if every part of the shorter text is shared, not one passage of it."""
    size = max(shorter.values()) + 1
    parts = max(1, min(_PARTS, size // _PARTS))
    shared = {shorter[value] * parts // size for value in both}
    return len(shared) == parts


def _row_of(one: dict[int, int], other: dict[int, int]) -> int:
    """How many shingles in a row are no chance: the longer the texts, the more chances."""
    return _QUOTED_ROW + sum(len(one) * len(other) > many for many in _MANY)


def _comparable(report: _Read) -> dict[int, int]:
    """The shingles that are kept of texts of any length."""
    if report.facts.words >= ALL_UNDER:
        return report.places
    return _placed(report.hashes[report.hashes < KEPT_BELOW])


def _in_a_row(one: dict[int, int], other: dict[int, int], both: set[int]) -> int:
    """How many shared shingles follow each other in both texts: stock phrases lie scattered."""
    longest = row = at = there = 0
    for value in sorted(both, key=one.__getitem__):
        near = one[value] - at <= _REACH and 0 < other[value] - there <= _REACH
        row = row + 1 if row and near else 1
        at, there = one[value], other[value]
        longest = max(longest, row)
    return longest


def _differ(one: _Read, other: _Read) -> bool:
    """True if other numbers and names stand in the same places, as in bulletins of one template."""
    (ones, here), (others, there) = one.marks, other.marks
    same = len(ones & others)
    differ = len(here & there) - same
    return differ > bool(same) and 2 * differ >= same


def _original(one: ReportFacts, other: ReportFacts) -> ReportFacts:
    first, second = _published(one), _published(other)
    if first and second and first != second:
        return one if first < second else other
    if one.publisher and one.publisher in other.sources and other.publisher not in one.sources:
        return one
    if other.publisher and other.publisher in one.sources and one.publisher not in other.sources:
        return other
    if bool(first) != bool(second):  # a copy loses its date more often than it gains one
        return one if first else other
    return min(one, other, key=lambda r: (-r.words, r.id))


def _published(report: ReportFacts) -> int:
    return _days(report.published)[0] if report.published else 0


@lru_cache(maxsize=1 << 14)
def _days(edtf: str) -> tuple[int, int]:
    """The first and the last day that a date may mean, as numbers; 0 if it does not say."""
    try:
        first, last = bounds(edtf) if edtf else (None, None)
    except EdtfError:
        return 0, 0
    return first.toordinal() if first else 0, last.toordinal() if last else 0
