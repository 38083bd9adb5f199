"""The cast of every report as linking needs it: small, with what speaks for and against each."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from khronika.linking.facts import ReportFacts
from khronika.linking.pool import Pool
from khronika.model.acts import ActorType, CastMember, Coding, MentionForm
from khronika.model.ids import short_id
from khronika.text.bodies import BodyName, country_of, read_body

_PREFIXES = {
    ActorType.PERSON: "per_",
    ActorType.ORGANISATION: "org_",
    ActorType.AUTHORITY: "org_",
    ActorType.GROUP: "grp_",
    ActorType.COUNTRY: "cty_",
}
_BODIES = (ActorType.ORGANISATION, ActorType.AUTHORITY)
_SURE = 0.6  # share of a report's countries that makes one of them its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One cast member of one report.

    Attributes:
        report: the report's id.
        index: its place in the report's cast.
        type: what it is.
        names: the fullest form first, then the others as written.
        named: True if it is told by a name, not only described.
        gender: "f", "m" or "".
        country: what the report says of it, ISO 3166.
        context: the country that its acts, or else its report, are about.
        ties: organisations and roles that the report gives it, folded.
        roles: its roles in acts.
        mentions: how often it is mentioned.
        start: where it is first mentioned, or its index if it is nowhere.
        end: where that mention ends, or 0.
    """

    report: str
    index: int
    type: ActorType
    names: tuple[str, ...] = field(repr=False)
    named: bool
    gender: str = ""
    country: str = ""
    context: str = ""
    ties: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    mentions: int = 0
    start: int = 0
    end: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is sorted by: independent of the order of input and of the coder's numbering."""
        return self.report, self.start, self.names[0]


def member_id(member: Member) -> str:
    """The id of the actor of which this is the least member.

    It holds where the name first stands, not the name: ids outlive a withdrawal in the journal, and
    a digest of a name would let anyone check a guess.
    """
    return id_of_member(member.type, member.report, member.start, member.end)


def id_of_member(kind: ActorType, report: str, start: int, end: int) -> str:
    """The id of an actor from the type and place of its least member."""
    return short_id(_PREFIXES[kind], {"end": end, "report": report, "start": start})


def members_of(coding: Coding, facts: ReportFacts | None, pool: Pool) -> tuple[Member, ...]:
    """The cast of one coding, by index."""
    homes, roles = _homes(coding), _roles(coding)
    ties = _ties(coding)
    context = _context(coding, facts)
    return tuple(
        _member(coding.report_id, each, homes.get(each.index) or context, roles, ties, pool)
        for each in coding.cast
    )


def _member(
    report: str,
    cast: CastMember,
    context: str,
    roles: Mapping[int, set[str]],
    ties: Mapping[str, set[str]],
    pool: Pool,
) -> Member:
    names = tuple(dict.fromkeys((cast.name, *cast.forms)))
    tied = set().union(*(ties.get(name, set()) for name in names)) if ties else set()
    if cast.description:
        tied.add(cast.description.casefold())
    first = min((m.anchor.span for m in cast.mentions), default=None)
    return Member(
        report=report,
        index=cast.index,
        type=cast.type,
        names=pool.same(names),
        named=_is_named(cast),
        gender=cast.gender,
        country=cast.country,
        context=context,
        ties=pool.same(frozenset(tied)),
        roles=pool.same(tuple(sorted(roles.get(cast.index, ())))),
        mentions=len(cast.mentions),
        start=first.start if first else cast.index,
        end=first.end if first else 0,
    )


def _is_named(cast: CastMember) -> bool:
    if any(m.form is MentionForm.NAME for m in cast.mentions):
        return True
    return not cast.mentions and any(word[:1].isupper() for word in cast.name.split())


def _homes(coding: Coding) -> dict[int, str]:
    """The one country of the acts that a cast member takes part in, where there is one."""
    found: dict[int, set[str]] = {}
    for act in coding.acts:
        countries = {w.country for w in act.where if w.country}
        for involved in act.involvements:
            if involved.cast is not None:
                found.setdefault(involved.cast, set()).update(countries)
    return {index: next(iter(homes)) for index, homes in found.items() if len(homes) == 1}


def _roles(coding: Coding) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for act in coding.acts:
        for involved in act.involvements:
            if involved.cast is not None:
                found.setdefault(involved.cast, set()).add(involved.role.value)
    return found


def _ties(coding: Coding) -> dict[str, set[str]]:
    """By person as written: the proper words of their organisations, and their roles."""
    found: dict[str, set[str]] = {}
    for each in coding.affiliations:
        ties = found.setdefault(each.person, set())
        if each.role:
            ties.add(each.role.casefold())
        if each.organisation:
            ties.update(f"@{word}" for word in read_body(each.organisation).own)
            ties.add(f"@{read_body(each.organisation).public}")
    return {person: ties - {"@"} for person, ties in found.items()}


def named_twice(facts: ReportFacts, members: Sequence[Member]) -> tuple[tuple[str, str], ...]:
    """What names a report gives one body: in brackets, or as letters elsewhere in it.

    `Marfa Orlova (Lantern)` says whose she is, and `Lantern (Lipsk)` where it is.
    """
    others = {n.casefold() for m in members if m.type not in _BODIES for n in m.names}
    pairs = (*facts.beside, *_abbreviated(members))
    return tuple(dict.fromkeys(pair for pair in pairs if _are_names(pair, others)))


def _are_names(pair: tuple[str, str], others: Collection[str]) -> bool:
    if any(name.casefold() in others or country_of(name) for name in pair):
        return False
    one, other = (read_body(name) for name in pair)
    return bool(one.words and other.words) and not (_is_place(one) or _is_place(other))


def _is_place(name: BodyName) -> bool:
    return name.words <= name.places


def _abbreviated(members: Iterable[Member]) -> tuple[tuple[str, str], ...]:
    """Names of a report's bodies and the acronyms that stand for them elsewhere in it.

    An acronym that fits several of them stands for none.
    """
    bodies = [m for m in members if m.type in _BODIES and m.named]
    read = {name: read_body(name) for m in bodies for name in m.names}
    found: dict[str, set[str]] = {}
    for name, body in sorted(read.items()):
        if not body.long or body.public:
            continue
        for short, other in sorted(read.items()):
            letters = other.acronyms if not other.long and not other.public else frozenset()
            if not body.initials.isdisjoint(letters):
                found.setdefault(short, set()).add(name)
    return tuple((names.pop(), short) for short, names in found.items() if len(names) == 1)


def _context(coding: Coding, facts: ReportFacts | None) -> str:
    """The country that a report is about: what its text names and where its acts are."""
    counted = Counter(dict(facts.countries) if facts else {})
    counted.update(w.country for act in coding.acts for w in act.where if w.country)
    return _chief(counted)


def _chief(counted: Counter[str]) -> str:
    """What most are, if it is so much more than all else that it may stand for them."""
    if not counted:
        return ""
    first, most = min(counted.items(), key=lambda each: (-each[1], each[0]))
    return first if most >= _SURE * counted.total() else ""


def context_of(facts: ReportFacts | None) -> str:
    """The country that a report is about, if it is about one."""
    return _chief(Counter(dict(facts.countries))) if facts else ""


def by_report(facts: Iterable[ReportFacts]) -> dict[str, ReportFacts]:
    """Facts by report id."""
    return {each.id: each for each in facts}
