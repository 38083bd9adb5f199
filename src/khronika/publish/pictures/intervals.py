"""What several methods say, side by side: a row a method, beside what is documented."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from khronika.publish.pictures.fonts import cut, wide
from khronika.publish.pictures.legend import legend
from khronika.publish.pictures.look import Look, Theme
from khronika.publish.pictures.picture import Picture, Words
from khronika.publish.pictures.shapes import shape
from khronika.publish.pictures.svg import clean, document, element, text

SIZE = 12.5
ROW = 30.0
MOST_ROWS = 40
SPREAD = 6.0  # from this many times the documented number on, the scale is logarithmic
FARTHEST = 1000.0  # times the documented number: what lies beyond is an arrow
LINE = 14.0  # from one line of words to the next
HEAD = 7.0  # length of an arrow's head
LEADS = (1, 2, 5)


class Says(StrEnum):
    """How far a row's number may be used."""

    NUMBER = "number"
    RANGE = "range"
    AT_LEAST = "at_least"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one method says.

    Attributes:
        method: as it is called.
        says: a number with an interval, a range without one number, a lower bound, or nothing.
        estimate: the number or the bound; None where there is none.
        lower: the lower end; None where there is none.
        upper: the upper end; infinite where it is not known; None where there is none.
        because: why there is no number, or none that may be used alone; one sentence.
    """

    method: str
    says: Says
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    because: str = ""

    @property
    def numbers(self) -> tuple[float, ...]:
        """All finite numbers of the row."""
        found = (self.estimate, self.lower, self.upper)
        return tuple(each for each in found if each is not None and math.isfinite(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Methods:
    """What the picture shows.

    Attributes:
        documented: people on the lists.
        rows: the methods, in order.
        heading: how far all of it may be used; one sentence or two, or nothing.
    """

    documented: int
    rows: tuple[Row, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Numbers of people from `first` to `last`, drawn from `left` to `right`."""

    first: float
    last: float
    left: float
    right: float
    logarithmic: bool
    documented: float = 0.0  # where the line of the documented number is

    def at(self, number: float) -> float:
        """Where a number lies, never beyond the ends."""
        kept = min(max(number, self.first), self.last)
        if self.logarithmic:
            share = math.log(kept / self.first) / math.log(self.last / self.first)
        else:
            share = (kept - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)


def intervals(methods: Methods, look: Look, words: Words) -> Picture:
    """Draw what each method says, beside the documented number.

    Args:
        methods: the documented number and the rows, in the order to draw them.
        look: theme and width.
        words: the language.

    Returns:
        The picture. The table has every number whole; the picture at most two digits of each.
    """
    title = words.gettext("What the methods say")
    summary = _summary(methods, words)
    columns = (
        words.gettext("Method"),
        words.gettext("Estimate"),
        words.gettext("Lower end"),
        words.gettext("Upper end"),
        words.gettext("What it is"),
        words.gettext("Why"),
    )
    return Picture(
        title=title,
        summary=summary,
        columns=columns,
        rows=tuple(_table(methods, words)),
        svg=_draw(methods, look, words, title, summary),
    )


def _called(says: Says, words: Words) -> str:
    return {
        Says.NUMBER: words.gettext("number with its interval"),
        Says.RANGE: words.gettext("range only"),
        Says.AT_LEAST: words.gettext("lower bound only"),
        Says.NOTHING: words.gettext("no number"),
    }[says]


def _table(methods: Methods, words: Words) -> Iterator[tuple[str, ...]]:
    documented = words.number(methods.documented)
    named = words.gettext("documented")
    yield (words.gettext("On the lists"), documented, documented, documented, named, "")
    for row in methods.rows:
        ends = [_whole(each, words) for each in (row.estimate, row.lower, row.upper)]
        yield (row.method, *ends, _called(row.says, words), row.because)


def _whole(number: float | None, words: Words) -> str:
    if number is None:
        return ""
    return words.number(round(number)) if math.isfinite(number) else words.gettext("unknown")


def _summary(methods: Methods, words: Words) -> str:
    said = words.gettext("People documented: %(number)s; there were at least so many.") % {
        "number": words.number(methods.documented)
    }
    first = [said, *([clean(methods.heading)] if methods.heading else [])]
    return " ".join([*first, *(_sentence(row, methods.documented, words) for row in methods.rows)])


def _sentence(row: Row, documented: int, words: Words) -> str:
    method = clean(row.method, 80)
    if row.says is Says.NOTHING or not row.numbers:
        because = clean(row.because).rstrip(".")
        said = words.gettext("%(method)s: no number (%(why)s).")
        return said % {"method": method, "why": because} if because else f"{method}: –."
    return f"{method}: {_short(row, documented, words)}."


