"""Names of people: read a name in any script into words with keys to compare it by.

Titles are set aside, initials and patronymics told apart, a declined name is put back into the
nominative, and given names are known by group: Alexander, Oleksandr and Aliaksandr are one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from khronika.text.compounds import Piece, canonical, compounded
from khronika.text.declension import CYRILLIC, nominative, surname_nominative
from khronika.text.endings import without_endings
from khronika.text.given import (
    NO_NAME,
    Given,
    data_lines,
    family_forms,
    given_names,
    nominatives,
    single_names,
    spelt,
    spelt_names,
    to_the_letter,
)
from khronika.text.names_words import PersonName, Word
from khronika.text.phonetics import plain, readings, skeleton
from khronika.text.scripts import unspaced
from khronika.text.weights import name_model

_LONGEST_NAME = 12  # words; what is longer is no person's name
_LONGEST_TEXT = 200  # letters


# Titles that beside a single name are rather part of it.
_NAMES_TOO = frozenset("sheikh shaikh shaykh sheikha ma ko saw prince king judge imam".split())
_SHORT_TITLES = frozenset({"u"})  # Burmese; a title only before a whole name
_OFFICES = frozenset({"president", "президент", "king", "queen", "chancellor", "premier"})
_AFTER = frozenset("phd md esq qc kc mp mbe obe cbe jd llm bey efendi effendi hanim khanum".split())
_GENERATIONS = {
    "jr": "younger", "junior": "younger", "jnr": "younger", "младший": "younger",
    "молодший": "younger", "fils": "younger", "filho": "younger", "sr": "older",
    "senior": "older", "snr": "older", "старший": "older", "père": "older", "ii": "second",
    "iii": "third", "iv": "fourth", "neto": "grandson",
}  # fmt: skip
_PATRONYMIC = re.compile(
    r".{2,}(?:ovich|evich|ovych|evych|owicz|ovitch|evitch|owitsch|ewitsch|owitch|ewitch|ovits|ovics"
    r"|evics|avich|ovna|evna|ivna|ichna|ouna|euna|auna|owna|ewna"
    r"|uly|ooly|oghlu|oglu|ogly|oglou|ugli|ogli|[kqg][yi]z[yi]|kysy|uulu)"
)
_SON = re.compile(r"(?:ich|ych|icz|itch|itsch|ics|its|uly|ooly|lu|gly|gli|glou|uulu)$")
_SLAVIC = re.compile(r"(?:[oei][vw]a?|ina?|enko|sk(?:y|i|iy|ii|aya|aia))$")
_SPLIT = re.compile(r"[\s,;]+")
_ASIDE = re.compile(
    r"(?<=\s)['‘][^'‘’]{2,40}['’](?=\s)|[(\"“”«»„\[][^()\"“”«»„\[\]]{1,60}[)\"“”»“\]]"
)
_MARKS = re.compile(r"[()\"“”«»„\[\]]")
_INITIALS = re.compile(r"(?:-?[^\W\d_]{1,2}\.)+[^\W\d_]?")
_APOSTROPHE_S = re.compile(r"['’]s$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def read_name(text: str) -> PersonName:
    """Read a person's name: titles set aside, words keyed, gender as far as the words show it.

    Args:
        text: a name as written, in any script; what is not a letter is passed over.

    Returns:
        The name; without words if `text` holds none.
    """
    raw = _raw_words(text.strip()[:_LONGEST_TEXT])
    office = next((w for p in raw if (w := p.casefold().strip(".")) in _OFFICES), "")
    raw, generation = _without_titles(raw)
    raw = raw[:_LONGEST_NAME]
    whole = " ".join(raw)
    alone = len(raw) == 1
    words = [w for piece in compounded(raw) for w in _words(piece, whole, alone=alone)]
    words = _mark_patronymic(_undo_case(words))[:_LONGEST_NAME]
    words = _loosened(_quieted(without_endings(words, whole)))
    return PersonName(
        tuple(words),
        _gender(words) or _vietnamese(words),
        "head of state" if office else "",
        next((w for w in words if w.patronymic), None),
        ordered="," in text or any(w.loud or w.patronymic for w in words),
        generation=generation,
    )


def _raw_words(text: str) -> list[str]:
    """The written words; a byname in brackets or quotation marks is left out if a name remains."""
    bare, found = _ASIDE.sub(" ", text), list[str]()
    for option in (bare, _MARKS.sub(" ", text)):
        pieces = [_APOSTROPHE_S.sub("", p) for p in _SPLIT.split(option)[: 2 * _LONGEST_NAME]]
        found = [p for piece in pieces for p in unspaced(piece) if plain(p)]
        if len(found) > 1:
            break
    return found


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(word for line in data_lines("titles.txt") for word in line.split())


def _without_titles(raw: list[str]) -> tuple[list[str], str]:
    start = 0
    while start < len(raw) - 1:
        word = raw[start].casefold().strip(".")
        short = word in _SHORT_TITLES and not raw[start].endswith(".")
        if len(word) == 1 and raw[start][:1].isupper() and not short:
            break  # an initial
        if word in _NAMES_TOO and len(raw) - start == 2:
            break
        if word not in _titles() and not (short and len(raw) - start > 2):
            break
        start += 1
    raw, generation = raw[start:], ""
    while len(raw) > 2:
        word = raw[-1].casefold().replace(".", "")
        if word not in _AFTER and word not in _GENERATIONS:
            break
        generation = generation or _GENERATIONS.get(word, "")
        raw = raw[:-1]
    return raw, generation


def _words(piece: Piece, whole: str, *, alone: bool) -> Iterator[Word]:
    text = piece.text
    if _is_initials(text) and not alone:
        for part in re.split(r"[.\-]", text):
            if part:
                yield Word(part, plain(part)[:1], skeleton(part)[:1], initial=True,
                           latin=not CYRILLIC.fullmatch(part))  # fmt: skip
        return
    yield _word(piece, whole)


def _is_initials(text: str) -> bool:
    return (bool(_INITIALS.fullmatch(text)) and "." in text) or len(text.strip(".")) == 1


def _word(piece: Piece, whole: str) -> Word:
    key = plain(piece.key or piece.text)
    heard = (*readings(piece.key or piece.text, whole), *family_forms().get(key, ()))
    given = _given(key, heard, latin=piece.text.isascii())
    if piece.fathers:
        gender = "f" if key.endswith("qizi") else "m"
        return Word(piece.text, key, heard[0], heard, gender=gender, patronymic=True)
    return Word(
        piece.text,
        key,
        heard[0],
        heard,
        given.groups,
        given.gender,
        latin=not CYRILLIC.fullmatch(piece.text),
        listed=given is not NO_NAME and given.listed,
        prefix=piece.prefix,
        hyphened=piece.hyphened,
        loud=len(piece.text) > 2 and piece.text.isupper(),
        vowelless="\u0590" <= piece.text[0] <= "\u07ff",
        cultures=given.cultures,
        bits=_bits(key, heard[0], given),
        attested=heard[0] in name_model().common,
    )


def _given(key: str, heard: tuple[str, ...], *, latin: bool) -> Given:
    """What is known of a word as a given name: as spelt, else by its sound in some tradition."""
    if exact := spelt_names().get(spelt(key)):
        return exact
    by_sound = not _SLAVIC.search(key) and (len(key) > 4 or not latin)
    told = [given_names()[r] for r in heard if r in given_names()] if by_sound else []
    if not told:
        return single_names().get(key, NO_NAME)
    genders = {g.gender for g in told}
    return Given(
        frozenset().union(*(g.groups for g in told)),
        genders.pop() if len(genders) == 1 else "",
        frozenset().union(*(g.cultures for g in told)),
    )


@lru_cache(maxsize=1)
def _common_groups() -> dict[str, float]:
    """Bits by group of given names, where a form of it is common."""
    return {
        group: bits
        for sounds, bits in sorted(name_model().common.items(), key=lambda item: -item[1])
        if (given := given_names().get(sounds))
        for group in sorted(given.groups)
        if skeleton(group[:-1]) == sounds or len(given.groups) == 1
    }


def _bits(key: str, sounds: str, given: Given) -> float:
    """What a word says: a rare one more than a common one, and a long one than a syllable."""
    model = name_model()
    if sounds in model.common:
        return model.common[sounds]
    if given is not NO_NAME:
        told = [_common_groups()[g] for g in given.groups if g in _common_groups()]
        if told:
            return min(told)
        return model.given if given.listed else model.rare
    return model.surname - max(0, 6 - len(key)) * model.shorter


def _quieted(words: list[Word]) -> list[Word]:
    """Capitals say something only where not every word has them."""
    if not any(w.loud for w in words) or not all(w.loud or w.initial for w in words):
        return words
    return [replace(w, loud=False) for w in words]


def _loosened(words: list[Word]) -> list[Word]:
    if not any("muslim" in w.cultures for w in words):
        return words
    return [
        w if w.listed or w.initial or _SLAVIC.search(w.plain) else replace(w, loose=True)
        for w in words
    ]


def _mark_patronymic(words: list[Word]) -> list[Word]:
    """Set the patronymic apart where another name is left: first what stands behind a given name.

    In `Roman Petrovich Yurkevich` that is `Petrovich`, in `Yurkevich Roman Petrovich` as well.
    """
    if len(words) < 3 or any(w.patronymic for w in words):
        return words
    able = [
        i
        for i in range(1, len(words))
        if _like_patronymic(words[i]) and not _rather_surname(words, i)
    ]
    behind = [i for i in able if words[i - 1].groups or words[i - 1].initial]
    if not able:
        return words
    index = (behind or able)[-1] if len(behind) != 2 else behind[0]
    gender = "m" if _SON.search(words[index].plain) else "f"
    marked = replace(words[index], gender=gender, patronymic=True, groups=frozenset())
    return [*words[:index], marked, *words[index + 1 :]]


def _rather_surname(words: list[Word], index: int) -> bool:
    """True for `Petrovich` behind given names of women: a Serbian surname, and no daughter's."""
    others = [w for i, w in enumerate(words) if i != index]
    son = bool(_SON.search(words[index].plain))
    return son and all(w.listed for w in others) and any(w.gender == "f" for w in others)


