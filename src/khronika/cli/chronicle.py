"""Tables and chronicles for people: what was done to whom, allegedly by whom, when, where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from khronika.cli.columns import Table
from khronika.cli.terminal import short, width
from khronika.model.acts import Act, ActorType, Involvement, Modality, Role
from khronika.model.edtf import EdtfError, bounds
from khronika.model.links import Incident
from khronika.publish.wording import DOERS, dated, is_alleged, listing, spoken, tabled, told
from khronika.text.amounts import number_of
from khronika.workflows.rows import ActRow, ConflictRow, IncidentRow

ALLEGEDLY = "allegedly "
WIDE = 110  # columns from which ids are printed whole
ATTRIBUTES = {
    "when": "date",
    "where": "place",
    "victim_count": "number of victims",
    "victims": "victims",
    "perpetrator": "who did it",
    "perpetrator_count": "how many did it",
    "penalty": "penalty",
    "kind": "what was done",
    "occurrence": "did it happen",
    "age": "age",
    "what": "what it was done to",
}


def counted(one: Involvement) -> str:
    """A name, with how many where that is not one."""
    count, name = one.count, _inside_a_sentence(one)
    if count is None or (count.least, count.most) == (1, 1) or count.least is None:
        return name
    first = name.casefold().partition(" ")[0]
    if any(letter.isdigit() for letter in name) or number_of(first) is not None:
        return name
    about = "about " if count.approximate else ""
    few = count.least if count.least == count.most else f"{count.least}+"
    return f"{name} ({about}{few})"


def _inside_a_sentence(one: Involvement) -> str:
    """'Four men' as 'four men': groups are described, not named."""
    first, _, rest = one.name.partition(" ")
    described = one.type is ActorType.GROUP and first.istitle() and rest == rest.lower()
    return f"{first.lower()}{one.name[len(first) :]}" if described else one.name


def victims(act: Act) -> str:
    """To whom it is told to have been done; for an appeal, to whom it is addressed."""
    names = act.in_role(Role.VICTIM) or act.in_role(Role.ADDRESSEE)
    return listing(counted(one) for one in names)


def doer(row: ActRow, one: Involvement) -> str:
    """A perpetrator in words: alleged, unless a court or the doer itself tells it."""
    ids = dict(enumerate(row.actors))
    name = counted(one)
    return f"allegedly {name}" if is_alleged(row.act, one, ids) else name


def doers(row: ActRow) -> str:
    """Who is told to have done it, or who intervened."""
    if blamed := row.act.in_role(*DOERS):
        return listing(doer(row, one) for one in blamed)
    return listing(counted(one) for one in row.act.in_role(Role.INTERVENER))


def tellers(row: ActRow) -> str:
    """Who tells it: those quoted, else the publisher, else the file."""
    quoted = listing(one.name for one in row.act.in_role(Role.SOURCE))
    return quoted or row.report.publisher or row.report.name


def shortened(some_id: str) -> str:
    """An id for a narrow screen; the prefix is enough for `show`."""
    return some_id if width() >= WIDE else some_id[:12]


def sources(incident_reports: int, independent: int) -> str:
    """'3 reports, 2 independent'."""
    if incident_reports == 1:
        return "1 report"
    if width() < WIDE:
        return f"{incident_reports} rep., {independent} ind."
    return f"{incident_reports} reports, {independent} independent"


def reports_of(incident: Incident) -> str:
    """'3 (2 ind.)'."""
    many = len(incident.reports)
    return "1" if many == 1 else f"{many} ({incident.independent_sources} ind.)"


def kind_of(kind: str, modality: Modality) -> str:
    """'search DENIED'."""
    return f"{kind} {told(modality)}".rstrip()


def acts(rows: Iterable[ActRow]) -> None:
    """Print acts, one a row."""
    table = Table(
        "when", "act", "to whom", "by whom", "where", "told by", "id",
        flexible=("when", "act", "to whom", "by whom", "where", "told by"), dim=("id",),
    )  # fmt: skip
    for row in rows:
        act = row.act
        table.add(
            tabled(act.when.edtf),
            kind_of(act.kind, act.modality),
            victims(act),
            doers(row),
            listing(place.place or place.name for place in act.where),
            tellers(row),
            shortened(act.id),
        )
    table.show()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chronicle: incidents alike but for their kind are told on one line."""

    when: str
    denied: bool
    kinds: tuple[str, ...]
    what: str
    sources: str
    id: str

    @property
    def alike(self) -> tuple[bool, str, str, str]:
        """What two lines must share to be told as one."""
        return (self.denied, self.what, self.sources, self.when)


def lines(rows: Iterable[IncidentRow]) -> list[Line]:
    """The chronicle's lines, by date; what has no date comes last."""
    made = [line for row in rows for line in _lines_of(row)]
    made.sort(key=lambda line: (*_order(line.when), line.alike))
    joined = []
    for _, group in groupby(made, key=lambda line: line.alike):
        alike = list(group)
        kinds = tuple(dict.fromkeys(kind for line in alike for kind in line.kinds))
        joined.append(replace(alike[0], kinds=kinds))
    return joined


def _order(edtf: str) -> tuple[bool, str, str]:
    try:
        first, last = bounds(edtf)
    except EdtfError:
        first = last = None
    return first is None and last is None, str(first or last), str(last or first)


def _lines_of(row: IncidentRow) -> list[Line]:
    """An incident's line, and one for those who deny it."""
    denying = [t for t in row.tellings if t.act.modality is Modality.DENIED]
    telling = [t for t in row.tellings if t.act.modality is not Modality.DENIED]
    made = []
    if telling:
        what = _what(row, telling)
        made.append(_line(row, telling, row.incident.modality, what))
    if denying:
        by = listing(tellers(t) for t in denying)
        made.append(_line(row, denying, Modality.DENIED, f"by {by}" if by else ""))
    return made


