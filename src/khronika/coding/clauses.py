"""What a dependency parse says of a verb: its deep subject and object, its clause, its complements.

Labels are those of the English spaCy pipelines (ClearNLP). Every function reads the parse and
changes nothing; all walks are bounded by the sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from khronika.coding.parsed import sentence_of

CLAUSAL = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj", "csubjpass"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# Verbs whose past tense and participle the tagger can only guess at.
UNCHANGED = frozenset("set beat shut put hit cut cast let hurt held".split())
LINKS = frozenset({"pobj", "conj", "prep"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
# The object of these does what the infinitive says: 'forced the station to close'.
OBJECT_CONTROL = frozenset(
    "force order compel allow ask tell urge require oblige cause permit enable pressure "
    "instruct get want push lead make let help invite persuade expect sentence".split()
)
FOIL = frozenset("foil thwart prevent stop uncover frustrate avert".split())
MONEY = frozenset(
    "dollar euro pound rouble ruble tenge hryvnia lira lari rupee baht yuan peso dinar rial "
    "dirham franc krona krone zloty som manat taka kyat dong riyal shilling naira rand real "
    "fine sum amount usd eur".split()
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The deep arguments of a verb: heads of phrases, conjuncts not yet followed."""

    subject: tuple[Token, ...] = ()
    object: tuple[Token, ...] = ()
    indirect: tuple[Token, ...] = ()
    prepositions: tuple[tuple[str, Token], ...] = ()
    passive: bool = False
    inherited: bool = field(default=False)  # the subject stands with another verb
    elided: bool = field(default=False)  # a note that leaves out to whom it was done


def is_verb(token: Token) -> bool:
    """True if the tagger or the form says that this is used as a verb."""
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def passive(verb: Token) -> bool:
    """True if the verb is passive by an auxiliary, by its place, or shared from a conjunct."""
    labels = {child.dep_ for child in verb.children}
    if labels & {"auxpass", "nsubjpass", "agent"}:
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod"):
        return not _whole_sentence(verb)
    if caused(verb):
        return True
    if verb.dep_ == "acomp" and verb.head.lemma_ == "be":
        return verb.head.tag_ in ("VBD", "VBN", "VB")  # 'was closed' happened, 'is closed' lasts
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not labels & {"aux", "nsubj", "dobj"}:
        return True
    if verb.dep_ == "conj" and is_verb(verb.head) and not labels & SUBJECTS:
        objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
        bare = not any(c.dep_ == "aux" for c in verb.children)
        if verb.tag_ in ("VBN", "VBD") and bare and (not objects or amount(objects[0])):
            return passive(verb.head)
    return False


def _whole_sentence(verb: Token) -> bool:
    """'Four men set upon her at her door.': no other verb, so the participle is a past tense."""
    sentence = sentence_of(verb)
    return (
        verb.head.dep_ == "ROOT"
        and verb.dep_ == "acl"
        and verb.lower_ in UNCHANGED
        and sentence[-1].text == "."
        and not any(c.lower_ == "by" for c in verb.children)
    )


def in_other_cell(token: Token, verb: Token) -> bool:
    """True if the edge of a cell stands between: what the parser joins, the row parts."""
    first, last = sorted((token.i, verb.i))
    return any(t.text == "|" for t in token.doc[first:last])


def dated(token: Token) -> bool:
    """True of a date, which the parser takes for an object where no preposition leads it."""
    return token.ent_type_ in ("DATE", "TIME") or token.text[0].isdigit()


def _shared_objects(verb: Token) -> tuple[Token, ...]:
    """Of 'beat' in 'beat and robbed the driver', 'beat, robbed and left the driver': the driver."""
    if passive(verb):
        return ()
    last = verb
    while (after := next((c for c in last.rights if c.dep_ == "conj"), None)) is not None:
        between = verb.doc[last.i + 1 : after.i]
        own = {c.dep_ for c in after.children}
        if own & (SUBJECTS | {"auxpass"}) or any(t.dep_ not in JOINING for t in between):
            return ()
        found = tuple(c for c in after.children if c.dep_ in ("dobj", "obj") and c.i > after.i)
        if found:
            return found if after.tag_ == verb.tag_ or verb.tag_.startswith("VB") else ()
        last = after
    return ()


