"""Bodies that one report names and another only describes, known by what they did.

`A regional court` in one report and `the Lipsk Regional Court` in another are one court if both
are told to have done the same thing in one incident, and the described one does nothing elsewhere
that the named one does not. Acts are compared without this, so that it cannot feed on itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from khronika.linking.acting import SPACE as ACTS
from khronika.linking.acting import Acting, Told
from khronika.linking.alike import Found
from khronika.linking.components import ordered
from khronika.linking.described import describes
from khronika.linking.forms import BODY, Form, form_in
from khronika.linking.seats import SPACE as CAST
from khronika.linking.state import Edge, State, StateChanges
from khronika.text.bodies import BodyName, read_body
from khronika.text.likeness import Likeness

WHY = "told to have done the same in one incident"
Place = tuple[str, int]  # report, actor

_ONE, _OTHER = "described: one", "described: other"  # which end of the edge is the described one


def described_as(state: State, nodes: Collection[int]) -> dict[int, int]:
    """For each described body among some nodes, or told of beside one of them, the named one."""
    return described_among(state.edges(nodes) if nodes else ())


def described_among(edges: Iterable[Edge]) -> dict[int, int]:
    """For each described body that some edges tell of, the named one."""
    found = {}
    for edge in edges:
        ruled = Found.of(edge).ruled if "described" in edge.data else ""
        if ruled in (_ONE, _OTHER):
            poor, rich = (edge.one, edge.other) if ruled == _ONE else (edge.other, edge.one)
            found[poor] = rich
    return found


class Describing:
    """Finds anew who the described bodies of some incidents are."""

    def __init__(self, state: State, acts: Acting) -> None:
        self._state = state
        self._acts = acts

    def settle(self, also: Collection[int] = (), reports: Collection[str] = ()) -> dict[int, int]:
        """Keep what is found.

        Args:
            also: bodies of which something else changed that may bear on it.
            reports: reports of whose cast something was ruled.

        Returns:
            For each body of which it changed whom it was described as before, 0 for nobody.
        """
        ruled = {seat.node for seat in self._state.seats(ACTS, reports)} if reports else set()
        groups = self._groups(self._acts.turns.settled | ruled)
        poor = {n for n, forms in self._bodies(groups, also).items() if not _named(forms)}
        groups |= self._groups(self._does(poor))
        before = {n: rich for n, rich in described_as(self._state, poor).items() if n in poor}
        found = self._found(groups, poor) if poor else {}
        changed = {n for n in poor if before.get(n) != found.get(n)}
        changes = StateChanges()
        for n in changed & before.keys():
            changes.edges_gone.add(ordered(n, before[n]))
        for n in changed & found.keys():
            pair = ordered(n, found[n])
            end = _ONE if pair[0] == n else _OTHER
            edge = Found(Likeness.DIFFERENT, WHY, 0.0, person=False, ruled=end)
            changes.edges[pair] = Edge(*pair, edge.dumps())
        self._state.write(changes)
        return {n: before.get(n, 0) for n in changed}

    def _groups(self, acts: Collection[int]) -> dict[int, list[Told]]:
        """The acts of the incidents that some acts are in, by home."""
        homes = {node.home for node in self._state.nodes(acts).values()}
        at_home = self._state.at_home(homes)
        told = self._acts.told({n for ids in at_home.values() for n in ids})
        return {home: [told[n] for n in ids] for home, ids in at_home.items()}

    def _bodies(
        self, groups: Mapping[int, list[Told]], also: Collection[int]
    ) -> dict[int, list[Form]]:
        """Those who did what some incidents tell, and others, as far as they are bodies."""
        doers = {d for group in groups.values() for t in group for d in t.telling.perpetrators}
        at_home = self._state.at_home({*doers, *also})
        nodes = self._state.nodes({n for ids in at_home.values() for n in ids})
        return {
            home: [form_in(nodes[n]) for n in ids]
            for home, ids in at_home.items()
            if nodes[home].space == BODY
        }

    def _does(self, poor: Collection[int]) -> set[int]:
        """The acts that some bodies are told to have done."""
        at_home = self._state.at_home(poor)
        seats = self._state.seats_of({n for ids in at_home.values() for n in ids})
        acts = {seat.node for seat in self._state.seats(ACTS, {seat.report for seat in seats})}
        told = self._acts.told(acts).items()
        return {n for n, t in told if not t.telling.perpetrators.isdisjoint(poor)}

    def _found(self, groups: Mapping[int, list[Told]], poor: Collection[int]) -> dict[int, int]:
        names = self._names(groups)
        options: defaultdict[int, set[int]] = defaultdict(set)
        for group in groups.values():
            for one in group:
                for number in one.telling.perpetrators & set(poor):
                    options[number] |= set(_options(one, group, number, names))
        single = {number: next(iter(rich)) for number, rich in options.items() if len(rich) == 1}
        ruled, parted = self._ruled(single)
        return {
            n: rich
            for n, rich in single.items()
            if n not in parted and (n, rich) not in ruled and _everywhere(n, rich, groups.values())
        }

    def _names(self, groups: Mapping[int, list[Told]]) -> dict[Place, tuple[BodyName, ...]]:
        """What each act's report calls the bodies that did it, by report and actor."""
        told = [each for group in groups.values() for each in group]
        seats = self._state.seats(CAST, {each.telling.report for each in told})
        sits = {(seat.report, seat.index): seat.node for seat in seats}
        wanted = {
            (each.telling.report, doer): sits[each.telling.report, each.places[doer]]
            for each in told
            for doer in each.telling.perpetrators
        }
        nodes = self._state.nodes(set(wanted.values()))
        names = {n: _names(form_in(node)) for n, node in nodes.items() if node.space == BODY}
        return {place: names[node] for place, node in wanted.items() if node in names}

    def _ruled(self, poor: Collection[int]) -> tuple[set[tuple[int, int]], set[int]]:
        """Pairs of homes of which reviewers ruled; those told from others that are described."""
        edges = self._state.edges(poor) if poor else ()
        ruled = [(e, verb) for e in edges if (verb := Found.of(e).ruled) in ("same", "different")]
        ends = self._state.nodes({end for edge, _ in ruled for end in (edge.one, edge.other)})
        vague = {n for n, node in ends.items() if not form_in(node).followed}
        pairs: set[tuple[int, int]] = set()
        parted: set[int] = set()
        for edge, verb in ruled:
            one, other = ends[edge.one].home, ends[edge.other].home
            pairs |= {(one, other), (other, one)}
            if verb == "different" and {edge.one, edge.other} <= vague:
                parted |= {one, other}
        return pairs, parted


def _everywhere(poor: int, rich: int, groups: Iterable[list[Told]]) -> bool:
    """True if each incident that the described one does the named one does too."""
    return all(
        any(rich in told.telling.perpetrators for told in group)
        for group in groups
        if any(poor in told.telling.perpetrators for told in group)
    )


def _options(
    one: Told, group: Iterable[Told], poor: int, names: Mapping[Place, tuple[BodyName, ...]]
) -> list[int]:
    """The named bodies that the described one may be, where another report tells of just one."""
    found: set[int] = set()
    own = names.get((one.telling.report, poor), ())
    for other in group:
        report = other.telling.report
        if not own or report == one.telling.report or poor in other.telling.perpetrators:
            continue
        doers = sorted(other.telling.perpetrators - {poor})
        rich = [d for d in doers if describes(own, names.get((report, d), ()))]
        if len(rich) == 1:
            found.add(rich[0])
    return sorted(found)


def _named(forms: Iterable[Form]) -> bool:
    return any(form.followed for form in forms)


def _names(form: Form) -> tuple[BodyName, ...]:
    return tuple(read_body(name) for name in sorted(form.fullest))
