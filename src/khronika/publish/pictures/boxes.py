"""Room for labels: what is taken, and where one still fits."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(slots=True)
class Boxes:
    """The parts of a picture that labels must not cover; `frame` is what they stay within."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """True if a box lies within the frame and covers nothing."""
        left, top, right, bottom = box
        x, y, far, low = self.frame
        if left < x or top < y or right > far or bottom > low:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self.taken
        )

    def take(self, box: Box) -> None:
        """Let nothing else be there."""
        self.taken.append(box)

    def first(self, choices: Iterable[Box]) -> Box | None:
        """The first box that is free, which is taken from now on; None if none is."""
        for box in choices:
            if self.free(box):
                self.taken.append(box)
                return box
        return None


def around(x: float, y: float, gap: float, wide: float, high: float) -> Iterable[Box]:
    """Where the label of a point may stand: right, left, above, below, then the corners."""
    half, middle = wide / 2, high / 2
    yield (x + gap, y - middle, x + gap + wide, y + middle)
    yield (x - gap - wide, y - middle, x - gap, y + middle)
    yield (x - half, y - gap - high, x + half, y - gap)
    yield (x - half, y + gap, x + half, y + gap + high)
    corner = gap * 0.7
    yield (x + corner, y - corner - high, x + corner + wide, y - corner)
    yield (x + corner, y + corner, x + corner + wide, y + corner + high)
    yield (x - corner - wide, y - corner - high, x - corner, y - corner)
    yield (x - corner - wide, y + corner, x - corner, y + corner + high)
