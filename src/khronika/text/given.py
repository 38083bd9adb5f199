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


def given_names() -> dict[str, Given]:
    """Skeletons of given names, with what is known of each.

    A form that stands in groups of both genders has no gender.
    """
    return _tables()[0]


def spelt_names() -> dict[str, Given]:
    """Given names as spelt (see `spelt`): `Joan` is no `John`, though a `Jon` may sound alike."""
    return _tables()[1]


@lru_cache(maxsize=1)
def nominatives() -> dict[str, str]:
    """Listed given names to the letter (see `to_the_letter`), and whose they are, "" if both."""
    found: dict[str, str] = {}
    for line in data_lines("given_names.txt"):
        if not _HEADING.fullmatch(line):
            gender, *forms = line.split()
            for key in map(to_the_letter, forms):
                found[key] = gender if found.get(key, gender) == gender else ""
    return found


def to_the_letter(name: str) -> str:
    """A given name in Latin letters, with one letter for `i` and `y`: cases differ by a letter."""
    return _I.sub("i", plain(name))


_I = re.compile("[iy]+")


def spelt(name: str) -> str:
    """A given name in Latin letters, with one letter for those that are said alike everywhere.

    `Veronica` is `Veronika`, `Anna` is `Ana`; vowels stand as they are.
    """
    key = canonical(plain(name))
    for pattern, letter in _ALIKE:
        key = pattern.sub(letter, key)
    return key


_ALIKE = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("[iy]+", "i"), ("(?<=.)c(?![hiesz])|^c(?=[rl])", "k"), ("ph", "f"), ("th", "t"),
        ("w", "v"),
        ("(?<=[aeo])h$", ""), (r"([nsftmp])\1", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, Given], dict[str, Given]]:
    by_sound: dict[str, Given] = {}
    by_spelling: dict[str, Given] = {}
    culture = ""
    for line in data_lines("given_names.txt"):
        if heading := _HEADING.fullmatch(line):
            culture = heading[1]
            continue
        gender, *forms = line.split()
        one = Given(frozenset({plain(forms[0]) + gender}), gender.strip("-"), frozenset({culture}))
        for key in {skeleton(canonical(plain(form))) for form in forms}:
            by_sound[key] = _both(by_sound.get(key), one)
        for key in {spelt(form) for form in forms}:
            by_spelling[key] = _both(by_spelling.get(key), one)
    return by_sound, by_spelling


def _both(known: Given | None, one: Given) -> Given:
    if known is None:
        return one
    gender = known.gender if known.gender == one.gender else ""
    return Given(known.groups | one.groups, gender, known.cultures | one.cultures)


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


@lru_cache(maxsize=1)
def family_forms() -> dict[str, tuple[str, ...]]:
    """Family names of which other romanisations are listed, each with what stands for the group."""
    found: dict[str, tuple[str, ...]] = {}
    for line in data_lines("family_names.txt"):
        forms = [plain(form) for form in line.split()]
        for form in dict.fromkeys(forms):
            found[form] = (*found.get(form, ()), f"~{forms[0]}")
    return found


def data_lines(name: str) -> list[str]:
    """A list of words that comes with the package, its comments left out."""
    text = resources.files("khronika.text").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
