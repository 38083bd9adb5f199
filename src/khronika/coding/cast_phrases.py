"""Noun phrases that are no names: their own short words, how many, how old, what class of actor."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from khronika.coding.cast_phrase_ends import DEFINITE, end_of_phrase, hyphenated, is_plural
from khronika.model.acts import ActorType, Count
from khronika.text.people import People, singulars, words

POSSESSIVES = frozenset({"my", "your", "his", "her", "its", "our", "their"})
FEW = {
    "several": 3,
    "few": 3,
    "many": 10,
    "numerous": 10,
    "some": 2,
    "various": 2,
    "couple": 2,
    "multiple": 2,
}
PARTITIVE = words("partitive")
NAMES_ONLY = words("names_only")
CALENDAR = words("calendar")
NUMBERED = words("numbered_roles")
NEVER_ACTING = words("never_acting")
PREMODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "punct", "advmod", "nummod", "det"})
QUALIFIERS = words("qualifiers")
NEGATIVE = frozenset({"none", "nobody", "neither", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase: tokens `[start, end)` of its own words, and what they say."""

    head: Token
    core: Token  # the noun that says who: "NGOs" in "hundreds of NGOs"
    start: int
    end: int
    name: str = field(repr=False)
    classes: frozenset[str]
    count: Count | None
    age: int | None
    gender: str
    plural: bool
    definite: bool
    owned: Token | None  # the possessor: "his", "Amina" in "Amina's brother"
    role: str  # the singular of the core noun
    weak: bool  # stands for an actor only if one of that noun was told of before

    @property
    def type(self) -> ActorType:
        """What sort of actor the phrase stands for."""
        if self.classes & {"authority", "court"}:
            return ActorType.AUTHORITY
        if "person" in self.classes and not self.plural:
            return ActorType.PERSON
        if self.classes & {"organisation", "media"} and not self.plural:
            return ActorType.ORGANISATION
        return ActorType.GROUP


def read_phrase(head: Token, people: People) -> Phrase | None:
    """Read the noun phrase of `head`, or None if it stands for no actor."""
    if is_negative(head, people):
        return None
    core = core_of(head)
    classes = classes_of(core, people)
    if not classes or _is_counted_head(core):
        return None
    last = end_of_phrase(core)
    plural = is_plural(core)
    joined = hyphenated(core)
    role = joined if joined in people.roles else people.role_of(core.text)
    role = role or singulars(core.text.lower())[-1]
    count, age = count_of(head, core, people), _age(core)
    numbered = role in NUMBERED
    first = _with_number(core, _first(core), count) if numbered else _first(core)
    return Phrase(
        head=head,
        core=core,
        start=first,
        end=last,
        name=_own_words(core, first, last),
        classes=classes,
        count=count or (None if plural else Count(least=1, most=1)),
        age=age,
        gender=people.roles.get(role) or "",
        plural=plural,
        definite=_is_definite(head, core),
        owned=next((t for t in core.lefts if t.dep_ == "poss"), None),
        role=role,
        weak=is_weak(core) and "person" not in classes,
    )


def _is_counted_head(core: Token) -> bool:
    """As in "so much for each head", "a bag over the head": nobody in charge of anything."""
    if core.lower_ not in ("head", "heads") or core.dep_ in ("nsubj", "nsubjpass", "appos", "attr"):
        return False
    if core.i + 1 < len(core.doc) and core.nbor().lower_ in ("of", "at", "for"):
        return False
    return not any(t.dep_ in ("compound", "poss", "amod") for t in core.lefts)


def core_of(head: Token) -> Token:
    """The noun after a partitive: "NGOs" of "hundreds of NGOs"."""
    for _ in range(3):
        number = head.like_num or head.text.lower() in PARTITIVE
        of = next((t for t in head.rights if t.text == "of"), None) if number else None
        inner = next((t for t in of.rights if t.dep_ == "pobj"), None) if of is not None else None
        if inner is None:
            break
        head = inner
    return head


def is_negative(head: Token, people: People) -> bool:
    """True for "nobody", "none of them", "no journalist", "not one of the editors"."""
    word = head.text.lower()
    if people.pronouns.get(word) == "nobody" or word in NEGATIVE:
        return True
    return any(t.text.lower() in ("no", "neither") and t.dep_ in ("det", "neg") for t in head.lefts)