def _short(row: Row, documented: int, words: Words) -> str:
    """The numbers of a row in two digits: '10,000 (9,100 – 12,000)'."""
    if not row.numbers:
        return words.gettext("no number")

    def rounded(number: float, way: Callable[[float], int] = round) -> str:
        return words.number(two_digits(number, documented, way))

    if row.says is Says.AT_LEAST:
        least = row.estimate if row.estimate is not None else min(row.numbers)
        return words.gettext("at least %(number)s") % {"number": rounded(least, math.floor)}
    ends = ""
    if row.lower is not None and row.upper is not None:
        low = rounded(row.lower, math.floor)
        if math.isfinite(row.upper):
            ends = f"{low} – {rounded(row.upper, math.ceil)}"
        else:
            ends = words.gettext("%(number)s or more") % {"number": low}
    if row.estimate is None or row.says is Says.RANGE:
        return ends or rounded(row.numbers[0])
    return f"{rounded(row.estimate)} ({ends})" if ends else rounded(row.estimate)


def two_digits(number: float, documented: int, way: Callable[[float], int] = round) -> int:
    """A number to two digits, never less than is documented.

    Args:
        number: of people.
        documented: of them.
        way: to round: to the nearest, or outward at the ends of an interval.
    """
    if number < 10:
        return max(way(number), documented)
    size: int = 10 ** (math.floor(math.log10(number)) - 1)
    # digits beyond the sixth are no people: 9,100.0000001 is 9,100
    return max(way(round(number / size, 6)) * size, documented)


def _scale(methods: Methods, left: float, right: float) -> _Scale:
    """Logarithmic where numbers lie far apart, else even; never so far that nothing is told."""
    documented = max(methods.documented, 1)
    numbers = [each for row in methods.rows for each in row.numbers] or [float(documented)]
    first, last = min(documented, *numbers), max(documented, *numbers)
    last = min(max(last, first * 1.2), documented * FARTHEST)
    first = max(first, 0.5)
    if last / first >= SPREAD:
        return _Scale(first / 1.15, last * 1.1, left, right, logarithmic=True)
    room = (last - first) * 0.06
    return _Scale(max(first - room, 0.0), last + room, left, right, logarithmic=False)


def _ticks(scale: _Scale, words: Words) -> list[tuple[float, str]]:
    """Round numbers along the scale, as many as there is room for."""
    tried = _log_ticks(scale) if scale.logarithmic else _even_ticks(scale)
    for numbers in tried:
        named = [(scale.at(number), words.number(number)) for number in numbers]
        widest = max((wide(said, SIZE) for _, said in named), default=0.0) + 14
        gaps = [after - before for (before, _), (after, _) in pairwise(named)]
        if min(gaps, default=widest) >= widest:
            return named
    return []


def _log_ticks(scale: _Scale) -> Iterator[list[int]]:
    powers = range(math.ceil(math.log10(scale.last)) + 1)
    for leads in (LEADS, (1, 3), (1,)):
        found = [lead * 10**power for power in powers for lead in leads]
        yield [each for each in found if scale.first <= each <= scale.last]


def _even_ticks(scale: _Scale) -> Iterator[list[int]]:
    for power in range(18):
        for lead in LEADS:
            step = lead * 10**power
            if (scale.last - scale.first) / step <= 12:
                first = math.ceil(scale.first / step)
                yield [step * at for at in range(first, math.floor(scale.last / step) + 1)]


def _draw(methods: Methods, look: Look, words: Words, title: str, summary: str) -> str:
    theme, rows = look.theme, methods.rows[:MOST_ROWS]
    said = [_short(row, methods.documented, words) for row in rows]
    widest = max((wide(each, SIZE) for each in said), default=0.0)
    if look.narrow:
        left, right, high = 22.0, look.width - 22.0, ROW + 34
    else:
        names = max((wide(clean(row.method), SIZE) for row in rows), default=0.0)
        left, right, high = 24 + min(names, 330.0) + 14, look.width - widest - 34, ROW
    scale = _scale(methods, left, right)
    scale = replace(scale, documented=scale.at(methods.documented))
    heading = _lines(clean(methods.heading), look.width - 44) if methods.heading else []
    top = 30.0 + (LINE * len(heading) + 6 if heading else 0)
    bottom = top + high * len(rows) + 4
    body = [
        text(line, 22, 16 + LINE * at, SIZE, font_weight="700") for at, line in enumerate(heading)
    ]
    body += _ground(methods, scale, look, words, (top, bottom))
    for at, row in enumerate(rows):
        y = top + high * at
        body += _labels(row, said[at], look, (y, left, high))
        body += _drawn(row, scale, theme, y + (high - ROW / 2 - 2), words, look)
    drawn, used = _legend(rows, look, words, bottom + 32)
    return document(look, bottom + 32 + used + 8, title, summary, [*body, *drawn])


