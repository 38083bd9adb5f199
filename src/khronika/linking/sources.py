"""Independent sources: reports that tell one thing without copying each other or a third.

What is counted is asked of one incident: two reports may tell an arrest each on their own and yet
pass on, both, what one witness saw in the cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from khronika.linking.agreement import same_words
from khronika.linking.cited import is_publisher
from khronika.linking.copies import translation
from khronika.linking.facts import ReportFacts
from khronika.linking.tellings import Telling, sketch_of
from khronika.model.acts import Modality
from khronika.model.links import Copy
from khronika.text.bodies import compare_bodies
from khronika.text.lemmas import folded
from khronika.text.likeness import Likeness
from khronika.text.shingles import KEPT_BELOW, unpack

_MANY = 40  # reports that each is compared with, and tellings of a report
_INSIDE = 0.5  # of a quote's sampled runs of words: then it stands in the other report too
_LEAST_INSIDE = 2
# Callings, not people: what "officials say" twice need not be said by one of them.
_SAID_BY_ALL = frozenset(
    {
        *("official", "citizen", "family", "officer", "lawyer", "stranger", "organisation"),
        *("journalist", "activist", "defender", "leader", "member"),
    }
)
_OF_PUBLISHER = "has the publisher of"
_WHOLE = {"copy": "copies", "translation": "translates"}


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two reports are one source for an incident; `why` is what the first does."""

    report: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """Reports that count as one source for an incident, and what ties each to another of them."""

    reports: tuple[str, ...]
    ties: tuple[Tie, ...] = ()


