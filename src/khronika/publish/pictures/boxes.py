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


def around(
    x: float, y: float, gap: float, wide: float, high: float, *, leftwards: bool = False
) -> Iterable[Box]:
    """Where the label of a point may stand: beside it, above, below, then at the corners."""
    half, middle, corner = wide / 2, high / 2, gap * 0.7
    sides = [(x + gap, x + gap + wide), (x - gap - wide, x - gap)]
    corners = [(x + corner, x + corner + wide), (x - corner - wide, x - corner)]
    if leftwards:
        sides, corners = sides[::-1], corners[::-1]
    for left, right in sides:
        yield left, y - middle, right, y + middle
    yield x - half, y - gap - high, x + half, y - gap
    yield x - half, y + gap, x + half, y + gap + high
    for left, right in corners:
        yield left, y - corner - high, right, y - corner
        yield left, y + corner, right, y + corner + high
