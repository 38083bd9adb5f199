"""What the words around a name say: brackets after it, and votes on what sort of name it is."""

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Doc, Token

from khronika.coding.cast_words import SMALL_WORDS, fold, is_acronym, is_capital, makes_initials
from khronika.text.gazetteer import LARGE, PlaceKind, gazetteer
from khronika.text.people import People, words

LONGEST_BRACKET = 9  # tokens
ALIAS_REACH = 8  # tokens of "who is widely known as" and the like
PERSON, BODY, PLACE, WORK = "person", "body", "place", "work"
KNOWN_BODIES = words("known_bodies")
AUTHORITY_NAMES = words("authority_names")
SURNAME_ENDINGS = tuple(sorted(words("surname_endings")))
PLACE_PREPOSITIONS = frozenset(
    {"in", "near", "at", "outside", "from", "into", "around", "across", "throughout", "to"}
)
SURE_PREPOSITIONS = frozenset({"in", "near", "outside", "throughout"})
BODY_PARTS = words("body_parts")
SUFFERED = words("suffered_by_people")
PERSON_VERBS = frozenset({"flee", "marry", "study", "weep", "cry", "live", "bear", "die"})


class Named(Protocol):
    """The part of a naming that votes are cast on."""

    @property
    def start(self) -> int:
        """First token."""
        ...

    @property
    def reach(self) -> int:
        """Where its brackets end."""
        ...

    @property
    def end(self) -> int:
        """Where its tokens end."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """Its words."""
        ...

    @property
    def titled(self) -> bool:
        """Whether a title stands before it."""
        ...

    @property
    def role(self) -> str:
        """The noun before it."""
        ...

    @property
    def age(self) -> int | None:
        """The age said beside it."""
        ...


class Brackets:
    """What stands in brackets right after a name: an acronym, another form, a country, an age."""

    def __init__(self, doc: Doc, end: int, people: People, words: tuple[str, ...]) -> None:
        self.reach = end
        self.aliases: tuple[str, ...] = ()
        self.country = ""
        self.age: int | None = None
        self.people, self.words = people, words
        self._read(doc, end)
        if self.age is None:
            self._read_age(doc, self.reach)

    def _read(self, doc: Doc, end: int) -> None:
        if self._read_nickname(doc, end):
            return
        opened = end < len(doc) and doc[end].text in ("(", "[")
        if not opened:
            self._read_quoted(doc, end)
            return
        close = next(
            (
                j
                for j in range(end + 1, min(len(doc), end + LONGEST_BRACKET + 1))
                if doc[j].text in (")", "]")
            ),
            None,
        )
        if close is None or close == end + 1:
            return
        self.reach = close + 1
        text = doc[end + 1 : close].text.strip()
        bare = text.strip("\"' ")
        first = bare.split(",")[0].split(" in ")[0].strip("\"' ")
        if bare.lower() in self.people.countries or bare.lower() in self.people.nationalities:
            self.country = (
                self.people.countries.get(bare.lower()) or self.people.nationalities[bare.lower()]
            )
        elif bare.isdigit() and len(bare) <= 2:
            self.age = int(bare)
        elif is_acronym(first) or (first[:1].isupper() and self._looks_short(first)):
            self.aliases = (first,)
        elif self._is_gloss(doc, end, close):
            self.aliases = (bare,)
        elif text[0] in "\"'" or bare.split()[0].lower() in self.people.alias:
            self.aliases = _inner(text, self.people)

    def _read_nickname(self, doc: Doc, end: int) -> bool:
        """A name in quotation marks right after a name is one more of the same."""
        if end + 2 >= len(doc) or doc[end].text != '"':
            return False
        stop = min(len(doc), end + 5)
        close = next((j for j in range(end + 1, stop) if doc[j].text == '"'), None)
        if close is None or close == end + 1:
            return False
        if not all(is_capital(t) for t in doc[end + 1 : close]):
            return False
        self.aliases, self.reach = (doc[end + 1 : close].text,), close + 1
        return True

    def _is_gloss(self, doc: Doc, end: int, close: int) -> bool:
        """As in "the association Severny Veter (North Wind)": the name once more, translated."""
        before = doc[end - len(self.words) - 1] if end > len(self.words) else doc[0]
        described = before.text.islower() and is_body(before.text, self.people)
        inner = doc[end + 1 : close]
        return described and len(inner) <= 4 and all(is_capital(t) for t in inner)

    def _looks_short(self, text: str) -> bool:
        one_word = len(text.split()) == 1
        return one_word and (makes_initials(self.words, text) or is_acronym(text))

    def _read_quoted(self, doc: Doc, end: int) -> None:
        """`, known as X,` and `, alias X,` name somebody once more."""
        start = end + 1 if end < len(doc) and doc[end].text == "," else end
        stop = min(len(doc), start + ALIAS_REACH)
        at = next((k for k in range(start, stop) if self._starts_alias(doc[k])), stop)
        said = [t.text.lower() for t in doc[start:at]]
        plain = {word for word in said if word not in self.people.nationalities}
        if at == stop or not plain & self.people.alias or not plain <= ALIAS_WORDS:
            return
        if not set(said[:3]) & ALIAS_STARTS:
            return
        first = at + 1 if doc[at].text in ("'", '"') else at
        last = first
        while last < len(doc) and is_capital(doc[last]):
            last += 1
        if last > first:
            self.aliases = (doc[first:last].text,)

    def _starts_alias(self, token: Token) -> bool:
        """A capital or a quotation mark, but for "in English as"."""
        known = token.text.lower() in self.people.nationalities
        return token.text in ("'", '"') or (is_capital(token) and not known)

    def _read_age(self, doc: Doc, at: int) -> None:
        """As in "Adeyemi, 44," and "Adeyemi, aged 44" and "44-year-old" before are ages."""
        if at + 1 < len(doc) and doc[at].text == ",":
            j = (
                at + 2
                if doc[at + 1].text.lower() in ("aged", "age") and at + 2 < len(doc)
                else at + 1
            )
            closes = j + 1 >= len(doc) or doc[j + 1].text in (",", ".", ";", ")")
            if doc[j].text.isdigit() and 0 < int(doc[j].text[:3]) < 111 and closes:
                self.age = int(doc[j].text)


ALIAS_STARTS = words("alias_starts")
ALIAS_WORDS = words("alias_words")


def _inner(text: str, people: People) -> tuple[str, ...]:
    """The quoted part of a bracket, or what follows "known as"."""
    mark = text[0]
    if mark in "\"'":
        close = text.find(mark, 1)
        return (text[1:close],) if close > 1 else ()
    words = text.split()
    start = next((n for n, w in enumerate(words) if w[:1].isupper() or w[:1] in "\"'"), len(words))
    found = " ".join(words[start:]).strip("\"' ")
    return (found,) if found and all(w.lower() not in people.roles for w in words[start:]) else ()


class Votes:
    """How strongly each sort of evidence speaks for a person, a body, a place or a work."""

    def __init__(self, doc: Doc, name: Named, people: People, entity: dict[int, str]) -> None:
        self.doc, self.name, self.people, self.entity = doc, name, people, entity

    def cast(self) -> Iterator[tuple[str, float]]:
        """Each kind with the weight of one piece of evidence."""
        yield from self._from_words()
        yield from self._from_before()
        yield from self._from_after()
        yield from self._from_verb()
        yield from self._from_parser()

    def _from_words(self) -> Iterator[tuple[str, float]]:
        people, words = self.people, self.name.words
        lower = [w.lower() for w in words]
        head = head_word(words)
        if any(word in AUTHORITY_NAMES or word in KNOWN_BODIES for word in lower):
            yield BODY, 5.0
        if "-".join(lower) in people.authorities:
            yield BODY, 5.0  # "City Hall"
        if " ".join(lower) in people.countries:
            yield PLACE, 6.0
        else:
            yield PLACE, fame(self.name.words)
        if is_acronym(words[0]) and len(words) == 1:
            yield (PERSON if len(words[0].split(".")) > 3 else BODY), 2.0  # "M.A.K." is someone
        if head in people.works:
            yield WORK, 4.0
        elif any(is_body(w, people) for w in lower):
            yield BODY, 4.0
        else:
            if head in people.places:
                yield PLACE, 3.0
            yield from self._as_person(words, lower)

    def _as_person(self, words: tuple[str, ...], lower: list[str]) -> Iterator[tuple[str, float]]:
        people = self.people
        known = people.gender_of_given(words[0]) is not None
        if known:
            yield PERSON, 2.0 if len(words) > 1 else 1.0
        if fold(words[-1]).endswith(SURNAME_ENDINGS) and len(words[-1]) > 4:
            yield PERSON, 1.5
        if lower[0] in people.family_first and 2 <= len(words) <= 4:
            yield PERSON, 1.0
        if 2 <= len(words) <= 3 and all(w.replace("-", "").isalpha() for w in words):
            yield PERSON, 0.8
        if any(w in people.particles for w in words[1:]):
            yield PERSON, 0.5
        if len(words) > 4:
            yield BODY, 0.5

    def _from_before(self) -> Iterator[tuple[str, float]]:
        people = self.people
        if self.name.titled:
            yield PERSON, 5.0
        if self.name.start == 0:
            return
        before = self.doc[self.name.start - 1]
        word = before.text.lower()
        if word == "," and self._is_set_off() and people.role_of(self.doc[before.i - 1].text):
            yield PERSON, 2.5  # "the editor, Marisol Quenta, said"
        if word == "of" and self.doc[before.i - 1].lemma_.lower() in BODY_PARTS:
            yield BODY, 2.5  # "the newsroom of ..."
        if self.name.role and not self.name.titled:
            yield PERSON, 3.0
        elif before.text.islower() and is_body(word, people):
            yield BODY, 5.0
        elif before.text.islower() and word in people.places | people.works:
            yield (PLACE if word in people.places else WORK), 2.5
        elif word in PLACE_PREPOSITIONS:
            yield PLACE, 2.6 if word in SURE_PREPOSITIONS else 0.7
        elif word == "the" and not self._qualifies():
            yield from self._after_article(before)

    def _after_article(self, article: Token) -> Iterator[tuple[str, float]]:
        yield BODY, 3.0
        further = self.doc[article.i - 1].text.lower() if article.i else ""
        if article.text == "The" and further in self.people.media:
            yield BODY, 3.0  # "the weekly The Lamp"

    def _qualifies(self) -> bool:
        """True where a noun follows, to which the article belongs: "the Lagos daily"."""
        doc, end = self.doc, self.name.end
        return end < len(doc) and doc[end].pos_ in ("NOUN", "ADJ") and doc[end].text.islower()

    def _is_set_off(self) -> bool:
        """True if commas or the end stand on both sides."""
        doc, end = self.doc, self.name.reach
        return self.name.start > 1 and (end >= len(doc) or doc[end].text in (",", ".", ";", ")"))

    def _from_after(self) -> Iterator[tuple[str, float]]:
        doc, people, end = self.doc, self.people, self.name.reach
        if self.name.age is not None:
            yield PERSON, 4.0
        if end >= len(doc):
            return
        if doc[end].text == "," and end + 2 < len(doc):
            yield from self._from_apposition(end + 1)
        if doc[end].lemma_ in people.speech or doc[end].lemma_ in PERSON_VERBS:
            yield PERSON, 0.8
        comma = doc[end].text == "," and doc[min(end + 1, len(doc) - 1)].text in ("who", "whose")
        origin = self.name.start and doc[self.name.start - 1].text in ("from", "in", "of")
        if comma or (doc[end].text == "who" and not origin):
            yield PERSON, 2.0
        if doc[end].text.islower() and is_body(doc[end].text, people):
            yield BODY, 0.7
        if doc[end].text == "'s" and end + 1 < len(doc) and doc[end + 1].lemma_ in BODY_PARTS:
            yield BODY, 1.0
        if doc[end].text.islower() and doc[end].text in people.places:
            yield PLACE, 3.0  # "Dunmore airport", "the Selby district"

    def _from_apposition(self, at: int) -> Iterator[tuple[str, float]]:
        """As in ", a lawyer from Lagos," ", a district of" ", the daily," after a name."""
        doc, people = self.doc, self.people
        if doc[at].text.lower() not in (
            "a",
            "an",
            "the",
            "his",
            "her",
            "their",
            "then",
            "who",
            "former",
            "its",
        ):
            if people.role_of(doc[at].text) and doc[at].text.islower():
                yield PERSON, 2.5
            return
        for token in doc[at : min(at + 9, len(doc))]:
            if token.text in (",", ".", "who", "which", "that", "of", "from", "in"):
                break
            word = token.text.lower()
            last = token.i + 1 >= len(doc) or (
                doc[token.i + 1].pos_ not in ("NOUN", "PROPN")
                and doc[token.i + 1].text not in ("-", "'s")
            )
            if not last:
                continue
            if people.role_of(word):
                yield PERSON, 3.0
            elif word in people.places:
                yield PLACE, 3.0
            elif is_body(word, people):
                yield BODY, 3.0

    def _from_verb(self) -> Iterator[tuple[str, float]]:
        """What is beaten, arrested or released is somebody."""
        head = self.doc[self.name.end - 1]
        done_to = head.dep_ in ("dobj", "nsubjpass", "dative")
        if done_to and head.head.lemma_.lower() in SUFFERED and not is_acronym(head.text):
            yield PERSON, 1.0

    def _from_parser(self) -> Iterator[tuple[str, float]]:
        labels = [self.entity.get(i, "") for i in range(self.name.start, self.name.end)]
        for label, kind, weight in ENTITY_VOTES:
            share = labels.count(label) / len(labels)
            if share > 0:
                yield kind, weight * share


def fame(words: tuple[str, ...]) -> float:
    """How surely a name is a place: a large city or a region more than a village."""
    if len(words) > 3:
        return 0.0
    found = gazetteer().places(" ".join(words))
    places = [each for each in found if each.kind is not PlaceKind.PEOPLE]
    if not places:
        return 0.0
    known = places[0].kind is not PlaceKind.CITY or places[0].population >= LARGE
    return 2.0 if known else 0.8


ENTITY_VOTES = (
    ("PERSON", PERSON, 1.5),
    ("ORG", BODY, 1.2),
    ("GPE", PLACE, 1.3),
    ("LOC", PLACE, 1.3),
    ("FAC", PLACE, 1.0),
    ("WORK_OF_ART", WORK, 1.2),
    ("LAW", WORK, 1.5),
    ("EVENT", WORK, 1.2),
    ("NORP", BODY, 0.2),
)


def head_word(words: tuple[str, ...]) -> str:
    """The noun that a name turns on: the last word before "of", "for" and the like."""
    cut = next((n for n, w in enumerate(words) if w in SMALL_WORDS), len(words))
    return words[cut - 1].lower() if cut else words[-1].lower()


def is_body(word: str, people: People) -> bool:
    """True for a head noun of organisations, authorities, courts or media, also in the plural."""
    folded = word.lower()
    for each in (folded, folded[:-1] if folded.endswith("s") else folded):
        if each in people.organisations or each in people.authorities or each in people.courts:
            return True
    return folded in people.media
