"""From the globe to the plane, by equal areas, so that shading does not flatter large countries."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Šavrič, Patterson & Jenny, "The Equal Earth map projection", IJGIS 33 (2019), equation 1.
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = 3**0.5 / 2
WIDTH = 2 * np.pi / (_A[0] * _M)  # of the equator
CUT = -168.5  # degrees: the meridian where a map of the world is cut open


class Projection(Protocol):
    """A way to lay the globe flat; lengths are in radii of the globe, y grows to the north."""

    def project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Where points given in degrees lie."""
        ...

    def shown(self, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        """Which points can be drawn at all."""
        ...


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The whole world, cut in the Bering Strait so that Russia and Alaska are whole."""

    def project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Where points given in degrees lie."""
        turned = np.arcsin(_M * np.sin(np.radians(lat)))
        square = turned * turned
        power = square * square * square
        scale = _A[0] + 3 * _A[1] * square + power * (7 * _A[2] + 9 * _A[3] * square)
        east = (lon - CUT) % 360 + CUT - (CUT + 180)
        x = np.radians(east) * np.cos(turned) / (_M * scale)
        return x, turned * (_A[0] + _A[1] * square + power * (_A[2] + _A[3] * square))

    def shown(self, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        """Every point."""
        return np.isfinite(lon + lat)


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """A part of the world around a middle: Lambert's azimuthal equal-area projection.

    Snyder, "Map projections: a working manual", USGS Professional Paper 1395 (1987), 24-2 to 24-4.
    """

    lon: float
    lat: float

    def project(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Where points given in degrees lie."""
        across, up, middle = np.radians(lon - self.lon), np.radians(lat), np.radians(self.lat)
        near = np.sin(middle) * np.sin(up) + np.cos(middle) * np.cos(up) * np.cos(across)
        scale = np.sqrt(2 / np.maximum(1 + near, 1e-4))
        x = scale * np.cos(up) * np.sin(across)
        y = np.cos(middle) * np.sin(up) - np.sin(middle) * np.cos(up) * np.cos(across)
        return x, scale * y

    def shown(self, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        """What is not near the point opposite the middle."""
        return distance(lon, lat, self.lon, self.lat) < 140


def distance(lon: Floats, lat: Floats, to_lon: float, to_lat: float) -> Floats:
    """Degrees of a great circle."""
    up, other = np.radians(lat), np.radians(to_lat)
    near = np.sin(up) * np.sin(other) + np.cos(up) * np.cos(other) * np.cos(
        np.radians(lon - to_lon)
    )
    found: Floats = np.degrees(np.arccos(np.clip(near, -1, 1)))
    return found


def middle(lon: Floats, lat: Floats) -> tuple[float, float]:
    """The point amid others on the globe, in degrees."""
    up, along = np.radians(lat), np.radians(lon)
    x, y, z = np.cos(up) * np.cos(along), np.cos(up) * np.sin(along), np.sin(up)
    mean = (float(x.mean()), float(y.mean()), float(z.mean()))
    flat = (mean[0] ** 2 + mean[1] ** 2) ** 0.5
    return float(np.degrees(np.arctan2(mean[1], mean[0]))), float(
        np.degrees(np.arctan2(mean[2], flat))
    )
