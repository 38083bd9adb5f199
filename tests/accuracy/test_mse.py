"""Floors under estimates: published results that must stay reproduced, those that are quick.

`make mse` runs all of them, the slow ones too.
"""

import importlib
import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or ROOT.parent / "shared") / "data" / "mse"

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not (SHARED / "expected.json").is_file(),
        reason="no published estimates: set KHRONIKA_SHARED",
    ),
]
pytest.importorskip("scipy", reason="needs khronika[estimation]")

from khronika.estimation import CaptureTable, Verdict, dga, lcmcr, loglinear, stepwise  # noqa: E402
from khronika.estimation.bca import bca  # noqa: E402
from khronika.estimation.fitting import fit_many  # noqa: E402
from khronika.estimation.models import hierarchical, pairwise  # noqa: E402

QUICK = ("log_linear", "dga", "two_list", "chao", "heterogeneity")
# Tables that are quick, and that were there when the floors were laid.
TABLES = (
    *("kosovo", "korea_palembang", "uk5", "uk6", "neworleans5", "australia4", "hare"),
    *("illegal_nl_frequency", "spina_bifida3", "madigan_york5", "kampala_pwid2"),
)
REPRODUCED = (
    *("yes", "yes, on their copy", "yes, on their draws", "yes, their kind of interval"),
    "as their rerun",
)


def table(name: str) -> CaptureTable:
    return CaptureTable.from_counts(SHARED / f"{name}.csv")


@pytest.fixture
def compare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    return importlib.import_module("mse")


def published() -> list[tuple[str, dict[str, Any]]]:
    found = json.loads((SHARED / "expected.json").read_text("utf-8"))
    return [(data, row) for data in TABLES for row in found.get(data, [])]


def test_quick_results_are_reproduced(compare: ModuleType) -> None:
    rows = [
        (data, row)
        for data, row in published()
        if getattr(compare.call_of(row, SHARED / "fixtures"), "way", "") in QUICK
    ]
    lines = compare.lines_of(rows, SHARED)
    assert len(lines) >= 36
    out = {
        (line.data, line.method, line.kind): line.out or line.told
        for line in lines
        if line.within not in REPRODUCED
    }
    assert out == {}


def test_every_method_of_the_published_results_is_read(compare: ModuleType) -> None:
    found = json.loads((SHARED / "expected.json").read_text("utf-8"))
    for results in found.values():
        for row in results:
            compare.call_of(row, SHARED / "fixtures")  # raises LookupError for what it cannot read


@pytest.mark.parametrize(
    ("name", "fixture", "top", "lower", "upper"),
    [
        ("kosovo", "kosovo", 1, 9101.374, 12003.15),
        ("kosovo", "kosovo", 5, 8461.391, 17033.49),
        ("kosovo", "kosovo", 10, 6947.037, 17987.33),
        ("kosovo", "kosovo", 113, 6947.037, 18009.99),
        ("korea_palembang", "korea", 6, 128.3123, 349.7144),
    ],
)
def test_the_same_resamples_give_the_same_interval(
    compare: ModuleType, name: str, fixture: str, top: int, lower: float, upper: float
) -> None:
    counts = table(name)
    models = hierarchical(len(counts.lists))
    order = np.argsort(fit_many(counts.dense[None], models).bic[0], kind="stable")
    given = importlib.import_module("mse_runs").resamples_of(
        SHARED / "fixtures" / f"boot1000_{fixture}.csv", counts
    )
    made = bca(counts, [models[at] for at in order[:top]], resamples=given)
    assert made is not None
    assert made.interval == pytest.approx((lower, upper), abs=0.02)


@pytest.mark.parametrize(("name", "file"), [("kosovo", "kosovo"), ("korea_palembang", "korea")])
def test_tables_are_drawn_as_the_reference_draws_them(
    compare: ModuleType, name: str, file: str
) -> None:
    counts = table(name)
    given = importlib.import_module("mse_runs").resamples_of(
        SHARED / "fixtures" / f"boot1000_{file}.csv", counts
    )
    drawn = importlib.import_module("mse_draws").drawn(counts, 1000)
    assert np.array_equal(drawn, given)


