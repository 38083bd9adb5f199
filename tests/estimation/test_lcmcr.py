"""The latent class model: its draws, its refusals, and what may not change it."""

from dataclasses import replace
from itertools import product
from typing import Literal

import numpy as np
import pytest

from khronika.estimation import (
    CaptureTable,
    EstimationError,
    LcmcrEstimate,
    Verdict,
    lcmcr,
    lcmcr_prior_sensitivity,
    tidy,
)
from khronika.estimation.lcmcr_kernel import CompiledChains
from khronika.estimation.lcmcr_model import LatentClassModel
from khronika.estimation.lcmcr_plain import PlainChains

Engine = Literal["numba", "numpy"]
NAMES = ("press", "police", "families", "hospital")


def table(counts: dict[str, int]) -> CaptureTable:
    """A table from histories like '1010'."""
    width = len(next(iter(counts)))
    rows = np.array([[one == "1" for one in history] for history in counts])
    return tidy(NAMES[:width], rows, np.array(list(counts.values())))


def population(people: int, rates: tuple[float, ...]) -> CaptureTable:
    """What independent lists would see of so many people, rounded."""
    counts = {}
    for history in product((0, 1), repeat=len(rates)):
        share = np.prod([r if on else 1 - r for on, r in zip(history, rates, strict=True)])
        counts["".join(map(str, history))] = round(people * float(share))
    return table(counts)


def assert_without_number(found: LcmcrEstimate) -> None:
    for number in (found.estimate, found.interval, found.median, found.mean, found.draws):
        assert number is None


INDEPENDENT = population(1000, (0.5, 0.4, 0.6))


@pytest.fixture(scope="module")
def result() -> LcmcrEstimate:
    return lcmcr(INDEPENDENT, K=2, chains=4, draws=20_000, seed=3)


def test_it_finds_a_homogeneous_population(result: LcmcrEstimate) -> None:
    assert result.verdict is Verdict.OK
    assert result.median is not None
    assert result.interval is not None
    assert result.median == pytest.approx(1000, rel=0.06)
    assert result.interval.lower < 1000 < result.interval.upper
    assert result.estimate == result.median
    assert result.draws is not None
    assert len(result.draws) <= 10_000
    assert result.draws.min() >= result.documented
    assert sum(result.occupied) == pytest.approx(1)
    assert len(result.chain_medians) == 4


def test_the_posterior_of_one_class_is_the_exact_one() -> None:
    """One class: p(n0 | table) is a product of beta functions, summed here over n0."""
    from scipy.special import betaln, gammaln

    n, sizes = INDEPENDENT.n, INDEPENDENT.sizes
    unseen = np.arange(2000)
    logs = gammaln(n + unseen) - gammaln(unseen + 1.0)  # 1/N and the choice of the unseen
    for size in sizes:
        logs += betaln(1 + size, 1 + n + unseen - size)
    exact = np.exp(logs - logs.max())
    exact /= exact.sum()
    runs: tuple[tuple[Engine, int], ...] = (("numba", 20_000), ("numpy", 1500))
    for engine, draws in runs:
        found = lcmcr(INDEPENDENT, K=1, chains=4, draws=draws, seed=1, engine=engine)
        assert found.mean is not None
        assert found.se is not None
        mean = n + float(exact @ unseen)
        spread = float(np.sqrt(exact @ (n + unseen - mean) ** 2))
        assert found.mean == pytest.approx(mean, abs=5 * spread / np.sqrt(found.ess))
        assert found.se == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize("prior", [(1.0, 1.0), (0.5, 2.0)])
def test_numpy_alone_gives_the_same_in_law(prior: tuple[float, float]) -> None:
    """Means of the unseen, of alpha and of the classes in use, within their errors."""
    seen = table({"100": 60, "010": 50, "001": 40, "110": 25, "101": 12, "011": 9, "111": 14})
    model = LatentClassModel(
        histories=seen.histories,
        counts=seen.counts,
        classes=4,
        prior_lambda=prior,
        prior_alpha=(0.5, 0.5),
        most_unseen=5 * seen.n,
    )
    fast = CompiledChains(model, chains=16, seed=1).advance(2000, 5).since(200)
    slow = PlainChains(model, chains=48, seed=1).advance(300, 4).since(60)
    for name in ("unseen", "alpha", "occupied"):
        one, other = (np.log(getattr(each, name) + 1.0).mean(axis=1) for each in (fast, slow))
        error = np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size)
        assert abs(one.mean() - other.mean()) < 4.5 * error


def test_the_same_seed_gives_the_same_bytes(result: LcmcrEstimate) -> None:
    again = lcmcr(INDEPENDENT, K=2, chains=4, draws=20_000, seed=3)
    other = lcmcr(INDEPENDENT, K=2, chains=4, draws=20_000, seed=4)
    assert result.draws is not None
    assert again.draws is not None
    assert other.draws is not None
    assert again.draws.tobytes() == result.draws.tobytes()
    assert other.draws.tobytes() != result.draws.tobytes()


