"""Incidents on a line of time: a row a kind, dates that are vague as spans."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from khronika.publish.pictures.axis import SIZE, Axis, axis_of, broken_axis
from khronika.publish.pictures.fonts import cut, wide
from khronika.publish.pictures.look import Look
from khronika.publish.pictures.picture import Picture, Words
from khronika.publish.pictures.shapes import SHAPES, shape
from khronika.publish.pictures.svg import clean, document, element, text

MOST_KINDS = 7  # with the others as one more
MOST_LANES = 4
MOST_OVER = 20  # pixels that the last sign of a row may stand over its end
CROWDED = 60  # marks in a row, from which near ones are drawn as one
BIN = 12.0  # pixels
RADIUS = 5.0
LARGEST = 7.0
LANE = 18.0
FEW = 0.08  # of the marks: so many of the earliest may be pressed into a strip
SHORTER = 2.5  # times that the line must gain by it
LONG = 366  # days: a date that is vaguer does not stretch the axis


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something dated; a day that is not known is None, a vague date has two.

    Attributes:
        first: the first day that it may have been.
        last: the last day.
        kind: as it is called.
        label: drawn beside it where there is room.
        number: how many it stands for.
    """

    first: date | None
    last: date | None
    kind: str
    label: str = ""
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of the table: the date in words, the kind as it is called, the place."""

    when: str
    kind: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a timeline shows.

    Attributes:
        marks: what has a date, in any order.
        lines: the same for the table, or the first of them, in the order of time.
        last: the date of the latest, in words.
        dated: how many have a date.
        undated: how many more have none.
    """

    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    last: str = ""
    dated: int = 0
    undated: int = 0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A mark on the picture: its span, the middle of its sign, and how many it stands for."""

    left: float
    right: float
    x: float
    vague: bool
    label: str = ""
    number: int = 1

    @property
    def end(self) -> float:
        """Where the next may begin."""
        return max(self.right, self.x + RADIUS) + 3


@dataclass(frozen=True, slots=True)
class _Row:
    """One kind: its spots with their lanes, and what is written beside them."""

    kind: str
    at: int
    spots: tuple[tuple[_Spot, int], ...]
    lanes: int
    crowded: bool


def timeline(told: Told, look: Look, words: Words) -> Picture:
    """Draw when things happened.

    A sign is filled where the day is known, hollow on a bar where the date is vague.

    Args:
        told: incidents with their dates.
        look: theme and width.
        words: the language.
    """
    dated = sorted(
        (each for each in told.marks if each.first or each.last),
        key=lambda each: (_start(each), _end(each), each.kind, each.label, each.number),
    )
    title = words.gettext("Incidents in time")
    summary = _summary(told, dated, words)
    return Picture(
        title=title,
        summary=summary,
        columns=(words.gettext("When"), words.gettext("Kind"), words.gettext("Where")),
        rows=tuple((each.when, each.kind, each.where) for each in told.lines),
        svg=_draw(dated, look, words, title, summary),
    )


def _start(mark: Mark) -> date:
    return mark.first or mark.last or date.min


def _end(mark: Mark) -> date:
    return mark.last or mark.first or date.max


def _summary(told: Told, dated: Sequence[Mark], words: Words) -> str:
    said, counted = [], _counted(dated)
    if told.lines:
        one = words.gettext("%(incidents)s (%(first)s).")
        more = words.gettext("%(incidents)s (the first: %(first)s; the last: %(last)s).")
        said.append(
            (one if told.dated == 1 else more)
            % {
                "incidents": words.incidents(told.dated),
                "first": told.lines[0].when,
                "last": told.last,
            }
        )
        ranked = sorted(counted, key=lambda kind: (-counted[kind], kind))[:4]
        kinds = ", ".join(f"{kind} ({words.number(counted[kind])})" for kind in ranked)
        said.append(words.gettext("By kind: %(kinds)s.") % {"kinds": kinds})
    else:
        said.append(words.gettext("No incident has a date that could be drawn."))
    if any(number > CROWDED for number in counted.values()):
        said.append(words.gettext("A larger sign stands for several."))
    if told.undated:
        left = words.ngettext(
            "%(number)s more has no date.", "%(number)s more have no date.", told.undated
        )
        said.append(left % {"number": words.number(told.undated)})
    return " ".join(said)


def _counted(dated: Sequence[Mark]) -> Counter[str]:
    """How many there are of each kind."""
    found: Counter[str] = Counter()
    for each in dated:
        found[each.kind] += each.number
    return found


def _draw(dated: Sequence[Mark], look: Look, words: Words, title: str, summary: str) -> str:
    theme = look.theme
    if not dated:
        said = words.gettext("Nothing to draw")
        middle = text(said, look.width / 2, 60, 14, text_anchor="middle", fill=theme.quiet)
        return document(look, 110, title, summary, [middle])
    named = _kinds(dated, words)
    column = 0.0 if look.narrow else min(max(wide(kind, 13) for kind in named) + 24, 240.0)
    axis = _axis(dated, 12 + column, look.width - 14)
    rows = [_row(kind, at, named, dated, axis) for at, kind in enumerate(named)]
    y, body = 10.0, []
    for row in rows:
        drawn, high = _draw_row(row, y, look, 12 + column)
        body += drawn
        y += high
    lines = [element("path", d=f"M{axis.start:.1f} {y:.1f}H{axis.right:.1f}", stroke=theme.quiet)]
    if axis.oldest:
        lines += _strip(axis, y, look)
    for x, said in axis.ticks(words):
        lines.append(element("path", d=f"M{x:.1f} 6V{y + 5:.1f}", stroke=theme.line))
        half = wide(said, SIZE) / 2
        middle_x = min(max(x, half + 2), look.width - half - 2)
        body.append(text(said, middle_x, y + 20, SIZE, text_anchor="middle", fill=theme.quiet))
    return document(look, y + 30, title, summary, [*lines, *body])


def _strip(axis: Axis, bottom: float, look: Look) -> list[str]:
    """The strip of what was long before, set off by a broken line and named by its years."""
    first, last = (date.fromordinal(day).year for day in (axis.oldest, axis.first))
    said = str(first) if first == last else f"{first}–{last}"
    middle = max((axis.edge + axis.left) / 2, wide(said, SIZE) / 2 + 2)
    return [
        element(
            "path",
            d=f"M{axis.left:.1f} 6V{bottom + 5:.1f}",
            stroke=look.theme.quiet,
            stroke_dasharray="2 4",
        ),
        text(said, middle, bottom + 20, SIZE, text_anchor="middle", fill=look.theme.quiet),
    ]


def _kinds(dated: Sequence[Mark], words: Words) -> list[str]:
    counted = _counted(dated)
    ranked = sorted(counted, key=lambda kind: (-counted[kind], kind))
    if len(ranked) <= MOST_KINDS + 1:
        return ranked
    return [*ranked[:MOST_KINDS], words.gettext("other kinds")]


def _axis(dated: Sequence[Mark], left: float, right: float) -> Axis:
    """Spans what is known to the year; of what is vaguer only an edge is sure to be seen."""
    known = [each for each in dated if (_end(each) - _start(each)).days < LONG] or dated
    oldest, last = min(map(_start, known)), max(map(_end, known))
    few, seen = FEW * sum(each.number for each in known), 0
    for each in sorted(known, key=_start):
        seen += each.number
        if seen > few:
            first = _start(each)
            if (last - first).days * SHORTER < (last - oldest).days:
                return broken_axis(oldest, first, last, left, right)
            break
    return axis_of(oldest, last, left, right)


def _row(kind: str, at: int, named: Sequence[str], dated: Sequence[Mark], axis: Axis) -> _Row:
    rest = at == MOST_KINDS and len(named) == MOST_KINDS + 1
    of = [m for m in dated if m.kind == kind or (rest and m.kind not in named[:MOST_KINDS])]
    spots = [_spot(mark, axis, with_kind=rest) for mark in of]
    if sum(spot.number for spot in spots) > CROWDED:
        return _Row(kind, at, tuple((spot, 0) for spot in _merged(spots)), 1, crowded=True)
    tried = [_in_lanes(spots, lanes) for lanes in range(1, MOST_LANES + 1)]
    best = max(range(MOST_LANES), key=lambda at: (_seen(tried[at], axis.right), -at))
    return _Row(kind, at, tuple(_with_room(tried[best], axis.right)), best + 1, crowded=False)


def _spot(mark: Mark, axis: Axis, *, with_kind: bool) -> _Spot:
    left = axis.start if mark.first is None else axis.at(mark.first.toordinal())
    right = axis.right if mark.last is None else axis.at(mark.last.toordinal() + 1)
    vague = mark.first is None or mark.first != mark.last
    x = (left + right) / 2
    if mark.first is None or mark.last is None:  # the sign stands at the end that is known
        x = right if mark.first is None else left
    parts = (mark.kind, mark.label) if with_kind else (mark.label,)
    return _Spot(left, right, x, vague, clean(", ".join(filter(None, parts))), mark.number)


def _merged(spots: Sequence[_Spot]) -> list[_Spot]:
    counted: Counter[tuple[int, bool]] = Counter()
    for spot in spots:
        counted[int(spot.x // BIN), spot.vague] += spot.number
    return [
        _Spot((at + 0.5) * BIN, (at + 0.5) * BIN, (at + 0.5) * BIN, vague, "", number)
        for (at, vague), number in sorted(counted.items(), key=lambda each: (not each[0][1], each))
    ]


def _in_lanes(spots: Sequence[_Spot], lanes: int) -> list[tuple[_Spot, int]]:
    """Each spot in the lane that has been empty for longest."""
    ends = [float("-inf")] * lanes
    placed = []
    for spot in spots:
        lane = min(range(lanes), key=lambda each: (ends[each] > spot.left - 1, each))
        if ends[lane] > spot.left - 1:
            lane = min(range(lanes), key=lambda each: (ends[each], each))
        elif lanes > 1:
            free = [each for each in range(lanes) if ends[each] <= spot.left - 1]
            lane = min(free, key=lambda each: (ends[each], each))
        placed.append((spot, lane))
        ends[lane] = max(ends[lane], spot.end)
    return placed


def _room(placed: Sequence[tuple[_Spot, int]], right: float) -> list[float]:
    """How much room there is to the right of each spot, in its lane."""
    nexts: dict[int, float] = {}
    rooms = []
    for spot, lane in reversed(placed):
        rooms.append(nexts.get(lane, right + 12) - spot.end)
        nexts[lane] = min(spot.left, spot.x - RADIUS)
    return rooms[::-1]


def _seen(placed: Sequence[tuple[_Spot, int]], right: float) -> int:
    """How much is seen: labels, less signs that cover others."""
    covered = sum(room < -1 for room in _room(placed, right + MOST_OVER))
    labels = sum(bool(spot.label) for spot, _ in _with_room(placed, right))
    return labels - 2 * covered


def _with_room(placed: Sequence[tuple[_Spot, int]], right: float) -> list[tuple[_Spot, int]]:
    """Labels only where they fit, and where no span of before runs on."""
    ends: dict[int, float] = {}
    kept = []
    for (spot, lane), room in zip(placed, _room(placed, right), strict=True):
        fits = room >= wide(spot.label, SIZE) + 6 and ends.get(lane, 0.0) <= spot.end
        kept.append((spot if fits else _bare(spot), lane))
        ends[lane] = max(ends.get(lane, 0.0), spot.end)
    return kept


def _bare(spot: _Spot) -> _Spot:
    return _Spot(spot.left, spot.right, spot.x, spot.vague, "", spot.number)


def _draw_row(row: _Row, top: float, look: Look, left: float) -> tuple[list[str], float]:
    theme = look.theme
    head = 20.0 if look.narrow else 0.0
    lane = LANE + 6 if row.crowded else LANE
    high = head + row.lanes * lane + 10
    rest = row.at >= MOST_KINDS
    colour = theme.rest if rest else theme.fills[row.at]
    sign = SHAPES[row.at]
    label_y = top + 15 if look.narrow else top + head + row.lanes * lane / 2 + 9
    label_room = look.width - 40 if look.narrow else left - 36
    said = cut(clean(row.kind), label_room, 13)
    body = [
        element(
            "rect", x=10, y=label_y - 14, width=wide(said, 13) + 26, height=19, fill=theme.paper
        ),
        shape(sign, 18, label_y - 4.5, RADIUS, fill=colour),
        text(said, 30, label_y, 13),
        element("path", d=f"M12 {top + high:.1f}H{look.width - 14}", stroke=theme.line),
    ]
    most = max(spot.number for spot, _ in row.spots)
    placed = [(spot, top + head + 5 + lane * (at + 0.5)) for spot, at in row.spots]
    body += [_bar(spot, y, colour) for spot, y in placed if spot.vague]
    for spot, y in placed:
        body += _draw_spot(spot, y, sign, colour, look, most)
    return body, high


def _bar(spot: _Spot, y: float, colour: str) -> str:
    if spot.right - spot.left <= 2 * RADIUS:
        return ""
    return element(
        "rect",
        x=round(spot.left, 1),
        y=round(y - 3, 1),
        width=round(spot.right - spot.left, 1),
        height=6,
        rx=3,
        fill=colour,
        fill_opacity=0.4,
    )


def _draw_spot(spot: _Spot, y: float, sign: str, colour: str, look: Look, most: int) -> list[str]:
    theme, body = look.theme, []
    grown = (spot.number / most) ** 0.5 if most > 1 else 0.0
    radius = RADIUS if most == 1 else 3 + (LARGEST - 3) * grown
    body.append(
        shape(
            sign,
            spot.x,
            y,
            radius,
            fill=theme.paper if spot.vague else colour,
            stroke=colour if spot.vague else theme.paper,
            stroke_width=1.6 if spot.vague else 1,
        )
    )
    if spot.label:
        body.append(text(spot.label, spot.end + 1, y + 4.4, SIZE))
    return body
