"""What a walk through a report knows at each moment: names, who was resolved where, the scene."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from khronika.coding.cast_evidence import PERSON, PLACE, WORK
from khronika.coding.cast_members import Member
from khronika.coding.cast_names import Naming
from khronika.coding.cast_narrators import passages
from khronika.coding.cast_phrases import Phrase
from khronika.coding.cast_scene import Key, Referent, Scene, Seen, Spot, merged
from khronika.coding.cast_speech import Speech
from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.model.acts import ActorType, Count, MentionForm
from khronika.model.reports import PassageRole
from khronika.text.people import People, singulars, words

Place = tuple[int, int]  # unit, token
DEEPEST = 40  # steps up a parse
LONGEST_LIST = 60  # names
ONE = Count(least=1, most=1)
AUTHORITY_NAMES = words("authority_names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What stands at one head token: referents, form, own words as tokens."""

    referents: tuple[Referent, ...]
    form: MentionForm
    start: int
    end: int
    classes: frozenset[str]
    phrase: Phrase | None = None


class Board:
    """The state of one walk. `resolved` holds what was found, by unit and head token."""

    def __init__(self, parsed: ParsedReport, members: Sequence[Member], people: People) -> None:
        self.parsed, self.members, self.people = parsed, members, people
        self.scene = Scene()
        self.resolved: dict[Place, Resolved] = {}
        self.naming_at: dict[Place, tuple[int, Naming]] = {}
        self.sentence = self.section = 0
        self.owners: dict[int, tuple[Key, str]] = {}  # whose relative a member is, and which
        self.addressees: dict[Place, tuple[Referent, ...]] = {}  # by where a quotation opens
        self.nicknames: dict[int, int] = {}  # members that are another one, named otherwise
        self.speech = Speech(parsed, people)
        for index, member in enumerate(members):
            for naming in member.namings:
                for i in range(naming.start, naming.end):
                    self.naming_at[naming.unit, i] = (index, naming)
        self.passages = passages(parsed, members, self.naming_at)

    def at(self, unit: int, token: Token) -> Resolved | None:
        """What was resolved for a head token."""
        return self.resolved.get((unit, token.i))

    def in_headline(self, unit: ParsedUnit) -> bool:
        """True for a headline, the heading of a section, a question without a verb."""
        if unit.unit.role is PassageRole.HEADLINE:
            return True
        doc = unit.doc
        return doc[-1].text == "?" and not any(t.pos_ in ("VERB", "AUX") for t in doc)

    def spot(self, unit: ParsedUnit, token: Token) -> Spot:
        """Where a token stands, for looking back from."""
        return Spot(
            unit=unit.index,
            sentence=self.sentence,
            token=token.i,
            verb=governor_of(token),
            section=self.section,
        )

    def referent(self, index: int) -> Referent | None:
        """A cast member as someone to refer to; None for places and works."""
        index = self.nicknames.get(index, index)
        member = self.members[index]
        kind, classes = self._type(member)
        if kind is None:
            return None
        return Referent(
            name=member.name,
            type=kind,
            cast=index,
            count=ONE if member.kind == PERSON else None,
            age=member.age,
            gender=member.gender,
            role=member.roles[0] if member.roles else "",
            classes=classes,
        )

    def _type(self, member: Member) -> tuple[ActorType | None, frozenset[str]]:
        if member.kind == PERSON:
            return ActorType.PERSON, frozenset({"person"})
        if member.kind == WORK:
            return None, frozenset()
        if member.kind == PLACE:
            known = member.name.lower() in self.people.countries
            return (ActorType.COUNTRY, frozenset({"country"})) if known else (None, frozenset())
        classes = self._body_classes(member)
        kind = ActorType.AUTHORITY if "authority" in classes else ActorType.ORGANISATION
        return kind, frozenset(classes)

    def _body_classes(self, member: Member) -> set[str]:
        people = self.people
        own = {s for word in member.words for s in singulars(word.lower())}
        own.add("-".join(member.words).lower())
        forms = own | member.heads
        classes = {"organisation"}
        if forms & people.courts:
            classes = {"court", "authority"}
        elif (
            forms & people.authorities and not forms & (people.organisations - people.authorities)
        ) or own & AUTHORITY_NAMES:
            classes = {"authority"}
        return classes | ({"media"} if forms & people.media else set())

    def name_at(self, unit: int, token: int) -> Referent | None:
        """The cast member whose name covers a token."""
        found = self.naming_at.get((unit, token))
        return self.referent(found[0]) if found else None

    def bodies_at(self, unit: int, token: Token) -> tuple[Referent, ...]:
        """The bodies that a token stands for."""
        found = self.at(unit, token)
        return (
            tuple(r for r in found.referents if not r.human and r.cast is not None) if found else ()
        )

    def show(
        self, unit: ParsedUnit, head: Token, referents: tuple[Referent, ...], *, named: bool = False
    ) -> None:
        """Put a mention on the scene."""
        self.scene.add(
            Seen(
                referents=referents,
                spot=self.spot(unit, head),
                rank=rank_of(head),
                named=named,
                headline=self.in_headline(unit),
                tells=head.dep_ == "nsubj" and head.head.lemma_.lower() in self.people.speech,
            )
        )

    def show_list(self, unit: ParsedUnit, last: Naming) -> None:
        """When the last name of a list is met, the list itself comes on the scene."""
        after = self._over_separator(unit, self._over_origin(unit, last.reach))
        if (unit.index, after) in self.naming_at:
            return  # the list goes on
        names, first = self._names_before(unit, last)
        own = self.name_at(unit.index, last.start)
        if not names or own is None:
            return
        whole = merged([*reversed(names), (own,)])
        if len(whole) > 1:
            head = unit.doc[first.start : first.end].root
            spot = self.spot(unit, head)
            self.scene.add(
                Seen(
                    referents=whole, spot=spot, rank=rank_of(head) + 0.1, named=True, listed=True
                )
            )  # fmt: skip

    def _names_before(self, unit: ParsedUnit, last: Naming) -> tuple[list[tuple[Referent]], Naming]:
        doc, first = unit.doc, last
        names: list[tuple[Referent]] = []
        while len(names) < LONGEST_LIST:
            i = self._over_titles(unit, first.start - 1)
            if i < 0 or doc[i].text not in ("and", ",", "&"):
                return names, first
            i -= doc[i].text in ("and", "&") and i > 0 and doc[i - 1].text == ","
            before = self._ending_at(unit, i)
            referent = self.referent(before[0]) if before else None
            if before is None or referent is None or referent.type is ActorType.COUNTRY:
                return names, first
            names.append((referent,))
            first = before[1]
        return names, first

    def _over_titles(self, unit: ParsedUnit, i: int) -> int:
        doc = unit.doc
        while i >= 0 and (
            doc[i].text.lower() in self.people.titles
            or self.people.role_of(doc[i].text)
            or doc[i].tag_ == "PRP$"
            or (doc[i].text == "the" and self.people.role_of(doc[i + 1].text))
            or (doc[i].text == "," and i > 1 and doc[i - 1].text in self.people.close_kin)
        ):
            i -= 1
        return i

    def _ending_at(self, unit: ParsedUnit, end: int) -> tuple[int, Naming] | None:
        """The naming whose brackets end at a token."""
        for i in range(end - 1, max(-1, end - 8), -1):
            found = self.naming_at.get((unit.index, i))
            if found is not None and end in (found[1].reach, found[1].end):
                return found
        return None

    def list_from(self, unit: ParsedUnit, start: int) -> tuple[Referent, ...]:
        """The names of a list that starts at a token: "A (Peru), B and C"."""
        doc, i = unit.doc, start
        found: list[tuple[Referent]] = []
        while i < len(doc) and (unit.index, i) in self.naming_at and len(found) < LONGEST_LIST:
            index, naming = self.naming_at[unit.index, i]
            referent = self.referent(index)
            if referent is None:
                break
            found.append((referent,))
            i = self._over_separator(unit, self._over_origin(unit, naming.reach))
            if i < 0:
                break
        return merged(found)

    def _over_origin(self, unit: ParsedUnit, i: int) -> int:
        """Past "of Nairobi" after a name."""
        place = self.naming_at.get((unit.index, i + 1))
        if i < len(unit.doc) and unit.doc[i].text in ("of", "from", "in") and place is not None:
            return place[1].reach
        return i

    def _over_separator(self, unit: ParsedUnit, i: int) -> int:
        """Where the next name of a list can stand; -1 where the list ends."""
        doc = unit.doc
        comma = i < len(doc) and doc[i].text == ","
        i += comma
        joined = i < len(doc) and doc[i].text in ("and", "&")
        i += joined
        if not (comma or joined):
            return -1
        while i < len(doc) and doc[i].text.lower() in (*self.people.titles, "the"):
            i += 1
        return i


