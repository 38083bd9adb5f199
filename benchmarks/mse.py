"""Every published result of the tables of captures beside ours.

Usage: python benchmarks/mse.py [--only NAME] [--method WORD] [--without WORD]
       [--workers N] [--keep FILE] [--json] [--markdown]

Reads tables and `expected.json` in `data/mse` of the shared folder (KHRONIKA_SHARED, default
`shared` beside the checkout). A row each result: ours, theirs, how near is near enough, whether it
is, and the CPU seconds of ours. A row out of tolerance says NO; one that a rule of ours refuses
says so with the rule. Nothing of a table is known here: the words of its methods are read.
"""

import argparse
import json
import math
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from mse_methods import ENDS, FIXTURE, Call, Published, call_of, rounding
from mse_runs import COPIES, RUNS, THEIRS, Ours

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or ROOT.parent / "shared") / "data" / "mse"
FIELDS = ("estimate", "mean", "se", "deviance", "AIC", "BIC", *ENDS)
YES, NO, REFUSED, BOUND = "yes", "NO", "refused", "a lower bound"
COPY, RERUN = "yes, on their copy", "as their rerun"
CHANCE, DRAWS, KIND = "within chance", "yes, on their draws", "yes, their kind of interval"
SEEDS = {"bca": 8, "stepwise": 8, "downhill": 8, "lcmcr": 4}  # further ones, by way
REDRAWN = ("bca", "stepwise", "downhill")
NO_METHOD, UNREAD, FAILED = "not a method", "not read", "FAILED"


