"""How far the numbers of a report move, as a table of plain text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from khronika.estimation.report_layout import WIDTH, lines, people, tabled
from khronika.estimation.rules import MOST_LISTS_LEFT_OUT, MOST_LISTS_MERGED
from khronika.estimation.wording import Words

if TYPE_CHECKING:
    from khronika.estimation.report_values import Report, Value, Variant

NAMES_WIDTHS = (20, 12, 0)  # of lists left out or merged, the first that fits; longer: by number
COLUMNS = ("two_list", "loglinear", "dga", "lcmcr")  # of the table


def moves(report: "Report", words: Words) -> Iterator[str]:
    """The numbers after small changes, and how to read them."""
    if not report.variants:
        return
    yield words.say("h.moves")
    used = {value.method for one in report.variants for value in one.values}
    methods = [method for method in COLUMNS if method in used]
    heads = [
        words.say("c.change"),
        words.say("c.documented"),
        *(words.say(f"k.{method}") for method in methods),
    ]
    # What the table itself says stands first, so that the rest can be held against it.
    variants = sorted(report.variants, key=lambda one: one.kind != "same")
    shown: list[str] = []
    for width in NAMES_WIDTHS:
        rows = [_variant(one, report, methods, words, width) for one in variants]
        shown = list(tabled(heads, rows, left=(0,)))
        if max(map(len, shown)) <= WIDTH:
            break
    yield from shown
    yield from _how_to_read(report, words)


def _how_to_read(report: "Report", words: Words) -> Iterator[str]:
    kinds = {one.kind for one in report.variants}
    if kinds != {"theta"}:
        yield from lines(words.say("t.moves"), by=2)
    held = int((report.table.sizes > 0).sum())
    if held > MOST_LISTS_LEFT_OUT:
        yield from lines(words.say("t.unchanged", most=MOST_LISTS_LEFT_OUT), by=2)
    elif held > MOST_LISTS_MERGED:
        yield from lines(words.say("t.unmerged", most=MOST_LISTS_MERGED), by=2)
    if any(
        value.estimate is None and value.interval for one in report.variants for value in one.values
    ):
        yield from lines(words.say("t.bound"), by=2)
    if any(value.rough for one in report.variants for value in one.values):
        yield from lines(words.say("t.rough"), by=2)
    for kind in ("xi", "theta"):
        if kind in kinds:
            yield from lines(words.say(f"t.{kind}"), by=2)


def _variant(
    one: "Variant", report: "Report", methods: Sequence[str], words: Words, width: int
) -> list[str]:
    found = {value.method: value for value in one.values}
    return [
        words.say(f"v.{one.kind}", what=_what(one, report, words, width)),
        words.value(one.documented),
        *(_value(found.get(method), words) for method in methods),
    ]


def _what(one: "Variant", report: "Report", words: Words, width: int) -> str:
    """Lists by their numbers, if their names are wider; settings as the language writes them."""
    if one.kind not in ("without", "merged"):
        said = ", ".join(one.what)
        return said if one.kind == "linkage" else words.numbers(said)
    names = " + ".join(one.what)
    if len(names) <= width:
        return names
    return " + ".join(str(report.table.index(name) + 1) for name in one.what)


def _value(one: "Value | None", words: Words) -> str:
    if one is None:
        return ""
    if one.estimate is None:
        bound = "" if one.interval is None else f"≥ {people(one.interval.lower, words)}"
        return bound or words.say("verdict.refused")
    return f"{'~' if one.rough else ''}{people(one.estimate, words)}"
