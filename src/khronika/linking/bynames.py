"""People of whom a report tells one name alone: who they are, by the people told of beside them.

`Marfa`, told of beside a man of another report, is the Marfa told in full beside him there, if only
one there fits. People of many reports, presidents above all, say nothing about who is beside them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from khronika.linking.forms import PERSON, Form
from khronika.linking.seats import SPACE
from khronika.linking.state import Seat, State
from khronika.text.likeness import Likeness, compare_names
from khronika.text.names import read_name

_FEW = 5  # reports of a person beside whom another is known again
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

    def homes(self, seated: Iterable[Seat], changed: Collection[int]) -> dict[int, int]:
        """The home of each bare name to which what changed may give another home.

        Args:
            seated: members that came.
            changed: nodes whose clusters were found anew.
        """
        bare = self._bare({seat.report for seat in seated}, changed)
        if not bare:
            return {}
        self._load(bare.values())
        rare = {
            home for report in bare.values() for home in self._casts[report] if self._rare(home)
        }
        told = self._state.seats_of({n for home in rare for n in self._clusters[home]})
        reports: defaultdict[int, set[str]] = defaultdict(set)
        owner = {n: home for home in rare for n in self._clusters[home]}
        for seat in told:
            reports[owner[seat.node]].add(seat.report)
        self._load({seat.report for seat in told})
        found = {}
        for number, report in bare.items():
            near = {r for home in self._casts[report] & rare for r in reports[home]} - {report}
            found[number] = self._home(number, report, near)
        return found

    def _bare(self, reports: Collection[str], changed: Collection[int]) -> dict[int, str]:
        """Bare names with their reports: of the reports, beside what changed, or joined to it."""
        homes = {node.home for node in self._state.nodes(changed).values()}
        at_home = {n for nodes in self._state.at_home(homes).values() for n in nodes}
        forms = self._read(at_home)
        few = {n for n, form in forms.items() if form.members <= _FEW + 1}
        beside = {seat.report for seat in self._state.seats_of(few)}
        seats = self._state.seats(SPACE, {*reports, *beside})
        people = self._read({seat.node for seat in seats})
        bare = {n for n, form in {**forms, **people}.items() if form.bare}
        return {seat.node: seat.report for seat in self._state.seats_of(bare)}

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
        fresh = set(full.values()) - self._clusters.keys()
        at_home = self._state.at_home(fresh)
        members = self._read({n for ids in at_home.values() for n in ids})
        for home, ids in at_home.items():
            self._clusters[home] = {n: members[n] for n in ids if not members[n].bare}

    def _rare(self, home: int) -> bool:
        return sum(form.members for form in self._clusters[home].values()) <= _FEW

    def _home(self, number: int, report: str, near: Collection[str]) -> int:
        """The one person told beside the same people whom the name fits; else itself."""
        form = self._read([number])[number]
        word = read_name(form.first).words[:1]
        if not word or (len(word[0].plain) < _SHORT):
            return number
        options = {home for r in near for home in self._casts[r]} - self._casts[report]
        fits = [home for home in sorted(options) if self._fits(form, home)]
        return fits[0] if len(fits) == 1 else number

    def _fits(self, form: Form, home: int) -> bool:
        name = read_name(form.first)
        return all(
            compare_names(name, read_name(other.first)).likeness >= Likeness.PARTIAL
            and not (form.gender and other.gender and form.gender != other.gender)
            for other in self._clusters[home].values()
        )
