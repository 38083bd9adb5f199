"""Small looks at words that the cast's steps share: capitals, folding, initials, likeness."""

import unicodedata
from functools import lru_cache

from spacy.tokens import Token

from khronika.text.people import words

PLAIN_LETTERS = str.maketrans(
    {
        "đ": "d",
        "ł": "l",
        "ø": "o",
        "ı": "i",
        "ð": "d",
        "þ": "th",
        "ə": "e",
        "'": None,
        "’": None,
        "-": " ",
    }
)
SHORTEST_MISSPELT = 6  # letters: shorter words that differ by one letter are other words


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Lower case without marks: what two spellings of one name are compared by."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(PLAIN_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).strip()


def folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Each word folded; hyphens part words ("Anne-Marie" is two)."""
    return tuple(part for word in words for part in fold(word).split())


def is_capital(token: Token) -> bool:
    """True for a word whose first letter is upper case ("d'Arcy" and "al-Din" are not)."""
    text = token.text
    return text[0].isupper() or (len(text) > 2 and text[1] == "'" and text[2].isupper())


def is_acronym(text: str) -> bool:
    """True for "KGB", "NGOs", "R.S.F.", "MediaNet" is not: upper case, two to ten letters."""
    letters = text.rstrip("s").replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 10 and letters.isupper() and letters.isalpha()


def is_initial(word: str) -> bool:
    """True for "V." and "V"."""
    return len(word) <= 2 and word[0].isalpha() and word[-1] in (".", word[0])


def makes_initials(words: tuple[str, ...], acronym: str) -> bool:
    """True if the first letters of `words`, small ones left out or not, spell `acronym`."""
    wanted = acronym.upper().replace(".", "").replace("-", "")
    if wanted.endswith("S") and acronym.endswith("s"):
        wanted = wanted[:-1]
    parts = [part for word in words for part in word.split("-") if part]
    every = "".join(part[0] for part in parts).upper()
    large = "".join(part[0] for part in parts if part[0].isupper()).upper()
    return wanted in (every, large)


def is_misspelling(one: str, other: str) -> bool:
    """True if two folded words are one letter apart, inside the word.

    The first letter must agree, and so must the last two: endings tell women's names from men's
    and families from one another ("Petrov", "Petrova"; "Karim", "Karimi").
    """
    if min(len(one), len(other)) < SHORTEST_MISSPELT or one[0] != other[0]:
        return False
    if one == other or one[-2:] != other[-2:] or abs(len(one) - len(other)) > 1:
        return False
    return _one_apart(one, other)


def _is_swapped(one: str, other: str) -> bool:
    """True for "Nazirov" and "Narizov": two letters stand in each other's place."""
    unlike = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(unlike) != 2:
        return False
    i, j = unlike
    return one[i] == other[j] and one[j] == other[i]


def _one_apart(one: str, other: str) -> bool:
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :] or _is_swapped(one, other)
    short, long = sorted((one, other), key=len)
    return short[start:] == long[start + 1 :]


SMALL_WORDS = words("small_words")
AMBIGUOUS_PARTICLES = words("ambiguous_particles")
NAME_ADJECTIVES = words("name_adjectives")
SHORT_TITLES = words("short_titles")
PLAIN_TITLES = words("plain_titles")
STARTERS = words("starters")
OFFICE = words("office")
DOMAINS = words("domains")
FOREIGN_JOINS = words("foreign_joins")
OFFICES_AFTER = words("offices_after")
AFTER_HYPHEN = words("after_hyphen")
