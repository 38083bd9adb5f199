"""The outlines of countries and the coordinates of places that come with the package.

`tools/make_outlines.py` makes the data; it says there what it holds and how it is packed.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khronika.errors import KhronikaError

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


class OutlinesError(KhronikaError):
    """The outlines of countries are missing or broken."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Country:
    """A country: where its number may stand, and the indices of the points of its rings."""

    code: str
    lon: float
    lat: float
    rings: tuple[Indices, ...] = field(repr=False)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Outlines:
    """Points in degrees, and the countries that they bound."""

    lon: Floats = field(repr=False)
    lat: Floats = field(repr=False)
    countries: Mapping[str, Country] = field(repr=False)


@lru_cache(maxsize=8)
def outlines(level: int) -> Outlines:
    """Countries with the points of so fine a level.

    At level 0 a point is worth a square degree or more, half as much at each further one.

    Raises:
        OutlinesError: the data is missing or broken.
    """
    head, lon, lat, levels = _unpacked()
    ends = np.cumsum(head["lengths"])
    arcs = [
        start + np.flatnonzero(levels[start:end] <= level)
        for start, end in zip(ends - head["lengths"], ends, strict=True)
    ]
    return Outlines(
        lon=lon,
        lat=lat,
        countries={
            code: Country(code=code, lon=x, lat=y, rings=tuple(_ring(ring, arcs) for ring in rings))
            for code, x, y, rings in head["countries"]
        },
    )


def _ring(refs: list[int], arcs: list[Indices]) -> Indices:
    return np.concatenate([arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in refs])


@cache
def _unpacked() -> tuple[dict[str, Any], Floats, Floats, NDArray[np.uint8]]:
    data = _data("outlines.bin")
    try:
        said, _, numbers = data.partition(b"\n")
        head = json.loads(said)
        count = head["points"]
        steps = np.stack([_numbers(numbers, at * count, 4, count) for at in (0, 4)])
        levels = np.frombuffer(numbers, np.uint8, count, 8 * count)
    except (ValueError, KeyError) as error:
        raise _broken("outlines") from error
    whole = np.cumsum(steps.astype(np.int32), axis=1) * head["quantum"]
    return head, whole[0], whole[1], levels


@cache
def _places() -> tuple[Indices, Floats, Floats]:
    data = _data("places.bin")
    count = len(data) // 8
    ids = np.cumsum(_numbers(data, 0, 4, count))
    lon = _numbers(data, 4 * count, 2, count) / 50 - 180
    lat = _numbers(data, 6 * count, 2, count) / 50 - 90
    return ids, lon, lat


def _numbers(data: bytes, start: int, size: int, count: int) -> Indices:
    """Numbers of which all first bytes stand before all second ones."""
    planes = np.frombuffer(data, np.uint8, size * count, start).reshape(size, count)
    found = np.zeros(count, np.int64)
    for at in range(size):
        found += planes[at].astype(np.int64) << (8 * at)
    return found


def where_is(geonameid: int) -> tuple[float, float] | None:
    """Longitude and latitude of a place with at least 5000 inhabitants, to a mile or so."""
    ids, lon, lat = _places()
    at = int(np.searchsorted(ids, geonameid))
    if at == len(ids) or ids[at] != geonameid:
        return None
    return float(lon[at]), float(lat[at])


def _data(name: str) -> bytes:
    file = files("khronika.publish.pictures") / "data" / name
    if not file.is_file():
        raise OutlinesError(
            f"The data of maps, {name}, is missing.", remedy="install khronika again."
        )
    try:
        return zlib.decompress(file.read_bytes())
    except zlib.error as error:
        raise _broken(name) from error


def _broken(name: str) -> OutlinesError:
    return OutlinesError(
        f"The data of maps, {name}, cannot be read.", remedy="install khronika again."
    )
