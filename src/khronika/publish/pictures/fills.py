"""Hatchings, so that neighbours in a stack are told apart without colour."""

from khronika.publish.pictures.look import Theme
from khronika.publish.pictures.svg import element

SIZE = 8
# What is drawn in the colour of the paper over a fill, in a tile of 8 by 8; the first is plain.
TILES = (
    "",
    "M-2 2L2 -2M0 8L8 0M6 10L10 6",
    "M4 2.4A1.6 1.6 0 1 1 4 5.6A1.6 1.6 0 1 1 4 2.4Z",
    "M0 4H8",
    "M-2 6L2 10M0 0L8 8M6 -2L10 2",
    "M4 0V8",
    "M0 4H8M4 0V8",
    "M0 0L8 8M0 8L8 0",
)
DOTS = 2


def patterns(theme: Theme, count: int) -> str:
    """The definitions of the first so many fills."""
    return "".join(_pattern(theme, at) for at in range(1, min(count, len(TILES))))


def _pattern(theme: Theme, at: int) -> str:
    dots = at == DOTS
    lines = element(
        "path",
        d=TILES[at],
        fill=theme.paper if dots else "none",
        stroke=None if dots else theme.paper,
        stroke_width=None if dots else 1.3,
    )
    return element(
        "pattern",
        element("rect", width=SIZE, height=SIZE, fill=theme.fills[at]),
        lines,
        id=f"fill{at}",
        width=SIZE,
        height=SIZE,
        patternUnits="userSpaceOnUse",
    )


def fill(theme: Theme, at: int) -> str:
    """How the kind at this place of the legend is filled; what lies beyond is the rest."""
    if at >= len(TILES):
        return theme.rest
    return f"url(#fill{at})" if at else theme.fills[0]