JOINING = frozenset({"cc", "punct", "advmod", "neg"})


def small_clause(verb: Token) -> bool:
    """'let her go', 'found him not guilty', 'urged the ministry to free them': no finite verb."""
    labels = {c.dep_ for c in verb.children}
    return (
        verb.dep_ == "ccomp"
        and bool(labels & SUBJECTS)
        and "mark" not in labels
        and (verb.tag_ == "VB" or not is_verb(verb) or _bare(verb))
        and not any(c.dep_ == "aux" and c.lower_ != "to" for c in verb.children)
    )


def _bare(verb: Token) -> bool:
    """'let all nine of them go': no infinitive to the tagger, though nothing else follows 'let'."""
    return verb.tag_ == "VBP" and verb.head.lemma_.lower() in (
        "let",
        "make",
        "help",
        "see",
        "watch",
    )


# What these forbid or end is a thing: the verb after it is a participle, whatever the parser says.
OF_THINGS = frozenset("forbid ban prohibit cancel block disperse disallow outlaw postpone".split())


def _misread(verb: Token) -> bool:
    """'forbade the rally called for Sunday': no clause, but a noun and its participle."""
    return (
        verb.dep_ == "ccomp"
        and verb.tag_ in ("VBD", "VBN")
        and verb.head.lemma_.lower() in OF_THINGS
        and any(c.dep_ in SUBJECTS and c.i > verb.head.i for c in verb.children)
        and not any(c.dep_ in ("mark", "aux", "auxpass") for c in verb.children)
    )


def _small_subject(verb: Token) -> Token:
    return next(c for c in verb.children if c.dep_ in SUBJECTS)


def caused(verb: Token) -> bool:
    """'had the site blocked', 'saw him beaten': passive, and the verb above may name the doer."""
    return (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ in ("ccomp", "xcomp")
        and verb.head.lemma_ in ("have", "get", "see")
        and not any(c.dep_ in ("aux", "auxpass", "mark", "dobj") for c in verb.children)
    )


def amount(token: Token) -> bool:
    """True of a sum of money."""
    return token.lemma_.lower() in MONEY or token.ent_type_ == "MONEY"


