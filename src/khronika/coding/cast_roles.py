"""What a report says its people are: "X, a lawyer", "Y is the head of Z", "W director V"."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from spacy.tokens import Token

from khronika.coding.cast_board import Resolved
from khronika.coding.cast_evidence import BODY, PERSON, is_body
from khronika.coding.cast_members import Member
from khronika.coding.cast_names import Naming
from khronika.coding.cast_phrase_ends import hyphenated
from khronika.coding.cast_scene import Referent
from khronika.coding.parsed import ParsedReport, ParsedUnit
from khronika.model.acts import Affiliation
from khronika.text.people import People, singulars, words

FURTHEST = 9  # tokens between a name and the noun that describes it
NEAR = 8  # tokens between a role and its body
ENDS = words("ends_description")  # "of", "who" and the like end the nouns that describe a name
ROLE_OF_VERB = {
    "head": "head", "lead": "leader", "run": "head", "edit": "editor", "coordinate": "coordinator",
    "found": "founder", "chair": "chair", "direct": "director", "establish": "founder",
    "own": "owner", "manage": "manager", "co-found": "co-founder",
}  # fmt: skip

Stated = tuple[str, str, int, int]  # role, body, where the words start and end


class Walked(Protocol):
    """The part of a walk that affiliations are told from."""

    members: Sequence[Member]
    people: People
    naming_at: dict[tuple[int, int], tuple[int, Naming]]
    resolved: dict[tuple[int, int], Resolved]

    def bodies_at(self, unit: int, token: Token) -> tuple[Referent, ...]:
        """The bodies that a token stands for."""


def describe(parsed: ParsedReport, members: Sequence[Member], people: People) -> None:
    """Give each member the roles or head nouns that the report's words give it."""
    for member in members:
        if member.kind == BODY:
            member.heads.update(_own_heads(member, people))
        for naming in member.namings:
            unit = parsed.units[naming.unit]
            for noun in (*_nouns_before(unit, naming, people), *_nouns_after(unit, naming, people)):
                _note(member, noun, people)


def _own_heads(member: Member, people: People) -> Iterator[str]:
    for word in member.words:
        if is_body(word, people):
            yield from singulars(word.lower())


def _role(noun: Token, people: People) -> str | None:
    """The role that a noun names: "editor-in-chief" is one word."""
    joined = hyphenated(noun)
    return joined if joined in people.roles else people.role_of(noun.text)


def _note(member: Member, noun: Token, people: People) -> None:
    role = _role(noun, people)
    if member.kind == PERSON and role and role not in member.roles:
        if {member.gender, people.roles.get(role, "")} == {"f", "m"}:
            return
        member.roles.append(role)
        member.gender = member.gender or people.roles.get(role, "")
    elif member.kind == BODY and is_body(noun.text, people):
        member.heads.update(singulars(noun.text.lower()))


def _nouns_before(unit: ParsedUnit, naming: Naming, people: People) -> Iterator[Token]:
    """As in "opposition activist and journalist X", "the editor, X", "the movement X"."""
    doc, i = unit.doc, naming.start - 1
    while i >= 0 and _is_title(unit, i, people):
        i -= 1
    if i >= 0 and doc[i].text == "," and _ends_apposition(unit, naming):
        i -= 1
    elif i >= 0 and doc[i].text in (",", '"'):
        return
    if i < 0 or doc[i].pos_ not in ("NOUN", "PROPN", "ADJ"):
        return
    yield doc[i]
    if i >= 2 and doc[i - 1].text == "and" and doc[i - 2].pos_ == "NOUN":
        yield doc[i - 2]


def _is_title(unit: ParsedUnit, i: int, people: People) -> bool:
    """True for "Lt" and for the point of "Brig ." that the tokeniser parted from it."""
    doc = unit.doc
    at = i - 1 if doc[i].text == "." and i else i
    return doc[at].text.lower() in people.titles


def _ends_apposition(unit: ParsedUnit, naming: Naming) -> bool:
    doc, end = unit.doc, naming.reach
    return end >= len(doc) or doc[end].text in (",", ".", ";", ")")


def _nouns_after(unit: ParsedUnit, naming: Naming, people: People) -> Iterator[Token]:
    """As in "X, 44, a lawyer and poet from Y," "X is an opposition activist and journalist"."""
    doc, i = unit.doc, naming.reach
    if i < len(doc) and doc[i].text == "," and i + 1 < len(doc) and doc[i + 1].text.isdigit():
        i += 2
    if i + 1 >= len(doc):
        return
    is_said = doc[i].lemma_ == "be" and doc[i + 1].text in ("a", "an", "the")
    if doc[i].text in (",", "(", "|") or is_said:
        yield from _noun_run(unit, i + 1, people)


def _noun_run(unit: ParsedUnit, start: int, people: People) -> Iterator[Token]:
    doc = unit.doc
    if doc[start].text in ("and", "or", "&"):
        return
    for token in doc[start : start + FURTHEST]:
        joined = hyphenated(token)
        if joined in people.roles:
            if doc[token.i - 1].text != "-":
                yield token
            continue
        if token.text in ENDS or (token.pos_ in ("VERB", "AUX") and token.dep_ not in PREMODIFIES):
            return
        inner = token.i + 1 < len(doc) and (
            doc[token.i + 1].pos_ in ("NOUN", "PROPN") or doc[token.i + 1].text in ("-", "'s")
        )
        if token.dep_ in ("nsubj", "nsubjpass"):
            return  # "according to X, a nurse told him": the nurse is someone else
        if not inner and (people.role_of(token.text) or is_body(token.text, people)):
            yield token


