"""Names of organisations and public bodies as read: concepts, proper words, number, country.

`Ministry of Justice`, `Justice Ministry` and `Министерство юстиции` hold the same concepts; what
is no concept is compared by its sound. Which country `the Justice Ministry` belongs to, only its
report can say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from khronika.text.body_pieces import (
    ASIDE,
    NUMBER,
    ROMAN,
    beside_country,
    initials_of,
    pieces_of,
    said_number,
    without_people,
    word_of,
)
from khronika.text.body_words import (
    COUNTRY_MARK,
    concepts_of,
    country_of,
    lists,
    ordinal_of,
    place_of,
    stem_of,
)
from khronika.text.phonetics import plain, skeleton
from khronika.text.public_bodies import Public, by_words, folded, public_bodies, public_of

_MOST_LETTERS = 300  # of it
_CAPITAL = r"[^\W\d_a-zа-яёіїєґў]"
_ACRONYM = re.compile(
    rf"{_CAPITAL}{{2,8}}(?:-\d+|-{_CAPITAL}{{1,6}})?|{_CAPITAL}[^\W\d_]{{0,4}}{_CAPITAL}{{1,3}}"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1cff\u2c80-\ua6ff\uac00-\ud7ff]")
_SIGNS = frozenset(("no", "nr", "№", "th", "st", "nd", "rd", "й", "я", "го", "ая", "ый", "номер"))
_PARTS = frozenset(("region", "city", "district", "department", "branch", "unit"))
_FOLLOWS = (
    ("remand", frozenset(("centre", "prison", "detention", "*facility", "investigation"))),
    ("colony", frozenset(("prison", "penitentiary", "remand", "settlement"))),
    ("army", frozenset(("forces",))),
    ("muftiate", frozenset(("muslim",))),
)
_SERVICES = frozenset(("service", "organisation", "department", "authority", "administration"))
_OF = frozenset(("of", "in", "for", "the", "de", "del", "du", "des", "en", "von", "republic"))
_NOMINATIVE = re.compile(r"(?:[иі]я|[иі]на|русь|стан|льша|тва|ша)$")
_CASE = re.compile(r"(?:ией|ом|ой|ою|[аеуыию])$")
_WINDOW = 6  # words of a listed name inside a longer one


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name as read.

    `words` are concepts (`justice`) and skeletons of proper words (`*lipsk`), `sounds` skeletons
    of all of them, for names that are carried over and not translated; `country` is what the name
    itself says; `public` the list's body it is and `parent` the one that it is a unit or chapter
    of; `acronyms` those that stand beside it; `initials` what its words may be abbreviated to.
    """

    words: frozenset[str] = field(repr=False)
    sounds: frozenset[str] = field(default=frozenset(), repr=False)
    order: tuple[str, ...] = field(default=(), repr=False)
    numbers: tuple[str, ...] = ()
    country: str = ""
    public: str = ""
    parent: str = ""
    acronyms: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    places: frozenset[str] = field(default=frozenset(), repr=False)
    capital: bool = False  # a proper word begins with a capital
    folded: tuple[str, ...] = field(default=(), repr=False)
    cases: tuple[str, ...] = field(default=(), repr=False)  # of one word, what it may be a case of
    national: bool = False  # the body of the list that it is belongs to a state
    chapter: bool = False  # it ends in a country's name, as chapters' names do
    latin: bool = True  # in which script it is written
    titled: bool = False  # written as the name of one body: `Union of Journalists`

    @property
    def proper(self) -> frozenset[str]:
        """The words that are no concepts."""
        return frozenset(w for w in self.words if w.startswith("*"))

    @property
    def own(self) -> frozenset[str]:
        """The words that it is called by, not what it is or what for."""
        return self.proper | (self.words & lists()["things"])

    @property
    def long(self) -> bool:
        """True if it is more than an acronym."""
        return len(self.sounds - self.acronyms) > 1

    @property
    def generic(self) -> bool:
        """True if it is a common noun (`the police`, `a court`), local to its report."""
        if self.public or self.acronyms or self.numbers or self.capital:
            return False
        concepts = self.words - self.proper
        if self.sole or len(concepts) > 3:
            return False
        if self.country and len(concepts) > 1:
            return not concepts.isdisjoint(lists()["many"])
        if self.titled and concepts.isdisjoint(lists()["many"]):
            return False
        return self.common

    @property
    def common(self) -> bool:
        """True if its words are those of common nouns, however they are written."""
        concepts = self.words - self.proper
        return len(concepts) < 2 or concepts <= lists()["generic"] | lists()["many"]

    @property
    def sole(self) -> bool:
        """True for what every state has one of: `the Supreme Court`."""
        if not self.words.isdisjoint(_PARTS):
            return False
        return any(part <= self.words for part in _sole())

    @property
    def named(self) -> bool:
        """True for a name that is more than what a body is, what for and where."""
        if self.official:
            return False
        if self.lone:
            return self.capital
        own = self.own - self.places
        return any(len(word) > 4 or not word.startswith("*") for word in own)

    @property
    def lone(self) -> bool:
        """True for one word of many meanings, as newspapers and groups call themselves: `Dawn`."""
        return len(self.words) == 1 and self.words <= lists()["things"]

    @property
    def vague(self) -> bool:
        """True if only concepts and places tell which body it is: others have the same name."""
        return not self.public and not any(len(word) > 3 for word in self.proper - self.places)

    @property
    def official(self) -> bool:
        """True if it is an organ of some state."""
        if self.public:
            return False
        if "department" in self.words and not self.words.isdisjoint(lists()["portfolios"]):
            return True
        return not self.words.isdisjoint(lists()["official"])


