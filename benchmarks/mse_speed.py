"""How long estimates take beside the reference programs in R, in CPU seconds of one core.

Usage: python benchmarks/mse_speed.py [--only WORD] [--json]

R was timed once, on another machine of two cores while other work ran: ratios tell the order of
size, no more. Compiled code is warmed up first. Tables are in `data/mse` of the shared folder
(KHRONIKA_SHARED, default `shared` beside the checkout); where one is absent, its row says so.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import khronika.estimation as est
from khronika.estimation import CaptureTable

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or ROOT.parent / "shared") / "data" / "mse"
Work = Callable[[CaptureTable], Any]


@dataclass(frozen=True, slots=True)
class Task:
    """Something timed.

    Attributes:
        told: what it is.
        table: it is run on.
        work: it.
        theirs: what R took or reached; None if R cannot.
        goal: at most so many seconds, or at least so many a second.
        rate: None for seconds; else what counts: "iterations" or "ess", a second.
    """

    told: str
    table: str
    work: Work
    theirs: float | None
    goal: float
    rate: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What came out."""

    told: str
    table: str
    ours: float | None
    theirs: float | None
    goal: float
    unit: str
    ratio: float | None  # how many times faster than R
    right: bool | None


def _fits(models: str) -> Work:
    return lambda table: est.loglinear(table, models=models, ci="lognormal")


def _dga_grid(table: CaptureTable) -> Any:
    return est.dga(table)


def _lcmcr(K: int) -> Work:  # noqa: N803
    return lambda table: est.lcmcr(table, K=K, seed=1)


TASKS = (
    Task("all 113 models of 4 lists", "kosovo", _fits("all"), 0.79, 0.1),
    Task("1,024 models of pairs, 5 lists", "uk5", _fits("pairs"), 6.1, 0.3),
    Task("all 6,893 models of 5 lists", "uk5", _fits("all"), None, 3.0),
    Task(
        "BIC with BCa, 1,000 resamples x 113 models", "kosovo",
        lambda table: est.loglinear(table, ci="bca", nboot=1000, average=False, seed=1),
        56.5, 8.0,
    ),
    Task(
        "stepwise with BCa, 8 lists", "neworleans8",
        lambda table: est.stepwise(table, nboot=1000, seed=1), 845.0, 60.0,
    ),
    Task("graphs, 5 lists", "western_us5", _dga_grid, 5.9, 1.0),
    Task("graphs, 5 lists", "uk5", _dga_grid, 5.9, 1.0),
    Task("graphs, 6 lists", "uk6", _dga_grid, None, 20.0),
    Task("latent classes, K=10", "kosovo", _lcmcr(10), 86e3, 60e3, "iterations"),
    Task("latent classes, K=10", "korea_palembang", _lcmcr(10), 198e3, 150e3, "iterations"),
    Task("latent classes, K=10", "western_us5", _lcmcr(10), 120e3, 100e3, "iterations"),
    Task("latent classes, K=10", "hiv_rome", _lcmcr(10), 137e3, 120e3, "iterations"),
    Task("latent classes, K=10", "kosovo", _lcmcr(10), 123.0, 100.0, "ess"),
    Task("latent classes, K=10", "hiv_rome", _lcmcr(10), 1982.0, 1500.0, "ess"),
    Task("latent classes, K=10", "western_us5", _lcmcr(10), 990.0, 800.0, "ess"),
    Task(
        "latent classes, K=15, 20 lists", "colombia_recruitment_men_1999_R1", _lcmcr(15),
        13e3, 12e3, "iterations",
    ),
)  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", metavar="WORD", help="tasks with this word in them")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    tasks = [each for each in TASKS if (asked.only or "") in f"{each.told} {each.table}"]
    _warm()
    lines = [_timed(task) for task in tasks]
    if asked.json:
        print(json.dumps([asdict(line) for line in lines], indent=1))
        return
    print("\n".join(_printed(lines)))


def _warm() -> None:
    """Compile what is compiled, on an invented table."""
    on = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=bool)
    table = est.tidy(("A", "B", "C"), on, np.array([40, 30, 20, 12, 11, 10]))
    est.lcmcr(table, chains=2, draws=200, seed=1)
    est.loglinear(table, ci="lognormal")


@cache
def _run(told: str, path: Path) -> tuple[Any, float]:
    """What a task gives and its CPU seconds; once for all that is told of it."""
    work = next(each.work for each in TASKS if each.told == told)
    table = CaptureTable.from_counts(path)
    begun = time.process_time()
    found = work(table)
    return found, max(time.process_time() - begun, 1e-9)


def _timed(task: Task) -> Line:
    path = SHARED / f"{task.table}.csv"
    unit = f"{task.rate} a second" if task.rate else "s"
    if not path.is_file():
        return Line(task.told, task.table, None, task.theirs, task.goal, unit, None, None)
    found, seconds = _run(task.told, path)
    ours = seconds
    if task.rate == "iterations":
        ours = found.iterations * len(found.chain_medians) / seconds
    elif task.rate == "ess":
        ours = found.ess / seconds
    ratio = None if task.theirs is None else task.theirs / ours
    if task.rate and ratio is not None:
        ratio = 1 / ratio
    right = ours >= task.goal if task.rate else ours <= task.goal
    return Line(task.told, task.table, ours, task.theirs, task.goal, unit, ratio, right)


def _printed(lines: Sequence[Line]) -> list[str]:
    head = f"{'task':<44} {'table':<34} {'ours':>10} {'R':>10} {'goal':>10}  {'unit':<20}"
    said = [f"{head} times R  goal met"]
    for line in lines:
        ours, theirs = (
            "-" if number is None else f"{number:,.2f}" if number < 100 else f"{number:,.0f}"
            for number in (line.ours, line.theirs)
        )
        ratio = "-" if line.ratio is None else f"{line.ratio:.1f}"
        met = "no table" if line.right is None else "yes" if line.right else "NO"
        said.append(
            f"{line.told:<44} {line.table:<34} {ours:>10} {theirs:>10} {line.goal:>10,.10g}"
            f"  {line.unit:<20} {ratio:>7}  {met}"
        )
    return said


if __name__ == "__main__":
    main()
