"""Who a description names itself: names in apposition, examples, the body that agents act for."""

from dataclasses import replace

from spacy.tokens import Doc, Token

from khronika.coding.cast_board import ONE, Board
from khronika.coding.cast_lists import after_sign
from khronika.coding.cast_phrases import Phrase, classes_of
from khronika.coding.cast_scene import Referent
from khronika.coding.parsed import ParsedUnit
from khronika.model.acts import ActorType
from khronika.text.people import words

AGENTS = words("agents")  # plural words for those who act for a body: "officers", "troops"
MORE_OF_THEM = frozenset({"second", "third", "another", "other", "different"})
STAFF = frozenset({"employees", "staff", "personnel", "men", "guards", "security"})
PARTS = words("parts")  # of a body, that stand for it: "the Oslo office of ..."
TEAMS = frozenset({"team", "squad", "group", "unit", "detachment"})
INTRODUCERS = (("including",), ("included",), ("among", "them"), ("such", "as"), ("among", "whom"))
FIRST_INTRODUCERS = frozenset(each[0] for each in INTRODUCERS)
FURTHEST_EXAMPLE = 16  # tokens after the phrase


def named_beside(board: Board, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
    """The names in apposition: "lawyer Ruth Achieng", "his sons, A and B"."""
    for start in dict.fromkeys((phrase.end, phrase.core.i + 1)):
        found = _named_at(board, unit, phrase, start)
        if found:
            return found
    found = _after_complement(board, unit, phrase)
    if found:
        return found
    core = phrase.core
    if phrase.start > 1 and unit.doc[phrase.start - 1].text == "|":
        referent = board.name_at(unit.index, phrase.start - 2)
        if referent is not None and _agree(phrase, referent):
            return (referent,)
    if core.dep_ == "appos":
        referent = board.name_at(unit.index, core.head.i)
        if referent is not None and _agree(phrase, referent):
            return (referent,)
    return ()


def _after_complement(board: Board, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
    """As in "the editor of Sol, Ana Ruiz," and "a driver for the union, Luis Paz,"."""
    doc, start = unit.doc, phrase.core.i + 1
    if phrase.plural or start >= len(doc) or doc[start].text not in ("of", "at", "for", "from"):
        return ()
    comma = next((i for i in range(start, min(start + 9, len(doc))) if doc[i].text == ","), None)
    if comma is None or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[start:comma]):
        return ()
    i = comma + 1
    while i < len(doc) and doc[i].text.lower() in board.people.titles:
        i += 2 if doc[i + 1 : i + 2].text == "." else 1
    referent = board.name_at(unit.index, i)
    if referent is None or not _agree(phrase, referent):
        return ()
    end = board.naming_at[unit.index, i][1].reach
    closes = end >= len(doc) or doc[end].text in (",", ".", ";", ")")
    return (referent,) if closes else ()


def _named_at(board: Board, unit: ParsedUnit, phrase: Phrase, start: int) -> tuple[Referent, ...]:
    doc = unit.doc
    parted = start < len(doc) and doc[start].text in (",", ":", "-", "--", "–")
    i = start + parted
    while i < len(doc) and doc[i].text.lower() in board.people.titles:
        i += 2 if doc[i + 1 : i + 2].text == "." else 1
    referent = board.name_at(unit.index, i)
    if referent is None or not _agree(phrase, referent):
        return ()
    if parted and not _closes(board, unit, phrase, i):
        return ()
    if not parted and not _is_flat(board, unit, phrase.core, i):
        return ()
    return board.list_from(unit, i) if phrase.plural else (referent,)


def _is_flat(board: Board, unit: ParsedUnit, core: Token, start: int) -> bool:
    """True where noun and name hang on each other, or the noun runs up to the name."""
    naming = board.naming_at[unit.index, start][1]
    inside = range(naming.start, naming.end)
    if core.head.i in inside or any(t.head == core for t in unit.doc[naming.start : naming.end]):
        return True
    titles = board.people.titles
    gap = [t for t in unit.doc[core.i + 1 : naming.start] if t.text.lower() not in titles]
    person = board.people.role_of(core.text) is not None
    single_body = not person and core.tag_ == "NN"  # "the radio station Onda Libre"
    return not gap and (person or single_body or core.dep_ in ("compound", "nmod", "amod"))


def _closes(board: Board, unit: ParsedUnit, phrase: Phrase, start: int) -> bool:
    """A name between commas is in apposition, unless a list goes on."""
    doc = unit.doc
    end = board.naming_at[unit.index, start][1].reach
    if phrase.plural or end >= len(doc):
        return True
    appos = any(t.dep_ == "appos" for t in phrase.core.rights)
    return appos or (doc[end].text in (",", ".", ";", ")", "-") and phrase.core.dep_ != "conj")


def _agree(phrase: Phrase, referent: Referent) -> bool:
    """A noun for people goes with a person's name, one for a body with a body's."""
    if "person" in phrase.classes:
        unlike = phrase.gender and referent.gender and phrase.gender != referent.gender
        return referent.human and not unlike
    return not referent.human and referent.type is not ActorType.COUNTRY


def examples(board: Board, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
    """As in "15 editors, including A and B": the named stand beside those who are not."""
    if not phrase.plural:
        return ()
    doc = unit.doc
    if doc[phrase.end : phrase.end + 1].text == "(":
        return _in_brackets(board, unit, phrase.end + 1)
    for i in range(phrase.end, min(phrase.end + FURTHEST_EXAMPLE, len(doc) - 2)):
        step = _introduced(doc, i)
        if not step and doc[i].tag_ == "NNS" and classes_of(doc[i], board.people):
            return ()  # the examples are of those who are nearer
        if step:
            return _examples_from(board, unit, i + step)
        if doc[i].text in (":", "-", "--", "–", "—") and (found := after_sign(board, unit, i)):
            count = phrase.count.most if phrase.count else None
            return found if count in (None, len(found)) else ()
        if doc[i].text in (".", ";", ":", '"') and not _introduced(doc, i + 1):
            return ()
    return ()


def _in_brackets(board: Board, unit: ParsedUnit, start: int) -> tuple[Referent, ...]:
    """As in "institutions (the Court, the Council, ...)": two or more names in brackets."""
    doc = unit.doc
    i = start + (doc[start : start + 1].text.lower() == "the")
    found = board.list_from(unit, i) if (unit.index, i) in board.naming_at else ()
    return found if len(found) > 1 else ()


def _introduced(doc: Doc, i: int) -> int:
    """How many tokens introduce examples at `i`: 2 for "among them"."""
    if i >= len(doc) or doc[i].text.lower() not in FIRST_INTRODUCERS:
        return 0
    for each in INTRODUCERS:
        if tuple(t.text.lower() for t in doc[i : i + len(each)]) == each:
            return len(each)
    return 0


def _examples_from(board: Board, unit: ParsedUnit, start: int) -> tuple[Referent, ...]:
    """The names after the introduction, over "is", "the editor," and the like."""
    doc = unit.doc
    for i in range(start, min(start + 9, len(doc))):
        if doc[i].text in (".", ";"):
            break
        if (unit.index, i) in board.naming_at:
            found = board.list_from(unit, i)
            return tuple(r for r in found if r.type is not ActorType.COUNTRY)
    return ()


def agents_of(board: Board, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
    """As in "officers of the Security Committee": they act for the Committee."""
    core = phrase.core
    if core.text.lower() in AGENTS:
        body = _body_of(board, unit, core)
        staff = core.text.lower() in STAFF and body is not None
        if body is not None and not (staff and body.type is not ActorType.AUTHORITY):
            count = phrase.count if phrase.count != ONE else None
            return (replace(body, count=count, plural=True, role=phrase.role),)
    if phrase.role in PARTS:
        body = _body_of(board, unit, core)
        if body is not None:
            return (body,)
    more = {t.text.lower() for t in core.lefts} & MORE_OF_THEM
    if more and phrase.role in TEAMS and core.dep_ in ("nsubj", "pobj"):
        return board.scene.pick(
            lambda m: m.plural and m.one.type is ActorType.AUTHORITY,
            board.spot(unit, core),
            reach=5.0,
            margin=0.0,
        )
    return ()


def _body_of(board: Board, unit: ParsedUnit, core: Token) -> Referent | None:
    """The body named before or after the noun: "KGB officers", "agents of the Ministry"."""
    near = [t for t in core.lefts if t.dep_ in ("compound", "nmod", "amod", "poss")]
    before = {t.i for t in near if t.dep_ != "poss"}
    for prep in core.rights:
        if prep.dep_ == "prep" and prep.text in ("of", "from", "with"):
            near += [t for t in prep.rights if t.dep_ == "pobj"]
    for token in near:
        found = board.name_at(unit.index, token.i)
        own_word = token.i in before  # "security agents" are agents, not "security"
        if found is None and not own_word and (unit.index, token.i) in board.resolved:
            found = board.resolved[unit.index, token.i].referents[0]
        if found is not None and found.classes & {"organisation", "authority"} and not found.human:
            return found
    return None
