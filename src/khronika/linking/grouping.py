"""Which acts are one occurrence: joined by what agrees, where nothing speaks against it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from khronika.linking.agreement import Agreement, is_about
from khronika.linking.clusters import Clusters
from khronika.linking.edges import Edge, EdgeSort, is_denial, mute_beside
from khronika.linking.tellings import Telling
from khronika.linking.vetoes import other_people, unlike, vetoed
from khronika.model.acts import Modality
from khronika.model.links import Join

_FULL = 80  # acts of a group that a newcomer is tested against
_HINT = 0.4  # the least that speaks for an act that names nobody: time, place or doer
_CLEAR = 0.9  # by how much the best of several candidates must lead

Pair = tuple[Telling, Telling]
Found = tuple[Telling, Telling, Agreement]


def group(
    tellings: Sequence[Telling],
    found: Sequence[Edge],
    must: Sequence[Pair],
    never: frozenset[tuple[str, str]],
) -> tuple[Clusters[Telling], tuple[Join, ...]]:
    """Group acts into incidents by the edges between them.

    Acts that no chain of edges or of `must` connects do not bear on each other: a connected
    component gives the same groups alone as among others.

    Args:
        tellings: the acts, ids distinct, in any order.
        found: the edges between them, each once, in any order.
        must: pairs that reviewers ruled one.
        never: pairs of act ids, in order, that reviewers ruled two.

    Returns:
        The groups, and each join that made them, by act.
    """
    return _Grouping(tellings, found, never).run(must)


class _Grouping:
    """One grouping under way."""

    def __init__(
        self,
        tellings: Sequence[Telling],
        found: Sequence[Edge],
        never: frozenset[tuple[str, str]],
    ) -> None:
        self._acts = {t.id: t for t in sorted(tellings, key=lambda t: t.id)}
        parted = [(self._acts[a], self._acts[b]) for a, b in never if {a, b} <= self._acts.keys()]
        self._clusters = Clusters(self._acts.values(), self._apart, parted)
        self._edges = sorted(found, key=lambda e: (-e.agreed.weight, e.one, e.other))
        self._joins: dict[str, Join] = {}

    def run(self, must: Iterable[Pair]) -> tuple[Clusters[Telling], tuple[Join, ...]]:
        for one, other in sorted(must, key=lambda pair: (pair[0].id, pair[1].id)):
            self._clusters.bind(one, other)
            ruled = Agreement(0.0, ("a reviewer ruled them one",))
            self._joined(one, other, ruled)
            self._joined(other, one, ruled)
        for one, other, agreed in self._of(EdgeSort.AGAIN):
            self._join(one, other, agreed, forced=True)
        for each in self._of(EdgeSort.TIMED):
            self._join(*each)
        for one, other, agreed in self._of(EdgeSort.BESIDE):
            self._join(one, other, agreed, forced=True)
        self._join_clear()
        self._join_denials()
        self._join_mute()
        return self._clusters, tuple(self._joins[act] for act in sorted(self._joins))

    def _of(self, sort: EdgeSort) -> list[Found]:
        """The edges of a sort as acts, those that agree most first."""
        acts = self._acts
        return [(acts[e.one], acts[e.other], e.agreed) for e in self._edges if e.sort is sort]

    def _join(
        self,
        one: Telling,
        other: Telling,
        agreed: Agreement,
        *,
        forced: bool = False,
        weakly: bool = False,
    ) -> None:
        if self._clusters.join(one, other, forced=forced, weakly=weakly):
            self._joined(other, one, agreed)

    def _joined(self, act: Telling, other: Telling, agreed: Agreement) -> None:
        self._joins.setdefault(
            act.id, Join(one=act.id, other=other.id, weight=agreed.weight, why=agreed.why)
        )

    def _apart(self, first: list[Telling], second: list[Telling]) -> bool:
        pairs = [(a, b) for a in _spread(first) for b in _spread(second)]
        if any(unlike(a, b) for a, b in pairs):
            return True
        return _conflict(first, second, pairs)

    def _join_clear(self) -> None:
        """Join acts without a date where one candidate alone remains, or leads clearly."""
        options: dict[str, list[Found]] = defaultdict(list)
        for one, other, agreed in self._of(EdgeSort.CLEAR):
            if not one.dated:
                options[one.id].append((one, other, agreed))
            if not other.dated:
                options[other.id].append((other, one, agreed))
        picked = (self._clearest(each) for _, each in sorted(options.items()))
        chosen = [pick for pick in picked if pick]
        for each in sorted(chosen, key=lambda f: (-f[2].weight, f[0].id, f[1].id)):
            self._join(*each, weakly=True)

    def _clearest(self, options: Sequence[Found]) -> Found | None:
        """The best candidate, unless an act of another group is nearly as good."""
        best = options[0]  # sorted by weight before
        for rival in options[1:]:
            together = self._clusters.together(rival[1], best[1])
            if not together and rival[2].weight > best[2].weight - _CLEAR:
                dated = rival[1].dated and best[1].dated
                if dated or vetoed(rival[1], best[1]):
                    return None
        return best

    def _join_denials(self) -> None:
        """Put each denial with what it denies: in its own report first, the nearest before it."""
        options: dict[str, list[Found]] = defaultdict(list)
        for one, other, agreed in self._of(EdgeSort.DENIAL):
            denial, told = (one, other) if one.modality is Modality.DENIED else (other, one)
            options[denial.id].append((denial, told, agreed))
        for _, each in sorted(options.items()):
            own = [f for f in each if f[0].report == f[1].report]
            best = min(own, key=_nearness) if own else self._clearest(each)
            if best:
                self._join(*best, weakly=True)

    def _join_mute(self) -> None:
        """Join an act that says nothing of whom to the one incident of its kind in its report."""
        options: dict[str, list[tuple[Telling, Agreement]]] = defaultdict(list)
        for edge in self._edges:
            one, other = self._acts[edge.one], self._acts[edge.other]
            if mute_beside(one, other):
                mute, whole = (other, one) if is_about(one) else (one, other)
                options[mute.id].append((whole, edge.agreed))
        for act, wholes in sorted(options.items()):
            mute, homes = self._acts[act], {id(self._clusters.of(whole)) for whole, _ in wholes}
            if len(homes) == 1 and len(self._clusters.of(mute)) == 1:
                self._join_to_whole(mute, wholes)

    def _join_to_whole(self, mute: Telling, wholes: Sequence[tuple[Telling, Agreement]]) -> None:
        agreed = max((agreed for _, agreed in wholes), key=lambda a: (a.weight, a.why))
        whole = min((whole for whole, _ in wholes), key=lambda t: t.id)
        if agreed.weight >= _HINT and not vetoed(mute, whole):
            why = (*agreed.why, "the one incident of its kind in its report")
            self._join(whole, mute, Agreement(agreed.weight, why), weakly=True)


def _conflict(first: list[Telling], second: list[Telling], pairs: Sequence[Pair]) -> bool:
    """True if people, time or place of the two groups cannot be one.

    An act without a date follows the dated acts that it stands with. People who have nothing in
    common are held together by an act that tells of both, unless they are punished otherwise. A
    denial goes with what it denies, whatever others tell of it.
    """
    for one, other in pairs:
        if is_denial(one, other):
            continue
        if other_people(one, other):
            if one.penalty.disagrees(other.penalty) or not any(
                one.who & t.who and other.who & t.who for t in (*first, *second)
            ):
                return True
        elif vetoed(one, other):
            undated = not any(t.dated for t in (*first, *second))
            if undated or (one.dated and other.dated):
                return True
    return False


def _ordered(one: Telling, other: Telling) -> tuple[str, str]:
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def _spread(group: list[Telling]) -> list[Telling]:
    """A large group by those of its acts that differ; one speaks for all that are alike."""
    if len(group) <= _FULL:
        return group
    distinct = {(t.kind, t.modality, t.who, t.crowd, t.first, t.last, t.places): t for t in group}
    return sorted(distinct.values(), key=lambda t: t.id)[:_FULL]


def _nearness(found: Found) -> tuple[bool, bool, float, int, int, str]:
    """Told before it, of the same kind, most agreement, the latest of several times, nearest."""
    denial, told, agreed = found
    gap = denial.start - told.start
    return gap < 0, denial.kind != told.kind, -agreed.weight, -told.first, abs(gap), told.id
