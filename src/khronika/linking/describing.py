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
from khronika.linking.described import describes
from khronika.linking.forms import BODY, Form, form_in
from khronika.linking.state import Edge, State, StateChanges
from khronika.text.bodies import BodyName, read_body
from khronika.text.likeness import Likeness

WHY = "told to have done the same in one incident"
_ONE, _OTHER = "described: one", "described: other"  # which end of the edge is the described one


def described_as(state: State, nodes: Collection[int]) -> dict[int, int]:
    """For each described body among some nodes, or told of beside one of them, the named one."""
    found = {}
    for edge in state.edges(nodes) if nodes else ():
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

    def settle(self) -> set[int]:
        """Keep what is found; the nodes of which something changed."""
        groups = self._groups(self._acts.turns.settled)
        doers = {d for group in groups.values() for t in group for d in t.telling.perpetrators}
        nodes = {n: node for n, node in self._state.nodes(doers).items() if node.space == BODY}
        forms = {n: form_in(node) for n, node in nodes.items()}
        names = {n: _names(form) for n, form in forms.items()}
        poor = {n for n, form in forms.items() if not form.followed}
        before = described_as(self._state, poor)
        before = {n: rich for n, rich in before.items() if n in poor}
        found = self._found(groups, names, poor)
        changed = {n for n in poor if before.get(n) != found.get(n)}
        changes = StateChanges()
        for n in changed & before.keys():
            changes.edges_gone.add(_ordered(n, before[n]))
        for n in changed & found.keys():
            pair = _ordered(n, found[n])
            ruled = _ONE if pair[0] == n else _OTHER
            edge = Found(Likeness.DIFFERENT, WHY, 0.0, person=False, ruled=ruled)
            changes.edges[pair] = Edge(*pair, edge.dumps())
        self._state.write(changes)
        return (
            changed
            | {before[n] for n in changed & before.keys()}
            | {found[n] for n in changed & found.keys()}
        )

    def _groups(self, acts: Collection[int]) -> dict[int, list[Told]]:
        """The acts of the incidents that some acts are in, by home."""
        homes = {node.home for node in self._state.nodes(acts).values()}
        at_home = self._state.at_home(homes)
        told = self._acts.told({n for ids in at_home.values() for n in ids})
        return {home: [told[n] for n in ids] for home, ids in at_home.items()}

    def _found(
        self,
        groups: Mapping[int, list[Told]],
        names: Mapping[int, tuple[BodyName, ...]],
        poor: Collection[int],
    ) -> dict[int, int]:
        options: defaultdict[int, set[int]] = defaultdict(set)
        for group in groups.values():
            for one in group:
                for number in one.telling.perpetrators & set(poor):
                    options[number] |= set(_options(one, group, number, names))
        single = {number: next(iter(rich)) for number, rich in options.items() if len(rich) == 1}
        return {n: rich for n, rich in single.items() if self._everywhere(n, rich)}

    def _everywhere(self, poor: int, rich: int) -> bool:
        """True if each incident that the described one does the named one does too."""
        reports = {seat.report for seat in self._state.seats_of([poor])}
        acts = {seat.node for seat in self._state.seats(ACTS, reports)}
        does = {n for n, t in self._acts.told(acts).items() if poor in t.telling.perpetrators}
        return all(
            any(rich in told.telling.perpetrators for told in group)
            for group in self._groups(does).values()
        )


def _options(
    one: Told, group: Iterable[Told], poor: int, names: Mapping[int, tuple[BodyName, ...]]
) -> list[int]:
    """The named bodies that the described one may be, where another report tells of just one."""
    found: set[int] = set()
    for other in group:
        if other.telling.report == one.telling.report or poor in other.telling.perpetrators:
            continue
        doers = sorted(d for d in other.telling.perpetrators if d in names)
        rich = [d for d in doers if d != poor and describes(names[poor], names[d])]
        if len(rich) == 1:
            found.add(rich[0])
    return sorted(found)


def _names(form: Form) -> tuple[BodyName, ...]:
    return tuple(read_body(name) for name in sorted(form.fullest))


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
