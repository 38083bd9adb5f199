"""Signs that are told apart by their shape, not by colour alone."""

import math

from khronika.publish.pictures.svg import element, num

SIDES = {  # corners by name, and by how much of a turn the first is off the top
    "triangle": (3, 0.0),
    "square": (4, 0.125),
    "diamond": (4, 0.0),
    "falling": (3, 0.5),
    "pentagon": (5, 0.0),
    "hexagon": (6, 1 / 12),
}
SHAPES = ("circle", "square", "triangle", "diamond", "falling", "cross", "pentagon", "hexagon")
_CROSS = (
    *((-0.36, -1), (0.36, -1), (0.36, -0.36), (1, -0.36), (1, 0.36), (0.36, 0.36)),
    *((0.36, 1), (-0.36, 1), (-0.36, 0.36), (-1, 0.36), (-1, -0.36), (-0.36, -0.36)),
)


def shape(name: str, x: float, y: float, radius: float, **attributes: str | float | None) -> str:
    """A sign around a middle, as large to the eye as a circle of that radius."""
    if name == "circle":
        return element("circle", cx=round(x, 1), cy=round(y, 1), r=round(radius, 2), **attributes)
    if name == "cross":
        corners = [(x + radius * dx, y + radius * dy) for dx, dy in _CROSS]
    else:
        sides, turned = SIDES[name]
        # of the same area as the circle
        reach = radius * math.sqrt(2 * math.pi / (sides * math.sin(2 * math.pi / sides)))
        down = reach * 0.12 if sides == 3 else 0.0
        corners = [_corner(x, y, reach, turned + at / sides) for at in range(sides)]
        corners = [(cx, cy + (down if turned == 0.0 else -down)) for cx, cy in corners]
    path = "L".join(f"{num(round(cx, 1))} {num(round(cy, 1))}" for cx, cy in corners)
    return element("path", d=f"M{path}Z", **attributes)


def _corner(x: float, y: float, reach: float, turn: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return x + reach * math.sin(angle), y - reach * math.cos(angle)
