"""How far the coder's probabilities can be believed, and how precise what is sure is.

Usage: python benchmarks/calibration.py [--folds 10] [--gold FOLDER]

Without --gold: on the development gold, each report judged by models that were trained without it
(folds by report). With --gold: the models of the package on another gold folder, which they were
not trained on. Prints, for acts and for fillers: the expected calibration error (ten bins of equal
width, weighted by how many fall in each), a table of what was promised and what came true, and the
precision of what `--at-least` keeps.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "src")]

from khronika.coding.confidence import judges, judges_from  # noqa: E402
from train_confidence import (  # noqa: E402
    Case,
    cases,
    development,
    fit,
    golds,
    judge_that_read_none,
    judged,
)

BINS = 10
Judged = tuple[Case, float]
THRESHOLDS = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95)


def held_out(found: Sequence[Case], folds: int) -> list[Judged]:
    """Each case with the probability that models trained on the other folds give it."""
    names = sorted({case.report for case in found})
    fold = {name: at % folds for at, name in enumerate(names)}
    made: list[Judged] = []
    for number in range(folds):
        models = judges_from(fit(case for case in found if fold[case.report] != number))
        those = [case for case in found if fold[case.report] == number]
        made += zip(those, judged(those, models), strict=True)
    return made


def bins(rows: Iterable[Judged]) -> list[list[Judged]]:
    """The cases by what was promised, in bins of equal width."""
    made: list[list[Judged]] = [[] for _ in range(BINS)]
    for case, chance in rows:
        made[min(BINS - 1, int(chance * BINS))].append((case, chance))
    return made


def calibration_error(rows: Sequence[Judged]) -> float:
    """How far, on average, what came true is from what was promised."""
    off = 0.0
    for those in bins(rows):
        if those:
            off += abs(sum(chance - case.right for case, chance in those))
    return off / max(1, len(rows))


def precision(rows: Sequence[Judged], at_least: float) -> tuple[float, float]:
    """The share that is right of what is so sure, and the share that is so sure."""
    kept = [case.right for case, chance in rows if chance >= at_least]
    return (sum(kept) / len(kept) if kept else 0.0), len(kept) / max(1, len(rows))


def report(title: str, rows: Sequence[Judged]) -> None:
    """Print one part's figures."""
    right = sum(case.right for case, _ in rows) / max(1, len(rows))
    error = calibration_error(rows)
    print(f"\n{title}: {len(rows)}, right {right:.3f}, calibration error {error:.3f}")
    print("  promised   came true   cases")
    for at, those in enumerate(bins(rows)):
        if those:
            said = sum(chance for _, chance in those) / len(those)
            true = sum(case.right for case, _ in those) / len(those)
            print(
                f"  {said:8.2f} {true:11.2f} {len(those):7}   {'#' * round(true * 30)} {at / BINS}"
            )
    for level in THRESHOLDS:
        sure, share = precision(rows, level)
        print(f"  at least {level:.2f}: precision {sure:.3f}, share kept {share:.2f}")


def _figures(rows: Sequence[Judged], part: str) -> dict[str, float]:
    those = [row for row in rows if (row[0].part == "act") == (part == "acts")]
    sure, share = precision(those, 0.9)
    return {"error": calibration_error(those), "precision_at_0.9": sure, "share_at_0.9": share}


def main() -> int:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--json", action="store_true", help="print only the errors and precisions")
    parser.add_argument("--gold", type=Path, help="a gold folder with reports/ beside its records")
    options = parser.parse_args()
    started = time.process_time()
    if not options.gold:
        judge_that_read_none()
    reports = list(golds(options.gold, options.gold / "reports")) if options.gold else development()
    found = cases(reports)
    spent = (time.process_time() - started) / max(1, len(reports))
    rows = (
        list(zip(found, judged(found, judges()), strict=True))
        if options.gold
        else held_out(found, options.folds)
    )
    if options.json:
        print(json.dumps({part: _figures(rows, part) for part in ("acts", "fillers")}))
        return 0
    print(f"{len(reports)} reports, {spent:.2f} CPU seconds a report to code")
    tests: list[tuple[str, Callable[[Case], bool]]] = [
        ("acts", lambda c: c.part == "act"),
        ("fillers", lambda c: c.part != "act"),
        ("  actors", lambda c: c.part == "involvement"),
        ("  dates", lambda c: c.part == "when"),
        ("  places", lambda c: c.part == "where"),
    ]
    for title, wanted in tests:
        report(title, [row for row in rows if wanted(row[0])])
    return 0


if __name__ == "__main__":
    sys.exit(main())
