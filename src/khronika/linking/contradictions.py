"""Contradictions: what the tellings of one incident say that cannot all hold, by attribute.

Only what excludes each other is one: `at least 5` and `9` can both hold, so can a month and a day
of it, a town and its street, a crowd and one of its people.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from khronika.linking.tellings import Telling
from khronika.linking.vetoes import days_between, names_the_day
from khronika.linking.whereabouts import Apart, places_apart
from khronika.linking.whom import is_vague
from khronika.model.acts import Modality
from khronika.model.links import Contradiction, Told

_MOST = 8  # acts that tell one value, of which each is compared
_PUNISHING = frozenset({"sentence", "fine", "travel-ban"})
Excludes = Callable[[Telling, Telling], bool]
Value = Callable[[Telling], str]

CLOCK = re.compile(r"T\d\d(?::?\d\d){0,2}")


def contradictions(group: Sequence[Telling]) -> tuple[Contradiction, ...]:
    """What the acts of one incident contradict each other in, by attribute."""
    acts = sorted(group, key=lambda t: t.id)
    told = [t for t in acts if t.modality is not Modality.DENIED]
    found = [_occurrence(acts, told)]
    found += [_excluding(told, name, value, excludes) for name, value, excludes in _ATTRIBUTES]
    found += _ages(told)
    return tuple(sorted((c for c in found if c), key=lambda c: (c.attribute, c.values[0].value)))


def _occurrence(acts: Sequence[Telling], told: Sequence[Telling]) -> Contradiction | None:
    happened = [t.id for t in told if t.modality in (Modality.OCCURRED, Modality.ATTEMPTED)]
    denied = [t.id for t in acts if t.modality is Modality.DENIED]
    if not happened or not denied:
        return None
    sides = (Told(value="occurred", acts=tuple(happened)), Told(value="denied", acts=tuple(denied)))
    return Contradiction(attribute="occurrence", values=sides)


def _excluding(
    told: Sequence[Telling], name: str, value: Value, excludes: Excludes
) -> Contradiction | None:
    """The values that exclude another value, each with the acts that tell it."""
    sides: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        if said := value(telling):
            sides[said].append(telling)
    kept = sorted(
        said
        for said, acts in sides.items()
        if any(
            excludes(one, two)
            for other, others in sides.items()
            if other != said
            for one in acts[:_MOST]
            for two in others[:_MOST]
        )
    )
    if len(kept) < 2:
        return None
    return Contradiction(
        attribute=name,
        values=tuple(Told(value=v, acts=tuple(t.id for t in sides[v])) for v in kept),
    )


def _when(telling: Telling) -> str:
    """The days told; '17 October' and 'at seven on 17 October' are no two values."""
    return CLOCK.sub("", telling.edtf) if telling.dated else ""


def _apart(one: Telling, other: Telling) -> bool:
    return days_between(one, other) > 0 and not names_the_day(one, other)


def _where(telling: Telling) -> str:
    return "; ".join(sorted({spot.name for spot in telling.places}))


def _elsewhere(one: Telling, other: Telling) -> bool:
    return places_apart(one, other) is not Apart.NO


def _victim_count(telling: Telling) -> str:
    if telling.loose or telling.least is None:
        return ""
    if telling.most is None:
        return f"at least {telling.least}"
    return (
        str(telling.least) if telling.least == telling.most else f"{telling.least}-{telling.most}"
    )


def _counts_exclude(one: Telling, other: Telling) -> bool:
    vague = is_vague(one.crowd) or is_vague(other.crowd)
    if not vague and one.crowd.isdisjoint(other.crowd):
        return False
    a, b, c, d = one.least or 0, one.most, other.least or 0, other.most
    apart = (b is not None and b < c) or (d is not None and d < a)
    return apart and not _grew(one, other)


def _grew(one: Telling, other: Telling) -> bool:
    """True if the greater number is a later tally of the same: it rose to nine by evening."""
    fewer, more = sorted((one, other), key=lambda t: t.least or 0)
    if not (fewer.tally or more.tally):
        return False
    if one.report == other.report:
        return fewer.start < more.start
    return 0 < fewer.published <= more.published


def _penalty(telling: Telling) -> str:
    punishes = telling.kind in _PUNISHING and telling.penalty.amounts
    return telling.penalty_text if punishes else ""


def _penalties_exclude(one: Telling, other: Telling) -> bool:
    return one.penalty.disagrees(other.penalty)


def _doer_count(telling: Telling) -> str:
    return str(telling.doer_count) if telling.doer_count else ""


def _differ(one: Telling, other: Telling) -> bool:
    return one.doer_count != other.doer_count


def _kind(telling: Telling) -> str:
    return telling.kind


def _other_kinds(one: Telling, other: Telling) -> bool:
    return one.kind != other.kind


_ATTRIBUTES: tuple[tuple[str, Value, Excludes], ...] = (
    ("when", _when, _apart),
    ("where", _where, _elsewhere),
    ("victim_count", _victim_count, _counts_exclude),
    ("penalty", _penalty, _penalties_exclude),
    ("perpetrator_count", _doer_count, _differ),
    ("kind", _kind, _other_kinds),
)


def _ages(told: Iterable[Telling]) -> Iterator[Contradiction]:
    """Ages of one person that differ by more than a birthday between two reports can explain."""
    said: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for telling in told:
        for actor, age in telling.ages:
            said[actor][age].append(telling.id)
    for _, ages in sorted(said.items()):
        if max(ages) - min(ages) > 1:
            yield _of_ages(ages)


def _of_ages(ages: Mapping[int, Sequence[str]]) -> Contradiction:
    sides = tuple(Told(value=str(age), acts=tuple(acts)) for age, acts in sorted(ages.items()))
    return Contradiction(attribute="age", values=sides)
