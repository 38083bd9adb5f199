"""Russian and Ukrainian names put back into the nominative: `Ирине Зориной` is `Ирина Зорина`."""

import re
from functools import lru_cache

from khronika.text.given import nominatives, to_the_letter

CYRILLIC = re.compile(r"[а-яёіїєґў]+(?:['’ʼ-][а-яёіїєґў]+)*", re.IGNORECASE)

_MASCULINE = (
    ("", ("а", "у", "ом", "ем", "е", "ові", "і")),
    ("ь", ("я", "ю", "ем", "ём", "е", "і", "ем")),
    ("й", ("я", "ю", "ем", "е", "єм", "і", "єві", "и", "ї")),
    ("о", ("а", "у", "ом", "ові", "і")),
)
_FEMININE = (
    ("а", ("ы", "и", "е", "у", "ой", "ою", "і")),
    ("я", ("и", "і", "ю", "ей", "ею", "е", "ї", "єю", "ією")),
    ("ь", ("и", "і", "ью", "і")),
)
_TABLES = (("m", _MASCULINE), ("f", _FEMININE), ("m", _FEMININE))
# Given names that lose a vowel when declined: `Павла` is of Павел, `Льва` of Лев.
_FLEETING = {"павл": "павел", "льв": "лев", "петр": "пётр"}
_SURNAMES = {
    "m": ((re.compile(r"(ов|ев|ёв|ин|ін|їн|ын|єв)(?:а|у|ым|им|е|ом|ові|і)$"), r"\1"),
          (re.compile(r"(ск|цк|ськ|цьк)(?:ого|ому|им|ом|ім)$"), r"\1ий"),
          (re.compile(r"(н|в|р|л|т)(?:ого|ому|ым|ом)$"), r"\1ый"),
          (re.compile(r"нц(?:я|ю|ем)$"), "нець"),
          (re.compile(r"(ик|ек)а$"), r"\1"),
          (re.compile(r"(ук|юк|ак|як|ик|ян|ер|ан|ад|ич|ович|евич|ев|ён)"
                      r"(?:а|у|ом|ем|е|ові|еві)$"), r"\1"),
          (re.compile(r"(?<=[аоеиуяю])вц(?:а|у|ом|ем|е)$"), "вец")),
    "f": ((re.compile(r"(ов|ев|ёв|ин|ін|їн|ын|єв)(?:ой|у|ою|ої|ій)$"), r"\1а"),
          (re.compile(r"(ск|цк|ськ|цьк)(?:ой|ую|ою|ої|ій|у)$"), r"\1ая"),
          (re.compile(r"(н|в|р|л|т)(?:ой|ую|ою)$"), r"\1ая")),
}  # fmt: skip
_FATHERS = (
    (re.compile(r"(ич)(?:а|у|ем|е|еві|і)$"), r"\1", "m"),
    (re.compile(r"(вн|чн)(?:ы|е|у|ой|ою|и|і)$"), r"\1а", "f"),
)


@lru_cache(maxsize=4096)
def nominative(text: str) -> tuple[str, str] | None:
    """The nominative and the gender of a declined given name; None if it is none.

    Args:
        text: one word in lower case.
    """
    for gender, table in _TABLES:
        for ending, cases in table:
            for case in cases:
                if not text.endswith(case):
                    continue
                stem = text.removesuffix(case)
                base = _FLEETING.get(stem, stem + ending)
                if nominatives().get(to_the_letter(base)) == gender:
                    return base, gender
    return None


def surname_nominative(text: str, gender: str) -> str:
    """A surname put back beside a declined given name of that gender; itself if it is not declined.

    Args:
        text: one word in lower case.
        gender: "f" or "m".
    """
    for pattern, base, of in _FATHERS:
        if of == gender and pattern.search(text):
            return pattern.sub(base, text)
    for pattern, base in _SURNAMES[gender]:
        if pattern.search(text):
            return pattern.sub(base, text)
    return text
