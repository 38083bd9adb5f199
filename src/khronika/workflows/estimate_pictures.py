"""Pictures of an estimate: how the lists overlap, and what the methods say side by side."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from khronika.estimation import CaptureTable, Decision, Estimate, FrequencyTable, Verdict
from khronika.estimation.report_layout import capital
from khronika.estimation.report_text import because
from khronika.estimation.wording import Words as Told
from khronika.publish.folder import whole_folder
from khronika.publish.pictures import ENGLISH, Look, Picture, Words, png
from khronika.publish.pictures.intervals import Methods, Row, Says, intervals
from khronika.publish.pictures.overlap import Cell, Lists, overlap
from khronika.publish.tables import safe

SCALE = 2.0  # dots a pixel: sharp in print
ENDINGS = ("svg", "png", "csv")
NAMES = frozenset(f"{name}.{ending}" for name in ("overlap", "intervals") for ending in ENDINGS)
BOUND_METHOD = "lower-bound-method"  # whose number is itself the bound
_SAYS = {
    Verdict.OK: Says.NUMBER,
    Verdict.RANGE_ONLY: Says.RANGE,
    Verdict.LOWER_BOUND_ONLY: Says.AT_LEAST,
    Verdict.REFUSED: Says.NOTHING,
}


def lists_of(table: CaptureTable) -> Lists:
    """A table as the picture of the overlap wants it."""
    cells = zip(table.histories, table.counts, strict=True)
    return Lists(
        names=table.lists,
        cells=tuple(
            Cell(lists=frozenset(map(int, np.flatnonzero(on))), people=int(count))
            for on, count in cells
        ),
    )


def methods_of(
    documented: int,
    estimates: Sequence[Estimate],
    language: str = "en",
    decision: Decision | None = None,
) -> Methods:
    """Results as the picture of intervals wants them; a Bayesian one is drawn at its median.

    Args:
        documented: people on the lists.
        estimates: in the order to draw them.
        language: of the names and reasons.
        decision: on all of them together; a picture is passed on without its report.
    """
    told = Told(language)
    return Methods(
        documented=documented,
        rows=tuple(_row(one, told) for one in estimates),
        heading="" if decision is None else _heading(decision, told),
    )


def _heading(decision: Decision, told: Told) -> str:
    verdict = told.say(f"verdict.{decision.verdict}")
    return told.say("verdict", verdict=verdict, because=because(decision, told))


def _row(found: Estimate, told: Told) -> Row:
    ends, name = found.interval, f"m.{found.method}"
    number = found.estimate if found.median is None else found.median
    lower, upper = (None, None) if ends is None else ends
    if found.verdict is Verdict.LOWER_BOUND_ONLY and found.decision.rule != BOUND_METHOD:
        number, upper = None, math.inf  # only the lower end holds, so only that is shown
    return Row(
        method=capital(told.say(name)) if told.has(name) else found.label,
        says=_SAYS[found.verdict],
        estimate=number,
        lower=lower,
        upper=upper,
        because="" if found.verdict is Verdict.OK else because(found.decision, told),
    )


def estimate_pictures(
    table: CaptureTable | FrequencyTable,
    estimates: Sequence[Estimate],
    *,
    look: Look | None = None,
    words: Words = ENGLISH,
    language: str = "en",
    decision: Decision | None = None,
) -> dict[str, Picture]:
    """The pictures by name: "intervals", and of lists "overlap".

    Args:
        table: the lists, or how often people were recorded.
        estimates: what the methods gave, in the order to draw them; refusals belong among them.
        look: theme and width.
        words: of the pictures, in a language.
        language: that language, for the names of methods and the reasons of refusals.
        decision: on all results together, which the picture then begins with.
    """
    look = look or Look()
    methods = methods_of(table.n, estimates, language, decision)
    drawn = {"intervals": intervals(methods, look, words)}
    if isinstance(table, FrequencyTable):
        return drawn
    return {"overlap": overlap(lists_of(table), look, words), **drawn}


def save_pictures(
    pictures: Mapping[str, Picture], folder: Path, *, overwrite: bool = False
) -> tuple[Path, ...]:
    """Write each picture as SVG and PNG, and its table as CSV.

    Args:
        pictures: by name, as `estimate_pictures` gives them.
        folder: made whole or not at all; earlier pictures there are replaced.
        overwrite: write among other things.

    Returns:
        The files, by name.

    Raises:
        ExportError: the folder holds other things, or the disk refused.
    """
    with whole_folder(folder, NAMES, overwrite=overwrite) as draft:
        for name, picture in pictures.items():
            (draft / f"{name}.svg").write_text(picture.svg, encoding="utf-8")
            (draft / f"{name}.png").write_bytes(png(picture.svg, SCALE))
            (draft / f"{name}.csv").write_text(_csv(picture), encoding="utf-8-sig", newline="")
    return tuple(
        folder / f"{name}.{ending}" for name in sorted(pictures) for ending in sorted(ENDINGS)
    )


def _csv(picture: Picture) -> str:
    """The table of a picture, as the exports of a record write theirs."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow(picture.columns)
    writer.writerows([safe(cell) for cell in row] for row in picture.rows)
    return written.getvalue()
