"""Incidents on a map: countries shaded by their number, dots at places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khronika.publish.pictures.boxes import Boxes, around
from khronika.publish.pictures.fonts import cut, wide
from khronika.publish.pictures.legend import legend
from khronika.publish.pictures.look import Look
from khronika.publish.pictures.map_frame import Frame, frame_for
from khronika.publish.pictures.outlines import where_is
from khronika.publish.pictures.picture import Picture, Words
from khronika.publish.pictures.projection import WIDTH
from khronika.publish.pictures.svg import clean, document, element, text

SIZE = 12.5
MOST_DOTS = 400
LARGEST_DOT = 13.0
SMALLEST_DOT = 3.0
CROWDED = 40  # places
LARGEST_IN_A_CROWD = 8.0
NEAR = 500  # pixels a radius of the globe, from which a label a little off its country is near it
SMALL = 5.0  # pixels: a country that is smaller is drawn as a disc
FIRST = 4  # countries that are named before any place
LABELS = (5, 14)  # of places, on a phone and on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryTally:
    """So many incidents in a country (ISO 3166 alpha-2)."""

    code: str
    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTally:
    """So many incidents at a place of GeoNames."""

    geonameid: int
    name: str
    code: str  # of its country
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """What a map shows; `incidents` are all, `nowhere` those without a country."""

    countries: tuple[CountryTally, ...] = ()
    places: tuple[PlaceTally, ...] = ()
    incidents: int = 0
    nowhere: int = 0


@dataclass(frozen=True, slots=True)
class _Dot:
    x: float
    y: float
    radius: float
    place: PlaceTally


def world_map(tallies: Tallies, look: Look, words: Words) -> Picture:
    """Draw where incidents were.

    The part of the world is shown that has nearly all of them. Areas are true (a part by Lambert's
    azimuthal equal-area projection, the world by Equal Earth).

    Args:
        tallies: incidents by country and place; one in two countries may count in both.
        look: theme and width.
        words: the language.
    """
    countries = sorted(
        (each for each in tallies.countries if each.number > 0),
        key=lambda each: (-each.number, each.code),
    )
    places = sorted(
        (each for each in tallies.places if each.number > 0),
        key=lambda each: (-each.number, each.geonameid),
    )
    located = [(each.code, *where) for each in places if (where := where_is(each.geonameid))]
    frame = frame_for([(each.code, each.number) for each in countries], located, look)
    title = words.gettext("Incidents by country and place")
    summary = _summary(tallies, countries, words)
    body = _draw(frame, countries, places, look, words)
    below, used = _legend(frame, countries, look, words)
    return Picture(
        title=title,
        summary=summary,
        columns=(words.gettext("Country"), words.gettext("Place"), words.gettext("Incidents")),
        rows=_rows(countries, places, words),
        svg=document(look, frame.height + used, title, summary, [*body, *below]),
    )


def _summary(tallies: Tallies, countries: Sequence[CountryTally], words: Words) -> str:
    if not countries:
        said = words.gettext("No incident has a place that could be drawn.")
    else:
        listed = ", ".join(f"{each.name} ({words.number(each.number)})" for each in countries[:5])
        count = words.ngettext(
            "%(incidents)s, in %(number)s country: %(countries)s.",
            "%(incidents)s, in %(number)s countries; most: %(countries)s.",
            len(countries),
        )
        said = count % {
            "incidents": words.incidents(tallies.incidents - tallies.nowhere),
            "number": words.number(len(countries)),
            "countries": listed,
        }
    if tallies.nowhere:
        left = words.ngettext(
            "%(number)s more incident has no known country.",
            "%(number)s more incidents have no known country.",
            tallies.nowhere,
        )
        said += " " + left % {"number": words.number(tallies.nowhere)}
    return said


def _rows(
    countries: Sequence[CountryTally], places: Sequence[PlaceTally], words: Words
) -> tuple[tuple[str, ...], ...]:
    within: dict[str, list[PlaceTally]] = {}
    for each in places:
        if where_is(each.geonameid) is not None:
            within.setdefault(each.code, []).append(each)
    rows = []
    for country in countries:
        rows.append((country.name, "", words.number(country.number)))
        rows += [
            (country.name, each.name, words.number(each.number))
            for each in within.get(country.code, ())
        ]
    return tuple(rows)


def _classes(numbers: Sequence[int]) -> tuple[int, ...]:
    """The least number of each shade: each its own where few, else in even factors or steps."""
    if len(each := sorted(set(numbers))) <= 5:
        return tuple(each) or (1,)
    least, most = each[0], each[-1]
    edges = [least]
    for at in range(1, 5):
        even = least * (most / least) ** (at / 5)
        edge = even if most > 4 * least else least + (most - least) * at / 5
        digits = 10 ** max(0, len(str(int(edge))) - (1 if most > 20 * least else 2))
        edges.append(max(edges[-1] + 1, round(edge / digits) * digits))
    return tuple(edge for edge in edges if edge <= most)


def _shade(number: int, edges: Sequence[int], look: Look) -> str:
    shades = look.theme.shades
    at = sum(number >= edge for edge in edges) - 1
    return shades[-1] if len(edges) == 1 else shades[at + (len(shades) - len(edges))]


def _draw(
    frame: Frame,
    countries: Sequence[CountryTally],
    places: Sequence[PlaceTally],
    look: Look,
    words: Words,
) -> list[str]:
    x, y = frame.pixels(frame.outlines.lon, frame.outlines.lat)
    shown = frame.projection.shown(frame.outlines.lon, frame.outlines.lat)
    edges = _classes([each.number for each in countries])
    shades = {each.code: _shade(each.number, edges, look) for each in countries}
    tenths = np.round(np.stack((x, y), axis=1) * 10).astype(np.int64)
    body, small = _areas(frame, tenths, shown, shades, look)
    body = [
        element(
            "g",
            *body,
            transform="scale(0.1)",
            fill_rule="evenodd",
            stroke=look.theme.border,
            stroke_width=7,
            stroke_linejoin="round",
        )
    ]
    body += small
    crowded = look.narrow or len(places) > CROWDED
    dots = _dots(frame, places, LARGEST_IN_A_CROWD if crowded else LARGEST_DOT)
    body += [_circle(dot, look) for dot in dots]
    return [*body, *_labels(frame, countries, dots, look, words)]


def _areas(
    frame: Frame,
    tenths: NDArray[np.int64],
    shown: NDArray[np.bool_],
    shades: Mapping[str, str],
    look: Look,
) -> tuple[list[str], list[str]]:
    """The land as one path, each country with incidents as its own; discs for the small ones."""
    land: list[str] = []
    shaded: list[str] = []
    discs: list[str] = []
    for code, country in frame.outlines.countries.items():
        paths, largest = [], 0.0
        for ring in country.rings:
            path, size = _path(ring, tenths, shown, frame)
            paths += [path] if path else []
            largest = max(largest, size)
        if code not in shades:
            land += paths
            continue
        if paths:
            path = element("path", d="".join(paths), fill=shades[code], stroke=look.theme.paper)
            shaded.append(path)
        if largest < SMALL:
            x, y = frame.pixel(country.lon, country.lat)
            inside = 0 <= x <= frame.width and 0 <= y <= frame.height
            discs += [_disc(x, y, shades[code], look)] if inside else []
    return [element("path", d="".join(land), fill=look.theme.land), *shaded], discs


def _disc(x: float, y: float, shade: str, look: Look) -> str:
    return element("circle", cx=x, cy=y, r=5, fill=shade, stroke=look.theme.quiet)


def _path(
    ring: NDArray[np.int64], tenths: NDArray[np.int64], shown: NDArray[np.bool_], frame: Frame
) -> tuple[str, float]:
    """A closed line and its larger side in pixels; '' for what is too small or out of sight."""
    if len(ring) < 4 or not shown[ring].all():
        return "", 0.0
    points = tenths[ring]
    (left, top), (right, bottom) = points.min(axis=0) / 10, points.max(axis=0) / 10
    if right < 0 or bottom < 0 or left > frame.width or top > frame.height:
        return "", 0.0
    size = float(max(right - left, bottom - top))
    if size < 1 or size > 0.9 * WIDTH * frame.scale:  # a speck, or an island that is cut in two
        return "", size
    points = points[_bearing(points, frame)]
    return f"M{' '.join(map(str, points.ravel().tolist()))}Z", size


def _bearing(points: NDArray[np.int64], frame: Frame) -> NDArray[np.bool_]:
    """Which points bear on what is seen: not those amid others on the same side out of sight."""
    x, y = points[:, 0], points[:, 1]
    right, bottom = frame.width * 10, frame.height * 10
    side = (x < -50) + 2 * (x > right + 50) + 4 * (y < -50) + 8 * (y > bottom + 50)
    amid = (side[1:-1] == side[:-2]) & (side[1:-1] == side[2:]) & (side[1:-1] > 0)
    return np.concatenate(([True], ~amid, [True]))


def _dots(frame: Frame, places: Sequence[PlaceTally], largest: float) -> list[_Dot]:
    most = max((each.number for each in places), default=1)
    found: list[_Dot] = []
    for each in places:
        where = where_is(each.geonameid)
        if where is None or len(found) >= MOST_DOTS:
            continue
        x, y = frame.pixel(*where)
        if 0 <= x <= frame.width and 0 <= y <= frame.height:
            grown = (each.number / most) ** 0.5 if most > 1 else 0.35
            radius = SMALLEST_DOT + (largest - SMALLEST_DOT) * grown
            found.append(_Dot(x, y, radius, each))
    return found


def _circle(dot: _Dot, look: Look) -> str:
    return element(
        "circle",
        cx=round(dot.x, 1),
        cy=round(dot.y, 1),
        r=round(dot.radius, 1),
        fill=look.theme.accent,
        fill_opacity=0.85,
        stroke=look.theme.paper,
    )


def _labels(
    frame: Frame,
    countries: Sequence[CountryTally],
    dots: Sequence[_Dot],
    look: Look,
    words: Words,
) -> list[str]:
    """The first countries by name, places beside their dots, other countries where they fit."""
    boxes = Boxes((2, 2, frame.width - 2, frame.height - 2))
    for dot in dots[:60]:
        reach = dot.radius * 0.8
        boxes.take((dot.x - reach, dot.y - reach, dot.x + reach, dot.y + reach))
    few, many = LABELS
    body = _countries(boxes, frame, countries[:FIRST], look, words)
    for dot in dots[: few if look.narrow else many]:
        said = f"{clean(dot.place.name)} {words.number(dot.place.number)}"
        body += _beside(boxes, dot.x, dot.y, dot.radius + 3, said, look)
    return body + _countries(boxes, frame, countries[FIRST:40], look, words)


def _countries(
    boxes: Boxes, frame: Frame, countries: Sequence[CountryTally], look: Look, words: Words
) -> list[str]:
    body: list[str] = []
    for country in countries:
        known = frame.outlines.countries.get(country.code)
        if known is not None:
            x, y = frame.pixel(known.lon, known.lat)
            said = f"{clean(country.name)} {words.number(country.number)}"
            body += _over(frame, boxes, x, y, said, look)
    return body


def _beside(boxes: Boxes, x: float, y: float, gap: float, said: str, look: Look) -> list[str]:
    said = cut(said, look.width * 0.4, SIZE)
    box = boxes.first(around(x, y, gap, wide(said, SIZE), SIZE + 2))
    return [_haloed(said, box[0], box[3] - 4, look)] if box else []


def _over(frame: Frame, boxes: Boxes, x: float, y: float, said: str, look: Look) -> list[str]:
    said = cut(said, look.width * 0.4, SIZE)
    half = wide(said, SIZE, bold=True) / 2
    # off its country by what is little on the ground, so that it is not taken for another's
    off = (0, -14, 14, -28, 28) if frame.scale > NEAR else (0, -14, 14) if not look.narrow else (0,)
    tried = [(x - half, y + d - 8, x + half, y + d + 8) for d in off]
    box = boxes.first(tried)
    return [_haloed(said, box[0], box[3] - 4, look, font_weight="700")] if box else []


def _haloed(said: str, x: float, y: float, look: Look, **more: str) -> str:
    return text(
        said,
        x,
        y,
        SIZE,
        paint_order="stroke",
        stroke=look.theme.paper,
        stroke_width=3,
        stroke_opacity=0.85,
        stroke_linejoin="round",
        **more,
    )


def _legend(
    frame: Frame, countries: Sequence[CountryTally], look: Look, words: Words
) -> tuple[list[str], float]:
    if not countries:
        return [], 0.0
    most = countries[0].number
    edges = _classes([each.number for each in countries])
    labels, used = [], []
    for at, edge in enumerate(edges):
        last = edges[at + 1] - 1 if at + 1 < len(edges) else most
        if not any(edge <= each.number <= last for each in countries):
            continue
        used.append(edge)
        least, greatest = words.number(edge), words.number(last)
        labels.append(least if edge == last else f"{least}–{greatest}")
    labels[-1] = words.gettext("%(range)s incidents in the country") % {"range": labels[-1]}
    labels.append(words.gettext("a place, larger with more"))

    def sign(at: int, x: float, y: float) -> str:
        if at == len(used):
            return _circle(_Dot(x, y, 6, PlaceTally(geonameid=0, name="", code="", number=1)), look)
        shade = _shade(used[at], edges, look)
        return element("rect", x=x - 6, y=y - 7, width=14, height=14, rx=2, fill=shade)

    drawn, high = legend(look, labels, frame.height + 6, sign)
    paper = element(
        "rect", y=frame.height, width=look.width, height=high + 12, fill=look.theme.paper
    )
    return [paper, *drawn], high + 12
