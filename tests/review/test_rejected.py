import pytest

from khronika.review.rejected import LEAST, OFTEN, Ruled, least_share, often_rejected


def way(rejected: int, accepted: int, rule: str = "arrest/verb/hold") -> Ruled:
    return Ruled(rule=rule, kind="arrest", accepted=accepted, rejected=rejected)


@pytest.mark.parametrize(
    ("rejected", "accepted", "told"),
    [(LEAST - 1, 0, False), (LEAST, 0, True), (3, 3, False), (4, 2, True), (1, 30, False),
     (40, 60, True), (0, 50, False), (25, 75, False)],
)  # fmt: skip
def test_a_way_is_told_once_it_is_surely_rejected_often(
    rejected: int, accepted: int, told: bool
) -> None:
    found = often_rejected([way(rejected, accepted)])
    assert bool(found) is told
    assert all(each.remedy and each.least >= OFTEN for each in found)


def test_the_surest_come_first_and_the_remedy_fits() -> None:
    some, all_ = often_rejected([way(6, 4, "a"), way(9, 0, "b")])[::-1]
    assert (some.ruled.rule, all_.ruled.rule) == ("a", "b")
    assert "nothing that it found was accepted" in all_.remedy
    assert "compare" in some.remedy


def test_more_rulings_make_it_surer() -> None:
    shares = [least_share(6 * n, 4 * n) for n in (1, 2, 5, 50)]
    assert shares == sorted(shares)
    assert shares[-1] < 0.6
