"""Lists of people and bodies as FollowTheMoney entities: cut into pieces, each kept as a report.

A piece holds the lines of its entities as they came, below one line that says where they are from.
Its text has one line an entity, of fields that tabs part; no contact data goes into it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from khronika.ingest.captures import Capture, Given, Refusal, RefusedError, origin_of
from khronika.ingest.layout import Parsed
from khronika.model.reports import LIST
from khronika.text.phonetics import plain

AT_ONCE = 100  # entities of one piece: few enough to be compared with each other
LONGEST_LINE = 4_000_000  # bytes
LONGEST_VALUE = 300  # characters
MOST_NAMES = 40  # of one entity
MOST_REFUSED = 20  # lines that are named one by one
SCHEMATA = frozenset({"Person", "LegalEntity", "Organization", "Company", "PublicBody"})
# In the order in which a line gives them: our word, the properties, how many values.
FIELDS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("name", ("name",), MOST_NAMES),
    ("alias", ("alias", "previousName"), MOST_NAMES),
    ("gender", ("gender",), 1),
    ("country", ("nationality", "citizenship", "jurisdiction", "mainCountry", "country"), 5),
    ("born", ("birthDate",), 3),
    ("died", ("deathDate",), 3),
    ("position", ("position",), 5),
    ("listed in", ("topics",), 10),
    ("wikidata", ("wikidataId",), 1),
    ("source", ("sourceUrl",), 1),
)
NAMESAKE = "namesake=yes"
WRITE_LINES = "give FollowTheMoney entities, one JSON object a line: `entities.ftm.json`."


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    data: bytes
    entity: Mapping[str, Any]


def list_pieces(path: Path, given: Given) -> Iterator[Capture | Refusal]:
    """The pieces of a list, each to be added as a report.

    Args:
        path: a file of FollowTheMoney entities, one JSON object a line.
        given: what whoever adds it says of it; the publisher is the file's name if none is given.
    """
    digest, namesakes = _looked_over(path)
    piece: list[_Line] = []
    found = refused = 0
    for line in _entities(path):
        if isinstance(line, Refusal):
            refused += 1
            if refused <= MOST_REFUSED:
                yield line
            continue
        piece.append(line)
        if len(piece) == AT_ONCE:
            yield _piece(path, piece, digest, namesakes, given, found)
            found, piece = found + len(piece), []
    if piece:
        yield _piece(path, piece, digest, namesakes, given, found)
    elif not found:
        yield Refusal(name=path.name, problem="It lists no people or bodies.", remedy=WRITE_LINES)


def read_list(data: bytes) -> Parsed:
    """The text of a piece: who lists, then one line an entity.

    Raises:
        RefusedError: it is no piece of a list.
    """
    try:
        head, *lines = data.decode("utf-8").split("\n")
        told = json.loads(head)
        namesakes = frozenset(told["namesakes"])
        rows = [_row(json.loads(line), namesakes) for line in lines if line.strip()]
        first = int(told["first"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RefusedError("It is no piece of a list.", remedy=WRITE_LINES) from error
    title = f"{told['list']}, entities {first:,} to {first + len(rows) - 1:,}"
    return Parsed(text="\n".join([title, *rows]) + "\n", encoding="utf-8")


def _row(entity: Mapping[str, Any], namesakes: frozenset[str]) -> str:
    fields = [_flat(entity["id"]), _flat(entity["schema"])]
    properties = entity["properties"]
    caption = [entity["caption"]] if isinstance(entity.get("caption"), str) else []
    for word, keys, most in FIELDS:
        values = [value for key in keys for value in _texts(properties, key)]
        known = [*caption, *values] if word == "name" else values
        fields += [f"{word}={value}" for value in _distinct(known)[:most]]
    if entity["id"] in namesakes:
        fields.append(NAMESAKE)
    return "\t".join(fields)


def _piece(
    path: Path,
    lines: list[_Line],
    digest: str,
    namesakes: frozenset[int],
    given: Given,
    before: int,
) -> Capture:
    """A piece: where it is from and who in it shares a name with another of the list, the lines."""
    shared = [line.entity["id"] for line in lines if not namesakes.isdisjoint(_keys(line.entity))]
    head = {"list": path.name, "sha256": digest, "first": before + 1, "namesakes": shared}
    told = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    name = f"{path.name}, entities {before + 1:,} to {before + len(lines):,}"
    return Capture(
        name=name,
        data=b"\n".join([told, *(line.data for line in lines)]) + b"\n",
        media_type=LIST,
        origin=origin_of(name, given, Given(publisher=path.name)),
    )


def _looked_over(path: Path) -> tuple[str, frozenset[int]]:
    """The digest of a whole list, and the keys of names that several of its entities have."""
    keys: list[int] = []
    for line in _entities(path):
        if isinstance(line, _Line):
            keys += _keys(line.entity)
    keys.sort()
    with path.open("rb") as file:
        digest = sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest(), frozenset(one for one, other in pairwise(keys) if one == other)


def _keys(entity: Mapping[str, Any]) -> set[int]:
    """Short digests of an entity's names, the order of their words aside."""
    properties = entity["properties"]
    names = [n for key in ("name", "alias", "previousName") for n in _texts(properties, key)]
    person = entity["schema"] == "Person"
    found = set()
    for name in names[: 2 * MOST_NAMES]:
        words = sorted(filter(None, map(plain, name.split())))
        if words:
            said = " ".join([str(person), *words]).encode()
            found.add(int.from_bytes(blake2b(said, digest_size=8).digest(), "big"))
    return found


def _entities(path: Path) -> Iterator[_Line | Refusal]:
    """The entities of a list that are people or bodies; lines that are no entities."""
    number = 1
    with path.open("rb") as file:
        while data := file.readline(LONGEST_LINE):
            line = data.strip()
            try:
                entity = json.loads(line.decode("utf-8-sig")) if line else {"schema": ""}
                if _is_wanted(entity):
                    yield _Line(number, line, entity)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                yield Refusal(
                    name=f"{path.name}, line {number}",
                    problem="It is no FollowTheMoney entity.",
                    remedy=WRITE_LINES,
                )
            number += data.endswith(b"\n")


def _is_wanted(entity: Mapping[str, Any]) -> bool:
    """True for a person or body with a name.

    Raises:
        KeyError, TypeError, ValueError: it is no entity.
    """
    if entity["schema"] not in SCHEMATA:
        return False
    json.dumps(entity, ensure_ascii=False).encode()  # a lone surrogate is no text
    if not isinstance(entity["id"], str) or not _flat(entity["id"]):
        raise ValueError
    return bool(_texts(entity["properties"], "name"))


def _texts(properties: Mapping[str, Any], key: str) -> list[str]:
    values = properties.get(key, ())
    values = [values] if isinstance(values, str) else values
    return [flat for value in values if isinstance(value, str) and (flat := _flat(value))]


def _flat(value: str) -> str:
    """On one line, without a tab, of bounded length."""
    return " ".join(value.split())[:LONGEST_VALUE].strip()


def _distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(_flat(value) for value in values if _flat(value)))
