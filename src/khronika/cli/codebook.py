"""`khronika codebook`: the kinds of act, and their own tests."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khronika.cli.building import codebook_option
from khronika.cli.columns import Table, paragraph
from khronika.cli.looks import opened, show_rows
from khronika.cli.options import Kind, json_option, limit_option, nearest, record_option
from khronika.cli.terminal import note, print_json, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from khronika.codebook import Kind as KindOfAct
    from khronika.workflows.codebook import Disagreement
    from khronika.workflows.rows import RuleRow

LONGEST_WAY = 60  # letters of a way that are shown


@click.group()
def codebook() -> None:
    """Look at the kinds of act, or test a codebook against its own examples."""


@codebook.command("show")
@click.argument("kinds", nargs=-1, metavar="[KIND]...")
@codebook_option
@json_option
def show_kinds(kinds: tuple[str, ...], codebooks: tuple[Path, ...], *, as_json: bool) -> None:
    """List the kinds of act, or show each KIND whole with its examples."""
    from khronika.codebook import load

    known = load(codebooks).kinds
    for name in kinds:
        if name not in known:
            raise click.UsageError(f"The codebook has no kind {name!r}.{nearest(name, known)}")
    chosen = [known[kind] for kind in kinds or known]
    if as_json:
        print_json(_plain(kind) for kind in chosen)
    elif kinds:
        for kind in chosen:
            _whole(kind)
    else:
        table = Table("group", "kind", "what it is", flexible=("what it is", "group"))
        for kind in sorted(chosen, key=lambda k: (k.group, k.id)):
            table.add(kind.group, kind.id, kind.definition)
        table.show()


def _plain(kind: "KindOfAct") -> dict[str, Any]:
    return {
        "id": kind.id,
        "label": kind.label,
        "group": kind.group,
        "definition": kind.definition,
        "is_not": kind.is_not,
        "esf": kind.esf,
        "plover": kind.plover,
        "rights": list(kind.rights),
        "intervention": kind.intervention,
        "severity": kind.severity,
        "follows": list(kind.follows),
        "examples": [
            {"text": example.text, "language": example.language} for example in kind.examples
        ],
        "counterexamples": [
            {"text": example.text, "because": example.because, "language": example.language}
            for example in kind.counterexamples
        ],
    }


def _whole(kind: "KindOfAct") -> None:
    click.secho(f"{kind.id}  {kind.label}", bold=True)
    click.echo(f"  is:       {kind.definition}")
    click.echo(f"  is not:   {kind.is_not}")
    click.echo(f"  group:    {kind.group}")
    click.echo(f"  rights:   {', '.join(kind.rights) or 'none named'}")
    click.echo(f"  ESF:      {kind.esf or 'none'}")
    click.echo(f"  PLOVER:   {kind.plover or 'none'}")
    first, *others = sorted(kind.languages, key=lambda each: (each != "en", each))
    for example in kind.examples:
        if example.language == first:
            click.echo(f"  yes:      {example.text}")
    for example in kind.counterexamples:
        if example.language == first:
            click.echo(f"  no:       {example.text}  ({example.because})")
    if others:
        click.echo(f"  also in:  {', '.join(others)}  (their examples: --json)")


@codebook.command("check")
@click.argument("asked", nargs=-1, metavar="[FILE.toml | KIND]...")
@codebook_option
@json_option
def check_kinds(asked: tuple[str, ...], codebooks: tuple[Path, ...], *, as_json: bool) -> None:
    """Code every example and counter-example, and say which come out otherwise, and why.

    With a FILE of your own, the kinds that it adds or changes are checked; with a KIND, that one;
    with neither, all of them. What fails is named with the words that decided and what to do.
    Each is coded by the coder of its language; a language whose coder is not installed is named.

    Exits 0 if all agree, 3 if any does not.
    """
    from khronika.workflows.codebook import check_codebook, own_kinds, unchecked

    files = tuple(Path(word) for word in asked if word.endswith(".toml"))
    kinds = tuple(word for word in asked if not word.endswith(".toml"))
    codebooks = (*codebooks, *files)
    _check_names(kinds, codebooks)
    kinds = kinds or (own_kinds(files) if files else ())
    failures = list(check_codebook(codebooks, kinds))
    if as_json:
        print_json(asdict(failure) for failure in failures)
    else:
        for failure in failures:
            _failed(failure)
        if files:
            note(f"Checked: {', '.join(kinds)}.")
        note("All examples agree." if not failures else f"{len(failures)} do not agree.")
    for language, remedy in unchecked(codebooks):
        note(f"Not checked: examples in {language}; {remedy}.")
    raise SystemExit(3 if failures else 0)


@codebook.command("rules")
@click.option("--kind", "kinds", type=Kind(), multiple=True, help="Kind of act (repeatable).")
@limit_option
@json_option
@record_option
def rules(kinds: tuple[str, ...], limit: int | None, record: Path, *, as_json: bool) -> None:
    """List the ways of the codebook that found the record's acts, the most rejected first.

    Each with how many acts it found, how many of them reviewers accepted and rejected, and how
    probable they are on average. A way that is surely rejected often is named below the table,
    with what to do about it.
    """
    with opened(record) as held:
        found = held.rules(kind=kinds)
        show_rows(found, asdict, _rules, as_json=as_json, limit=limit)


def _rules(found: "Iterable[RuleRow]") -> None:
    rows = list(found)
    table = Table(
        "kind", "way", "acts", "reports", "accepted", "rejected", "probability", flexible=("way",)
    )
    for row in rows:
        way = short(row.rule.removeprefix(f"{row.kind}/"), LONGEST_WAY)
        numbers = (row.acts, row.reports, row.accepted, row.rejected)
        table.add(row.kind, way, *map(str, numbers), f"{row.confidence:.2f}")
    table.show()
    for row in rows:
        if row.remedy:
            note(f"{row.rule} ({row.kind}) is often rejected: {row.remedy}.")


def _check_names(kinds: tuple[str, ...], codebooks: tuple[Path, ...]) -> None:
    from khronika.codebook import load

    known = load(codebooks).kinds if kinds else {}
    for name in kinds:
        if name not in known:
            raise click.UsageError(f"The codebook has no kind {name!r}.{nearest(name, known)}")


def _failed(failure: "Disagreement") -> None:
    click.echo(f"{failure.kind}: {failure.text}")
    click.echo(paragraph(f"expected {failure.expected}; found {failure.found}", first="  "))
    for line in failure.decided:
        click.echo(paragraph(line, first="  - ", indent="    "))
    click.echo(paragraph(failure.remedy, first="  what to do: ", indent="    "))
