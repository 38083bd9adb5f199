"""Whether the words about a trigger are such as its way asks for: objects, subjects, words."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from khronika.codebook.model import Way
from khronika.coding.cast import Cast
from khronika.coding.clauses import Arguments, amount, clause, conjuncts, dated, is_verb
from khronika.coding.lexicon import Entry, Lexicon
from khronika.coding.modality import DENY
from khronika.coding.negation import negation
from khronika.coding.nominal import governor
from khronika.coding.parsed import sentence_of
from khronika.text.gazetteer import gazetteer

# Verbs that always have an object: without one, their past form is a participle.
TRANSITIVE = frozenset(
    "arrest detain jail imprison sentence convict abduct kidnap murder assassinate torture deport "
    "expel acquit indict injure wound extradite sack imprison incarcerate apprehend "
    "release free fine beat search charge".split()
)


def allowed(
    unit: int,
    token: Token,
    entry: Entry,
    args: Arguments,
    matched: list[Token],
    lexicon: Lexicon,
    cast: Cast,
) -> bool:
    """True if the voice, the objects, the subject and the words are what the way asks for."""
    way = entry.way
    if not _voice_allows(token, way, args):
        return False
    if not _objects_allow(unit, token, entry, args, matched, lexicon, cast):
        return False
    if not _subject_allows(unit, token, way, args, lexicon, cast):
        return False
    if way.abroad and not goes_to_place(args, of_object=way.object != "victim"):
        return False
    return words_allow(token, entry, lexicon)


def _voice_allows(token: Token, way: Way, args: Arguments) -> bool:
    if (way.passive_only and not args.passive) or (way.active_only and args.passive):
        return False
    wants_negation = way.negated and not way.phrases and is_verb(token)
    return not wants_negation or negation(token) is not None


def _objects_allow(
    unit: int,
    token: Token,
    entry: Entry,
    args: Arguments,
    matched: list[Token],
    lexicon: Lexicon,
    cast: Cast,
) -> bool:
    way = entry.way
    objects = deep_objects(args, matched)
    within = not objects and any(t in args.object for t in matched)  # the pattern has it
    wants = way.object_is if not within else ()
    unnamed = args.elided and not objects
    if unnamed and not (entry.rest or way.after or token.lemma_.lower() in TRANSITIVE):
        return False
    if unnamed and (way.object != "victim" or (wants and "person" not in wants)):
        return False
    if wants and not unnamed and not _may_be(unit, objects, wants, lexicon, cast):
        return False
    return not (way.object_not and _is(unit, objects, way.object_not, lexicon, cast))


def _subject_allows(
    unit: int, token: Token, way: Way, args: Arguments, lexicon: Lexicon, cast: Cast
) -> bool:
    subjects = [t for t in args.subject if not dated(t)]
    if way.subject_is:
        listed = token.tag_ in ("NNS", "NNP", "NNPS")  # 'Calls on ...': the subject stands above
        if not subjects and not args.passive and not (listed or elliptic(token)):
            return False
        if subjects and not _may_be(unit, subjects, way.subject_is, lexicon, cast):
            return False
    not_it = way.subject_not and _is(unit, subjects, way.subject_not, lexicon, cast)
    return not not_it


def elliptic(verb: Token) -> bool:
    """'21 August 2023: applies for asylum.' 'Left for Riga.': whoever the notes are about."""
    if verb.tag_ not in ("VBZ", "VBD") or verb.dep_ != "ROOT":
        return False
    before = verb.doc[sentence_of(verb).start : verb.i]
    if not any(t.is_alpha for t in before):
        return verb.is_title or any(t.like_num for t in before)
    return all(not t.is_alpha or t.ent_type_ in ("DATE", "TIME") for t in before)


def goes_to_place(args: Arguments, *, of_object: bool = True) -> bool:
    """True if the verb's object, or what a preposition of motion leads, is a country or a town."""
    ends = [t for p, t in args.prepositions if p in TOWARDS]
    ends += args.object if of_object else ()
    return any(_a_place(t) for t in ends)


