"""Copies: which reports repeat which, wholly, in part, or from one template with other facts.

Runs of three words are looked up, not compared: near-linear. Bulletins of one template share most
of their words and differ in numbers and names; they are no copies of each other.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from khronika.linking.facts import ReportFacts
from khronika.model.edtf import EdtfError, bounds
from khronika.model.links import Copy
from khronika.text.shingles import ALL_UNDER, KEPT_OF, unpack

_SLICES = 16  # the hashes are gone through in slices, so that memory stays flat
_COMMON = 12  # a shingle of more reports than this pairs each only with its neighbours
_LEAST_SHARED = 4  # sampled shingles: about eighteen words in a row
_QUOTED_SHARED = 5
_COPY_SHARE = 0.3  # of the shorter report's shingles
_SAME_FACTS = 0.5  # of the shorter report's numbers and names


def copies(reports: Sequence[ReportFacts]) -> tuple[Copy, ...]:
    """Find the reports that copy, quote, or share a template with another.

    Args:
        reports: any number, ids distinct, in any order.

    Returns:
        One `Copy` a pair, by report and original. `original` is the one published earlier; where
        that is not known, the one named as the other's source, then the longer.
    """
    ordered = sorted(reports, key=lambda r: r.id)
    hashes = [unpack(r.shingles) for r in ordered]
    pairs = _shared(hashes)
    marks = {i: frozenset(unpack(ordered[i].marks)) for i in {i for pair in pairs for i in pair}}
    found = (_judge(ordered, hashes, marks, pair, n) for pair, n in sorted(pairs.items()))
    return tuple(sorted(filter(None, found), key=lambda c: (c.report, c.original)))


def _shared(hashes: Sequence["array[int]"]) -> dict[tuple[int, int], int]:
    """How many sampled shingles each pair of reports shares, where it is enough to look at."""
    width, size = (1 << 64) // _SLICES, len(hashes)
    counts: Counter[int] = Counter()  # a pair as one number: a million pairs must fit in memory
    for number in range(_SLICES):
        postings: dict[int, list[int]] = {}
        for index, values in enumerate(hashes):
            start = bisect_left(values, number * width)
            for value in values[start : bisect_left(values, (number + 1) * width)]:
                postings.setdefault(value, []).append(index)
        for holders in postings.values():
            if len(holders) > 1:
                counts.update(one * size + other for one, other in _pairs(holders))
    return {divmod(p, size): count for p, count in counts.items() if count >= _LEAST_SHARED}


def _pairs(holders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """All pairs of the few; of the many, each with the next ones, which chains all the same."""
    reach = len(holders) if len(holders) <= _COMMON else 3
    for i, one in enumerate(holders):
        for other in holders[i + 1 : i + 1 + reach]:
            yield one, other


def _judge(
    reports: Sequence[ReportFacts],
    hashes: Sequence["array[int]"],
    marks: dict[int, frozenset[int]],
    pair: tuple[int, int],
    counted: int,
) -> Copy | None:
    one, other = (reports[i] for i in pair)
    firsts, seconds = (_comparable(reports[i], hashes[i], reports[j])
                       for i, j in (pair, pair[::-1]))  # fmt: skip
    both = len(firsts & seconds)
    if not both or counted < _LEAST_SHARED:
        return None
    original = _original(one, other)
    copied = firsts if original is other else seconds
    share = both / len(copied)
    fuller = both / min(len(firsts), len(seconds))
    agree = _facts_agree(marks[pair[0]], marks[pair[1]])
    if fuller >= _COPY_SHARE:
        relation = "copy" if agree >= _SAME_FACTS else "template"
    elif both >= _QUOTED_SHARED:
        relation = "quotation"
    else:
        return None
    copy = one if original is other else other
    return Copy(report=copy.id, original=original.id, relation=relation, share=round(share, 3))


def _comparable(report: ReportFacts, values: "array[int]", other: ReportFacts) -> set[int]:
    """A short text's shingles, sampled like those of the longer one that it is set beside."""
    if report.words < ALL_UNDER <= other.words:
        return {v for v in values if v % KEPT_OF == 0}
    return set(values)


def _facts_agree(one: frozenset[int], other: frozenset[int]) -> float:
    least = min(len(one), len(other))
    return len(one & other) / least if least else 1.0


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
    return max(one, other, key=lambda r: (r.words, r.id))


def _published(report: ReportFacts) -> str:
    try:
        first = bounds(report.published)[0]
    except EdtfError:
        return ""
    return first.isoformat() if first else ""
