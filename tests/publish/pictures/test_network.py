from xml.etree import ElementTree

import pytest

from khronika.publish.pictures import DARK, ENGLISH, LIGHT, Look, Theme, png
from khronika.publish.pictures.boxes import Boxes
from khronika.publish.pictures.layout import positions, spread
from khronika.publish.pictures.network import Node, Tie, network

TYPES = ("person", "organisation", "authority", "group", "country", "something else")


def node(at: int, name: str = "") -> Node:
    return Node(
        id=f"n{at}", name=name or f"Name {at}", type=TYPES[at % 6], type_label=TYPES[at % 6]
    )


def star(count: int) -> tuple[list[Node], list[Tie]]:
    nodes = [node(at) for at in range(1, count)]
    ties = [Tie(one="n0", other=each.id, number=at % 5 + 1) for at, each in enumerate(nodes)]
    ties += [Tie(one=f"n{at}", other=f"n{at + 1}", number=1) for at in range(1, count - 1, 3)]
    return nodes, ties


def test_ties_are_rows_those_of_the_centre_first() -> None:
    ties = [
        Tie(one="n1", other="n2", number=3),
        Tie(one="n1", other="n0", number=1),
        Tie(one="n0", other="n2", number=2),
    ]
    made = network(node(0), [node(1), node(2)], ties, 0, Look(), ENGLISH)
    assert made.rows == (
        ("Name 0", "Name 2", "2"),
        ("Name 0", "Name 1", "1"),
        ("Name 1", "Name 2", "3"),
    )
    assert "2 others have a part in the same incidents; most often: Name 2 (2)" in made.summary
    assert "says no more about them" in made.summary


def test_who_is_alone_is_said_to_be() -> None:
    made = network(node(0), [], [], 0, Look(), ENGLISH)
    assert made.rows == ()
    assert "Nobody else" in made.summary


def test_at_most_forty_are_drawn_and_the_others_counted() -> None:
    nodes, ties = star(60)
    made = network(node(0), nodes, ties, 5, Look(), ENGLISH)
    assert "64 others" in made.summary
    assert "39 of them are drawn." in made.summary
    assert len(made.svg) < 60_000


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [362, 1112])
@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_any_number_is_drawn(count: int, width: int, theme: Theme) -> None:
    nodes, ties = star(count)
    made = network(node(0), nodes, ties, 0, Look(theme=theme, width=width), ENGLISH)
    assert png(made.svg).startswith(b"\x89PNG")
    assert "nan" not in made.svg


def test_hostile_names_are_text_and_cut() -> None:
    names = ["<script>\x00\ud800\u202e" + "x" * 1000, "منظمة" * 100, "", " "]
    nodes = [node(at + 1, name or " ") for at, name in enumerate(names)]
    ties = [Tie(one="n0", other=each.id, number=1) for each in nodes]
    ties += [Tie(one="n0", other="n0", number=3), Tie(one="n0", other="nobody", number=3)]
    made = network(node(0, "&<>\"'"), nodes, ties, 0, Look(), ENGLISH)
    root = ElementTree.fromstring(made.svg)
    assert not [each for each in root.iter() if each.tag.endswith("script")]
    assert len(made.svg) < 20_000


def test_the_same_ties_give_the_same_bytes() -> None:
    nodes, ties = star(25)
    drawn = [network(node(0), nodes, each, 0, Look(), ENGLISH).svg for each in (ties, ties[::-1])]
    assert drawn[0] == drawn[1]


def test_nodes_keep_their_distance_within_the_box() -> None:
    nodes = 40
    found = spread(
        positions(nodes, [(0, at) for at in range(1, nodes)]) * 200 + 300, 40, (0, 0, 600, 600)
    )
    assert found.min() >= 0
    assert found.max() <= 600
    near = min(
        float(((found[one] - found[other]) ** 2).sum() ** 0.5)
        for one in range(nodes)
        for other in range(one)
    )
    assert near > 30


def test_a_label_takes_the_first_box_that_is_free() -> None:
    boxes = Boxes((0, 0, 100, 100))
    boxes.take((0, 0, 50, 50))
    assert boxes.first([(40, 40, 60, 60), (90, 90, 110, 95), (60, 60, 70, 70)]) == (60, 60, 70, 70)
    assert boxes.first([(65, 65, 66, 66)]) is None
