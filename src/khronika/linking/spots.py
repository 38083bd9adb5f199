"""Places as acts have them, and the other names in an act's words: in sounds, to be compared."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from khronika.text.gazetteer import Place, PlaceKind, gazetteer
from khronika.text.phonetics import coarse, skeleton

_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_MARKS = 40  # names and numbers of a quote
# A word in capitals that opens no sentence; a number that is no year.
_MARK = re.compile(
    r"(?<=[^\W_.!?:;\"“”«»][ \n])\"?[“«]?"
    r"([A-ZА-ЯЁІЇЄҐ\u00c0-\u00de\u0100-\u017f][^\W\d_]{3,30})"
    r"|\b(?!(?:19|20)\d\d\b)(\d[\d, ]{0,12}\d)\b"
)


class SpotSort(StrEnum):
    """What sort of small place a name is."""

    TOWN = "town"  # a gazetteer knows it
    SITE = "site"  # in a town or near it: a street, a prison
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an act: the gazetteer's id if it is known, the sounds of its words, country.

    `wide` is a country or a region, in which another place can lie; `state` is a country; `sort`
    is what else it is.
    """

    name: str
    place: int | None
    words: frozenset[str]
    country: str
    wide: bool
    state: bool
    sort: SpotSort


Printed = tuple[str, str, int | None, str]  # name, place, the gazetteer's id, country


@lru_cache(maxsize=16384)
def places_of(
    printed: tuple[Printed, ...],
) -> tuple[tuple[Spot, ...], tuple[Spot, ...], frozenset[str]]:
    """All places of an act, the small ones, and the countries of all that are no countries."""
    spots = tuple(_spot(*each) for each in printed)
    lands = frozenset(s.country for s in spots if s.words and not s.state)
    return spots, tuple(s for s in spots if not s.wide), frozenset() if "" in lands else lands


@lru_cache(maxsize=16384)
def _spot(name: str, place: str, number: int | None, country: str) -> Spot:
    printed = [m.group() for m in _WORD.finditer(f"{place} {name}")]
    own = (w for w in printed if not w[0].islower() and w.casefold() not in _NOT_PLACES)
    words = frozenset(sound(w) for w in own)
    known = [p for p in gazetteer().places(place or name) if number in (None, p.geonameid)]
    known = known or _without_direction(name) or _town_of(name)
    wide = bool(known) and all(p.kind is not PlaceKind.CITY for p in known)
    state = bool(known) and known[0].kind in (PlaceKind.COUNTRY, PlaceKind.PEOPLE)
    wide = wide or not words or (not known and bool(_AREA.search(name)))
    homes = {p.country for p in known if p.kind is not PlaceKind.CITY} - {""}
    country = country or (homes.pop() if len(homes) == 1 else "")
    return Spot(name, number, words, country, wide=wide, state=state, sort=_sort(name, known))


def _sort(name: str, known: Sequence[Place]) -> SpotSort:
    if known:
        return SpotSort.TOWN
    return SpotSort.SITE if _SITE.search(name) else SpotSort.OTHER


def _town_of(name: str) -> list[Place]:
    """The town that a street or a part of it is told to be in: `Harbour Street, Osh`."""
    for part in _PARTS.split(name)[:0:-1]:
        found = [p for p in gazetteer().places(part.strip()) if p.kind is PlaceKind.CITY]
        if found:
            return found
    return []


def _without_direction(name: str) -> list[Place]:
    """What `northern Uganda` lies in."""
    rest = _DIRECTION.sub("", name)
    found = gazetteer().places(rest) if rest != name else ()
    return [p for p in found if p.kind is not PlaceKind.CITY]


def sound(word: str) -> str:
    """What a place's word is compared by: Lviv and Lvov are one."""
    consonants = coarse(word)
    return consonants if len(consonants) > 2 else skeleton(word)