def _ground(
    methods: Methods, scale: _Scale, look: Look, words: Words, box: tuple[float, float]
) -> list[str]:
    """The scale, and the line of what is documented."""
    top, bottom = box
    theme = look.theme
    body = [
        element("path", d=f"M{scale.left:.1f} {bottom:.1f}H{scale.right:.1f}", stroke=theme.quiet)
    ]
    drawn = any(row.numbers for row in methods.rows)
    for x, said in _ticks(scale, words) if drawn else ():
        body.append(element("path", d=f"M{x:.1f} {top:.1f}V{bottom + 5:.1f}", stroke=theme.line))
        body.append(_within(said, x, bottom + 20, look, theme.quiet))
    x = scale.documented
    body.append(
        element(
            "path",
            d=f"M{x:.1f} {top - 6:.1f}V{bottom:.1f}",
            stroke=theme.accent,
            stroke_width=2,
        )
    )
    said = words.gettext("documented: %(number)s") % {"number": words.number(methods.documented)}
    body.append(_within(said, x, top - 12, look, theme.accent))
    return body


def _within(said: str, x: float, y: float, look: Look, colour: str) -> str:
    """Words in the middle of a place, but not over the edge."""
    half = wide(said, SIZE) / 2
    middle = min(max(x, half + 4), look.width - half - 4)
    return text(said, middle, y, SIZE, text_anchor="middle", fill=colour)


def _labels(row: Row, said: str, look: Look, box: tuple[float, float, float]) -> list[str]:
    """The method to the left, its numbers to the right; for a phone both above."""
    y, left, high = box
    theme = look.theme
    if look.narrow:
        room = look.width - 44
        name = cut(clean(row.method), room, SIZE, bold=True)
        numbers = cut(said, room, SIZE)
        if row.says is Says.NOTHING:
            numbers = ""
        return [
            _paper(name, 22, y + 16, theme, bold=True),
            text(name, 22, y + 16, SIZE, font_weight="700"),
            _paper(numbers, 22, y + 33, theme),
            text(numbers, 22, y + 33, SIZE, fill=theme.quiet),
            element("path", d=f"M12 {y + high:.1f}H{look.width - 12}", stroke=theme.line),
        ]
    middle = y + ROW / 2 + 4
    return [
        text(cut(clean(row.method), left - 38, SIZE), 24, middle, SIZE),
        text(said, look.width - 14, middle, SIZE, text_anchor="end", fill=theme.quiet),
        element("path", d=f"M12 {y + high:.1f}H{look.width - 12}", stroke=theme.line),
    ]


def _drawn(row: Row, scale: _Scale, theme: Theme, y: float, words: Words, look: Look) -> list[str]:
    if row.says is Says.NOTHING or not row.numbers:
        return _why(row, scale, theme, y, words, look)
    draw = {Says.NUMBER: _number, Says.RANGE: _range, Says.AT_LEAST: _at_least}[row.says]
    return draw(row, scale, theme, y)


def _why(row: Row, scale: _Scale, theme: Theme, y: float, words: Words, look: Look) -> list[str]:
    """Why there is no number, in one line or two, on paper of its own."""
    said = clean(row.because) or words.gettext("no number")
    x = 22.0 if look.narrow else max(scale.left, scale.documented) + 10
    lines = _lines(said, scale.right - x)
    first = y - 9 + LINE / 2 * (2 - len(lines)) if look.narrow else y + 4 - LINE / 2 * len(lines)
    body = []
    for at, line in enumerate(lines):
        place = first + LINE * at + (0 if look.narrow else LINE / 2)
        body += [
            _paper(line, x, place, theme),
            text(line, x, place, SIZE, font_style="italic", fill=theme.quiet),
        ]
    return body


def _lines(said: str, room: float) -> list[str]:
    """A sentence in at most two lines, its end left out if need be."""
    parts = said.split()
    for at in range(len(parts), 0, -1):
        first = " ".join(parts[:at])
        if wide(first, SIZE) <= room:
            rest = " ".join(parts[at:])
            return [first, cut(rest, room, SIZE)] if rest else [first]
    return [cut(said, room, SIZE)]


