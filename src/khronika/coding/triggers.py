"""Finds where a unit tells an act of the codebook: the word that sets it off, and its way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from khronika.codebook.model import Way
from khronika.coding.cast import Cast
from khronika.coding.clauses import Arguments, amount, arguments, clause, conjuncts, is_verb, undone
from khronika.coding.elliptic import elided
from khronika.coding.lexicon import (
    Entry,
    Lexicon,
    follow,
    hyphenated,
    matches,
    run_of,
    set_off,
    words_of,
)
from khronika.coding.modality import DENY, negation
from khronika.coding.parsed import ParsedUnit, sentence_of
from khronika.model.reports import PassageRole
from khronika.text.gazetteer import gazetteer

FRAGMENTS = frozenset({PassageRole.HEADLINE, PassageRole.LIST_ITEM, PassageRole.TABLE_ROW})

# Verbs with which a noun tells that the thing was done to, or done by, their subject.
UNDERGO = frozenset(
    "face suffer undergo receive endure experience survive get sustain subject encounter "
    "meet await serve deal cope contend affect".split()
)
DO = frozenset(
    "carry conduct make launch stage hold organise organize issue file lodge open start "
    "commit perform impose hand pass order announce begin initiate mount deliver send sign "
    "publish adopt introduce place execute undertake bring run lead submit present give use "
    "apply deal pronounce mete slap unleash lift grant convene address write release "
    "inflict practise practice perpetrate stage join attend instigate pursue".split()
)
OCCUR = frozenset(
    "take occur happen follow come begin start last continue be go intensify increase rise "
    "grow end unfold remain persist expect become reach total affect".split()
)
REPORTING = frozenset(
    "report document record allege claim describe denounce condemn confirm register count "
    "list detail witness see note mention deplore investigate recall protest cite observe".split()
)
ALLUDING = frozenset(
    "after before since following during despite without until over about amid ahead "
    "besides regarding concerning".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trigger with the way that it fits. `verb` governs a nominal trigger, if any does.

    `said` are the words that decide where an act is told by what somebody said.
    """

    unit: int
    head: Token
    entry: Entry
    matched: tuple[Token, ...]
    arguments: Arguments
    verb: Token | None = None
    said: tuple[Token, ...] = ()


def find_triggers(unit: ParsedUnit, lexicon: Lexicon, cast: Cast) -> Iterator[Candidate]:
    """Every trigger of a unit, at most one kind a word, in the order of the text."""
    taken: set[int] = set()
    made: list[Candidate] = []
    for token in set_off(unit.doc, lexicon.first):
        if token.i in taken or _label(token):
            continue
        found = (
            _phrase(unit, token, lexicon, cast)
            or _verb(unit, token, lexicon, cast)
            or _noun(unit, token, lexicon)
        )
        if found is not None:
            taken.update(t.i for t in found.matched)
            made = [earlier for earlier in made if not _part_of(earlier, found)]
            made.append(found)
    yield from made


def _part_of(earlier: Candidate, found: Candidate) -> bool:
    """'A vigil is planned': the noun was found first, and the verb's pattern has it too."""
    same = earlier.entry.kind.id == found.entry.kind.id
    return same and any(t.i == earlier.head.i for t in found.matched)


def _label(token: Token) -> bool:
    """'| arrest |': the name of a column, not what happened."""
    doc, i = token.doc, token.i
    alone = 0 < i < len(doc) - 1 and doc[i - 1].text == "|" and doc[i + 1].text in ("|", "]")
    return alone and not token.lower_.endswith(("ed", "en"))


def _verb(unit: ParsedUnit, token: Token, lexicon: Lexicon, cast: Cast) -> Candidate | None:
    word = hyphenated(token)
    entries = lexicon.verbs.get(word)
    if entries is None and word != token.lower_ and word not in lexicon.nouns:
        entries = lexicon.verbs.get(token.lower_)
    if not entries or not _used_as_verb(token, unit.unit.role):
        return None
    inside, window = _around(token) if any(entry.rest for entry in entries) else ([], [])
    there = words_of([*inside, *window])
    args: Arguments | None = None
    for entry in entries:
        if not all(there & alternatives for alternatives in entry.rest):
            continue  # most patterns fail here, before any order is looked at
        matched = _rest(token, inside, window, entry)
        if matched is None:
            continue
        args = args or elided(token, arguments(token, fragment=unit.unit.role in FRAGMENTS))
        said = undone(args) if _participle(token, entry, args) else args
        if _allowed(unit.index, token, entry, said, matched, lexicon, cast):
            return Candidate(
                unit=unit.index, head=token, entry=entry, matched=(token, *matched), arguments=said
            )
    return None