TOWARDS = frozenset("to for into via from across over at through towards toward by in of".split())


def _a_place(token: Token) -> bool:
    if token.pos_ != "PROPN":
        return False
    if token.ent_type_ in ("GPE", "LOC"):
        return True
    known = token.ent_type_ not in ("PERSON", "DATE", "TIME")
    return known and any(p.usual for p in gazetteer().places(token.text))


def _without_conjuncts(verb: Token) -> Iterator[Token]:
    """Everything below a verb but what is coordinated with it."""
    yield verb
    for child in verb.children:
        if child.dep_ != "conj":
            yield from child.subtree


def deep_objects(args: Arguments, matched: Sequence[Token]) -> list[Token]:
    """The objects that the pattern leaves: of 'set upon' in the active, what follows 'upon'."""
    pattern = {t.i for t in matched}
    inner = [v for t in matched if is_verb(t) for v in _below(t)]
    if inner and not any(t.pos_ != "NOUN" for t in args.object):
        return inner  # 'refused to grant her asylum': she stands with 'grant'
    if not (args.object or args.indirect):  # 'declined to enter the union'
        lower = [c for t in matched if is_verb(t) for c in t.children if c.dep_ == "dobj"]
        if lower and not any(t.i in pattern for t in lower):
            return lower
    last = matched[-1] if matched else None
    own = [t for t in args.object if t.i not in pattern]
    if last is not None and not own and last.pos_ in ("ADP", "SCONJ", "ADV", "PART"):
        after = [c for c in last.children if c.dep_ == "pobj"]
        if after:
            return after
    if args.indirect and all(amount(t) for t in own):  # 'was fined 300 tenge'
        return list(args.indirect)
    return own


def _below(verb: Token) -> list[Token]:
    """The dative, or else the object, of a verb that is part of the pattern."""
    for labels in (("dative", "iobj"), ("dobj", "obj")):
        found = [c for c in verb.children if c.dep_ in labels and c.pos_ in ("PROPN", "PRON")]
        if found:
            return found
    return []


def words_allow(token: Token, entry: Entry, lexicon: Lexicon) -> bool:
    """True if the clause and the sentence have the words that the way wants, and none it bars."""
    way = entry.way
    if way.sentence and not any(lexicon.one_of(t, way.sentence) for t in sentence_of(token)):
        return False
    if way.nearby and not any(lexicon.one_of(t, way.nearby) for t in _nearby(token)):
        return False
    if not way.clause and not way.unless:
        return True
    verb = token if is_verb(token) else governor(token)
    wide = list(_without_conjuncts(verb)) if verb is not None else list(token.subtree)
    if way.clause and not any(lexicon.one_of(t, way.clause) for t in wide):
        return False
    near = clause(token) + (clause(verb) if verb is not None and verb != token else [])
    for child in (c for t in near if t.dep_ in ("dobj", "pobj") for c in t.children):
        near += child.subtree if child.dep_ in ("acl", "relcl") else ()
    return not any(lexicon.one_of(t, way.unless) for t in near)


def _nearby(token: Token) -> Span:
    """The sentence of a token with the one before and the one after it in the paragraph."""
    doc, sentence = token.doc, sentence_of(token)
    start = sentence_of(doc[sentence.start - 1]).start if sentence.start > 0 else 0
    end = sentence_of(doc[sentence.end]).end if sentence.end < len(doc) else len(doc)
    return doc[start:end]


def _may_be(
    unit: int, heads: list[Token], names: tuple[str, ...], lexicon: Lexicon, cast: Cast
) -> bool:
    """True if one of the phrases is, or may well stand for, one of the classes."""
    wanted = set(names)
    return any(
        lexicon.one_of(token, names)
        or bool(_likely(token) & wanted)
        or bool(cast.classes(unit, token) & wanted)
        for token in [*_heads(heads), *_titles(heads)]
    )


