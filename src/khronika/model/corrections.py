"""What a reviewer says of an act in place of the coder: corrections, and acts that were missed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from khronika.model.acts import ActorType, Count, Modality, Role, When, Where
from khronika.model.anchors import Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Who fills a role, by words of the report or by name.

    Attributes:
        name: what the actor is called; the words themselves where no other name is known.
        words: where the report speaks of the actor, if it does.
        type: what the actor is; None for that of the cast member who is meant, else a person.
        count: how many, of several people.
        age: in years, where the report tells it.
        basis: what the name stands on; it must be given where there are no words.
    """

    name: str = field(repr=False)
    words: Anchor | None = None
    type: ActorType | None = None
    count: Count | None = None
    age: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an act is in place of what its coder said; None leaves an attribute as it was.

    Attributes:
        kind: id of a kind of the codebook.
        modality: whether it happened.
        when: the date; an empty one says that the report gives none.
        where: all places of the act; none of them if empty.
        fillers: by role everyone in it, nobody if empty; roles that are not named stay as they are.
    """

    kind: str | None = None
    modality: Modality | None = None
    when: When | None = None
    where: tuple[Where, ...] | None = None
    fillers: Mapping[Role, tuple[Filler, ...]] = field(default_factory=dict)

    def attributes(self) -> frozenset[str]:
        """What it says anything of: "kind", "modality", "when", "where" and roles."""
        said = {name for name in ("kind", "modality", "when", "where") if self.says(name)}
        return frozenset(said | {role.value for role in self.fillers})

    def says(self, attribute: str) -> bool:
        """Whether it says anything of one of its own attributes."""
        return getattr(self, attribute) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedAct:
    """An act that a reviewer found in a report, and no coder did.

    Its id is made of report, kind, quotation and trigger, as that of any act.

    Attributes:
        kind: id of a kind of the codebook.
        modality: whether it happened.
        quote: the clause or sentence that tells it (at most 600 code points).
        trigger: the words of it that tell the act; the quotation itself if nothing shorter does.
        when: the date.
        where: the places.
        fillers: who was involved, by role.
    """

    kind: str
    modality: Modality = Modality.OCCURRED
    quote: Anchor
    trigger: Anchor
    when: When = field(default_factory=When)
    where: tuple[Where, ...] = ()
    fillers: Mapping[Role, tuple[Filler, ...]] = field(default_factory=dict)
