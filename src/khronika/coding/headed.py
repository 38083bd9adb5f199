"""Registers and round-ups: what the head of a section says, it says of everyone listed below it.

'FINED' over 'The poet Ana Rusu, 400 lei (Orhei court, 3 May); the weekly Zorile, 700.' No word of
the lines themselves tells what was done.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from khronika.codebook.model import Kind, Way
from khronika.coding.arguments import Filled
from khronika.coding.cast import Filler
from khronika.coding.clauses import Arguments, is_verb
from khronika.coding.lexicon import Entry, Lexicon
from khronika.coding.parsed import ParsedUnit
from khronika.coding.telling import Draft, Reader
from khronika.coding.triggers import Candidate
from khronika.model.acts import ActorType, Modality, Role
from khronika.model.reports import PassageRole

NUMBERING = re.compile(r"^\W*(?:\(?[\divx]{1,4}[.)]\s*)?", re.IGNORECASE)
LONGEST = 5  # words of a heading
# What a register heads its sections with that no verb of the codebook is.
LISTS = {
    "foreign agents": "forced-designation",
    "undesirable": "forced-designation",
    "undesirables": "forced-designation",
    "undesirable organisations": "forced-designation",
    "undesirable organizations": "forced-designation",
    "extremists": "forced-designation",
    "terrorists": "forced-designation",
    "wanted": "wanted-listing",
    "struck off": "exclusion-from-register",
    "taken off the register": "exclusion-from-register",
    "stripped of citizenship": "citizenship-stripping",
    "refused registration": "registration-refusal",
    "in custody": "arrest",
    "behind bars": "arrest",
}
RULE = "/heading/listed below"
HEADS = frozenset({PassageRole.HEADLINE, PassageRole.LIST_ITEM})
LISTED = (ActorType.PERSON, ActorType.ORGANISATION)
FINITE = ("VBD", "VBZ", "VBP", "MD")


def heading(unit: ParsedUnit, lexicon: Lexicon) -> tuple[bool, Kind | None]:
    """Whether a unit heads a section, and the kind of act that it names, if it is one."""
    if unit.unit.role not in HEADS:
        return False, None
    text = NUMBERING.sub("", unit.text).strip(" .:\"'\u201c\u201d").lower()
    words = text.split()
    numbered = unit.unit.role is PassageRole.LIST_ITEM and unit.text[:1].isdigit()
    if not words or len(words) > LONGEST or not (unit.text.isupper() or numbered or _head(unit)):
        return False, None
    name = LISTS.get(text)
    if name is None and len(words) == 1:
        name = _participle(words[0], lexicon)
    return True, lexicon.kinds.get(name or "")


def _head(unit: ParsedUnit) -> bool:
    return unit.unit.role is PassageRole.HEADLINE


def _participle(word: str, lexicon: Lexicon) -> str | None:
    """The kind that 'Fined', 'Closed', 'Arrests' names, where the word has no other sense."""
    if word.endswith("ed"):
        entries = [e for e in lexicon.verbs.get(word, ()) if not e.rest and not e.way.after]
    else:
        entries = (
            [e for e in lexicon.nouns.get(word, ()) if not e.rest] if word.endswith("s") else []
        )
    kinds = {e.kind.id for e in entries if not e.kind.intervention}
    return kinds.pop() if len(kinds) == 1 else None


def listed_below(
    kind: Kind, unit: ParsedUnit, there: Sequence[Draft], made: Sequence[Draft], reader: Reader
) -> list[Draft]:
    """The tellings of a unit below such a head, with one for each whom its lines name.

    Args:
        kind: what the head of the section says.
        unit: a unit of the section.
        there: the tellings of the unit.
        made: the tellings of earlier units; what a bare line adds to the one before it, that gets.
        reader: what the coder knows of the report.

    Returns:
        The tellings of the unit in the order of the text.
    """
    found = list(there)
    for sentence in unit.doc.sents:
        told = any(sentence.start <= d.candidate.head.i < sentence.end for d in there)
        if told or any(is_verb(t) and t.tag_ in FINITE for t in sentence):
            continue
        for item in _items(sentence):
            named = _first(item, unit, reader)
            before = made[-1] if made else None
            if named is not None and before is not None and _goes_on(before, kind, unit, item):
                before.filled.actors[Role.VICTIM].extend(named[1])
            elif named is not None:
                found.append(_draft(kind, unit, *named, _doers(sentence, item, unit, reader)))
    return sorted(found, key=lambda d: d.candidate.head.i)


def _goes_on(before: Draft, kind: Kind, unit: ParsedUnit, item: Sequence[Token]) -> bool:
    """True of a line of a list that has no date, term or sum of its own, after one like it."""
    last = before.candidate
    own = any(t.text == "(" or t.like_num for t in item)
    listed = unit.unit.role is PassageRole.LIST_ITEM and not own
    return listed and last.entry.rule == f"{kind.id}{RULE}" and last.unit < unit.index


def _items(sentence: Span) -> Iterator[list[Token]]:
    """What follows a colon, cut at semicolons and where a bracket ends an entry."""
    colon = next((t.i for t in sentence if t.text.endswith(":")), sentence.start - 1)
    item: list[Token] = []
    depth = 0
    for token in sentence.doc[colon + 1 : sentence.end]:
        depth += token.text.count("(") - token.text.count(")")
        closed = token.text in (",", "and") and item and item[-1].text == ")"
        if depth == 0 and (token.text == ";" or closed):
            if item:
                yield item
            item = []
        else:
            item.append(token)
    if item:
        yield item


def _first(
    item: Sequence[Token], unit: ParsedUnit, reader: Reader
) -> tuple[Token, list[Filler]] | None:
    for token in item:
        if token.text == "(":
            return None
        if token.pos_ in ("PROPN", "NOUN"):
            fillers = [f for f in reader.cast.fillers(unit.index, token) if f.type in LISTED]
            if fillers:
                return token, fillers[:1]
    return None


def _doers(sentence: Span, item: Sequence[Token], unit: ParsedUnit, reader: Reader) -> list[Filler]:
    """The authority that the entry names, or else the words before the colon."""
    before = sentence.doc[sentence.start : item[0].i]
    for token in [*item, *before]:
        for filler in reader.cast.fillers(unit.index, token):
            if filler.type is ActorType.AUTHORITY:
                return [filler]
    return []


def _draft(
    kind: Kind, unit: ParsedUnit, head: Token, victims: list[Filler], doers: list[Filler]
) -> Draft:
    entry = Entry(kind=kind, way=Way(object="victim"), rule=f"{kind.id}{RULE}")
    candidate = Candidate(
        unit=unit.index,
        head=head,
        entry=entry,
        matched=(head,),
        arguments=Arguments(object=(head,), passive=True),
    )
    actors = {Role.VICTIM: victims} | ({Role.PERPETRATOR: doers} if doers else {})
    return Draft(
        candidate=candidate, modality=Modality.OCCURRED, filled=Filled(actors=actors), said_by=[]
    )
