"""Who appears with whom: an actor, those who have a part in the same incidents, and their ties.

Nobody is scored: a line is as thick as the number of incidents that two have a part in, and that is
all there is to see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from khronika.publish.pictures.boxes import Boxes, around
from khronika.publish.pictures.fonts import cut, wide
from khronika.publish.pictures.layout import Floats, positions, spread
from khronika.publish.pictures.legend import legend
from khronika.publish.pictures.look import Look
from khronika.publish.pictures.picture import Picture, Words
from khronika.publish.pictures.shapes import shape
from khronika.publish.pictures.svg import clean, document, element, text

MOST_NODES = 40
SIZE = 12.5
KEY_LINE = 20
MOST_NAMES = 14  # on a phone; of more nodes each has a number
SIGNS = {  # by type of actor
    "person": ("circle", 0),
    "organisation": ("square", 2),
    "authority": ("diamond", 1),
    "group": ("hexagon", 3),
    "country": ("pentagon", 4),
}
OTHER = ("triangle", 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor; `type` is one of the model's, `type_label` what it is called."""

    id: str
    name: str = field(repr=False)
    type: str = "person"
    type_label: str = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two actors, by id, and how many incidents both have a part in."""

    one: str
    other: str
    number: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn: the centre first, places in pixels, ties by index."""

    nodes: tuple[Node, ...]
    ties: tuple[tuple[int, int, int], ...]
    places: Floats
    height: float


def network(
    centre: Node, others: Sequence[Node], ties: Sequence[Tie], left: int, look: Look, words: Words
) -> Picture:
    """Draw who has a part in the same incidents as an actor.

    Args:
        centre: the actor.
        others: who appears with it, those with most shared incidents first; 39 are drawn.
        ties: between any of them.
        left: how many more there are that were not given.
        look: theme and width.
        words: the language.
    """
    nodes = (centre, *others[: MOST_NODES - 1])
    left += len(others) + 1 - len(nodes)
    index = {node.id: at for at, node in enumerate(nodes)}
    known = sorted(
        (min(index[tie.one], index[tie.other]), max(index[tie.one], index[tie.other]), tie.number)
        for tie in ties
        if tie.one in index and tie.other in index and tie.one != tie.other and tie.number > 0
    )
    title = words.gettext("Who appears with %(name)s in the same incidents") % {
        "name": clean(centre.name)
    }
    summary = _summary(nodes, known, left, words)
    drawn = _place(nodes, tuple(known), look)
    return Picture(
        title=title,
        summary=summary,
        columns=(
            words.gettext("Who"),
            words.gettext("With whom"),
            words.gettext("Incidents of both"),
        ),
        rows=tuple(
            (nodes[one].name, nodes[other].name, words.number(number))
            for one, other, number in sorted(known, key=lambda tie: (tie[0] > 0, -tie[2], tie))
        ),
        svg=_draw(drawn, look, title, summary),
    )


def _summary(
    nodes: Sequence[Node], ties: Sequence[tuple[int, int, int]], left: int, words: Words
) -> str:
    with_centre = sorted(
        ((number, other) for one, other, number in ties if one == 0),
        key=lambda each: (-each[0], each[1]),
    )
    if not with_centre:
        return words.gettext("Nobody else is told to have a part in the same incidents.")
    said = words.ngettext(
        "%(number)s other has a part in the same incidents: %(names)s.",
        "%(number)s others have a part in the same incidents; most often: %(names)s.",
        len(nodes) - 1 + left,
    ) % {
        "number": words.number(len(nodes) - 1 + left),
        "names": ", ".join(
            f"{clean(nodes[other].name)} ({words.number(number)})"
            for number, other in with_centre[:4]
        ),
    }
    if left:
        drawn = words.gettext("%(number)s of them are drawn.")
        said += " " + drawn % {"number": words.number(len(nodes) - 1)}
    return f"{said} " + words.gettext("That they are named together says no more about them.")


def _place(nodes: tuple[Node, ...], ties: tuple[tuple[int, int, int], ...], look: Look) -> _Drawn:
    count = len(nodes)
    height = 130.0 if count == 1 else min(300.0 + 9 * count, 560.0)
    if look.narrow and count > 1:
        height = min(280.0 + 6 * count, 440.0)
    side = 40.0 if look.narrow else 120.0
    box = (side, 30.0, look.width - side, height - 30)
    unit = positions(count, [(one, other) for one, other, _ in ties])
    spans = np.array([(box[2] - box[0]) / 2, (box[3] - box[1]) / 2])
    places = unit * spans + np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    apart = 30.0 if look.narrow else 42.0
    return _Drawn(nodes, ties, np.round(spread(places, apart, box), 1), height)


