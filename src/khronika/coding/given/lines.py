"""What one line says: read out of plain JSON data, with nothing filled in.

A line is as `khronika export` writes it in acts.jsonl, or as short as a person writes by hand:

    {"report": "a.txt", "kind": "arrest", "quote": "was led away", "victims": ["Ada Lark"]}
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from khronika.coding.given.fields import (
    GivenError,
    Quoted,
    chance,
    counted,
    known_keys,
    listed,
    number,
    one_of,
    quoted,
    several,
    texts,
    words,
)
from khronika.model import edtf
from khronika.model.acts import ActorType, Count, Listed, Modality, Role

LONGEST_QUOTE = 600
MOST_INVOLVED = 1_000  # in one act: a letter may have hundreds of signatories
ROLE_OF_KEY = {
    "victims": Role.VICTIM,
    "perpetrators": Role.PERPETRATOR,
    "alleged_perpetrators": Role.ALLEGED_PERPETRATOR,
    "interveners": Role.INTERVENER,
    "addressees": Role.ADDRESSEE,
    "signatories": Role.SIGNATORY,
    "said_by": Role.SOURCE,
}
ACT_KEYS = frozenset(
    {
        *("report", "kind", "modality", "quote", "involvements", "when", "where", "what"),
        *("reason", "penalty", "demands", "response", "listed", "affiliations", "id"),
        *("confidence", "incident", "coder", "codebook", "ruling", "note", *ROLE_OF_KEY),
    }
)
ACTOR_KEYS = frozenset(
    {
        *("role", "name", "exact", "start", "end", "type", "actor", "also", "country", "count"),
        *("age", "basis", "confidence"),
    }
)
WHEN_KEYS = frozenset({"edtf", "exact", "start", "end", "basis", "flags", "confidence"})
WHERE_KEYS = frozenset(
    {"name", "exact", "start", "end", "place", "country", "geonameid", "confidence"}
)
AFFILIATION_KEYS = frozenset({"person", "role", "organisation", "exact", "start", "end"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenActor:
    """Someone involved. `actor` only says which names of a report are one; "" for nothing."""

    role: Role
    name: str = field(repr=False)
    quoted: Quoted | None = None
    also: tuple[str, ...] = field(default=(), repr=False)
    type: ActorType | None = None
    actor: str = ""
    country: str = ""
    count: Count | None = None
    counted: bool = False  # how many is said, if only that nothing is known
    age: int | None = None
    basis: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWhen:
    """A date and, if given, the words that it stands on."""

    edtf: str = ""
    quoted: Quoted | None = None
    basis: str | None = None
    flags: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWhere:
    """A place by name, and which one it is if that is given."""

    name: str
    quoted: Quoted | None = None
    place: str = ""
    country: str = ""
    geonameid: int | None = None
    settled: bool = False  # which place it is, is said, if only that nobody knows
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAffiliation:
    """A person's role in an organisation."""

    person: str = field(repr=False)
    role: str = ""
    organisation: str = ""
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAct:
    """One line. `number` is that of the line in its file."""

    number: int
    kind: str
    modality: Modality
    quote: Quoted
    involved: tuple[GivenActor, ...] = ()
    when: GivenWhen = GivenWhen()
    where: tuple[GivenWhere, ...] = ()
    what: Quoted | None = None
    reason: Quoted | None = None
    penalty: Quoted | None = None
    demands: tuple[Quoted, ...] = ()
    response: Quoted | None = None
    listed: Listed | None = None
    affiliations: tuple[GivenAffiliation, ...] = ()
    id: str = ""
    confidence: float = 1.0


def act_of_line(data: Mapping[str, Any], line: int) -> GivenAct:
    """Read one line.

    Args:
        data: the JSON object of the line.
        line: its number in the file.

    Raises:
        GivenError: a key is unknown, a value is missing or of the wrong sort.
    """
    known_keys(data, ACT_KEYS, "line")
    quote = quoted(data, "quote")
    if quote is None:
        raise GivenError("It has no quotation.", remedy="quote in `quote` the words that tell it.")
    if len(quote.exact) > LONGEST_QUOTE:
        raise GivenError(
            f"Its quotation is longer than {LONGEST_QUOTE} characters.",
            remedy="quote the clause or the sentence that tells the act.",
        )
    kind = words(data, "kind")
    if not kind:
        raise GivenError("It has no kind.", remedy="name one of `khronika codebook show`.")
    sure = chance(data)
    return GivenAct(
        number=line,
        kind=kind,
        modality=one_of(data, "modality", Modality) or Modality.OCCURRED,
        quote=quote,
        involved=_involved(data),
        when=_when(data),
        where=_where(data),
        what=quoted(data, "what"),
        reason=quoted(data, "reason"),
        penalty=quoted(data, "penalty"),
        demands=tuple(_quotes(data, "demands")),
        response=quoted(data, "response"),
        listed=listed(data),
        affiliations=tuple(_affiliation(each) for each in several(data, "affiliations")),
        id=words(data, "id"),
        confidence=1.0 if sure is None else sure,
    )