def arguments(verb: Token, *, fragment: bool = False) -> Arguments:
    """The deep arguments of a verb; in a fragment (a headline) a bare past form is passive.

    Returns:
        Heads only: `conjuncts` gives those coordinated with each.
    """
    surface, inherited = surface_subjects(verb)
    objects = tuple(c for c in verb.children if c.dep_ in ("dobj", "obj", "attr", "oprd"))
    objects = tuple(_relative(o, verb) for o in objects if o.dep_ != "attr")
    if fragment:  # '| arrested 03.05.2021, Hai Phong | no trial yet'
        objects = tuple(o for o in objects if not in_other_cell(o, verb) and not dated(o))
        surface = tuple(s for s in surface if not in_other_cell(s, verb))
    if not objects:
        objects = tuple(_small_subject(c) for c in verb.children if small_clause(c) or _misread(c))
        objects = objects or _shared_objects(verb)
    datives = tuple(_dative(c) for c in verb.children if c.dep_ in ("dative", "iobj"))
    prepositions = tuple(_prepositions(verb))
    is_passive = passive(verb)
    if fragment and not is_passive and not objects and verb.tag_ in ("VBN", "VBD"):
        is_passive = not any(c.dep_ in ("aux", "ccomp", "xcomp", "prt") for c in verb.children)
    if objects and amount(objects[0]) and not datives:
        datives = tuple(c for c in objects[0].children if c.dep_ == "nmod" and c.pos_ == "PROPN")
    if verb.dep_ == "amod" and verb.tag_ == "VBD" and not objects:
        objects = (verb.head,)  # 'the school dismissed Petrova', parsed as a dismissed Petrova
    if not is_passive and datives and objects and all(amount(o) for o in objects):
        objects, datives = datives, objects  # 'fined her 300 tenge': she is the object
    if not is_passive:
        return Arguments(
            subject=surface,
            object=objects,
            indirect=datives,
            prepositions=prepositions,
            inherited=inherited,
        )
    agents = tuple(
        pobj
        for c in verb.children
        if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")
        for pobj in c.children
        if pobj.dep_ == "pobj"
    )
    if not agents and caused(verb) and verb.head.lemma_ in ("have", "get"):
        theirs = any(c.dep_ == "poss" and c.pos_ == "PRON" for o in surface for c in o.subtree)
        agents = () if theirs else surface_subjects(verb.head)[0]  # 'had their licences revoked'
    if objects:  # 'she was refused asylum', 'he was fined 300 tenge'
        return Arguments(
            subject=agents,
            object=objects,
            indirect=surface + datives,
            prepositions=prepositions,
            passive=True,
            inherited=inherited,
        )
    return Arguments(
        subject=agents,
        object=surface,
        indirect=datives,
        prepositions=prepositions,
        passive=True,
        inherited=inherited,
    )


def undone(args: Arguments) -> Arguments:
    """The arguments of what looks active and is passive: the subject is its object."""
    return replace(args, subject=(), object=args.subject, passive=True)


def surface_subjects(verb: Token) -> tuple[tuple[Token, ...], bool]:
    """The grammatical subjects, and whether they stand with another verb."""
    own = tuple(  # 'she was at no time beaten': the parser hangs her on the auxiliary
        c
        for aux in verb.children
        if aux.dep_ in ("aux", "auxpass")
        for c in aux.children
        if c.dep_ in SUBJECTS
    ) or tuple(_relative(c, verb) for c in verb.children if c.dep_ in SUBJECTS)
    if own:
        return own, False
    head = verb.head
    if head == verb:
        return _inserted_subject(verb), False
    return _subjects_elsewhere(verb, head) or _inserted_subject(verb), True


def _inserted_subject(verb: Token) -> tuple[Token, ...]:
    """'The ministry, asked about this, wrote that': the parser gave the subject to 'asked'."""
    for child in verb.lefts:
        if child.dep_ == "advcl" and child.tag_ in ("VBD", "VBN") and child.i < verb.i:
            first = [c for c in child.lefts if c.dep_ in SUBJECTS]
            commas = any(t.text == "," for t in child.lefts)
            if first and commas and not any(c.dep_ == "mark" for c in child.children):
                return tuple(first)
    return ()


def _subjects_elsewhere(verb: Token, head: Token) -> tuple[Token, ...]:
    """The subjects that a verb without one of its own shares with the word above it."""
    if verb.dep_ == "conj":
        head = _told_above(verb, head)
        return surface_subjects(head)[0] if is_verb(head) else _subject_above(verb)
    if verb.dep_ in ("acl", "relcl"):
        return _acl_subject(verb)
    if verb.dep_ == "xcomp":
        return _controller(head)
    if verb.dep_ == "acomp":
        return surface_subjects(head)[0]
    if verb.dep_ == "advcl" and verb.tag_ == "VB" and head.lemma_ in FOIL:
        return ()  # 'foiled a plot to kidnap': whoever plotted
    if verb.dep_ in ("advcl", "ccomp", "dep") and verb.tag_ in ("VBG", "VBN", "VB"):
        return surface_subjects(head)[0] if is_verb(head) else ()
    return _subject_above(head) if verb.dep_ == "pcomp" else ()


