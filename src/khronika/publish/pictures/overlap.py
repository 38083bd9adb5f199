"""How lists overlap: a column a combination of lists, a row a list, dots where they meet.

After the UpSet plot (Lex et al., "UpSet: Visualization of Intersecting Sets", IEEE TVCG 20, 2014).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from khronika.publish.pictures.fills import fill, patterns
from khronika.publish.pictures.fonts import cut, wide
from khronika.publish.pictures.legend import legend
from khronika.publish.pictures.look import Look
from khronika.publish.pictures.picture import Picture, Words
from khronika.publish.pictures.scale import steps
from khronika.publish.pictures.svg import clean, document, element, text

MOST_ROWS = 20  # with the smaller lists as one more
MOST_COLUMNS = 25  # with the smaller combinations as one more
SIZE = 12.5
ROW = 22.0
DOT = 5.0
ALONE, SHARED = 1, 0  # places of the fills: hatched for one list only, plain for several


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """People whom exactly these lists have.

    Attributes:
        lists: places of the lists, at least one.
        people: how many.
    """

    lists: frozenset[int]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What the picture shows: lists by name, and everybody by the lists that have them."""

    names: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Lists from the largest, and cells of them from the largest; the last of each may be a sum.

    Attributes:
        names: of the lists.
        sizes: people on each list.
        others: lists that share the last row.
        cells: people of each combination of rows.
        rest: combinations that have no column of their own.
        left: people of these.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    others: int
    cells: tuple[Cell, ...]
    rest: int = 0
    left: int = 0


def overlap(lists: Lists, look: Look, words: Words) -> Picture:
    """Draw whom the lists have alone and together.

    Args:
        lists: their names and cells; cells of nobody are passed over.
        look: theme and width.
        words: the language.

    Returns:
        The picture. The table has every combination; the picture the largest that there is room
        for, and the sum of the others.
    """
    title = words.gettext("How the lists overlap")
    summary = _summary(lists, words)
    columns = (words.gettext("Lists"), words.gettext("How many lists"), words.gettext("People"))
    return Picture(
        title=title,
        summary=summary,
        columns=columns,
        rows=_table(lists, words),
        svg=_draw(_gathered(lists, look, words), look, words, title, summary),
    )


def _people(lists: Lists) -> list[Cell]:
    return sorted(
        (cell for cell in lists.cells if cell.people > 0 and cell.lists),
        key=lambda cell: (-cell.people, len(cell.lists), sorted(cell.lists)),
    )


def _sizes(lists: Lists) -> list[int]:
    sizes = [0] * len(lists.names)
    for cell in lists.cells:
        for at in cell.lists:
            sizes[at] += cell.people
    return sizes


def _table(lists: Lists, words: Words) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            " + ".join(lists.names[at] for at in sorted(cell.lists)),
            words.number(len(cell.lists)),
            words.number(cell.people),
        )
        for cell in _people(lists)
    )


def _summary(lists: Lists, words: Words) -> str:
    cells = _people(lists)
    if not cells:
        return words.gettext("Nobody is on any list.")
    alone = sum(cell.people for cell in cells if len(cell.lists) == 1)
    said = words.gettext(
        "People on the lists: %(people)s; on one list only: %(alone)s, on several: %(shared)s."
    ) % {
        "people": words.number(sum(cell.people for cell in cells)),
        "alone": words.number(alone),
        "shared": words.number(sum(cell.people for cell in cells) - alone),
    }
    sizes = _sizes(lists)
    ranked = sorted(range(len(sizes)), key=lambda at: (-sizes[at], lists.names[at]))
    named = ", ".join(
        f"{clean(lists.names[at], 80)} ({words.number(sizes[at])})" for at in ranked[:MOST_ROWS]
    )
    said += " " + words.gettext("The lists: %(lists)s.") % {"lists": named}
    return f"{said} {_apart(lists, cells, words)}".strip()


