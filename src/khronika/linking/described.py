"""Whether a body that is only described may be one that is named."""

from collections.abc import Sequence

from khronika.text.bodies import BodyName
from khronika.text.body_words import lists

_LOOSE = frozenset(("service", "agency", "authority", "forces", "department", "bureau", "group"))


def describes(poor: Sequence[BodyName], rich: Sequence[BodyName]) -> bool:
    """True if each of the first says less than one of the second, of the same sort of body."""
    return all(any(_may_be(a, b) for b in rich) for a in poor)


def _may_be(poor: BodyName, rich: BodyName) -> bool:
    if poor.capital or poor.numbers or poor.public:
        return False
    if poor.country and rich.country and poor.country != rich.country:
        return False
    concepts, others = poor.words - poor.proper, rich.words - rich.proper
    if not _says_no_more(concepts, others):
        return False
    less = (len(concepts), sorted(concepts)) < (len(others), sorted(others))
    return rich.capital or rich.public != "" or less


def _says_no_more(concepts: frozenset[str], others: frozenset[str]) -> bool:
    """True for a court and a regional court, not for a city court and a regional one."""
    known = lists()
    more = concepts - others - known["spare"] - known["spare_official"]
    if not more:
        return not concepts.isdisjoint(others)
    return more <= _LOOSE and bool((concepts & others) - known["kinds"])
