"""Do chains of the latent class model stick? Runs with many seeds on a table of 20 lists.

Prints a row a run: mean, interval, R-hat, effective draws, the lowest and highest chain median, and
how many chains are stuck, that is have a median further than 25 % from that of all chains.

    PYTHONPATH=src python benchmarks/mse_chains.py --runs 20

Needs the folder of shared tables: KHRONIKA_SHARED, or `shared` beside the checkout.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import numpy as np

from khronika.estimation import CaptureTable, LcmcrEstimate, lcmcr

SHARED = Path(os.environ.get("KHRONIKA_SHARED", Path(__file__).parents[2] / "shared"))
TABLE = "colombia_recruitment_men_1999_R1"
STUCK = 0.25


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=20)
    asked.add_argument("--first", type=int, default=1, help="the first seed")
    asked.add_argument("--draws", type=int, help="of each chain; by default until chains agree")
    asked.add_argument("--table", default=TABLE)
    options = asked.parse_args()
    path = SHARED / "data" / "mse" / f"{options.table}.csv"
    if not path.exists():
        print(f"No table at {path}: set KHRONIKA_SHARED.", file=sys.stderr)
        return 2
    table = CaptureTable.from_counts(path)
    print("seed  verdict    mean  interval        R-hat   ESS  chains          stuck  s of CPU")
    stuck = [
        print_run(seed, lcmcr_timed(table, seed, options.draws))
        for seed in range(options.first, options.first + options.runs)
    ]
    print(f"{sum(stuck)} of {8 * len(stuck)} chains stuck in {len(stuck)} runs")
    return 0 if not any(stuck) else 1


def lcmcr_timed(table: CaptureTable, seed: int, draws: int | None) -> tuple[LcmcrEstimate, float]:
    start = time.process_time()
    return lcmcr(table, seed=seed, draws=draws), time.process_time() - start


def print_run(seed: int, made: tuple[LcmcrEstimate, float]) -> int:
    found, seconds = made
    medians = np.array(found.chain_medians)
    stuck = int((np.abs(medians / np.median(medians) - 1) > STUCK).sum())
    mean = "-" if found.mean is None else f"{found.mean:.0f}"
    ends = "-" if found.interval is None else "{:.0f}-{:.0f}".format(*found.interval)
    chains = f"{medians.min():.0f}-{medians.max():.0f}"
    print(
        f"{seed:4}  {found.verdict:8} {mean:>6}  {ends:14}  {found.rhat:5.3f} {found.ess:5.0f}"
        f"  {chains:14}  {stuck:5}  {seconds:8.0f}",
        flush=True,
    )
    return stuck


if __name__ == "__main__":
    sys.exit(main())
