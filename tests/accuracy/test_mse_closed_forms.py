"""Two lists, Chao's bounds and models of heterogeneity on published tables."""

import os
from pathlib import Path

import pytest

from khronika.estimation import (
    CaptureTable,
    Estimate,
    FrequencyTable,
    Verdict,
    chao,
    diagnose,
    heterogeneity,
    strata_from_counts,
    two_list,
)

SHARED = Path(os.environ.get("KHRONIKA_SHARED") or Path(__file__).parents[3] / "shared")
TABLES = SHARED / "data" / "mse"

pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="no shared folder: set KHRONIKA_SHARED")


def table(name: str) -> CaptureTable:
    return CaptureTable.from_counts(TABLES / f"{name}.csv")


def figures(found: Estimate) -> list[float | None]:
    return [found.estimate, found.se]


def test_two_lists_of_kampala() -> None:
    found = two_list(table("kampala_pwid2"))
    assert found.lincoln_petersen == pytest.approx(3891.67, abs=0.01)
    assert found.lincoln_petersen_se == pytest.approx(467.19, abs=0.01)
    assert figures(found) == pytest.approx([3836.60, 451.42], abs=0.01)
    assert found.intervals["logit"] == pytest.approx((3088.36, 4928.30), abs=0.01)
    assert found.intervals["profile"] == pytest.approx((3112.3, 4987.2), abs=0.05)
    assert found.intervals["lognormal"] == pytest.approx((3075.1, 4860.3), abs=0.05)
    assert found.intervals["binomial"] == pytest.approx((3090, 5126), abs=0.5)  # Doshi et al.
    assert found.likeliest == pytest.approx(3883.68, abs=0.01)
    assert found.verdict is Verdict.RANGE_ONLY


def test_closed_bounds_of_kosovo() -> None:
    assert chao(table("kosovo")).estimate == pytest.approx(8796.5, abs=0.05)
    assert chao(table("kosovo"), "Mth").estimate == pytest.approx(8586.1, abs=0.05)


def test_fitted_bounds() -> None:
    kosovo = chao(table("kosovo"), "Mth", fitted=True)
    assert figures(kosovo) == pytest.approx([8591.18, 213.549], abs=0.01)
    hare = chao(table("hare"), "Mth", fitted=True)
    assert figures(hare) == pytest.approx([79.5715, 6.2537], abs=0.0001)
    assert hare.interval == pytest.approx((70.41, 95.16), abs=0.01)


def test_models_of_heterogeneity_of_hare() -> None:
    lists = heterogeneity(table("hare"), "Mt")
    assert figures(lists) == pytest.approx([75.0662, 3.35233], abs=0.0001)
    found = heterogeneity(table("hare"), "Mth Poisson2")
    assert figures(found) == pytest.approx([81.0793, 5.57355], abs=0.0001)
    assert found.interval == pytest.approx((71.82, 93.85), abs=0.01)
    assert found.aic == pytest.approx(146, abs=0.5)


def test_the_lists_of_kosovo_if_they_were_independent() -> None:
    found = heterogeneity(table("kosovo"), "Mt")
    assert figures(found) == pytest.approx([7394.587, 129.625], abs=0.002)
    assert found.interval == pytest.approx((7147.75, 7656.20), abs=0.01)


def test_frequencies_without_an_upper_limit() -> None:
    found = chao(FrequencyTable.from_counts(TABLES / "illegal_nl_frequency.csv"))
    assert figures(found) == pytest.approx([9273.511, 662.59], abs=0.01)
    assert found.interval == pytest.approx((8088.23, 10703.96), abs=0.01)


@pytest.mark.parametrize(
    "name",
    [
        *("kosovo", "uk5", "uk6", "korea_palembang", "hare", "australia4", "spina_bifida3"),
        *("philippines_manila_police", "philippines_manila_unidentified", "neworleans5"),
        *("philippines_caloocan_police", "philippines_caloocan_unidentified"),
        *("colombia_recruitment_men_1999_R1", "scotland_pwid4", "madigan_york5"),
    ],
)
def test_tables_that_bear_an_estimate_pass(name: str) -> None:
    assert diagnose(table(name)).verdict is Verdict.OK


def test_eight_lists_of_new_orleans_are_refused_with_lists_to_merge() -> None:
    found = diagnose(table("neworleans8"))
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, "many-empty-pairs")
    assert (len(found.empty_pairs), len(found.pairs), min(found.sizes)) == (18, 28, 6)
    assert [one.action for one in found.suggestions] == ["merge"]


def test_strata_add_up_to_the_whole() -> None:
    parts = strata_from_counts(
        TABLES / "scotland_pwid_strata.csv", by=["Region", "Gender"], sum_over=["Age"]
    )
    assert sum(part.n for part in parts.values()) == table("scotland_pwid4").n
    whole = TABLES / "scotland_pwid_strata.csv"
    summed = CaptureTable.from_counts(whole, sum_over=["Region", "Gender", "Age"])
    assert summed.digest == table("scotland_pwid4").digest
