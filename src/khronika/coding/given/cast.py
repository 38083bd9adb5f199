"""The cast of a report as hand-coded lines name it: one member for each who is named."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.codebook.model import Kind
from khronika.coding.given.actor_types import actor_type, is_described
from khronika.coding.given.lines import GivenAct, GivenActor
from khronika.coding.given.standing import Standing
from khronika.model.acts import ActorType, CastMember, Mention, MentionForm, Role
from khronika.model.anchors import Anchor, Span
from khronika.text.bodies import country_of
from khronika.text.gazetteer import gazetteer
from khronika.text.names import read_name

ASIDE = re.compile(r"(\S.{3,200}) \(([^\W\d_a-zа-яёіїєґў]{2,8})\)")
BEFORE = 40  # characters before a name that may say what it is
MOST_PLACES = 50  # of one name that are looked at
TYPE_OF_ID = {
    "per_": ActorType.PERSON,
    "grp_": ActorType.GROUP,
    "cty_": ActorType.COUNTRY,
}
BODIES = (ActorType.ORGANISATION, ActorType.AUTHORITY)


@dataclass(slots=True)
class _Member:
    name: str = field(repr=False)
    type: ActorType
    forms: dict[str, None] = field(default_factory=dict, repr=False)
    mentions: dict[Anchor, MentionForm] = field(default_factory=dict)
    country: str = ""
    description: str = ""

    @property
    def all_forms(self) -> tuple[str, ...]:
        return (self.name, *(form for form in self.forms if form != self.name))


class Cast:
    """Who is named in the lines of one report, each once, and where each is mentioned."""

    def __init__(
        self, text: str, standing: Standing, acts: Sequence[GivenAct], kinds: Mapping[str, Kind]
    ) -> None:
        """Make the cast of all who are involved or affiliated; the order of lines is no matter."""
        self._suffered = _suffered(acts, kinds)
        self._text, self._standing = text, standing
        self._members: list[_Member] = []
        self._of: dict[tuple[str, str], int] = {}
        named = [actor for act in acts for actor in act.involved]
        for group in _groups([*named, *_affiliated(acts)]):
            self._add(group)
        self._describe(acts)
        self._mention_names()

    def index(self, actor: GivenActor) -> int:
        """The member that someone involved is."""
        return self._of[_key(actor)]

    def name(self, index: int) -> str:
        """The fullest form of a member's name."""
        return self._members[index].name

    def type(self, index: int) -> ActorType:
        """What a member is."""
        return self._members[index].type

    def anchor(self, actor: GivenActor, quote: Span) -> Anchor | None:
        """Where someone involved is told of, for an act with this quotation."""
        member = self._members[self.index(actor)]
        found = self._standing.near(actor.quoted, quote) if actor.quoted else None
        if found is None:
            found = self._standing.name(_tried(actor, member), quote)
        if found is not None:
            self._mention(member, found)
        return found

    def members(self) -> tuple[CastMember, ...]:
        """Every member with its mentions in the order of the text."""
        return tuple(
            CastMember(
                index=index,
                name=member.name,
                type=member.type,
                forms=member.all_forms,
                country=member.country,
                description=member.description,
                mentions=tuple(
                    Mention(anchor=anchor, form=form)
                    for anchor, form in sorted(member.mentions.items())
                ),
            )
            for index, member in enumerate(self._members)
        )

    def _add(self, group: Sequence[GivenActor]) -> None:
        name = max((a.name for a in group), key=lambda n: (len(n.split()), len(n), n))
        forms = dict.fromkeys(sorted({f for a in group for f in (a.name, *a.also)} - {name}))
        member = _Member(name, self._type(group, name), forms)
        member.country = next((a.country for a in group if a.country), "")
        if member.type is ActorType.COUNTRY and not member.country:
            member.country = country_of(name) or gazetteer().country(name)
        for actor in group:
            self._of[_key(actor)] = len(self._members)
        self._members.append(member)

    def _type(self, group: Sequence[GivenActor], name: str) -> ActorType:
        given = sorted({a.type for a in group if a.type})
        known = sorted({TYPE_OF_ID[a.actor[:4]] for a in group if a.actor[:4] in TYPE_OF_ID})
        if given or known:
            return (given or known)[0]
        suffered = frozenset(k for a in group for k in self._suffered.get(a.name, ()))
        found = actor_type(name, tuple(self._before(name)), suffered)
        if any(a.actor.startswith("org_") for a in group) and found not in BODIES:
            return ActorType.ORGANISATION
        return found

    def _before(self, name: str) -> Iterator[str]:
        for anchor in self._standing.everywhere(name)[:MOST_PLACES]:
            line = self._text[max(0, anchor.start - BEFORE) : anchor.start]
            yield re.split(r"[.!?;:\n]", line)[-1].rstrip(" ")

    def _describe(self, acts: Sequence[GivenAct]) -> None:
        for act in acts:
            for each in act.affiliations:
                index = self._of[_key(_as_actor(each.person))]
                member = self._members[index]
                member.description = member.description or each.role

    def _mention_names(self) -> None:
        """Where names stand in the whole report, the longest first: one may hold another."""
        forms = [(form, m) for m in self._members for form in m.all_forms if not is_described(form)]
        for form, member in sorted(forms, key=lambda pair: (-len(pair[0]), pair[0])):
            for anchor in self._standing.everywhere(form)[:MOST_PLACES]:
                if not any(anchor.span.overlaps(a.span) for a in self._taken()):
                    member.mentions[anchor] = _form(anchor.exact, member)

    def _mention(self, member: _Member, anchor: Anchor) -> None:
        """'The brother of X' holds the name of another; no words are two members' alone."""
        own = any(a.span.overlaps(anchor.span) for a in member.mentions)
        if not own and anchor not in self._taken():
            member.mentions[anchor] = _form(anchor.exact, member)

    def _taken(self) -> Iterator[Anchor]:
        return (anchor for each in self._members for anchor in each.mentions)


