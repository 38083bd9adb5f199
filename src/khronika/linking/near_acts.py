"""Why acts are one incident, and what kept the nearest other incidents apart."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.linking.acting import SPACE, Told, keys_of
from khronika.linking.agreement import Agreement, agreement, asked, weighed
from khronika.linking.explained import Band, Link, Near, Weighed
from khronika.linking.facts import ReportFacts
from khronika.linking.keeping import ruled_in
from khronika.linking.repeats import SPACE as REPORTS
from khronika.linking.repeats import copies_among, facts_in
from khronika.linking.sources import Source, Sources
from khronika.linking.state import State
from khronika.linking.tellings import Telling
from khronika.linking.vetoes import unlike, veto
from khronika.linking.whom import whom
from khronika.model.links import Join

MOST = 5  # near incidents that are told
_HOLDERS = 160  # acts under one key that are looked at
_ACROSS = 30  # acts of a group that are held against another group
_NEAR = 2.4  # what speaks for two acts, from which on they are near
_DOUBT = 1.0  # by how much less than is asked makes it a question
AGAINST = {
    "kind": "another kind of act",
    "modality": "the one happened, the other not",
    "people": "about other people",
    "time": "another time",
    "place": "another place",
    "stage": "a decision, and the decision on appeal",
    "sides": "another number of people, or other addressees",
    "matter": "another charge, term or time",
}
RULED = "a reviewer ruled them two"
RIVALS = "others fit it as well"
LITTLE = "too little speaks for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedActs:
    """Why acts are one incident.

    Attributes:
        links: of each act that was joined, why.
        sources: the reports that count as one source each, and why they do.
        near: the nearest other incidents, nearest first.
    """

    links: tuple[Link, ...] = ()
    sources: tuple[Source, ...] = ()
    near: tuple[Near, ...] = field(default=(), repr=False)


def explain_acts(
    state: State, acts: Sequence[str], joins: Iterable[Join], *, near: bool = True
) -> ExplainedActs:
    """Explain an incident.

    Args:
        state: what linking keeps.
        acts: the incident's, by id.
        joins: as the incident has them.
        near: look for other incidents that are near, too, which takes most of the time.

    Returns:
        The evidence, as far as linking keeps what it was drawn from.
    """
    nodes = state.named(SPACE, acts)
    inside = {node.id: Told.of(node).telling for node in nodes.values()}
    by_act = {telling.id: telling for telling in inside.values()}
    return ExplainedActs(
        links=tuple(_link(join, by_act) for join in joins),
        sources=_sources(state, inside.values()),
        near=_Nearby(state, inside).found() if near else (),
    )


def _link(join: Join, tellings: Mapping[str, Telling]) -> Link:
    one, other = tellings.get(join.one), tellings.get(join.other)
    evidence = evidence_of(one, other) if one and other and join.weight else ()
    told = {each.says for each in evidence}
    more = (Weighed(says=why, weight=0.0) for why in join.why if why not in told)
    return Link(one=join.one, other=join.other, weight=join.weight, evidence=(*evidence, *more))


def evidence_of(one: Telling, other: Telling) -> tuple[Weighed, ...]:
    """What speaks for two acts being one, weightiest first, and what it weighs."""
    found = [Weighed(says=why, weight=gained) for gained, why in weighed(one, other) if why]
    return tuple(sorted(found, key=lambda each: -each.weight))


def _sources(state: State, tellings: Collection[Telling]) -> tuple[Source, ...]:
    nodes = state.named(REPORTS, {telling.report for telling in tellings})
    facts: dict[str, ReportFacts] = {name: facts_in(node) for name, node in nodes.items()}
    copied = copies_among(state, {node.id for node in nodes.values()})
    return Sources(facts, copied).groups(sorted(tellings, key=lambda t: t.id))


class _Nearby:
    """The other incidents that share something with one."""

    def __init__(self, state: State, inside: Mapping[int, Telling]) -> None:
        self._state = state
        self._inside = inside
        self._edges = {(edge.one, edge.other): edge for edge in state.edges(inside)}
        others = {n for pair in self._edges for n in pair} | self._holders()
        nodes = state.nodes(others - inside.keys())
        self._homes = {n: node.home for n, node in nodes.items()}
        self._outside = {n: Told.of(node).telling for n, node in nodes.items()}
        ruled = {n for p, e in self._edges.items() if ruled_in(e) == "different" for n in p}
        self._ruled = {home for n, home in self._homes.items() if n in ruled}

    def _holders(self) -> set[int]:
        wanted = {n: set(keys_of(telling)) for n, telling in self._inside.items()}
        every = {key for keys in wanted.values() for key in keys}
        return {n for ids in self._state.holders(every, _HOLDERS).values() for n in ids}

    def found(self) -> tuple[Near, ...]:
        """The nearest, those that are asked first."""
        best: dict[int, tuple[bool, float, Telling, Telling]] = {}
        for _, one in sorted(self._inside.items()):
            for number, other in sorted(self._outside.items()):
                part, home = veto(one, other), self._homes[number]
                if part and home in best and best[home][0]:
                    continue  # another of its acts is nearer, whatever this one weighs
                strange = part == "people" and whom(one, other).weight <= 0
                if strange and home not in self._ruled:
                    continue
                agreed = agreement(one, other)
                if agreed.weight < _NEAR and home not in self._ruled:
                    continue
                rank = (not part, agreed.weight)
                if home not in best or rank > best[home][:2]:
                    best[home] = (*rank, one, other)
        near = (self._near(home, one, other) for home, (_, _, one, other) in best.items())
        return tuple(sorted(near, key=_rank)[:MOST])

    def _near(self, home: int, one: Telling, other: Telling) -> Near:
        agreed = agreement(one, other)
        part, pair = veto(one, other), (one.id, other.id)
        against, band = AGAINST.get(part, ""), Band.LEAVE
        if home in self._ruled:
            against, part = RULED, ""
        elif found := self._parted(home):
            part, pair = found
            against = AGAINST[part]
        elif not part:
            against, band = _short_of(one, other, agreed)
        return Near(
            id=other.id,
            one=one.id,
            other=other.id,
            evidence=evidence_of(one, other),
            weight=round(agreed.weight, 3),
            against=against,
            part=part,
            pair=pair,
            band=band,
        )

    def _parted(self, home: int) -> tuple[str, tuple[str, str]] | None:
        ids = self._state.at_home([home])[home][:_ACROSS]
        theirs = [Told.of(node).telling for node in self._state.nodes(ids).values()]
        return acts_apart(self._inside.values(), theirs)


def acts_apart(
    ones: Iterable[Telling], others: Iterable[Telling]
) -> tuple[str, tuple[str, str]] | None:
    """What parts two groups: two acts of which both have a date, or that are unlike."""
    theirs = sorted(others, key=lambda t: t.id)[:_ACROSS]
    for one in sorted(ones, key=lambda t: t.id)[:_ACROSS]:
        for other in theirs:
            part = veto(one, other)
            dated = one.dated and other.dated
            if part and (dated or unlike(one, other) or part == "people"):
                return part, (one.id, other.id)
    return None


def _short_of(one: Telling, other: Telling, agreed: Agreement) -> tuple[str, Band]:
    """How much is missing for two acts that nothing parts."""
    needed = asked(one, other, agreed)
    if agreed.weight >= needed:
        return RIVALS, Band.ASK
    close = agreed.weight >= needed - _DOUBT and agreed.people > 0
    against = f"{LITTLE}: {agreed.weight:+.1f} of {needed:+.1f}"
    return against, Band.ASK if close else Band.LEAVE


def _rank(near: Near) -> tuple[bool, float, str]:
    return near.band is not Band.ASK, -near.weight, near.id
