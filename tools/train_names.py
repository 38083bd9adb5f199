"""Learn how much agreements of names say, from a list of mentions that nobody has labelled.

Usage: python tools/train_names.py MENTIONS.csv [--write]

The file has a column `name`, and may have `place` (or `city`) and `year`. u is counted among random
pairs; m is found by expectation and maximisation over the pairs that share a key (Dempster, Laird &
Rubin 1977; Winkler 1988 for linkage). Prints both; --write puts them into the model of records.
Splink trains the same model from `khronika.linking.emit.splink_settings`.
"""

import argparse
import csv
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from khronika.linking.weights import (
    NameRecord,
    RecordLevel,
    RecordModel,
    level_of,
    name_record,
    record_model,
    with_shares,
)

MODEL = ROOT / "src/khronika/text/data/name_model.json"
RANDOM_PAIRS = 200_000
CROWDED = 200  # records in one block; of more, the first ones by id
ROUNDS = 30
LEAST = 1e-5

# Columns that pairs agree in while the weights of the other comparisons are learned.
TRAINED_ON = (("surname_sound", "given_key"), ("father", "place"), ("father", "year"))

Pattern = tuple[int, ...]


def records(path: Path) -> tuple[NameRecord, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return with_shares(
        [
            name_record(
                f"{number:08}",
                row["name"],
                place=row.get("place") or row.get("city") or "",
                year=row.get("year") or "",
            )
            for number, row in enumerate(rows)
        ]
    )


def pattern(model: RecordModel, one: NameRecord, other: NameRecord) -> Pattern:
    return tuple(level_of(levels, one, other) for _, levels in model.comparisons)


def blocked(key: tuple[str, ...], every: Sequence[NameRecord]) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, record in enumerate(every):
        values = tuple(getattr(record, column) for column in key)
        if all(values):
            blocks[values].append(number)
    for _, block in sorted(blocks.items()):
        yield from combinations(block[:CROWDED], 2)


def shares(model: RecordModel, counted: Counter[Pattern]) -> list[list[float]]:
    """For each comparison the share of each level among the pairs where it is known."""
    found = []
    for place, (_, levels) in enumerate(model.comparisons):
        totals = [LEAST] * len(levels)
        for each, count in counted.items():
            totals[each[place]] += count
        known = sum(t for t, level in zip(totals, levels, strict=True) if level.m is not None)
        found.append([total / known for total in totals])
    return found


def trained(
    model: RecordModel, counted: Counter[Pattern], u: list[list[float]], free: Sequence[int]
) -> tuple[list[list[float]], float]:
    """M of the comparisons in `free`, and the share of pairs that are one person; u is held."""
    m = [[level.m or LEAST for level in levels] for _, levels in model.comparisons]
    share = 0.3
    for _ in range(ROUNDS):
        weighted: Counter[Pattern] = Counter()
        for each, count in counted.items():
            known = [p for p in free if model.comparisons[p][1][each[p]].m is not None]
            same = share * math.prod(m[p][each[p]] for p in known)
            other = (1 - share) * math.prod(u[p][each[p]] for p in known)
            weighted[each] = count * same / (same + other)  # type: ignore[assignment]
        found = shares(model, weighted)
        m = [found[p] if p in free else m[p] for p in range(len(m))]
        share = sum(weighted.values()) / sum(counted.values())
    return m, share


def learn(
    model: RecordModel, every: Sequence[NameRecord], u: list[list[float]]
) -> tuple[list[list[float]], float]:
    """M of every comparison, each from pairs that agree in other columns; and the prior odds."""
    sums: dict[int, list[list[float]]] = defaultdict(list)
    same = 0.0
    for key in TRAINED_ON:
        pairs = list(blocked(key, every))
        if not pairs:
            continue
        counted = Counter(pattern(model, every[a], every[b]) for a, b in pairs)
        free = [p for p, (_, levels) in enumerate(model.comparisons) if not _uses(levels, key)]
        m, share = trained(model, counted, u, free)
        same = max(same, share * len(pairs))
        print(f"{' + '.join(key)}: {len(pairs)} pairs, {share:.1%} of them one person")
        for place in free:
            sums[place].append(m[place])
    found = [
        _mean(sums[place]) if sums[place] else [level.m or LEAST for level in levels]
        for place, (_, levels) in enumerate(model.comparisons)
    ]
    return found, same / (len(every) * (len(every) - 1) / 2)


def _uses(levels: Sequence[RecordLevel], key: tuple[str, ...]) -> bool:
    return not {level.column for level in levels}.isdisjoint(key)


def _mean(found: list[list[float]]) -> list[float]:
    return [sum(values) / len(values) for values in zip(*found, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("mentions", type=Path)
    parser.add_argument("--write", action="store_true", help="put the weights into the model")
    options = parser.parse_args()
    every, model = records(options.mentions), record_model()
    rng = random.Random(0)
    drawn: Counter[Pattern] = Counter()
    for _ in range(RANDOM_PAIRS):
        one, other = rng.sample(range(len(every)), 2)
        drawn[pattern(model, every[one], every[other])] += 1
    u = shares(model, drawn)
    m, odds = learn(model, every, u)
    print(f"{len(every)} mentions; prior {math.log2(odds):.2f}")
    for (part, levels), ms, us in zip(model.comparisons, m, u, strict=True):
        for level, of_same, of_two in zip(levels, ms, us, strict=True):
            if level.m is not None:
                print(f"{part:12} {level.level:32} m {of_same:.4f}  u {of_two:.5f}")
    if options.write:
        write(model, m, u, math.log2(odds))


def write(model: RecordModel, m: list[list[float]], u: list[list[float]], prior: float) -> None:
    raw = json.loads(MODEL.read_text("utf-8"))
    raw["records"]["prior"] = round(prior, 3)
    for place, comparison in enumerate(raw["records"]["comparisons"]):
        for number, level in enumerate(comparison["levels"]):
            if "m" in level:
                level["m"] = round(m[place][number], 5)
                if level["u"] != "share":
                    level["u"] = round(u[place][number], 6)
    MODEL.write_text(json.dumps(raw, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"Written to {MODEL.relative_to(ROOT)}: {len(model.comparisons)} comparisons")


if __name__ == "__main__":
    main()
