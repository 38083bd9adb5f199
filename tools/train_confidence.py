"""Train how sure the English coder is: src/khronika/coding/data/confidence.json.

Usage: python tools/train_confidence.py [--check]

Codes the development gold (the shared folder, KHRONIKA_SHARED, and tests/accuracy/gold/english-dev)
with the coder as it is, marks each act, actor, date and place as right or wrong as the gold's own
scorer does, and fits a regularised logistic regression over the signs of `khronika.coding.signs`.
Nothing is random: the same reports and the same coder give the same file; --check says whether the
file is that. Run it (`make calibrate`) whenever the coder or the codebook has changed. What it
reaches on reports held out is printed by benchmarks/calibration.py. Needs scikit-learn, which
nothing else does.
"""

import argparse
import importlib.util
import json
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from khronika.codebook import load
from khronika.coding.confidence import FILE, Judges, judges_from
from khronika.coding.english import EnglishCoder
from khronika.coding.evidence import Reading
from khronika.coding.signs import Signs, of_involvement, of_when, of_where
from khronika.model.acts import Act
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Extracted, Origin, Report
from khronika.reading import read

TARGET = ROOT / "src" / "khronika" / "coding" / "data" / FILE
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or ROOT.parent / "shared")
OWN = ROOT / "tests" / "accuracy" / "gold" / "english-dev"
CONTROL = "aa-"  # reports that nothing is ever fitted to
ROLES = {"source": "said_by", "alleged-perpetrator": "perpetrator"}
RARE = 3  # a sign seen less often says nothing
# How freely each model may fit: the inverse of the penalty, chosen on held-out reports.
FREEDOM = {"act": 0.2, "involvement": 0.15, "when": 0.2, "where": 0.2}
PARTS = tuple(FREEDOM)
# Taken from the log-odds of every act. The coder was made with these reports in view, and is less
# precise on reports that nobody has seen: what it promises of them must not be too much.
PRUDENCE = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One act or filler as coded: its signs, whether gold has it, the act that it belongs to."""

    report: str
    part: str
    signs: tuple[str, ...]
    right: bool
    act: int
    act_right: bool
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A report with what gold says of it."""

    name: str
    report: Report
    tables: Mapping[str, Any]


