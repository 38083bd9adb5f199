"""Bodies that one report names and another only describes, told apart by what they did.

`A regional court` in one report and `the Lipsk Regional Court` in another are one court if both
are told to have done the same thing in one incident, and neither does anything else elsewhere.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khronika.linking.actors import Group
from khronika.linking.tellings import Telling
from khronika.model.acts import ActorType
from khronika.text.bodies import BodyName, read_body

_BODIES = (ActorType.ORGANISATION, ActorType.AUTHORITY)
_WHY = "told to have done the same in one incident"


def join_described(groups: Sequence[Group], incidents: Sequence[Sequence[Telling]]) -> list[int]:
    """Find which described bodies are named ones.

    Args:
        groups: actors; tellings speak of them by their place here.
        incidents: the acts of each incident.

    Returns:
        By place, the place of the actor that it is: its own for all that are not joined.
    """
    bodies = {i: _names(g) for i, g in enumerate(groups) if g[0][0].type in _BODIES}
    homes: dict[int, set[int]] = defaultdict(set)
    options: dict[int, set[int]] = defaultdict(set)
    for number, tellings in enumerate(incidents):
        doers = {t.id: [d for d in sorted(t.perpetrators) if d in bodies] for t in tellings}
        for places in doers.values():
            for place in places:
                homes[place].add(number)
        if len({t.report for t in tellings}) > 1:
            _pair(tellings, doers, bodies, options)
    found = list(range(len(groups)))
    for poor, named in sorted(options.items()):
        if len(named) == 1 and homes[poor] <= homes[rich := next(iter(named))]:
            found[poor] = rich
    return found


def _names(group: Group) -> tuple[BodyName, ...]:
    return tuple(sorted({read_body(m.names[0]) for m in group[0]}, key=lambda b: sorted(b.words)))


def _pair(
    tellings: Sequence[Telling],
    doers: Mapping[str, list[int]],
    bodies: Mapping[int, tuple[BodyName, ...]],
    options: dict[int, set[int]],
) -> None:
    for one in tellings:
        for other in tellings:
            if one.report == other.report:
                continue
            for poor in doers[one.id]:
                rich = [r for r in doers[other.id] if _describes(bodies[poor], bodies[r])]
                if len(rich) == 1 and poor not in doers[other.id]:
                    options[poor].add(rich[0])


def _describes(poor: Sequence[BodyName], rich: Sequence[BodyName]) -> bool:
    """True if the first says less than the second, of the same sort of body."""
    return all(_may_be(a, b) for a in poor for b in rich)


def _may_be(poor: BodyName, rich: BodyName) -> bool:
    if poor.capital or poor.numbers or poor.public:
        return False
    if poor.country and rich.country and poor.country != rich.country:
        return False
    concepts, others = poor.words - poor.proper, rich.words - rich.proper
    less = (len(concepts), sorted(concepts)) < (len(others), sorted(others))
    return bool(concepts & others) and (rich.capital or rich.public != "" or less)


def regrouped(groups: Sequence[Group], found: Sequence[int]) -> list[Group]:
    """The groups after joining; the place of one that was joined holds the group that it is in."""
    parts: dict[int, list[int]] = defaultdict(list)
    for place, home in enumerate(found):
        parts[_root(found, home)].append(place)
    made: list[Group] = [([], ())] * len(groups)
    for places in parts.values():
        if len(places) == 1:
            made[places[0]] = groups[places[0]]
            continue
        members = sorted((m for p in places for m in groups[p][0]), key=lambda m: m.key)
        why = {reason for p in places for reason in groups[p][1]}
        group = (members, tuple(sorted(why | {_WHY})))
        for place in places:
            made[place] = group
    return made


def _root(found: Sequence[int], place: int) -> int:
    seen = {place}
    while found[place] != place and found[place] not in seen:
        place = found[place]
        seen.add(place)
    return min(seen) if found[place] != place else place