def test_names_and_order_of_lists_change_nothing(result: LcmcrEstimate) -> None:
    moved = replace(INDEPENDENT.take([2, 0, 1]), lists=("x", "y", "z"))
    assert lcmcr(moved, K=2, chains=4, draws=20_000, seed=3).interval == result.interval


def test_a_list_with_nobody_is_left_out_and_told() -> None:
    wide = tidy(
        NAMES,
        np.hstack([INDEPENDENT.histories, np.zeros((len(INDEPENDENT.counts), 1), dtype=bool)]),
        INDEPENDENT.counts,
    )
    found = lcmcr(wide, K=2, chains=4, draws=20_000)
    assert any("hospital" in note.text for note in found.notes)
    assert found.draws is not None
    same = lcmcr(INDEPENDENT, K=2, chains=4, draws=20_000).draws
    assert same is not None
    assert same.tobytes() == found.draws.tobytes()


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ({"1": 40}, "one-list"),
        ({"10": 40, "01": 30, "11": 20}, "few-lists"),
        ({"100": 40, "010": 30, "001": 5, "110": 20}, "few-lists"),
    ],
)
def test_too_few_lists_are_refused(counts: dict[str, int], rule: str) -> None:
    found = lcmcr(table(counts))
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, rule)
    assert_without_number(found)


def test_chains_that_do_not_agree_give_no_number() -> None:
    found = lcmcr(INDEPENDENT, chains=4, draws=100, burn=0)
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, "not-converged")
    assert_without_number(found)
    assert len(found.chain_medians) == 4


SPARSE = table({"100": 300, "010": 200, "001": 250, "110": 3, "101": 2, "011": 2})


def test_draws_far_up_give_only_a_lower_bound() -> None:
    few = table({"100": 60, "010": 60, "001": 60, "110": 4})
    found = lcmcr(few, K=1, chains=4, draws=20_000)
    assert (found.verdict, found.decision.rule) == (Verdict.LOWER_BOUND_ONLY, "above-cap")
    assert found.above_cap is not None
    assert found.above_cap > 0.001
    assert found.interval is not None


def test_very_many_draws_far_up_give_nothing() -> None:
    found = lcmcr(SPARSE, K=1, chains=4, draws=60_000)
    assert (found.verdict, found.decision.rule) == (Verdict.REFUSED, "beyond-reason")
    assert found.interval is None


def test_a_cap_holds_and_is_told() -> None:
    found = lcmcr(SPARSE, K=1, chains=4, draws=60_000, cap=20)
    assert found.draws is not None
    assert found.draws.max() <= 21 * SPARSE.n
    assert found.decision.rule == "above-cap"
    assert any("20 times" in note.text for note in found.notes)
    assert found.provenance.settings["cap"] == "20 times the documented"


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_a_cap_that_no_draw_meets_leaves_the_old_number(engine: Engine) -> None:
    found = lcmcr(SPARSE, chains=2, draws=200, cap=1e-9, engine=engine)
    assert all(median <= SPARSE.n + 1 for median in found.chain_medians)


@pytest.mark.parametrize("engine", ["numba", "numpy"])
def test_lists_that_share_nobody_end_without_overflow(engine: Engine) -> None:
    alone = table({"100": 10**9, "010": 3, "001": 10**9, "110": 10})
    found = lcmcr(alone, chains=2, draws=400, engine=engine, prior_lambda=(0.001, 5))
    assert found.verdict in (Verdict.REFUSED, Verdict.LOWER_BOUND_ONLY)


WRONG: tuple[dict[str, object], ...] = (
    {"K": 0},
    {"K": 2.5},
    {"chains": 1},
    {"draws": 0},
    {"burn": -1},
    {"cap": 0.0},
    {"cap": float("nan")},
    {"seed": -1},
    {"prior_lambda": (0, 1)},
    {"prior_lambda": (1, 2, 3)},
    {"prior_alpha": "ab"},
    {"engine": "fast"},
)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_impossible_settings_are_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(EstimationError):
        lcmcr(INDEPENDENT, **wrong)  # type: ignore[arg-type]


def test_a_firm_table_moves_little_with_the_prior() -> None:
    base = lcmcr(INDEPENDENT, K=1, draws=4000)
    firm = lcmcr_prior_sensitivity(INDEPENDENT, draws=4000, base=base)
    assert firm.shift is not None
    assert firm.shift < 0.25
    assert firm.decision.verdict is Verdict.OK
    assert firm.priors == ((1, 1), (0.5, 0.5), (1, 4))


def test_it_says_so_where_the_prior_decides() -> None:
    few = table({"100": 12, "010": 12, "001": 12, "110": 2, "101": 2, "011": 2})
    base = lcmcr(few, K=1, chains=4, draws=10_000)
    loose = lcmcr_prior_sensitivity(few, priors=((1, 1), (4, 1)), base=base, draws=10_000)
    assert loose.decision.rule == "prior-decides"
    assert loose.decision.verdict is Verdict.RANGE_ONLY
