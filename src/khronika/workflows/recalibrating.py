"""What rulings teach of coders, and where it is applied: to what is shown, filtered and exported.

Nothing that is kept changes by it. It follows from the codings and rulings of the record alone, so
that the same record shows the same probabilities, whatever came first.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select

from khronika.coding.given import BY_HAND
from khronika.model.acts import Act, Coding
from khronika.publish.selection import standing
from khronika.review.recalibrate import AS_IT_IS, Expected, Sample, learn
from khronika.review.rejected import OftenRejected, Ruled, often_rejected
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.store import Store
from khronika.workflows.rows import Filters
from khronika.workflows.rulings import CODING, rulings_of

act, report = schema.act, schema.report
# Entries after which a coder may have said something else.
CODES = (
    *("added", "read again", "recoded", "coded by hand", "corrected", "withdrawn", "redacted"),
    "rebuilt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """An act that was ruled on."""

    coder: str
    rule: str
    kind: str
    sample: Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What rulings teach.

    Attributes:
        coders: by coder; those that are not named are believed as they are.
        rejected: ways of the codebook that are often rejected.
    """

    coders: Mapping[str, Expected] = field(default_factory=dict)
    rejected: tuple[OftenRejected, ...] = ()

    def of(self, coder: str) -> Expected:
        """What is to be expected of one coder."""
        return self.coders.get(coder, AS_IT_IS)

    def act(self, one: Act, coder: str) -> Act:
        """An act with the probabilities to be expected.

        What fills a role is right only if the act is: it is as much less sure as before.
        """
        expected = self.of(coder)
        if not expected.rulings or not 0 < one.confidence < 1:
            return one
        now = expected.of(one.confidence)
        share = now / one.confidence

        def part(chance: float | None) -> float | None:
            if chance is None or chance >= 1:
                return chance
            return round(min(now, chance * share), 3)

        return replace(
            one,
            confidence=now,
            involvements=tuple(
                replace(each, confidence=part(each.confidence)) for each in one.involvements
            ),
            when=replace(one.when, confidence=part(one.when.confidence)),
            where=tuple(replace(each, confidence=part(each.confidence)) for each in one.where),
        )

    def coding(self, coding: Coding) -> Coding:
        """A coding with the probabilities to be expected."""
        if not self.of(coding.coder).rulings:
            return coding
        return replace(coding, acts=tuple(self.act(each, coding.coder) for each in coding.acts))

    def filters(self, filters: Filters) -> Filters:
        """Filters whose threshold is told in each coder's own terms."""
        if filters.at_least <= 0 or not self.coders:
            return filters
        terms = tuple(
            (coder, expected.least(filters.at_least)) for coder, expected in self.coders.items()
        )
        return replace(filters, at_least_of=terms)


def learned(store: Store) -> Learned:
    """What the rulings that stand teach; worked out once as long as nothing is written."""
    return store.remembered.at("learned", store.last_entry(), lambda _: _learned(store))


def _learned(store: Store) -> Learned:
    told = _told(store)
    by_coder: dict[str, list[Sample]] = defaultdict(list)
    by_rule: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in told:
        by_coder[each.coder].append(each.sample)
        if each.rule:
            by_rule[each.rule, each.kind].append(each.sample.right)
    found = {coder: learn(samples) for coder, samples in sorted(by_coder.items())}
    return Learned(
        coders={coder: expected for coder, expected in found.items() if expected.rulings},
        rejected=often_rejected(
            Ruled(rule=rule, kind=kind, accepted=sum(rights), rejected=len(rights) - sum(rights))
            for (rule, kind), rights in by_rule.items()
        ),
    )


def _told(store: Store) -> list[_Told]:
    """The acts of coders that a standing ruling accepts or rejects.

    What a reviewer corrected or added is no longer what a coder said.
    """
    rulings = rulings_of(store)
    own = {each for ruling in rulings.standing(*CODING) for each in ruling.ids}
    ruled = {each: by for each, by in standing(rulings.all).items() if each not in own}
    asked = select(act.c.id, act.c.confidence, act.c.rule, act.c.kind, report.c.coder)
    asked = asked.join(report, report.c.id == act.c.report_id).where(
        report.c.coder != BY_HAND, act.c.confidence < 1
    )
    known = _known(store)
    for some in in_chunks(sorted(ruled.keys() - known.keys())):
        known |= dict.fromkeys(some)
        known |= {str(row.id): row for row in store.all(asked.where(act.c.id.in_(some)))}
    return [
        _Told(
            coder=row.coder,
            rule=row.rule,
            kind=row.kind,
            sample=Sample(row.confidence, by.verb == "accept", 1.0 / len(by.ids)),
        )
        for each, by in ruled.items()
        if (row := known[each]) is not None
    ]


def _known(store: Store) -> dict[str, Any]:
    """What coders said of acts, as far as it was read since a coding last changed."""
    journal = schema.journal.c
    asked = select(func.max(journal.seq).label("last")).where(journal.what.in_(CODES))
    last = store.all(asked)[0].last
    return store.remembered.at("what coders said", int(str(last or 0)), lambda _: {})
