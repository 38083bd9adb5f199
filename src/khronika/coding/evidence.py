"""What an act and its fillers were read from, in words: construction, paths, what stands above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from khronika.coding.arguments import hedged
from khronika.coding.clauses import is_verb
from khronika.coding.locating import Locator
from khronika.coding.nominal import DO, OCCUR, REPORTING, UNDERGO
from khronika.coding.paths import Path, Reference, References, path_between
from khronika.coding.telling import Draft, Reader
from khronika.coding.triggers import Candidate
from khronika.model.acts import Act
from khronika.model.anchors import Anchor
from khronika.model.reports import PassageRole

# What the verb says that governs a noun which tells an act.
SUPPORTS = (
    ("somebody undergoes it", UNDERGO),
    ("somebody does it", DO),
    ("it happens", OCCUR),
    ("somebody tells of it", REPORTING),
)
FEW = 3  # verbs above the trigger that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a filler was found: its token, if it stands in a unit, its path, what it refers to."""

    token: Token | None = None
    path: Path | None = None
    reference: Reference | None = None
    unit_apart: int = 0

    def words(self) -> tuple[str, ...]:
        """The path in words, the nearest step first."""
        said = [self.path.words()] if self.path is not None else []
        if self.unit_apart:
            many = abs(self.unit_apart)
            side = "before" if self.unit_apart > 0 else "after"
            said.append(f"{many} paragraph{'' if many == 1 else 's'} {side}")
        return (*said, self.reference.words()) if self.reference is not None else tuple(said)


class Trail:
    """Looks up where the parts of a report's acts were found."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._locator = Locator(reader.parsed)
        self._references = References(reader.cast.members, self._locator)

    def of(self, draft: Draft, anchor: Anchor | None, cast: int | None = None) -> Found:
        """Where the words of an anchor stand, seen from the trigger of a telling.

        Args:
            draft: the telling.
            anchor: the words; None for what the report does not say.
            cast: whom they stand for.
        """
        if anchor is None:
            return Found()
        unit, head = draft.candidate.unit, draft.candidate.head
        there = self._locator.token(anchor, unit)
        if there is None:
            return Found(reference=self._references.of(anchor, cast, None))
        reference = self._references.of(anchor, cast, there[1])
        if there[0] != unit:
            return Found(token=there[1], reference=reference, unit_apart=unit - there[0])
        path = path_between(head, there[1])
        return Found(token=there[1], path=path, reference=reference)

    def trigger(self, draft: Draft) -> Anchor:
        """The words of the trigger of a telling, as its act quotes them."""
        return self._reader.parsed.anchor_of(draft.candidate.unit, draft.candidate.head)

    def role_of(self, draft: Draft) -> PassageRole:
        """What the passage is in which a telling stands."""
        return self._reader.parsed.units[draft.candidate.unit].unit.role


def construction(candidate: Candidate) -> str:
    """How the trigger tells the act: 'passive verb', 'noun, somebody undergoes it', 'phrase'."""
    way = candidate.entry.rule.split("/")[1]
    if way == "verb":
        said = "passive verb" if candidate.arguments.passive else "active verb"
        shared = candidate.arguments.inherited and candidate.arguments.subject
        return f"{said}, its subject with another verb" if shared else said
    if way != "noun":
        return way
    lemma = candidate.verb.lemma_.lower() if candidate.verb is not None else ""
    support = next((said for said, verbs in SUPPORTS if lemma in verbs), "it tells by itself")
    return f"noun, {support}"


def evidence_of(candidate: Candidate, role: PassageRole) -> Iterator[str]:
    """What an act was read from, the construction first."""
    yield construction(candidate)
    said = " ".join(t.lower_ for t in sorted(set(candidate.matched), key=lambda t: t.i))
    if said:
        yield f"set off by '{said}'"
    if candidate.verb is not None and candidate.verb not in candidate.matched:
        yield f"under '{candidate.verb.lower_}'"
    above = [t.lower_ for t in candidate.head.ancestors if is_verb(t) and t != candidate.verb]
    if above:
        yield f"within what depends on {', '.join(repr(word) for word in above[:FEW])}"
    if hedged(candidate):
        yield "told as a suspicion"
    if role is not PassageRole.BODY:
        yield f"in a {role.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An act, the telling that it was made from, and where each of its parts was found."""

    act: Act
    draft: Draft
    role: PassageRole
    involved: tuple[Found, ...]
    when: Found
    where: tuple[Found, ...]

    def evidence(self) -> tuple[str, ...]:
        """What the act was read from, in words."""
        return tuple(evidence_of(self.draft.candidate, self.role))


def readings_of(acts: Sequence[Act], told: Sequence[Draft], reader: Reader) -> dict[str, Reading]:
    """The readings of a report's acts, by the id of the act.

    Args:
        acts: as assembled.
        told: the tellings that they were assembled from; the last of several that made one act.
        reader: what the coder knows of the report.
    """
    trail = Trail(reader)
    drafts = {(d.kind, trail.trigger(d)): d for d in told}
    return {
        act.id: _reading(act, draft, trail)
        for act in acts
        if (draft := drafts.get((act.kind, act.trigger))) is not None
    }


def _reading(act: Act, draft: Draft, trail: Trail) -> Reading:
    return Reading(
        act=act,
        draft=draft,
        role=trail.role_of(draft),
        involved=tuple(trail.of(draft, each.anchor, each.cast) for each in act.involvements),
        when=trail.of(draft, act.when.anchor),
        where=tuple(trail.of(draft, each.anchor) for each in act.where),
    )
