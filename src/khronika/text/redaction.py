"""Taking a name out of a text: every form of it becomes blocks of the same length."""

import re
import unicodedata
from collections.abc import Iterable

BLOCK = "\u2588"
SHORT = 5  # a form of fewer letters is taken out only where it is a word by itself
LONGEST_WORD = 60
BETWEEN = r"[\W_]{0,4}"  # a blank or line end; "ada.lark@", "ada-lark", "adalark"
VOWELS = frozenset("аеєиіїйоуыьэюя")


def names_pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Matches every given form, whatever its case, spacing and accents' encoding.

    A form of five letters or more is found inside longer words, too, and takes the whole word with
    it (an inflected form, an e-mail address).
    """
    found = {spelled for form in forms for spelled in _spellings(form) if spelled.strip()}
    if not found:
        return None
    ordered = sorted(found, key=lambda each: (-len(each), each))
    return re.compile("|".join(_one(each) for each in ordered), re.IGNORECASE)


def names_everywhere(forms: Iterable[str]) -> set[str]:
    """The forms that are one person's name in any report: those of several words, and surnames.

    A single word that is no surname of these ("President") is a name only where it was so read.
    """
    named = {form for form in forms if _proper(form)}
    full = {form for form in named if len(_proper(form)) > 1}
    surnames = {form.split()[-1] for form in full}
    return full | {form for form in named - full if not full or form in surnames}


def every_word(forms: Iterable[str]) -> set[str]:
    """All forms that hold a name, and each proper word of them that has three letters or more."""
    named = {form for form in forms if _proper(form)}
    words = {word for form in named for word in _proper(form)}
    return named | {word for word in words if sum(map(str.isalpha, word)) > 2}


def _proper(form: str) -> list[str]:
    return [word for word in form.split() if word[:1].isalpha() and not word[:1].islower()]


def redact(text: str, pattern: re.Pattern[str]) -> str:
    """Put blocks where the pattern matches; blanks and length stay, so anchors do, too."""
    return pattern.sub(lambda found: re.sub(r"\S", BLOCK, found.group()), text)


def _spellings(form: str) -> set[str]:
    plain = " ".join(form.split())
    return {unicodedata.normalize(kind, plain) for kind in ("NFC", "NFD")} | {plain}


def _one(form: str) -> str:
    *first, last = form.split()
    before = "".join(_declined(word) + BETWEEN for word in first)
    if sum(map(str.isalpha, form)) < SHORT:
        return rf"(?<![^\W\d_]){before}{_declined(last)}(?![^\W\d_])"
    inside = before + re.escape(_stem(last))
    rest = rf"[^\W\d_]{{0,{LONGEST_WORD}}}"
    return f"{inside}{rest}" if first else f"{rest}{inside}{rest}"


def _declined(word: str) -> str:
    """A word that stands before others, in any case of a language that declines its names."""
    escaped = re.escape(_stem(word))
    return escaped + r"[^\W\d_]{0,3}" if "\u0400" <= word[0] <= "\u04ff" else escaped


def _stem(word: str) -> str:
    """A Cyrillic word without the last vowel, which is another one in other cases."""
    return word[:-1] if len(word) > 3 and word[-1].lower() in VOWELS else word