_PARTS = re.compile(r", | (?:in|near|at|of|outside|в|у|под|біля|поблизу) ")
_DIRECTION = re.compile(
    r"^(?:the )?(?:north|south|east|west|central|northern|southern|eastern|western|upper|lower"
    r"|north-?eastern|north-?western|south-?eastern|south-?western|north-?east|north-?west"
    r"|south-?east|south-?west)(?: of)? ",
    re.IGNORECASE,
)
# What other places lie in, and what lies in another place.
_AREA = re.compile(
    r"\b(?:region|province|oblast|district|county|state|department|governorate|prefecture"
    r"|municipality|republic|area|valley|island|coast|област|район|край|край|республик|республік"
    r"|округ|губерни|повіт|долин|остр)",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:street|avenue|road|square|lane|boulevard|highway|bridge|market|airport|station|prison"
    r"|jail|colony|isolator|barracks|camp|cent(?:re|er)|hospital|clinic|university|school|court"
    r"|office|club|church|mosque|temple|monastery|police|checkpoint|crossing|border|park|house"
    r"|building|hotel|embassy|consulate|factory|mine|quarter|neighbou?rhood|suburb|quay|port"
    r"|harbou?r|hall|parliament|ministry|cafe|shop|village|hamlet|улиц|просп|площад|мост|рынок"
    r"|аэропорт|станци|вокзал|тюрьм|колони|сизо|изолятор|казарм|лагер|центр|больниц|университет"
    r"|школ|суд|офис|церк|мечет|храм|монастыр|полици|отдел|границ|парк|здани|посольств|завод"
    r"|шахт|микрорайон|пригород|вулиц|площ|міст|ринок|аеропорт|в'язниц|табір|лікарн|церкв|поліці"
    r"|відділ|кордон|буд|посел|сел)",
    re.IGNORECASE,
)
_NO_MARKS = frozenset(
    word.casefold()
    for word in (
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        *("January", "February", "March", "April", "June", "July", "August", "September"),
        *("October", "November", "December", "Ministry", "Minister", "Court", "Committee"),
        *("President", "Government", "Police", "Service", "State", "Security", "Justice"),
        *("Interior", "Internal", "Affairs", "National", "Department", "Criminal", "Code"),
        *("Article", "District", "Regional", "City", "Human", "Rights", "Supreme", "General"),
        *("Prosecutor", "Federal", "Republic", "International", "Group", "Union", "Association"),
        *("United", "Nations", "European", "Street", "Avenue", "Region", "Province", "Party"),
        *("Министерство", "Министр", "Суд", "Комитет", "Президент", "Правительство", "Республика"),
        *("Міністерство", "Комітет", "Президент", "Уряд", "Верховный", "Верховний", "Уголовный"),
    )
)
_NOT_PLACES = frozenset(
    word.casefold()
    for word in (
        *("street", "avenue", "region", "oblast", "city", "district", "prison", "near", "province"),
        *("road", "square", "university", "court", "market", "airport", "station", "colony"),
        *("hospital", "county", "municipality", "police", "detention", "centre", "center", "the"),
        *("provincial", "regional", "central", "village", "town", "press", "club", "office"),
        *("улица", "область", "район", "город", "місто", "вулиця", "проспект", "площадь", "площа"),
    )
)


def marks_of(quote: str, own: Iterable[str]) -> frozenset[str]:
    """The names and long numbers of a quote, without its own people's and plain words.

    Args:
        quote: the words of an act.
        own: the names of those whom it is about.
    """
    theirs = {sound(word) for name in own for word in _WORD.findall(name)}
    found = islice(_MARK.finditer(quote), _MOST_MARKS)
    marks = {m[1] or m[2] for m in found}
    own_words = (mark for mark in marks if mark.casefold() not in _NO_MARKS)
    sounds = {_digits(mark) if mark[0].isdigit() else sound(mark) for mark in own_words}
    return frozenset(each for each in sounds if len(each) > 2) - theirs


def _digits(number: str) -> str:
    """A number's digits, marked if they are few: a day, an age, a count."""
    digits = re.sub(r"\D", "", number)
    return digits if len(digits) > 2 else number_mark(int(digits))


def number_mark(number: int) -> str:
    """How marks hold a number."""
    return str(number) if number > 99 else f"#{number:02}"
