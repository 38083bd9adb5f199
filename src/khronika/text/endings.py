"""Endings that Latvian, Lithuanian, Czech and Slovak give to foreign names.

`Sergejs Lavrovs` and `Sergejus Lavrovas` are Sergej Lavrov, `Daria Zorinová` is Daria Zorina.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from khronika.text.given import Given, spelt, spelt_names
from khronika.text.names_words import Word
from khronika.text.phonetics import readings

_BALTIC = re.compile(r"(?:[iyu]?[aiuy])?s$")
_FEMALE = re.compile(r"(?<=..)ová$", re.IGNORECASE)
_EASTERN = frozenset({"slavic", "caucasian", "muslim"})


def without_endings(words: Sequence[Word], whole: str) -> list[Word]:
    """Give each word the readings that it has without such an ending.

    Args:
        words: a name's words.
        whole: the name as written.
    """
    found = [_without_female(word, whole) for word in words]
    said = [w for w in found if not w.initial]
    if len(said) < 2 or not said[0].plain.endswith("s"):
        return found
    if said[0].listed and "slavic" not in said[0].cultures:
        return found
    if not any(_known(stem) for stem in _stems(said[0].plain)):
        return found
    return [_without_baltic(w, whole) if w.plain.endswith("s") else w for w in found]


def _stems(plain: str) -> list[str]:
    """What is left without `s`, `as`, `us`, `ius`."""
    ends = [plain[: found.start()] for found in [_BALTIC.search(plain)] if found]
    return [s for s in dict.fromkeys((plain[:-1], plain[:-2], *ends)) if len(s) > 2]


def _known(stem: str) -> Given | None:
    found = spelt_names().get(spelt(stem))
    return found if found and found.cultures & _EASTERN else None


def _without_baltic(word: Word, whole: str) -> Word:
    stems = _stems(word.plain)
    spelt_so = [s for stem in stems for s in (stem, stem.replace("ch", "kh"))]
    heard = [r for stem in dict.fromkeys(spelt_so) for r in readings(stem, whole)]
    known = [g for stem in stems if (g := _known(stem))]
    return replace(
        word,
        readings=tuple(dict.fromkeys((*word.readings, *heard))),
        groups=word.groups.union(*(g.groups for g in known)),
        gender=word.gender or next((g.gender for g in known), ""),
        listed=word.listed or bool(known),
        cultures=word.cultures.union(*(g.cultures for g in known)),
    )


def _without_female(word: Word, whole: str) -> Word:
    if not _FEMALE.search(word.text):
        return word
    stem = word.plain[:-3]
    heard = [r for form in (stem, stem + "o", stem + "a") for r in readings(form, whole)]
    return replace(word, gender="f", readings=tuple(dict.fromkeys((*word.readings, *heard))))