def _paper(said: str, x: float, y: float, theme: Theme, *, bold: bool = False) -> str:
    """What covers the lines behind words."""
    long = wide(said, SIZE, bold=bold) + 6
    return element("rect", x=x - 3, y=y - 12, width=long, height=16, fill=theme.paper)


def _ends(row: Row, scale: _Scale) -> tuple[float, float, bool]:
    """Where a row begins and ends, and whether it runs on beyond the picture."""
    lower = row.lower if row.lower is not None else min(row.numbers)
    upper = row.upper if row.upper is not None else max(row.numbers)
    return scale.at(lower), scale.at(upper), upper > scale.last


def _arrow(x: float, y: float, colour: str) -> str:
    return element(
        "path", d=f"M{x - HEAD:.1f} {y - 5:.1f}L{x:.1f} {y:.1f}L{x - HEAD:.1f} {y + 5:.1f}Z",
        fill=colour,
    )  # fmt: skip


def _cap(x: float, y: float, colour: str) -> str:
    return element("path", d=f"M{x:.1f} {y - 6:.1f}V{y + 6:.1f}", stroke=colour, stroke_width=2)


def _number(row: Row, scale: _Scale, theme: Theme, y: float) -> list[str]:
    """A whole line with ends, and a filled sign where the number is."""
    left, right, beyond = _ends(row, scale)
    colour = theme.fills[0]
    line = f"M{left:.1f} {y:.1f}H{right - (HEAD if beyond else 0):.1f}"
    body = [
        element("path", d=line, stroke=colour, stroke_width=3),
        _cap(left, y, colour),
        _arrow(right, y, colour) if beyond else _cap(right, y, colour),
    ]
    if row.estimate is not None and math.isfinite(row.estimate):
        body.append(
            shape("circle", scale.at(row.estimate), y, 5.5, fill=colour, stroke=theme.paper)
        )
    return body


def _range(row: Row, scale: _Scale, theme: Theme, y: float) -> list[str]:
    """A hollow bar: no number within it is better than another."""
    left, right, beyond = _ends(row, scale)
    colour = theme.fills[1]
    line = f"M{left:.1f} {y - 5:.1f}H{right:.1f}M{left:.1f} {y + 5:.1f}H{right:.1f}"
    closing = f"M{left:.1f} {y - 5:.1f}V{y + 5:.1f}"
    closing += "" if beyond else f"M{right:.1f} {y - 5:.1f}V{y + 5:.1f}"
    body = [element("path", d=line + closing, stroke=colour, stroke_width=1.8, fill="none")]
    return [*body, _arrow(right + HEAD, y, colour)] if beyond else body


def _at_least(row: Row, scale: _Scale, theme: Theme, y: float) -> list[str]:
    """A dashed line that begins at the bound, with a hollow sign, and runs on to the right."""
    least = row.estimate if row.estimate is not None else min(row.numbers)
    start, colour = scale.at(least), theme.fills[3]
    left = scale.at(row.lower) if row.lower is not None else start
    body = [
        element(
            "path",
            d=f"M{left:.1f} {y:.1f}H{scale.right - HEAD:.1f}",
            stroke=colour,
            stroke_width=1.8,
            stroke_dasharray="3 5",
        ),
        _arrow(scale.right, y, colour),
        shape("diamond", start, y, 5.5, fill=theme.paper, stroke=colour, stroke_width=1.8),
    ]
    return [*body, _cap(left, y, colour)] if left < start - 6 else body


def _legend(rows: Sequence[Row], look: Look, words: Words, top: float) -> tuple[list[str], float]:
    """What the signs mean, as far as they are drawn."""
    drawn: dict[Says, Callable[[Row, _Scale, Theme, float], list[str]]] = {
        Says.NUMBER: _number,
        Says.RANGE: _range,
        Says.AT_LEAST: _at_least,
    }
    shown = [says for says in drawn if any(row.says is says and row.numbers for row in rows)]

    def sign(at: int, x: float, y: float) -> str:
        scale = _Scale(0.0, 10.0, x - 6, x + 9, logarithmic=False)
        row = Row(method="", says=shown[at], estimate=4.0, lower=0.0, upper=10.0)
        if shown[at] is Says.AT_LEAST:
            row = Row(method="", says=shown[at], estimate=2.0)
        return "".join(drawn[shown[at]](row, scale, look.theme, y))

    return legend(look, [_called(says, words) for says in shown], top, sign)