def classes_of(core: Token, people: People) -> frozenset[str]:
    """What the noun makes of its phrase: "person", "group", "organisation", "authority"..."""
    if core.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or not _is_nominal(core):
        return frozenset()
    word = core.text.lower()
    forms = set(singulars(word)) | {core.lemma_.lower(), hyphenated(core), _compound(core)}
    found = _body_classes(word, forms, people)
    if any(people.role_of(f) for f in forms) or _are_people(core, word, people):
        found.add("person")
        if forms & people.authority_people or (core.i > 0 and _is_official(core)):
            found.add("authority")
    if forms & people.kin:
        found.add("kin")
    if word in people.groups or (found and is_plural(core)):
        found.add("group")
    if not found and word in people.countries:
        found.add("country")
    return frozenset(found)


def _body_classes(word: str, forms: set[str], people: People) -> set[str]:
    found: set[str] = set()
    if forms & people.courts:
        found |= {"court", "authority"}
    if forms & people.authorities:
        found.add("authority")
    if forms & people.organisations:
        found.add("organisation")
    if word in people.media or forms & people.media:
        found |= {"media", "organisation"}
    return found


def _are_people(core: Token, word: str, people: People) -> bool:
    """True for "the detained", "the poor" and for "Kenyans"."""
    if core.pos_ == "ADJ":
        articled = any(t.text.lower() == "the" for t in core.lefts)
        return articled and word in people.people_adjectives
    return word in people.nationalities or (
        word.endswith("s") and word[:-1] in people.nationalities
    )


def _compound(core: Token) -> str:
    """The noun with the one right before it: "city-hall", "law-firm"."""
    before = core.doc[core.i - 1] if core.i else core
    return f"{before.text.lower()}-{core.text.lower()}" if before.dep_ == "compound" else ""


def is_weak(core: Token) -> bool:
    """True for "front" and "paper", which are bodies in names and when they act, else rarely."""
    word = core.text.lower()
    singular = singulars(word)[-1]
    if singular in NEVER_ACTING or word in NEVER_ACTING:
        return True
    if core.dep_ == "pobj" and core.tag_ == "NN" and not any(core.lefts):
        return True  # "taken to hospital", "in court"
    if singular not in NAMES_ONLY and word not in NAMES_ONLY:
        return False
    return core.text[0].islower() and not _acts(core)


def _acts(core: Token) -> bool:
    """True for a subject, the agent of a passive, and "the security service" anywhere."""
    if core.dep_ in ("nsubj", "nsubjpass"):
        return True
    if core.dep_ == "pobj" and core.head.lower_ == "by":
        return True
    if core.dep_ == "poss" and any(t.ent_type_ == "NORP" for t in core.lefts):
        return True  # "the Georgian bar's membership"
    return core.i > 0 and core.nbor(-1).lower_ in OFFICIAL_WORDS


def _is_nominal(core: Token) -> bool:
    """True for nouns, and for "the detained", "those arrested"; false for verbs as verbs."""
    if core.i > 1 and core.nbor(-1).text == "-" and core.nbor(-2).text.lower() == "self":
        return False
    if core.pos_ in ("NOUN", "PROPN"):
        return True
    return any(t.dep_ == "det" for t in core.lefts) and core.dep_ not in ("amod", "compound")


OFFICIAL_WORDS = words("official_words")


def _is_official(core: Token) -> bool:
    """As in "police officers", "prison guards", "tax inspectors" act for an authority."""
    before = core.doc[core.i - 1].text.lower()
    return before in OFFICIAL_WORDS and core.text.lower() not in (
        "activist",
        "activists",
        "prisoner",
        "prisoners",
    )


def count_of(head: Token, core: Token, people: People) -> Count | None:
    """How many the words say: "seven", "at least 14", "about 30", "hundreds of", "dozens"."""
    spot = head if head != core else None
    numbers = [t for t in (spot, *core.lefts) if t is not None and _value(t, people) is not None]
    if not numbers:
        return None
    token = numbers[0]
    value = _value(token, people)
    assert value is not None
    word = token.text.lower()
    if word in people.loose_numbers or (word in people.scales and token.text.endswith("s")):
        return Count(least=value, most=None, approximate=True)
    return _bounded(token, value, people)


def _bounded(token: Token, value: int, people: People) -> Count:
    doc = token.doc
    start = token.i
    while start > 0 and (doc[start - 1].like_num or doc[start - 1].text in ("-", ",")):
        start -= 1
    before = [t.text.lower() for t in doc[max(0, start - 3) : start]]
    last = before[-1] if before else ""
    if last in people.least or before[-2:] in (["more", "than"], ["at", "least"]):
        return Count(least=value, most=None)
    if before[-2:] in (["at", "most"], ["up", "to"], ["fewer", "than"], ["less", "than"]):
        return Count(least=None, most=value)
    return Count(least=value, most=value, approximate=last in people.about)


