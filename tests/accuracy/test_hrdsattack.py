"""Floors under the scores on the development part of HRDsAttack: real news articles."""

import importlib
import json
import os
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[3] / "shared")
ARTICLES = SHARED / "data" / "hrdsattack" / "dev.jsonl"
FLOORS = Path(__file__).with_name("hrdsattack.toml")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not ARTICLES.is_file(), reason="no shared folder: set KHRONIKA_SHARED"),
]


def test_scores_stay_above_their_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    benchmark = importlib.import_module("hrdsattack")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    asked = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    found = benchmark.figures(asked, benchmark.answers(asked))
    low = {name: found[name] for name, floor in floors.items() if found[name] < floor}
    assert not low, f"below the floor: {low}"