def _titles(heads: list[Token]) -> Iterator[Token]:
    """'Judge' of 'Judge Petrenko': what a name is led by says what its bearer is."""
    for head in heads:
        if head.pos_ == "PROPN":
            yield from (c for c in head.lefts if c.dep_ == "compound" and c.is_title)


def _is(
    unit: int, heads: list[Token], names: tuple[str, ...], lexicon: Lexicon, cast: Cast
) -> bool:
    """True if one of the phrases certainly is one of the classes; a pronoun never is.

    A proper name is what the cast says of it: 'Salt Road' is no road.
    """
    wanted = set(names)
    return any(
        (token.pos_ != "PROPN" and lexicon.one_of(token, names))
        or (token.pos_ in ("NOUN", "PROPN") and bool(cast.classes(unit, token) & wanted))
        for token in _heads(heads)
    )


def _heads(heads: list[Token]) -> Iterator[Token]:
    for head in heads:
        for conjunct in conjuncts(head):
            yield conjunct
            yield from partitive(conjunct)


NAMEABLE = frozenset({"person", "people", "organisation", "bodies", "group", "media"})
PRONOUNS = {
    **dict.fromkeys("i me he him she her you who whom".split(), frozenset({"person", "people"})),
    **dict.fromkeys(("we", "us"), NAMEABLE),
    **dict.fromkeys(
        "anyone anybody someone somebody nobody no-one everyone everybody".split(),
        frozenset({"person", "people", "group"}),
    ),
    **dict.fromkeys(
        "they them it anything something nothing everything".split(),
        NAMEABLE | {"homes", "buildings", "sites", "laws"},
    ),
}


QUANTIFIERS = frozenset(
    "some many others several all both most few dozens hundreds thousands scores none each "
    "nobody everyone everybody".split()
)


def _likely(token: Token) -> frozenset[str]:
    """What a pronoun, or a name that nothing else is known of, may stand for.

    'The court dissolved Zelyony Bereg': that it was dissolved is the best evidence of what it is.
    """
    if token.ent_type_ == "MONEY":
        return frozenset()
    if titled(token):
        return TITLE
    if token.pos_ == "NUM" or token.lower_ in QUANTIFIERS:
        return NAMEABLE
    if token.lower_ in ("anybody", "anyone"):  # 'denied that it had held anybody'
        negative = negation(token.head) or any(t.lemma_ in DENY for t in token.ancestors)
        return NAMEABLE if negative else frozenset()
    if token.lower_ == "those":  # 'those arrested'
        return NAMEABLE if any(c.dep_ == "acl" for c in token.children) else frozenset()
    if token.pos_ == "PRON":
        return PRONOUNS.get(token.lower_, frozenset())
    if token.pos_ == "PROPN" and token.ent_type_ not in ("GPE", "LOC", "DATE", "TIME", "MONEY"):
        return NAMEABLE
    return frozenset()


TITLE = frozenset({"title"})
CLOSING = frozenset(('"', "'", "\u201d"))
OPENING = frozenset(('"', "``", "\u201c"))


def titled(token: Token) -> bool:
    """'"Iron Doors" came out in May': a name in quotation marks that stands for a work."""
    span = list(token.subtree) or [token]
    before, after = span[0].i - 1, span[-1].i + 1
    opened = any(i >= 0 and token.doc[i].orth_ in OPENING for i in (before, span[0].i))
    closed = any(
        i < len(token.doc) and token.doc[i].orth_[-1:] in CLOSING for i in (span[-1].i, after)
    )
    return opened and closed and token.pos_ in ("PROPN", "NOUN", "NUM")


def partitive(token: Token) -> Iterator[Token]:
    """The nouns below 'of' in 'two of the offices', 'a number of flats'."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
