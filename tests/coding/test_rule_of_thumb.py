"""Fillers of coders without a model: a share of the act's probability."""

from dataclasses import replace

import pytest

from khronika.coding.rule_of_thumb import MOST, filled_in, scaled
from khronika.model.acts import Act, When
from publish.builders import a_report, an_act


def chances(act: Act) -> list[float | None]:
    return [
        *(i.confidence for i in act.involvements),
        act.when.confidence,
        *(w.confidence for w in act.where),
    ]


def test_every_filler_is_less_sure_than_its_act() -> None:
    act = filled_in(an_act(a_report(), confidence=0.8))
    assert all(chance is not None and 0 < chance < 0.8 for chance in chances(act))


def test_what_has_a_probability_keeps_it() -> None:
    once = filled_in(an_act(a_report(), confidence=0.8))
    assert filled_in(replace(once, confidence=0.1)) == replace(once, confidence=0.1)


def test_an_unknown_date_stays_without() -> None:
    act = filled_in(replace(an_act(a_report()), when=When(basis="no date is told")))
    assert act.when.confidence is None


@pytest.mark.parametrize("sure", [0.0, 0.4, 1.0])
def test_fillers_rise_and_fall_with_their_act(sure: float) -> None:
    act = scaled(filled_in(an_act(a_report(), confidence=0.8)), sure)
    assert act.confidence == sure
    assert all(chance is not None and chance <= min(sure, MOST) for chance in chances(act))