def _suffered(acts: Sequence[GivenAct], kinds: Mapping[str, Kind]) -> dict[str, set[str]]:
    """By name, the kinds of act that were done to somebody, and their groups."""
    found: dict[str, set[str]] = {}
    for act in acts:
        for each in act.involved:
            if each.role is Role.VICTIM and act.kind in kinds:
                found.setdefault(each.name, set()).update((act.kind, kinds[act.kind].group))
    return found


def _form(words: str, member: _Member) -> MentionForm:
    if is_described(words) or member.type is ActorType.GROUP:
        return MentionForm.DESCRIPTION
    return MentionForm.NAME


def _groups(actors: Sequence[GivenActor]) -> list[list[GivenActor]]:
    """Those who are one: by name, by id, by another form given, by a fuller name."""
    home: dict[str, str] = {}

    def root(key: str) -> str:
        while home.setdefault(key, key) != key:
            key = home[key]
        return key

    def join(one: str, other: str) -> None:
        first, last = sorted((root(one), root(other)))
        home[last] = first

    for actor in actors:
        ids = (f"\0{actor.actor}",) if actor.actor else ()
        for other in (*actor.also, *_without_aside(actor.name), *ids):
            join(_folded(actor.name), _folded(other))
    names = {_folded(a.name): a for a in actors if a.type in (None, ActorType.PERSON)}
    for short, long in _fuller(sorted(n for n in names if not is_described(names[n].name))):
        if actor_type(names[long].name) is ActorType.PERSON:
            join(short, long)
    found: dict[str, list[GivenActor]] = {}
    for actor in sorted(actors, key=lambda a: (_folded(a.name), a.name)):
        found.setdefault(root(_folded(actor.name)), []).append(actor)
    return [found[key] for key in sorted(found)]


def _without_aside(name: str) -> tuple[str, ...]:
    """The name and the acronym of 'Federal Security Service (FSB)'."""
    found = ASIDE.fullmatch(name)
    return found.groups() if found else ()


def _fuller(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names all of whose words are among those of exactly one fuller name, and that one."""
    by_word: dict[str, list[str]] = {}
    for name in names:
        for word in set(name.split()):
            by_word.setdefault(word, []).append(name)
    for name in names:
        words = set(name.split())
        rarest = min((by_word[word] for word in words), key=len, default=[])
        fuller = [other for other in rarest if words < set(other.split())]
        tops = [one for one in fuller if not any(set(one.split()) < set(o.split()) for o in fuller)]
        if len(tops) == 1:
            yield name, tops[0]


def _tried(actor: GivenActor, member: _Member) -> Iterator[str]:
    """The ways to look a name up: as given, its other forms, then a part of a person's name."""
    yield from dict.fromkeys((actor.name, *actor.also, *member.all_forms))
    if member.type is ActorType.PERSON and not is_described(actor.name):
        words = [w for w in read_name(member.name).words if not w.initial and not w.patronymic]
        ordered = sorted(words, key=lambda w: bool(w.groups))  # a surname tells more
        yield from (w.text for w in reversed(ordered) if not w.groups)
        yield from (w.text for w in ordered if w.groups)


def _affiliated(acts: Iterable[GivenAct]) -> Iterator[GivenActor]:
    for act in acts:
        for each in act.affiliations:
            yield _as_actor(each.person)
            if each.organisation:
                yield _as_actor(each.organisation)


def _as_actor(name: str) -> GivenActor:
    return GivenActor(role=Role.SOURCE, name=name)


def _key(actor: GivenActor) -> tuple[str, str]:
    return _folded(actor.name), actor.actor


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
