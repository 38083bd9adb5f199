"""A report as plain text: what a person reads, 80 columns wide, in the languages of the house."""

import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from khronika.estimation.report_layout import (
    capital,
    lines,
    paragraph,
    people,
    short,
    span,
    tabled,
)
from khronika.estimation.report_moves import moves
from khronika.estimation.results import Decision, Estimate, Verdict
from khronika.estimation.rules import (
    FEWEST_EFFECTIVE,
    FEWEST_SHARED,
    MOST_RHAT,
    RULES,
)
from khronika.estimation.told_numbers import outward
from khronika.estimation.verdicts import COMPARED, gives
from khronika.estimation.wording import Words

if TYPE_CHECKING:
    from khronika.estimation.diagnose import Pair
    from khronika.estimation.frequency_report import FrequencyReport
    from khronika.estimation.report_sum import Sum
    from khronika.estimation.report_values import Report

    Anyone: TypeAlias = Report | Sum | FrequencyReport

FEWEST_MODELS = 3  # that are told, if there are so many
LEAST_WEIGHT = 0.005  # of a model that is told beside them
NO_MASS = 1e-9  # of probability: less is not told as a number
USUAL_CAP = 20  # times those documented, in programs for latent classes
TIED_SHOWN = 3  # pairs of lists that share most for their size
MOST_PAIRS = 45  # rows of the table of pairs: those of ten lists


def text_of(report: "Report", language: str = "en") -> str:
    """The report in words and tables, with a newline at the end.

    Args:
        report: what to write.
        language: "en", "ru" or "uk".

    Raises:
        EstimationError: for another language.
    """
    words = Words(language)
    parts = (
        _opening(report, words),
        _lists(report, words),
        _times(report, words),
        _pairs(report, words),
        side(report, words),
        assumed(report, words),
        _models(report, words),
        moves(report, words),
        _agreement(report, words),
        notes(report, words),
        _made(report, words),
    )
    written = ["\n".join(part) for part in map(list, parts) if part]
    return "\n\n".join(written) + "\n"


def opening(report: "Report", language: str = "en") -> str:
    """The first lines alone: what is documented, the range and the verdict."""
    return "\n".join(_opening(report, Words(language)))


def _opening(report: "Report", words: Words) -> Iterator[str]:
    yield words.counted("documented", report.documented)
    if report.table.scope:
        yield paragraph(words.say("scope", scope=words.scope(report.table.scope)))
    yield from headlines(report, words)
    yield from _remedies(report, words)
    yield from caution(report, words)


def headlines(one: "Anyone", words: Words, head: str = "headline") -> Iterator[str]:
    """The range in words, beginning with those of `head`, and the verdict."""
    ends = _ends(one)
    zero = ".zero" if ends.get("low") == one.documented else ""
    yield from lines(words.told(f"{head}.{one.verdict}{zero}", ends))
    told = [each.estimate for each in one.families if each.method in COMPARED and gives(each)]
    numbers = [number for number in told if number is not None]
    if one.verdict is Verdict.OK and len(numbers) > 1:
        low, high = outward(min(numbers), max(numbers), one.documented)
        yield from lines(words.say("middle", low=int(low), high=int(high)))
    verdict = words.say(f"verdict.{one.verdict}")
    yield from lines(words.say("verdict", verdict=verdict, because=because(one.decision, words)))


def caution(one: "Anyone", words: Words) -> Iterator[str]:
    """What the ends of a range are about, and what they are not."""
    if one.range is not None:
        yield from lines(words.say("caution", level=f"{one.families[0].level:.0%}"))


def _remedies(report: "Report", words: Words) -> Iterator[str]:
    """What may help: for this table where it can be said, else in general."""
    said = (
        () if report.decision.rule in ("copied-list", "near-copy") else report.diagnosis.suggestions
    )
    for one in said:
        yield from lines(words.say(f"suggest.{one.action}", lists=", ".join(one.lists)))
    if not said and words.has(f"rr.{report.decision.rule}"):
        remedy = words.say(f"rr.{report.decision.rule}")
        yield from lines(words.say("remedy", remedy=remedy))
    if report.decision.rule == "few-families":
        yield from _fewer(report, words)


def _fewer(report: "Report", words: Words) -> Iterator[str]:
    """Which lists to look at, where there are too many of them for a method."""
    most = [
        one.decision.numbers.get("most")
        for one in report.families
        if one.decision.rule == "too-large"
    ]
    if not most or most[0] is None:
        return
    yield from lines(words.say("suggest.fewer", most=most[0]))
    table = report.table
    tied = {
        " + ".join(one.lists): one.shared / math.prod(int(table.sizes[table.index(name)])
                                                      for name in one.lists)
        for one in report.diagnosis.pairs
        if one.shared >= FEWEST_SHARED
    }  # fmt: skip
    first = sorted(tied, key=lambda pair: -tied[pair])[:TIED_SHOWN]
    if first:
        yield from lines(words.say("suggest.pairs", pairs="; ".join(first)))


