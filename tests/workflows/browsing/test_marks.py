"""Text cut at the edges of marks: nothing is lost, and each piece knows what covers it."""

from hypothesis import given
from hypothesis import strategies as st

from khronika.model.anchors import Span
from khronika.workflows.browsing.marks import BEFORE, Mark, around, stretches

TEXT = "Four men took her away on Tuesday."
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda t: Span(t[0], t[0] + t[1]))
MARKS = st.lists(st.builds(Mark, label=st.sampled_from(["victim", "when", "trigger"]), span=SPANS))


@given(text=st.text(max_size=60), window=SPANS, marks=MARKS, quote=st.none() | SPANS)
def test_no_letter_is_lost_or_told_twice(
    text: str, window: Span, marks: list[Mark], quote: Span | None
) -> None:
    found = stretches(text, window, marks, quote)
    assert "".join(each.text for each in found) == text[window.start : window.end]
    assert all(each.text for each in found)


@given(window=SPANS, marks=MARKS)
def test_each_piece_has_the_marks_that_cover_it(window: Span, marks: list[Mark]) -> None:
    found = stretches(TEXT, window, marks)
    for each in found:
        piece = Span(each.start, each.start + len(each.text))
        assert set(each.labels) == {m.label for m in marks if m.span.holds(piece)}


def test_a_mark_inside_another_comes_first() -> None:
    outer, inner = Mark(label="what", span=Span(0, 17)), Mark(label="victim", span=Span(14, 17))
    found = stretches(TEXT, Span(0, len(TEXT)), [outer, inner])
    assert [(each.text, each.labels, each.ended) for each in found] == [
        ("Four men took ", ("what",), ()),
        ("her", ("victim", "what"), ("victim", "what")),
        (" away on Tuesday.", (), ()),
    ]


def test_what_is_outside_the_quotation_is_told_apart() -> None:
    found = stretches(TEXT, Span(0, len(TEXT)), [], Span(9, 22))
    assert [(each.text, each.inside) for each in found] == [
        ("Four men ", False),
        ("took her away", True),
        (" on Tuesday.", False),
    ]


def test_a_long_passage_is_cut_around_its_quotation() -> None:
    shown = around(Span(5000, 5100), Span(0, 90_000))
    assert shown.start == 5000 - BEFORE
    assert shown.end < 6000
    assert around(Span(3, 9), Span(4, 8)) == Span(3, 9)
