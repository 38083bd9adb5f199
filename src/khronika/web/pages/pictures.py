"""Pictures of the record: `/pictures/NAME.png` and `/pictures/NAME.svg`.

How a page shows one::

    picture_of(request, "months", {"kind": ["arrest"]})   # in the handler: Picture, made once
    {{ m.picture("months", picture, params) }}            # in the template, the same parameters

`picture` has `title`, `summary`, `columns` and `rows`, in the language of the session; the macro
writes the figure, with sources for light and dark and for narrow screens, and the same data as a
table.

Names: `months`, `map` and `timeline` take what the addresses of incidents take (`facets.Choice`:
`kind`, `modality`, `country`, `place`, `year`, `actor`, `within`, `since`, `until`, ...), each as
often as wanted where several can be meant; `params_of(request)` has those of the present address.
`network` takes `actor`, the id of one. All take `theme` (`light`, `dark`) and `w`, the width of the
screen they are for (`390`, `1280`), which the macro adds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from khronika.publish.pictures import ENGLISH, Look, Picture, Words, png
from khronika.publish.pictures.look import THEMES
from khronika.publish.pictures.map import CountryTally, PlaceTally, Tallies, world_map
from khronika.publish.pictures.months import Tally, months
from khronika.publish.pictures.network import Node, Tie, network
from khronika.publish.pictures.timeline import Line, Mark, Told, timeline
from khronika.web.choosing import chosen_in, incidents_of, named_by, standing_of
from khronika.web.desk import Seat, desk_of
from khronika.web.language import Language
from khronika.web.rendering import ACTOR_TYPES
from khronika.workflows.browsing import neighbours
from khronika.workflows.browsing import pictures as data
from khronika.workflows.browsing.facets import Choice, Incidents, Mask
from khronika.workflows.filtering import is_id
from khronika.workflows.sensitive import sensitive_actors

WIDTHS = {"390": 362, "1280": 1112}  # of a screen, and of a picture on it
SCALES = {"390": 2.0, "1280": 1.0}  # dots a pixel: phones have fine ones
CHOICES = tuple(each.name for each in fields(Choice))
MOST_DRAWN = 200  # pictures that are kept as PNG
LONGEST_VALUE = 200
MOST_VALUES = 40
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
    params = params_of(request)
    found = picture_of(request, name, params, look)
    if ending == "svg":
        return _answer(found.svg.encode(), "image/svg+xml", f"{name}.svg")
    return _answer(_drawn(found.svg, SCALES[wide]), "image/png", f"{name}.png")


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(svg: str, scale: float) -> bytes:
    """The PNG of an SVG; a ruling that does not change a picture has it not drawn again."""
    return png(svg, scale)


def params_of(request: Request) -> dict[str, list[str]]:
    """What of the present address chooses incidents, to be handed on to a picture."""
    asked = request.query_params
    return {each: asked.getlist(each)[:MOST_VALUES] for each in CHOICES if each in asked}


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
        params: as in its address; what cannot be meant is left out.
        look: theme and width; they do not change the words.

    Raises:
        HTTPException: there is no such actor.
    """
    seat, given, look = desk_of(request), params or {}, look or Look()

    def make() -> Picture:
        made = MAKERS[name](seat, choice_of(given), look)
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
    choice = choice_of(params)
    return name, choice, look.theme.name, look.width, desk_of(request).language.code


def choice_of(params: Params) -> Choice:
    """What parameters choose."""
    pairs = [
        (name, each[:LONGEST_VALUE])
        for name in CHOICES
        for value in [params.get(name, ())]
        for each in ((value,) if isinstance(value, str) else value)
    ]
    return chosen_in(QueryParams(pairs)).choice


def _chosen(seat: Seat, choice: Choice) -> tuple[Incidents, Mask]:
    every = incidents_of(seat)
    return every, every.kept(choice, named_by(seat, every, choice.actor))


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


def _months(seat: Seat, choice: Choice, look: Look) -> Picture:
    label = _kind_label(seat)
    tallies = [
        Tally(first=each.first, last=each.last, kind=label(each.kind), number=each.number)
        for each in data.month_counts(*_chosen(seat, choice))
    ]
    return months(tallies, look, words_of(seat.language))


def _map(seat: Seat, choice: Choice, look: Look) -> Picture:
    every, kept = _chosen(seat, choice)
    located = seat.once("located", lambda: data.located_in(seat.store, every, standing_of(seat)))
    found = data.whereabouts(every, located, kept)
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


def _timeline(seat: Seat, choice: Choice, look: Look) -> Picture:
    found = seat.once(("marks", choice), lambda: _marks(seat, choice))
    label, when = _kind_label(seat), seat.language.date
    told = Told(
        marks=tuple(
            Mark(
                first=each.first,
                last=each.last,
                kind=label(each.kind),
                label=each.place,
                number=each.number,
            )
            for each in found.marks
        ),
        lines=tuple(
            Line(when=when(each.edtf), kind=label(each.kind), where=each.place)
            for each in found.lines
        ),
        last=when(found.last.edtf) if found.last else "",
        dated=found.dated,
        undated=found.undated,
    )
    return timeline(told, look, words_of(seat.language))


def _marks(seat: Seat, choice: Choice) -> data.Marks:
    if is_id(choice.actor) and choice == Choice(actor=choice.actor):
        return data.marks_of(seat.store, choice.actor, standing_of(seat))
    return data.marks(seat.store, *_chosen(seat, choice))


def _network(seat: Seat, choice: Choice, look: Look) -> Picture:
    found = seat.once(
        ("neighbours", choice.actor),
        lambda: neighbours.neighbours(seat.store, choice.actor, standing_of(seat)),
    )
    if found is None:
        raise HTTPException(404)
    type_label = {key: seat.language.say(said) for key, said in ACTOR_TYPES.items()}

    hidden = seat.once("sensitive", lambda: frozenset(a.id for a in sensitive_actors(seat.store)))
    withheld = seat.language.say("name withheld")

    def node(each: neighbours.Neighbour) -> Node:
        said = type_label.get(each.type, each.type)
        name = withheld if each.id in hidden else each.caption  # a picture is easily passed on
        return Node(id=each.id, name=name, type=each.type, type_label=said)

    return network(
        node(found.centre),
        [node(each) for each in found.others],
        [Tie(one=one, other=other, number=number) for one, other, number in found.ties],
        found.left,
        look,
        words_of(seat.language),
    )


MAKERS: Mapping[str, Callable[[Seat, Choice, Look], Picture]] = {
    "months": _months,
    "map": _map,
    "timeline": _timeline,
    "network": _network,
}

ROUTES = (Route("/pictures/{file}", picture, name="picture"),)
