"""Where an expression of time hangs in a parse, and which verbs share it."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

_SAYING = """
    say tell report state announce claim allege write add note confirm deny argue insist
    stress explain warn recall declare maintain testify answer reply respond comment believe
    complain describe acknowledge admit assert reveal disclose emphasise emphasize observe
    quote inform learn discover hear realise realize remember fear suspect
"""
SAYING = frozenset(_SAYING.split())
# Verbs that tell of an act without doing it: their date is not the act's.
_TELLING = """
    condemn protest deplore criticise criticize investigate commemorate mourn cover document
    record probe review mark regret welcome celebrate oppose cite mention highlight examine
    denounce discuss decry
"""
TELLING = frozenset(_TELLING.split()) | SAYING
_APART = "about over for against after before following despite since until"
APART = frozenset(_APART.split())
OF_WHAT = frozenset(("accuse", "convict", "suspect", "acquit", "warn", "complain", "charge"))
_HOLDING = """
    hold detain imprison jail keep confine ban bar live remain be stay reside incarcerate
    lock block close shut forbid prohibit intern hospitalise hospitalize park station guard
    besiege cordon
"""
HOLDING = frozenset(_HOLDING.split())
_COMING = """
    schedule plan expect set slate due intend hope prepare announce
"""
COMING = frozenset(_COMING.split())
_SCHEDULED = "open begin start resume reconvene convene meet expire"
SCHEDULED = frozenset(_SCHEDULED.split())  # 'the trial opens on 5 May'
_FUTURE = """
    will shall 'll would may might must should can
"""
FUTURE = frozenset(_FUTURE.split())
RULING = frozenset(("may", "must", "can", "could"))  # 'was told that she must not leave'
JOINED = 12  # verbs; a longer chain is no sentence
BOUNDS = frozenset(("after", "before", "since", "until", "till"))


def is_verb(token: Token) -> bool:
    """True for a verb that heads a clause, not an auxiliary of another."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass")


def governor(span: Span) -> tuple[Token | None, str]:
    """The word outside an expression that it depends on, and the preposition between ("" if none).

    None where the expression heads its sentence, as in a heading or a line of a time table.
    """
    token, through = span.root, ""
    for _ in range(len(span.doc)):
        above = token.head
        if above == token:
            return None, through
        if span.start <= above.i < span.end:
            token = above
        elif above.pos_ in ("ADP", "SCONJ", "ADV", "PART") and above.dep_ != "ROOT":
            token, through = above, through or above.lower_
        else:
            return above, through
    return None, through


def clause_verb(token: Token) -> Token:
    """The nearest verb at or above a token, or the highest word if there is none."""
    while not is_verb(token) and token.head != token:
        token = token.head
    return token


def tells_of(noun: Token, verb: Token) -> bool:
    """True if a verb only tells of the act that a noun names: 'condemned the arrest'."""
    if verb.lemma_ in TELLING:
        return True
    token = noun
    while token not in (token.head, verb):
        if token.pos_ in ("ADP", "SCONJ"):
            of_what = verb.lemma_ in OF_WHAT and token.lower_ in ("of", "with")
            if of_what or token.lower_ in APART:
                return True
        token = token.head
    return False


def coordinated(verb: Token) -> Iterator[Token]:
    """The verbs that are joined with a verb by 'and', nearest first, at most `JOINED` each way."""
    if verb.tag_ == "VBD" and verb.dep_ == "conj" and verb.head.tag_ in ("VBG", "VB"):
        yield from _main(verb.head)  # 'beat a man who was filming and took his phone'
    above = verb
    for _ in range(JOINED):
        if above.dep_ != "conj" or above.head == above:
            break
        above = above.head
        yield above
    below = [verb]
    for each in below:  # grows while it is walked
        joined = [t for t in _conjuncts(each) if is_verb(t)]
        yield from joined
        below += joined if len(below) < JOINED else []


def _main(verb: Token) -> Iterator[Token]:
    """The verb above a relative clause."""
    relative = next((t for t in (verb, *verb.ancestors) if t.dep_ == "relcl"), None)
    if relative is not None and is_verb(clause_verb(relative.head)):
        yield clause_verb(relative.head)


