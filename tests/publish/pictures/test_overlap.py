from dataclasses import replace
from xml.etree import ElementTree

import pytest

from khronika.publish.pictures import DARK, ENGLISH, LIGHT, Look, png
from khronika.publish.pictures.overlap import MOST_COLUMNS, Cell, Lists, overlap

HOSTILE = "\x00</text><script>alert(1)</script>\u202e\ud800 & \"'" + "ы" * 5000


def lists(*cells: tuple[set[int], int], names: tuple[str, ...] = ("A", "B", "C")) -> Lists:
    made = tuple(Cell(lists=frozenset(on), people=people) for on, people in cells)
    return Lists(names=names, cells=made)


def words_of(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_table_has_every_combination_from_the_largest() -> None:
    made = overlap(lists(({0}, 5), ({0, 1}, 7), ({2}, 0)), Look(), ENGLISH)
    assert made.columns == ("Lists", "How many lists", "People")
    assert made.rows == (("A + B", "2", "7"), ("A", "1", "5"))


def test_the_summary_counts_people_lists_and_pairs_without_overlap() -> None:
    made = overlap(lists(({0}, 5), ({0, 1}, 7), ({2}, 1)), Look(), ENGLISH)
    assert "People on the lists: 13; on one list only: 6, on several: 7." in made.summary
    assert "The lists: A (12), B (7), C (1)." in made.summary
    assert "Pairs of lists that share nobody: 2 of 3." in made.summary


def test_small_combinations_share_the_last_column() -> None:
    names = tuple(f"L{at}" for at in range(6))
    cells = [({j for j in range(6) if key >> j & 1}, 64 - key) for key in range(1, 64)]
    made = overlap(lists(*cells, names=names), Look(), ENGLISH)
    said = words_of(made.svg)
    assert f"{63 - MOST_COLUMNS + 1} smaller combinations together" in said
    left = sum(people for _, people in cells[MOST_COLUMNS - 1 :])
    assert f"{left:,}" in said
    assert len(made.rows) == 63


def test_the_smallest_of_many_lists_share_a_row() -> None:
    names = tuple(f"L{at}" for at in range(30))
    cells = [({at}, 100 - at) for at in range(30)] + [({25, 26}, 3)]
    made = overlap(lists(*cells, names=names), Look(), ENGLISH)
    said = words_of(made.svg)
    assert "10 other lists" in said
    # people on any of the ten, those on two of them once
    assert f"{sum(100 - at for at in range(20, 30)) + 3:,}" in said


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [362, 1112])
@pytest.mark.parametrize("cells", [[], [({0}, 1)], [({0, 2}, 3), ({1}, 2**52)]])
def test_nothing_little_and_much_are_drawn(
    cells: list[tuple[set[int], int]], width: int, theme: object
) -> None:
    look = replace(Look(width=width), theme=theme)  # type: ignore[arg-type]
    made = overlap(lists(*cells), look, ENGLISH)
    assert png(made.svg)[:4] == b"\x89PNG"


def test_hostile_names_are_names() -> None:
    made = overlap(lists(({0, 1}, 2), names=(HOSTILE, "B", "C")), Look(), ENGLISH)
    assert "<script" not in made.svg
    assert ElementTree.fromstring(made.svg).tag.endswith("svg")


def test_the_same_lists_give_the_same_picture_whatever_the_order_of_cells() -> None:
    one = overlap(lists(({0}, 5), ({0, 1}, 7), ({2}, 7)), Look(), ENGLISH)
    other = overlap(lists(({2}, 7), ({0, 1}, 7), ({0}, 5)), Look(), ENGLISH)
    assert one == other
