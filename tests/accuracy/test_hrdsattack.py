"""Floors under the scores on the development part of HRDsAttack: real news articles."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("hrdsattack.toml")
sys.path.insert(0, str(ROOT / "benchmarks"))

import hrdsattack

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not (hrdsattack.FOLDER / "dev.jsonl").is_file(),
        reason="no shared folder: set KHRONIKA_SHARED",
    ),
]


def articles() -> list[dict[str, Any]]:
    lines = (hrdsattack.FOLDER / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_scores_stay_above_their_floors() -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    asked = articles()
    found = hrdsattack.figures(asked, hrdsattack.answers(asked))
    low = {name: found[name] for name, floor in floors.items() if found[name] < floor}
    assert not low, f"below the floor: {low}"
