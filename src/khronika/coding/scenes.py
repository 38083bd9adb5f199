"""Where an act took place whose telling names no place: where the act before it did, if it goes on.

'Police raided the flat in Tela. They slapped his mother.' Only a telling of the same passage that
is about the same people is gone on with, or the one before where 'that night' says so.
"""

from collections.abc import Sequence
from itertools import pairwise

from khronika.coding.parsed import sentence_of
from khronika.coding.telling import Draft, Reader, in_common
from khronika.model.acts import Modality, Role, Where

# What is done on the spot; a verdict, a release, ill-treatment in custody are elsewhere.
ON_THE_SPOT = frozenset({"assault", "search", "killing", "sexual-violence"})
SCENES = ON_THE_SPOT | {"arrest", "protest", "kidnapping", "enforced-disappearance"}
GOES_ON = frozenset({"night", "evening", "day", "morning", "afternoon", "raid", "search", "time"})
NEAR = 60  # tokens between two tellings of one scene


def set_scenes(made: Sequence[Draft], reader: Reader) -> None:
    """Give each telling its place, in the order of the text."""
    for place, draft in enumerate(made):
        found = reader.places.of(draft.candidate.unit, draft.candidate.head)
        draft.where = found or _scene(draft, made[:place])


def _scene(draft: Draft, earlier: Sequence[Draft]) -> tuple[Where, ...]:
    if draft.modality is not Modality.OCCURRED or draft.kind not in ON_THE_SPOT:
        return ()
    for other in reversed(earlier[-6:]):
        if other.kind not in SCENES or other.modality is not Modality.OCCURRED:
            continue
        if _goes_on(other, draft):
            return other.where
    return ()


def _goes_on(one: Draft, other: Draft) -> bool:
    """True if the second telling is of the scene of the first."""
    apart = other.candidate.unit - one.candidate.unit
    if apart > 1 or not _same_people(one, other):
        return False
    if apart == 0:
        return other.candidate.head.i - one.candidate.head.i <= NEAR
    words = [t.lower_ for t in sentence_of(other.candidate.head)]
    return any(a in ("that", "same") and b in GOES_ON for a, b in pairwise(words))


def _same_people(one: Draft, other: Draft) -> bool:
    return any(
        in_common(one.filled.actors.get(role, []), other.filled.actors.get(role, []))
        for role in (Role.VICTIM, Role.PERPETRATOR)
    )
