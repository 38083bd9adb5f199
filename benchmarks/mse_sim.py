"""How often intervals hold a number that is known, where assumptions hold and where they do not.

Usage: python benchmarks/mse_sim.py [--draws N] [--seed N] [--workers N] [--only SCENE] [--json]

Draws lists from 2,000 people (default 200 times a scene), estimates, and prints how often the 95 %
interval holds 2,000 and how far the estimates lie from it. Exits 1 if what is wanted is not so.

To stay modest per draw, latent classes are drawn by 4 chains, not 8, the stepwise choice of pairs,
of which nothing is wanted, is resampled 200 times and not 1,000, and of five lists all models of
pairs are looked at, not all 6,893. A draw that a rule refuses has no interval and is counted as
refused, neither as covered nor as missed.
"""

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

import khronika.estimation as est
from khronika.estimation import CaptureTable, Estimate, tidy

PEOPLE = 2000
RESAMPLES = 1000
FEW = 200
CHAINS = 4
WANTED = 0.90  # of the intervals must hold the truth


@dataclass(frozen=True, slots=True)
class Group:
    """People whom each list finds alike, and independently."""

    people: int
    rates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A population and what is wanted of the methods.

    Attributes:
        told: what it shows.
        groups: of the population.
        shunned: by how much a list finds people less who are on an earlier list; 1 is not at all.
        covers: methods whose intervals must hold the truth in 90 % of the draws.
        low: methods whose estimate must be far too low: under 0.8 of the truth by median.
    """

    told: str
    groups: tuple[Group, ...]
    shunned: float = 1.0
    covers: tuple[str, ...] = ()
    low: tuple[str, ...] = ()


SCENES: Mapping[str, Scene] = {
    "independent": Scene(
        "four lists that do not depend on each other",
        (Group(PEOPLE, (0.30, 0.25, 0.20, 0.15)),),
        covers=("bca", "profile", "dga", "lcmcr"),
    ),
    "hidden": Scene(
        "1,800 people whom lists hardly find, 200 whom they find easily (sim1 of HRDAG)",
        (
            Group(1800, (0.033, 0.033, 0.099, 0.132, 0.033)),
            Group(200, (0.66, 0.825, 0.759, 0.99, 0.693)),
        ),
        covers=("lcmcr",),
        low=("independence",),
    ),
    "shunned": Scene(
        "each list finds people half as often who are on an earlier one: the bias is recorded",
        (Group(PEOPLE, (0.30, 0.25, 0.20, 0.15)),),
        shunned=0.5,
    ),
}


def drawn(scene: Scene, rng: np.random.Generator) -> CaptureTable:
    """Lists of a population."""
    on = np.concatenate([_group(group, scene.shunned, rng) for group in scene.groups])
    names = tuple("ABCDEFGH"[: on.shape[1]])
    return tidy(names, on, np.ones(len(on), dtype=np.int64))


def _group(group: Group, shunned: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    on = np.zeros((group.people, len(group.rates)), dtype=np.bool_)
    for at, rate in enumerate(group.rates):
        chance = np.where(on[:, :at].any(axis=1), rate * shunned, rate)
        on[:, at] = rng.random(group.people) < chance
    return on


def _alone(table: CaptureTable) -> str:
    return f"[{','.join(str(at + 1) for at in range(len(table.lists)))}]"


METHODS: Mapping[str, Callable[[CaptureTable, int], Estimate]] = {
    "independence": lambda table, _: est.loglinear(
        table, models=_alone(table), average=False, ci="profile"
    ),
    "profile": lambda table, _: est.loglinear(
        table, models=_families(table), average=False, ci="profile"
    ),
    "bca": lambda table, seed: est.loglinear(
        table, models=_families(table), average=False, ci="bca", nboot=RESAMPLES, seed=seed
    ),
    "stepwise": lambda table, seed: est.stepwise(table, nboot=FEW, seed=seed),
    "dga": lambda table, _: est.dga(table),
    "lcmcr": lambda table, seed: est.lcmcr(
        table, K=10, chains=CHAINS, seed=seed
    ),
}  # fmt: skip


def _families(table: CaptureTable) -> str:
    """All models of four lists; of five, those of pairs: 1,024 and not 6,893."""
    return "all" if len(table.lists) < 5 else "pairs"


@dataclass(frozen=True, slots=True)
class Result:
    """One method on one draw."""

    method: str
    estimate: float | None
    lower: float
    upper: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Line:
    """One method on all draws of a scene."""

    scene: str
    method: str
    draws: int
    refused: int
    covered: float
    ratio: float
    low: float
    high: float
    seconds: float
    wanted: str
    right: bool


def main() -> None:
    """Print the table; exit 1 if what is wanted is not so."""
    asked = _arguments()
    lines = []
    for name, scene in SCENES.items():
        if asked.only in (None, name):
            methods = tuple(asked.methods.split(",")) if asked.methods else tuple(METHODS)
            results = _simulated(name, scene, methods, asked)
            lines += [_line(name, scene, method, results) for method in methods]
    if asked.json:
        print(json.dumps([asdict(line) for line in lines], indent=1))
    else:
        print("\n".join(_printed(lines)))
    sys.exit(0 if all(line.right for line in lines) else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--draws", type=int, default=200, metavar="N", help="of each scene")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes")
    parser.add_argument("--only", choices=SCENES, help="one scene")
    parser.add_argument("--methods", metavar="A,B", help=f"of {', '.join(METHODS)}")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _simulated(
    name: str, scene: Scene, methods: Sequence[str], asked: argparse.Namespace
) -> list[Result]:
    """Results of all draws; a draw depends on the seed, the scene and its number alone."""
    place = list(SCENES).index(name)
    jobs = [(scene, methods, (asked.seed, place, at)) for at in range(asked.draws)]
    if asked.workers < 2:
        return [each for found in starmap(_one, jobs) for each in found]
    with ProcessPoolExecutor(asked.workers) as pool:
        return [each for found in pool.map(_one_of, jobs) for each in found]


def _one_of(job: tuple[Scene, Sequence[str], tuple[int, int, int]]) -> list[Result]:
    return _one(*job)


def _one(scene: Scene, methods: Sequence[str], seed: tuple[int, int, int]) -> list[Result]:
    table = drawn(scene, np.random.default_rng(seed))
    found = []
    for method in methods:
        begun = time.process_time()
        made = METHODS[method](table, seed[2])
        seconds = time.process_time() - begun
        ends = made.interval
        known = made.estimate if made.median is None else made.median
        found.append(
            Result(method, None, math.nan, math.nan, seconds)
            if known is None or ends is None
            else Result(method, known, ends.lower, ends.upper, seconds)
        )
    return found


def _line(name: str, scene: Scene, method: str, results: Sequence[Result]) -> Line:
    mine = [each for each in results if each.method == method]
    known = [each for each in mine if each.estimate is not None]
    covered = sum(each.lower <= PEOPLE <= each.upper for each in known) / max(1, len(known))
    ratios = np.array([(each.estimate or math.nan) / PEOPLE for each in known] or [math.nan])
    ratio = float(np.median(ratios))
    wanted, right = "", True
    if method in scene.covers:
        wanted, right = f"covers {WANTED:.0%}", bool(known) and covered >= WANTED
    if method in scene.low:
        wanted, right = "far too low", ratio < 0.8
    return Line(
        scene=name,
        method=method,
        draws=len(mine),
        refused=len(mine) - len(known),
        covered=covered if known else math.nan,
        ratio=ratio,
        low=float(np.quantile(ratios, 0.025)),
        high=float(np.quantile(ratios, 0.975)),
        seconds=sum(each.seconds for each in mine) / max(1, len(mine)),
        wanted=wanted,
        right=right,
    )


def _printed(lines: Sequence[Line]) -> Iterator[str]:
    scene = ""
    for line in lines:
        if line.scene != scene:
            scene = line.scene
            yield f"\n{scene}: {SCENES[scene].told}"
            yield (
                "  method        draws  refused  covered  estimate / truth (95 % of draws)"
                "   CPU s   wanted"
            )
        said = f"{line.ratio:.2f} ({line.low:.2f} to {line.high:.2f})"
        told = f"{line.wanted}: {'yes' if line.right else 'NO'}" if line.wanted else ""
        yield (
            f"  {line.method:<12} {line.draws:6} {line.refused:8} {line.covered:8.1%}  {said:<33}"
            f" {line.seconds:6.2f}   {told}".rstrip()
        )


if __name__ == "__main__":
    main()
