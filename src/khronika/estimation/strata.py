"""Estimates for each part of the people, and for all parts together.

Parts are estimated on their own because chances of being on a list differ between them. The number
of all is the sum of draws of the parts; a part is never what is left of a whole.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from khronika.estimation.bca import check_seed
from khronika.estimation.drawing import Floats, draw, generator
from khronika.estimation.errors import EstimationError, TableError
from khronika.estimation.method_names import Method, attempt, method_of, name_of
from khronika.estimation.reading_strata import MOST_STRATA, strata_from_counts
from khronika.estimation.results import Decision, Estimate, Interval, Provenance, Verdict
from khronika.estimation.rules import decide, gravest
from khronika.estimation.table import CaptureTable, as_table

DRAWS = 20_000
SEED = 1  # of draws for which none was given
MOST_DRAWS = 1_000_000
MOST_TOLD = 10  # parts that an error names

Stratum = tuple[str, ...]
Source = Mapping[Any, CaptureTable] | Iterable[Mapping[str, object]] | str | Path | CaptureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """An estimate for each part.

    Attributes:
        by: what divides the people, names of columns; empty where the parts were given.
        estimates: of the parts, each with its own verdict, in order of their names.
    """

    by: tuple[str, ...] = ()
    estimates: Mapping[Stratum, Estimate]

    def __iter__(self) -> Iterator[Stratum]:
        """The parts in order."""
        return iter(self.estimates)

    def __len__(self) -> int:
        """How many parts."""
        return len(self.estimates)

    def __getitem__(self, stratum: Stratum | str) -> Estimate:
        """The estimate of a part.

        Raises:
            EstimationError: if there is no such part.
        """
        key = stratum if isinstance(stratum, tuple) else (stratum,)
        if key not in self.estimates:
            parts = "; ".join(", ".join(one) for one in list(self.estimates)[:MOST_TOLD])
            more = "; …" if len(self.estimates) > MOST_TOLD else ""
            raise EstimationError(
                f"There is no part '{', '.join(map(str, key)):.40}'",
                remedy=f"The parts are: {parts}{more}.",
            )
        return self.estimates[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part gives to a sum.

    Attributes:
        stratum: its name.
        documented: people on its lists.
        estimate: people in all; None where refused.
        interval: of it; None where refused.
        decision: the verdict on this part.
        counted: "in full", "lower end" or "documented only": how it counts in the sum.
    """

    stratum: Stratum
    documented: int
    estimate: float | None
    interval: Interval | None
    decision: Decision
    counted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined(Estimate):
    """The sum of parts; the estimate is the median of the sums of draws.

    Attributes:
        parts: what went into it.
    """

    parts: tuple[Part, ...] = field(default=())


def estimate_by(
    strata: Source,
    by: str | Sequence[str] = (),
    *,
    method: str | Method = "dga",
    lists: Sequence[str] | None = None,
    **settings: object,
) -> Strata:
    """Estimate every part of the people on its own.

    Args:
        strata: a table for each part, by its name; or, with `by`, rows of people (mappings with a
            0 or 1 for each list) or the path or text of a CSV table of counts.
        by: columns that divide the people; a name alone is one of them.
        method: its name, such as "dga" or "loglinear", or a function from a table to an estimate.
        lists: names of the lists in rows of people; None takes all columns but `by` and "id".
        settings: handed to the method.

    Returns:
        An estimate for each part; those refused stand beside the others.

    Raises:
        TableError: for rows that are none, and if a person belongs to two parts.
        EstimationError: if there is no part, no such method, or the method stops on all parts.
    """
    chosen = method_of(method, **settings)
    columns = (by,) if isinstance(by, str) else tuple(by)
    tables = _tables(strata, columns, lists)
    if not tables:
        raise EstimationError("There are no parts to estimate", remedy="Give one table or more.")
    _check_people(tables.values())
    name = name_of(method)
    found = {stratum: attempt(chosen, name, table) for stratum, table in tables.items()}
    if all(one.decision.rule == "failed" for one in found.values()):
        return Strata(by=columns, estimates={key: chosen(one) for key, one in tables.items()})
    return Strata(by=columns, estimates=found)