@dataclass(frozen=True, slots=True)
class Line:
    """One published result beside ours."""

    data: str
    method: str
    kind: str
    within: str
    ours: dict[str, float] = field(default_factory=dict)
    theirs: dict[str, float] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    out: tuple[str, ...] = ()
    seconds: float = 0.0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A call on a table, made once for all results that ask for it."""

    data: str
    call: Call

    def __str__(self) -> str:
        """The table, the way and its options."""
        said = " ".join(f"{name}={value}" for name, value in self.call.options)
        return f"{self.data} {self.call.way} {said}".strip()


@dataclass(frozen=True, slots=True)
class How:
    """In how many processes to run, and where to keep what is done."""

    workers: int = 1
    keep: Path | None = None


def main() -> None:
    """Print the table."""
    asked = _arguments()
    if not (SHARED / "expected.json").is_file():
        sys.exit(f"No published results in {SHARED}: set KHRONIKA_SHARED.")
    rows = [
        (data, row)
        for data, results in json.loads((SHARED / "expected.json").read_text("utf-8")).items()
        for row in results
        if asked.only in (None, data)
        and (asked.method or "") in row["method"]
        and not (asked.without and asked.without in row["method"])
    ]
    lines = lines_of(rows, SHARED, How(asked.workers, asked.keep))
    if asked.json:
        print(json.dumps([asdict(line) for line in lines], indent=1))
    elif asked.markdown:
        print("\n".join(markdown(lines)))
    else:
        print("\n".join(printed(lines)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", metavar="NAME", help="one table")
    parser.add_argument("--method", metavar="WORD", help="results whose method has this word")
    parser.add_argument("--without", metavar="WORD", help="results whose method has not")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="what is done; a further run takes it from there"
    )
    parser.add_argument("--json", action="store_true", help="all numbers, as JSON")
    parser.add_argument("--markdown", action="store_true", help="the table for the documentation")
    return parser.parse_args()


def lines_of(rows: Sequence[tuple[str, Published]], folder: Path, how: How = How()) -> list[Line]:
    """Run what the results ask for, and hold ours beside each.

    A result that is not ours on the table is tried on copies of the table that others are known to
    have used, and on the rerun of its own program.
    """
    calls = [_read(row, folder) for _, row in rows]
    asked = list(zip(rows, calls, strict=True))
    found = _run_all([(data, call) for (data, _), call in asked], folder, how)
    lines = [_line(data, row, call, found) for (data, row), call in asked]
    others = [_copies(line) for line in lines]
    again = [(copy, call) for (_, call), some in zip(asked, others, strict=True) for copy in some]
    found |= _run_all(again, folder, how)
    for at, ((_, row), call) in enumerate(asked):
        for copy in others[at]:
            lines[at] = _on_copy(lines[at], _line(copy, row, call, found))
    lines = [_as_rerun(line, lines) for line in lines]
    ways = [_their_ways(line, call) for line, (_, call) in zip(lines, asked, strict=True)]
    found |= _run_all(
        [(line.data, way[1]) for line, way in zip(lines, ways, strict=True) if way], folder, how
    )
    for at, ((_, row), way) in enumerate(zip(rows, ways, strict=True)):
        if way:
            lines[at] = _in_their_way(lines[at], _line(lines[at].data, row, way[1], found), way[0])
    chance = [_by_chance(line, call) for line, (_, call) in zip(lines, asked, strict=True)]
    found |= _run_all([each for some in chance for each in some], folder, how)
    return [
        _among(line, [_line(name, row, each, found) for name, each in some])
        for line, ((_, row), _), some in zip(lines, asked, chance, strict=True)
    ]


def _line(
    data: str, row: Published, call: Call | str | None, found: Mapping[Task, tuple[Ours, float]]
) -> Line:
    if isinstance(call, Call):
        return judged(data, row, call, *found[Task(data, call)])
    told = NO_METHOD if call is None else UNREAD
    return Line(data, row["method"], row["kind"], told, theirs=_theirs(row))


def _copies(line: Line) -> list[str]:
    known = COPIES.get(line.data, {}) if line.within in (NO, REFUSED) else {}
    return [f"{line.data}@{people}" for people in known]


def _on_copy(line: Line, tried: Line) -> Line:
    """The line of a copy of the table, if theirs is of that: the same number comes out."""
    if tried.within == YES:
        told = f"theirs is of a copy with n = {tried.data.partition('@')[2]}, so ours is, too"
        return replace(tried, within=COPY, told=told)
    ends = "estimate" in line.out and tried.within == NO and set(tried.out) <= set(ENDS)
    return tried if ends else line


def _as_rerun(line: Line, lines: Sequence[Line]) -> Line:
    """A published number that its own program, rerun, gives no more, but gives ours."""
    if line.kind != "published" or line.within != NO:
        return line
    for other in lines:
        same = (other.data, other.method) == (line.data, line.method)
        rerun = same and other.kind != "published" and other.within == YES
        if rerun and set(line.out) <= set(other.theirs):
            return replace(line, within=RERUN, told="their own program, rerun, gives ours")
    return line


def _their_ways(line: Line, call: Call | str | None) -> tuple[str, Call] | None:
    """The same as the reference is known to do it, where only ends of intervals are out.

    It draws its resamples from a seed that is known, or leaves the chance of who is unseen out.
    """
    only_ends = bool(line.out) and set(line.out) <= set(ENDS)
    if line.within != NO or not isinstance(call, Call) or not only_ends:
        return None
    options = dict(call.options)
    if call.way in REDRAWN and not options.get("resamples"):
        options["resamples"] = THEIRS
        return DRAWS, replace(call, options=tuple(sorted(options.items())), near=FIXTURE)
    if options.get("models") == "independence" and options.get("ci") == "profile":
        options["ci"] = "intercept"
        return KIND, replace(call, options=tuple(sorted(options.items())))
    return None


def _in_their_way(line: Line, tried: Line, told: str) -> Line:
    """The line in their way, if that gives theirs."""
    if tried.within != YES:
        return line
    said = {
        DRAWS: "theirs to its last digit, on the resamples that the reference draws",
        KIND: "theirs leaves out the chance of who is unseen; so reckoned, ours is the same",
    }
    mine = ", ".join(_number(line.ours[name]) for name in ("lower", "upper"))
    return replace(tried, within=told, told=f"{said[told]}; else ours [{mine}]")


def _by_chance(line: Line, call: Call | str | None) -> list[tuple[str, Call]]:
    """The same with other seeds, where only ends of resamples or of draws are out."""
    if line.within != NO or not isinstance(call, Call) or call.way not in SEEDS:
        return []
    if not set(line.out) <= set(ENDS):
        return []
    seeds = range(2, 2 + SEEDS[call.way])
    return [(line.data, replace(call, options=(*call.options, ("seed", seed)))) for seed in seeds]


def _among(line: Line, others: Sequence[Line]) -> Line:
    """Where resamples or draws leave more to chance than is allowed: what other seeds give."""
    if not others:
        return line
    told, held = [], True
    for name in line.out:
        mine = sorted(each.ours[name] for each in (line, *others) if name in each.ours)
        held &= bool(mine) and mine[0] <= line.theirs[name] <= mine[-1]
        told.append(f"{name} over {len(mine)} seeds {mine[0]:,.0f} to {mine[-1]:,.0f}")
    return replace(
        line,
        within=CHANCE if held else NO,
        told="; ".join(told),
        seconds=line.seconds + sum(each.seconds for each in others),
    )


def _read(row: Published, folder: Path) -> Call | str | None:
    try:
        return call_of(row, folder / "fixtures")
    except LookupError as unknown:
        return str(unknown)


def _run_all(
    asked: Sequence[tuple[str, Call | str | None]], folder: Path, how: How
) -> dict[Task, tuple[Ours, float]]:
    """Each different call once; those of an earlier run are taken from what it kept."""
    tasks = list(dict.fromkeys(Task(data, call) for data, call in asked if isinstance(call, Call)))
    kept = _kept(how.keep)
    found = {task: kept[str(task)] for task in tasks if str(task) in kept}
    left = [task for task in tasks if task not in found]
    if how.workers < 2:
        made: Iterable[tuple[Ours, float]] = map(_run, left, [folder] * len(left))
        return found | _told_as_made(left, made, how)
    with ProcessPoolExecutor(how.workers) as pool:
        return found | _told_as_made(left, pool.map(_run, left, [folder] * len(left)), how)


def _told_as_made(
    tasks: Sequence[Task], made: Iterable[tuple[Ours, float]], how: How
) -> dict[Task, tuple[Ours, float]]:
    found = {}
    for task, (ours, seconds) in zip(tasks, made, strict=True):
        found[task] = ours, seconds
        print(f"{task}: {_numbers(ours.numbers)}, {seconds:.1f} s", file=sys.stderr, flush=True)
        if how.keep is not None and not ours.failed:
            with how.keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps([str(task), asdict(ours), seconds]) + "\n")
    return found


def _kept(path: Path | None) -> dict[str, tuple[Ours, float]]:
    if path is None or not path.is_file():
        return {}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {task: (Ours(**ours), seconds) for task, ours, seconds in lines}


def _run(task: Task, folder: Path) -> tuple[Ours, float]:
    """Ours, and the CPU seconds that it took."""
    begun = time.process_time()
    try:
        ours = RUNS[task.call.way](folder / f"{task.data}.csv", folder, **dict(task.call.options))
    except Exception as problem:  # noqa: BLE001  a row that fails is a row that says so
        ours = Ours(told=f"{type(problem).__name__}: {problem}".partition("\n")[0], failed=True)
    return ours, time.process_time() - begun


def judged(data: str, row: Published, call: Call, ours: Ours, seconds: float) -> Line:
    """Whether ours is near enough to what is published, and where it is not."""
    theirs = _theirs(row)
    mine = dict(ours.numbers)
    if call.take in mine:
        mine["estimate"] = mine[call.take]
    out = tuple(
        name
        for name in theirs
        if name in call.near
        and not (
            name in mine
            and call.near[name].holds(mine[name], theirs[name], rounding(row, theirs[name], name))
        )
    )
    out += tuple(
        f"{name} {wanted}, ours {have}" for name, wanted, have, right in ours.also if not right
    )
    return Line(
        data,
        row["method"],
        row["kind"],
        _verdict(row, ours, mine, out),
        ours={name: mine[name] for name in FIELDS if name in mine},
        theirs=theirs,
        near={name: str(near) for name, near in call.near.items() if name in theirs},
        out=out,
        seconds=seconds,
        told=_told(row, ours),
    )


def _theirs(row: Published) -> dict[str, float]:
    found = {}
    for name in FIELDS:
        number = row.get(name)
        if isinstance(number, list):  # of several runs: the middle one
            number = sorted(number)[len(number) // 2]
        if isinstance(number, int | float):
            found[name] = number
    return found


def _verdict(row: Published, ours: Ours, mine: Mapping[str, float], out: Sequence[str]) -> str:
    if ours.failed:
        return FAILED
    if unwanted(row):
        if ours.bound:
            return f"{BOUND}, as it must be"
        return f"{REFUSED}, as it must be" if ours.refused else NO
    if ours.refused or ("estimate" not in mine and "lower" not in mine):
        return REFUSED
    return NO if out else YES


def unwanted(row: Published) -> bool:
    """True if what is published says itself that nobody should have published a number."""
    note = str(row.get("note", "")).lower()
    return "refuse" in note or "not estimable" in note


def _told(row: Published, ours: Ours) -> str:
    """What a reader must know of a row."""
    note = str(row.get("note", ""))
    said = [ours.told]
    if "stated" in note:
        said.append(note.partition(";")[0])
    return "; ".join(each for each in said if each)


def printed(lines: Sequence[Line]) -> Iterator[str]:
    """The table in columns, and its totals."""
    columns = [
        ("data", 24), ("method", 40), ("of", 4), ("ours", 34), ("published", 34),
        ("tolerance", 20), ("within", 26), ("CPU s", 7),
    ]  # fmt: skip
    yield "  ".join(name.ljust(width) for name, width in columns)
    for line in lines:
        cells = _cells(line)
        yield "  ".join(
            cell[:width].ljust(width) for cell, (_, width) in zip(cells, columns, strict=True)
        ).rstrip()
        for more in filter(None, (_outside(line), line.told)):
            yield f"{'':26}{more}"
    yield ""
    yield from totals(lines)


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.data,
        line.method,
        "pub" if line.kind == "published" else "run",
        _numbers(line.ours),
        _numbers(line.theirs),
        _tolerance(line),
        line.within,
        f"{line.seconds:.2f}" if line.seconds else "",
    )


def _numbers(found: Mapping[str, float]) -> str:
    """'10,356.5 [9,101, 12,003]'."""
    ends = [_number(found[name]) if name in found else "-" for name in ("lower", "upper")]
    said = _number(found["estimate"]) if "estimate" in found else "-"
    return said if ends == ["-", "-"] else f"{said} [{', '.join(ends)}]"


def _number(number: float) -> str:
    if math.isinf(number):
        return "unknown"
    if float(number).is_integer():
        return f"{number:,.0f}"
    return f"{number:,.2f}".rstrip("0").rstrip(".") if number < 1e4 else f"{number:,.1f}"


def _tolerance(line: Line) -> str:
    said = [line.near.get(name, "-") for name in ("estimate", "lower", "upper")]
    kept = [each for each in said if each != "-"]
    return kept[0] if len(set(kept)) == 1 and kept else " ".join(said).replace("- -", "").strip()


def _outside(line: Line) -> str:
    if line.within != NO or not line.out:
        return ""
    said = []
    for name in line.out:
        if name in line.theirs and name in line.ours:
            far = line.ours[name] / line.theirs[name] - 1 if line.theirs[name] else math.inf
            said.append(f"{name} {line.ours[name]:.6g} for {line.theirs[name]:.6g} ({far:+.1%})")
        else:
            said.append(name if " " in name else f"{name} is lacking")
    return "out: " + "; ".join(said)


def totals(lines: Sequence[Line]) -> Iterator[str]:
    """How many rows came to what, and the CPU seconds of all."""
    for kind in ("published", "reference_run"):
        counted = Counter(line.within for line in lines if line.kind == kind)
        said = ", ".join(f"{number} {within}" for within, number in counted.most_common())
        if counted:
            yield f"{kind}: {sum(counted.values())} rows: {said}"
    counted = Counter(line.within for line in lines)
    said = ", ".join(f"{number} {within}" for within, number in counted.most_common())
    yield f"all: {len(lines)} rows: {said}"
    spent = {(line.data, line.seconds) for line in lines}  # a call of several rows counts once
    yield f"CPU: {sum(seconds for _, seconds in spent):.0f} s"


def markdown(lines: Sequence[Line]) -> Iterator[str]:
    """The table for the documentation."""
    yield "| data | method | ours | published | tolerance | within |"
    yield "|---|---|---|---|---|---|"
    for line in lines:
        data, method, _, ours, theirs, near, within, _ = _cells(line)
        yield f"| {data} | {method.partition(':')[0]} | {ours} | {theirs} | {near} | {within} |"
    yield ""
    yield from totals(lines)


if __name__ == "__main__":
    main()
