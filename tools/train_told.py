"""Train the judge of what sentences tell: src/khronika/coding/learned/told.bin.

Usage: python tools/train_told.py [--folds N] [--without FOLDER]... [--check]

Learns from the sentences under tools/training, the codebook's English examples and
counter-examples, and the development gold (tests/accuracy/gold/english-dev and, where it is there,
the shared folder KHRONIKA_SHARED; never the seeds or a control set, which measure). Nothing is
random: the same texts give the same file; --check says whether the file is that. --folds prints
precision and recall by cross-validation over reports. --without leaves a folder of gold out, to
measure with it. Needs scikit-learn.
"""

import argparse
import os
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from khronika.codebook import load
from khronika.coding.english import english_parser
from khronika.coding.learned.features import BUCKETS, Features, bucket
from khronika.coding.learned.model import Linear, pack
from khronika.coding.learned.told import BIAS, FILE, MODEL, features_of
from khronika.coding.parsed import parse
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Extracted, Origin
from khronika.reading import read
from khronika.text.mapped import MappedText

TARGET = ROOT / "src" / "khronika" / "coding" / "learned" / FILE
SHARED = Path(os.environ.get("KHRONIKA_SHARED", ROOT.parent / "shared"))
FREEDOM = 20.0  # the inverse of the penalty
EMPHASIS = 3.0  # what an act weighs beside a sentence that tells none
LEAST = 0.03  # smaller weights are left out
OVERLAP = 12  # characters that a quotation and a sentence must share
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Example:
    """One sentence: where from, its features, what it tells."""

    source: str
    features: Features
    kinds: frozenset[str]


def main() -> None:
    """Train, cross-validate or check."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--without", type=Path, action="append", default=[])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    gold = [f for f in folders() if f.resolve() not in {w.resolve() for w in options.without}]
    written = [*sentences(), *examples()]
    told = [example for folder in gold for example in reports(folder)]
    print(f"{len(written)} sentences written, {len(told)} of reports", file=sys.stderr)
    if options.folds:
        folds(written, told, options.folds)
        return
    data = pack({MODEL: fit([*written, *told])})
    if len(data) > LARGEST:
        sys.exit("The weights are larger than 5 MB; raise LEAST.")
    if options.check:
        same = TARGET.read_bytes() == data
        sys.exit(0 if same else "told.bin is not what this script makes; run it.")
    TARGET.write_bytes(data)
    print(f"{len(data)} bytes", file=sys.stderr)


def folders() -> Iterator[Path]:
    """The folders of development gold."""
    yield ROOT / "tests" / "accuracy" / "gold" / "english-dev"
    yield from (f for f in (SHARED / "gold" / "dev",) if f.is_dir())


def sentences() -> Iterator[Example]:
    """The sentences that were written to be learned from."""
    rows = [
        line.split("\t")
        for file in sorted((ROOT / "tools" / "training").glob("told-*.tsv"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    docs = english_parser().pipe([text for _, text in rows])
    for (kinds, text), doc in zip(rows, docs, strict=True):
        yield Example(text, features_of(list(doc)), frozenset(kinds.split(",")) - {"-"})


def examples() -> Iterator[Example]:
    """The codebook's own examples and counter-examples."""
    parser = english_parser()
    for kind in load().kinds.values():
        for example in kind.examples:
            if example.language == "en":
                found = features_of(list(parser(example.text)))
                yield Example(example.text, found, frozenset({kind.id}))
        for example in kind.counterexamples:
            if example.language == "en":
                yield Example(example.text, features_of(list(parser(example.text))), frozenset())


def reports(folder: Path) -> Iterator[Example]:
    """The sentences of reports with gold, parsed as the coder parses them."""
    texts = folder / "reports"
    for gold in sorted(folder.glob("*.toml")):
        if gold.stem.startswith(("aa-", "across")):
            continue
        record = tomllib.loads(gold.read_text(encoding="utf-8"))
        if record.get("report", {}).get("language", "en") == "en":
            yield from _report(texts / f"{gold.stem}.txt", record.get("act", []))