def scorer() -> Any:
    """The gold's own scorer, loaded from where it lies."""
    path = SHARED / "tools" / "score_gold.py"
    spec = importlib.util.spec_from_file_location("score_gold", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"There is no {path.name} in the shared folder; set KHRONIKA_SHARED.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def development() -> list[Gold]:
    """The English development reports with their gold, by name."""
    dev = SHARED / "gold" / "dev"
    sets = [
        (SHARED / "gold" / "seeds", SHARED / "seeds"),
        (dev, dev / "reports"),
        (OWN, OWN / "reports"),
    ]
    return [gold for folder, reports in sets for gold in golds(folder, reports)]


def judge_that_read_none() -> None:
    """Code with a judge of sentences that has read no report: the one shipped knows these."""
    from khronika.coding.learned import told  # noqa: PLC0415 - only to train
    from train_told import examples, fit, sentences  # noqa: PLC0415

    judge = fit([*sentences(), *examples()])
    told.model = lambda: judge  # type: ignore[assignment]


def golds(folder: Path, reports: Path) -> Iterator[Gold]:
    """The English reports of one gold folder."""
    for path in sorted(folder.glob("*.toml")):
        if path.stem.startswith((CONTROL, "across")):
            continue
        tables = tomllib.loads(path.read_text("utf-8"))
        if tables["report"].get("language") == "en":
            yield Gold(name=path.stem, report=_report(reports / f"{path.stem}.txt"), tables=tables)


def _report(path: Path) -> Report:
    data = path.read_bytes()
    digest = sha256(data)
    return read(
        Extracted(
            id=report_id(digest),
            sha256=digest,
            media_type="text/plain",
            encoding="utf-8",
            text=data.decode("utf-8-sig"),
            origin=Origin(name=path.name),
        )
    )


def cases(reports: Sequence[Gold]) -> list[Case]:
    """Every act and filler that the coder finds in some reports, marked right or wrong."""
    coder, codebook, score = EnglishCoder(), load(), scorer()
    found: list[Case] = []
    for gold in reports:
        readings, signs = coder.readings(gold.report, codebook)
        found += _marked(gold, list(readings.values()), signs, score, len(found))
    return found


def _marked(
    gold: Gold, readings: Sequence[Reading], signs: Signs, score: Any, first: int
) -> Iterator[Case]:
    golden = gold.tables.get("act", [])
    plain = [_plain(r.act) for r in readings]
    pairs = score.match(golden, plain, score.fold(gold.report.text))
    matched = {at: golden[g] for g, at in pairs}
    names = {
        name
        for act in golden
        for role, ns in score.gold_fillers(act).items()
        if role != "where"
        for name in ns
    }
    known = (names, [row["names"] for row in gold.tables.get("same_person", [])])
    for at, reading in enumerate(readings):
        told = matched.get(at)
        act: dict[str, Any] = {"report": gold.name, "act": first + at}
        act["act_right"] = told is not None
        yield Case(part="act", signs=signs.of_act(reading), right=told is not None, **act)
        yield from _fillers(reading, told, known, score, act)


def _fillers(
    reading: Reading, told: Mapping[str, Any] | None, known: Any, score: Any, act: dict[str, Any]
) -> Iterator[Case]:
    ours = score.gold_fillers(told) if told is not None else {}
    left = _hits(reading.act, ours, known, score)
    for one, found in zip(reading.act.involvements, reading.involved, strict=True):
        role = ROLES.get(one.role.value, one.role.value)
        if role in score.ROLES:
            right = left[role, one.name] > 0
            left[role, one.name] -= 1
            signs = of_involvement(one, found, reading)
            yield Case(part="involvement", signs=signs, right=right, role=role, **act)
    for at, place in enumerate(reading.act.where):
        right = left["where", place.name] > 0
        yield Case(part="where", signs=of_where(at, reading), right=right, **act)
    if reading.act.when.edtf and not (told and told["modality"] == "denied"):
        right = told is not None and _dated(reading.act, told, score)
        yield Case(part="when", signs=of_when(reading), right=right, **act)


def _hits(act: Act, ours: Mapping[str, Any], known: Any, score: Any) -> Counter[tuple[str, str]]:
    """How often each name of the act is one of gold's, by role."""
    theirs = score.predicted_fillers(_plain(act))
    found: Counter[tuple[str, str]] = Counter()
    for role in score.ROLES if ours else ():
        more = known if role != "where" else ((),)
        found.update((role, name) for _, name in score.hits(ours[role], theirs[role], *more))
    return found


def _dated(act: Act, told: Mapping[str, Any], score: Any) -> bool:
    dates = [score.bounds(told[key]) for key in ("when", "when_printed") if told.get(key)]
    return score.bounds(act.when.edtf) in dates


def _plain(act: Act) -> dict[str, Any]:
    """What the scorer looks at of an act."""
    return {
        "kind": act.kind,
        "modality": act.modality.value,
        "quote": {"exact": act.quote.exact},
        "involvements": [{"role": i.role.value, "name": i.name} for i in act.involvements],
        "where": [{"name": w.name} for w in act.where],
    }


def fit(found: Iterable[Case]) -> dict[str, dict[str, float]]:
    """The weights of each sign, one table a part; fillers are learned where their act is right."""
    every = list(found)
    wanted = {
        part: [c for c in every if c.part == part and (part == "act" or c.act_right)]
        for part in PARTS
    }
    weights = {part: _fit(those, FREEDOM[part]) for part, those in wanted.items()}
    weights["act"]["always"] = round(weights["act"]["always"] - PRUDENCE, 3)
    return weights


def _fit(found: Sequence[Case], freedom: float) -> dict[str, float]:
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    often = Counter(sign for case in found for sign in set(case.signs))
    names = sorted(sign for sign, times in often.items() if times >= RARE and sign != "always")
    column = {name: at for at, name in enumerate(names)}
    rows = [sorted({column[s] for s in case.signs if s in column}) for case in found]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    columns = [at for row in rows for at in row]
    matrix = csr_matrix(([1.0] * len(columns), columns, starts), shape=(len(rows), len(names)))
    model = LogisticRegression(C=freedom, max_iter=2000, tol=1e-8)
    model.fit(matrix, [case.right for case in found])
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return {"always": round(float(model.intercept_[0]), 3)} | {
        name: weight for name, weight in weights.items() if abs(weight) >= 0.005
    }


def judged(found: Sequence[Case], models: Judges) -> list[float]:
    """The probability of each case, a filler's as its act's times its own."""
    acts = {c.act: models.act.chance(c.signs) for c in found if c.part == "act"}
    return [
        acts[c.act] if c.part == "act" else acts[c.act] * getattr(models, c.part).chance(c.signs)
        for c in found
    ]


def written(weights: Mapping[str, Mapping[str, float]], found: Sequence[Case]) -> str:
    """The file, a sign a line, so that a change of the coder shows as one."""
    learned = {part: sum(c.part == part for c in found) for part in PARTS}
    return (
        json.dumps({"learned_from": learned, "weights": weights}, indent=1, sort_keys=True) + "\n"
    )


def main() -> int:
    """Train and write, or say whether the file is current."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if it would change")
    options = parser.parse_args()
    judge_that_read_none()
    found = cases(development())
    weights = fit(found)
    judges_from(weights)
    made = written(weights, found)
    if options.check:
        return int(not TARGET.is_file() or TARGET.read_text("utf-8") != made)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(made, "utf-8")
    print(f"{TARGET.name}: {len(made):,} bytes, learned from {len(found):,} acts and fillers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
