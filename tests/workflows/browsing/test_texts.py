"""Cutting a text for a page: nothing is lost, nothing is doubled, no page is too large."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from khronika.model.anchors import Span
from khronika.workflows.browsing.texts import (
    BLOCKS,
    PAGE,
    Block,
    Mark,
    Sort,
    page_of,
    pages,
    segments,
    slices,
)

EDGE = st.integers(min_value=0, max_value=80)
MARKS = st.lists(
    st.builds(
        lambda one, other, sort: Mark(span=Span(min(one, other), max(one, other)), sort=sort),
        EDGE,
        EDGE,
        st.sampled_from(Sort),
    ),
    max_size=12,
)


def spans_of(edges: list[int]) -> list[Span]:
    """Passages between some edges, with gaps between them."""
    cuts = sorted(set(edges))
    return [Span(a, b) for a, b in list(pairwise(cuts))[::2]]


@given(st.text(max_size=60), MARKS, st.integers(min_value=0, max_value=20))
def test_segments_together_are_the_text(text: str, marks: list[Mark], at: int) -> None:
    found = segments(text, marks, at)
    assert "".join(each.text for each in found) == text
    assert all(each.text for each in found)


@given(st.text(max_size=60), MARKS, st.integers(min_value=0, max_value=20))
def test_a_segment_has_the_marks_that_cover_it(text: str, marks: list[Mark], at: int) -> None:
    for each in segments(text, marks, at):
        place = Span(each.start, each.start + len(each.text))
        assert set(each.marks) == {m for m in marks if m.span.overlaps(place) and len(m.span) > 0}
        assert all(mark.span.holds(place) for mark in each.marks)


@given(st.text(min_size=1, max_size=60), MARKS)
def test_a_mark_opens_once_where_it_begins(text: str, marks: list[Mark]) -> None:
    found = segments(text, set(marks))
    opened = [mark for each in found for mark in each.opens]
    assert len(opened) == len(set(opened))
    assert set(opened) == {m for m in marks if len(m.span) > 0 and m.span.start < len(text)}
    assert all(each.start == mark.span.start for each in found for mark in each.opens)


def test_overlapping_marks_are_cut_into_segments() -> None:
    act = Mark(span=Span(0, 10), sort=Sort.ACT, key="act_1")
    name = Mark(span=Span(4, 14), sort=Sort.NAME)
    found = segments("0123456789abcdef", [name, act])
    assert [(each.text, each.marks) for each in found] == [
        ("0123", (act,)),
        ("456789", (act, name)),
        ("abcd", (name,)),
        ("ef", ()),
    ]


def test_the_shortest_mark_of_a_sort_is_the_one_meant() -> None:
    long = Mark(span=Span(0, 9), sort=Sort.NAME, key="org_1")
    short = Mark(span=Span(2, 5), sort=Sort.NAME, key="per_1")
    segment = segments("123456789", [long, short])[1]
    assert segment.mark(Sort.NAME) == short
    assert segment.mark(Sort.WHEN) is None


@given(st.lists(st.integers(min_value=0, max_value=5 * PAGE), max_size=8))
def test_pages_together_are_the_text_and_none_is_too_large(edges: list[int]) -> None:
    text = "ten lettrs" * (PAGE // 2)
    found = pages(spans_of([each for each in edges if each <= len(text)]), text)
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(0 < len(each) <= PAGE for each in found)


def test_a_megabyte_on_one_line_is_cut_at_blanks() -> None:
    text = "word " * 200_000
    found = pages([Span(0, len(text))], text)
    assert len(found) > 80
    assert all(text[each.end - 1] == " " for each in found)


def test_a_megabyte_without_a_blank_is_cut_as_well() -> None:
    text = "x" * 1_000_000
    found = pages([Span(0, len(text))], text)
    assert {len(each) for each in found[:-1]} == {PAGE}


def test_many_short_passages_are_cut_by_number() -> None:
    text = "a\n" * 1000
    found = pages([Span(2 * n, 2 * n + 1) for n in range(1000)], text)
    assert len(found) == -(-1000 // BLOCKS)


def test_an_empty_text_is_one_page() -> None:
    assert pages([], "") == (Span(0, 0),)
    assert slices([], Span(0, 0)) == ()


@given(st.lists(EDGE, max_size=12), EDGE, EDGE)
def test_slices_leave_nothing_of_a_page_out(edges: list[int], one: int, other: int) -> None:
    page = Span(min(one, other), max(one, other))
    blocks = [
        Block(span=span, role="body", index=n)
        for n, span in enumerate(spans_of(edges))
        if span.overlaps(page)
    ]
    found = slices(blocks, page)
    covered = [place for each in found for place in range(each.span.start, each.span.end)]
    assert covered == list(range(page.start, page.end))
    assert all(each.block.span.holds(each.span) for each in found)


def test_a_slice_says_whether_its_passage_goes_on() -> None:
    [one] = slices([Block(span=Span(0, 30), role="body", index=0)], Span(10, 20))
    assert (one.went_on, one.goes_on) == (True, True)


def test_the_page_of_a_place() -> None:
    every = (Span(0, 10), Span(10, 30))
    assert [page_of(every, place) for place in (0, 9, 10, 29, 30, 10**9)] == [1, 1, 2, 2, 1, 1]
