"""People of whom a report tells one name alone: who they are, by the people told of beside them.

`Marfa`, told of beside a man of another report, is the Marfa told in full beside him there, if only
one there fits. People of many reports, presidents above all, say nothing about who is beside them.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from khronika.linking.alike import Found
from khronika.linking.forms import PERSON, Form, is_local
from khronika.linking.seats import SPACE
from khronika.linking.state import State
from khronika.text.likeness import Likeness, compare_names
from khronika.text.names import read_name

if TYPE_CHECKING:
    from khronika.linking.casting import Moves

_FEW = 5  # reports of a person beside whom another is known again
_KNOWN = 40  # reports of a person who may be meant; of whom more tell is told in full
_SHORT = 4  # letters; a shorter name alone says too little

Read = Callable[[Collection[int]], Mapping[int, Form]]


class ByNames:
    """Finds the homes of bare names.

    Args:
        state: what is kept.
        read: gives forms by node.
    """

    def __init__(self, state: State, read: Read) -> None:
        self._state = state
        self._read = read
        self._casts: dict[str, set[int]] = {}  # homes of people told in full, by report
        self._clusters: dict[int, dict[int, Form]] = {}  # by home

    def homes(self, moves: "Moves", changed: Collection[int]) -> dict[int, int]:
        """The home of each bare name to which what changed may give another home.

        Args:
            moves: what changed in the cast.
            changed: nodes whose clusters were found anew.
        """
        bare = self._bare(moves, changed)
        if not bare:
            return {}
        self._load(bare.values())
        casts = {home for report in bare.values() for home in self._casts[report]}
        reports = self._reports({home for home in casts if self._count(home) <= _FEW})
        self._load({report for each in reports.values() for report in each})
        ruled = self._ruled(bare)
        found = {}
        for number, report in bare.items():
            near = {r for home in self._casts[report] for r in reports.get(home, ())} - {report}
            if "same" in ruled[number]:
                continue
            if "alone" in ruled[number]:
                found[number] = number
            else:
                apart = ruled[number].get("different", frozenset())
                found[number] = self._home(number, report, near, apart)
        return found

    def _bare(self, moves: "Moves", changed: Collection[int]) -> dict[int, str]:
        """Bare names with their reports: of those who may be beside what changed, or joined to it.

        Whether a name is somebody depends on the reports that tell of both, and on those that tell
        of somebody whom both are told of beside.
        """
        shifted = (*moves.seated, *moves.left)
        shifting = self._state.nodes({seat.node for seat in shifted})
        homes = {node.home for node in self._state.nodes(changed).values()}
        at_home = {n for ids in self._state.at_home(homes).values() for n in ids}
        bare = {n for n, form in self._read(at_home).items() if form.bare}
        reports = {seat.report for seat in shifted}
        reports |= self._telling(self._few(homes, _KNOWN, moves))
        self._load(reports)
        beside = {home for report in reports for home in self._casts[report]}
        beside |= {node.home for node in shifting.values() if node.space == PERSON}
        reports |= self._telling(self._few(beside, _FEW, moves))
        seats = self._state.seats(SPACE, reports)
        nodes = self._state.nodes({seat.node for seat in seats})
        local = {n for n, node in nodes.items() if is_local(node)}
        bare |= {n for n, form in self._read(local).items() if form.bare}
        return {seat.node: seat.report for seat in self._state.seats_of(bare)}

    def _few(self, homes: Collection[int], most: int, moves: "Moves") -> set[int]:
        """Nodes of clusters of which few reports tell, or told before."""
        came = Counter(seat.node for seat in moves.seated)
        self._know(homes)
        found: set[int] = set()
        for home in homes:
            forms = self._clusters[home]
            before: Counter[int] = Counter()
            for number, form in forms.items():
                before[_before(moves, number, home)] += form.members - came[number]
            few = self._count(home) <= most
            found |= {n for n in forms if few or before[_before(moves, n, home)] <= most}
        return found

    def _telling(self, nodes: Collection[int]) -> set[str]:
        return {seat.report for seat in self._state.seats_of(nodes)} if nodes else set()

    def _reports(self, homes: Collection[int]) -> dict[int, set[str]]:
        """The reports that tell of some clusters in full, by home."""
        owner = {n: home for home in homes for n in self._clusters[home]}
        found: dict[int, set[str]] = {home: set() for home in homes}
        for seat in self._state.seats_of(owner) if owner else ():
            found[owner[seat.node]].add(seat.report)
        return found

    def _ruled(self, bare: Collection[int]) -> dict[int, dict[str, frozenset[int]]]:
        """What reviewers ruled of bare names: verb, and homes of those that it is about.

        A bare name that is told from another bare one is nobody else either: both might be one.
        """
        found: dict[int, dict[str, frozenset[int]]] = {number: {} for number in bare}
        ruled = [(e, told) for e in self._state.edges(bare) if (told := Found.of(e).ruled)]
        ends = self._state.nodes({end for edge, _ in ruled for end in (edge.one, edge.other)})
        forms = self._read(ends)
        for edge, verb in ruled:
            for number, other in ((edge.one, edge.other), (edge.other, edge.one)):
                if number in found and forms[other].bare and verb == "different":
                    found[number]["alone"] = frozenset()
                elif number in found:
                    homes = found[number].get(verb, frozenset())
                    found[number][verb] = homes | {ends[other].home}
        return found

    def _load(self, reports: Iterable[str]) -> None:
        """The people told in full of some reports, and all that their clusters hold."""
        missing = {report for report in reports if report not in self._casts}
        seats = self._state.seats(SPACE, missing)
        nodes = self._state.nodes({seat.node for seat in seats})
        forms = self._read(nodes)
        full = {n: nodes[n].home for n, f in forms.items() if f.space == PERSON and not f.bare}
        for report in missing:
            self._casts[report] = set()
        for seat in seats:
            if seat.node in full:
                self._casts[seat.report].add(full[seat.node])
        self._know(full.values())

    def _know(self, homes: Iterable[int]) -> None:
        """What some clusters hold, but for bare names."""
        at_home = self._state.at_home(set(homes) - self._clusters.keys())
        members = self._read({n for ids in at_home.values() for n in ids})
        for home, ids in at_home.items():
            forms = {n: members[n] for n in ids if n in members}
            self._clusters[home] = {
                n: form for n, form in forms.items() if form.space == PERSON and not form.bare
            }

    def _count(self, home: int) -> int:
        return sum(form.members for form in self._clusters[home].values())

    def _home(self, number: int, report: str, near: Collection[str], apart: Collection[int]) -> int:
        """The one person told beside the same people whom the name fits; else itself."""
        form = self._read([number])[number]
        word = read_name(form.first).words[:1]
        if not word or (len(word[0].plain) < _SHORT):
            return number
        there = {home for r in near for home in self._casts[r]} - self._casts[report]
        options = {home for home in there if self._count(home) <= _KNOWN} - set(apart)
        fits = [home for home in sorted(options) if self._fits(form, home)]
        return fits[0] if len(fits) == 1 else number

    def _fits(self, form: Form, home: int) -> bool:
        name = read_name(form.first)
        return all(
            compare_names(name, read_name(other.first)).likeness >= Likeness.PARTIAL
            and not (form.gender and other.gender and form.gender != other.gender)
            for other in self._clusters[home].values()
        )


def _before(moves: "Moves", number: int, home: int) -> int:
    """The home that a node had, 0 if it is new."""
    node = moves.before.get(number)
    return node.home if node else 0 if number in moves.before else home