def _line(row: IncidentRow, tellings: Sequence[ActRow], modality: Modality, what: str) -> Line:
    incident = row.incident
    reports = {t.report.id for t in tellings}
    return Line(
        when=incident.when,
        denied=modality is Modality.DENIED,
        kinds=(kind_of(incident.kind, modality),),
        what=what,
        sources=sources(len(reports), min(incident.independent_sources, len(reports))),
        id=incident.id,
    )


def _what(row: IncidentRow, tellings: Sequence[ActRow]) -> str:
    """'a lawyer, allegedly by the security service, Hrodna'."""
    incident = row.incident
    who = _whom(row, tellings)
    if who and not incident.victims and not any(t.act.in_role(Role.VICTIM) for t in tellings):
        who = f"to {who}"
    by = _by(tellings)
    by = f"allegedly by {by.removeprefix('allegedly ')}" if by.startswith("allegedly ") else by
    vague = spoken(incident.when) if dated(incident.when)[1].endswith("?") else ""
    parts = (who, by if "by " in by or not by else f"by {by}", listing(incident.where))
    said = ", ".join(filter(None, parts)) or f"“{short(tellings[0].act.quote.exact, 70)}”"
    return f"{said}, “{vague}”" if vague else said


def _whom(row: IncidentRow, tellings: Sequence[ActRow]) -> str:
    return listing(row.incident.victims) or _first(victims(t.act) for t in tellings)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _by(tellings: Sequence[ActRow]) -> str:
    """Who did it according to the tellings; once not alleged is not alleged."""
    said = dict.fromkeys(doer(t, one) for t in tellings for one in t.act.in_role(*DOERS))
    plain = _fullest(name for name in said if not name.startswith(ALLEGEDLY))
    blamed = _fullest(name.removeprefix(ALLEGEDLY) for name in said if name.startswith(ALLEGEDLY))
    known = {name.casefold() for name in plain}
    blamed = [name for name in blamed if name.casefold() not in known]
    parts = (listing(plain), f"{ALLEGEDLY}{listing(blamed)}" if blamed else "")
    return " and ".join(filter(None, parts)) or _first(doers(t) for t in tellings)


def _fullest(names: Iterable[str]) -> list[str]:
    """Each name once; "officer" says nothing beside "masked officer"."""
    words = {name: set(name.casefold().split()) for name in sorted(dict.fromkeys(names), key=len)}
    kept = dict.fromkeys(words)
    for name, its in words.items():
        rest = [other for other in kept if other != name]
        if any(its < words[other] or its == words[other] for other in rest):
            del kept[name]
    return list(kept)


def timeline(rows: Iterable[IncidentRow]) -> None:
    """Print incidents in the order of time, a line each."""
    table = Table(
        "year", "day", "act", "what", "sources", "id", flexible=("act", "what"), dim=("id",)
    )
    year = "none yet"
    for line in lines(rows):
        this_year, day = dated(line.when)
        shown = "" if this_year == year else this_year or "undated"
        table.add(shown, day, ", ".join(line.kinds), line.what, line.sources, shortened(line.id))
        year = this_year
    table.show(header=False)


def incidents(rows: Iterable[IncidentRow]) -> None:
    """Print incidents, one a row."""
    table = Table(
        "when", "incident", "to whom", "by whom", "where", "reports", "id",
        flexible=("when", "incident", "to whom", "by whom", "where"), dim=("id",),
    )  # fmt: skip
    for row in rows:
        incident = row.incident
        clash = " (!)" if incident.contradictions else ""
        table.add(
            tabled(incident.when),
            kind_of(incident.kind, incident.modality) + clash,
            _whom(row, row.tellings),
            _by([t for t in row.tellings if t.act.modality is not Modality.DENIED]),
            listing(incident.where),
            reports_of(incident),
            shortened(incident.id),
        )
    table.show()


def conflict(row: ConflictRow) -> tuple[str, list[str]]:
    """What cannot both hold in a sentence, and for each side its voices with their words."""
    incident, attribute = row.incident, row.contradiction.attribute
    by_id = {telling.act.id: telling for telling in row.tellings}
    values, sides = [], []
    for side in row.contradiction.values:
        value = _value(side.value, attribute)
        tellings = [by_id[one] for one in side.acts if one in by_id]
        voices = dict.fromkeys(_voice(telling, attribute) for telling in tellings)
        values.append(value)
        sides.append(f"{value}: {'; '.join(voices)}")
    who = f" of {listing(incident.victims)}" if incident.victims else ""
    when = f", {spoken(incident.when)}" if incident.when and attribute != "when" else ""
    label = ATTRIBUTES.get(attribute, attribute)
    return f"{incident.kind}{who}{when} - {label}: {' or '.join(values)}", sides


def _value(value: str, attribute: str) -> str:
    if attribute == "when":
        return spoken(value)
    if attribute == "occurrence":
        return "it is denied" if value == Modality.DENIED else f"it {value}"
    return value or "none"


def _voice(row: ActRow, attribute: str) -> str:
    act = row.act
    match attribute:
        case "when" if act.when.anchor:
            words = act.when.anchor.exact
        case "where" if act.where:
            words = act.where[0].anchor.exact
        case "penalty" if act.penalty:
            words = act.penalty.exact
        case _:
            words = act.quote.exact
    return f"{tellers(row)}, “{short(words, 90)}”"
