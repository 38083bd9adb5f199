"""The names of a report: runs parted at titles and offices, with what stands around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.tokens import Doc, Span

from khronika.coding.cast_evidence import PERSON, Brackets, Votes, fame, is_body
from khronika.coding.cast_runs import Runs, is_loud, look_over
from khronika.coding.cast_words import (
    DOMAINS,
    OFFICE,
    OFFICES_AFTER,
    PLAIN_TITLES,
    SHORT_TITLES,
    is_initial,
)
from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.text.people import People

SURE = 2.0  # weight of evidence from which a name's sort is taken for granted
OFFICES_FOR = frozenset(
    {"commissioner", "rapporteur", "minister", "representative", "envoy", "ombudsman"}
)
COMPASS = frozenset(
    "west east north south southeast southwest northeast northwest inner outer central".split()
)
HONORIFICS = frozenset(
    "abi abla aka apa bai bey bhai dada hanim hoca jan ji sahib saheb san sama".split()
)
_MADAME = re.compile(r"\b(?:Mme|Mlle|Ma[iî]tre|Monsieur|MM\.)\s+[A-ZÀ-Þ]")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """One name as it stands in one unit: tokens `[start, end)`, title and brackets outside.

    `reach` is where the brackets after it end. `votes` say how strongly the words around it make
    it a person, a body, a place or a work.
    """

    unit: int
    start: int
    end: int
    reach: int
    words: tuple[str, ...] = field(repr=False)
    text: str = field(repr=False)
    gender: str = ""
    titled: bool = False
    title: str = ""  # the form of address before it, as written
    role: str = ""  # noun that stands before it: "lawyer"
    aliases: tuple[str, ...] = field(default=(), repr=False)
    country: str = ""
    age: int | None = None
    votes: dict[str, float] = field(default_factory=dict)


def find_names(parsed: ParsedReport, people: People) -> list[Naming]:
    """Every name of the report, in the order of the text."""
    seen = look_over(parsed)
    french = any(_MADAME.search(unit.text) for unit in parsed.units)
    found: list[Naming] = []
    for unit in parsed.units:
        if is_loud(unit.text):
            continue
        runs = Runs(unit, people, seen)
        cutter = _Cutter(unit, people, runs.entity, french=french)
        names = [name for start, end in runs.all() for name in cutter.cut(start, end)]
        _share_votes(names, unit.doc, people)
        found.extend(names)
    return _without_places(found, parsed)


def _without_places(names: list[Naming], parsed: ParsedReport) -> list[Naming]:
    """In a table "Ana Ruiz Lima" may be Ana Ruiz of Lima: so it is if she is named elsewhere."""
    known = {name.words for name in names}
    found = []
    for name in names:
        plain = name.end - name.start == len(name.words) > 2 and name.reach == name.end
        if plain and name.words[:-1] in known and fame(name.words[-1:]):
            end = name.end - 1
            text = parsed.units[name.unit].doc[name.start : end].text
            found.append(replace(name, end=end, reach=end, words=name.words[:-1], text=text))
        else:
            found.append(name)
    return found


def _share_votes(names: list[Naming], doc: Doc, people: People) -> None:
    """Names of one list are of one sort: what is unsure beside a person is a person."""
    for one, other in pairwise(names):
        between = [t.text.lower() for t in doc[one.reach : other.start]]
        joined = [w for w in between if w not in people.titles]
        if not joined or not set(joined) <= {",", "and", "&"}:
            continue
        for sure, unsure in ((one, other), (other, one)):
            if sure.votes.get(PERSON, 0.0) >= SURE and max(unsure.votes.values(), default=0) < SURE:
                unsure.votes[PERSON] = unsure.votes.get(PERSON, 0.0) + 1.5


class _Cutter:
    """Parts one unit's runs into names."""

    def __init__(
        self, unit: ParsedUnit, people: People, entity: dict[int, str], *, french: bool
    ) -> None:
        self.unit, self.doc, self.people, self.entity = unit.index, unit.doc, people, entity
        self.french = french  # where "M." is Monsieur and no initial

    def cut(self, start: int, end: int) -> Iterator[Naming]:
        """Part a run at its titles, offices and given names, and make each part a naming."""
        first, end = start, self._before_office(start, end)
        gender, titled, role = "", False, ""
        for i in range(start, end):
            word = self.doc[i].text.lower()
            if i > first and self._is_given_after_body(first, i, end):
                yield from self._naming(first, i, gender, titled=titled, role=role)
                first, gender, titled, role = i, "", False, ""
            if not self._is_title_here(i, end):
                continue
            if first < i:
                yield from self._naming(first, i, gender, titled=titled, role=role)
            first, titled = i + 1, word in self.people.titles
            first += first < end - 1 and self.doc[first].text == "."  # "Brig." is two tokens
            gender = self.people.titles.get(word) or self.people.roles.get(word, "")
            role = word if word in self.people.roles else ""
        if first < end:
            yield from self._naming(first, end, gender, titled=titled, role=role)

    def _is_given_after_body(self, first: int, i: int, end: int) -> bool:
        """As in "State Anton Blum" of "Secretary of State Anton Blum": a person begins there."""
        given = self.people.gender_of_given(self.doc[i].text) is not None
        if not given or i + 1 >= end or self.doc[i + 1].text in ("-", "of", "for", "and"):
            return False
        before, after = self.doc[first:i], self.doc[i:end]
        if any(is_body(t.text, self.people) for t in after):
            return False
        return is_body(before[-1].text, self.people) and self.doc[i].ent_type_ == "PERSON"

    def _is_title_here(self, i: int, end: int) -> bool:
        """True for "U" of "U Thein", "President" of "Senate President Ana Ruiz"."""
        text = self.doc[i].text
        word = text.lower()
        if i + 1 >= end or self.doc[i + 1].text in ("-", "of"):
            return False
        if self.french and text in ("M.", "M", "MM."):
            return True
        later = [t.text for t in self.doc[i + 1 : end] if t.text != "."]
        if not later:
            return False
        plain = word in PLAIN_TITLES
        if any(is_body(w, self.people) for w in later) and not plain:
            return False
        if text in SHORT_TITLES:
            known = self.people.gender_of_given(later[0]) is not None
            return known and (text != "Ma" or len(later) > 1)
        return word in self.people.titles or word in self.people.roles

    def _before_office(self, start: int, end: int) -> int:
        """As in "UN Special Rapporteur": the office after a body's name is no part of it."""
        for i in range(start + 1, end - 1):
            if self.doc[i].text.lower() in OFFICES_FOR and self.doc[i + 1].text in ("for", "on"):
                return i
        last = end
        while last - 1 > start and self.doc[last - 1].text.lower() in OFFICES_AFTER:
            last -= 2 if self.doc[last - 2].text == "-" else 1
        last = max(last, start)
        offices = self.doc[last:end]
        return last if last > start and any(self.people.role_of(t.text) for t in offices) else end

    def _naming(
        self, start: int, end: int, gender: str, *, titled: bool, role: str
    ) -> Iterator[Naming]:
        doc = self.doc
        if (
            start
            and ORDINAL.fullmatch(doc[start - 1].text)
            and is_body(doc[start].text, self.people)
        ):
            start -= 1
        while (
            end > start
            and doc[end - 1].text in self.people.particles
            and doc[end - 1].text.islower()
        ):
            end -= 1
        tokens = doc[start:end]
        words = _words(tokens)
        if not words or self._is_no_name(words, end):
            return
        after = Brackets(doc, end, self.people, words)
        named_role = role or self._role_before(start, titled=titled)
        naming = Naming(
            unit=self.unit,
            start=start,
            end=end,
            reach=after.reach,
            words=words,
            text=tokens.text,
            gender=gender or (self.people.roles.get(named_role) or ""),
            titled=titled,
            title=doc[start - 1].text if titled and start else "",
            role=named_role,
            aliases=after.aliases,
            country=after.country,
            age=after.age,
            votes={},
        )
        self._vote(naming)
        yield naming

    def _is_no_name(self, words: tuple[str, ...], end: int) -> bool:
        """True for an office, a nationality alone, a party of a case ("Okoye v. Kenya")."""
        lower = [w.lower() for w in words]
        if all(self.people.role_of(w) or w in OFFICE for w in lower):
            return True
        if lower[0] in self.people.works and all(w.isdigit() for w in lower[1:]):
            return True
        if all(is_initial(w) for w in words) and words != ("U",):
            return True
        if all(self._is_demonym(w) or w in self.people.never or w in COMPASS for w in lower):
            return True
        if self.doc[end - len(words) - 1].text in ("#", "@") or lower[0].endswith("-based"):
            return True
        if all(
            w in DOMAINS or w in OFFICE or w in ("human", "and") for w in lower
        ) or self._is_heading(words):
            return True
        after = self.doc[end].text if end < len(self.doc) else ""
        return after in ("v", "v.", "vs", "vs.")

    def _is_demonym(self, word: str) -> bool:
        return (
            word in self.people.nationalities or word.removesuffix("s") in self.people.nationalities
        )

    def _is_heading(self, words: tuple[str, ...]) -> bool:
        """True for "CASE NOTES": words all in capitals that are no acronym and no known place."""
        loud = [w for w in words if w.isupper() and len(w) > 3]
        if not loud or not all(w.isupper() for w in words):
            return False
        return len(words) > 1 or (len(words[0]) > 6 and "-" not in words[0])

    def _role_before(self, start: int, *, titled: bool) -> str:
        """The noun right before a name, over a title: "lawyer (Ms) Adeyemi"."""
        i = start - 1 - int(titled)
        if i < 0 or self.doc[i].text.lower() == "'s":
            return ""
        text = self.doc[i].text
        if i >= 2 and self.doc[i - 1].text == "-" and not self.doc[i - 1].whitespace_:
            joined = self.doc[i - 2].text + "-" + text
            if i >= 4 and self.doc[i - 3].text == "-":
                joined = self.doc[i - 4].text + "-" + joined
            if joined.lower() in self.people.roles:
                return joined.lower()
        return self.people.role_of(text) or ""

    def _vote(self, naming: Naming) -> None:
        for kind, weight in Votes(self.doc, naming, self.people, self.entity).cast():
            naming.votes[kind] = naming.votes.get(kind, 0.0) + weight


def _words(tokens: Span) -> tuple[str, ...]:
    """The words of a name; hyphenated parts are one word."""
    words: list[str] = []
    glue = False
    for token in tokens:
        text = token.text
        if text in ("'s", "'"):
            glue = False
            if words:
                words[-1] += text
            continue
        if text == "-" and words:
            words[-1] += "-"
            glue = True
            continue
        if glue and text.lower() in HONORIFICS and text.islower():
            words[-1] = words[-1].removesuffix("-")
        elif glue:
            words[-1] += text
        else:
            words.append(text)
        glue = False
    return tuple(words)
