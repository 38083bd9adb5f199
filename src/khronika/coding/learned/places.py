"""Features of each country, region and city that a report names: is it where the main thing was?"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from khronika.coding.learned.features import Features
from khronika.coding.learned.kinds import GRAVE, family
from khronika.coding.learned.sentences import Sentences
from khronika.coding.learned.story import heading
from khronika.model.acts import ActorType, Coding
from khronika.model.anchors import Span
from khronika.model.reports import Report
from khronika.text.gazetteer import Place, PlaceKind, gazetteer

NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]{0,40}\.?|U\.S\.A?\.?|U\.K\.)"
    r"(?:\s{1,3}(?:of\s{1,3}(?:the\s{1,3})?)?[A-Z][\w’'-]{0,40}){0,4}"
)
OWNED = re.compile(r"[’']s?$")
WORDS = 4  # of one name
TELLS_COUNTRY = 200_000  # inhabitants from which a city speaks for its country
SMALLEST = 5_000
NEAR = frozenset({"in", "at", "from", "near", "to", "of", "outside", "around"})
CITY_STATES = frozenset({"HK", "SG", "MO", "MC", "VA"})  # a country that is a city
PREPOSITION = re.compile(r"(\w{1,20})\s{1,3}(?:the\s{1,3})?$")
STARTS = re.compile(r"[.\n”\"]\s*$")
UNIT = re.compile(r"\s{1,3}(?:state|province|region|district|county)\b", re.IGNORECASE)
DATELINE = re.compile(r"\s*(?:\([A-Z]|[—–-]{1,2}\s)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in the gazetteer, where it stands, and what it can be."""

    name: str
    span: Span
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place as first named; `name` is an ISO code for a country, else as printed."""

    name: str
    span: Span
    features: Features


def named(text: str) -> Iterator[Named]:
    """The longest names of places in a text."""
    for found in NAME.finditer(text):
        words = list(re.finditer(r"\S+", found.group()))
        at = 0
        while at < len(words):
            size, name = _longest(found, words[at : at + WORDS])
            if name is not None:
                yield name
            at += size


def _longest(found: re.Match[str], words: list[re.Match[str]]) -> tuple[int, Named | None]:
    for size in range(len(words), 0, -1):
        raw = found.group()[words[0].start() : words[size - 1].end()]
        name = raw if raw in {"U.S.", "U.K."} else OWNED.sub("", raw).rstrip(".")
        places = gazetteer().places(name)
        if places:
            start = found.start() + words[0].start()
            return size, Named(name, Span(start, start + len(name)), places)
    return 1, None


class Atlas:
    """The places that a report names, and the acts told beside them."""

    def __init__(self, report: Report, coding: Coding) -> None:
        self.report, self.coding = report, coding
        self.sentences = Sentences(report, coding)
        self.named = tuple(named(report.text))
        counts = Counter(each.places[0].country for each in self.named)
        self._most = counts.most_common(1)[0][0] if counts else ""
        self._actors = _covered(coding)

    def countries(self) -> list[Candidate]:
        """Each country, by its name, its people, its regions and its large cities."""
        found: dict[str, Candidate] = {}
        for each in self.named:
            place, sort = each.places[0], _sort(each.places[0])
            if sort:
                candidate = found.setdefault(
                    place.country, Candidate(place.country, each.span, Features())
                )
                self._name_country(each, sort, candidate.features)
        for act in self.coding.acts:
            for where in act.where:
                if where.country in found:
                    found[where.country].features.add("of an act")
                    found[where.country].features.add(f"of {family(act) or 'none'}")
        _compare_countries(list(found.values()))
        return list(found.values())

    def _name_country(self, each: Named, sort: str, found: Features) -> None:
        start, length = each.span.start, max(1, len(self.report.text))
        found.add(sort)
        found.add("named")
        if start < heading(self.report):
            found.add("in headline")
        if start < heading(self.report) + 400:
            found.add("in lead")
        for act in self.sentences.acts(start):
            found.add(f"beside {family(act) or 'none'}", math.exp(-3 * start / length))

    def towns(self, kind: PlaceKind) -> list[Candidate]:
        """Each name that can be a city, or a region."""
        found: dict[str, Candidate] = {}
        for each in self.named:
            places = [place for place in each.places if _is(place, kind)]
            first = each.places[0]
            country = first.kind in (PlaceKind.COUNTRY, PlaceKind.PEOPLE)
            if not places or (country and first.country not in CITY_STATES):
                continue
            candidate = found.setdefault(each.name, Candidate(each.name, each.span, Features()))
            self._name_town(each, places, candidate.features)
        self._acts_at(found)
        _compare_towns(list(found.values()), len(self.report.text))
        return list(found.values())

    def _name_town(self, each: Named, places: list[Place], found: Features) -> None:
        start, length = each.span.start, max(1, len(self.report.text))
        weight = math.exp(-3 * start / length)
        found.add("named")
        found.add("early", weight)
        largest = max(place.population for place in places)
        found.most("inhabitants", math.log10(largest + 1) / 5)
        if start < heading(self.report):
            found.put("in headline", 1.0)
        if start < heading(self.report) + 300:
            found.put("in lead", 1.0)
        if any(place.country == self._most for place in places):
            found.put("in the country named most", 1.0)
        if start in self._actors:
            found.add("in an actor's name")
        self._around(each, found)
        for act in self.sentences.acts(start):
            found.add(f"beside {family(act) or 'none'}", weight)
            if family(act) in GRAVE:
                found.add("beside a grave act", weight)

    def _around(self, each: Named, found: Features) -> None:
        text = self.report.text
        before = text[max(0, each.span.start - 14) : each.span.start].lower()
        after = text[each.span.end : each.span.end + 14]
        if word := PREPOSITION.search(before):
            found.add(f"after {word[1] if word[1] in NEAR else 'other'}")
        elif STARTS.search(before) or not before.strip():
            found.add("at the start")
        if re.match(r",\s{1,3}[A-Z]", after):
            found.add("before a comma")
        if DATELINE.match(after):
            found.add("in a dateline")
        if re.match(r"\s{1,3}[A-Z]", after):
            found.add("before a capital")
        if UNIT.match(after):
            found.add("before its kind")

    def _acts_at(self, found: dict[str, Candidate]) -> None:
        length = max(1, len(self.report.text))
        for act in self.coding.acts:
            for name in {part for where in act.where for part in where.name.split(", ")}:
                if name not in found:
                    continue
                found[name].features.add("of an act")
                found[name].features.add(f"of {family(act) or 'none'}")
                if family(act) in GRAVE:
                    weight = math.exp(-3 * act.trigger.start / length)
                    found[name].features.add("of a grave act", weight)


def _covered(coding: Coding) -> frozenset[int]:
    return frozenset(
        at
        for member in coding.cast
        if member.type in (ActorType.PERSON, ActorType.ORGANISATION)
        for mention in member.mentions
        for at in range(mention.anchor.start, mention.anchor.end)
    )


def _sort(place: Place) -> str:
    if place.kind is PlaceKind.CITY and place.population < TELLS_COUNTRY:
        return ""
    return f"as {place.kind.value}"


def _is(place: Place, kind: PlaceKind) -> bool:
    return place.kind is kind and (kind is PlaceKind.REGION or place.population > SMALLEST)


def _compare_countries(found: list[Candidate]) -> None:
    named = sum(each.features.values["named"] for each in found) or 1
    acts = sum(each.features.values["of an act"] for each in found) or 1
    first = {each.name: each.span.start for each in found}
    ranks = sorted(found, key=lambda each: (-each.features.values["named"], first[each.name]))
    for rank, each in enumerate(ranks):
        values = dict(each.features.values)
        each.features.damp()
        each.features.put("share", 3 * values.get("named", 0) / named)
        each.features.put("share by name", 2 * values.get("as country", 0) / named)
        each.features.put("share of acts", 2 * values.get("of an act", 0) / acts)
        each.features.put("most", float(rank == 0))
        each.features.put("second", float(rank == 1))
        each.features.put(f"is {each.name}" if each.name in {"US", "GB"} else "is other", 1.0)
        each.features.put("bias", 1.0)


def _compare_towns(found: list[Candidate], length: int) -> None:
    named = sum(each.features.values["named"] for each in found) or 1
    weight = {
        each.name: each.features.values["early"] + each.features.values["of a grave act"]
        for each in found
    }
    for number, each in enumerate(found):
        share = each.features.values["named"] / named
        each.features.damp("inhabitants")
        each.features.put("share", share)
        each.features.put("most", float(weight[each.name] == max(weight.values())))
        each.features.put("first", float(number == 0))
        each.features.put("rivals", math.log1p(len(found)))
        each.features.put("length", math.log(max(1, length) / 3000))
        each.features.put("bias", 1.0)
