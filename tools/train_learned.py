"""Train the learned part on the articles of HRDsAttack: src/khronika/coding/learned/weights.bin.

Usage: python tools/train_learned.py [--folds N] [--check]

Codes the training part (shared folder, KHRONIKA_SHARED) with the coder as it is, computes the
features that the learned part will see, and fits one regularised logistic regression a question.
Nothing is random: the same articles and the same coder give the same file, byte for byte; --check
says whether the file is that. --folds also prints what N-fold cross-validation scores, by the
data set's own scorer; decisions about features and thresholds are made with it. Needs scikit-learn,
which nothing else does.
"""

import argparse
import json
import os
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from hrdsattack import FOLDER, MONTHS, answer, figures, report_of
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.coding.learned.features import BUCKETS, Features, bucket
from khronika.coding.learned.gist import gist_of
from khronika.coding.learned.model import FILE, Linear, pack
from khronika.coding.learned.people import people
from khronika.coding.learned.places import Atlas
from khronika.coding.learned.story import doers, story
from khronika.coding.learned.times import PARTS, Calendar
from khronika.model.acts import Coding
from khronika.model.reports import Report
from khronika.text.gazetteer import PlaceKind, gazetteer

TARGET = Path(__file__).parent.parent / "src" / "khronika" / "coding" / "learned" / FILE
NULL = {None, "", "None", "none", "null"}
# How freely each model may fit: the inverse of the penalty, chosen by cross-validation.
FREEDOM = {
    "violation": 0.1,
    "doer": 0.15,
    "victim": 0.3,
    "country": 0.1,
    "region": 1.0,
    "city": 0.3,
    "year": 0.3,
    "month": 0.1,
    "day": 1.0,
}
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Example:
    """What one model sees of one article: features, and which outcome is right of each."""

    features: tuple[Features, ...]
    right: tuple[str | tuple[bool, ...], ...]


Article = tuple[Mapping[str, Any], Report, Coding]


def main() -> None:
    """Train, or check."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    articles = coded((FOLDER / "train.jsonl").read_text(encoding="utf-8").splitlines())
    seen = [examples(article) for article in articles]
    if options.folds:
        cross_validate(articles, seen, options.folds)
    packed = pack(fit(seen))
    if len(packed) > LARGEST:
        sys.exit(f"{len(packed)} bytes are more than {LARGEST}")
    if options.check:
        sys.exit(0 if TARGET.read_bytes() == packed else "the weights are not what training gives")
    TARGET.write_bytes(packed)
    print(f"{len(packed)} bytes")


def coded(lines: Iterable[str]) -> list[Article]:
    """Each article as read and coded."""
    codebook, coder = load(), EnglishCoder()
    found = []
    for line in lines:
        article = json.loads(line)
        report = report_of(article)
        found.append((article, report, coder.code([report], codebook)[0]))
    return found


def examples(article: Article) -> dict[str, Example]:
    """What each model sees of an article."""
    gold, report, coding = article[0]["gold"], article[1], article[2]
    told, who = story(report, coding), story(report, coding)
    who.join(doers(coding))
    atlas, calendar = Atlas(report, coding), Calendar(report, coding)
    found = {
        "violation": Example((told,), (tuple(v in gold["violation_types"] for v in VIOLATIONS),)),
        "doer": Example((who,), (text(gold["perpetrator_type"]) or "none",)),
        "victim": _victims(gold, report, coding),
        "country": _example(
            (each.features, country(gold["country"]) == sovereign(each.name))
            for each in atlas.countries()
        ),
    }
    for kind in ("region", "city"):
        found[kind] = _example(
            (each.features, text(gold[kind]).lower() == each.name.lower())
            for each in atlas.towns(PlaceKind(kind))
        )
    for part in PARTS:
        found[part] = _example(
            (each.features, day_matches(each.day, gold)) for each in calendar.moments(part)
        )
    return found


VIOLATIONS = (
    "arbitrary detention",
    "other",
    "killing",
    "kidnapping",
    "torture",
    "enforced disappearance",
    "unknown",
)


def _victims(gold: Mapping[str, Any], report: Report, coding: Coding) -> Example:
    names = [text(victim["victim_name"]).lower() for victim in gold["victims"]]
    names = [name for name in names if name]
    return _example(
        (
            features,
            any(name in member.name.lower() or member.name.lower() in name for name in names),
        )
        for member, features in people(report, coding)
    )


def _example(pairs: Iterable[tuple[Features, bool]]) -> Example:
    found = list(pairs)
    return Example(tuple(f for f, _ in found), tuple((right,) for _, right in found))


def text(value: object) -> str:
    """A gold value, "" for what the data set writes for nothing."""
    return "" if value in NULL else str(value).strip()


def number(value: object) -> int:
    """A gold number ('2021.0', '07', 'March'), 0 for none."""
    found = text(value).split(".")[0]
    if found.title() in MONTHS:
        return MONTHS.index(found.title()) + 1
    return int(found) if found.isdigit() else 0


def day_matches(day: tuple[int, ...], gold: Mapping[str, Any]) -> bool:
    """True if the last part of a date is the gold's, and the parts before do not deny it."""
    wanted = [number(gold[key]) for key in ("year", "month", "date")][: len(day)]
    return wanted[-1] == day[-1] and all(w in (0, d) for w, d in zip(wanted, day, strict=True))


