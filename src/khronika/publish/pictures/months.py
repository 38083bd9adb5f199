"""Incidents by time and kind: stacked bars of months, quarters, years or decades."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from khronika.publish.pictures.fills import fill, patterns
from khronika.publish.pictures.fonts import wide
from khronika.publish.pictures.legend import Draw, legend
from khronika.publish.pictures.look import Look
from khronika.publish.pictures.picture import Picture, Words
from khronika.publish.pictures.scale import steps
from khronika.publish.pictures.svg import document, element, text

MOST_BARS = 36
FEW = 0.06  # of the incidents: so many of the earliest may share a bar
MOST_KINDS = 7  # with the others as one more
SIZE = 12.5
STEPS = (1, 3, 12, 60, 120, 1200)  # months in a bar
_APART = {1: (1, 2, 3, 6, 12), 3: (1, 2, 4)} | dict.fromkeys(STEPS[2:], (1, 2, 5, 10, 20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """So many incidents of a kind whose date lies between two months, 'YYYY-MM'; '' is unknown."""

    first: str
    last: str
    kind: str  # as it is called
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bars:
    """What is drawn: kinds in the order of the legend, and their numbers in each bar."""

    step: int
    first: int  # of the first bar, counted in months from year 0
    bars: tuple[tuple[int, ...], ...]
    kinds: tuple[str, ...]
    left: int  # incidents whose date is too vague for a bar, or unknown
    earlier: bool = False  # the first bar has all that was before the second
    oldest: int = 0  # months of the first and last incident in a bar, from year 0
    newest: int = 0

    @property
    def total(self) -> int:
        return sum(map(sum, self.bars))


def months(tallies: Sequence[Tally], look: Look, words: Words) -> Picture:
    """Draw how many incidents of each kind fell into each stretch of time.

    Args:
        tallies: the incidents, counted by their earliest and latest month and their kind.
        look: theme and width.
        words: the language.

    Returns:
        The picture. An incident whose date does not lie within one bar stands in no bar; the
        summary says how many those are.
    """
    found = _gather(tallies, words)
    title = {
        1: words.gettext("Incidents by month and kind"),
        3: words.gettext("Incidents by quarter and kind"),
        12: words.gettext("Incidents by year and kind"),
    }.get(found.step, words.gettext("Incidents by years and kind"))
    summary = _summary(found, words)
    return Picture(
        title=title,
        summary=summary,
        columns=(words.gettext("When"), *found.kinds, words.gettext("Together")),
        rows=_rows(found, words),
        svg=_draw(found, look, words, title, summary),
    )


def _month(said: str) -> int | None:
    if len(said) < 7 or not (said[:4].isdigit() and said[5:7].isdigit()):
        return None
    return int(said[:4]) * 12 + int(said[5:7]) - 1


def _gather(tallies: Sequence[Tally], words: Words) -> _Bars:
    dated = [(_month(each.first), _month(each.last), each) for each in tallies if each.number > 0]
    whole = [
        (one, other, each) for one, other, each in dated if one is not None and other is not None
    ]
    unknown = sum(each.number for *_, each in dated) - sum(each.number for *_, each in whole)
    if not whole:
        return _Bars(step=1, first=0, bars=(), kinds=(), left=unknown)
    start, end = _span(whole)
    step = _step(start, end)
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    left, months_in = unknown, []
    for one, other, each in whole:
        first, last = max(one // step, start // step - 1), max(other // step, start // step - 1)
        if first == last:  # before the first bar, all is one
            counted[first][each.kind] += each.number
            months_in += [one, other]
        else:
            left += each.number
    bars = _bars(counted, step, left, words, start // step)
    return replace(bars, oldest=min(months_in, default=0), newest=max(months_in, default=0))


def _span(whole: Sequence[tuple[int, int, Tally]]) -> tuple[int, int]:
    """The months to draw: those of incidents known to the year, without the few earliest.

    A single incident of long ago would press all others together; what is earlier is one bar.
    """
    known = [each for each in whole if each[1] - each[0] < 12] or list(whole)
    start, end = min(one for one, *_ in known), max(other for _, other, _ in known)
    few, seen = FEW * sum(each.number for *_, each in known), 0
    for one, _, each in sorted(known, key=lambda each: each[0]):
        seen += each.number
        if seen > few:
            return (one if _step(one, end) < _step(start, end) else start), end
    return start, end


def _step(start: int, end: int) -> int:
    """Months in a bar."""
    fits = (each for each in STEPS if end // each - start // each < MOST_BARS)
    return next(fits, STEPS[-1])


def _bars(
    counted: Mapping[int, Counter[str]], step: int, left: int, words: Words, start: int
) -> _Bars:
    if not counted:
        return _Bars(step=step, first=0, bars=(), kinds=(), left=left)
    every: Counter[str] = Counter()
    for each in counted.values():
        every.update(each)
    ranked = sorted(every, key=lambda kind: (-every[kind], kind))
    shown = ranked if len(ranked) <= MOST_KINDS + 1 else ranked[:MOST_KINDS]
    others = ranked[len(shown) :]
    bars = []
    first, last = min(counted), max(counted)
    for at in range(first, min(last + 1, first + 400)):
        bar = [counted[at][kind] if at in counted else 0 for kind in shown]
        if others:
            bar.append(sum(counted[at][kind] for kind in others) if at in counted else 0)
        bars.append(tuple(bar))
    kinds = (*shown, words.gettext("other kinds")) if others else tuple(shown)
    earlier = first < start
    return _Bars(step=step, first=first, bars=tuple(bars), kinds=kinds, left=left, earlier=earlier)


def _iso(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def _edtf(found: _Bars, at: int) -> str:
    """A bar as a date."""
    month = (found.first + at) * found.step
    year = month // 12
    if found.step == 1:
        return _iso(month)
    if found.step == 12:
        return f"{year:04}"
    end = month + found.step - 1
    if found.step < 12:
        return f"{_iso(month)}/{_iso(end)}"
    return f"{year:04}/{end // 12:04}"


def _named(found: _Bars, at: int, words: Words) -> str:
    """A bar as it is called: 'March 2023', 'Jan to Mar 2023', '2023', '1990 to 1994'."""
    if found.earlier and at == 0:
        return f"… – {words.date(_iso((found.first + 1) * found.step - 1))}"
    month = (found.first + at) * found.step
    year = month // 12
    if found.step in (1, 12):
        return words.date(_edtf(found, at))
    if found.step == 3:
        ends = words.month(month % 12 + 1), words.month(month % 12 + 3)
        said = words.gettext("%(first)s to %(last)s %(year)s")
        return said % {"first": ends[0], "last": ends[1], "year": year}
    said = words.gettext("%(first)s to %(last)s")
    return said % {"first": year, "last": year + found.step // 12 - 1}


def _summary(found: _Bars, words: Words) -> str:
    if not found.bars:
        said = words.gettext("No incident has a date that could be drawn.")
        return f"{said} {_left(found, words)}".strip()
    sums = [sum(bar) for bar in found.bars]
    most = max(range(len(sums)), key=lambda at: sums[at])
    kinds = [sum(bar[at] for bar in found.bars) for at in range(len(found.kinds))]
    said = words.gettext("%(incidents)s (%(first)s – %(last)s).") % {
        "incidents": words.incidents(found.total),
        "first": words.date(_iso(found.oldest)),
        "last": words.date(_iso(found.newest)),
    }
    if len(sums) == 1:
        said = f"{_named(found, 0, words)}: {words.incidents(found.total)}."
    else:
        peak = words.gettext("Most at a time: %(number)s (%(when)s).")
        said += " " + peak % {
            "number": words.number(sums[most]),
            "when": _named(found, most, words),
        }
    commonest = words.gettext("The most frequent kind: %(kind)s (%(number)s).")
    said += " " + commonest % {"kind": found.kinds[0], "number": words.number(kinds[0])}
    return f"{said} {_left(found, words)}".strip()


def _left(found: _Bars, words: Words) -> str:
    if not found.left:
        return ""
    said = words.ngettext(
        "%(number)s more incident has no date, or one too vague for a bar.",
        "%(number)s more incidents have no date, or one too vague for a bar.",
        found.left,
    )
    return said % {"number": words.number(found.left)}


def _rows(found: _Bars, words: Words) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (_named(found, at, words), *map(words.number, bar), words.number(sum(bar)))
        for at, bar in enumerate(found.bars)
        if sum(bar)
    )


def _draw(found: _Bars, look: Look, words: Words, title: str, summary: str) -> str:
    theme = look.theme
    high = 220 if look.narrow else 300
    most = max((sum(bar) for bar in found.bars), default=0)
    marks = steps(most, 4)
    left = 16 + max((wide(words.number(each), SIZE) for each in marks), default=0)
    top, right = 14.0, look.width - 12.0
    bottom = top + high
    body = []
    for each in marks:
        y = bottom - high * each / marks[-1]
        body.append(element("path", d=f"M{left + 4:.1f} {y:.1f}H{right:.1f}", stroke=theme.line))
        said = words.number(each)
        body.append(text(said, left - 2, y + 4.5, SIZE, text_anchor="end", fill=theme.quiet))
    if not found.bars:
        said = words.gettext("Nothing to draw")
        body.append(
            text(said, look.width / 2, top + high / 2, 14, text_anchor="middle", fill=theme.quiet)
        )
    else:
        body += _stacks(found, look, (left + 6, right, bottom, high / marks[-1]))
        body += _below(found, look, words, (left + 6, right, bottom))
    drawn, used = legend(look, found.kinds, bottom + 46, _sign(look, found))
    height = bottom + 46 + used + 8
    return document(
        look, height, title, summary, [*body, *drawn], patterns(theme, len(found.kinds))
    )


def _sign(look: Look, found: _Bars) -> Draw:
    def sign(at: int, x: float, y: float) -> str:
        filled = _fill(look, found, at)
        return element("rect", x=x - 6, y=y - 7, width=14, height=14, rx=2, fill=filled)

    return sign


def _fill(look: Look, found: _Bars, at: int) -> str:
    rest = len(found.kinds) == MOST_KINDS + 1 and at == MOST_KINDS
    return look.theme.rest if rest else fill(look.theme, at)


def _stacks(found: _Bars, look: Look, box: tuple[float, float, float, float]) -> list[str]:
    left, right, bottom, unit = box
    each = (right - left) / len(found.bars)
    broad = min(max(each * 0.8, 1.0), 56.0)
    body = []
    for at, bar in enumerate(found.bars):
        x, y = left + each * at + (each - broad) / 2, bottom
        for kind, number in enumerate(bar):
            if not number:
                continue
            high = number * unit
            gap = 1.0 if high > 3 and y < bottom else 0.0  # a line of paper between neighbours
            body.append(
                element(
                    "rect",
                    x=round(x, 1),
                    y=round(y - high, 1),
                    width=round(broad, 1),
                    height=round(high - gap, 1),
                    fill=_fill(look, found, kind),
                )
            )
            y -= high
    body.append(
        element("path", d=f"M{left - 2:.1f} {bottom:.1f}H{right:.1f}", stroke=look.theme.quiet)
    )
    return body


def _below(found: _Bars, look: Look, words: Words, box: tuple[float, float, float]) -> list[str]:
    """The names of bars, evenly left out where there is no room for all; years below months."""
    left, right, bottom = box
    theme, each = look.theme, (right - left) / len(found.bars)
    named = [_short(found, at, words) for at in range(len(found.bars))]
    room = max(wide(said, SIZE) for _, said in named) + 7
    apart = next((n for n in _APART[found.step] if n * each >= room), len(named))
    body = []
    for at, (number, said) in enumerate(named):
        middle, half = left + each * (at + 0.5), wide(said, SIZE) / 2
        if (
            (number % apart == 0 or (found.earlier and at == 0))
            and left - 6 <= middle - half
            and middle + half <= look.width - 2
        ):
            body.append(
                text(said, middle, bottom + 17, SIZE, text_anchor="middle", fill=theme.quiet)
            )
    return body if found.step >= 12 else [*body, *_years(found, look, box)]


def _short(found: _Bars, at: int, words: Words) -> tuple[int, str]:
    """What a bar is called below it, and its number within the year or the years."""
    month = (found.first + at) * found.step
    if found.earlier and at == 0:
        return -1, "…"
    if found.step >= 12:
        return month // found.step, str(month // 12)
    return month % 12 // found.step, words.month(month % 12 + 1)


def _years(found: _Bars, look: Look, box: tuple[float, float, float]) -> list[str]:
    left, right, bottom = box
    each, free, body = (right - left) / len(found.bars), 0.0, []
    for at in range(found.earlier, len(found.bars)):
        month = (found.first + at) * found.step
        x, said = left + each * at, str(month // 12)
        long = wide(said, SIZE, bold=True)
        if (at > found.earlier and month % 12) or x < free or x + 4 + long > look.width:
            continue
        body.append(element("path", d=f"M{x:.1f} {bottom:.1f}v5m0 17v14", stroke=look.theme.line))
        body.append(text(said, x + 4, bottom + 35, SIZE, font_weight="700"))
        free = x + long + 14
    return body
