"""What sort of actor somebody means by a name or a description, where the line does not say.

The same word lists serve as the coders' own: bodies and their words in several languages, callings,
given names, countries. What nothing tells is a person if it is written as people's names are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from khronika.model.acts import ActorType
from khronika.text.amounts import number_of
from khronika.text.bodies import BodyName, read_body
from khronika.text.crowds import crowd
from khronika.text.gazetteer import PlaceKind, gazetteer
from khronika.text.names import read_name
from khronika.text.people import People, people, singulars

WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
ACRONYM = re.compile(r"[^\W\d_a-zа-яёіїєґў]{2,8}(?:-\d+)?")
ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "its", "our", "my", "unnamed"})
JOINTS = frozenset("of from in who whom with for at by near on to that which and de".split())
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
MANY = re.compile(r"[^\W\d_a-zа-яёіїєґў]{2,8}s")  # NGOs
INITIALS = re.compile(r"(?:[^\W\d_a-zа-яёіїєґў]\.[ -]?){1,3}[^\W\d_a-zа-яёіїєґў][\w’'-]+")
VOWELS = re.compile(r"[aeiouyаеёиоуыэюяіїє]", re.IGNORECASE)
# What many surnames end in, and hardly any other name that stands by itself.
SURNAME = re.compile(
    r".{2,}(?:dze|shvili|[oe]va?|enko|sk[yi]y?|skaya|chuk|yan|o[gğ]lu|zadeh?|uly|poulos|escu|wicz"
    r"|vi[cć]h?|sson|[оеё]ва?|енко|ськ?ий|ская|ська|чук|дзе|швили|швілі|ян|заде|оглы|улы)"
)
# Words that names of bodies begin with, and hardly any name of a person.
FIRST_OF_BODY = frozenset(
    "open free new green red blue white black young human civil public national international"
    " united independent our global european african asian american general".split()
)
PERSONS_SUFFER = frozenset(
    {"life, body, liberty", "movement and protection", "proceedings against persons"}
)
BODIES_SUFFER = frozenset({"closure", "registration-refusal", "exclusion-from-register"})
OF_STATE = frozenset(
    "ministry court prosecutor police parliament government penitentiary prison colony remand guard"
    " administration presidential security intelligence investigation migration customs tax"
    " army navy military ombudsman".split()
)
QUOTES = "\"'«»“”„‘’"
LONGEST_PERSON = 6  # words
PEOPLE_OF = ("police", "forces", "полиция", "поліція", "милиция", "міліція")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a name: all, those without article and number, the noun that says who."""

    every: tuple[str, ...]
    bare: tuple[str, ...]
    head: str
    number: int | None


def actor_type(
    name: str, before: Sequence[str] = (), suffered: frozenset[str] = frozenset()
) -> ActorType:
    """What sort of actor a name or description stands for.

    Args:
        name: as somebody wrote it.
        before: what stands before it in the report, each place's last words.
        suffered: the kinds of act, and their groups, that were done to it.
    """
    read = _read(name)
    if not read.bare:
        return ActorType.GROUP
    place = _land(name)
    if place is not None:
        return ActorType.COUNTRY if place is PlaceKind.COUNTRY else ActorType.GROUP
    body = read_body(name)
    if body.public and read.number is None:
        known = people()
        official = _is_official(body) or _ending(read) & (known.authorities | known.courts)
        return ActorType.AUTHORITY if official else ActorType.ORGANISATION
    if MANY.fullmatch(read.head):
        return ActorType.GROUP
    if is_described(name):
        return _of_description(read, body)
    if INITIALS.fullmatch(name):
        return ActorType.PERSON
    return _of_name(read, body, (tuple(before), suffered))


