"""Whether a body that is only described may be one that is named."""

from collections.abc import Sequence

from khronika.text.bodies import BodyName


def describes(poor: Sequence[BodyName], rich: Sequence[BodyName]) -> bool:
    """True if each of the first says less than one of the second, of the same sort of body."""
    return all(any(_may_be(a, b) for b in rich) for a in poor)


def _may_be(poor: BodyName, rich: BodyName) -> bool:
    if poor.capital or poor.numbers or poor.public:
        return False
    if poor.country and rich.country and poor.country != rich.country:
        return False
    concepts, others = poor.words - poor.proper, rich.words - rich.proper
    less = (len(concepts), sorted(concepts)) < (len(others), sorted(others))
    return bool(concepts & others) and (rich.capital or rich.public != "" or less)
