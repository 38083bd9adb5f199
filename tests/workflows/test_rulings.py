"""Which rulings stand: replaced, taken back, standing again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from khronika.model.acts import Modality
from khronika.model.corrections import Correction
from khronika.model.links import Ruling
from khronika.workflows.rulings import Rulings, found_in, superseded, with_ruling

ACTS = ["act_1", "act_2"]
SAID = [Correction(kind="fine"), Correction(kind="arrest", modality=Modality.DENIED)]


def a_ruling(number: int, verb: str, *ids: str, said: Correction | None = None) -> Ruling:
    return Ruling(
        id=f"rul_{number}",
        verb=verb,
        ids=ids,
        reviewer="R",
        time="2030-01-01T00:00:00Z",
        why="",
        correction=said,
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Ruling]:
    found: list[Ruling] = []
    for number in range(draw(st.integers(0, 7))):
        verb = draw(st.sampled_from(["accept", "reject", "correct", "note", "retract", "same"]))
        if verb == "retract" and found:
            found.append(a_ruling(number, verb, draw(st.sampled_from(found)).id))
        elif verb == "correct":
            act = draw(st.sampled_from(ACTS))
            found.append(a_ruling(number, verb, act, said=draw(st.sampled_from(SAID))))
        elif verb == "same":
            found.append(a_ruling(number, verb, "per_1", "per_2"))
        elif verb != "retract":
            ids = draw(st.lists(st.sampled_from(ACTS), min_size=1, unique=True))
            found.append(a_ruling(number, verb, *sorted(ids)))
    return found


@given(before=histories(), verb=st.sampled_from(["accept", "reject", "note", "same"]))
def test_taking_back_restores_exactly_what_stood(before: list[Ruling], verb: str) -> None:
    ids = ("per_1", "per_2") if verb == "same" else tuple(ACTS)
    ruling = a_ruling(90, verb, *ids)
    undo = a_ruling(91, "retract", ruling.id)
    assert superseded([*before, ruling, undo])[: len(before)] == superseded(before)


@given(before=histories())
def test_taking_back_twice_is_nothing(before: list[Ruling]) -> None:
    if before:
        undo = a_ruling(90, "retract", before[-1].id)
        redo = a_ruling(91, "retract", undo.id)
        assert superseded([*before, undo, redo])[: len(before)] == superseded(before)


@given(before=histories())
def test_marking_again_changes_nothing(before: list[Ruling]) -> None:
    marked = superseded(before)
    assert superseded(marked) == marked
    assert [replace(each, superseded_by=None) for each in marked] == before


def test_a_fuller_correction_replaces_a_narrower_one_only() -> None:
    narrow = a_ruling(1, "correct", "act_1", said=SAID[0])
    full = a_ruling(2, "correct", "act_1", said=SAID[1])
    assert [each.superseded_by for each in superseded([narrow, full])] == ["rul_2", None]
    assert [each.superseded_by for each in superseded([full, narrow])] == [None, None]


@given(before=histories())
def test_one_more_is_as_if_all_were_looked_at(before: list[Ruling]) -> None:
    found = Rulings()
    for ruling in before:
        found = with_ruling(found, ruling)
    assert found == found_in(superseded(before))