def _around(token: Token) -> tuple[list[Token], list[Token]]:
    """The other tokens of a verb's clause, and the few after it in the sentence."""
    inside = [t for t in clause(token) if t.i != token.i]
    return inside, list(token.doc[token.i + 1 : min(token.i + 7, sentence_of(token).end)])


# Verbs that always have an object: without one, their past form is a participle.
TRANSITIVE = frozenset(
    "arrest detain jail imprison sentence convict abduct kidnap murder assassinate torture deport "
    "expel acquit indict injure wound extradite sack imprison incarcerate apprehend "
    "release free fine beat search charge".split()
)


def _participle(token: Token, entry: Entry, args: Arguments) -> bool:
    """'the editor, detained over a leak': a past tense to the tagger, yet nobody was its object."""
    return (
        not args.passive
        and entry.way.object == "victim"
        and not (args.object or args.indirect)
        and token.tag_ in ("VBD", "VBN")
        and token.lemma_.lower() in TRANSITIVE
        and not any(c.dep_ in ("aux", "ccomp", "xcomp", "conj") for c in token.children)
    )


def _used_as_verb(token: Token, role: PassageRole) -> bool:
    if token.lower_ == "let" and token.is_title and token.dep_ == "aux":
        return True  # 'Let go on the 20th, he left'
    if token.dep_ in ("aux", "auxpass") or (token.dep_ == "amod" and token.tag_ != "VBD"):
        return False
    if token.lower_ == "according":
        return False
    if token.dep_ == "compound" and (not is_verb(token) or token.tag_ == "VBG"):
        return False
    if is_verb(token) or _among_verbs(token):
        return True
    if role in FRAGMENTS and token.dep_ == "ROOT" and token.lower_.endswith("s") and _opens(token):
        return token.tag_ in ("NNS", "NNPS", "NNP")  # 'Calls on the government to ...'
    participle = token.lower_.endswith(("ed", "en", "wn", "ught")) or token.tag_ == "VBN"
    if token.pos_ == "ADJ" and participle:
        return token.dep_ in ("acomp", "conj", "ROOT", "acl", "oprd", "advcl")
    return participle and token.pos_ in ("NOUN", "PROPN") and role in FRAGMENTS


def _among_verbs(token: Token) -> bool:
    """'rape' in 'they abduct, rape and kill villagers', which the tagger takes for a noun."""
    if token.pos_ != "NOUN" or token.dep_ != "conj" or token.lower_ != token.lemma_.lower():
        return False
    first = token.head
    while first.dep_ == "conj" and not is_verb(first):
        first = first.head
    bare = not any(c.dep_ not in ("cc", "punct", "conj") for c in token.children)
    return bare and first.tag_ in ("VB", "VBP") and _ends_in_verb(token)


def _ends_in_verb(token: Token) -> bool:
    later = [c for c in token.rights if c.dep_ == "conj"]
    return any(is_verb(c) or _ends_in_verb(c) for c in later)


def _opens(token: Token) -> bool:
    return not any(t.is_alpha for t in token.doc[sentence_of(token).start : token.i])


def _rest(
    token: Token, inside: list[Token], window: list[Token], entry: Entry
) -> list[Token] | None:
    """The words of the clause that meet the rest of the pattern; before the verb if fronted."""
    if not entry.rest:
        return []
    after = [t for t in inside if t.i > token.i and t.i - token.i <= 14]
    found = follow(after, entry.rest)
    if found is None:  # 'was denied' and relative clauses put the object first
        before = [t for t in inside if t.i < token.i]
        found = follow(before, entry.rest) if len(entry.rest) == 1 else None
    if found is not None and (any(_temporal(t) for t in found) or _beside_object(token, found)):
        return None  # 'called on Saturday', 'called her a liar on air' are no call on anybody
    if found is None:  # a parse that cut the clause short
        found = follow(window, entry.rest) if _close(window, entry) else None
    return found


def _temporal(token: Token) -> bool:
    """True of a preposition that begins a time: 'on Saturday', 'for three days'."""
    return token.pos_ == "ADP" and any(
        c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in token.children
    )


def _beside_object(verb: Token, found: list[Token]) -> bool:
    """True if the one word that is found is a preposition behind the object of such a verb."""
    if len(found) != 1 or found[0].dep_ != "prep" or verb.lemma_.lower() not in OBJECTLESS:
        return False
    labels = ("dobj", "obj", "ccomp", "oprd")
    return any(c.dep_ in labels and verb.i < c.i < found[0].i for c in verb.children)


OBJECTLESS = frozenset("call turn set go round fall jump appeal".split())


def _close(window: list[Token], entry: Entry) -> bool:
    """In the fall-back window the first word of the rest must come within three words."""
    return any(matches(t, entry.rest[0]) for t in window[:3]) if window else False


