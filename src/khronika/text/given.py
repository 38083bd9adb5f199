"""Given names: which forms are one name, whose they are, and how common.

`Alexander`, `Oleksandr` and `Aliaksandr` are one name; `Sasha` is short for it, and for
`Alexandra`. The groups are listed; of the other given names that are known at all, each is a
group of its own, by what it sounds like.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from khronika.text.compounds import canonical
from khronika.text.people import people
from khronika.text.phonetics import plain, skeleton

_HEADING = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of one sound of a given name.

    `groups` are the names that it is a form of; `listed` is false where only this form is known.
    """

    groups: frozenset[str] = frozenset()
    gender: str = ""
    cultures: frozenset[str] = frozenset()
    listed: bool = True


NO_NAME = Given()


@lru_cache(maxsize=1)
def given_names() -> dict[str, Given]:
    """Skeletons of given names, with what is known of each.

    A form that stands in groups of both genders has no gender.
    """
    found: dict[str, Given] = {}
    culture = ""
    for line in data_lines("given_names.txt"):
        if heading := _HEADING.fullmatch(line):
            culture = heading[1]
            continue
        gender, *forms = line.split()
        gender = gender.strip("-")
        head = frozenset({skeleton(forms[0]) + gender})
        for key in sorted({skeleton(canonical(plain(form))) for form in forms}):
            known = found.get(key, Given(gender=gender))
            same = known.gender if known.gender == gender else ""
            found[key] = Given(known.groups | head, same, known.cultures | {culture})
    return found


@lru_cache(maxsize=1)
def spelt_names() -> dict[str, str]:
    """Listed given names as spelt, but for `i` and `y`, and whose they are."""
    found: dict[str, str] = {}
    for line in data_lines("given_names.txt"):
        if not _HEADING.fullmatch(line):
            gender, *forms = line.split()
            for key in map(spelt, forms):
                found[key] = gender if found.get(key, gender) == gender else ""
    return found


def spelt(name: str) -> str:
    """A given name in Latin letters with one letter for `i`, `y`, `ii`, `iy`."""
    return _I.sub("i", plain(name))


_I = re.compile("[iyj]+")


@lru_cache(maxsize=1)
def single_names() -> dict[str, Given]:
    """Given names as spelt of which no other form is listed; short ones say too little."""
    genders: dict[str, set[str]] = {}
    for name, gender in sorted(people().given.items()):
        if len(plain(name)) > 3:
            genders.setdefault(plain(name), set()).add(gender)
    return {
        name: Given(
            frozenset({f"{skeleton(name)}-"}), min(of) if len(of) == 1 else "", listed=False
        )
        for name, of in genders.items()
        if skeleton(name) not in given_names()
    }


def data_lines(name: str) -> list[str]:
    """A list of words that comes with the package, its comments left out."""
    text = resources.files("khronika.text").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