def rank_of(head: Token) -> float:
    """How prominent a mention is by its grammatical role, less for each step of a list."""
    less = 0.0
    while head.dep_ in LISTED and head.head != head:
        if head.head.pos_ not in ("NOUN", "PROPN") or less > 0.6:
            return 0.3
        less += 0.15
        head = head.head
    return max(0.3, RANKS.get(head.dep_, 0.4) - less)


LISTED = frozenset({"compound", "appos", "conj", "flat"})
RANKS = {
    "nsubj": 1.0, "nsubjpass": 1.0, "dobj": 0.6, "dative": 0.6, "poss": 0.5, "agent": 0.5,
    "pobj": 0.4, "ROOT": 0.7,
}  # fmt: skip


def governor_of(token: Token) -> int:
    """The verb whose subject is also understood where a mention stands.

    In "Ana was barred from seeing her" it is "barred"; in "Ana asked Eva to see her", "see".
    """
    head = _verb_above(token)
    while head.dep_ in ("xcomp", "pcomp") and not any(t.dep_ == "nsubj" for t in head.lefts):
        above = _verb_above(head.head)
        if head.dep_ == "xcomp" and any(t.dep_ in ("dobj", "dative") for t in above.rights):
            break
        if above == head:
            break
        head = above
    return head.i


def _verb_above(token: Token) -> Token:
    for _ in range(DEEPEST):
        if token.head == token or token.pos_ in ("VERB", "AUX"):
            break
        token = token.head
    return token
