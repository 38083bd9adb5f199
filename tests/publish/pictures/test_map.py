import re

import numpy as np
import pytest

from khronika.publish.pictures import DARK, ENGLISH, LIGHT, Look, Theme, png
from khronika.publish.pictures.map import CountryTally, PlaceTally, Tallies, _classes, world_map
from khronika.publish.pictures.map_frame import frame_for
from khronika.publish.pictures.outlines import outlines, where_is
from khronika.publish.pictures.projection import Azimuthal, EqualEarth

SEVASTOPOL, DONETSK, SUKHUMI = (33.5, 44.61), (37.8, 48.0), (41.0, 43.0)
MINSK = 625144


def country(code: str, number: int = 1, name: str = "") -> CountryTally:
    return CountryTally(code=code, name=name or code, number=number)


def of(*countries: CountryTally, places: tuple[PlaceTally, ...] = (), nowhere: int = 0) -> Tallies:
    total = sum(each.number for each in countries) + nowhere
    return Tallies(countries=countries, places=places, incidents=total, nowhere=nowhere)


def holds(code: str, point: tuple[float, float]) -> bool:
    """True if a point in degrees lies within a country, by even and odd crossings."""
    known = outlines(20)
    crossings = 0
    for ring in known.countries[code].rings:
        x, y = known.lon[ring], known.lat[ring]
        spans = (y[:-1] > point[1]) != (y[1:] > point[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x[:-1] + (point[1] - y[:-1]) / (y[1:] - y[:-1]) * (x[1:] - x[:-1])
        crossings += int((spans & (at > point[0])).sum())
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("code", "point"), [("UA", SEVASTOPOL), ("UA", DONETSK), ("GE", SUKHUMI), ("BY", (27.57, 53.9))]
)
def test_borders_are_those_of_international_law(code: str, point: tuple[float, float]) -> None:
    assert holds(code, point)
    assert not holds("RU", point)


def test_every_country_has_rings_that_close() -> None:
    for level in (0, 5, 20):
        known = outlines(level)
        assert len(known.countries) > 200
        for each in known.countries.values():
            for ring in each.rings:
                assert known.lon[ring[0]] == pytest.approx(known.lon[ring[-1]], abs=360.01)
                assert known.lat[ring[0]] == pytest.approx(known.lat[ring[-1]])


def test_a_place_is_where_it_is() -> None:
    assert where_is(MINSK) == pytest.approx((27.57, 53.9), abs=0.02)
    assert where_is(1) is None
    assert where_is(10**12) is None


@pytest.mark.parametrize("projection", [EqualEarth(), Azimuthal(60, 45)])
def test_areas_are_true(projection: EqualEarth | Azimuthal) -> None:
    areas = []
    for lat in (10.0, 40.0, 65.0):
        half = 0.05 / np.cos(np.radians(lat))
        lon = np.array([55 - half, 55 + half, 55 + half, 55 - half])
        x, y = projection.project(lon, np.array([lat - 0.05, lat - 0.05, lat + 0.05, lat + 0.05]))
        areas.append(float(((x - np.roll(x, 1)) * (y + np.roll(y, 1))).sum() / 2))
    assert areas[1:] == pytest.approx([areas[0]] * 2, rel=1e-3)


def test_countries_and_their_places_are_rows() -> None:
    place = PlaceTally(geonameid=MINSK, name="Minsk", code="BY", number=2)
    made = world_map(of(country("BY", 3, "Belarus"), places=(place,), nowhere=4), Look(), ENGLISH)
    assert made.columns == ("Country", "Place", "Incidents")
    assert made.rows == (("Belarus", "", "3"), ("Belarus", "Minsk", "2"))
    assert "3 incidents, in 1 country: Belarus (3)." in made.summary
    assert "4 more incidents have no known country." in made.summary
    assert "Minsk 2" in made.svg


def test_a_part_of_the_world_is_shown_where_nearly_all_is_there() -> None:
    assert isinstance(frame_for([("KZ", 5), ("KG", 3)], [], Look()).projection, Azimuthal)
    assert isinstance(frame_for([("KZ", 99), ("BR", 1)], [], Look()).projection, Azimuthal)
    assert isinstance(frame_for([("KZ", 5), ("BR", 3)], [], Look()).projection, EqualEarth)


def test_of_a_large_country_the_part_with_places_is_shown() -> None:
    numbers = [("RU", 5), ("BY", 5)]
    whole = frame_for(numbers, [], Look())
    part = frame_for(numbers, [("RU", 37.6, 55.75)], Look())
    assert part.scale > whole.scale * 1.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [362, 1112])
@pytest.mark.parametrize(
    "tallies",
    [
        of(),
        of(nowhere=3),
        of(country("MT")),
        of(country("RU", 2)),
        of(country("FJ"), country("NZ")),
        of(country("XX", 3, "<b>\x00&"), country("", 1)),
        of(country("AQ")),
    ],
)
def test_odd_data_are_drawn_too(tallies: Tallies, width: int, theme: Theme) -> None:
    made = world_map(tallies, Look(theme=theme, width=width), ENGLISH)
    assert png(made.svg).startswith(b"\x89PNG")
    assert "nan" not in made.svg


def test_thousands_of_places_make_a_bounded_picture() -> None:
    known = [each for each in range(1_500_000, 1_530_000) if where_is(each)]
    places = tuple(
        PlaceTally(geonameid=each, name=f"p{each}", code="KZ", number=1) for each in known
    )
    made = world_map(of(country("KZ", 10_000), places=places), Look(), ENGLISH)
    assert len(made.svg) < 300_000


def test_the_same_data_give_the_same_bytes() -> None:
    one = of(country("BY", 2), country("UA", 2), country("KZ", 7))
    other = of(*one.countries[::-1])
    drawn = [png(world_map(each, Look(), ENGLISH).svg) for each in (one, other)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    "numbers",
    [
        [1],
        [3, 3],
        [1, 2, 9],
        [1, 2, 3, 4, 5, 6],
        [400, 500, 900, 950, 1000, 1872],
        [*range(1, 9000)],
    ],
)
def test_shades_part_the_numbers(numbers: list[int]) -> None:
    countries = [country(f"X{n}", number) for n, number in enumerate(numbers[:200])]
    made = world_map(of(*countries, country("KZ", max(numbers))), Look(), ENGLISH)
    assert "incidents in the country" in made.svg
    edges = _classes(numbers)
    assert edges[0] == min(numbers)
    assert list(edges) == sorted(set(edges))
    assert len(edges) <= 5
    assert edges[-1] <= max(numbers)
    if len(set(numbers)) > 5:
        assert len({sum(number >= edge for edge in edges) for number in numbers}) >= 4


def test_neighbours_are_drawn_however_large_they_are() -> None:
    smolensk = (32.05, 54.78)
    made = world_map(of(country("BY")), Look(), ENGLISH)
    x, y = frame_for([("BY", 1)], [], Look()).pixel(*smolensk)
    land = re.search(r'<path d="([^"]*)" fill="#ece9e1"', made.svg)
    assert land is not None
    crossings = 0
    for ring in land[1].strip("MZ").split("ZM"):
        points = np.array(ring.split(), dtype=float).reshape(-1, 2) / 10
        (ax, ay), (bx, by) = points.T, np.roll(points, -1, axis=0).T
        spans = (ay > y) != (by > y)
        at = ax[spans] + (y - ay[spans]) / (by - ay)[spans] * (bx - ax)[spans]
        crossings += int((at > x).sum())
    assert crossings % 2 == 1
