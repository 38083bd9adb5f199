"""Forms: what of a report's cast is compared, added up over the reports that spell it alike.

A form holds counts, not lists of its members, so that one more mention of a ministry costs the same
as of a stranger.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from khronika.linking.components import as_json
from khronika.linking.members import Member, id_of_member
from khronika.linking.organisations import Body, body_nodes
from khronika.linking.people import Node as PersonNode
from khronika.linking.people import person_nodes
from khronika.linking.seats import Aside
from khronika.linking.state import Node
from khronika.model.acts import ActorType
from khronika.text.bodies import names_in, read_body
from khronika.text.gazetteer import gazetteer
from khronika.text.names import read_name
from khronika.text.phonetics import plain

PERSON, BODY, COUNTRY, ALONE = "person", "body", "country", "alone"
BODIES = (ActorType.ORGANISATION, ActorType.AUTHORITY)
_MOST_FORMS = 8  # spellings of one form that are compared
_SEPARATOR = "\x1f"
_OPEN = 3  # parts of a person's key behind its words: a blank, gender, country; then the report

Least = tuple[str, int, int, str, str]  # report, start, end, type, first name


@dataclass(slots=True, kw_only=True)
class Form:
    """One spelling, its members added up. `least` is the member that gives the actor its id."""

    space: str
    key: tuple[str, ...] = field(repr=False)
    gender: str = ""
    country: str = ""
    followed: bool = False  # known by name, beyond its report
    spelt: dict[str, int] = field(default_factory=dict, repr=False)  # further forms to compare
    fullest: dict[str, int] = field(default_factory=dict, repr=False)
    names: dict[str, int] = field(default_factory=dict, repr=False)
    ties: dict[str, int] = field(default_factory=dict, repr=False)
    roles: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    mentions: int = 0
    members: int = 0
    genuine: int = 0  # members that their own report shows to be what the form is
    least: Least = ("~", 0, 0, "", "")

    @property
    def name(self) -> str:
        """What its node is called."""
        return _SEPARATOR.join(self.key)

    @property
    def first(self) -> str:
        """The name that the key is read from; of several orders of its words the least."""
        return min(self.fullest)

    @property
    def compared(self) -> tuple[str, ...]:
        """The spellings that are compared, the form's own first."""
        return (self.first, *sorted(self.spelt.keys() - {self.first})[: _MOST_FORMS - 1])

    @property
    def bare(self) -> bool:
        """True for a person of whom one word alone is told."""
        return self.space == PERSON and not read_name(self.first).full

    def emptied(self) -> "Form":
        """The same form without members."""
        return Form(
            space=self.space, key=self.key, gender=self.gender, country=self.country,
            followed=self.followed,
        )  # fmt: skip

    def count(self, member: Member, spelt: Iterable[str], *, genuine: bool = True) -> None:
        """Add a member; a person whose name is an organisation's elsewhere is no genuine one."""
        self.genuine += genuine
        _add(self.spelt, spelt)
        _add(self.fullest, member.names[:1])
        _add(self.names, member.names)
        _add(self.ties, member.ties)
        _add(self.roles, member.roles)
        _add(self.countries, filter(None, (member.country,)))
        _add(self.types, (member.type.value,))
        self.mentions += member.mentions
        self.members += 1
        told = (member.report, member.start, member.end, member.type.value, member.names[0])
        self.least = min(self.least, told, key=_place)

    def dumps(self) -> str:
        """As JSON."""
        return as_json(
            [
                *(self.space, self.key, self.gender, self.country, self.followed, self.genuine),
                *(self.spelt, self.fullest, self.names, self.ties, self.roles, self.countries),
                *(self.types, self.mentions, self.members, self.least),
            ]
        )


def is_local(node: Node) -> bool:
    """True for a person's form of one report alone, told from the node without reading it."""
    return node.space == PERSON and len(node.name.rpartition("|")[2].split(_SEPARATOR)) > _OPEN


