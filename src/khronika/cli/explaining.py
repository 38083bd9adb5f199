"""Why acts are one incident and names one actor, and what kept near ones apart: in short lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from khronika.cli.chronicle import kind_of, shortened, tellers, victims
from khronika.cli.columns import marked, paragraph
from khronika.cli.terminal import one_line, short, styling
from khronika.publish.wording import listing, spoken

if TYPE_CHECKING:
    from khronika.linking.explained import Link, Near, Weighed
    from khronika.linking.sources import Source
    from khronika.workflows.rows import (
        ActorWhy,
        ActRow,
        Excerpt,
        IncidentWhy,
        NearActor,
        NearIncident,
        ShownActor,
        ShownIncident,
        SpellingRow,
        Unsure,
    )

QUOTE = 160  # letters of a quotation
MOST = 12  # joins, sources and spellings that are told; `--json` tells all
STALE = "what was near is known again once the record is linked anew: khronika rebuild"
WHY = '--why "..."'


def incident_why(thing: "ShownIncident") -> Iterator[str]:
    """Why the acts of an incident are one, which sources tell it, and what was near."""
    found = thing.explained
    if found is None:
        yield from _unexplained(thing.why)
        return
    if found.links:
        yield from _heading("Why these are one")
        yield from _few(_act_link(link, found) for link in found.links)
    if len(thing.incident.reports) > 1:
        yield from _heading(f"Independent sources: {len(found.sources)}")
        told = {row.row.report.id: row.row for row in thing.tellings}
        yield from _few(_source(n, source, told) for n, source in enumerate(found.sources, 1))
    yield from _nearby(
        [(each.near, list(near_incident(thing.incident.id, each, found))) for each in found.near]
    )


def actor_why(thing: "ShownActor") -> Iterator[str]:
    """Every spelling with a quotation, why they are one, and who was near."""
    found = thing.explained
    if found is None:
        yield from _unexplained(thing.why)
        return
    yield from _heading("Written")
    yield from _few(_spelling(row) for row in found.spellings)
    if found.links:
        yield from _heading("Why these are one")
        yield from _few(_name_link(link) for link in found.links)
    yield from _parting(found)
    near = [(each.near, list(near_actor(thing.actor.id, each))) for each in found.near]
    yield from _nearby(near)


def _unexplained(why: "Sequence[str]") -> Iterator[str]:
    """What the links themselves say, where nothing that linking kept says more."""
    yield ""
    for reason in why:
        yield _indented(reason, 2)
    yield f"  {STALE}"


def near_incident(
    incident: str, each: "NearIncident", found: "IncidentWhy | IncidentRows", *, both: bool = False
) -> Iterator[str]:
    """An incident that was near another, as lines: what it is, for, against, what to do."""
    if both and (own := found.acts.get(each.near.one)):
        yield from _act_line(own, incident)
    yield from _act_line(each.row, each.id)
    yield from _line("for", weights([e for e in each.near.evidence if e.weight > 0]))
    rows = [found.acts[one] for one in each.near.pair if one in found.acts]
    values = _values(each.near.part, rows)
    yield from _line("against", _against(each.near, values))
    yield from _commands(each.near, incident, each.id)


def near_actor(actor: str, each: "NearActor", *, both: bool = False) -> Iterator[str]:
    """An actor that was near another, as lines: who it is, for, against, what to do."""
    if both:
        yield _indented(f"{each.near.one}  [{shortened(actor)}]", 2)
        yield from _excerpt(each.one)
    yield _indented(f"{each.near.other}  [{shortened(each.id)}]", 2)
    yield from _excerpt(each.other)
    yield from _line("for", weights([e for e in each.near.evidence if e.weight > 0]))
    names = [name for name in dict.fromkeys(each.near.pair) if name]
    told = " / ".join(names) if set(names) != {each.near.one, each.near.other} else ""
    yield from _line("against", _against(each.near, told))
    yield from _commands(each.near, actor, each.id)


def asked(found: "Unsure") -> Iterator[str]:
    """The queue of what a person should decide, and rulings that wait for what they name."""
    if found.actors:
        yield from _heading("Who may be one")
    for one, each in found.actors:
        yield from near_actor(one, each, both=True)
        yield ""
    why = IncidentRows(found.acts)
    if found.incidents:
        yield from _heading("What may be one incident")
    for one, incident in found.incidents:
        yield from near_incident(one, incident, why, both=True)
        yield ""
    if found.waiting:
        yield from _heading("Rulings that wait for what they name")
    for ruling, gone in found.waiting:
        told = f"{ruling.verb} {' '.join(ruling.ids)}: {', '.join(gone)} is not in the record"
        yield _indented(f"{ruling.id}  {told}", 2)


@dataclass(frozen=True, slots=True)
class IncidentRows:
    """The rows of acts by id."""

    acts: "Mapping[str, ActRow]"


def weights(evidence: "Sequence[Weighed]") -> str:
    """'+4.0 the same people; +2.0 the same day'."""
    return "; ".join(_weight(each) for each in evidence if each.says)


def _against(near: "Near", values: str) -> str:
    """'another time: 3 May 2023 / 9 May 2023; -0.8 told long after'."""
    told = f"{near.against}: {values}" if values else near.against
    return "; ".join(filter(None, (told, weights([e for e in near.evidence if e.weight < 0]))))


def _weight(each: "Weighed") -> str:
    values = [value for value in each.values if value]
    about = f" ({' ~ '.join(dict.fromkeys(values))})" if values else ""
    return f"{each.weight:+.1f} {each.says}{about}" if each.weight else f"{each.says}{about}"


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield click.style(text, bold=True) if styling() else text


def _few(blocks: "Iterable[Iterable[str]]") -> Iterator[str]:
    left = 0
    for number, block in enumerate(blocks):
        if number < MOST:
            yield from block
        else:
            left += 1
    if left:
        yield f"  … and {left} more; --json has all"


def _nearby(blocks: "Sequence[tuple[Near, list[str]]]") -> Iterator[str]:
    for band, title in (("ask", "Undecided: a person may say"), ("leave", "Near, and kept apart")):
        some = [lines for near, lines in blocks if near.band.value == band]
        if some:
            yield from _heading(title)
            yield from _few(some)


def _act_link(link: "Link", found: "IncidentWhy") -> Iterator[str]:
    one, other = found.acts.get(link.one), found.acts.get(link.other)
    for row in (one, other):
        if row is not None:
            yield _indented(_quoted(row), 2)
    yield from _line("", _summed(link))


def _name_link(link: "Link") -> Iterator[str]:
    yield _indented(f"{link.one} = {link.other}", 2)
    yield from _line("", _summed(link))


def _summed(link: "Link") -> str:
    told = weights(link.evidence)
    return f"{told}; in all {link.weight:+.1f}" if len(link.evidence) > 1 else told


def _source(number: int, source: "Source", told: "dict[str, ActRow]") -> Iterator[str]:
    rows = {report: told[report].report for report in source.reports if report in told}
    names = {
        report: f"{row.publisher or 'unknown publisher'}, {row.name}"
        for report, row in rows.items()
    }
    yield _indented(f"{number}. {'; '.join(names.values())}", 2)
    for tie in source.ties:
        if tie.report in names and tie.other in names:
            yield from _line("", f"{names[tie.report]} {tie.why} {names[tie.other]}")


def _spelling(row: "SpellingRow") -> Iterator[str]:
    spelling = row.spelling
    times = "once" if spelling.mentions == 1 else f"{spelling.mentions} times"
    yield _indented(f"{', '.join(spelling.names)}: {times}  [{spelling.alone}]", 2)
    yield from _excerpt(row.excerpt)


def _parting(found: "ActorWhy") -> Iterator[str]:
    """What each part alone would be called, and the command that parts two."""
    alone = [row.spelling.alone for row in found.spellings]
    if len(found.members) > len(alone):
        yield from _heading("In the reports")
        yield from _few(
            [_indented(f"{row.publisher or 'unknown publisher'}, {row.name}  [{part}]", 2)]
            for row, part in found.members
        )
        alone = list(dict.fromkeys((*alone, *(part for _, part in found.members if part))))
    if len(alone) > 1:
        yield ""
        yield f"  to part two of them: khronika different {alone[0]} {alone[1]} {WHY}"


def _act_line(row: "ActRow", incident: str) -> Iterator[str]:
    act = row.act
    what = [kind_of(act.kind, act.modality), victims(act), spoken(act.when.edtf)]
    yield _indented(f"{', '.join(filter(None, what))}  [{shortened(incident)}]", 2)
    yield _indented(_quoted(row), 4)


def _quoted(row: "ActRow") -> str:
    return f"{tellers(row)}: “{short(row.act.quote.exact, QUOTE)}” [{shortened(row.act.id)}]"


def _excerpt(excerpt: "Excerpt | None") -> Iterator[str]:
    if excerpt is None:
        return
    start = len(excerpt.before)
    text = f"{excerpt.before}{excerpt.exact}{excerpt.after}"
    body = marked(text, [(start, start + len(excerpt.exact))])
    told = excerpt.report.publisher or excerpt.report.name
    yield paragraph(f"{told}: … {one_line(body)} …", first="    ", indent="      ")


def _values(part: str, rows: "Sequence[ActRow]") -> str:
    """What the two say of the part that speaks against it: '3 May 2023 / 9 May 2023'."""
    acts = [row.act for row in rows]
    match part:
        case "time":
            said = [spoken(act.when.edtf) for act in acts]
        case "place":
            said = [listing((w.place or w.name for w in act.where), 3) for act in acts]
        case "people" | "sides":
            said = [victims(act) for act in acts]
        case "kind" | "modality":
            said = [kind_of(act.kind, act.modality) for act in acts]
        case "matter":
            said = [act.penalty.exact if act.penalty else "" for act in acts]
        case _:
            said = []
    return " / ".join(filter(None, said)) if len(set(said)) > 1 else ""


def _commands(near: "Near", one: str, other: str) -> Iterator[str]:
    yield f"    khronika same {one} {other} {WHY}"
    if near.band.value == "ask":
        yield f"    khronika different {one} {other} {WHY}"


def _line(label: str, text: str) -> Iterator[str]:
    if text:
        yield paragraph(text, first=f"    {f'{label}: ' if label else ''}", indent="      ")


def _indented(text: str, by: int) -> str:
    return paragraph(text, first=" " * by, indent=" " * (by + 2))