@lru_cache(maxsize=8192)
def is_described(name: str) -> bool:
    """True for 'two men in masks', 'Soldiers of the Guard', 'the journalists'; not for a name."""
    read, known = _read(name), people()
    if not read.bare:
        return True
    if read.number is not None and not _is_name(read.bare):
        return True
    first, rest = read.bare[0], read.bare[1:]
    if not any(_capital(word) for word in (first, *rest)):
        return any(c.lower() != c.upper() for c in name)  # a script without capitals has names
    if _is_role(read.head, known) and not _is_name(read.bare[:-1]):
        return not _capital(read.head) or read.bare[0] == read.head
    if rest and not any(_capital(word) for word in rest) and not _is_name((first,)):
        return _is_latin(name) or any(not c.startswith("*") for c in crowd(name))
    return not _capital(first) and not any(_capital(word) for word in rest[:1])


def _is_latin(name: str) -> bool:
    """True in a script that sets each word of a name with a capital."""
    return not CYRILLIC.search(name)


def _of_description(read: _Words, body: BodyName) -> ActorType:
    known = people()
    forms = _ending(read)
    plural = _is_plural(read, known)
    if forms & known.authority_people or (forms & known.courts and not plural):
        return ActorType.AUTHORITY
    if known.role_of(read.head) is not None or forms & known.kin:
        return ActorType.GROUP if plural else ActorType.PERSON
    if forms & (known.organisations - known.authorities):
        return ActorType.GROUP if plural else ActorType.ORGANISATION
    if _is_official(body) or forms & known.authorities or read.head.lower() in PEOPLE_OF:
        return ActorType.AUTHORITY
    if forms & known.media:
        return ActorType.GROUP if plural else ActorType.ORGANISATION
    return ActorType.GROUP


def _of_name(
    read: _Words, body: BodyName, told: tuple[tuple[str, ...], frozenset[str]]
) -> ActorType:
    known = people()
    if _forms(read) & known.courts or _ending(read) & known.authority_people:
        named = _is_role(read.head, known) and _is_person(read, known)
        return ActorType.PERSON if named else ActorType.AUTHORITY
    if _is_body(read, known):
        official = _is_official(body) or _forms(read) & (known.authorities | known.courts)
        private = _forms(read) & (known.organisations - known.authorities)
        return ActorType.AUTHORITY if official and not private else ActorType.ORGANISATION
    if _is_official(body) and not _is_person(read, known):
        return ActorType.AUTHORITY
    if _has_acronym(read) or any(c.isdigit() for c in read.head):
        return ActorType.ORGANISATION
    if _is_person(read, known):
        return ActorType.PERSON
    if len(read.bare) > LONGEST_PERSON or body.words - body.own:
        return ActorType.ORGANISATION
    return _by_signs(read, *told)


def _has_acronym(read: _Words) -> bool:
    """True for 'VPU', 'UN Women'; false for 'SOK Dara', a surname in capitals."""
    found = [word for word in read.bare if ACRONYM.fullmatch(word)]
    others = len(read.bare) - len(found)
    spoken = all(len(word) > 2 and VOWELS.search(word) for word in found)
    return bool(found) and not (spoken and len(found) == 1 and 1 <= others <= 2)


def _by_signs(read: _Words, before: tuple[str, ...], suffered: frozenset[str]) -> ActorType:
    """What a name is that its own words do not tell: by what was done to it, what stands before."""
    known = people()
    if suffered & BODIES_SUFFER:
        return ActorType.ORGANISATION
    if suffered & PERSONS_SUFFER or any(_announces_person(words, known) for words in before):
        return ActorType.PERSON
    if any(_announces_body(words, known) for words in before):
        return ActorType.ORGANISATION
    if SURNAME.fullmatch(read.head.lower()) and not gazetteer().places(read.head):
        return ActorType.PERSON
    single = len(read.bare) == 1 or read.bare[0].lower() in FIRST_OF_BODY
    return ActorType.ORGANISATION if single else ActorType.PERSON


def _is_body(read: _Words, known: People) -> bool:
    """True if a word for a body stands where names of bodies have one: at the end, as the head."""
    bodies = known.authorities | known.organisations | known.media
    if _is_role(read.head, known):
        return False
    ends = {*_ending(read), *singulars(read.bare[-1].lower())}
    return bool(ends & bodies) or (bool(_forms(read) & bodies) and not _is_person(read, known))