def _report(path: Path, acts: Sequence[dict[str, object]]) -> Iterator[Example]:
    data = path.read_bytes()
    digest = sha256(data)
    extracted = Extracted(
        id=report_id(digest),
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        text=data.decode("utf-8-sig"),
        origin=Origin(name=path.name),
    )
    parsed = parse([read(extracted)], english_parser())[0]
    where = [(_found(str(a["quote"]), parsed.report.text), str(a["kind"])) for a in acts]
    for unit in parsed.units:
        for sentence in unit.doc.sents:
            at = _original(unit.unit.mapped, sentence.start_char, sentence.end_char)
            kinds = {kind for (start, end), kind in where if _share(start, end, *at)}
            found = features_of(list(sentence))
            yield Example(path.stem, found, frozenset(kinds))


def _original(mapped: MappedText, start: int, end: int) -> tuple[int, int]:
    span = mapped.original(start, end)
    return span.start, span.end


def _found(quote: str, text: str) -> tuple[int, int]:
    """Where a quotation stands, however its lines are broken."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = re.search(pattern, text)
    return found.span() if found else (0, 0)


def _share(start: int, end: int, first: int, last: int) -> bool:
    shared = min(end, last) - max(start, first)
    return shared > min(OVERLAP, (end - start) / 2, (last - first) / 2)


def matrix(found: Sequence[Example]) -> csr_matrix:
    """A row an example, a column a bucket."""
    rows, columns = [], []
    for row, example in enumerate(found):
        for column in {bucket(name) for name in example.features.values if name != BIAS}:
            rows.append(row)
            columns.append(column)
    ones = np.ones(len(rows), dtype=np.float64)
    return csr_matrix((ones, (rows, columns)), shape=(len(found), BUCKETS))


def fit(found: Sequence[Example]) -> Linear:
    """One regularised logistic regression a kind."""
    kinds = tuple(sorted({kind for example in found for kind in example.kinds}))
    weights, bias = _weights(matrix(found), found, kinds)
    weights[np.abs(weights) < LEAST] = 0.0
    used = np.flatnonzero(np.abs(weights).max(axis=1))
    at = bucket(BIAS)
    rows = np.array(sorted({*used.tolist(), at}), dtype=np.int32)
    table = weights[rows]
    table[np.searchsorted(rows, at)] = bias
    return Linear(outcomes=kinds, buckets=rows, weights=table.astype(np.float32))


def _weights(
    table: csr_matrix, found: Sequence[Example], kinds: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    weights = np.zeros((BUCKETS, len(kinds)))
    bias = np.zeros(len(kinds))
    for column, kind in enumerate(kinds):
        right = np.array([kind in example.kinds for example in found])
        model = LogisticRegression(C=FREEDOM, class_weight={0: 1.0, 1: EMPHASIS}, max_iter=300)
        model.fit(table, right)
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return weights, bias


def folds(written: Sequence[Example], told: Sequence[Example], count: int) -> None:
    """Print precision and recall over kinds of sentences, each report judged without itself."""
    names = sorted({example.source for example in told})
    chances, right = [], []
    for part in range(count):
        held = set(names[part::count])
        seen = [*written, *(e for e in told if e.source not in held)]
        model = fit(seen)
        for example in told:
            if example.source in held:
                judged = model.each(example.features)
                chances.append([judged[kind] for kind in model.outcomes])
                right.append([kind in example.kinds for kind in model.outcomes])
    found, truth = np.array(chances), np.array(right)
    print("threshold  precision  recall")
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        said = found > threshold
        hits = int((said & truth).sum())
        print(f"{threshold:9.1f}  {hits / max(1, said.sum()):9.3f}  {hits / truth.sum():6.3f}")


if __name__ == "__main__":
    main()
