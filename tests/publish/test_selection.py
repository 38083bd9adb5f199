from dataclasses import replace
from typing import Any

from khronika.model.acts import Act, Role
from khronika.model.links import Ruling
from khronika.publish.selection import LESS_SURE, select, spoken, standing
from publish.builders import a_coding, a_report, an_act


def a_ruling(verb: str, act: str, time: str = "2026-01-01T00:00:00Z", **more: Any) -> Ruling:
    return Ruling(
        id=f"rul_{verb}{time}", verb=verb, ids=(act,), reviewer="r", time=time, why="", **more
    )


def test_an_act_below_the_threshold_goes_with_its_appeal_and_designation() -> None:
    report = a_report()
    coding = a_coding(report, an_act(report, confidence=0.5))
    narrowed = select(coding, {}, 0.9)
    assert (narrowed.acts, narrowed.appeals, narrowed.designations) == ((), (), ())
    assert narrowed.cast == coding.cast


def test_what_a_person_accepted_is_certain_enough() -> None:
    report = a_report()
    act = an_act(report, confidence=0.5)
    coding = a_coding(report, act)
    assert select(coding, standing([a_ruling("accept", act.id)]), 0.9) == coding


def test_an_export_says_that_an_act_was_corrected_unless_it_was_accepted() -> None:
    corrected, accepted = a_ruling("correct", "act_1"), a_ruling("accept", "act_1")
    added = a_ruling("add", "act_2")
    undone = a_ruling("correct", "act_3", superseded_by="rul_x")
    assert spoken([accepted, corrected, added, undone]) == {"act_1": accepted, "act_2": added}
    assert spoken([corrected, added]) == {"act_1": corrected, "act_2": added}


def test_what_a_person_rejected_stays_out() -> None:
    report = a_report()
    act = an_act(report)
    assert not select(a_coding(report, act), standing([a_ruling("reject", act.id)])).acts


def test_the_later_ruling_stands_and_a_superseded_one_does_not() -> None:
    early = a_ruling("accept", "act_1")
    late = a_ruling("reject", "act_1", "2026-02-01T00:00:00Z")
    assert standing([late, early])["act_1"] == late
    gone = a_ruling("reject", "act_1", "2026-03-01T00:00:00Z", superseded_by="rul_9")
    assert standing([gone, early])["act_1"] == early


def a_doubtful_act(doubt: float) -> Act:
    """An act that is sure, with a victim, date and place that are less so."""
    act = an_act(a_report(), confidence=0.95)
    return replace(
        act,
        involvements=tuple(replace(i, confidence=doubt) for i in act.involvements),
        when=replace(act.when, confidence=doubt),
        where=tuple(replace(w, confidence=doubt) for w in act.where),
    )


def test_what_is_less_sure_of_a_sure_act_is_unknown() -> None:
    act = a_doubtful_act(0.7)
    (left,) = select(a_coding(a_report(), act), {}, 0.9).acts
    assert (left.when.edtf, left.when.basis, left.where) == ("", LESS_SURE, ())
    assert {i.role for i in left.involvements} == {Role.SOURCE}  # a claim keeps its teller


def test_what_is_as_sure_as_asked_stays() -> None:
    act = a_doubtful_act(0.9)
    assert select(a_coding(a_report(), act), {}, 0.9).acts == (act,)


def test_an_accepted_act_keeps_everything() -> None:
    act = a_doubtful_act(0.1)
    coding = a_coding(a_report(), act)
    assert select(coding, standing([a_ruling("accept", act.id)]), 0.9) == coding


def test_without_a_threshold_nothing_is_left_out() -> None:
    coding = a_coding(a_report(), a_doubtful_act(0.01))
    assert select(coding, {}) == coding