def _like_patronymic(word: Word) -> bool:
    return not word.listed and not word.initial and bool(_PATRONYMIC.fullmatch(word.plain))


def _undo_case(words: list[Word]) -> list[Word]:
    """Put a declined name back into the nominative, if its given name is clearly declined."""
    if len(words) == 1 or any(_nominative(w) for w in words):
        return words
    for index, word in enumerate(words):
        if word.initial or not CYRILLIC.fullmatch(word.text):
            continue
        found = nominative(word.text.lower())
        if found is None:
            continue
        given, gender = found
        return [
            w
            if w.initial or w.latin
            else _again(w, given if i == index else surname_nominative(w.text.lower(), gender))
            for i, w in enumerate(words)
        ]
    return words


def _nominative(word: Word) -> bool:
    return not word.initial and to_the_letter(word.text) in nominatives()


def _again(word: Word, base: str) -> Word:
    """A word in another form of it."""
    made = _word(Piece(base, canonical(plain(base)), word.prefix, word.hyphened), base)
    return replace(made, loud=word.loud)


_VIETNAMESE = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh truong trinh doan "
    "luong mai to cao dao ta ha".split()
)


def _vietnamese(words: list[Word]) -> str:
    """The middle word that Vietnamese gives women, or men."""
    if len(words) < 2 or words[0].plain not in _VIETNAMESE:
        return ""
    if len(words) > 2 and words[1].plain == "thi":
        return "f"
    return "m" if words[1].plain == "van" or words[1].prefix == "van" else ""


def _gender(words: list[Word]) -> str:
    """The gender that patronymic, given name and surname show; "" if they show none or two."""
    shown = {w.gender for w in words if w.gender}
    if len(shown) == 1:
        return shown.pop()
    return ""


__all__ = ["NO_NAME", "Given", "PersonName", "Word", "given_names", "read_name"]
