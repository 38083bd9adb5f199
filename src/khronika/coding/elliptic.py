"""Tellings that leave their subject out: notes, chronologies, lists that a participle opens.

'12 May: arrested at home.' 'Freed on Sunday: the artist Mirela Pane.' 'Let go at dawn, he fled.'
"""

from dataclasses import replace

from spacy.tokens import Doc, Token

from khronika.coding.clauses import SUBJECTS, Arguments, dated, is_verb
from khronika.coding.parsed import sentence_of

# What may stand before the word that opens a note, beside a date.
LEADING = frozenset("also then again first later finally meanwhile and newly just".split())
POINTS = frozenset({",", ";", ".", "(", ")", "|", "-", "\u2013", "\u2014"})
# What stands inside a name: 'Dom na Yauze', 'Casa de los Rios'.
PARTICLES = frozenset("na de da del di du des la el al von van za pa bez".split())
FAR = 40  # tokens between a participle and the colon that its object follows


MONTHS = frozenset(
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sept sep oct nov dec".split()
)


def of_date(token: Token) -> bool:
    """True of a word of a date, also where the parser has not seen that it is one."""
    beside = token.i + 1 < len(token.doc) and token.nbor().like_num
    beside = beside or (token.i > 0 and token.nbor(-1).like_num)
    return dated(token) or (token.lower_ in MONTHS and beside)


def opens(token: Token) -> bool:
    """True if nothing stands before a word in its sentence but a date, a mark, 'also'."""
    before = token.doc[sentence_of(token).start : token.i]
    if any(t.text == "|" for t in before):
        return False
    return all(not t.is_alpha or of_date(t) or t.lower_ in LEADING for t in before)


def elided(token: Token, args: Arguments) -> Arguments:
    """The arguments of a verb that opens a note: what was done, to whom the note is about.

    Args:
        token: a verb that may set off an act.
        args: its arguments as the parse has them.

    Returns:
        The arguments with the object that the note names or leaves out; `args` itself where the
        verb opens no note.
    """
    label = token.i + 1 < len(token.doc) and token.nbor().text == ":"  # 'Observed: 6 May'
    if label or not _participle(token):
        return args
    if token.i > 0 and token.nbor(-1).text == ":" and not args.object:
        whom = phrase_at(token.doc, sentence_of(token.nbor(-1)).start)  # 'Casa Verde: liquidated'
        if whom is not None and whom.i < token.i and not of_date(whom):
            return replace(args, subject=_doers(token), object=(whom,), passive=True)
    if not opens(token):
        return args
    if any(c.dep_ in SUBJECTS and c.i < token.i and not of_date(c) for c in token.children):
        return args
    named = _after_colon(token) or _of_main_clause(token)
    own = tuple(o for o in args.object if not of_date(o) and o.i < token.i + FAR)
    doers = args.subject if args.passive else _doers(token)
    if named:
        return replace(args, subject=doers, object=(named,), passive=True)
    if args.passive and any(not of_date(o) for o in args.object):
        return args
    if own and not args.passive:  # 'fined 500 euros', 'refused asylum'
        return replace(args, subject=doers, object=own, indirect=(), passive=True, elided=True)
    return replace(args, subject=doers, object=(), passive=True, elided=True)


def _participle(token: Token) -> bool:
    if token.tag_ in ("VBN", "VBD"):
        return True
    unchanged = token.lower_ in ("shot", "let", "put", "cut", "set", "shut", "beaten", "hit")
    return unchanged and token.is_title


def _doers(token: Token) -> tuple[Token, ...]:
    """Whom 'by' names before the colon or the end of the sentence."""
    for t in token.doc[token.i + 1 : sentence_of(token).end]:
        if t.text == ":":
            break
        if t.lower_ == "by" and t.pos_ == "ADP":
            found = tuple(c for c in t.children if c.dep_ == "pobj" and not dated(c))
            if found:
                return found
    return ()


def _after_colon(token: Token) -> Token | None:
    """The head of the first phrase after a colon: 'Shot dead in Kovel on Monday: Pavel Orlin'."""
    doc = token.doc
    end = min(len(doc), sentence_of(token).end + 1, token.i + FAR)
    colon = next((i for i in range(token.i + 1, end) if doc[i].text.endswith(":")), None)
    return None if colon is None else phrase_at(doc, colon + 1)


def phrase_at(doc: Doc, start: int) -> Token | None:
    """The head of the noun phrase that starts at a token, if one does."""
    stop = start
    while stop < len(doc) and doc[stop].text not in POINTS and not is_verb(doc[stop]):
        joins = doc[stop].lower_ in PARTICLES and doc[stop - 1].pos_ == "PROPN"
        if doc[stop].pos_ in ("ADP", "CCONJ") and stop > start and not joins:
            break
        stop += 1
    nouns = [t for t in doc[start:stop] if t.pos_ in ("NOUN", "PROPN", "NUM")]
    return nouns[-1] if nouns else None


def _of_main_clause(token: Token) -> Token | None:
    """'Let go at dawn, he crossed the border': whoever did what the main clause says."""
    root = sentence_of(token).root
    if root.i <= token.i or not is_verb(root):
        return None
    subject = next((c for c in root.lefts if c.dep_ in SUBJECTS and c.i > token.i), None)
    between = token.doc[token.i + 1 : subject.i] if subject is not None else ()
    return subject if any(t.text == "," for t in between) else None


def shot_dead(token: Token) -> bool:
    """'shot' of 'two men on a motorcycle shot dead the owner', which the tagger takes for a noun.

    Or of a note: 'Shot on 4 May by strangers.'
    """
    if token.lower_ != "shot" or is_verb(token) or token.i + 1 >= len(token.doc):
        return False
    after = token.nbor()
    led = token.i > 0 and token.nbor(-1).lower_ in ("a", "the", "no", "long", "one", "first")
    if after.lower_ == "dead":
        return not led
    return token.is_title and opens(token) and after.pos_ == "ADP"


def gunmen_and_victim(token: Token) -> Arguments:
    """The arguments of a 'shot' that the parser did not take for a verb."""
    sentence = sentence_of(token)
    before = [t for t in sentence if t.i < token.i and t.pos_ in ("NOUN", "PROPN")]
    doers = [t for t in before if t.dep_ in SUBJECTS and not dated(t)] or [
        t for t in before if not dated(t) and t.head.pos_ != "ADP"
    ]
    whom = phrase_at(token.doc, token.i + 2)
    if whom is None or not doers:
        return Arguments(object=(whom,) if whom else (), passive=whom is None)
    return Arguments(subject=(doers[-1],), object=(whom,))