def combine(
    strata: Strata | Mapping[Any, Estimate] | Iterable[Estimate],
    *,
    size: int = DRAWS,
    seed: int | None = None,
) -> Combined:
    """Add up the estimates of parts by adding up draws of each.

    A part that was refused counts with the people documented in it, and one without an upper end
    with its lower end; the sum is then a lower bound.

    Args:
        strata: estimates of parts that nobody belongs to two of.
        size: how many sums of draws are made.
        seed: of the draws; 1 if not given.

    Raises:
        EstimationError: if there is no part.
    """
    named = _named(strata)
    _check_sum(named, size)
    check_seed(seed)
    chosen = SEED if seed is None else seed
    parts, sums = _added(named, size, chosen)
    documented = sum(part.documented for part in parts)
    blank = Combined(
        method="combined",
        label=f"sum of {len(parts)} parts",
        documented=documented,
        estimate=None,
        interval=None,
        assumption=_assumption(named.values()),
        provenance=_provenance(named, size, chosen),
        decision=(decision := _decision(parts)),
        parts=parts,
    )
    if decision.verdict is Verdict.REFUSED:
        return blank
    low, middle, high = np.quantile(sums, [(1 - blank.level) / 2, 0.5, (1 + blank.level) / 2])
    bounded = decision.verdict is not Verdict.LOWER_BOUND_ONLY
    return replace(
        blank,
        estimate=float(middle),
        median=float(middle),
        mean=float(sums.mean()) if bounded else None,
        interval=Interval(float(low), float(high) if bounded else math.inf),
        draws=sums,
    )


def _check_sum(named: Mapping[Stratum, object], size: object) -> None:
    if not named:
        raise EstimationError("There are no parts to add up", remedy="Give one estimate or more.")
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= MOST_DRAWS:
        raise EstimationError(
            f"{size!s:.40} draws cannot be made", remedy=f"Give from 1 to {MOST_DRAWS:,}."
        )
    for one in named.values():
        if not isinstance(one, Estimate):
            raise EstimationError(
                f"A {type(one).__name__} is no estimate of a part",
                remedy="Give what `estimate_by` gives, or estimates of parts by their names.",
            )


def _tables(
    source: Source, by: Sequence[str], lists: Sequence[str] | None
) -> dict[Stratum, CaptureTable]:
    if isinstance(source, CaptureTable):
        raise EstimationError(
            "A table of captures has no columns left that divide the people",
            remedy="Give rows of people or the path of a CSV table, with `by=['region']`; or a"
            " table for each part: `{'north': t1, 'south': t2}`.",
        )
    if isinstance(source, Mapping) and by:
        raise EstimationError(
            "A table for each part is divided already, and by what else is not known",
            remedy="Leave out `by`, or give rows of people or the path of a CSV table.",
        )
    if isinstance(source, Mapping):
        return {stratum: as_table(source[key]) for stratum, key in _ordered(source)}
    if isinstance(source, (str, Path)):
        return dict(strata_from_counts(source, by))
    if not isinstance(source, Iterable):
        raise EstimationError(
            f"A {type(source).__name__} has no parts to estimate",
            remedy="Give rows of people, the path of a CSV table, or a table for each part.",
        )
    return _of_records(source, tuple(by), lists)


def _ordered(source: Mapping[Any, object]) -> list[tuple[Stratum, Any]]:
    """Keys as tuples of words, in order."""
    found = [
        (tuple(map(str, key)) if isinstance(key, tuple) else (str(key),), key) for key in source
    ]
    if len({one for one, _ in found}) < len(found):
        raise EstimationError(
            "Two parts have one name", remedy="Give each part a name of its own, as text."
        )
    return sorted(found, key=lambda one: one[0])


def _of_records(
    rows: Iterable[object], by: tuple[str, ...], lists: Sequence[str] | None
) -> dict[Stratum, CaptureTable]:
    divided: dict[Stratum, list[dict[str, object]]] = {}
    for row in rows:
        if not isinstance(row, Mapping) or not by or not all(name in row for name in by):
            raise TableError(
                "A row does not say which part of the people it belongs to",
                remedy="Give mappings that have every column of `by`, such as by=['region'].",
            )
        stratum = tuple(str(row[name]) for name in by)
        rest = {name: value for name, value in row.items() if name not in by}
        divided.setdefault(stratum, []).append(rest)
        if len(divided) > MOST_STRATA:
            raise TableError(
                f"The columns divide the people into more than {MOST_STRATA:,} parts",
                remedy="Name columns with few values, such as region, sex or year.",
            )
    return {
        stratum: CaptureTable.from_records(
            divided[stratum],
            lists,
            scope=", ".join(f"{name} {value}" for name, value in zip(by, stratum, strict=True)),
        )
        for stratum in sorted(divided)
    }


