"""Which names of a report are one actor's: full names first, then surnames and initials alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from khronika.coding.slavic.names import Naming
from khronika.coding.slavic.phrases import Phrases
from khronika.model.acts import ActorType


@dataclass(eq=False, slots=True, kw_only=True)
class Member:
    """One actor of a report: the fullest name, every naming, what it is called."""

    name: str = field(repr=False)
    type: ActorType
    gender: str
    namings: list[Naming]
    roles: list[str]
    given: str = ""
    patronymic: str = ""
    families: frozenset[str] = frozenset()
    noun: str = ""  # of an organisation: 'центр', 'фонд'


def join_people(namings: Sequence[Naming]) -> list[Member]:
    """One member a person, in the order in which they are first fully named."""
    members: list[Member] = []
    for naming in namings:
        if naming.given and naming.family:
            _join(naming, members, new=True)
    for naming in namings:
        if not (naming.given and naming.family):
            _join(naming, members, new=True)
    for member in members:
        member.namings.sort(key=lambda n: (n.unit, n.first))
        member.name = _fullest(member.namings)
        member.gender = _gender(member.namings)
    return members


def _join(naming: Naming, members: list[Member], *, new: bool) -> None:
    fitting = [m for m in members if _same(naming, m)]
    if len(fitting) > 1:
        fitting = [m for m in fitting if m.gender == naming.gender] or fitting
        fitting = [max(fitting, key=lambda m: _nearness(m, naming))]
    if fitting:
        member = fitting[0]
        member.namings.append(naming)
        member.given = max(member.given, naming.given, key=len)
        member.patronymic = max(member.patronymic, naming.patronymic, key=len)
        if naming.family:
            member.families = (member.families & naming.families) or member.families
    elif new:
        members.append(
            Member(
                name=naming.name, type=ActorType.PERSON, gender=naming.gender, namings=[naming],
                roles=[], given=naming.given, patronymic=naming.patronymic,
                families=naming.families if naming.family else frozenset(),
            )
        )  # fmt: skip


def _nearness(member: Member, naming: Naming) -> tuple[int, int]:
    """The last naming before this one; else the first behind it."""
    before = [
        (n.unit, n.first) for n in member.namings if (n.unit, n.first) < (naming.unit, naming.first)
    ]
    return max(before, default=(-1, -min(n.unit for n in member.namings)))


def _same(naming: Naming, member: Member) -> bool:
    if naming.family and member.families and not naming.families & member.families:
        return False
    if not naming.family:
        full = naming.given == member.given and bool(naming.given)
        return full and (not naming.patronymic or _like(naming.patronymic, member.patronymic))
    if not member.families:
        return False
    compatible = _like(naming.given, member.given) and _like(naming.patronymic, member.patronymic)
    genders = {naming.gender, member.gender} - {""}
    certain = not naming.given or len(naming.given) == 1
    return compatible and (len(genders) < 2 or (certain and _ambiguous(naming)))


def _ambiguous(naming: Naming) -> bool:
    """A surname that either gender may bear in some case: 'Иванова', 'Гриб'."""
    return not naming.exact.lower().endswith(CERTAIN)


CERTAIN = (
    "ской", "скую", "ская", "ский", "ского", "скому", "цкой", "цкую", "цкая", "цкий", "цкого",
    "овым", "евым", "иным", "ыным", "овой", "евой", "иной", "ыной", "ська", "ську", "ський",
)  # fmt: skip


def _like(one: str, other: str) -> bool:
    """True if two given names may be one: equal, an initial of it, or one of them missing."""
    if not one or not other or one == other:
        return True
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _fullest(namings: Sequence[Naming]) -> str:
    """The name with most words, in the nominative where it stands so."""
    size = max(_size(n) for n in namings)
    full = [n for n in namings if _size(n) == size]
    sure = [n for n in full if n.nominative] or full
    return Counter(n.name for n in sure).most_common(1)[0][0]


def _size(naming: Naming) -> int:
    return sum(len(word.strip(".")) > 1 for word in naming.name.split()) * 10 + len(
        naming.name.split()
    )


def _gender(namings: Sequence[Naming]) -> str:
    votes = Counter[str]()
    for naming in namings:
        if naming.gender:
            votes[naming.gender] += 3 if naming.given and len(naming.given) > 1 else 1
    return votes.most_common(1)[0][0] if votes else ""


def join_organisations(namings: Sequence[Naming], phrases: Phrases) -> list[Member]:
    """One member a name of an organisation, compared by the lemmas of its words."""
    found: dict[tuple[str, ...], Member] = {}
    for naming in namings:
        member = found.get(naming.key)
        if member is None:
            authority = any(k in phrases.tongue.authority for k in naming.key)
            authority |= phrases.type_of(naming.head) is ActorType.AUTHORITY
            kind = ActorType.AUTHORITY if authority else ActorType.ORGANISATION
            member = Member(name=naming.name, type=kind, gender="", namings=[], roles=[])
            found[naming.key] = member
        member.namings.append(naming)
        if naming.nominative and not any(n.nominative for n in member.namings[:-1]):
            member.name = naming.name
        member.noun = member.noun or naming.family
    return list(found.values())