def _is_official(body: BodyName) -> bool:
    """True if the words of a body's name are those of organs of a state."""
    return body.official or bool(body.words & OF_STATE)


def _is_person(read: _Words, known: People) -> bool:
    """True if a given name is among its words, or a patronymic."""
    if any(known.gender_of_given(w) is not None for w in read.bare if _capital(w) and len(w) > 2):
        return True
    words = read_name(" ".join(read.bare)).words if len(read.bare) > 1 else ()
    return any(
        word.patronymic or (word.groups and CYRILLIC.search(word.text) and _capital(word.text))
        for word in words
    )


def _is_name(words: Sequence[str]) -> bool:
    """True if people's names are among some words."""
    known = people()
    return any(_capital(w) and known.gender_of_given(w) is not None for w in words)


def _is_role(word: str, known: People) -> bool:
    """True for a noun for people; 'group' and 'media' may as well be a body's."""
    people_only = known.groups - known.organisations - known.media - known.authorities
    forms = {word.lower(), *singulars(word.lower())}
    return known.role_of(word) is not None or bool(forms & (people_only | known.kin))


def _forms(read: _Words) -> set[str]:
    return {form for word in read.bare for form in singulars(word.lower())}


def _ending(read: _Words) -> set[str]:
    """The head noun in the singular, and with the word before it: 'city-hall', 'prime minister'."""
    found = set(singulars(read.head.lower()))
    at = read.bare.index(read.head) if read.head in read.bare else 0
    if at:
        before = read.bare[at - 1].lower()
        found |= {f"{before}-{form}" for form in found} | {f"{before} {form}" for form in found}
    return found


def _is_plural(read: _Words, known: People) -> bool:
    if read.number is not None:
        return read.number != 1
    word = read.head.lower()
    return word in known.groups or len(singulars(word)) > 1


def _land(name: str) -> PlaceKind | None:
    """Whether a name is a country's, or a people's: 'Russians'."""
    words = " ".join(w for w in WORD.findall(name) if w.lower() != "the")
    if not _capital(words):
        return None
    if words.lower().removesuffix("s") in people().nationalities and words.endswith("s"):
        return PlaceKind.PEOPLE
    found = [place.kind for place in gazetteer().places(words)[:1]]
    return PlaceKind.COUNTRY if found == [PlaceKind.COUNTRY] else None


def _announces_body(before: str, known: People) -> bool:
    """True if what stands before a name calls it a body: 'the newspaper', 'the', a quotation mark.

    An opening mark right before the name is one of a title; people are not named so.
    """
    if before.endswith(tuple(QUOTES)):
        return True
    words = WORD.findall(before)
    if not words:
        return False
    last = words[-1].lower()
    bodies = known.organisations | known.media | known.authorities
    return last == "the" or bool(set(singulars(last)) & bodies) or bool(_concepts(words[-1]))


def _announces_person(before: str, known: People) -> bool:
    """True if a calling, a title or a given name stands before a surname."""
    words = WORD.findall(before)
    if not words:
        return False
    last = words[-1]
    given = _capital(last) and known.gender_of_given(last) is not None
    title = last.lower().strip(".") in known.titles
    return given or title or known.role_of(last) is not None


def _concepts(word: str) -> frozenset[str]:
    body = read_body(word)
    return body.words - body.own


def _capital(word: str) -> bool:
    return word[:1].isupper()


@lru_cache(maxsize=8192)
def _read(name: str) -> _Words:
    every = tuple(WORD.findall(name))[:40]
    bare, number = list(every), None
    while bare:
        word = bare[0].lower()
        found = number_of(word)
        if word in ARTICLES and len(bare) > 1:
            bare.pop(0)
        elif found is not None and len(bare) > 1:
            number = int(found)
            del bare[: 2 if bare[1].lower() == "of" and len(bare) > 2 else 1]
        else:
            break
    joint = next((i for i, w in enumerate(bare) if i and w.lower() in JOINTS), len(bare))
    return _Words(every, tuple(bare), bare[joint - 1] if bare else "", number)
