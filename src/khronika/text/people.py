"""Words for people and bodies: roles, kin, titles, given names, nationalities, numbers."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The word lists of `data/people*.toml`, folded to lower case and ready to look up."""

    roles: dict[str, str]  # noun for one person -> "f", "m" or ""
    kin: frozenset[str]
    close_kin: frozenset[str]
    authorities: frozenset[str]
    authority_people: frozenset[str]
    courts: frozenset[str]
    organisations: frozenset[str]
    media: frozenset[str]
    generic: frozenset[str]
    groups: frozenset[str]
    people_adjectives: frozenset[str]
    places: frozenset[str]
    works: frozenset[str]
    titles: dict[str, str]  # form of address -> "f", "m" or ""
    particles: frozenset[str]
    given: dict[str, str]  # given name -> "f", "m" or ""
    family_first: frozenset[str]
    countries: dict[str, str]  # name -> ISO 3166 alpha-2
    nationalities: dict[str, str]  # adjective or demonym -> ISO 3166 alpha-2
    capitals: dict[str, str]  # capital -> ISO 3166 alpha-2
    numbers: dict[str, int]
    loose_numbers: dict[str, int]
    scales: dict[str, int]
    dozens: frozenset[str]
    about: frozenset[str]
    least: frozenset[str]
    most: frozenset[str]
    pronouns: dict[str, str]  # pronoun -> "f", "m", "plural", "thing", "first", "firsts", ...
    speech: frozenset[str]
    alias: frozenset[str]
    never: frozenset[str]
    no_roles: frozenset[str]  # words that only end like one ("talisman")

    def role_of(self, word: str) -> str | None:
        """The singular of a noun for a person, or None: "lawyers" -> "lawyer"."""
        forms = singulars(word.lower())
        known = next((s for s in forms if s in self.roles), None)
        return known or next((s for s in forms if self._is_made_like_a_role(s)), None)

    def _is_made_like_a_role(self, word: str) -> bool:
        """True for "oarsman" and "harpist", which the list need not name."""
        if len(word) < 6 or word in self.no_roles:
            return False
        return word.endswith(("man", "woman", "person", "ologist", "ographer")) or (
            word.endswith("ist") and word[-4] not in "aeioux"
        )

    def is_person_word(self, word: str) -> bool:
        """True for a noun that stands for one person or several of them."""
        return self.role_of(word) is not None

    def gender_of_given(self, name: str) -> str | None:
        """The gender of a given name: "f", "m", "" for either, None for one not listed."""
        for form in (name.lower(), bare(name), bare(name).split("-")[0]):
            if form in self.given:
                return self.given[form]
        return None


@lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def singulars(word: str) -> tuple[str, ...]:
    """The word itself and what it may be the plural of, most likely first."""
    found = [word]
    for plural, singular in IRREGULAR:
        if word.endswith(plural) and word != singular:
            found.append(word[: -len(plural)] + singular)
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith("es"):
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return tuple(found)


IRREGULAR = (
    ("children", "child"),
    ("people", "person"),
    ("women", "woman"),
    ("men", "man"),
    ("wives", "wife"),
    ("passers-by", "passer-by"),
    ("editors-in-chief", "editor-in-chief"),
    ("sons-in-law", "son-in-law"),
    ("daughters-in-law", "daughter-in-law"),
)


@cache
def people() -> People:
    """The bundled word lists, read once."""
    nouns = _read("people.toml")
    lands = _read("people_countries.toml")
    names = _read("people_names.toml")
    officials = _set(nouns["body"]["person_authority"])
    return People(
        roles=dict.fromkeys(officials, "") | _gendered(nouns["person"]),
        kin=_set(nouns["kin"]["any"]),
        close_kin=_set(nouns["kin"]["close"]),
        authorities=_set(nouns["body"]["authority"]),
        authority_people=officials,
        courts=_set(nouns["body"]["court"]),
        organisations=_set(nouns["body"]["organisation"]),
        media=_set(nouns["body"]["media"]),
        generic=_set(nouns["body"]["generic"]),
        groups=_set(nouns["group"]["plural"]),
        people_adjectives=_set(nouns["adjective"]["people"]),
        places=_set(nouns["place"]["noun"]),
        works=_set(nouns["work"]["noun"]),
        titles=_gendered(nouns["titles"]),
        particles=_set(nouns["particles"]["inside"]),
        given=_given(names),
        family_first=frozenset(w for each in names["family_first"].values() for w in each.split()),
        countries=_pairs(lands["name"]["list"]),
        nationalities=_pairs(lands["adjective"]["list"]),
        capitals=_pairs(lands["capital"]["list"]),
        numbers=_counted(nouns["numbers"]["words"]),
        loose_numbers=_counted(nouns["numbers"]["loose"]),
        scales=_counted(nouns["numbers"]["scales"]),
        dozens=_set(nouns["numbers"]["dozen"]),
        about=_set(nouns["numbers"]["about"]),
        least=_set(nouns["numbers"]["least"]),
        most=_set(nouns["numbers"]["most"]),
        pronouns=_pronouns(nouns["pronouns"]),
        speech=_set(nouns["speech"]["verb"]),
        alias=_set(nouns["alias"]["say"]),
        never=_set(nouns["never"]["words"]),
        no_roles=_set(nouns["never"]["roles"]),
    )


@cache
def words(name: str) -> frozenset[str]:
    """One of the small sets under `[lists]`."""
    return frozenset(_read("people.toml")["lists"][name].split())


def _read(name: str) -> dict[str, Any]:
    folder = resources.files("khronika.text") / "data"
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def _set(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


def _gendered(table: dict[str, str]) -> dict[str, str]:
    found = {word.replace("_", " "): "" for word in table.get("any", "").split()}
    for key, gender in (("female", "f"), ("male", "m")):
        found |= {word.replace("_", " "): gender for word in table.get(key, "").split()}
    return found


def _given(names: dict[str, dict[str, str]]) -> dict[str, str]:
    """A name that one tradition gives to women and another to men is for either."""
    women = {word for each in names["f"].values() for word in each.split()}
    men = {word for each in names["m"].values() for word in each.split()}
    either = {word for each in names["any"].values() for word in each.split()}
    women, men, either = ({*names, *map(bare, names)} for names in (women, men, either))
    found = dict.fromkeys(women - men - either, "f") | dict.fromkeys(men - women - either, "m")
    return found | dict.fromkeys(either | (women & men), "")


def _pairs(words: str) -> dict[str, str]:
    parted = (word.replace("_", " ").split("=") for word in words.split())
    return {pair[0]: pair[1] for pair in parted}


def _counted(words: str) -> dict[str, int]:
    return {word: int(value) for word, value in _pairs(words).items()}


def _pronouns(table: dict[str, str]) -> dict[str, str]:
    short = {"female": "f", "male": "m"}
    return {word: short.get(kind, kind) for kind, words in table.items() for word in words.split()}
