"""Which part of the world a map shows, and where on the picture its points lie."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from khronika.publish.pictures.look import Look
from khronika.publish.pictures.outlines import Outlines, outlines
from khronika.publish.pictures.projection import (
    WIDTH,
    Azimuthal,
    EqualEarth,
    Floats,
    Projection,
    distance,
    middle,
)

WHOLE_WORLD = 62  # degrees from the middle, from which a part of the world is all of it
MARGIN = 0.07  # of the picture
LEAST_SPAN = 0.06  # radii of the globe: a small island is not drawn as large as the picture
ROUGH = 4  # level of the outlines by which the part is chosen
LARGE = 22  # degrees from the middle to the farthest point of a large country
WORTH = 4  # square pixels that a point is worth at least
FLAT = 0.42  # height to width of a map of the world
NEARLY_ALL_ROUND = 0.8  # of the equator, from which a map of the world is not cut
NEARLY_ALL = 0.95  # of the incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A projection, and how its plane lies on the picture."""

    projection: Projection
    outlines: Outlines = field(repr=False)
    scale: float
    left: float
    top: float
    width: float
    height: float

    def pixels(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Where points given in degrees lie on the picture."""
        x, y = self.projection.project(lon, lat)
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where one point lies."""
        x, y = self.pixels(np.array([lon]), np.array([lat]))
        return float(x[0]), float(y[0])


def frame_for(
    numbers: Sequence[tuple[str, int]],
    places: Sequence[tuple[str, float, float]],
    look: Look,
) -> Frame:
    """The part of the world with nearly all incidents.

    Args:
        numbers: codes of countries with their numbers, most first.
        places: code of the country, longitude and latitude of places; of a country as large as
            Russia only the part with its places is shown, unless it is the only one.
        look: a narrow picture is higher than a broad one.
    """
    rough = outlines(ROUGH)
    codes = _shown(numbers, rough)
    if not codes:
        return _world(look)
    points = [_points(rough, code, places, alone=len(codes) == 1) for code in codes]
    lon, lat = np.concatenate(points, axis=1)
    centre = middle(lon, lat)
    far = distance(lon, lat, *centre).max() > WHOLE_WORLD
    projection = EqualEarth() if far else Azimuthal(*centre)
    x, y = projection.project(lon, lat)
    if far and float(np.ptp(x)) > NEARLY_ALL_ROUND * WIDTH:
        return _world(look)
    shape = (FLAT, 0.5) if far else (0.75, 1.15) if look.narrow else (0.4, 0.5)
    return _around(projection, (x.min(), y.min(), x.max(), y.max()), shape, look)


def _points(
    rough: Outlines, code: str, places: Sequence[tuple[str, float, float]], *, alone: bool
) -> NDArray[np.float64]:
    """Longitudes and latitudes of what must be seen of a country."""
    ring = _main_ring(rough, code)
    whole = np.stack((rough.lon[ring], rough.lat[ring]))
    within = [(lon, lat) for of, lon, lat in places if of == code]
    if alone or not within or _reach(whole) < LARGE:
        return whole
    return np.array(within).T


def _reach(points: NDArray[np.float64]) -> float:
    """Degrees from amid some points to the farthest."""
    lon, lat = points
    return float(distance(lon, lat, *middle(lon, lat)).max())


def _shown(numbers: Sequence[tuple[str, int]], rough: Outlines) -> list[str]:
    known = [(code, number) for code, number in numbers if code in rough.countries and number > 0]
    total, seen = sum(number for _, number in known), 0
    codes: list[str] = []
    for code, number in known:
        if codes and seen >= total * NEARLY_ALL:
            break
        codes.append(code)
        seen += number
    return codes


def _main_ring(rough: Outlines, code: str) -> NDArray[np.int64]:
    """The outline of the largest part of a country."""

    def area(ring: NDArray[np.int64]) -> float:
        x, y = rough.lon[ring], rough.lat[ring]
        narrowed = np.cos(np.radians(y.mean()))
        return float(abs((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) * narrowed)

    return max(rough.countries[code].rings, key=area)


def _around(
    projection: Projection,
    box: tuple[float, float, float, float],
    shape: tuple[float, float],
    look: Look,
) -> Frame:
    """A frame around a box of the plane, no flatter and no higher than a shape allows."""
    left, low, right, high = box
    grown = 1 + 2 * MARGIN
    wide = max((right - left) * grown, LEAST_SPAN)
    tall = max((high - low) * grown, LEAST_SPAN * 0.6)
    aspect = min(max(tall / wide, shape[0]), shape[1])
    span = max(wide, tall / aspect)
    scale = look.width / span
    height = round(look.width * aspect)
    return Frame(
        projection=projection,
        outlines=outlines(_level(scale)),
        scale=scale,
        left=(left + right - span) / 2,
        top=(low + high + span * aspect) / 2,
        width=look.width,
        height=height,
    )


def _world(look: Look) -> Frame:
    projection = EqualEarth()
    _, edges = projection.project(np.zeros(2), np.array([-56.0, 83.6]))
    low, high, wide = float(edges[0]), float(edges[1]), WIDTH
    scale = look.width / wide
    return Frame(
        projection=projection,
        outlines=outlines(_level(scale)),
        scale=scale,
        left=-wide / 2,
        top=high + 0.02,
        width=look.width,
        height=round((high - low + 0.02) * scale),
    )


def _level(scale: float) -> int:
    """How fine the outlines must be for so many pixels a radius of the globe."""
    pixels = np.radians(1) * scale  # to a degree
    return max(0, int(np.log2(pixels * pixels / WORTH)))
