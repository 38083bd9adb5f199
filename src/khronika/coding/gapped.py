"""Tellings that leave the verb out: 'A got three years and B four', 'X on Monday, Y on Tuesday'."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from khronika.coding.arguments import Filled
from khronika.coding.cast import Filler
from khronika.coding.clauses import Arguments, is_verb
from khronika.coding.parsed import ParsedUnit, sentence_of
from khronika.coding.telling import Draft, Reader, in_common
from khronika.model.acts import ActorType, Role

BOUNDS = frozenset({",", ";", "and"})
ACTORS = (ActorType.PERSON, ActorType.ORGANISATION, ActorType.GROUP)
# What is left of a telling without its verb: when, how long, how much, where to.
AMOUNTS = frozenset({"sentence", "fine"})
MOVES = frozenset({"exile", "deportation", "asylum-application", "release"})
LATER = re.compile(
    r"\b(?:(?:the )?(?:next|following|same|previous) (?:day|week|month|year|evening|morning|night)"
    r"|(?:a|one|two|three|four|five|six|\d+) (?:days?|weeks?|months?|years?) (?:later|before|after)"
    r"|the day (?:after|before)|(?:on|since) \w+day)\b",
    re.IGNORECASE,
)
TIMES = ("DATE", "TIME")
FOLLOWING = 2  # pieces after the name among which the rest of the telling stands


def gapped(there: Sequence[Draft], unit: ParsedUnit, reader: Reader) -> list[Draft]:
    """The tellings of a unit, those among them whose verb stands with the one before.

    Args:
        there: the tellings of the unit.
        unit: the unit.
        reader: what the coder knows of the report.

    Returns:
        All tellings in the order of the text.
    """
    found = list(there)
    for draft in there:
        if draft.candidate.entry.kind.intervention or not draft.victims():
            continue
        for head, fillers in _others(draft, there, unit, reader):
            draft.filled.actors[Role.VICTIM] = [
                f for f in draft.victims() if not in_common([f], fillers)
            ] or draft.victims()
            found.append(_like(draft, head, fillers))
    return sorted(found, key=lambda d: d.candidate.head.i)


def _others(
    draft: Draft, there: Sequence[Draft], unit: ParsedUnit, reader: Reader
) -> Iterator[tuple[Token, list[Filler]]]:
    """Those of whom the rest of the sentence tells the same, and where it names them."""
    pieces = list(_pieces(draft.candidate.head))
    taken = {d.candidate.head.i for d in there}
    for place, piece in enumerate(pieces):
        if any(t.i in taken for t in piece):
            return  # another verb tells what follows
        named = _named(piece, unit, reader)
        before = piece[0].doc[sentence_of(piece[0]).start : piece[0].i]
        if named is None or not _bare(piece) or not _parallel(list(before), draft.kind):
            continue
        head, fillers = named
        told = [d for d in there if d.kind == draft.kind and d is not draft]
        if any(in_common(d.victims(), fillers) for d in told):
            continue
        alone = len(draft.victims()) < 2 and in_common(draft.victims(), fillers)
        doers = draft.filled.actors.get(Role.PERPETRATOR, [])
        if alone or in_common(doers, fillers) or in_common(draft.said_by, fillers):
            continue
        rest = [t for t in piece if t.i > head.i]
        for following in pieces[place + 1 : place + 1 + FOLLOWING]:
            if _left_over(rest, draft.kind) or not _bare(following):
                break
            rest = list(following)
        if _left_over(rest, draft.kind):
            yield head, fillers


def _pieces(head: Token) -> Iterator[list[Token]]:
    """What follows a trigger in its sentence, cut at commas, semicolons and 'and'."""
    piece: list[Token] = []
    depth = 0
    for token in head.doc[head.i + 1 : sentence_of(head).end]:
        depth += (token.text == "(") - (token.text == ")")
        if token.lower_ in BOUNDS and depth == 0:
            if piece:
                yield piece
            piece = []
        else:
            piece.append(token)
    if piece:
        yield piece


def _bare(piece: Sequence[Token]) -> bool:
    """True if no verb stands in it but one that describes a term ('suspended')."""
    return not any(is_verb(t) and t.lower_ not in ("suspended", "half") for t in piece)


def _named(
    piece: Sequence[Token], unit: ParsedUnit, reader: Reader
) -> tuple[Token, list[Filler]] | None:
    """Whom a piece opens with, after an article and the like."""
    for token in piece[:6]:
        if token.pos_ in ("ADP", "SCONJ", "ADV") or token.ent_type_ in ("DATE", "TIME"):
            return None
        fillers = [f for f in reader.cast.fillers(unit.index, token) if f.type in ACTORS]
        led = piece[0].pos_ in ("DET", "PRON", "NUM")  # 'a nurse', 'her husband'; not 'nurse'
        if fillers and (token.pos_ == "PROPN" or (token.pos_ == "NOUN" and led)):
            last = token
            while last.i + 1 < piece[-1].i + 1 and last.nbor().pos_ == "PROPN":
                last = last.nbor()
            return last, fillers
    return None


def _left_over(rest: Sequence[Token], kind: str) -> bool:
    """What is left of a telling: a date, a term, a sum, a place to go to."""
    if not rest:
        return False
    text = rest[0].doc[rest[0].i : rest[-1].i + 1].text
    if kind in AMOUNTS and (rest[0].like_num or rest[0].lower_ in ("to", "half")):
        return rest[0].ent_type_ not in TIMES or kind == "sentence"
    if kind in MOVES and rest[0].lower_ in ("to", "for", "from") and len(rest) > 1:
        return rest[1].pos_ == "PROPN"
    dates = [t for t in rest if t.ent_type_ in TIMES and (t.like_num or t.pos_ == "PROPN")]
    opened = rest[0].text == "(" or rest[0].ent_type_ == "DATE" or rest[0].lower_ == "on"
    return bool(LATER.match(text)) or bool(dates and opened)


def _parallel(before: Sequence[Token], kind: str) -> bool:
    """True if the verb's own clause says when, how long or where to, as what follows does."""
    if kind in AMOUNTS and any(t.like_num for t in before):
        return True
    if kind in MOVES and any(t.lower_ in ("to", "for") for t in before):
        return True
    return any(t.ent_type_ in TIMES for t in before)


def _like(draft: Draft, head: Token, fillers: list[Filler]) -> Draft:
    candidate = replace(
        draft.candidate,
        head=head,
        matched=(head,),
        arguments=Arguments(object=(head,), passive=True),
        verb=None,
        said=(),
    )
    actors: dict[Role, list[Filler]] = {
        role: list(there)
        for role, there in draft.filled.actors.items()
        if role not in (Role.VICTIM, Role.SOURCE)
    }
    actors[Role.VICTIM] = fillers
    return Draft(
        candidate=candidate,
        modality=draft.modality,
        filled=Filled(actors=actors),
        said_by=list(draft.said_by),
    )
