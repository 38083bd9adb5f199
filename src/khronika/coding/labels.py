"""The place that labels a paragraph: 'ALMATY | Two men ...', 'Novi Sad. Last week ...'."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from khronika.text.gazetteer import Gazetteer, Place, PlaceKind

# A bullet, up to five capitalised words, perhaps a country or a date, and a sign that ends it.
_LABEL = re.compile(
    r"(?P<bullet>[●•▪■◆*]\s*)?\(?"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’.-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w'’-]*|de|del|la|el|al|of|do|da)){0,4})\)?"
    r"(?P<more>(?:, ?[\w .'’-]{2,30}|\s?\([^()]{2,30}\)){0,2})"
    r"\s*(?P<sign>\||[–—-]{1,2}(?= )|:|\.(?= ))\s*(?=\S)"
)
# '3. Ana Ruiz, 17, pupil, Tela. Taken from ...': the place that ends the head of an entry.
_ENTRY = re.compile(
    r"(?:\d{1,3}[.)]|[●•▪■◆*-])\s[^.:;]{3,90},\s(?P<name>[A-ZÀ-ÖØ-Þ][\w'’ -]{2,30})\.\s+(?=[A-Z])"
)
_COMPASS = re.compile(r"(?i)(?:north|south|east|west|central|old|new|greater|upper|lower) (?=\S)")
FEWEST = 2  # known places among the labels, from which an unknown one is taken for a place, too


@dataclass(frozen=True, slots=True)
class Label:
    """A label: characters of its name, where the text after it starts, which place it is."""

    start: int
    end: int
    after: int
    place: Place | None


def labels(
    texts: Collection[str], table: Gazetteer, near: Collection[str]
) -> Iterator[tuple[int, Label]]:
    """The labels of a report's units, by the index of the unit.

    Of two names beside each other ('MOSCOW/DUSHANBE') neither counts. A name that no gazetteer has
    counts where others of the same form are known places.
    """
    found = [(i, m) for i, text in enumerate(texts) if (m := _LABEL.match(text)) is not None]
    found = [(i, m) for i, m in found if "/" not in m[0] and not (m["more"] and m["sign"] in ".:")]
    places = {i: _place(m["name"], table, near) for i, m in found}
    forms = [(bool(m["bullet"]), m["sign"]) for i, m in found if places[i] is not None]
    for i, match in found:
        form = (bool(match["bullet"]), match["sign"])
        marked = form[0] or match["sign"] == "|"
        if places[i] is None and not (marked and forms.count(form) >= FEWEST):
            continue
        yield i, Label(match.start("name"), match.end("name"), match.end(), places[i])
    labelled = {i for i, _ in found}
    for i, text in enumerate(texts):
        entry = _ENTRY.match(text) if i not in labelled else None
        place = _place(entry["name"], table, near) if entry is not None else None
        if entry is not None and place is not None:
            yield i, Label(entry.start("name"), entry.end("name"), entry.end(), place)


def _place(name: str, table: Gazetteer, near: Collection[str]) -> Place | None:
    place = table.only(name, near) or table.only(_COMPASS.sub("", name), near)
    return None if place is None or place.kind is PlaceKind.COUNTRY else place
