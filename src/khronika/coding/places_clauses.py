"""Words that say where, and where they stand in a parse."""

from collections.abc import Iterator

from spacy.tokens import Token

from khronika.coding.parsed import sentence_of
from khronika.coding.times_clauses import (
    is_verb,
)

_AT = """
    in at near inside within outside throughout across around through on
"""
AT = frozenset(_AT.split())
_FACILITY = """
    airport prison jail colony station crossing square street avenue road boulevard lane
    bridge camp district province region village town city hamlet hospital university school
    hotel border checkpoint market mosque church cathedral park building barracks base
    detention centre center settlement oblast raion governorate county department island
    valley territory neighbourhood neighborhood quarter suburb port harbour stadium embassy
    consulate ministry office headquarters capital courthouse palace monastery cemetery mine
    factory plant highway
    terminus roadblock landing jetty pier quay ferry farm mill quarry stadium courthouse isolator
    barrack outpost depot warehouse hostel dormitory roundabout junction intersection turnoff
    track road cafe restaurant bookshop shop bar hall complex compound centre penitentiary
    gendarmerie stop rank
"""
FACILITY = frozenset(_FACILITY.split())
_ON = """
    street square avenue road boulevard lane bridge highway island border
    road track farm campus
"""
ON = frozenset(_ON.split())
_MOVES = """
    expulsion deportation extradition return transfer flight departure removal exile
"""
MOVES = frozenset(_MOVES.split())
_TAKING = """
    take kidnap abduct seize snatch remove drag pull grab disappear
"""
TAKING = frozenset(_TAKING.split())
_MOVING = """
    flee leave escape emigrate deport expel extradite return hand transfer exile remove move
    banish evacuate relocate
"""
MOVING = frozenset(_MOVING.split())
# a town before one of these belongs to its name
_BODIES = """
    association foundation group organisation organization weekly daily newspaper party
    union branch bureau correspondent movement network
"""
BODIES = frozenset(_BODIES.split())
ABOUT = frozenset(("against", "about", "over", "regarding", "concerning", "despite", "according"))
COURTS = frozenset(("court", "tribunal"))
_STATE = """
    ministry government parliament authority court police president minister administration
    service agency committee council prosecutor commission
"""
STATE = frozenset(_STATE.split())
IS_PLACE = frozenset(("GPE", "LOC", "FAC"))
LONGEST = 5  # words of a name
# towns bear these names, too, but a report means the calendar
_CALENDAR = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
"""
CALENDAR = frozenset(_CALENDAR.split())


def is_time(token: Token) -> bool:
    """'in August', 'since last March': a time, though a town may be called so."""
    return token.ent_type_ in ("DATE", "TIME") or token.lower_ in CALENDAR


def run_start(noun: Token) -> int:
    """Where the run of capitalised words begins that ends in a word."""
    start = noun.i
    while start > sentence_of(noun).start and noun.i - start < LONGEST:
        before = noun.doc[start - 1]
        if before.dep_ == "compound" and before.head == noun and before.pos_ == "NOUN":
            start -= 1  # 'Kwun Tong police station'
            continue
        if not before.text[:1].isupper() or before.pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
            break
        start -= 1
    return start


def arguments(head: Token) -> Iterator[Token]:
    """A word and the nouns below it in its own clause."""
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(
            child for child in token.children if not is_verb(child) or child.dep_ == "xcomp"
        )


def locatives(head: Token) -> Iterator[Token]:
    """The locative prepositions below a word, in its own clause."""
    for token in arguments(head):
        taken = token.lower_ == "from" and token.head.lemma_ in TAKING
        if token.dep_ in ("prep", "agent") and (token.lower_ in AT or taken):
            yield token


def doers(verb: Token) -> Iterator[Token]:
    """The subject of an active verb and the agent of a passive one."""
    for child in verb.children:
        if child.dep_ == "nsubj":
            yield child
            yield from _of(child)
        elif child.dep_ == "agent":
            yield from (t for t in child.children if t.dep_ == "pobj")
    if verb.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        yield from doers(verb.head)


def _of(noun: Token) -> Iterator[Token]:
    """'Branch 3 of the Yerevan Court': the court."""
    for prep in noun.children:
        if prep.lower_ == "of":
            yield from (t for t in prep.children if t.dep_ == "pobj" and t.lower_ in COURTS)


def is_state(noun: Token) -> bool:
    """True for a body of the state or a name that may be one."""
    return noun.lemma_.lower() in STATE or noun.pos_ == "PROPN"


def has_date(verb: Token) -> bool:
    """True if a clause has a date of its own: its place may be another than its neighbour's."""
    return any(t.ent_type_ == "DATE" for t in arguments(verb))
