"""The cast of one report: who is named, who is meant by a description or pronoun, who owns what."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from khronika.coding.cast_board import Resolved
from khronika.coding.cast_evidence import WORK
from khronika.coding.cast_lists import names_listed
from khronika.coding.cast_members import Member, join_names
from khronika.coding.cast_names import find_names
from khronika.coding.cast_phrases import classes_of, core_of
from khronika.coding.cast_pronouns import speaker_of
from khronika.coding.cast_reference import Walk
from khronika.coding.cast_roles import describe, tell_affiliations
from khronika.coding.parsed import ParsedReport
from khronika.model.acts import (
    ActorType,
    Affiliation,
    CastMember,
    Count,
    Mention,
    MentionForm,
)
from khronika.text.people import People, people


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Who stands for an argument.

    `name` is the fullest form in this report, or the own words of a group or description. `cast`
    is the index of the member, None for those told only here. `[start, end)` are the words that
    stand there, in the unit's parser text.
    """

    name: str = field(repr=False)
    type: ActorType
    form: MentionForm
    cast: int | None
    count: Count | None
    age: int | None
    start: int
    end: int
    unit: int | None = None  # where the words stand, if known: a filler may be carried elsewhere


class Cast:
    """Who is who in one report."""

    def __init__(self, parsed: ParsedReport, walk: Walk, words: People) -> None:
        self._parsed, self._walk, self._people = parsed, walk, words
        self._index = _numbered(walk)
        self.members: tuple[CastMember, ...] = tuple(self._members())
        self.affiliations: tuple[Affiliation, ...] = tell_affiliations(parsed, walk)

    def fillers(self, unit: int, head: Token) -> tuple[Filler, ...]:
        """Who the noun phrase or pronoun headed by `head` stands for.

        A phrase that names some of its many ("nine editors, among them A and B") gives the group
        first, then those named. Empty for what is no possible actor, for "nobody", and for a
        pronoun that cannot be resolved safely.
        """
        found = self._walk.at(unit, head)
        return tuple(self._filled(found, unit)) if found is not None else ()

    def owners(self, unit: int, head: Token) -> tuple[Filler, ...]:
        """Whose the thing headed by `head` is: "her flat", "the offices of X", "X's passport"."""
        for token in self._possessors(unit, head):
            found = [f for each in _conjuncts(token) for f in self.fillers(unit, each)]
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def classes(self, unit: int, head: Token) -> frozenset[str]:
        """What the phrase is: "person", "group", "organisation", "authority", "country"..."""
        found = self._walk.at(unit, head)
        return found.classes if found is not None else classes_of(core_of(head), self._people)

    def speakers(self, unit: int, head: Token) -> tuple[Filler, ...]:
        """Who speaks where a token stands: in quotation marks, or in an interview's answer."""
        parsed = self._parsed.units[unit]
        referents = speaker_of(self._walk, parsed, head)
        if not referents:
            return ()
        own = (t for t in parsed.doc if t.text in ("I", "me", "my", "My", "we", "We"))
        at = next(own, head)
        found = Resolved(
            referents=referents,
            form=MentionForm.PRONOUN,
            start=at.i,
            end=at.i + 1,
            classes=referents[0].classes,
        )
        return tuple(self._filled(found, unit))

    def listed(self, unit: int, head: Token) -> tuple[Filler, ...]:
        """Those named after a name, in one list with it: "A, a teacher, B, 34, and C"."""
        found = self._walk.at(unit, head)
        if found is None or found.form is not MentionForm.NAME:
            return ()
        referents = names_listed(self._walk, self._parsed.units[unit], head)
        if not referents:
            return ()
        return tuple(self._filled(replace(found, referents=referents), unit))

    def focus(self, unit: int) -> tuple[Filler, ...]:
        """Whom the entry of a list is about: '3. Ana Ruiz, 24, nurse. Taken from home on ...'."""
        return self._of_member(self._walk.passages.focus.get(unit))

    def protagonist(self) -> tuple[Filler, ...]:
        """The one person whom the title of the report names."""
        return self._of_member(self._walk.passages.protagonist)

    def _of_member(self, member: int | None) -> tuple[Filler, ...]:
        naming = None if member is None else self._walk.members[member].namings[0]
        referent = None if member is None else self._walk.referent(member)
        if naming is None or referent is None:
            return ()
        found = Resolved(
            referents=(referent,),
            form=MentionForm.NAME,
            start=naming.start,
            end=naming.end,
            classes=referent.classes,
        )
        return tuple(self._filled(found, naming.unit))

    def addressed(self, unit: int, head: Token) -> tuple[Filler, ...]:
        """Whom the quotation speaks to that a token stands in."""
        opened = self._walk.speech.opened(unit, head.i)
        referents = self._walk.addressees.get((unit, opened), ()) if opened is not None else ()
        if not referents or opened is None:
            return ()
        found = Resolved(
            referents=referents,
            form=MentionForm.PRONOUN,
            start=head.i,
            end=head.i + 1,
            classes=referents[0].classes,
        )
        return tuple(self._filled(found, unit))

    def _filled(self, found: Resolved, unit: int) -> Iterator[Filler]:
        doc = self._parsed.units[unit].doc
        words = doc[found.start : found.end]
        for referent in found.referents:
            yield Filler(
                name=referent.name,
                type=referent.type,
                form=found.form,
                cast=self._index.get(referent.cast) if referent.cast is not None else None,
                count=referent.count,
                age=referent.age,
                start=words.start_char,
                end=words.end_char,
                unit=unit,
            )

    def _possessors(self, unit: int, head: Token) -> Iterator[Token]:
        yield from (t for t in head.lefts if t.dep_ == "poss")
        for prep in head.rights:
            if prep.dep_ == "prep" and prep.text in ("of", "belonging"):
                yield from (t for t in prep.rights if t.dep_ == "pobj")
        for token in head.lefts:
            found = self._walk.at(unit, token)
            if token.dep_ in ("compound", "nmod", "amod") and found is not None:
                yield token

    def _members(self) -> Iterator[CastMember]:
        for at, member in enumerate(self._walk.members):
            referent = self._walk.referent(at) if at in self._index else None
            if referent is None:
                continue
            yield CastMember(
                index=self._index[at],
                name=member.name,
                type=referent.type,
                forms=tuple(member.forms),
                gender=member.gender,
                country=member.country,
                description=", ".join(member.roles),
                mentions=tuple(self._mentions(member)),
            )

    def _mentions(self, member: Member) -> Iterator[Mention]:
        for naming in member.namings:
            span = self._parsed.units[naming.unit].doc[naming.start : naming.end]
            yield Mention(anchor=self._parsed.anchor_of(naming.unit, span), form=MentionForm.NAME)


def find_cast(parsed: ParsedReport) -> Cast:
    """Find who is who in one report: names, short forms, descriptions, pronouns, affiliations."""
    words = people()
    members = join_names(find_names(parsed, words), words, publisher=parsed.report.publisher.value)
    describe(parsed, members, words)
    walk = Walk(parsed, members, words)
    walk.go()
    return Cast(parsed, walk, words)


def _numbered(walk: Walk) -> dict[int, int]:
    """Indices of the cast: members that can act, without places and works."""
    actors = [
        at
        for at, member in enumerate(walk.members)
        if member.kind != WORK and walk.referent(at) is not None
    ]
    return {at: index for index, at in enumerate(actors)}


def _conjuncts(token: Token) -> tuple[Token, ...]:
    return (token, *token.conjuncts)