def _ends(report: "Anyone") -> dict[str, object]:
    """The range in two digits, rounded outward, never under what is documented."""
    if report.range is None:
        return {}
    n = report.documented
    low, high = outward(report.range.lower, report.range.upper, n)
    few, many = outward(report.range.lower - n, report.range.upper - n, 0)
    said = {"low": low, "high": high, "few": few, "many": many}
    return {name: int(one) if math.isfinite(one) else "" for name, one in said.items()}


def because(decision: Decision, words: Words) -> str:
    """Why, in the language: with the numbers of the table where the rule has them."""
    told = f"rt.{decision.rule}"
    rule = RULES.get(decision.rule)
    if decision.rule == "failed" and words.language != "en":  # what stopped it is told in English
        return words.say("r.failed")
    if rule is None or not rule.told or not set(rule.numbers) <= set(decision.numbers):
        general = f"r.{decision.rule}"
        return words.say(general) if words.has(general) else decision.because
    return words.told(told, {n: words.figures(v) for n, v in decision.numbers.items()})


def _lists(report: "Report", words: Words) -> Iterator[str]:
    table = report.table
    times = table.histories.sum(axis=1)
    yield words.say("h.lists")
    rows = []
    for j, name in enumerate(table.lists):
        on = table.histories[:, j]
        alone = int(table.counts[on & (times == 1)].sum())
        empty = [str(k + 1) for k in range(len(table.lists)) if k != j and not table.overlap[j, k]]
        rows.append(
            [str(j + 1), short(name), words.value(int(table.sizes[j])), words.value(alone),
             short(", ".join(empty), 20)]
        )  # fmt: skip
    heads = ["", *(words.say(f"c.{one}") for one in ("list", "people", "alone", "empty"))]
    shares = any(row[-1] for row in rows)
    yield from tabled(heads, rows, left=(1, 4), columns=5 if shares else 4)
    none, pairs = len(report.diagnosis.empty_pairs), len(report.diagnosis.pairs)
    if none:
        yield from lines(words.counted("t.empty", none, pairs=pairs), by=2)


def _times(report: "Report", words: Words) -> Iterator[str]:
    yield words.say("h.times")
    seen = [(k + 1, int(people)) for k, people in enumerate(report.table.frequencies)]
    most = max((k for k, people in seen if people), default=0)
    rows = [[str(k), words.value(people)] for k, people in seen if k <= most]
    yield from tabled([words.say("c.seen"), words.say("c.people")], rows)


def _pairs(report: "Report", words: Words) -> Iterator[str]:
    pairs = [one for one in report.diagnosis.pairs if one.shared]  # the others are counted above
    if not pairs:
        return
    told = any(one.estimate is not None for one in pairs)
    yield words.say("h.pairs" if told else "h.shared")
    most = sorted(pairs, key=lambda one: (-one.shared, one.lists))[:MOST_PAIRS]
    shown = [one for one in pairs if one in most]
    heads = [words.say(f"c.{one}") for one in ("pair", "shared", "estimate", "low", "high")]
    rows = [_pair(one, report, words) for one in shown]
    yield from tabled(heads, rows, left=(0,), columns=5 if told else 2)
    left = len(pairs) - len(shown)
    if left:
        yield from lines(words.say("t.many_pairs", n=left), by=2)
    if told:
        yield from lines(words.say("t.pairs", needed=FEWEST_SHARED), by=2)


def _pair(one: "Pair", report: "Report", words: Words) -> list[str]:
    a, b = (report.table.index(name) for name in one.lists)
    return [
        f"{a + 1}, {b + 1}",
        words.value(one.shared),
        people(one.estimate, words),
        *span(one.interval, words),
    ]


def side(report: "Anyone", words: Words) -> Iterator[str]:
    """The methods side by side, with what speaks against each."""
    yield words.say("h.side")
    if all(one.interval is None and one.decision == report.decision for one in report.families):
        yield from lines(words.say("t.none"), by=2)
        return
    columns = ("method", "estimate", "low", "high", "alone_verdict")
    heads = [words.say(f"c.{one}") for one in columns]
    yield from tabled(heads, [_family(one, words) for one in report.families], left=(0, 4))
    if report.verdict is Verdict.REFUSED and any(gives(one) for one in report.families):
        yield from lines(words.say("t.no_quote"), by=2)
    whys: dict[str, list[str]] = {}
    for one in report.families:
        if one.decision.rule not in ("none", "lower-bound-method", "range-method"):
            why = because(one.decision, words)
            whys.setdefault(why, []).append(words.say(f"m.{one.method}"))
    top = because(report.decision, words)
    for why, methods in whys.items():
        if why == top and len(methods) == len(report.families):
            continue  # told once, in the verdict
        said = words.say("t.refused", method=", ".join(methods), because=why)
        yield from lines(capital(said), by=2)


