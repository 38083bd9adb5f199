"""What the coder knows of a report while it reads it, and a telling before it is an act."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from khronika.coding.arguments import Filled, same_filler
from khronika.coding.cast import Cast, Filler
from khronika.coding.lexicon import Lexicon
from khronika.coding.parsed import ParsedReport
from khronika.coding.places import Places
from khronika.coding.times import Times
from khronika.coding.triggers import Candidate
from khronika.model.acts import Modality, Role, Where
from khronika.text.people import people

OFFICIALS = people().authority_people | {"spokesman", "spokeswoman", "spokesperson"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What the coder knows of one report while it reads it."""

    parsed: ParsedReport
    cast: Cast
    times: Times
    places: Places
    lexicon: Lexicon

    def official(self, filler: Filler) -> bool:
        """True of a person whom the report calls a prosecutor, a spokesman, a minister ..."""
        words = filler.name.lower().split()
        if filler.cast is not None:
            words += self.cast.members[filler.cast].description.lower().replace(",", " ").split()
        return not OFFICIALS.isdisjoint(words)

    def cast_index(self, name: str) -> int | None:
        """The cast member that bears a name, in full or in short."""
        folded = name.casefold()
        for member in self.cast.members:
            if folded in (member.name.casefold(), *(form.casefold() for form in member.forms)):
                return member.index
        return None


@dataclass(slots=True, kw_only=True)
class Draft:
    """A candidate judged and filled, before it is an act."""

    candidate: Candidate
    modality: Modality
    filled: Filled
    said_by: list[Filler]
    where: tuple[Where, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of act that the trigger's way belongs to."""
        return self.candidate.entry.kind.id

    def victims(self) -> list[Filler]:
        """Whom it was done to, as far as the telling says."""
        return self.filled.actors.get(Role.VICTIM, [])


def share(one: Draft, other: Draft, role: Role) -> bool:
    """True if the two have an actor of a role in common, or one of them names none."""
    first, second = one.filled.actors.get(role, []), other.filled.actors.get(role, [])
    return not first or not second or in_common(first, second)


def in_common(some: Iterable[Filler], others: Iterable[Filler]) -> bool:
    """True if two lots of actors have one in common."""
    others = list(others)
    return any(same_filler(a, b) for a in some for b in others)


def recast(draft: Draft, kind: str, reader: Reader) -> None:
    """Make a draft tell another kind of act."""
    entry = replace(draft.candidate.entry, kind=reader.lexicon.kinds[kind])
    draft.candidate = replace(draft.candidate, entry=entry)
