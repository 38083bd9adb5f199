"""Who says it: the speakers of the clause that tells an act, nested ones too.

Three constructions: a clause under a verb of saying; 'according to X', 'in X's words'; words
between quotation marks whose speaker stands in the same or a neighbouring sentence.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from khronika.coding.arguments import expand, own_word
from khronika.coding.cast import Cast, Filler
from khronika.coding.clauses import arguments, is_verb
from khronika.coding.parsed import ParsedUnit, quotations, sentence_of
from khronika.model.acts import ActorType

SPEECH = frozenset(
    "say tell state claim insist maintain assert argue add reply respond answer write "
    "report note contend stress declare announce comment explain confirm repeat recall "
    "recount testify allege complain warn deny reject admit acknowledge remark observe "
    "believe estimate reveal disclose mention describe point inform inquire ask continue "
    "conclude emphasise emphasize underline accuse charge protest post tweet record "
    "document quote cite assure concede fear reckon suspect swear predict relate show count tally "
    "log worry".split()
)
# Verbs whose object is what is told: 'the activists reported cases of shadowing'.
TELLING = frozenset(
    "report allege claim describe document record recount confirm deny count show tally log".split()
)
OPINION = frozenset({"view", "opinion", "word", "account", "estimate", "count", "version"})
CONTENT = frozenset({"claim", "allege", "report", "deny", "admit", "complain", "dispute"})
CIRCUMSTANCE = frozenset({"after", "before", "when", "while", "as", "because", "since", "if"})
DOCUMENTS = frozenset(
    "letter statement report appeal petition release communique note bulletin resolution "
    "ruling complaint lawsuit application submission survey study notice record records data "
    "figures tally register".split()
)


def speakers(unit: ParsedUnit, trigger: Token, cast: Cast) -> list[Filler]:
    """Everyone who tells what `trigger` tells, the nearest first; empty for the report itself."""
    found: list[Filler] = []
    for token in _speaker_tokens(unit, trigger):
        for filler in _said(unit.index, token, cast):
            if all(filler.name != other.name for other in found):
                found.append(filler)
    answering = cast.speakers(unit.index, trigger) if _may_add(unit, trigger, found) else ()
    return [*found, *(f for f in answering if all(f.name != other.name for other in found))]


def _may_add(unit: ParsedUnit, trigger: Token, found: list[Filler]) -> bool:
    """In an interview whoever answers tells everything; a quotation has its one speaker."""
    return not found or _quotation(unit.doc, trigger) is None


def _said(unit: int, token: Token, cast: Cast) -> Iterator[Filler]:
    fillers = list(expand(token, unit, cast))
    if fillers:
        yield from fillers
    elif token.lemma_.lower() in DOCUMENTS:
        authors = [f for t in _authors(token) for f in expand(t, unit, cast)]
        yield from authors or (own_word(token, ActorType.GROUP),)


def _authors(document: Token) -> Iterator[Token]:
    """Whoever put the document out: its possessor, 'a statement by X', 'X issued a statement'."""
    for child in document.children:
        if child.dep_ == "poss":
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            yield from (c for c in child.children if c.dep_ == "pobj")
    verb = document.head
    if is_verb(verb) and document.dep_ in ("dobj", "pobj"):
        yield from arguments(verb).subject
    elif verb.pos_ == "ADP" and is_verb(verb.head) and verb.lower_ in ("in", "through"):
        yield from arguments(verb.head).subject


def _speaker_tokens(unit: ParsedUnit, trigger: Token) -> Iterator[Token]:
    verbs = list(_saying_above(trigger))
    for verb in verbs:
        yield from _subject_of(verb)
    yield from _according_to(trigger)
    inside = _quotation(unit.doc, trigger)
    within = inside and all(inside[0] <= verb.i < inside[1] for verb in verbs)
    outside = _verb_of_quotation(unit.doc, inside) if inside and within else None
    if outside is not None:
        yield from _subject_of(outside)


def _subject_of(verb: Token) -> Sequence[Token]:
    """Whoever does the saying; of 'was told by X', X; of '..., saying that', the main subject."""
    if verb.tag_ == "VBG" and verb.dep_ == "advcl":
        root = next((t for t in verb.ancestors if t.dep_ == "ROOT"), verb)
        return arguments(root).subject if is_verb(root) else ()
    return arguments(verb).subject


def _saying_above(trigger: Token) -> Iterator[Token]:
    """Verbs of saying that govern the trigger's clause, from near to far."""
    child = trigger
    for above in trigger.ancestors:
        lemma = above.lemma_.lower()
        if is_verb(above) and lemma in SPEECH and not _parted(child, above):
            clause = child.dep_ in ("ccomp", "parataxis", "advcl") and _is_content(child, above)
            told = child.dep_ in ("dobj", "obj") and lemma in TELLING
            content = child.dep_ in ("xcomp", "prep", "pcomp") and lemma in CONTENT
            accused = child.dep_ == "prep" and lemma == "accuse"
            if clause or told or content or accused:
                yield above
        child = above
    yield from _inserted(trigger)


