"""Who in a report's cast a reviewer means, by the words that were chosen or by name."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from khronika.model.acts import (
    ActorType,
    CastMember,
    Coding,
    Involvement,
    Mention,
    MentionForm,
    Role,
)
from khronika.model.anchors import Anchor, Span
from khronika.model.corrections import Filler

BY = "by a reviewer"
PRONOUNS = frozenset(
    "i he she it we you they me him her us them his hers its our their who this that these those"
    " я он она оно мы вы они его её ее ей ему им их них нее неё нём него кто"
    " він вона воно ми ви вони його її їй йому їм їх них неї нього хто".split()
)


@dataclass(slots=True)
class Casting:
    """A report's cast while reviewers' fillers are put into it; whom it lacks is added.

    Whom a filler means is told by the coder's cast alone, so that no filler changes another.
    """

    coded: tuple[CastMember, ...] = field(default=(), repr=False)
    told: Mapping[Span, set[int]] = field(default_factory=dict)  # by words, whom acts mean by them
    added: dict[Hashable, CastMember] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, coding: Coding | None) -> Self:
        """The cast of a coding, nobody where there is none."""
        if coding is None:
            return cls()
        told: dict[Span, set[int]] = {}
        for one in (one for act in coding.acts for one in act.involvements):
            if one.anchor is not None and one.cast is not None:
                told.setdefault(one.anchor.span, set()).add(one.cast)
        return cls(coded=coding.cast, told=told)

    @property
    def members(self) -> tuple[CastMember, ...]:
        """Everybody: whom the coder named, and behind them whom reviewers did."""
        return (*self.coded, *self.added.values())

    def involvement(self, role: Role, filler: Filler) -> Involvement:
        """Someone in a role, as a reviewer said."""
        member = self.found(filler) or self._added(filler)
        return Involvement(
            role=role,
            name=filler.name if _is_typed(filler) else member.name,
            type=filler.type or member.type,
            anchor=filler.words,
            basis=filler.basis,
            cast=member.index,
            count=filler.count,
            age=filler.age,
            path=(BY,),
            confidence=1.0,
        )

    def found(self, filler: Filler) -> CastMember | None:
        """Whom of the coder's cast a filler means, if anyone.

        A name that was typed goes before whom the coder held the words to mean.
        """
        if filler.words is None or _is_typed(filler):
            return self._named(filler)
        return self._mentioned(filler.words) or self._named(filler)

    def _named(self, filler: Filler) -> CastMember | None:
        fits = (m for m in self.coded if filler.type in {None, m.type})
        named = [m for m in fits if any(_same(filler.name, each) for each in (m.name, *m.forms))]
        whole = [m for m in named if _same(filler.name, m.name)]
        return _only(whole) or _only(named)

    def _mentioned(self, words: Anchor) -> CastMember | None:
        """Whose mention the words are, or whose name they are a part of; never of several.

        'the brother of Ana Lind' holds a name, but is another person.
        """
        exact = [m for m in self.coded if any(e.anchor.span == words.span for e in m.mentions)]
        inside = [m for m in self.coded if any(_holds(each, words) for each in m.mentions)]
        meant = self.told.get(words.span, set())
        known = [m for m in self.coded if m.index in meant]
        return _only(exact) or _only(known) or _only(inside)

    def _added(self, filler: Filler) -> CastMember:
        """Somebody new: once for each name, but of 'two men' once for each place."""
        words, proper = filler.words, _proper(filler.name)
        key = _folded(filler.name), filler.type, None if proper or words is None else words.span
        if key in self.added:
            return self.added[key]
        taken = {each.anchor.span for m in self.members for each in m.mentions}
        form = MentionForm.NAME if proper else MentionForm.DESCRIPTION
        free = words is not None and words.span not in taken
        mentions = (Mention(anchor=words, form=form),) if words is not None and free else ()
        member = CastMember(
            index=1 + max((m.index for m in self.members), default=-1),
            name=filler.name,
            type=filler.type or ActorType.PERSON,
            forms=(filler.name,),
            mentions=mentions,
        )
        self.added[key] = member
        return member


def _is_typed(filler: Filler) -> bool:
    return filler.words is None or not _same(filler.name, filler.words.exact)


def _holds(mention: Mention, words: Anchor) -> bool:
    return mention.form is MentionForm.NAME and mention.anchor.span.holds(words.span)


def _only(found: Sequence[CastMember]) -> CastMember | None:
    return found[0] if len(found) == 1 else None


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _proper(name: str) -> bool:
    """Whether words look like a name: not 'two men', not 'Two men', not 'She'."""
    words = name.split()
    capital = words[1:] if len(words) > 1 else words
    return name.casefold() not in PRONOUNS and any(word[:1].isupper() for word in capital)


def in_place(
    before: Iterable[Involvement], role: Role, fresh: list[Involvement]
) -> tuple[Involvement, ...]:
    """Those involved, with others in a role, where the first who had it stood."""
    old = list(before)
    at = next((n for n, each in enumerate(old) if each.role is role), len(old))
    left = [each for each in old[at:] if each.role is not role]
    return (*old[:at], *fresh, *left)
