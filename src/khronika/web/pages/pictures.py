"""Pictures of the record: `/pictures/NAME.png` and `/pictures/NAME.svg`.

How a page shows one::

    picture_of(request, "months", {"kind": ["arrest"]})   # in the handler: Picture, made once
    {{ m.picture("months", picture, params) }}            # in the template, the same parameters

`picture` has `title`, `summary`, `columns` and `rows`, in the language of the session; the macro
writes the figure, with sources for light and dark and for narrow screens, and the same data as a
table.

Names: `months`, `map` and `timeline` take the filters of incidents (`kind`, `modality`, `actor`,
`role`, `place`, `country`, `publisher`, `report`, `since`, `until`), each as often as wanted where
several can be meant; `network` takes `actor`, the id of one. All take `theme` (`light`, `dark`) and
`w`, the width of the screen they are for (`390`, `1280`), which the macro adds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.publish.pictures import ENGLISH, Look, Picture, Words, png
from khronika.publish.pictures.look import THEMES
from khronika.publish.pictures.map import CountryTally, PlaceTally, Tallies, world_map
from khronika.publish.pictures.months import Tally, months
from khronika.publish.pictures.network import Node, Tie, network
from khronika.publish.pictures.timeline import Mark, timeline
from khronika.web.desk import Seat, desk_of
from khronika.web.language import Language
from khronika.web.rendering import ACTOR_TYPES
from khronika.workflows.browsing import pictures as data
from khronika.workflows.filtering import SEVERAL, filters_from
from khronika.workflows.rows import Filters

WIDTHS = {"390": 362, "1280": 1112}  # of a screen, and of a picture on it
SCALES = {"390": 2.0, "1280": 1.0}  # dots a pixel: phones have fine ones
FILTERS = (
    *("kind", "modality", "actor", "role", "place", "country", "publisher", "report"),
    *("since", "until"),
)
LONGEST_VALUE = 200
MOST_VALUES = 50
MOST_ROWS = 300
POLICY = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'"

Params = Mapping[str, str | Sequence[str]]


def picture(request: Request) -> Response:
    """One picture, as PNG or SVG."""
    name, _, ending = request.path_params["file"].rpartition(".")
    if name not in MAKERS or ending not in ("png", "svg"):
        raise HTTPException(404)
    asked = request.query_params
    wide = asked.get("w", "1280")
    if wide not in WIDTHS or asked.get("theme", "light") not in THEMES:
        raise HTTPException(404)
    look = Look(theme=THEMES[asked.get("theme", "light")], width=WIDTHS[wide])
    params = {each: asked.getlist(each) for each in FILTERS if each in asked}
    found = picture_of(request, name, params, look)
    if ending == "svg":
        return _answer(found.svg.encode(), "image/svg+xml", f"{name}.svg")
    drawn = desk_of(request).once(
        ("png", _key(request, name, params, look)), lambda: png(found.svg, SCALES[wide])
    )
    return _answer(drawn, "image/png", f"{name}.png")


def _answer(body: bytes, media_type: str, name: str) -> Response:
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Disposition": f'inline; filename="{name}"',
    }
    return Response(body, media_type=media_type, headers=headers)


def picture_of(
    request: Request, name: str, params: Params | None = None, look: Look | None = None
) -> Picture:
    """A picture with its title, summary and table, in the language of the session.

    Args:
        request: what is answered.
        name: of the picture.
        params: as in its address; other names than those of filters are left out.
        look: theme and width; they do not change the words.

    Raises:
        FilterError: a filter cannot be meant.
        HTTPException: there is no such actor.
    """
    seat, given, look = desk_of(request), params or {}, look or Look()

    def make() -> Picture:
        made = MAKERS[name](seat, filters_of(given), look)
        return replace(made, rows=_few(made.rows, seat))

    return seat.once(("picture", _key(request, name, given, look)), make)


def _few(rows: tuple[tuple[str, ...], ...], seat: Seat) -> tuple[tuple[str, ...], ...]:
    """At most so many rows as a page can bear, and how many more there are."""
    left = len(rows) - MOST_ROWS
    if left <= 0:
        return rows
    said = seat.language.say("and %(number)s more", number=seat.language.number(left))
    return (*rows[:MOST_ROWS], (said, *[""] * (len(rows[0]) - 1)))


def _key(request: Request, name: str, params: Params, look: Look) -> tuple[object, ...]:
    filters = filters_of(params)
    return name, filters, look.theme.name, look.width, desk_of(request).language.code


def filters_of(params: Params) -> Filters:
    """The filters of an address; a value that is too long is cut, so that it fits nothing."""
    given: dict[str, Any] = {}
    for name in FILTERS:
        value = params.get(name, ())
        values = (value,) if isinstance(value, str) else tuple(value)[:MOST_VALUES]
        values = tuple(each[:LONGEST_VALUE] for each in values if each)
        if values:
            given[name] = values if name in SEVERAL else values[-1]
    return filters_from(given)


def words_of(language: Language) -> Words:
    """The words of pictures in a language of the interface."""
    return replace(
        ENGLISH,
        gettext=language.catalogue.gettext,
        ngettext=language.catalogue.ngettext,
        number=language.number,
        date=language.date,
        month=lambda month: str(language.locale.months["stand-alone"]["abbreviated"][month]),
    )


def _kind_label(seat: Seat) -> Callable[[str], str]:
    kinds = seat.desk.kinds
    return lambda kind: seat.language.say(kinds[kind].label) if kind in kinds else kind


def _months(seat: Seat, filters: Filters, look: Look) -> Picture:
    counts = seat.once(("months", filters), lambda: data.month_counts(seat.store, filters))
    label = _kind_label(seat)
    tallies = [
        Tally(first=each.first, last=each.last, kind=label(each.kind), number=each.number)
        for each in counts
    ]
    return months(tallies, look, words_of(seat.language))


def _map(seat: Seat, filters: Filters, look: Look) -> Picture:
    found = seat.once(("whereabouts", filters), lambda: data.whereabouts(seat.store, filters))
    name = seat.language.country
    tallies = Tallies(
        countries=tuple(
            CountryTally(code=code, name=name(code), number=number)
            for code, number in found.countries
        ),
        places=tuple(
            PlaceTally(
                geonameid=each.geonameid, name=each.name, code=each.country, number=each.number
            )
            for each in found.places
        ),
        incidents=found.incidents,
        nowhere=found.nowhere,
    )
    return world_map(tallies, look, words_of(seat.language))


def _timeline(seat: Seat, filters: Filters, look: Look) -> Picture:
    found = seat.once(("marks", filters), lambda: data.marks(seat.store, filters))
    label, date_in_words = _kind_label(seat), seat.language.date
    marks = [
        Mark(
            first=_day(each.first),
            last=_day(each.last),
            when=date_in_words(each.edtf),
            kind=label(each.kind),
            label=each.places[0] if each.places else "",
        )
        for each in found.dated
    ]
    return timeline(marks, found.undated, look, words_of(seat.language))


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _network(seat: Seat, filters: Filters, look: Look) -> Picture:
    found = seat.once(
        ("neighbours", filters.actor), lambda: data.neighbours(seat.store, filters.actor)
    )
    if found is None:
        raise HTTPException(404)
    type_label = {key: seat.language.say(said) for key, said in ACTOR_TYPES.items()}

    def node(each: data.Neighbour) -> Node:
        said = type_label.get(each.type, each.type)
        return Node(id=each.id, name=each.caption, type=each.type, type_label=said)

    return network(
        node(found.centre),
        [node(each) for each in found.others],
        [Tie(one=one, other=other, number=number) for one, other, number in found.ties],
        found.left,
        look,
        words_of(seat.language),
    )


MAKERS: Mapping[str, Callable[[Seat, Filters, Look], Picture]] = {
    "months": _months,
    "map": _map,
    "timeline": _timeline,
    "network": _network,
}

ROUTES = (Route("/pictures/{file}", picture, name="picture"),)