def _add(counts: dict[str, int], values: Iterable[str]) -> None:
    for value in values:
        counts[value] = counts.get(value, 0) + 1


def _place(least: Least) -> tuple[str, int, str]:
    return least[0], least[1], least[4]


def form_in(node: Node) -> Form:
    """The form that a node holds."""
    (space, key, gender, country, followed, genuine, spelt, fullest, names, ties, roles, countries,
     types, mentions, members, least) = json.loads(node.data)  # fmt: skip
    return Form(
        space=space, key=tuple(key), gender=gender, country=country, followed=followed,
        genuine=genuine, spelt=spelt, fullest=fullest, names=names,
        ties=ties, roles=roles, countries=countries,
        types=types, mentions=mentions, members=members, least=tuple(least),
    )  # fmt: skip


def form_of(member: Member, aside: Aside, *, single: bool) -> tuple[Form, tuple[str, ...]]:
    """The form that a member belongs to, empty, and the spellings that the member adds to it.

    Args:
        member: a cast member.
        aside: the pairs that its report gives of its names; see `aside_of`.
        single: it is a form of its own, because a ruling holds it apart from its namesakes.
    """
    apart = frozenset({member.key}) if single else frozenset()
    if member.type is ActorType.PERSON and member.named:
        (person,) = person_nodes([member], apart)
        told = [n for n in member.names[1 : 2 * _MOST_FORMS] if read_name(n).full]
        form = Form(space=PERSON, key=person.key, country=person.country, followed=True)
        form.gender = person.gender
        return form, tuple(told)
    if member.type in BODIES:
        return _of_body(member, aside, apart)
    if member.type is ActorType.COUNTRY:
        home = gazetteer().country(member.names[0])
        unknown = f"{plain(member.names[0])} {member.report}"
        return Form(space=COUNTRY, key=(home or unknown,)), ()
    key = (member.report, str(member.start), str(member.index))
    return Form(space=ALONE, key=key), ()


def _of_body(
    member: Member, aside: Aside, apart: frozenset[tuple[str, int, str]]
) -> tuple[Form, tuple[str, ...]]:
    beside = {member.report: tuple((read_body(a), read_body(b)) for a, b in aside)}
    (node,) = body_nodes([member], beside, apart)
    followed = any(not read_body(name).generic for name in member.names)
    told = [n for name in member.names[:_MOST_FORMS] for n in names_in(name)][1:]
    told += [n for pair in aside for n in pair]
    spelt = tuple(n for n in dict.fromkeys(told) if not read_body(n).generic)
    return Form(space=BODY, key=node.key, country=node.country, followed=followed), spelt


def aside_of(member: Member, beside: Aside) -> Aside:
    """The pairs `name (other name)` of a report of which one is a name of this body."""
    if member.type not in BODIES or not beside:
        return ()
    own = {read_body(n).words for name in member.names[:_MOST_FORMS] for n in names_in(name)}
    return tuple(pair for pair in beside if any(read_body(name).words in own for name in pair))


def person_of(form: Form, together: Iterable[str]) -> PersonNode:
    """A form as people are compared."""
    first, *rest = (read_name(text) for text in form.compared)
    names = (first, *dict.fromkeys(n for n in rest if n.full and n.words != first.words))
    return PersonNode(
        form.key, names, form.gender, form.country, frozenset(form.ties), [], set(together)
    )


def body_of(form: Form, together: Iterable[str]) -> Body:
    """A form as organisations are compared."""
    names = tuple(dict.fromkeys(read_body(text) for text in form.compared))
    return Body(form.key, names, form.country, [], set(together))


def actor_id_of(forms: Sequence[Form]) -> str:
    """The id of the actor that some forms make: that of its least member."""
    report, start, end, kind, _ = min((form.least for form in forms), key=_place)
    return id_of_member(ActorType(kind), report, start, end)