def _parted(one: Token, other: Token) -> bool:
    """True if a semicolon stands between: what is said ends there."""
    first, last = sorted((one.i, other.i))
    return any(t.text == ";" for t in one.doc[first:last])


def _is_content(child: Token, above: Token) -> bool:
    if child.dep_ == "advcl":
        marks = {c.lower_ for c in child.children if c.dep_ == "mark"}
        return not marks & CIRCUMSTANCE and above.i > child.i
    return True


def _inserted(trigger: Token) -> Iterator[Token]:
    """', he said,' set beside the clause: a verb of saying that the parser hung below it."""
    root = trigger
    while root.head != root and not (is_verb(root) and root.dep_ in ("ccomp", "relcl")):
        root = root.head
    for child in root.children:
        saying = is_verb(child) and child.lemma_.lower() in SPEECH
        beside = child.dep_ in ("parataxis", "ccomp", "dep", "advcl")
        empty = not any(c.dep_ in ("ccomp", "dobj", "mark") for c in child.children)
        finite = child.tag_ != "VBG" or child.lemma_.lower() in ("say", "add")
        if saying and beside and empty and finite and trigger not in child.subtree:
            yield child


def _according_to(trigger: Token) -> Iterator[Token]:
    for token in sentence_of(trigger):
        if token.lower_ == "according" and token.i + 1 < len(token.doc):
            to = token.doc[token.i + 1]
            yield from (c for c in to.children if c.dep_ == "pobj")
        if token.lemma_.lower() in OPINION and token.head.lower_ in ("in", "by"):
            yield from (c for c in token.children if c.dep_ == "poss")


def _quotation(doc: Doc, trigger: Token) -> tuple[int, int] | None:
    return next((q for q in quotations(doc) if q[0] <= trigger.i < q[1]), None)


def _verb_of_quotation(doc: Doc, inside: tuple[int, int]) -> Token | None:
    """The verb of saying nearest outside the quotation: after it first, then before it."""
    start, end = inside
    after = [t for t in doc[end : min(len(doc), end + 12)] if _says(t)]
    if after:
        return after[0]
    before = [t for t in doc[max(0, start - 12) : start] if _says(t)]
    if before:
        return before[-1]
    sides = [q for q in quotations(doc) if q[0] >= end or q[1] <= start]
    return _verb_between(doc, inside, sides)


def _verb_between(doc: Doc, inside: tuple[int, int], others: list[tuple[int, int]]) -> Token | None:
    """A quotation that goes on after another one has the same speaker, unless one is named."""
    earlier = [q for q in others if q[1] <= inside[0]]
    if not earlier:
        return None
    last = earlier[-1]
    return next((t for t in doc[last[1] : min(last[1] + 12, inside[0])] if _says(t)), None)


def _says(token: Token) -> bool:
    return is_verb(token) and token.lemma_.lower() in SPEECH