def _quotes(data: Mapping[str, Any], key: str) -> Iterator[Quoted]:
    for each in several(data, key):
        found = quoted({key: each}, key)
        if found is not None:
            yield found


def _involved(data: Mapping[str, Any]) -> tuple[GivenActor, ...]:
    found = [_actor(each, None) for each in several(data, "involvements")]
    for key, role in ROLE_OF_KEY.items():
        found += [_actor(each, role) for each in several(data, key)]
    if len(found) > MOST_INVOLVED:
        raise GivenError(
            f"More than {MOST_INVOLVED:,} are involved.", remedy="part the line into several."
        )
    return tuple(found)


def _actor(data: Any, role: Role | None) -> GivenActor:
    if isinstance(data, str):
        data = {"name": data}
    known_keys(data, ACTOR_KEYS, "one who is involved")
    found = role or one_of(data, "role", Role)
    name = words(data, "name") or words(data, "exact")
    if found is None or not name:
        raise GivenError(
            "One who is involved has no role or no name.",
            remedy='write {"role": "victim", "name": "..."}, or the name alone under `victims`.',
        )
    return GivenActor(
        role=found,
        name=name,
        quoted=quoted({"exact": data}, "exact") if "exact" in data else None,
        also=texts(data, "also"),
        type=one_of(data, "type", ActorType),
        actor=words(data, "actor"),
        country=words(data, "country"),
        count=counted(data),
        counted="count" in data,
        age=number(data, "age"),
        basis=words(data, "basis"),
        confidence=chance(data),
    )


def _when(data: Mapping[str, Any]) -> GivenWhen:
    value = data.get("when")
    if value is None or value == "":
        return GivenWhen()
    if isinstance(value, str):
        value = {"edtf": value}
    known_keys(value, WHEN_KEYS, "date")
    date = words(value, "edtf")
    if date and not edtf.is_valid(date):
        raise GivenError(
            "Its date is none in EDTF.",
            remedy="write 2018-07-05, 2017-10, 2006 or 2012/2014-11-27 (some time between).",
        )
    return GivenWhen(
        edtf=date,
        quoted=quoted({"exact": value}, "exact") if value.get("exact") else None,
        basis=words(value, "basis") if "basis" in value else None,
        flags=texts(value, "flags"),
        confidence=chance(value),
    )


def _where(data: Mapping[str, Any]) -> tuple[GivenWhere, ...]:
    return tuple(place for each in several(data, "where") for place in _places(each))


def _places(data: Any) -> Iterator[GivenWhere]:
    if isinstance(data, str):
        data = {"name": data}
    known_keys(data, WHERE_KEYS, "place")
    name = words(data, "name") or words(data, "exact")
    if not name:
        return
    as_printed = data.get("name") if "exact" in data else ""  # an export breaks lines as the text
    yield GivenWhere(
        name=as_printed or name,
        quoted=quoted({"exact": data}, "exact") if "exact" in data else None,
        place=words(data, "place"),
        country=words(data, "country"),
        geonameid=number(data, "geonameid"),
        settled=bool(data.keys() & {"place", "geonameid"}),
        confidence=chance(data),
    )


def _affiliation(data: Any) -> GivenAffiliation:
    known_keys(data, AFFILIATION_KEYS, "affiliation")
    person = words(data, "person")
    if not person:
        raise GivenError("An affiliation names no person.", remedy="name one in `person`.")
    return GivenAffiliation(
        person=person,
        role=words(data, "role"),
        organisation=words(data, "organisation"),
        quoted=quoted({"exact": data}, "exact") if "exact" in data else None,
    )
