"""Why spellings are one actor, and what kept the nearest other actors apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from khronika.linking.alike import Found, keys_of, verdict_of
from khronika.linking.casting import LINKED, MOST
from khronika.linking.describing import described_as
from khronika.linking.explained import Band, Link, Near, Spelling, Weighed
from khronika.linking.forms import PERSON, Form, actor_id_of, form_in
from khronika.linking.seats import SPACE
from khronika.linking.state import Node, State
from khronika.model.links import Join, Place
from khronika.text.likeness import Likeness, Verdict, compare_names
from khronika.text.names import PersonName, read_name

REST = "any two names"  # how rarely two names are one, before anything is known of them
_TOLD = 5  # near actors that are told
_FORMS = 40  # spellings of an actor that are held against another's
SURE = 0.5  # probability from which on two names are asked about
_ROUNDED = 0.05  # of a sum of weights
_FAR = -14.0  # weight under which nothing is near
RULED = "a reviewer ruled them two"
BESIDE = "one report tells of both"
RIVALS = "others fit it as well"
DOUBT = "a name that fits, but no more than that"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedNames:
    """Why names are one actor.

    Attributes:
        spellings: every form, that of the most mentions first.
        links: why each form is one with another.
        near: the nearest other actors, nearest first.
    """

    spellings: tuple[Spelling, ...] = ()
    links: tuple[Link, ...] = ()
    near: tuple[Near, ...] = field(default=(), repr=False)


def explain_names(state: State, member: Place, joins: Iterable[Join]) -> ExplainedNames:
    """Explain an actor.

    Args:
        state: what linking keeps.
        member: where one of its members is: report and cast index.
        joins: as the actor has them.

    Returns:
        The evidence, as far as linking keeps what it was drawn from.
    """
    nodes = _nodes(state, member)
    forms = {number: form_in(node) for number, node in nodes.items()}
    by_name = {form.first: form for form in forms.values()}
    spellings = sorted(map(_spelling, forms.values()), key=lambda s: (-s.mentions, s.names))
    return ExplainedNames(
        spellings=tuple(spellings),
        links=tuple(_link(join, by_name) for join in joins),
        near=_Nearby(state, nodes, forms).found(),
    )


def _nodes(state: State, member: Place) -> dict[int, Node]:
    """The nodes of the actor that a cast member belongs to, those described as it included."""
    report, index = member
    here = [seat.node for seat in state.seats(SPACE, [report]) if seat.index == index]
    homes = {node.home for node in state.nodes(here).values()}
    ids = {n for each in state.at_home(homes).values() for n in each}
    rich = [whom for poor, whom in described_as(state, ids).items() if poor in ids]
    homes |= {node.home for node in state.nodes(rich).values()}
    ids = {n for each in state.at_home(homes).values() for n in each}
    poor = [poor for poor, whom in described_as(state, ids).items() if whom in ids]
    homes |= {node.home for node in state.nodes(poor).values()}
    ids = {n for each in state.at_home(homes).values() for n in each}
    return dict(state.nodes(ids))


def _spelling(form: Form) -> Spelling:
    report, start, end, _, _ = form.least
    names = sorted(form.names, key=lambda name: (-form.names[name], name))
    return Spelling(
        names=tuple(dict.fromkeys((form.first, *names))),
        alone=actor_id_of([form]),
        report=report,
        start=start if end else 0,
        end=end,
        mentions=form.mentions,
    )


def _link(join: Join, forms: Mapping[str, Form]) -> Link:
    one, other = forms.get(join.one), forms.get(join.other)
    evidence: tuple[Weighed, ...] = ()
    if one and other and join.weight and one.space == other.space and one.space in LINKED:
        evidence = evidence_of(verdict_of(one, other))
        rest = join.weight - sum(each.weight for each in evidence)
        if evidence and abs(rest) > _ROUNDED:
            evidence = (*evidence, Weighed(says=REST, weight=round(rest, 3)))
    evidence = evidence or tuple(Weighed(says=why, weight=join.weight) for why in join.why)
    return Link(one=join.one, other=join.other, weight=join.weight, evidence=evidence)


def evidence_of(verdict: Verdict) -> tuple[Weighed, ...]:
    """What a verdict on two names rests on, weightiest first."""
    told = sorted(verdict.evidence, key=lambda each: (-abs(each.weight), each.part))
    return tuple(
        Weighed(says=f"{each.part}: {each.level}", weight=round(each.weight, 3), values=each.values)
        for each in told
    )


class _Nearby:
    """The other actors whose names share something with one's."""

    def __init__(self, state: State, nodes: Mapping[int, Node], forms: Mapping[int, Form]) -> None:
        self._state = state
        self._forms = {n: form for n, form in forms.items() if form.space in LINKED}
        self._edges = {(e.one, e.other): e for e in state.edges(self._forms)}
        inside = {node.home for node in nodes.values()}
        keys = {key for form in self._forms.values() for key in keys_of(form)}
        others = {n for ids in state.holders(keys, MOST).values() for n in ids}
        others |= {n for pair in self._edges for n in pair}
        others -= described_as(state, self._forms).keys()
        found = state.nodes(others - self._forms.keys())
        self._others = {n: node for n, node in found.items() if node.home not in inside}
        self._clusters: dict[int, dict[int, Form]] = {}
        ruled = {n for p, e in self._edges.items() if Found.of(e).ruled == "different" for n in p}
        self._ruled = {node.home for n, node in self._others.items() if n in ruled}

    def found(self) -> tuple[Near, ...]:
        """The nearest, those that are asked first."""
        best: dict[int, tuple[float, Verdict, tuple[int, int], tuple[Form, Form]]] = {}
        for other, node in sorted(self._others.items()):
            form = form_in(node)
            for number, own in sorted(self._forms.items()):
                if own.space != form.space:
                    continue
                verdict = _told(own, form)
                weight = -60.0 if verdict.weight is None else verdict.weight
                far = weight < _FAR and node.home not in self._ruled
                if not far and (node.home not in best or weight > best[node.home][0]):
                    ends = (min(number, other), max(number, other))
                    best[node.home] = (weight, verdict, ends, (own, form))
        near = (self._near(home, *found) for home, found in best.items())
        return tuple(sorted(near, key=_rank)[:_TOLD])

    def _near(
        self,
        home: int,
        weight: float,
        verdict: Verdict,
        ends: tuple[int, int],
        forms: tuple[Form, Form],
    ) -> Near:
        names = (forms[0].first, forms[1].first)
        against, band, pair = self._against(home, verdict, ends, names)
        return Near(
            id=actor_id_of(list(self._cluster(home).values())),
            one=names[0],
            other=names[1],
            evidence=evidence_of(verdict),
            weight=round(weight, 3),
            against=against,
            pair=pair,
            places=tuple((f.least[0], f.least[1] if f.least[2] else 0, f.least[2]) for f in forms),
            band=band,
        )

    def _against(
        self, home: int, verdict: Verdict, ends: tuple[int, int], names: tuple[str, str]
    ) -> tuple[str, Band, tuple[str, str]]:
        """Why two were not joined, what follows, and the names that speak against it."""
        if home in self._ruled:
            return RULED, Band.LEAVE, names
        found = names_apart(self._forms.values(), self._cluster(home).values())
        if found:
            return found[0], Band.LEAVE, found[1]
        person = next(iter(self._forms.values())).space == PERSON
        if verdict.likeness < (Likeness.NEAR if person else Likeness.LIKELY):
            return _said(verdict), Band.LEAVE, names
        band = Band.ASK if verdict.probability >= SURE else Band.LEAVE
        edge = self._edges.get(ends)
        if edge and Found.of(edge).together:
            return BESIDE, band, names
        return (RIVALS if verdict.likeness is Likeness.LIKELY else DOUBT), band, names

    def _cluster(self, home: int) -> dict[int, Form]:
        if home not in self._clusters:
            ids = self._state.at_home([home])[home]
            self._clusters[home] = {n: form_in(node) for n, node in self._state.nodes(ids).items()}
        return self._clusters[home]