def _conjuncts(verb: Token) -> Iterator[Token]:
    """What is joined with a verb, also as 'one was shot and another kidnapped' is parsed."""
    for token in verb.children:
        if token.dep_ == "conj":
            yield token
            if token.pos_ in ("NOUN", "PROPN"):
                yield from (t for t in token.children if t.dep_ == "acl" and t.tag_ == "VBN")


def marker(verb: Token) -> str:
    """The word that joins a clause to the one above: 'after', 'before', 'while', 'when'..."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_
    words = [
        child.lower_
        for child in verb.children
        if child.dep_ in ("mark", "advmod") and child.i < verb.i and child.pos_ in ("SCONJ", "ADV")
    ]
    return next((word for word in words if word in BOUNDS), words[0] if words else "")


def auxiliaries(verb: Token) -> frozenset[str]:
    """The auxiliaries of a verb in lower case."""
    return frozenset(
        t.lower_ for t in verb.children if t.dep_ in ("aux", "auxpass") and t.tag_ != "NNP"
    )  # 'May' is none


def is_coming(verb: Token) -> bool:
    """True if a verb speaks of what is to come: 'will', 'is to be heard', 'is scheduled'."""
    helpers = auxiliaries(verb)
    if helpers & FUTURE:
        return True
    if verb.lemma_ in COMING and helpers & {"is", "are", "be"}:
        return True
    above = verb.head
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in SCHEDULED:
        return True
    infinitive = verb.dep_ == "xcomp" and "to" in helpers
    return infinitive and (above.lemma_ == "be" or above.lemma_ in COMING or is_coming(above))


def is_past(verb: Token) -> bool:
    """True for the simple past, active or passive: the tense in which a telling goes on."""
    helpers = auxiliaries(verb)
    if helpers & {"had", "has", "have", "'ve"} or helpers & FUTURE:
        return False
    if verb.tag_ == "VBD":
        return True
    return verb.tag_ in ("VBN", "VBG", "VB") and bool(helpers & {"was", "were", "did"})


def is_perfect(verb: Token) -> bool:
    """True for the present perfect: 'has asked', 'have been moved'; of a denial no more."""
    if verb.tag_ not in ("VBN", "VBD") or any(t.dep_ == "neg" for t in verb.children):
        return False
    helpers = auxiliaries(verb)
    return bool(helpers & {"has", "have", "'ve"}) and not helpers & FUTURE and "to" not in helpers


def is_told_in_present(verb: Token) -> bool:
    """True for the simple present of a deed, as chronicles use it: 'is arrested', 'flees'."""
    helpers = auxiliaries(verb)
    if verb.lemma_ in ("be", "have", *HOLDING) or verb.lemma_ in SAYING or helpers & FUTURE:
        return False
    if verb.tag_ in ("VBZ", "VBP"):
        return not helpers & {"do", "does"}
    return verb.tag_ == "VBN" and bool(helpers & {"is", "are"}) and not helpers & {"has", "have"}


def _is_parted(verb: Token, top: Token) -> bool:
    """True for 'They threw him down; his wrist is broken', whose halves stand by themselves."""
    return verb.i < top.i and any(t.text == ";" for t in verb.doc[verb.i + 1 : top.i])


def lead(verb: Token) -> Token | None:
    """The verb above whose time a verb shares, None where its clause stands by itself."""
    above = verb.head
    if above == verb or verb.dep_ in ("relcl", "csubj", "csubjpass", "parataxis"):
        return None
    top = clause_verb(above)
    if verb.dep_ == "ccomp" and _is_parted(verb, top):
        return None
    if verb.dep_ == "ccomp" and top.lemma_ in SAYING:
        return top if auxiliaries(verb) & RULING and is_verb(top) else None
    if verb.dep_ in ("advcl", "pcomp") and marker(verb) in (*BOUNDS, "if", "unless", "because"):
        return None
    return top if is_verb(top) else None


def leads(verb: Token) -> Iterator[Token]:
    """The verbs above one that share its time, nearest first."""
    while (above := lead(verb)) is not None:
        verb = above
        yield verb


def is_present(token: Token | None) -> bool:
    """True if a word stands in a clause of the simple present."""
    verb = None if token is None else clause_verb(token)
    return verb is not None and verb.tag_ in ("VBZ", "VBP") and not auxiliaries(verb)
