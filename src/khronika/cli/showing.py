"""`khronika show`: one thing, whole, with its quotations in their context."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from khronika.cli import plain
from khronika.cli.chronicle import (
    conflict,
    counted,
    doer,
    doers,
    kind_of,
    sources,
    tellers,
    victims,
)
from khronika.cli.columns import marked, paragraph
from khronika.cli.explaining import actor_why, incident_why
from khronika.cli.looks import opened
from khronika.cli.options import json_option, record_option
from khronika.cli.reviewed import reviewed
from khronika.cli.terminal import one_line, print_json, safe, styling
from khronika.model.links import Ruling
from khronika.publish.wording import DOERS, chance, listing, spoken
from khronika.workflows.rows import (
    ActRow,
    ConflictRow,
    CopyRow,
    Quote,
    Shown,
    ShownAct,
    ShownActor,
    ShownIncident,
    ShownReport,
)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--why", is_flag=True, help="Say why it was coded or joined so.")
@click.option("--text", "whole_text", is_flag=True, help="Print a report's text whole.")
@json_option
@record_option
def show(ids: tuple[str, ...], record: Path, *, why: bool, whole_text: bool, as_json: bool) -> None:
    """Show one report, act, incident or actor whole, with its quotations.

    The first digits of an ID are enough where no other begins with them.
    """
    with opened(record) as held:
        for one in ids:
            thing = held.show(one, why=why)
            if as_json:
                print_json([plain.shown(thing, why=why)])
                continue
            for line in _whole(thing, why=why, whole_text=whole_text):
                click.echo(line)


def _whole(thing: "Shown", *, why: bool, whole_text: bool) -> Iterator[str]:
    match thing:
        case ShownIncident():
            yield from _incident(thing, why=why)
            return
        case ShownActor():
            yield from _actor(thing, why=why)
            return
        case ShownAct():
            yield from _act(thing)
        case _:
            yield from _report(thing, whole_text=whole_text)
    if why:
        yield from _reasons(thing.why)
        yield from _left(thing)


def _left(thing: "Shown") -> Iterator[str]:
    """'not:  assault ("beaten"): 'custody' forbids it in the clause'."""
    for one in thing.left if isinstance(thing, ShownAct) else ():
        rule = f" [{one.rule}]" if one.rule else ""
        yield from _field("not", f"{one.kind} (“{one.word}”): {one.because}{rule}")


def _bold(text: str) -> str:
    line = one_line(text)
    return click.style(line, bold=True) if styling() else line


def _field(label: str, value: str, indent: str = "  ") -> Iterator[str]:
    if value:
        first = f"{indent}{label + ':':<14}"
        yield paragraph(value, first=first, indent=" " * len(first))


def _reasons(why: tuple[str, ...], indent: str = "  ") -> Iterator[str]:
    for reason in why:
        yield from _field("why", reason, indent)


def _incident(thing: "ShownIncident", *, why: bool) -> Iterator[str]:
    incident = thing.incident
    yield _bold(f"{kind_of(incident.kind, incident.modality)}  [{incident.id}]")
    yield from _field("when", spoken(incident.when) or "unknown")
    yield from _field("where", listing(incident.where, 9))
    yield from _field("to whom", listing(incident.victims, 9))
    yield from _field("told by", sources(len(incident.reports), incident.independent_sources))
    rows = tuple(telling.row for telling in thing.tellings)
    for one in incident.contradictions:
        row = ConflictRow(incident=incident, contradiction=one, tellings=rows)
        said, sides = conflict(row)
        yield from _field("unclear", f"{said} ({'; '.join(sides)})")
    for related in incident.related:
        yield from _field(related.relation.replace("_", " "), related.incident)
    for label, said in reviewed(_naming(thing.rulings, "inc_")):
        yield from _field(label, said)
    if why:
        yield from incident_why(thing)
    if why and thing.explained is not None:
        return
    for telling in thing.tellings:
        yield ""
        yield from _act(telling)


def _act(thing: "ShownAct") -> Iterator[str]:
    row, act = thing.row, thing.row.act
    yield _bold(f"{kind_of(act.kind, act.modality)}  [{act.id}]")
    told = row.report.publisher or "unknown publisher"
    date = spoken(row.report.published) or "undated"
    yield from _field("report", f"{told}, {date}, {row.report.name} [{row.report.id}]")
    yield from _field("when", _date(row))
    for place in act.where:
        known = ", ".join(filter(None, (place.place, place.country)))
        yield from _field("where", f"{place.name} ({known})" if known else place.name)
    yield from _involved(row)
    if act.listed:
        yield from _field("listed", f"{act.listed.stated} stated, {act.listed.named} named")
    for quote in thing.quotes:
        yield _quotation(quote)
    yield from _field("incident", row.incident or "")
    ruling = f", {row.ruling.verb}ed by a reviewer" if row.ruling else ""
    yield from _field("coded by", f"{row.coder}, {chance(act.confidence)}{ruling}")
    for label, said in reviewed(thing.rulings, thing.coded):
        yield from _field(label, said)


def _naming(rulings: "Sequence[Ruling]", prefix: str) -> "list[Ruling]":
    """Those that name a thing of this sort itself, not only acts of it."""
    return [each for each in rulings if any(one.startswith(prefix) for one in each.ids)]


def _date(row: "ActRow") -> str:
    when = row.act.when
    said = spoken(when.edtf) or "unknown"
    basis = f" ({when.basis})" if when.basis else ""
    flags = f" — {', '.join(when.flags)}" if when.flags else ""
    return f"{said}{basis}{flags}"


def _involved(row: "ActRow") -> Iterator[str]:
    for one, actor in zip(row.act.involvements, row.actors, strict=True):
        name = doer(row, one) if one.role in DOERS else counted(one)
        printed = one.anchor.exact if one.anchor else one.basis
        words = f" — “{one_line(printed)}”" if printed and printed != one.name else ""
        known = f" [{actor}]" if actor else ""
        label = "suspected" if one.role.value == "alleged-perpetrator" else one.role.value
        yield from _field(label, f"{name}{words}{known}")


def _quotation(quote: Quote) -> str:
    """'quote:        … before «the words» after …'."""
    text = f"{quote.before}{quote.anchor.exact}{quote.after}"
    start = len(quote.before)
    body = marked(text, [(start, start + len(quote.anchor.exact))])
    return paragraph(body, first=f"  {quote.label + ':':<14}", indent=" " * 16)


def _actor(thing: "ShownActor", *, why: bool) -> Iterator[str]:
    actor = thing.actor
    yield _bold(f"{actor.caption}  [{actor.id}]")
    yield from _field("type", actor.type.value)
    yield from _field("written", ", ".join(actor.names))
    yield from _field("countries", ", ".join(actor.countries))
    yield from _field("mentioned", f"{actor.mentions} times in {len(actor.reports)} reports")
    for said in thing.listed:
        yield from _field("listed in", said)
    for label, said in reviewed(thing.rulings):
        yield from _field(label, said)
    if why:
        yield from actor_why(thing)
        return
    for row in thing.acts:
        act = row.act
        part = ", ".join(
            one.role.value
            for one, who in zip(act.involvements, row.actors, strict=True)
            if who == actor.id
        )
        by = f", by {doers(row)}" if doers(row) else ""
        said = f"{kind_of(act.kind, act.modality)} of {victims(act) or 'someone unnamed'}{by}"
        told = f"told by {tellers(row)} [{act.id}]"
        yield from _field(spoken(act.when.edtf) or "no date", f"{said} (as {part}); {told}")


_REPEATS = {  # by relation: of the one that this report follows, and of one that follows it
    "copy": ("copy of", "copied by"),
    "translation": ("translates", "translated by"),
    "quotation": ("quotes", "quoted by"),
    "template": ("same form as", "same form as"),
}


def _copied(copy: "CopyRow") -> Iterator[str]:
    """'quotes: Harbour Watch, 3 March 2024, a.txt [rpt_…]: 12 % of it, from “Nine officers …”'."""
    other = copy.report
    told = f"{other.publisher or 'unknown publisher'}, {spoken(other.published) or 'undated'}"
    of = "of this" if copy.from_it else "of it"
    said = f"{told}, {other.name} [{other.id}]: {copy.share:.0%} {of}"
    if copy.begins:
        said += f", from “{one_line(copy.begins)}”"
    yield from _field(_REPEATS[copy.relation][not copy.from_it], said)


def _report(thing: "ShownReport", *, whole_text: bool) -> Iterator[str]:
    report, row = thing.report, thing.row
    yield _bold(f"{report.title.value or report.name}  [{report.id}]")
    yield from _field("name", report.name)
    yield from _field("sha256", report.sha256)
    for label in ("publisher", "published", "place", "language", "url"):
        known = getattr(report, label)
        basis = f"“{known.anchor.exact}”" if known.anchor else known.basis
        yield from _field(label, f"{known.value or 'unknown'}{f' ({basis})' if basis else ''}")
    for origin in thing.origins:
        yield from _field("received as", origin)
    for copy in thing.copies:
        yield from _copied(copy)
    yield from _field("notes", ", ".join(report.flags))
    if report.contacts:
        many = len(report.contacts)
        yield from _field("contacts", f"{many} marked; only `export --contacts` writes them")
    for label, said in reviewed(_naming(thing.rulings, "rpt_")):
        yield from _field(label, said)
    from khronika.workflows.parts import remedy

    uncoded = f"not yet: {remedy(report.language.value)}"
    yield from _field("coded", f"{row.acts} acts" if row.coded else uncoded)
    for one in thing.acts:
        act = one.act
        who = ", ".join(filter(None, (victims(act), doers(one))))
        yield from _field(kind_of(act.kind, act.modality), f"{who} [{act.id}]", "    ")
    if whole_text:
        yield ""
        yield "\n".join(safe(line) for line in report.text.split("\n"))
