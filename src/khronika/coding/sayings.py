"""What is said: the words that a verb of saying, or a noun for a message, introduces."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from khronika.coding.clauses import is_verb
from khronika.coding.parsed import ParsedUnit, quotations, sentence_of

# Verbs by which one says something to another, and those that say how.
TELL = frozenset(
    "tell warn inform promise assure caution advise notify swear vow remind text message "
    "email".split()
)
SAY = frozenset(
    "say shout yell scream hiss whisper write add reply answer read growl mutter state "
    "announce declare post comment continue remark snap sneer bark put note".split()
)
# Verbs that put a name to somebody.
LABEL = frozenset(
    "call brand label dub term name describe depict portray present introduce denounce list refer "
    "characterise characterize style paint mention slam dismiss cast".split()
)
# Nouns for words that come from somebody unseen.
MESSAGES = frozenset(
    "message text call letter note caller voicemail leaflet email e-mail sms flyer flier "
    "postcard card voice slogan graffiti graffito inscription post comment scrawl dm whatsapp "
    "envelope words".split()
)
GET = frozenset("receive get find have see read hear open".split())
SAYING = TELL | SAY | LABEL


@dataclass(frozen=True, slots=True)
class Said:
    """Words, the verb (or noun) that says that they were said, and whether they are quoted."""

    head: Token
    words: tuple[Token, ...]
    quoted: bool


def sayings(unit: ParsedUnit) -> Iterator[Said]:
    """Every saying of a unit that words follow, precede or surround."""
    quoted = quotations(unit.doc)
    used: set[int] = set()
    for token in unit.tokens:
        if not is_verb(token) or token.lemma_.lower() not in SAYING:
            continue
        words = _label_given(token) if token.lemma_.lower() in LABEL else _clause_said(token)
        if token.lemma_.lower() == "put" and token.nbor().lower_ != "it":
            continue
        beside = [q for q in quoted if _beside(q, token)]
        if beside:
            used.update(start for start, _ in beside)
            words = [*words, *(t for a, b in beside for t in unit.doc[a:b] if t not in words)]
        if words:
            yield Said(head=_getting(token) or token, words=tuple(words), quoted=bool(beside))
    for start, end in quoted:
        head = _message_before(unit, start) if start not in used else None
        if head is not None:
            yield Said(head=head, words=tuple(unit.doc[start:end]), quoted=True)


def _getting(verb: Token) -> Token | None:
    """'received' in 'received a message that read: ...': the message itself threatens nobody."""
    for child in verb.children:
        if child.dep_ == "nsubj":
            relative = child.lower_ in ("that", "which") and verb.dep_ == "relcl"
            noun = verb.head if relative else child
            above = noun.head
            if noun.lemma_.lower() in MESSAGES and noun.dep_ == "dobj" and is_verb(above):
                return above if above.lemma_.lower() in GET else None
    return None


def _label_given(verb: Token) -> list[Token]:
    """What stands behind a verb that puts a name to somebody."""
    return list(verb.doc[verb.i + 1 : sentence_of(verb).end])


def _clause_said(verb: Token) -> list[Token]:
    """The clause or infinitive below a verb of saying; from 'that' on where the parse is odd."""
    sentence = sentence_of(verb)
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp", "advcl", "relcl") and is_verb(child):
            marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
            if not marks & {"when", "while", "after", "because", "as", "since", "before"}:
                said = [t for t in child.subtree if t.i > verb.i]
                rest = verb.doc[said[-1].i + 1 : sentence.end] if said else ()
                either = any(t.lower_ in ("or", "otherwise") for t in rest[:2])
                return [*said, *rest] if either else said
    for token in verb.doc[verb.i + 1 : min(verb.i + 15, sentence.end)]:
        if token.lower_ == "that":
            return list(verb.doc[token.i + 1 : sentence.end])
    return []


def _beside(quotation: tuple[int, int], verb: Token) -> bool:
    """True if words in quotation marks touch the sentence of a verb outside them."""
    start, end = quotation
    if start <= verb.i < end:
        return False
    sentence = sentence_of(verb)
    inside = start < sentence.end and sentence.start < end
    before = 0 <= sentence.start - end <= 1 and verb.i - end <= 8
    after = 0 <= start - sentence.end <= 1 and verb.doc[sentence.end - 1].orth_ in (",", ":", '"')
    return inside or before or after


def _message_before(unit: ParsedUnit, start: int) -> Token | None:
    """What governs 'messages' in 'She had been getting messages for weeks: "..."'."""
    before = unit.doc[max(0, start - 2) : start]
    if not any(t.orth_ in (":", ",") for t in before):
        return None
    sentence = sentence_of(unit.doc[max(0, start - 2)])
    for token in reversed(list(sentence)):
        if token.i < start and token.lemma_.lower() in MESSAGES and token.pos_ == "NOUN":
            verb = next((a for a in (token, *token.ancestors) if is_verb(a)), None)
            return verb if verb is not None and verb.i < start else token
    return None
