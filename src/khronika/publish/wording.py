"""What a reader sees in words: dates, modality, and who is alleged to have done it."""

import re
from collections.abc import Iterable
from datetime import date

from khronika.model.acts import Act, ActorType, Involvement, Modality, Role
from khronika.model.edtf import EdtfError, Precision, bounds, precision

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
DOERS = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)
_DAY = re.compile(r"(?:\d{1,2} )?[A-Z][a-z]{2}(?: \d{4})?")
_COURT = re.compile(r"\b(?:court|tribunal|суд\w{0,3})\b", re.IGNORECASE)


def day(one: date, *, short: bool = False, year: bool = True) -> str:
    """A day as people write it: '14 March 2023', '14 Mar'."""
    month = MONTHS[one.month - 1]
    said = f"{one.day} {month[:3] if short else month}"
    return f"{said} {one.year}" if year else said


def tabled(edtf: str) -> str:
    """A date in words for a narrow column: short months, days that stay on one line."""
    said = spoken(edtf)
    for month in MONTHS:
        said = said.replace(month, month[:3])
    return _DAY.sub(lambda match: match[0].replace(" ", "\u00a0"), said)


def spoken(edtf: str) -> str:
    """A date in words: 'March 2023', 'between 14 and 17 March 2023', 'by 2006'; '' if unknown."""
    try:
        first, last = bounds(edtf)
        kind = precision(edtf)
    except EdtfError:
        return edtf
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"by {_edge(edtf, last)}" if last else f"since {_edge(edtf, first)}"
    match kind:
        case Precision.MINUTE | Precision.DAY:
            words = day(first)
        case Precision.MONTH:
            words = f"{MONTHS[first.month - 1]} {first.year}"
        case Precision.SEASON:
            words = f"{SEASONS[edtf[5:7]]} {first.year}"
        case Precision.YEAR:
            words = str(first.year)
        case Precision.DECADE:
            words = f"{first.year} to {last.year}"
        case _:
            words = _between(edtf, first, last)
    return words


def _edge(edtf: str, edge: date | None) -> str:
    """The one end of an open interval, as fine as it was written."""
    written = edtf.strip("./")
    return spoken(written) if written and "/" not in written else str(edge)


def _between(edtf: str, first: date, last: date) -> str:
    starts, _, ends = edtf.partition("/")
    if len(starts) < 10 or len(ends) < 10:
        return f"between {spoken(starts)} and {spoken(ends)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day(last)}"
    same_year = first.year == last.year
    return f"between {day(first, year=not same_year)} and {day(last)}"


def dated(edtf: str) -> tuple[str, str]:
    """A date for a chronicle: its year, and the rest in short; a '?' where it is a stretch."""
    try:
        first, last = bounds(edtf)
        kind = precision(edtf)
    except EdtfError:
        return "", edtf
    edge = first or last
    if edge is None:
        return "", ""
    year = f"{edge.year:04}"
    if kind >= Precision.DAY:
        return year, day(edge, short=True, year=False)
    if kind is Precision.MONTH:
        return year, MONTHS[edge.month - 1][:3]
    if kind is Precision.SEASON:
        return year, SEASONS[edtf[5:7]]
    if kind in (Precision.YEAR, Precision.DECADE):
        return year, "" if kind is Precision.YEAR else "?"
    if first and last and len(edtf) >= 21:
        return year, f"{day(first, short=True, year=False)}?"
    return year, "?"


def told(modality: Modality) -> str:
    """What stands behind the kind where it did not simply happen: 'DENIED', 'ATTEMPTED'."""
    return "" if modality is Modality.OCCURRED else modality.value.upper()


def is_alleged(act: Act, doer: Involvement, actor_of: dict[int, str | None] | None = None) -> bool:
    """True unless a court or the doer itself is who tells it.

    Args:
        act: the telling.
        doer: one of its perpetrators.
        actor_of: ids of the actors of `act.involvements` by position, where they are known.
    """
    if doer.role is Role.ALLEGED_PERPETRATOR:
        return True
    ids = actor_of or {}
    positions = {id(one): n for n, one in enumerate(act.involvements)}
    own = ids.get(positions.get(id(doer), -1))
    for source in act.in_role(Role.SOURCE):
        if is_court(source):
            return False
        known = ids.get(positions[id(source)])
        if (own and own == known) or source.name.casefold() == doer.name.casefold():
            return False
    return True


def is_court(one: Involvement) -> bool:
    """True for a court of law."""
    bodies = (ActorType.AUTHORITY, ActorType.ORGANISATION)
    return one.type in bodies and bool(_COURT.search(one.name))


def listing(names: Iterable[str], most: int = 2) -> str:
    """Names for a narrow column: 'A, B and 3 more'."""
    every = list(dict.fromkeys(names))
    if len(every) <= most + 1:
        return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))
    return f"{', '.join(every[:most])} and {len(every) - most} more"


def chance(confidence: float) -> str:
    """'probability 0.93', and in words how sure that is."""
    words = ("doubtful", "more likely than not", "likely", "very likely", "all but certain")
    edges = (0.5, 0.7, 0.9, 0.97)
    return f"probability {confidence:.2f}, {words[sum(confidence >= edge for edge in edges)]}"


def coded_as(attribute: str, act: Act) -> str:
    """What an act says of one of its attributes or roles: 'arrest', '5 July 2018', 'nobody'."""
    if attribute in {"kind", "modality"}:
        return str(getattr(act, attribute))
    if attribute == "when":
        return spoken(act.when.edtf) or "unknown"
    if attribute == "where":
        return listing([each.name for each in act.where], 9) or "unknown"
    return listing([each.name for each in act.in_role(Role(attribute))], 9) or "nobody"
