"""Whether chains agree: against values that arviz 0.23 gives for the same draws."""

import numpy as np
import pytest
from numpy.typing import NDArray

from khronika.estimation.mixing import bulk_ess, rank_rhat, tail_ess


def walks(
    seed: int, shape: tuple[int, int], slowness: float, apart: float = 0
) -> NDArray[np.float64]:
    steps = np.random.default_rng(seed).standard_normal(shape)
    draws = np.zeros(shape)
    for i in range(1, shape[1]):
        draws[:, i] = slowness * draws[:, i - 1] + steps[:, i]
    return draws + apart * np.arange(shape[0])[:, None]


@pytest.mark.parametrize(
    ("draws", "rhat", "bulk", "tail"),
    [
        (walks(1, (4, 250), 0), 1.0057791734800827, 1040.7, 950.9),
        (walks(2, (4, 1000), 0.9), 1.0394835467614958, 143.26, 543.14),
        (walks(3, (3, 501), -0.4), 1.0001230362864493, 3351.5, 1537.9),
        (walks(4, (4, 500), 0.5, 1.0), 1.4483703283854052, 8.18, 63.41),
        (np.round(walks(5, (4, 400), 0.7)), 1.0084477108360226, 242.23, 443.56),
        (np.tan(walks(6, (2, 300), 0)), 0.9995008944715887, 545.71, 516.34),
    ],
    ids=["independent", "slow", "alternating", "apart", "ties", "heavy tails"],
)
def test_it_agrees_with_arviz(
    draws: NDArray[np.float64], rhat: float, bulk: float, tail: float
) -> None:
    assert rank_rhat(draws) == pytest.approx(rhat, abs=1e-9)
    assert bulk_ess(draws) == pytest.approx(bulk, rel=0.02)
    assert tail_ess(draws) == pytest.approx(tail, rel=0.02)


def test_a_monotone_change_of_scale_changes_no_effective_number() -> None:
    draws = walks(7, (4, 200), 0.5)
    assert bulk_ess(np.exp(draws)) == pytest.approx(bulk_ess(draws))
    assert tail_ess(np.exp(draws)) == pytest.approx(tail_ess(draws))


def test_draws_that_never_move_agree_or_do_not() -> None:
    still = np.zeros((4, 100))
    assert rank_rhat(still) == 1.0
    assert bulk_ess(still) == 400
    assert rank_rhat(still + np.arange(4)[:, None]) > 1e6