def _apart(lists: Lists, cells: Sequence[Cell], words: Words) -> str:
    """How many pairs of lists share nobody: what makes an estimate weak."""
    count = len(lists.names)
    met = {(a, b) for cell in cells for a in cell.lists for b in cell.lists if a < b}
    if count < 2 or len(met) == count * (count - 1) // 2:
        return ""
    said = words.gettext("Pairs of lists that share nobody: %(number)s of %(pairs)s.")
    pairs = count * (count - 1) // 2
    return said % {"number": words.number(pairs - len(met)), "pairs": words.number(pairs)}


def _gathered(lists: Lists, look: Look, words: Words) -> _Rows:
    """The rows and columns that there is room for."""
    sizes = _sizes(lists)
    ranked = sorted(range(len(sizes)), key=lambda at: (-sizes[at], at))
    shown = ranked if len(ranked) <= MOST_ROWS + 1 else ranked[:MOST_ROWS]
    row = {at: place for place, at in enumerate(shown)}
    counted: Counter[frozenset[int]] = Counter()
    for cell in _people(lists):
        counted[frozenset(row.get(at, len(shown)) for at in cell.lists)] += cell.people
    names, others = [lists.names[at] for at in shown], len(ranked) - len(shown)
    last = [sum(people for on, people in counted.items() if len(shown) in on)] if others else []
    if others:
        said = words.ngettext("%(number)s other list", "%(number)s other lists", others)
        names.append(said % {"number": words.number(others)})
    cells = _people(
        Lists(
            names=tuple(names), cells=tuple(Cell(lists=on, people=n) for on, n in counted.items())
        )
    )
    room = _room(cells, look, words)
    kept = cells if len(cells) <= room else cells[: room - 1]
    return _Rows(
        names=tuple(names),
        sizes=(*(sizes[at] for at in shown), *last),
        others=others,
        cells=tuple(kept),
        rest=len(cells) - len(kept),
        left=sum(cell.people for cell in cells[len(kept) :]),
    )