def _draw(drawn: _Drawn, look: Look, title: str, summary: str) -> str:
    body = [_tie(tie, drawn, look) for tie in sorted(drawn.ties, key=lambda tie: (tie[0] > 0, tie))]
    body += [_node(at, drawn, look) for at in range(len(drawn.nodes))]
    labels, unnamed = _labels(drawn, look)
    body += labels
    key, used = _key(unnamed, drawn, look)
    types = _types(drawn.nodes)

    def sign(at: int, x: float, y: float) -> str:
        return _sign(types[at].type, x, y, 6, look)

    names = [node.type_label for node in types]
    below, high = legend(look, names, drawn.height + used, sign)
    height = drawn.height + used + high + 6
    return document(look, height, title, summary, [*body, *key, *below])


def _types(nodes: Sequence[Node]) -> list[Node]:
    """One node of each type, in the order of the signs."""
    first: dict[str, Node] = {}
    for node in nodes:
        first.setdefault(node.type, node)
    order = list(SIGNS)
    return sorted(
        first.values(),
        key=lambda node: (order.index(node.type) if node.type in SIGNS else 9, node.type),
    )


def _tie(tie: tuple[int, int, int], drawn: _Drawn, look: Look) -> str:
    one, other, number = tie
    most = max(each for *_, each in drawn.ties)
    (x, y), (far, low) = drawn.places[one], drawn.places[other]
    thick = 1.2 if most == 1 else 1 + 3.5 * ((number - 1) / (most - 1)) ** 0.5
    return element(
        "path",
        d=f"M{x:.1f} {y:.1f}L{far:.1f} {low:.1f}",
        stroke=look.theme.quiet if one == 0 else look.theme.fills[7],
        stroke_opacity=0.45 if one == 0 else 0.75,
        stroke_width=thick,
        stroke_linecap="round",
    )


def _sign(type_: str, x: float, y: float, radius: float, look: Look) -> str:
    name, colour = SIGNS.get(type_, OTHER)
    theme = look.theme
    filled = theme.fills[colour]
    return shape(name, x, y, radius, fill=filled, stroke=theme.paper, stroke_width=1.5)


def _node(at: int, drawn: _Drawn, look: Look) -> str:
    x, y = drawn.places[at]
    return _sign(drawn.nodes[at].type, float(x), float(y), 10.0 if at == 0 else 7.0, look)


def _labels(drawn: _Drawn, look: Look) -> tuple[list[str], Mapping[int, int]]:
    """Names where there is room; numbers for the others, which a key below explains."""
    boxes = Boxes((2, 2, look.width - 2, drawn.height - 2))
    for x, y in drawn.places:
        boxes.take((x - 8, y - 8, x + 8, y + 8))
    body: list[str] = []
    unnamed: dict[int, int] = {}
    most = 120.0 if look.narrow else 210.0
    numbered = look.narrow and len(drawn.nodes) > MOST_NAMES
    for at, node in enumerate(drawn.nodes):
        x, y = (float(each) for each in drawn.places[at])
        bold = at == 0
        said = cut(clean(node.name), most, SIZE, bold=bold)
        long = wide(said, SIZE, bold=bold)
        outwards = x < look.width / 2 and not bold
        gap = 12 if bold else 9
        choices = around(x, y, gap, long, SIZE + 3, leftwards=outwards)
        box = None if at and numbered else boxes.first(choices)
        if box is None:
            unnamed[at] = len(unnamed) + 1
            continue
        body.append(_written(said, box, look, font_weight="700" if bold else None))
    for at, number in unnamed.items():
        x, y = (float(each) for each in drawn.places[at])
        said = str(number)
        box = boxes.first(around(x, y, 8, wide(said, 11) + 1, 11))
        where = box or (x - wide(said, 11) / 2, y - 6, x, y + 6)
        body.append(_written(said, where, look, font_weight="700"))
    return body, unnamed


def _written(
    said: str, box: tuple[float, float, float, float], look: Look, **more: str | None
) -> str:
    """A name on a slip of paper, under which lines grow faint."""
    left, top, right, bottom = (round(each, 1) for each in box)
    slip = element(
        "rect",
        x=left,
        y=top,
        width=right - left + 2,
        height=bottom - top,
        rx=4,
        fill=look.theme.paper,
        fill_opacity=0.78,
    )
    return slip + text(said, left, bottom - 4, SIZE, **more)


def _key(unnamed: Mapping[int, int], drawn: _Drawn, look: Look) -> tuple[list[str], float]:
    if not unnamed:
        return [], 0.0
    columns = 1 if look.narrow else 4
    broad = (look.width - 24) / columns
    body = []
    for place, (at, number) in enumerate(unnamed.items()):
        x = 12 + broad * (place % columns)
        y = drawn.height + KEY_LINE * (place // columns + 1) - 4
        body.append(text(str(number), x, y, SIZE, font_weight="700"))
        body.append(text(cut(clean(drawn.nodes[at].name), broad - 34, SIZE), x + 22, y, SIZE))
    return body, KEY_LINE * -(-len(unnamed) // columns) + 6