def _allowed(
    unit: int,
    token: Token,
    entry: Entry,
    args: Arguments,
    matched: list[Token],
    lexicon: Lexicon,
    cast: Cast,
) -> bool:
    way = entry.way
    if (way.passive_only and not args.passive) or (way.active_only and args.passive):
        return False
    if way.negated and not way.phrases and is_verb(token) and negation(token) is None:
        return False
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
    if way.object_not and _is(unit, objects, way.object_not, lexicon, cast):
        return False
    if not _subject_allows(unit, token, way, args, lexicon, cast):
        return False
    if way.abroad and not goes_to_place(args):
        return False
    return _words_allow(token, entry, lexicon)


def _subject_allows(
    unit: int, token: Token, way: Way, args: Arguments, lexicon: Lexicon, cast: Cast
) -> bool:
    if way.subject_is:
        listed = token.tag_ in ("NNS", "NNP", "NNPS")  # 'Calls on ...': the subject stands above
        if not args.subject and not args.passive and not (listed or elliptic(token)):
            return False
        if args.subject and not _may_be(unit, list(args.subject), way.subject_is, lexicon, cast):
            return False
    not_it = way.subject_not and _is(unit, list(args.subject), way.subject_not, lexicon, cast)
    return not not_it


def elliptic(verb: Token) -> bool:
    """'21 August 2023: applies for asylum.' 'Left for Riga.': whoever the notes are about."""
    if verb.tag_ not in ("VBZ", "VBD") or verb.dep_ != "ROOT":
        return False
    before = verb.doc[sentence_of(verb).start : verb.i]
    if not any(t.is_alpha for t in before):
        return verb.is_title or any(t.like_num for t in before)
    return all(not t.is_alpha or t.ent_type_ in ("DATE", "TIME") for t in before)


def goes_to_place(args: Arguments) -> bool:
    """True if the verb's object, or what a preposition of motion leads, is a country or a town."""
    ends = [*args.object, *(t for p, t in args.prepositions if p in TOWARDS)]
    return any(_a_place(t) for t in ends)


TOWARDS = frozenset("to for into via from across over at through towards toward by in".split())


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


def _words_allow(token: Token, entry: Entry, lexicon: Lexicon) -> bool:
    way = entry.way
    if way.sentence and not any(lexicon.one_of(t, way.sentence) for t in sentence_of(token)):
        return False
    if way.nearby and not any(lexicon.one_of(t, way.nearby) for t in _nearby(token)):
        return False
    if not way.clause and not way.unless:
        return True
    verb = token if is_verb(token) else _governor(token)
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
OPENING = frozenset(('"', "``", "\u201c"))


def titled(token: Token) -> bool:
    """'"Iron Doors" came out in May': a name in quotation marks that stands for a work."""
    first = next(iter(token.subtree), token)
    marks = [first.i - 1, first.i]
    return token.pos_ in ("PROPN", "NOUN", "NUM") and any(
        i >= 0 and token.doc[i].orth_ in OPENING for i in marks
    )


