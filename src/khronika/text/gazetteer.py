"""Which place a name is: a packed table of places, of which only the blocks in use are unpacked.

`tools/make_gazetteer.py` makes the table; it says there what the table holds and how it is packed.
"""

import json
import re
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from khronika.errors import KhronikaError

LONGEST_NAME = 80  # code points
CLEARLY_LARGER = 10  # times the inhabitants of the next place of that name
LARGER = 3  # the same within the countries that the report speaks of
FILTER_BITS = 1 << 21  # of the filter that says which names are in the table at all
LARGE = 100_000  # inhabitants from which a name may stand for itself
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d", "þ": "th", "ё": "е",
    "’": "'", "ʼ": "'", "‘": "'", "-": " ", "–": " ", "ə": "a",
})  # fmt: skip


class GazetteerError(KhronikaError):
    """The packed table of places is missing or broken."""


class PlaceKind(StrEnum):
    """What sort of place a name is; `people` is an adjective or the word for a people."""

    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place: its usual name, its country (ISO 3166 alpha-2), GeoNames' id, inhabitants.

    `usual` is false where the name that was looked up is only one of its other names.
    """

    name: str
    country: str
    kind: PlaceKind
    geonameid: int | None = None
    population: int = 0
    usual: bool = True


def fold(name: str) -> str:
    """A name as it is looked up: lower case, no accents, hyphens as blanks."""
    plain = name.lower().translate(_LETTERS).replace("й", "\u0001").replace("ї", "\u0002")
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", plain.replace("\u0001", "й").replace("\u0002", "ї")).strip()


def bits_of(key: str) -> tuple[int, int, int]:
    """The bits that a key sets in the filter."""
    data = key.encode()
    first, second = zlib.crc32(data), zlib.adler32(data, zlib.crc32(data, 1))
    return tuple((first + step * (second | 1)) % FILTER_BITS for step in range(3))  # type: ignore[return-value]


class Gazetteer:
    """The packed table. Opening it reads only its first line."""

    def __init__(self, packed: bytes) -> None:
        try:
            head, _, rest = packed.partition(b"\n")
            index = json.loads(head)
            self._known, self._blocks = rest[: FILTER_BITS // 8], rest[FILTER_BITS // 8 :]
            self._firsts: list[str] = index["firsts"]
            self._offsets: list[int] = index["offsets"]
        except (ValueError, KeyError) as error:
            raise GazetteerError(
                "The table of places cannot be read.", remedy="install khronika again."
            ) from error
        self._block = lru_cache(maxsize=128)(self._unpack)
        self._found = lru_cache(maxsize=8192)(self._find)

    def places(self, name: str) -> tuple[Place, ...]:
        """Every place of a name, most inhabitants first; countries and regions before cities."""
        return self._found(name[:LONGEST_NAME])

    def _find(self, name: str) -> tuple[Place, ...]:
        key = fold(name)
        if not key or not all(self._known[bit >> 3] >> (bit & 7) & 1 for bit in bits_of(key)):
            return ()
        at = bisect_right(self._firsts, key) - 1
        if at < 0:
            return ()
        records = self._block(at).get(key)
        if records is None:
            return ()
        return tuple(sorted((_place(name, each) for each in records.split("\t")), key=_rank))

    def only(self, name: str, countries: Collection[str] = ()) -> Place | None:
        """The one place that a name can be, given the countries that the report speaks of.

        An ambiguous name is accepted with evidence only: one place of it lies in one of the
        countries, or one has by far the most inhabitants.
        """
        found = [each for each in self.places(name) if each.kind is not PlaceKind.PEOPLE]
        if not found:
            return None
        if found[0].kind is PlaceKind.COUNTRY:
            return found[0]
        near = [each for each in found if each.country in countries]
        if near:
            return _chief(near, times=LARGER)
        return _chief(found, times=CLEARLY_LARGER, smallest=LARGE)

    def country(self, name: str) -> str:
        """The country that a name or adjective means ("Belarus", "Belarusian"), "" if none."""
        found = {
            each.country
            for each in self.places(name)
            if each.kind in (PlaceKind.COUNTRY, PlaceKind.PEOPLE)
        }
        return found.pop() if len(found) == 1 else ""

    def _unpack(self, at: int) -> dict[str, str]:
        start, end = self._offsets[at], self._offsets[at + 1]
        text = zlib.decompress(self._blocks[start:end]).decode()
        return dict(line.split("\t", 1) for line in text.split("\n"))


def _chief(places: list[Place], *, times: int, smallest: int = 0) -> Place | None:
    """The first place if no other rivals it."""
    first = places[0]
    if first.kind is PlaceKind.REGION:
        return first
    usual = [each for each in places if each.usual]
    if usual and usual[0] == first:
        places = usual  # another place that only also bears the name is no rival to it
    rivals = [each for each in places[1:] if each.geonameid != first.geonameid]
    if first.population < smallest:
        return None
    if rivals and first.population < times * rivals[0].population:
        return None
    return first


def _rank(place: Place) -> tuple[int, int]:
    order = (PlaceKind.COUNTRY, PlaceKind.PEOPLE, PlaceKind.REGION, PlaceKind.CITY)
    return order.index(place.kind), -place.population


def _place(name: str, record: str) -> Place:
    number, country, size, usual = record.split("|")
    kind = PlaceKind.CITY if size.isdigit() else PlaceKind(size)
    return Place(
        name=usual or (name if not name.islower() else name.title()),
        country=country,
        kind=kind,
        geonameid=int(number) or None,
        population=int(size) if size.isdigit() else 0,
        usual=not usual or fold(usual) == fold(name),
    )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The table that comes with the package."""
    table = files("khronika.text") / "data" / "gazetteer.bin"
    if not table.is_file():
        raise GazetteerError("The table of places is missing.", remedy="install khronika again.")
    return Gazetteer(table.read_bytes())
