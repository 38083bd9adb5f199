"""Names of people: read a name in any script into words with keys to compare it by.

Titles are set aside, initials and patronymics told apart, a declined name is put back into the
nominative, and given names are known by group: Alexander, Oleksandr and Aliaksandr are one.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources

from khronika.text.phonetics import plain, readings, skeleton

_LONGEST_NAME = 12  # words; what is longer is no person's name


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name and its keys."""

    text: str = field(repr=False)
    plain: str = field(repr=False)
    skeleton: str = field(repr=False)
    readings: tuple[str, ...] = field(default=(), repr=False)
    groups: frozenset[str] = frozenset()  # of given names, empty where it is none
    gender: str = ""
    latin: bool = True
    initial: bool = False
    patronymic: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as read: its words without titles, and the gender that they show."""

    words: tuple[Word, ...] = field(repr=False)
    gender: str = ""
    office: str = ""

    @property
    def full(self) -> bool:
        """True if it holds more than a surname or a given name alone."""
        return sum(not w.patronymic for w in self.words) > 1


_SHORT_TITLES = frozenset({"u"})  # Burmese; a title only before a whole name
_OFFICES = frozenset({"president", "президент", "king", "queen", "chancellor", "premier"})
_PARTICLES = frozenset(
    "al el ul bin ibn bint ben abu de da di van von der den la le du dos das e y as ad".split()
)
_PATRONYMIC = re.compile(
    r".{2,}(?:ovich|evich|ovych|evych|owicz|ovna|evna|ivna|ichna|ouna|euna|avich"
    r"|uly|ooly|oghlu|oglu|ogly|[kqg][yi]z[yi]|uulu|zoda)"
)
_FATHERS_SON = re.compile(r"(?:ich|ych|icz|uly|ooly|lu|gly|uulu)$")
_SPLIT = re.compile(r"[\s,;()\"“”«»„]+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+(?:-[^\W\d_]\.)?")
_APOSTROPHE_S = re.compile(r"['’]s$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def read_name(text: str) -> PersonName:
    """Read a person's name: titles set aside, words keyed, gender as far as the words show it.

    Args:
        text: a name as written, in any script; what is not a letter is passed over.

    Returns:
        The name; without words if `text` holds none.
    """
    pieces = [_APOSTROPHE_S.sub("", p) for p in _SPLIT.split(text.strip())[: 2 * _LONGEST_NAME]]
    raw = [piece for piece in pieces if plain(piece)]
    office = next((w for p in raw if (w := p.casefold().strip(".")) in _OFFICES), "")
    raw = _without_titles(raw)[:_LONGEST_NAME]
    whole = " ".join(raw)
    words = [word for piece in raw for word in _words(piece, whole, alone=len(raw) == 1)]
    words = _mark_patronymic(_undo_case(words))
    kept = [w for w in words if w.plain not in _PARTICLES] or words
    return PersonName(tuple(kept), _gender(kept), "head of state" if office else "")


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(word for line in _data_lines("titles.txt") for word in line.split())


def _data_lines(name: str) -> list[str]:
    """A list of words that comes with the package, its comments left out."""
    text = resources.files("khronika.text").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _without_titles(raw: list[str]) -> list[str]:
    start = 0
    while start < len(raw) - 1:
        word = raw[start].casefold().strip(".")
        short = word in _SHORT_TITLES and not raw[start].endswith(".")
        if word not in _titles() and not (short and len(raw) - start > 2):
            break
        start += 1
    return raw[start:]


def _words(piece: str, whole: str, *, alone: bool) -> list[Word]:
    if _INITIALS.fullmatch(piece) or (len(piece.strip(".")) == 1 and not alone):
        letters = [x for x in re.split(r"[.\-]", piece) if x]
        return [Word(x, plain(x)[:1], skeleton(x)[:1], initial=True) for x in letters]
    return [_word(piece, whole)]


def _word(text: str, whole: str) -> Word:
    heard = readings(text, whole)
    groups, gender = next((given_names()[r] for r in heard if r in given_names()), NO_GROUP)
    latin = not _CYRILLIC.fullmatch(text)
    return Word(text, plain(text), heard[0], heard, groups, gender, latin=latin)


def _mark_patronymic(words: list[Word]) -> list[Word]:
    """Set the patronymic apart: the last word that looks like one, where another name is left."""
    last = len(words) - 1
    for index in range(last, 0, -1):
        word = words[index]
        if last > 1 and not word.groups and _PATRONYMIC.fullmatch(word.plain):
            gender = "m" if _FATHERS_SON.search(word.plain) else "f"
            marked = replace(word, gender=gender, patronymic=True)
            return [*words[:index], marked, *words[index + 1 :]]
    return words


NO_GROUP: tuple[frozenset[str], str] = (frozenset(), "")


@lru_cache(maxsize=1)
def given_names() -> dict[str, tuple[frozenset[str], str]]:
    """Skeletons of given names, with the groups that each belongs to and its gender.

    A form that stands in groups of both genders has no gender.
    """
    found: dict[str, tuple[frozenset[str], str]] = {}
    for line in _data_lines("given_names.txt"):
        gender, *forms = line.split()
        head = frozenset({skeleton(forms[0]) + gender})
        for key in {skeleton(form) for form in forms}:
            groups, known = found.get(key, (frozenset(), gender))
            found[key] = (groups | head, gender if known == gender else "")
    return found


# Oblique cases of Russian and Ukrainian given names, and of surnames beside them.
_MASCULINE_CASES = (
    ("", ("а", "у", "ом", "е", "ові", "і")),
    ("ь", ("я", "ю", "ем", "е", "і")),
    ("й", ("я", "ю", "ем", "е", "єм", "і", "єві")),
    ("о", ("а", "у", "ом", "ові", "і")),
)
_FEMININE_CASES = (
    ("а", ("ы", "и", "е", "у", "ой", "ою", "і")),
    ("я", ("и", "і", "ю", "ей", "ею", "е", "ї", "єю")),
)
_SURNAME_CASES = {
    "m": ((re.compile(r"(ов|ев|ёв|ин|ін|їн|ын|єв)(?:а|у|ым|им|е|ом|ові|і)$"), r"\1"),
          (re.compile(r"(ск|цк|ськ|цьк)(?:ого|ому|им|ом|ім)$"), r"\1ий"),
          (re.compile(r"(н|в|р|л)(?:ого|ому|ым|ом)$"), r"\1ый"),
          (re.compile(r"(ук|юк|ак|як|ик|ец|ян|ер|ан|ер|ер|ад)(?:а|у|ом|е|ові)$"), r"\1")),
    "f": ((re.compile(r"(ов|ев|ёв|ин|ін|їн|ын|єв)(?:ой|у|ою|ої|ій)$"), r"\1а"),
          (re.compile(r"(ск|цк|ськ|цьк)(?:ой|ую|ою|ої|ій|у)$"), r"\1ая"),
          (re.compile(r"(н|в|р|л)(?:ой|ую|ою)$"), r"\1ая")),
}  # fmt: skip
_CYRILLIC = re.compile(r"[а-яёіїєґў]+", re.IGNORECASE)


def _undo_case(words: list[Word]) -> list[Word]:
    """Put a declined name back into the nominative, if its given name is clearly declined."""
    for index, word in enumerate(words):
        if word.groups or word.initial or not _CYRILLIC.fullmatch(word.text):
            continue
        found = _nominative(word.text.lower())
        if found is None or len(words) == 1:
            continue
        given, gender = found
        return [
            _word(given, given)
            if i == index
            else _word(base := _surname(w.text.lower(), gender), base)
            for i, w in enumerate(words)
            if not w.initial
        ]
    return words


def _nominative(text: str) -> tuple[str, str] | None:
    for gender, table in (("m", _MASCULINE_CASES), ("f", _FEMININE_CASES), ("m", _FEMININE_CASES)):
        for ending, cases in table:
            for case in cases:
                base = text.removesuffix(case) + ending
                if text.endswith(case) and given_names().get(skeleton(base), NO_GROUP)[1] == gender:
                    return base, gender
    return None


def _surname(text: str, gender: str) -> str:
    for pattern, base in _SURNAME_CASES[gender]:
        if pattern.search(text):
            return pattern.sub(base, text)
    return text


def _gender(words: list[Word]) -> str:
    """The gender that patronymic, given name and surname show; "" if they show none or two."""
    shown = {w.gender for w in words if w.gender}
    if len(shown) == 1:
        return shown.pop()
    return ""