@pytest.mark.parametrize(
    ("name", "lower", "upper"),
    [
        ("kosovo", 12595.84, 16527.49),
        ("uk5", 8784.78, 14700.55),
        ("uk6", 9266.96, 14306.76),
        ("netherlands5", 47393.14, 162845.54),
    ],
)
def test_stepwise_on_their_draws_gives_their_interval(
    compare: ModuleType, name: str, lower: float, upper: float
) -> None:
    runs = importlib.import_module("mse_runs")
    made = runs.stepwise(SHARED / f"{name}.csv", SHARED, p=0.02, ends=True, resamples="theirs")
    ends = made.numbers["lower"], made.numbers["upper"]
    assert ends == pytest.approx((lower, upper), abs=0.006)


@pytest.mark.parametrize(
    ("name", "lower", "upper"), [("kosovo", 7133, 18681), ("uk5", 9330, 32115)]
)
def test_a_search_on_their_draws_gives_their_interval(
    compare: ModuleType, name: str, lower: float, upper: float
) -> None:
    runs = importlib.import_module("mse_runs")
    made = runs.downhill(SHARED / f"{name}.csv", SHARED, resamples="theirs")
    ends = made.numbers["lower"], made.numbers["upper"]
    assert ends == pytest.approx((lower, upper), abs=0.5)


@pytest.mark.parametrize(("name", "file"), [("kosovo", "kosovo"), ("korea_palembang", "korea")])
def test_all_models_are_those_of_the_reference(name: str, file: str) -> None:
    lines = (SHARED / "fixtures" / f"all_models_{file}.csv").read_text("utf-8").splitlines()[1:]
    counts = table(name)
    fits = fit_many(counts.dense[None], hierarchical(len(counts.lists)))
    ours = {
        str(model): (float(fits.n[0] + fits.unseen[0, at]), float(fits.bic[0, at]))
        for at, model in enumerate(fits.models)
        if math.isfinite(fits.bic[0, at])
    }
    assert len(ours) == len(lines)
    sets = {frozenset(name.strip("[]").split(",")): found for name, found in ours.items()}
    for line in lines:
        model, people, bic = line.replace('"', "").rsplit(",", 3)[:3]
        found = sets[frozenset(model.strip("[]").split(","))]
        assert found[0] == pytest.approx(float(people), abs=0.01)
        assert found[1] == pytest.approx(float(bic), abs=1e-4)


def test_families_of_models_are_complete() -> None:
    assert [len(hierarchical(lists)) for lists in (3, 4, 5)] == [8, 113, 6893]
    assert len(pairwise(5)) == 1024


@pytest.mark.parametrize(
    ("name", "total"),
    [("neworleans8", 1110.488), ("korea_palembang", 268.778), ("uk5", 11312.99)],
)
def test_stepwise_ends_where_it_is_published_to_end(name: str, total: float) -> None:
    assert stepwise(table(name), nboot=0).estimate == pytest.approx(total, abs=0.01)


@pytest.mark.parametrize(
    ("name", "model", "rule"),
    [
        ("artificial3", "[12,13,23]", "not-identified"),
        ("artificial3", "[12,3]", "does-not-exist"),
        ("korea_palembang", "[12,13,23]", "does-not-exist"),
    ],
)
def test_a_model_without_an_estimate_gives_none(name: str, model: str, rule: str) -> None:
    found = loglinear(table(name), models=model, average=False)
    assert found.verdict is Verdict.REFUSED
    assert found.estimate is None
    assert found.decision.rule == rule


def test_a_model_of_a_sparse_table_that_exists_has_an_estimate() -> None:
    assert loglinear(table("artificial3"), models="[13,23]", average=False).estimate is not None


@pytest.mark.parametrize("run", [dga, stepwise, loglinear])
def test_no_estimate_lies_under_what_is_documented(run: Callable[[CaptureTable], Any]) -> None:
    for name in ("korea_palembang", "artificial3", "hare", "kampala_msm3"):
        counts = table(name)
        found = run(counts)
        assert found.estimate is None or found.estimate >= counts.n


def test_latent_classes_of_a_small_table() -> None:
    found = lcmcr(table("korea_palembang"), K=10, cap=20)
    assert found.median == pytest.approx(138, rel=0.04)
    assert found.interval is not None
    assert found.interval.lower == pytest.approx(124, rel=0.03)
    assert found.interval.upper == pytest.approx(203, rel=0.06)