def _told_above(verb: Token, head: Token) -> Token:
    """'beat four men who were filming and took their cameras': 'took' goes with 'beat'."""
    if verb.tag_ != "VBD" or head.tag_ not in ("VBG", "VB"):
        return head
    past = (t for t in head.ancestors if t.tag_ == "VBD" and t.dep_ != "aux")
    return next(past, head)


def _acl_subject(verb: Token) -> tuple[Token, ...]:
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    if not infinitive:
        return (verb.head,)
    if verb.head.dep_ in SUBJECTS:
        return ()  # 'an attempt to put him on a plane failed': whose attempt it was is not said
    above = verb.head.head  # 'made an attempt to kidnap': whoever made it
    if is_verb(above) and not passive(above):
        return surface_subjects(above)[0]
    return ()


def _controller(head: Token) -> tuple[Token, ...]:
    if not is_verb(head):
        return _subject_above(head)
    objects = tuple(c for c in head.children if c.dep_ in ("dobj", "obj"))
    if objects and head.lemma_ in OBJECT_CONTROL:
        return objects
    return surface_subjects(head)[0]


def _subject_above(token: Token) -> tuple[Token, ...]:
    """The subjects of the nearest verb above."""
    for above in token.ancestors:
        if is_verb(above):
            return surface_subjects(above)[0]
    return ()


def _relative(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if token.lower_ not in RELATIVE or verb.dep_ != "relcl":
        return token
    head = verb.head
    while token.lower_ == "who" and head.ent_type_ in ("GPE", "LOC") and head.dep_ in LINKS:
        head = head.head  # 'activists from Chad who ...': no country is a who
    if token.lower_ == "who" and head.dep_ == "pobj" and head.head.lower_ == "with":
        head = head.head.head  # 'men with clubs who ...': nor is what they carry
    return head.head if head.pos_ == "ADP" else head


def _dative(token: Token) -> Token:
    """The noun of 'to her' where the preposition carries the label."""
    if token.pos_ == "ADP":
        return next((c for c in token.children if c.dep_ == "pobj"), token)
    return token


def _prepositions(verb: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb, chained ones too ('out of', 'on behalf of')."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB"):
            yield from _phrase(child)
        elif child.dep_ == "prt":
            for inner in child.children:
                if inner.dep_ == "prep":
                    yield from _phrase(inner)


def _phrase(preposition: Token) -> Iterator[tuple[str, Token]]:
    for inner in preposition.children:
        if inner.dep_ == "pobj":
            yield preposition.lower_, inner
        elif inner.dep_ == "prep" or (inner.dep_ == "conj" and inner.pos_ == "ADP"):
            yield from _phrase(inner)  # 'out of'; 'on Lebanon to ... and on Denmark to'


def conjuncts(head: Token) -> Iterator[Token]:
    """The head and what is coordinated with it to the right, without other clauses' verbs."""
    yield head
    for child in head.rights:
        if child.dep_ == "conj" and not (is_verb(child) and not is_verb(head)):
            yield from conjuncts(child)


def clause(verb: Token) -> list[Token]:
    """The tokens of a verb's own clause in order, without coordinated and subordinate clauses."""
    top = verb.head if verb.dep_ == "acomp" else verb  # 'the accounts were frozen'
    tokens = [top]
    queue = [top]
    while queue:
        for child in queue.pop().children:
            other_clause = child.dep_ in CLAUSAL or (child.dep_ == "conj" and is_verb(child))
            other_clause = other_clause and not small_clause(child)
            if not other_clause and child.dep_ != "punct":
                tokens.append(child)
                queue.append(child)
    return sorted(tokens, key=lambda token: token.i)


def governors(token: Token) -> Iterator[Token]:
    """The tokens above, from near to far, within the sentence."""
    yield from token.ancestors


def extent(tokens: list[Token]) -> tuple[int, int]:
    """First character and end of some tokens of one document."""
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return first.idx, last.idx + len(last)
