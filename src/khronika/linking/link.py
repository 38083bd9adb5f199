"""The whole step: reports' facts, their codings and reviewers' rulings in, links out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from khronika.codebook.model import Codebook
from khronika.linking.engine import Engine, Rulings
from khronika.linking.facts import ReportFacts
from khronika.linking.keeping import SHAPE
from khronika.linking.ledger import Ledger
from khronika.linking.members import Member, member_id, members_of
from khronika.linking.memory import MemoryState
from khronika.linking.pool import Pool
from khronika.linking.rulings import Ruled, standing
from khronika.linking.state import State
from khronika.model.acts import ActorType, Coding
from khronika.model.ids import incident_id
from khronika.model.links import LinkChanges, Links, Place, Ruling

# What another one kept between runs is not used. The number rises with every change of keys.
ENGINE = f"khronika links 4 {SHAPE}"
AT_ONCE = 1000  # reports that are linked at once; a bound on memory


def link(
    reports: Sequence[ReportFacts],
    codings: Sequence[Coding],
    rulings: Sequence[Ruling],
    codebook: Codebook,
) -> Links:
    """Resolve actors and incidents across reports; find copies and contradictions.

    Args:
        reports: the facts of every report, ids distinct, in any order.
        codings: at most one a report, in any order; gone through twice, so a store may hand in a
            sequence that reads them one by one.
        rulings: what reviewers ruled, superseded rulings included; they outrank every score.
        codebook: the kinds of act.

    Returns:
        Actors, incidents and copies, each by id: a pure function of the arguments' content, not of
        their order. Each act that is not rejected is in exactly one incident.

    Raises:
        ContradictoryRulingsError: reviewers ruled the same and different of one pair.

    Source:
        Fellegi & Sunter, "A Theory for Record Linkage", JASA 64 (1969), for weighing agreements.
    """
    ledger = Ledger()
    for changes in link_anew(MemoryState(), reports, codings, rulings, codebook):
        ledger.apply(changes)
    return ledger.links(codebook.kinds)


def link_anew(
    state: State,
    reports: Sequence[ReportFacts],
    codings: Sequence[Coding],
    rulings: Sequence[Ruling],
    codebook: Codebook,
) -> Iterator[LinkChanges]:
    """Link everything into an empty state, some reports at a time; see `link`.

    Yields:
        What each step changed; replayed in order they give all links.
    """
    ruled = standing(rulings)
    kept = _Kept(codings, ruled)
    facts = sorted(reports, key=lambda each: each.id)
    engine = Engine(state, interventions_of(codebook), kept.read)
    for start in range(0, len(facts), AT_ONCE):
        part = facts[start : start + AT_ONCE]
        coded = {coding.report_id: coding for coding in kept.read([each.id for each in part])}
        single = Rulings(single=_single(ruled))
        yield engine.update([(each, coded.get(each.id)) for each in part], rulings=single)
    if ruled.same or ruled.different:
        named = places_of_ids(kept.read([each.id for each in facts]), reports, ruled.ids())
        yield engine.update(rulings=rulings_of(ruled, named))


def interventions_of(codebook: Codebook) -> frozenset[str]:
    """The kinds of act that are made, not suffered."""
    return frozenset(kind.id for kind in codebook.kinds.values() if kind.intervention)


def _single(ruled: Ruled) -> frozenset[str]:
    return frozenset(each for pair in ruled.different for each in pair)


def places_of_ids(
    codings: Iterable[Coding], reports: Iterable[ReportFacts], ids: Collection[str]
) -> dict[str, Place | str]:
    """What rulings mean: for the id of an actor its least member, for an incident its least act."""
    facts = {each.id: each for each in reports}
    pool = Pool()
    found: dict[str, Place | str] = {}
    for coding in codings:
        for member in members_of(coding, facts.get(coding.report_id), pool):
            for told in _ids_of(member):
                if told in ids:
                    found[told] = (member.report, member.index)
        for act in coding.acts:
            found |= {each: act.id for each in (act.id, incident_id(act.id)) if each in ids}
    return found


def _ids_of(member: Member) -> Iterator[str]:
    """What a member alone would be called; a person may turn out to be an organisation."""
    yield member_id(member)
    if member.type is ActorType.PERSON:
        yield member_id(replace(member, type=ActorType.ORGANISATION))


def rulings_of(ruled: Ruled, named: Mapping[str, Place | str]) -> Rulings:
    """Rulings on ids as rulings on what the ids mean; what is not there now is passed over."""
    members: dict[tuple[Place, Place], str] = {}
    acts: dict[tuple[str, str], str] = {}
    for verb, pairs in (("same", ruled.same), ("different", ruled.different)):
        for one, other in pairs:
            first, second = named.get(one), named.get(other)
            if isinstance(first, tuple) and isinstance(second, tuple):
                members[min(first, second), max(first, second)] = verb
            elif isinstance(first, str) and isinstance(second, str):
                acts[min(first, second), max(first, second)] = verb
    return Rulings(members=members, acts=acts, single=_single(ruled))


class _Kept:
    """Codings by report, without the acts that reviewers rejected."""

    def __init__(self, codings: Sequence[Coding], ruled: Ruled) -> None:
        self._codings = codings
        self._rejected = ruled.rejected
        self._at = {coding.report_id: place for place, coding in enumerate(codings)}

    def read(self, reports: Collection[str]) -> Iterator[Coding]:
        """The codings of some reports."""
        for report in reports:
            if report in self._at:
                coding = self._codings[self._at[report]]
                acts = tuple(act for act in coding.acts if act.id not in self._rejected)
                yield coding if len(acts) == len(coding.acts) else replace(coding, acts=acts)