def names_apart(ones: Iterable[Form], others: Iterable[Form]) -> tuple[str, tuple[str, str]] | None:
    """What keeps two actors apart: two of their names, and why these are not one's."""
    theirs = list(others)[:_FORMS]
    for one in list(ones)[:_FORMS]:
        for other in theirs:
            if one.space == other.space:
                told = verdict_of(one, other)
                if told.likeness is Likeness.DIFFERENT:
                    return _said(told), (one.first, other.first)
    return None


def _told(one: Form, other: Form) -> Verdict:
    """What two names say; of people whom a gender or a father alone parts, the rest as well."""
    verdict = verdict_of(one, other)
    if one.space != PERSON or verdict.likeness is not Likeness.DIFFERENT:
        return verdict
    if len(verdict.evidence) > 1:
        return verdict
    rest = compare_names(_plain(one), _plain(other))
    if rest.likeness < Likeness.NEAR or rest.weight is None:
        return verdict
    weight = rest.weight + sum(each.weight for each in verdict.evidence)
    return Verdict(
        Likeness.DIFFERENT, verdict.why, max(weight, _FAR), (*rest.evidence, *verdict.evidence)
    )


def _plain(form: Form) -> PersonName:
    """A name without what may alone part it from another."""
    name = read_name(form.first)
    words = tuple(word for word in name.words if not word.patronymic)
    return replace(name, words=words, father=None, gender="", generation="")


def _said(verdict: Verdict) -> str:
    """'another patronymic', where the model says 'another' of a patronymic."""
    worst = min(verdict.evidence, key=lambda each: each.weight, default=None)
    if worst is not None and worst.level == verdict.why == "another":
        return f"another {worst.part}"
    return verdict.why


def _rank(near: Near) -> tuple[bool, float, str]:
    return near.band is not Band.ASK, -near.weight, near.id
