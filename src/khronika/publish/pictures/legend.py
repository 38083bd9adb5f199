"""The legend of a picture: a line or several of signs with what they mean."""

from collections.abc import Callable, Sequence

from khronika.publish.pictures.fonts import cut, wide
from khronika.publish.pictures.look import Look
from khronika.publish.pictures.svg import clean, text

LINE = 22
SIGN = 20
GAP = 18
Draw = Callable[[int, float, float], str]


def legend(
    look: Look, labels: Sequence[str], top: float, sign: Draw, size: float = 12.5
) -> tuple[list[str], float]:
    """What to draw, and how high it is.

    Args:
        look: theme and width.
        labels: what each sign means.
        top: where the legend begins.
        sign: draws the sign of a label by its number, around a middle.
        size: of the letters.
    """
    x, y, drawn = 0.0, top + LINE / 2, []
    left, room = 12.0, look.width - 24
    for at, label in enumerate(labels):
        said = cut(clean(label), room - SIGN, size)
        needed = SIGN + wide(said, size)
        if x and x + needed > room:
            x, y = 0.0, y + LINE
        drawn.append(sign(at, left + x + 6, y))
        drawn.append(text(said, left + x + SIGN, y + size * 0.35, size))
        x += needed + GAP
    return drawn, (y - top + LINE / 2) if labels else 0.0