@lru_cache(maxsize=65536)
def read_body(text: str) -> BodyName:
    """Read the name of an organisation or public body.

    Args:
        text: a name as written, in any script, perhaps with its acronym in brackets.

    Returns:
        The name as read; without words if there are none.
    """
    text = text[:_MOST_LETTERS].replace("’", "'").replace("ʼ", "'").replace("`", "'")
    name = _parsed(text)
    bare = without_people(pieces_of(text))
    small = lists()["passed_over"]
    told = [piece for piece in bare if word_of(piece) not in small]
    meant = " ".join(without_people(pieces_of(text, meant=True)))
    unplaced = [piece for piece in told if not country_of(word_of(piece))]
    keys = tuple(
        dict.fromkeys(
            folded(key)
            for key in (text, ASIDE.sub(" ", text), " ".join(bare), " ".join(unplaced), meant)
        )
    )
    cases = (
        tuple(folded(_CASE.sub(end, told[0])) for end in ("", "а", "ия")) if len(told) == 1 else ()
    )
    asides = tuple(folded(a) for a in _asides(text) if _ACRONYM.fullmatch(a))
    name = replace(name, folded=(*keys, *asides), cases=cases)
    return _as_public(name, name.country)


@lru_cache(maxsize=65536)
def in_country(name: BodyName, country: str) -> BodyName:
    """The same name in a report of a country: `the CTD` is the body that is called so there."""
    if name.country or not country or (name.public and not name.national):
        return name
    return _as_public(replace(name, public="", national=False), country)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Public]:
    return {body.code: body for body in public_bodies()}


@lru_cache(maxsize=1)
def _sole() -> tuple[frozenset[str], ...]:
    return tuple(sorted((frozenset(s.split("+")) for s in lists()["sole"]), key=sorted))


def _as_public(name: BodyName, country: str) -> BodyName:
    body = _listed(name, country)
    if body:
        home = name.country or body.country
        return replace(name, public=body.code, country=home, national=bool(body.country))
    parent, order = _with_parent(name)
    if not parent:
        return name
    if len(order) == 1 and name.country in ("", _by_code()[parent].country):
        home = _by_code()[parent].country
        return replace(name, public=parent, country=home, national=bool(home))
    words = frozenset(order)
    return replace(name, parent=parent, order=order, words=words)