def _check_people(tables: Iterable[CaptureTable]) -> None:
    """Nobody belongs to two parts: their sum would count them twice."""
    parts = Counter(
        person
        for table in tables
        for person in {one for cell in table.people for one in cell if one}
    )
    twice = sum(count > 1 for count in parts.values())
    if twice:
        raise TableError(
            f"{twice} people belong to more than one part, so a sum would count them twice",
            remedy="Give each person one region, one period and one kind of violation.",
        )


def _named(strata: object) -> dict[Stratum, Any]:
    """What was given for parts, by their names; what it is, is looked at later."""
    if isinstance(strata, Strata):
        return dict(strata.estimates)
    if isinstance(strata, Mapping):
        return {stratum: strata[key] for stratum, key in _ordered(strata)}
    if isinstance(strata, str) or not isinstance(strata, Iterable):
        return {("",): strata}
    return {(str(place),): found for place, found in enumerate(strata, start=1)}


def _added(
    named: Mapping[Stratum, Estimate], size: int, seed: int
) -> tuple[tuple[Part, ...], Floats]:
    """What each part gives, and the sums; neither names nor order change the sums."""
    places: Counter[str] = Counter()
    order = sorted(named, key=lambda one: (named[one].provenance.table, named[one].method))
    sums, parts = np.zeros(size), {}
    for stratum in order:
        found = named[stratum]
        digest = found.provenance.table
        drawn, counted = _given(found, size, generator(found, seed, places[digest]))
        places[digest] += 1
        sums += drawn
        parts[stratum] = Part(
            stratum=stratum,
            documented=found.documented,
            estimate=found.estimate,
            interval=found.interval,
            decision=found.decision,
            counted=counted,
        )
    return tuple(parts[stratum] for stratum in named), sums


def _given(found: Estimate, size: int, rng: np.random.Generator) -> tuple[Floats, str]:
    endless = found.interval is not None and math.isinf(found.interval.upper)
    if found.interval is not None and endless:
        return np.full(size, max(found.interval.lower, found.documented)), LOWER
    drawn = draw(found, size, rng)
    if drawn is None:
        return np.full(size, float(found.documented)), DOCUMENTED
    return np.maximum(drawn, found.documented), FULL


def _decision(parts: Sequence[Part]) -> Decision:
    """The worst of the parts, but a refused part makes a lower bound unless all are."""
    missing = [part for part in parts if part.counted == DOCUMENTED]
    if len(missing) == len(parts):
        return _told(parts)
    told = _told([part for part in parts if part.counted != DOCUMENTED])
    if not missing:
        return told
    return gravest([told, decide("strata-refused", refused=len(missing), strata=len(parts))])


def _told(parts: Sequence[Part]) -> Decision:
    worst = gravest([part.decision for part in parts])
    if worst.verdict is Verdict.OK or len(parts) == 1:
        return worst
    alike = [part for part in parts if part.decision.rule == worst.rule]
    names = "; ".join(", ".join(part.stratum) for part in alike[:NAMED])
    more = f" and {len(alike) - NAMED} more" if len(alike) > NAMED else ""
    return replace(worst, because=f"{names}{more}: {worst.because}")


def _assumption(found: Iterable[Estimate]) -> str:
    each = sorted({one.assumption for one in found})
    said = each[0] if len(each) == 1 else "What the method of each part supposes is right."
    return f"Nobody belongs to two parts, chance works in each on its own, and in each: {said}"


def _provenance(named: Mapping[Stratum, Estimate], size: int, seed: int) -> Provenance:
    tables = sorted(found.provenance.table for found in named.values())
    methods = sorted({found.method for found in named.values()})
    return Provenance(
        table=sha256(" ".join(tables).encode()).hexdigest(),
        seed=seed,
        settings={"draws": str(size), "parts": str(len(named)), "methods": ", ".join(methods)},
    )


FULL, LOWER, DOCUMENTED = "in full", "lower end", "documented only"
NAMED = 3  # parts that a sentence names