def _family(one: Estimate, words: Words) -> list[str]:
    """A row; where a number has only a lower end, no more than that is shown."""
    bound = one.verdict is Verdict.LOWER_BOUND_ONLY and one.decision.rule != "lower-bound-method"
    lower, upper = span(one.interval, words)
    none = words.say("unknown")
    return [
        words.say(f"m.{one.method}"),
        none if bound else people(one.estimate, words),
        lower,
        none if bound else upper,
        words.say(f"verdict.{one.verdict}"),
    ]


def assumed(report: "Report | FrequencyReport", words: Words, head: str = "a") -> Iterator[str]:
    """What each method that gave a number takes for granted; in English as the method says it."""
    said = [one for one in report.families if one.interval is not None]
    if not said:
        return
    yield words.say("h.assumes")
    for one in said:
        own = one.assumption if words.language == "en" else ""
        name = capital(words.say(f"m.{one.method}"))
        yield from lines(f"{name}: {own or words.say(f'{head}.{one.method}')}", by=2)


def _models(report: "Report", words: Words) -> Iterator[str]:
    without = [one for one in report.diagnosis.models if one.standing != "fits"]
    if not report.models and not without:
        return
    yield words.say("h.models" if report.models else "h.simple")
    if without:
        tried = len(report.diagnosis.models)
        yield from lines(words.say("t.without", n=len(without), tried=tried), by=2)
    if not report.models:
        return
    heads = [words.say(f"c.{one}") for one in ("model", "weight", "estimate")]
    rows = [
        [short(one.name, 50), words.figures(f"{one.weight:.2f}"), people(one.estimate, words)]
        for place, one in enumerate(report.models)
        if place < FEWEST_MODELS or one.weight >= LEAST_WEIGHT
    ]
    yield from tabled(heads, rows, left=(0,))
    yield from lines(f"{words.say('t.models')} {words.say('t.numbering')}", by=2)


def _agreement(report: "Report", words: Words) -> Iterator[str]:
    if report.chains is None and report.grid_mass is None:
        return
    yield words.say("h.chains")
    yield from _chains(report, words)
    if report.grid_mass is not None:
        least = report.grid_mass < NO_MASS
        share = words.figures(f"< {NO_MASS:.0e}" if least else f"{report.grid_mass:.1e}")
        yield from lines(words.say("grid", share=share), by=2)


def _chains(report: "Report", words: Words) -> Iterator[str]:
    one = report.chains
    if one is None:
        return
    if one.rhat is not None and one.ess is not None:
        yield from lines(
            words.say(
                "chains.agree",
                rhat=words.figures(f"{one.rhat:.3f}"),
                ess=people(one.ess, words),
                most=words.figures(f"{MOST_RHAT:g}"),
                fewest=FEWEST_EFFECTIVE,
            ),
            by=2,
        )
    if one.medians:
        medians = "; ".join(people(median, words) for median in one.medians)
        yield from lines(words.say("chains.medians", medians=medians), by=2)
    if one.occupied and one.most_classes is not None:
        often = 1 + one.occupied.index(max(one.occupied))
        said = words.say("chains.classes", classes=often, most=one.most_classes)
        yield from lines(said, by=2)
    share = words.figures(f"{one.above_cap or 0:.2%}")
    if one.cap is None and not one.above_cap:
        said = words.say("chains.uncapped")
    elif one.cap is None:
        said = words.say("chains.no_cap", share=share, usual=USUAL_CAP)
    else:
        said = words.say("chains.cap", cap=words.figures(f"{one.cap:g}"), share=share)
    yield from lines(said, by=2)


def notes(report: "Report | FrequencyReport", words: Words) -> Iterator[str]:
    """What else a reader must know; a note that several methods have is told once."""
    said: dict[str, list[str]] = {}
    for one in report.families:
        for note in one.notes:
            said.setdefault(words.note(note), []).append(words.say(f"m.{one.method}"))
    if not said:
        return
    yield words.say("h.notes")
    for methods, each in groupby(said, key=lambda text: said[text]):
        yield from lines(capital(f"{', '.join(methods)}: {' '.join(each)}"), by=2)


def _made(report: "Report", words: Words) -> Iterator[str]:
    made = report.provenance
    yield words.say("h.made")
    excluded = [
        words.counted("excluded", one.people, reason=words.known(one.reason))
        for one in report.table.excluded
    ]
    rows = (
        ("table", made.table),
        ("seed", str(made.seed)),
        ("settings", named(made.settings)),
        ("versions", named(made.versions)),
        ("linkage", words.linkage(report.table.linkage) or words.say("made.unsaid")),
        ("excluded", "; ".join(excluded) or words.say("made.nobody")),
    )
    for key, value in rows:
        yield from lines(f"{words.say(f'made.{key}')}: {value}", by=2)
    yield from lines(words.say("calibration"), by=2)


def named(values: Mapping[str, str]) -> str:
    """Settings or versions on one line, in order of their names."""
    return "; ".join(f"{name} {value}" for name, value in sorted(values.items()))
