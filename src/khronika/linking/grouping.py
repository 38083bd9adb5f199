"""Which acts are one occurrence: joined by what agrees, where nothing speaks against it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from khronika.linking.agreement import Agreement, agreement, enough, is_about, retold
from khronika.linking.candidates import candidates
from khronika.linking.clusters import Clusters
from khronika.linking.tellings import Telling
from khronika.linking.vetoes import crowd_a_day_apart, other_people, unlike, vetoed
from khronika.model.acts import Modality

_FULL = 80  # acts of a group that a newcomer is tested against
_HINT = 0.4  # the least that speaks for an act that names nobody: time, place or doer
_CLEAR = 0.9  # by how much the best of several candidates must lead

Pair = tuple[Telling, Telling]
Found = tuple[Telling, Telling, Agreement]


def group_tellings(
    tellings: Sequence[Telling], must: Sequence[Pair], never: frozenset[tuple[str, str]]
) -> tuple[Clusters[Telling], dict[str, tuple[str, ...]]]:
    """Group acts into incidents.

    Args:
        tellings: the acts, ids distinct, in any order.
        must: pairs that reviewers ruled one.
        never: pairs of act ids, in order, that reviewers ruled two.

    Returns:
        The groups, and by act id why it was joined to its group.
    """

    def apart(first: list[Telling], second: list[Telling]) -> bool:
        pairs = [(a, b) for a in _spread(first) for b in _spread(second)]
        return any(_ordered(a, b) in never or unlike(a, b) for a, b in pairs) or _conflict(
            first, second, pairs
        )

    clusters = Clusters(sorted(tellings, key=lambda t: t.id), apart)
    why: dict[str, tuple[str, ...]] = {}
    for one, other in must:
        clusters.join(one, other, forced=True)
        why[one.id] = why[other.id] = ("a reviewer ruled them one",)
    again, beside, found = _sort_out(tellings)
    for one, other in again:
        if _ordered(one, other) not in never and clusters.join(one, other, forced=True):
            why.setdefault(other.id, ("told again in the same words",))
    told = [f for f in found if not _denies(f)]
    _join(clusters, (f for f in told if _timed(f)), why)
    _join_beside(clusters, [p for p in beside if _ordered(*p) not in never], why)
    _join_clear(clusters, [f for f in told if not _timed(f)], why)
    _join_denials(clusters, [f for f in found if _denies(f)], why)
    _join_mute(clusters, tellings, why)
    return clusters, why


def _sort_out(tellings: Sequence[Telling]) -> tuple[list[Pair], list[Pair], list[Found]]:
    """The candidates by what may join them: repeated words, another incident, agreement."""
    again: list[Pair] = []
    beside: list[Pair] = []
    found: list[Found] = []
    for one, other in candidates(tellings):
        if one.report == other.report and retold(one, other):
            again.append((one, other))
        elif not vetoed(one, other):
            agreed = agreement(one, other)
            if enough(one, other, agreed) or _denial(one, other):
                found.append((one, other, agreed))
        elif one.report != other.report and crowd_a_day_apart(one, other):
            beside.append((one, other))
    found.sort(key=lambda f: (-f[2].weight, f[0].id, f[1].id))
    by_id = lambda pair: (pair[0].id, pair[1].id)  # noqa: E731
    return sorted(again, key=by_id), sorted(beside, key=by_id), found


def _conflict(first: list[Telling], second: list[Telling], pairs: Sequence[Pair]) -> bool:
    """True if people, time or place of the two groups cannot be one.

    An act without a date follows the dated acts that it stands with. People who have nothing in
    common are held together by an act that tells of both.
    """
    for one, other in pairs:
        if other_people(one, other):
            if not any(one.who & t.who and other.who & t.who for t in (*first, *second)):
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


def _timed(found: Found) -> bool:
    one, other, _ = found
    return one.dated and other.dated


def _denies(found: Found) -> bool:
    return _denial(found[0], found[1])


def _denial(one: Telling, other: Telling) -> bool:
    return (one.modality is Modality.DENIED) != (other.modality is Modality.DENIED)


def _join(
    clusters: Clusters[Telling], found: Iterable[Found], why: dict[str, tuple[str, ...]]
) -> None:
    for one, other, agreed in found:
        if clusters.join(one, other):
            why.setdefault(other.id, agreed.why)


def _join_beside(
    clusters: Clusters[Telling], pairs: Sequence[Pair], why: dict[str, tuple[str, ...]]
) -> None:
    """Join what two reports tell of one crowd a day apart, if another incident of it is one.

    Two reports that tell of the same arrest of volunteers mean the same release of volunteers.
    """
    homes: dict[str, list[list[Telling]]] = defaultdict(list)
    for group in clusters.groups():
        if len({t.report for t in group}) > 1:
            for report in {t.report for t in group}:
                homes[report].append(group)
    for one, other in pairs:
        known = {id(g) for g in homes[one.report]}
        shared = [g for g in homes[other.report] if id(g) in known]
        beside = any(one.crowd & t.crowd for g in shared for t in g)
        if beside and clusters.join(one, other, forced=True):
            why.setdefault(other.id, ("the same crowd, told of in another incident too",))


def _join_clear(
    clusters: Clusters[Telling], found: Sequence[Found], why: dict[str, tuple[str, ...]]
) -> None:
    """Join acts without a date where one candidate alone remains, or leads clearly."""
    options: dict[str, list[Found]] = defaultdict(list)
    for one, other, agreed in found:
        if not one.dated:
            options[one.id].append((one, other, agreed))
        if not other.dated:
            options[other.id].append((other, one, agreed))
    chosen = [pick for _, each in sorted(options.items()) if (pick := _clearest(clusters, each))]
    _join(clusters, sorted(chosen, key=lambda f: (-f[2].weight, f[0].id, f[1].id)), why)


def _clearest(clusters: Clusters[Telling], options: Sequence[Found]) -> Found | None:
    """The best candidate, unless an act of another group is nearly as good."""
    best = options[0]  # sorted by weight before
    for rival in options[1:]:
        if not clusters.together(rival[1], best[1]) and rival[2].weight > best[2].weight - _CLEAR:
            dated = rival[1].dated and best[1].dated
            if dated or vetoed(rival[1], best[1]):
                return None
    return best


def _join_mute(
    clusters: Clusters[Telling], tellings: Sequence[Telling], why: dict[str, tuple[str, ...]]
) -> None:
    """Join an act that says nothing of whom to the one incident of its kind in its report."""
    told: dict[tuple[str, str, Modality], list[Telling]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda t: t.id):
        told[telling.report, telling.kind, telling.modality].append(telling)
    for acts in told.values():
        whole = [t for t in acts if is_about(t)]
        homes = {id(clusters.of(t)) for t in whole}
        if len(homes) != 1:
            continue
        for mute in (t for t in acts if not is_about(t) and len(clusters.of(t)) == 1):
            agreed = max((agreement(mute, t) for t in whole), key=lambda a: (a.weight, a.why))
            if agreed.weight >= _HINT and not vetoed(mute, whole[0]):
                reason = (*agreed.why, "the one incident of its kind in its report")
                if clusters.join(whole[0], mute):
                    why.setdefault(mute.id, reason)


def _join_denials(
    clusters: Clusters[Telling], found: Sequence[Found], why: dict[str, tuple[str, ...]]
) -> None:
    """Put each denial with what it denies: in its own report first, the nearest before it."""
    options: dict[str, list[Found]] = defaultdict(list)
    for one, other, agreed in found:
        denial, told = (one, other) if one.modality is Modality.DENIED else (other, one)
        options[denial.id].append((denial, told, agreed))
    for _, each in sorted(options.items()):
        own = [f for f in each if f[0].report == f[1].report]
        best = min(own, key=_nearness) if own else _clearest(clusters, each)
        if best and (own or enough(*best)):
            _join(clusters, [best], why)


def _nearness(found: Found) -> tuple[bool, bool, float, int, int, str]:
    """Told before it, of the same kind, most agreement, the latest of several times, nearest."""
    denial, told, agreed = found
    gap = denial.start - told.start
    return gap < 0, denial.kind != told.kind, -agreed.weight, -told.first, abs(gap), told.id