def partitive(token: Token) -> Iterator[Token]:
    """The nouns below 'of' in 'two of the offices', 'a number of flats'."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _phrase(unit: ParsedUnit, token: Token, lexicon: Lexicon, cast: Cast) -> Candidate | None:
    for entry in lexicon.phrases.get(token.lower_, ()):
        end = run_of(unit.doc, token.i, entry.rest)
        if end is None:
            continue
        span = unit.doc[token.i : end]
        verb = span.root if is_verb(span.root) else _verb_above(span.root)
        args = arguments(verb, fragment=unit.unit.role in FRAGMENTS) if verb else Arguments()
        if _allowed(unit.index, verb or span.root, entry, args, list(span), lexicon, cast):
            return Candidate(
                unit=unit.index,
                head=span.root,
                entry=entry,
                matched=tuple(span),
                arguments=args,
                verb=verb,
            )
    return None


def _verb_above(token: Token) -> Token | None:
    return next((above for above in token.ancestors if is_verb(above)), None)


def _noun(unit: ParsedUnit, token: Token, lexicon: Lexicon) -> Candidate | None:
    word = hyphenated(token)
    joined = word != token.lower_ and word in lexicon.nouns
    entries = lexicon.nouns.get(word if joined else token.lower_)
    if not entries or not (joined or _used_as_noun(token, unit.unit.role)):
        return None
    if is_verb(token) and any(c.dep_ in ("aux", "nsubj", "dobj") for c in token.children):
        return None
    for entry in entries:
        matched = _modifiers(token, entry)
        if matched is None or not _words_allow(token, entry, lexicon):
            continue
        top = next((t for t in matched if t.pos_ == "NOUN" and t.is_ancestor(token)), token)
        verb = _governor(top)
        if not told(top, entry, verb, unit.unit.role):
            continue
        args = arguments(verb) if verb is not None else Arguments()
        return Candidate(
            unit=unit.index,
            head=token,
            entry=entry,
            matched=(*matched, token),
            arguments=args,
            verb=verb,
        )
    return None


def _used_as_noun(token: Token, role: PassageRole) -> bool:
    """A common noun, not part of a name ('Court of Appeal'), a date ('March') or another noun."""
    if token.ent_type_ in ("DATE", "TIME") or token.dep_ == "compound":
        return False
    if token.pos_ == "PROPN":
        alone = all(c.pos_ != "PROPN" or c.dep_ == "appos" for c in token.children)
        return (
            alone and token.head.pos_ != "PROPN" and (role is PassageRole.HEADLINE or _the(token))
        )
    return token.pos_ in ("NOUN", "VERB")


def _the(token: Token) -> bool:
    """'the Campaign for ...': capitals of honour, not a name."""
    return token.head.pos_ != "ADP" and any(
        c.lower_ in ("the", "this", "our") for c in token.children
    )


def _modifiers(token: Token, entry: Entry) -> list[Token] | None:
    """The modifiers that the pattern wants, in order, among the four words before the noun."""
    if not entry.rest:
        return []
    before = list(token.doc[max(sentence_of(token).start, token.i - 4) : token.i])
    return follow(before, entry.rest)


def _governor(token: Token) -> Token | None:
    """The verb that a nominal trigger is an argument of, through 'cases of', 'series of', 'and'."""
    child = token
    for above in token.ancestors:
        if is_verb(above):
            return above
        linked = child.dep_ in ("pobj", "prep", "conj", "appos", "dobj", "compound", "nmod")
        if not linked or (child.dep_ == "prep" and child.lower_ not in ("of", "to", "with", "by")):
            return None
        if child.dep_ == "prep" and not (
            child.lower_ == "of" and above.lemma_.lower() in CONTAINERS
        ):
            return None
        child = above
    return None


CONTAINERS = frozenset(
    "case series wave campaign report act incident number spate string instance round threat"
    " attempt risk danger prospect possibility fear form pattern victim subject object target"
    " practice use dozen hundred thousand score episode"
    " charge order claim allegation account".split()
)


def told(token: Token, entry: Entry, verb: Token | None, role: PassageRole) -> bool:
    """True if a noun tells an act rather than alludes to one known already."""
    if role in FRAGMENTS:
        return True
    above = token.head
    if above.pos_ == "ADP" and above.lower_ in ALLUDING:
        return bool(entry.way.eventive and _dated(token))
    if verb is not None and _supports(token, verb):
        return True
    if _issued(token):
        return True
    if not entry.way.eventive:
        return False
    return _dated(token) or (detailed(token) and not _definite(token)) or _told_in_full(token)


def _definite(token: Token) -> bool:
    return any(c.dep_ == "poss" or c.lower_ in ("the", "this", "that") for c in token.children)


def _issued(token: Token) -> bool:
    """'the sentence of ten years handed down on ...': a participle says that it was done."""
    following = token.doc[token.i + 1 : min(token.i + 12, sentence_of(token).end)]
    return any(
        t.tag_ == "VBN" and t.dep_ == "acl" and t.lemma_.lower() in DO and t.lower_ != "given"
        for t in following
    )


def _dated(token: Token) -> bool:
    return any(t.ent_type_ == "DATE" and t.like_num for t in token.subtree)


def _told_in_full(token: Token) -> bool:
    """'the arrest of X by Y': both sides named."""
    prepositions = {c.lower_ for c in token.children if c.dep_ == "prep"}
    return {"of", "by"} <= prepositions


def detailed(token: Token) -> bool:
    """True if the noun has arguments of its own."""
    return any(c.dep_ in ("prep", "poss", "acl", "nummod") for c in token.children)


WITH_PREPOSITION = frozenset(
    "subject end result proceed participate take threaten deal cope contend target hit amount"
    " contribute".split()
)


def _supports(token: Token, verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    child = token
    while child.head not in (verb, child):
        child = child.head
    if child.dep_ in ("nsubj", "nsubjpass"):
        judged = lemma == "be" and any(c.dep_ in ("acomp", "attr") for c in verb.children)
        return lemma in OCCUR | DO | REPORTING | UNDERGO and not judged
    if child.dep_ == "agent":
        return lemma in ("affect", "hit", "target", "mar", "plague", "threaten")
    if child.dep_ in ("dobj", "obj") and lemma in REPORTING and _definite(token):
        below = {c.lower_ for c in token.children if c.dep_ == "prep"}
        return bool(below & {"of", "on", "against", "by"})  # 'reported the attack': known already
    if child.dep_ in ("dobj", "obj", "attr"):
        return lemma in DO | UNDERGO | REPORTING or (lemma == "be" and child.dep_ == "attr")
    if child.dep_ == "prep":
        return lemma in WITH_PREPOSITION
    return False
