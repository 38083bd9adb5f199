"""Floors under how well names are compared."""

import importlib
import os
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[3] / "shared")
FLOORS = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))

needs_names = pytest.mark.skipif(
    not (SHARED / "data" / "names").is_dir(), reason="no shared folder: set KHRONIKA_SHARED"
)


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("names")


def below(part: str, found: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, floor in FLOORS[part].items() if found[name] < floor}


@pytest.mark.gold
@needs_names
def test_labelled_pairs(benchmark: ModuleType) -> None:
    for part, found in benchmark.pairs().items():
        assert not below(part, found), part


@pytest.mark.gold
@needs_names
def test_politicians(benchmark: ModuleType) -> None:
    assert not below("politicians", benchmark.politicians())


def test_strangers_are_not_taken_for_people_on_a_list(benchmark: ModuleType) -> None:
    found = benchmark.strangers()
    assert found["strangers_hit"] <= FLOORS["strangers"]["strangers_hit"]
    assert found["mangled_found"] >= FLOORS["strangers"]["mangled_found"]