class Sources:
    """Which reports depend on which, for counting those that do not.

    Args:
        facts: reports by id.
        copied: which report copies, translates or quotes which; other pairs are passed over.
    """

    def __init__(self, facts: Mapping[str, ReportFacts], copied: Iterable[Copy]) -> None:
        self._facts = facts
        self._whole: dict[str, dict[str, Copy]] = {}
        self._quoted: dict[tuple[str, str], Copy] = {}
        self._shingles: dict[str, frozenset[int]] = {}  # of reports that are quoted
        for copy in copied:
            if copy.relation in _WHOLE:
                self._whole.setdefault(copy.report, {})[copy.original] = copy
            elif copy.relation == "quotation":
                self._quoted[copy.report, copy.original] = copy

    def independent(self, group: Sequence[Telling]) -> int:
        """How many independent sources tell of an incident; denials count if nobody tells it."""
        return len(self.groups(group))

    def groups(self, group: Sequence[Telling]) -> tuple[Source, ...]:
        """The sources of an incident, each with the reports that are one source, and why.

        Args:
            group: the acts that are one incident; denials count if nobody tells it.

        Returns:
            By least report. A pair of reports that is tied already by others is not looked at.
        """
        told = [t for t in group if t.modality is not Modality.DENIED] or list(group)
        by_report: dict[str, list[Telling]] = {}
        for telling in sorted(told, key=lambda t: (t.report, t.id)):
            by_report.setdefault(telling.report, []).append(telling)
        home = {report: report for report in by_report}
        ties = []
        for tie in chain(self._plain_ties(by_report), self._told_ties(by_report, home)):
            if home[tie.report] != home[tie.other]:
                ties.append(tie)
                _merge(home, tie.report, tie.other)
        return tuple(
            Source(
                tuple(sorted(r for r, at in home.items() if at == least)),
                tuple(t for t in ties if home[t.report] == least),
            )
            for least in sorted(set(home.values()))
        )

    def in_words(self, found: Sequence[Source]) -> tuple[str, ...]:
        """Why some of the reports are one source: 'one source: Daily Lamp copies Quay Monitor'."""
        return tuple(
            f"one source: {self._called(tie.report)} {tie.why} {self._called(tie.other)}"
            for source in found
            for tie in source.ties
        )

    def _called(self, report: str) -> str:
        facts = self._facts.get(report)
        if not facts:
            return report
        return f"{facts.publisher} ({facts.name})" if facts.publisher else facts.name

    def _plain_ties(self, reports: Iterable[str]) -> Iterator[Tie]:
        """Copies, and reports of one publisher: whatever they tell."""
        publishers: dict[str, str] = {}
        present = dict.fromkeys(reports)
        for report in present:
            for original, copy in sorted(self._whole.get(report, {}).items()):
                if original in present:
                    yield Tie(report, original, _WHOLE[copy.relation])
        for report in present:
            publisher = self._publisher(report)
            if publisher:
                first = publishers.setdefault(folded(publisher), report)
                yield Tie(report, first, _OF_PUBLISHER)

    def _told_ties(
        self, by_report: Mapping[str, Sequence[Telling]], home: Mapping[str, str]
    ) -> Iterator[Tie]:
        """What ties two reports in how they tell it; of very many, each to the first ones."""
        for one, other in combinations(by_report, 2):
            if home[one] == home[other]:
                continue
            if one not in islice(by_report, _MANY):
                return
            pair = by_report[one], by_report[other]
            found = chain(
                self._translating(one, other),
                self._named(*pair),
                self._quoting(*pair),
                _same_word(*pair),
            )
            yield from islice(found, 1)

    def _translating(self, one: str, other: str) -> Iterator[Tie]:
        """Translations that were not looked up, because they have few numbers."""
        first, second = self._facts.get(one), self._facts.get(other)
        found = translation(first, second) if first and second else None
        if found:
            yield Tie(found.report, found.original, _WHOLE[found.relation])

    def _named(self, ones: Sequence[Telling], others: Sequence[Telling]) -> Iterator[Tie]:
        one, other = ones[0].report, others[0].report
        if self._one_publisher(one, other):
            yield Tie(one, other, _OF_PUBLISHER)
        for first, second in ((ones, other), (others, one)):
            if self._names_as_source(first, second):
                yield Tie(first[0].report, second, "names as its source")

    def _quoting(self, ones: Sequence[Telling], others: Sequence[Telling]) -> Iterator[Tie]:
        for quoting, original in ((ones, others[0].report), (others, ones[0].report)):
            if (quoting[0].report, original) in self._quoted and all(
                self._stands_in(telling, original) for telling in quoting
            ):
                yield Tie(quoting[0].report, original, "tells it in words quoted from")

    def _one_publisher(self, one: str, other: str) -> bool:
        first, second = self._publisher(one), self._publisher(other)
        return bool(first and second) and compare_bodies(first, second).likeness >= Likeness.LIKELY

    def _publisher(self, report: str) -> str:
        facts = self._facts.get(report)
        return facts.publisher if facts else ""

    def _names_as_source(self, tellings: Sequence[Telling], other: str) -> bool:
        """True if all that a report tells of it stands on the word of the other's publisher."""
        facts, publisher = self._facts.get(tellings[0].report), self._publisher(other)
        if not facts or not publisher:
            return False
        names = self._names(publisher, facts, self._facts[other])
        ranges = [
            (start, end)
            for cited, start, end in facts.cited
            if any(is_publisher(cited, name) for name in names)
        ]
        return all(
            any(t.start < end and start < t.end for start, end in ranges)
            or any(is_publisher(voice, name) for voice in t.voices for name in names)
            for t in tellings
        )

    @staticmethod
    def _names(publisher: str, *reports: ReportFacts) -> set[str]:
        """A publisher's names: also those that stand in brackets beside it in either report."""
        beside = {pair for report in reports for pair in report.beside}
        pairs = sorted(beside | {(b, a) for a, b in beside})
        return {publisher} | {b for a, b in pairs if is_publisher(a, publisher)}

    def _stands_in(self, telling: Telling, report: str) -> bool:
        """True if the words in which an act is told stand in another report."""
        facts = self._facts.get(report)
        sampled = [value for value in sketch_of(telling) if value < KEPT_BELOW]
        if not facts or len(sampled) < _LEAST_INSIDE:
            return False
        if report not in self._shingles:
            self._shingles[report] = frozenset(unpack(facts.shingles).tolist())
        return len(self._shingles[report].intersection(sampled)) >= _INSIDE * len(sampled)


def _same_word(ones: Sequence[Telling], others: Sequence[Telling]) -> Iterator[Tie]:
    """One witness, or the same words."""
    for one in ones[:_MANY]:
        for other in others[:_MANY]:
            if (one.tellers & other.tellers) - _SAID_BY_ALL:
                yield Tie(one.report, other.report, "passes on the same witness as")
            if same_words(one, other):
                yield Tie(one.report, other.report, "tells it in the same words as")


def _merge(home: dict[str, str], one: str, other: str) -> None:
    kept, gone = sorted((home[one], home[other]))
    for report, at in home.items():
        if at == gone:
            home[report] = kept