def _listed(name: BodyName, country: str) -> Public | None:
    for key in dict.fromkeys((*name.folded, *name.cases)):
        body = public_of(key, country)
        if body and _fits(name, body, body.country):
            return body
    rows = by_words(_words_and_country).get(name.words, ())
    for body, said, shared in rows:
        told = country == body.country if shared or said == body.country else True
        if told and _fits(name, body, said):
            return body
    return None


def _fits(name: BodyName, body: Public, said: str) -> bool:
    """False for `Amnesty International Ukraine`: a chapter is another body."""
    return not name.numbers and name.country in ("", said, body.country)


def _words_and_country(text: str) -> tuple[frozenset[str], str]:
    name = _parsed(text)
    return name.words, name.country


def _with_parent(name: BodyName) -> tuple[str, tuple[str, ...]]:
    """The listed body of which a longer name tells a unit, and its words with that as one."""
    order = name.order
    table = by_words(_words_and_country)
    if _parent_words().isdisjoint(order) and not any(w.startswith("*") for w in order):
        return "", order
    for size in range(min(_WINDOW, len(order)), 0, -1):
        for start in range(len(order) - size + 1):
            part = frozenset(order[start : start + size])
            body = _parent_of(part, table.get(part, ()), name.country)
            if body:
                return body.code, (*order[:start], f"={body.code}", *order[start + size :])
    return "", order


@lru_cache(maxsize=1)
def _parent_words() -> frozenset[str]:
    """Words of names of bodies that have units and chapters."""
    rows = by_words(_words_and_country).items()
    return frozenset(
        w for words, bodies in rows if any(b.parent for b, *_ in bodies) for w in words
    )


def _parent_of(
    part: frozenset[str], rows: Sequence[tuple[Public, str, bool]], country: str
) -> Public | None:
    if len(part) == 1:
        (word,) = part
        if not word.startswith("*"):
            return None
        body = public_of(word[1:].upper(), country) or public_of(word[1:], country)
        return body if body and body.parent else None
    return next((b for b, said, shared in rows if b.parent and not shared and not said), None)


def _parsed(text: str) -> BodyName:
    acronyms = {plain(a) for a in _asides(text) if _ACRONYM.fullmatch(a)}
    meant = without_people(pieces_of(text, meant=True))
    pieces = without_people(pieces_of(text))
    if len(pieces) == 1 and _ACRONYM.fullmatch(pieces[0]) and not concepts_of(pieces[0]):
        acronyms.add(plain(pieces[0]))
    order, sounds, country, numbers, places = _read_words(meant)
    order = _without_what_follows(order)
    return BodyName(
        words=frozenset(order),
        sounds=sounds,
        order=order,
        numbers=numbers,
        country=country,
        acronyms=frozenset(acronyms),
        initials=initials_of(pieces),
        places=places,
        capital=_has_capital(meant),
        chapter=_ends_in_country(meant),
        latin=not _OTHER_SCRIPT.search(text),
        titled=_is_titled(pieces),
    )


def _ends_in_country(pieces: list[str]) -> bool:
    """True for `Amnesty International Ukraine`, not for `Union of Journalists of Ukraine`."""
    if len(pieces) < 2 or not country_of(word_of(pieces[-1])):
        return False
    if pieces[-1][:1].casefold() >= "а":
        return bool(_NOMINATIVE.search(pieces[-1].casefold()))
    return pieces[-2].casefold() not in _OF


def _without_what_follows(order: tuple[str, ...]) -> tuple[str, ...]:
    """`Pre-trial detention centre` says no more than `remand`, in whatever language."""
    if "prison" in order and not _SERVICES.isdisjoint(order):
        order = tuple("penitentiary" if word == "prison" else word for word in order)
    for said, more in _FOLLOWS:
        if said in order:
            order = tuple(word for word in order if word not in more)
    return order