def country(name: object) -> str:
    """The ISO code of a gold country, "" if it is none."""
    return sovereign(gazetteer().country(text(name)))


def sovereign(code: str) -> str:
    """The state that the data set counts a territory to."""
    return {"HK": "CN", "MO": "CN", "PS": "IL"}.get(code, code)


def fit(seen: Sequence[Mapping[str, Example]]) -> dict[str, Linear]:
    """A model for each question."""
    return {
        name: _fit(name, [each[name] for each in seen], freedom)
        for name, freedom in FREEDOM.items()
    }


def _fit(name: str, seen: Sequence[Example], freedom: float) -> Linear:
    features = [each for example in seen for each in example.features]
    right = [each for example in seen for each in example.right]
    table, buckets = matrix(features)
    if name == "doer":
        model = LogisticRegression(C=freedom, max_iter=2000, fit_intercept=False)
        model.fit(table, np.array(right))
        return linear([str(c) for c in model.classes_], buckets, model.coef_.T)
    outcomes = VIOLATIONS if name == "violation" else (name,)
    columns = []
    for column in range(len(outcomes)):
        model = LogisticRegression(C=freedom, max_iter=2000, fit_intercept=False)
        model.fit(table, np.array([bool(each[column]) for each in right]))
        columns.append(model.coef_[0])
    return linear(outcomes, buckets, np.array(columns).T)


def matrix(features: Sequence[Features]) -> tuple[csr_matrix, np.ndarray]:
    """A row for each, a column for each bucket in use."""
    rows = [{} for _ in features]  # type: list[dict[int, float]]
    for row, each in zip(rows, features, strict=True):
        for name, value in each.values.items():
            if value:
                row[bucket(name)] = row.get(bucket(name), 0.0) + value
    used = np.array(sorted({b for row in rows for b in row}), dtype=np.int32)
    places = np.full(BUCKETS, -1)
    places[used] = np.arange(len(used))
    cells = [
        (i, places[b], value) for i, row in enumerate(rows) for b, value in sorted(row.items())
    ]
    at, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (at, columns)), shape=(len(rows), len(used))), used


def linear(outcomes: Sequence[str], buckets: np.ndarray, weights: np.ndarray) -> Linear:
    """The model, rounded, so that the last digits of a processor's arithmetic do not show."""
    rounded = np.round(weights, 3)
    kept = np.abs(rounded).max(axis=1) > 0.001
    return Linear(
        outcomes=tuple(outcomes),
        buckets=buckets[kept],
        weights=rounded[kept].astype(np.float16).astype(np.float32),
    )


def cross_validate(
    articles: Sequence[Article], seen: Sequence[Mapping[str, Example]], folds: int
) -> None:
    """Print the figures of articles that each fold's models have not seen."""
    answers = {}
    for fold in range(folds):
        learned = fit([each for i, each in enumerate(seen) if i % folds != fold])
        for i in range(fold, len(articles), folds):
            _, report, coding = articles[i]
            answers[i] = answer(gist_of(report, coding, learned))
    given = [answers[i] for i in range(len(articles))]
    for name, value in figures([article for article, _, _ in articles], given).items():
        print(f"{name:<28} {value:6.1f}")


if __name__ == "__main__":
    main()