PREMODIFIES = ("amod", "compound")


def tell_affiliations(parsed: ParsedReport, walk: Walked) -> tuple[Affiliation, ...]:
    """Every person's role in a body that the report states, each once."""
    found: dict[tuple[str, str, str], Affiliation] = {}
    for member in walk.members:
        if member.kind != PERSON:
            continue
        for naming in member.namings:
            for role, body, start, end in _stated(parsed.units[naming.unit], naming, walk):
                key = (member.name, role, body)
                if key not in found:
                    anchor = parsed.anchor(naming.unit, start, end)
                    found[key] = Affiliation(
                        person=member.name, role=role, organisation=body, anchor=anchor
                    )
    for affiliation in _told_of_descriptions(parsed, walk):
        key = (affiliation.person, affiliation.role, affiliation.organisation)
        found.setdefault(key, affiliation)
    return tuple(found.values())


def _told_of_descriptions(parsed: ParsedReport, walk: Walked) -> Iterator[Affiliation]:
    """As in "The lawyer, who heads the centre", where the lawyer is known by name."""
    for (at, i), resolved in walk.resolved.items():
        one = resolved.referents[0]
        if resolved.phrase is None or not one.human or one.cast is None:
            continue
        unit = parsed.units[at]
        noun = unit.doc[i]
        body, end = _body_after(unit, noun, walk)
        if body:
            anchor = parsed.anchor(at, noun.idx, end)
            yield Affiliation(
                person=one.name, role=_role_words(noun), organisation=body, anchor=anchor
            )
        for role, headed, start, last in _by_verb(unit, noun, walk):
            anchor = parsed.anchor(at, start, last)
            yield Affiliation(person=one.name, role=role, organisation=headed, anchor=anchor)


def _stated(unit: ParsedUnit, naming: Naming, walk: Walked) -> Iterator[Stated]:
    doc = unit.doc
    here = doc[naming.start : naming.end]
    for noun in _nouns_after(unit, naming, walk.people):
        if _role(noun, walk.people):
            body, end = _body_after(unit, noun, walk)
            yield _role_words(noun), body, here.start_char, max(end, noun.idx + len(noun))
    for noun in _nouns_before(unit, naming, walk.people):
        if _role(noun, walk.people):
            body, start = _body_before(unit, noun, walk)
            if not body:
                body, _ = _body_after(unit, noun, walk)
            yield _role_words(noun), body, start, here.end_char
    yield from _by_verb(unit, here.root, walk)


def _by_verb(unit: ParsedUnit, head: Token, walk: Walked) -> Iterator[Stated]:
    """As in "X, who has headed the centre Y since 2015" and "X coordinates Y"."""
    verbs = [t for t in head.rights if t.dep_ == "relcl"]
    if head.dep_ == "nsubj":
        verbs.append(head.head)
    for verb in verbs:
        role = ROLE_OF_VERB.get(verb.lemma_.lower())
        thing = next((t for t in verb.rights if t.dep_ == "dobj"), None)
        if role and thing is not None:
            for body in walk.bodies_at(unit.index, thing):
                end = max(thing.idx + len(thing), head.idx + len(head))
                yield role, body.name, min(head.idx, thing.idx), end


def _role_words(noun: Token) -> str:
    doc, start = noun.doc, noun.i
    while start > 0 and doc[start - 1].dep_ in PREMODIFIES and doc[start - 1].text[0].islower():
        start -= 1
    word = hyphenated(noun) or singulars(noun.text)[-1]
    return " ".join([*(t.text for t in doc[start : noun.i]), word])


def _body_after(unit: ParsedUnit, noun: Token, walk: Walked) -> tuple[str, int]:
    """As in "chairman of the Association of ...": the body after "of", "at", "from"."""
    doc = unit.doc
    for i in range(noun.i + 1, min(noun.i + NEAR, len(doc))):
        if doc[i].text in (",", ".", ";", "who", "(") or doc[i].pos_ == "VERB":
            break
        found = walk.naming_at.get((unit.index, i))
        if found is not None and walk.members[found[0]].kind == BODY:
            last = doc[found[1].end - 1]
            return walk.members[found[0]].name, last.idx + len(last)
    return "", 0


def _body_before(unit: ParsedUnit, noun: Token, walk: Walked) -> tuple[str, int]:
    """As in "Lantern House director X", "Lantern House's director, X"."""
    doc = unit.doc
    for i in range(noun.i - 1, max(-1, noun.i - 6), -1):
        if doc[i].text in (",", ".", ";", ":") or doc[i].pos_ in ("VERB", "ADP"):
            break
        found = walk.naming_at.get((unit.index, i))
        if found is not None:
            member = walk.members[found[0]]
            start = doc[found[1].start].idx
            return (member.name, start) if member.kind == BODY else ("", noun.idx)
    return "", noun.idx