def _asides(text: str) -> list[str]:
    return [aside.strip() for aside in ASIDE.findall(text)]


def _read_words(
    pieces: list[str],
) -> tuple[tuple[str, ...], frozenset[str], str, tuple[str, ...], frozenset[str]]:
    order: list[str] = []
    sounds: set[str] = set()
    places: set[str] = set()
    country, numbers = "", []
    by_country = beside_country(pieces)
    for place, piece in enumerate(pieces):
        digits = NUMBER.findall(piece) or said_number(piece, pieces[:place])
        numbers += [n.lstrip("0") or "0" for n in digits]
        word = word_of(piece)
        if (
            not word
            or word in _SIGNS
            or word in lists()["passed_over"]
            or word in ROMAN
            or ordinal_of(word)
        ):
            continue
        if found := country_of(word):
            country = country or found
            continue
        if word.startswith(COUNTRY_MARK):
            continue
        told, where = _meaning(piece, word)
        if (told, place) in by_country:
            continue
        sounds.add(_sound(piece, word))
        order += told
        places.update(where)
    return (
        tuple(order), frozenset(sounds), country, tuple(sorted(set(numbers))), frozenset(places)
    )  # fmt: skip


def _sound(piece: str, word: str) -> str:
    return plain(word) if len(word) <= 3 or _ACRONYM.fullmatch(piece) else skeleton(word)


def _meaning(piece: str, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The concepts of a word, or the word itself by its sound; and the place that it names."""
    if concepts := concepts_of(word):
        return concepts, ()
    if len(word) <= 3 or _ACRONYM.fullmatch(piece):
        return ("*" + plain(word),), ()
    if where := place_of(word):
        return ("*" + where,), ("*" + where,)
    return ("*" + stem_of(word),), ()


def _is_titled(pieces: list[str]) -> bool:
    """True for `Union of Journalists`, not for `journalists' unions` or `Human Rights Groups`."""
    small, kinds = lists()["passed_over"], lists()["societies"]
    content = [p for p in pieces if (w := word_of(p)) and w not in small and not country_of(w)]
    if len(content) < 2:
        return False
    told = [p for p in content if not kinds.isdisjoint(concepts_of(word_of(p)))]
    capital = all(p[:1].isupper() for p in content)
    if content[0][:1] >= "\u0400":
        capital = content[0][:1].isupper()
    return capital and len(told) == 1 and not told[0].casefold().endswith(("s", "ы", "и", "і"))


def _has_capital(pieces: list[str]) -> bool:
    """True if a proper word begins with a capital; in Cyrillic the first word's is enough."""
    content = [p for p in pieces if (w := word_of(p)) and w not in lists()["passed_over"]]
    lone = len(content) == 1
    proper = [p for p in content if _is_own(p, lone=lone)]
    cyrillic = bool(pieces) and pieces[0][:1].isupper() and "а" <= pieces[0][:1].casefold() <= "ў"
    return any(p[:1].isupper() for p in proper) or (cyrillic and bool(proper))


def _is_own(piece: str, *, lone: bool) -> bool:
    """True for a word that is no concept and no country; alone, `Dawn` is one, too."""
    word = word_of(piece)
    if country_of(word) or piece.startswith(COUNTRY_MARK):
        return False
    concepts = concepts_of(word)
    return not concepts or (lone and lists()["things"].issuperset(concepts))


def names_in(text: str) -> tuple[str, ...]:
    """A name and the other name that stands in brackets behind it, if there is one.

    Args:
        text: a name as written: `Severny Veter (Northern Wind)`.
    """
    asides = [a.strip(" \"'«»“”„") for a in ASIDE.findall(text)]
    names = [a for a in asides if a and not _ACRONYM.fullmatch(a) and not country_of(a)]
    return (text, *names)
