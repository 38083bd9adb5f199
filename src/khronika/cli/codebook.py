"""`khronika codebook`: the kinds of act, and their own tests."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from khronika.cli.building import codebook_option
from khronika.cli.columns import Table
from khronika.cli.options import json_option, nearest
from khronika.cli.terminal import note, print_json

if TYPE_CHECKING:
    from khronika.codebook import Kind


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


def _plain(kind: "Kind") -> dict[str, Any]:
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


def _whole(kind: "Kind") -> None:
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
@click.argument("kinds", nargs=-1, metavar="[KIND]...")
@codebook_option
@json_option
def check_kinds(kinds: tuple[str, ...], codebooks: tuple[Path, ...], *, as_json: bool) -> None:
    """Code every example and counter-example, and name those that come out otherwise.

    Each is coded by the coder of its language; a language whose coder is not installed is named.

    Exits 0 if all agree, 3 if any does not.
    """
    from khronika.workflows.codebook import check_codebook, unchecked

    failures = list(check_codebook(codebooks, kinds))
    if as_json:
        print_json(
            {"kind": f.kind, "text": f.text, "expected": f.expected, "found": f.found}
            for f in failures
        )
    else:
        for failure in failures:
            click.echo(f"{failure.kind}: {failure.text}")
            click.echo(f"  expected {failure.expected}; found {failure.found}")
        note("All examples agree." if not failures else f"{len(failures)} do not agree.")
    for language, remedy in unchecked(codebooks):
        note(f"Not checked: examples in {language}; {remedy}.")
    raise SystemExit(3 if failures else 0)