def _value(token: Token, people: People) -> int | None:
    word = token.text.lower()
    if word in people.loose_numbers:
        return people.loose_numbers[word]
    if (
        token.dep_ not in ("nummod", "compound", "quantmod")
        and not token.like_num
        and word not in people.dozens
    ):
        return None
    return number_of(_number_words(token), people)


def _number_words(token: Token) -> list[str]:
    """The whole number around a token: "forty", "-", "one"; "2", "thousand"."""
    doc, start = token.doc, token.i
    while start > 0 and _belongs(doc[start - 1], doc[start]):
        start -= 1
    return [t.text.lower() for t in doc[start : token.i + 1]]


def _belongs(before: Token, after: Token) -> bool:
    """True for two parts of one number, false for a date before a number."""
    if before.text == "-":
        return before.i > 0 and before.nbor(-1).like_num and not before.whitespace_
    if after.text == "-":
        return before.like_num
    return (
        before.like_num
        and after.like_num
        and after.text.isalpha()
        and (before.text.isalpha() or before.text.replace(",", "").isdigit())
    )


def number_of(words: list[str], people: People) -> int | None:
    """The value of number words or figures: "forty-one", "2,500", "two hundred"."""
    total = 0
    found = False
    for word in [part for each in words for part in each.split("-")]:
        plain = word.replace(",", "").replace("\u202f", "")
        if not word or word == "and":
            continue
        if plain.isdecimal() and len(plain) < 10:
            total += int(plain)
        elif word in people.scales:
            total = max(total, 1) * people.scales[word]
        elif word in people.dozens:
            total = max(total, 1) * (12 if word == "dozen" else 20)
        elif word in people.numbers:
            total += people.numbers[word]
        else:
            return None
        found = True
    return total if found else None


def _age(core: Token) -> int | None:
    """As in "a 17-year-old student" is 17."""
    for token in core.lefts:
        text = token.text.lower()
        if text in ("old", "year-old") or text.endswith("year-old"):
            doc = core.doc
            figures = [t.text for t in doc[max(0, token.i - 4) : token.i + 1]]
            first = next((f.split("-")[0] for f in figures if f.split("-")[0].isdecimal()), "")
            return int(first) if first and len(first) <= 3 and 0 < int(first) < 111 else None
    return None


def _is_definite(head: Token, core: Token) -> bool:
    words = {t.text.lower() for t in (*head.lefts, *core.lefts)}
    return bool(words & (DEFINITE | POSSESSIVES)) or any(t.dep_ == "poss" for t in core.lefts)


def _first(core: Token) -> int:
    """Where the phrase's own words begin: after articles, numbers and clauses."""
    start = core.i
    kept = {t.i for t in core.lefts if t.dep_ in PREMODIFIERS}
    doc = core.doc
    while start > 0:
        before = doc[start - 1]
        top = before
        while top.head.i not in (core.i, top.i) and top.i < core.i and top.head.i <= core.i:
            top = top.head
        if top.i not in kept or before.text in (",", ";", "|", ":", "(", '"'):
            break
        start -= 1
    while start < core.i and _is_dropped(doc[start], core):
        start += 1
    return start


def _with_number(core: Token, first: int, count: Count | None) -> int:
    """A spelt number tells one unnamed few from another: "two men", "four masked men"."""
    exact = count is not None and count.least == count.most and not count.approximate
    number = next((t for t in core.lefts if t.dep_ == "nummod" and t.text.isalpha()), None)
    if number is None or not exact or core.head.text == "of":
        return first
    between = [t for t in core.doc[number.i + 1 : first] if t.dep_ != "punct"]
    return number.i if not between and number.i < first else first


def _is_dropped(token: Token, core: Token) -> bool:
    """Articles, numbers and their company are left out of a group's name."""
    word = token.text.lower()
    if token.dep_ == "poss" or (token.head != core and token.head.dep_ == "poss"):
        return token.dep_ == "det"
    return (
        token.dep_ in ("det", "nummod", "quantmod", "predet", "advmod", "punct")
        or token.like_num
        or token.ent_type_ in ("DATE", "TIME")
        or word in CALENDAR
        or word in FEW
        or word in QUALIFIERS
        or word in DEFINITE
    )


def _own_words(core: Token, first: int, last: int) -> str:
    return core.doc[first:last].text