def _room(cells: Sequence[Cell], look: Look, words: Words) -> int:
    """How many columns fit beside the names."""
    broad = look.width - _left(look) - 12
    widest = max((wide(words.number(cell.people), SIZE) for cell in cells), default=0.0)
    return min(MOST_COLUMNS, max(3, int(broad // max(widest + 4, 2 * DOT + 8))))


def _left(look: Look) -> float:
    """Where the columns begin."""
    return look.width * (0.46 if look.narrow else 0.34)


def _draw(found: _Rows, look: Look, words: Words, title: str, summary: str) -> str:
    theme = look.theme
    if not found.cells:
        said = words.gettext("Nothing to draw")
        middle = text(said, look.width / 2, 60, 14, text_anchor="middle", fill=theme.quiet)
        return document(look, 110, title, summary, [middle])
    high = 130.0 if look.narrow else 190.0
    columns = len(found.cells) + bool(found.rest)
    left, right = _left(look), look.width - 12.0
    each = min((right - left) / columns, 46.0)
    top = 30.0 + high
    body = _stripes(found, look, top + 12)
    body += _bars(found, look, words, (left, top, each, high))
    body += _dots(found, look, (left, top + 12, each))
    body += _names(found, look, words, top + 12)
    bottom = top + 12 + ROW * len(found.names) + 10
    labels = [words.gettext("on several lists"), words.gettext("on one list only")]
    if found.rest:
        said = words.ngettext(
            "%(number)s smaller combination",
            "%(number)s smaller combinations together",
            found.rest,
        )
        labels.append(said % {"number": words.number(found.rest)})

    def sign(at: int, x: float, y: float) -> str:
        filled = theme.rest if at > ALONE else fill(theme, at)
        return element("rect", x=x - 6, y=y - 7, width=14, height=14, rx=2, fill=filled)

    drawn, used = legend(look, labels, bottom, sign)
    return document(look, bottom + used + 8, title, summary, [*body, *drawn], patterns(theme, 2))


def _stripes(found: _Rows, look: Look, top: float) -> list[str]:
    return [
        element(
            "rect",
            x=8,
            y=top + ROW * at,
            width=look.width - 16,
            height=ROW,
            fill=look.theme.land,
        )
        for at in range(0, len(found.names), 2)
    ]


def _bars(
    found: _Rows, look: Look, words: Words, box: tuple[float, float, float, float]
) -> list[str]:
    """How many people each combination has, above the dots."""
    left, bottom, each, high = box
    theme = look.theme
    people = [cell.people for cell in found.cells] + ([found.left] if found.rest else [])
    unit, broad = high / max(people), min(each * 0.72, 30.0)
    right = left + each * len(people)
    body = [element("path", d=f"M{left:.1f} {bottom:.1f}H{right:.1f}", stroke=theme.quiet)]
    most = steps(max(people), 4)
    for mark in most[1:]:
        y = bottom - unit * mark
        if y > bottom - high - 1:
            grid = f"M{left:.1f} {y:.1f}H{right:.1f}"
            body.append(element("path", d=grid, stroke=theme.line))
            said = words.number(mark)
            body.append(text(said, left - 6, y + 4, SIZE, text_anchor="end", fill=theme.quiet))
    for at, number in enumerate(people):
        x, tall = left + each * (at + 0.5), max(number * unit, 1.0)
        rest = at == len(found.cells)
        alone = ALONE if not rest and len(found.cells[at].lists) == 1 else SHARED
        filled = theme.rest if rest else fill(theme, alone)
        body.append(
            element(
                "rect",
                x=round(x - broad / 2, 1),
                y=round(bottom - tall, 1),
                width=round(broad, 1),
                height=round(tall, 1),
                fill=filled,
            )
        )
        body.append(text(words.number(number), x, bottom - tall - 4, SIZE, text_anchor="middle"))
    return body


def _dots(found: _Rows, look: Look, box: tuple[float, float, float]) -> list[str]:
    """Which lists a column stands for: filled dots, joined by a line."""
    left, top, each = box
    theme, body = look.theme, []
    for at, cell in enumerate(found.cells):
        x = left + each * (at + 0.5)
        ys = [top + ROW * (row + 0.5) for row in sorted(cell.lists)]
        for row in range(len(found.names)):
            if row not in cell.lists:
                y = top + ROW * (row + 0.5)
                body.append(element("circle", cx=x, cy=y, r=2.2, fill=theme.border))
        if len(ys) > 1:
            line = f"M{x:.1f} {ys[0]:.1f}V{ys[-1]:.1f}"
            body.append(element("path", d=line, stroke=theme.ink, stroke_width=2.4))
        body += [element("circle", cx=x, cy=y, r=DOT, fill=theme.ink) for y in ys]
    if found.rest:
        x, y = left + each * (len(found.cells) + 0.5), top + ROW * len(found.names) / 2
        body.append(text("…", x, y + 4, 16, text_anchor="middle", fill=theme.quiet))
    return body


def _names(found: _Rows, look: Look, words: Words, top: float) -> list[str]:
    """Beside the dots: the name of each list, and how many people it has as a bar."""
    theme, left = look.theme, _left(look)
    sizes = [words.number(size) for size in found.sizes]
    widest = max(wide(said, SIZE) for said in sizes)
    room = min(max(wide(clean(name), SIZE) for name in found.names), 0.55 * (left - 28))
    start, end = 16 + widest, left - room - 18
    body = []
    for at, (name, said) in enumerate(zip(found.names, sizes, strict=True)):
        y = top + ROW * (at + 0.5)
        long = max((end - start) * found.sizes[at] / max(1, *found.sizes), 1.0)
        body.append(
            element(
                "rect",
                x=round(end - long, 1),
                y=y - 6,
                width=round(long, 1),
                height=12,
                fill=theme.rest,
            )
        )
        body.append(text(said, end - long - 4, y + 4.4, SIZE, text_anchor="end"))
        shown = cut(clean(name), room, SIZE)
        body.append(text(shown, left - 10, y + 4.4, SIZE, text_anchor="end"))
    return body
