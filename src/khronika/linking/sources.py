"""Independent sources: reports that tell one thing without copying each other or a third."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from khronika.linking.agreement import same_words
from khronika.linking.facts import ReportFacts
from khronika.linking.tellings import Telling
from khronika.model.acts import Modality
from khronika.text.bodies import read_body
from khronika.text.phonetics import plain

_MANY = 40  # tellings that are compared word by word
# Callings, not people: what "officials say" twice need not be said by one of them.
_SAID_BY_ALL = frozenset(
    {
        *("official", "citizen", "family", "officer", "lawyer", "stranger", "organisation"),
        *("journalist", "activist", "defender", "leader", "member"),
    }
)


class Sources:
    """Which reports depend on which, for counting those that do not.

    Args:
        facts: reports by id.
        copied: pairs of reports one of which copies the other.
    """

    def __init__(
        self,
        facts: Mapping[str, ReportFacts],
        copied: frozenset[frozenset[str]],
    ) -> None:
        self._facts = facts
        self._copied = copied
        self._publishers = {i: _folded(f.publisher) for i, f in facts.items()}
        self._named = {i: {_folded(s) for s in f.sources} for i, f in facts.items() if f.sources}

    def independent(self, group: Sequence[Telling]) -> int:
        """How many independent sources tell of an incident; denials count if nobody tells it."""
        told = [t for t in group if t.modality is not Modality.DENIED] or list(group)
        reports = sorted({t.report for t in told})
        home = {report: report for report in reports}
        for one, other in combinations(reports, 2):
            if home[one] != home[other] and self._depend(one, other):
                _merge(home, one, other)
        for a, b in combinations(sorted(told, key=lambda t: t.id)[:_MANY], 2):
            if home[a.report] != home[b.report] and (_one_witness(a, b) or same_words(a, b)):
                _merge(home, a.report, b.report)
        return len(set(home.values()))

    def _depend(self, one: str, other: str) -> bool:
        if frozenset((one, other)) in self._copied:
            return True
        first, second = self._publishers.get(one, ""), self._publishers.get(other, "")
        if first and first == second:
            return True
        return bool(first and first in self._named.get(other, ())) or bool(
            second and second in self._named.get(one, ())
        )


def _merge(home: dict[str, str], one: str, other: str) -> None:
    kept, gone = sorted((home[one], home[other]))
    for report, at in home.items():
        if at == gone:
            home[report] = kept


def _one_witness(one: Telling, other: Telling) -> bool:
    """True if both pass on what the same person said; "officials say" is no one person."""
    return bool((one.tellers & other.tellers) - _SAID_BY_ALL)


def _folded(publisher: str) -> str:
    name = read_body(publisher)
    return name.public or " ".join(sorted(name.words)) + name.country or plain(publisher)
