"""Threats and smears that are told by what was said: 'told her that she would be shot'.

No verb tells such an act by itself; what decides is who says what to whom. `find_utterances` looks
at every verb of saying, at what is said (the clause below it, the words in quotation marks beside
it), and at the classes of words of the codebook: harms, fates, sanctions, aspersions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from khronika.codebook.model import Way
from khronika.coding.cast import Cast
from khronika.coding.clauses import Arguments, arguments, conjuncts, is_verb
from khronika.coding.lexicon import Entry, Lexicon
from khronika.coding.parsed import ParsedUnit, sentence_of
from khronika.coding.sayings import GET, LABEL, MESSAGES, SAY, TELL, Said, sayings
from khronika.coding.triggers import Candidate

FUTURE = frozenset({"will", "'ll", "would", "shall", "wo", "'d", "gonna"})
CONDITION = frozenset({"if", "unless", "until", "or", "otherwise", "else", "whoever", "anyone"})
SECOND = frozenset({"you", "your", "yours", "yourself"})
FIRST = frozenset({"i", "we", "my", "our", "me", "us"})
THIRD = frozenset({"he", "she", "they", "his", "her", "their", "him", "them"})
PRESS = frozenset(
    "reporters journalists press media court judge jury audience viewer "
    "viewers listener listeners parliament congress inquiry commission newspaper agency rally "
    "radio television conference hearing tribunal interviewer".split()
)
HARMLESS_SPEAKERS = frozenset(
    "doctor surgeon nurse medic physician lawyer attorney advocate solicitor colleague relative "
    "expert analyst observer witness friend prophet fortune-teller astrologer guide god".split()
)


def find_utterances(
    unit: ParsedUnit, found: Sequence[Candidate], lexicon: Lexicon, cast: Cast
) -> Iterator[Candidate]:
    """Candidates of a unit that only what was said tells; none where its sentence tells one."""
    told = {(c.entry.kind.id, sentence_of(c.head).start) for c in found}
    for said in sayings(unit):
        for candidate in _told_by(said, unit, lexicon, cast):
            kind = candidate.entry.kind.id
            places = {sentence_of(said.head).start, sentence_of(said.words[0]).start}
            if not any((kind, place) in told for place in places):
                told.update((kind, place) for place in places)
                yield candidate


def _told_by(said: Said, unit: ParsedUnit, lexicon: Lexicon, cast: Cast) -> Iterator[Candidate]:
    args = arguments(said.head) if is_verb(said.head) else Arguments()
    if "threat" in lexicon.kinds and _threatens(said, args, unit.index, lexicon, cast):
        yield _candidate(said, unit, args, lexicon, "threat", _way_of_threat(said))
    whom = _smeared(said, args, unit.index, lexicon, cast) if "smear" in lexicon.kinds else None
    if whom is not None:
        way = Way(subject="perpetrator", object="victim")
        args = replace(args, object=whom, indirect=(), prepositions=())
        yield _candidate(said, unit, args, lexicon, "smear", way)


def _candidate(
    said: Said, unit: ParsedUnit, args: Arguments, lexicon: Lexicon, kind: str, way: Way
) -> Candidate:
    return Candidate(
        unit=unit.index,
        head=said.head,
        entry=Entry(kind=lexicon.kinds[kind], way=way, rule=f"{kind}/speech/what is said"),
        matched=(said.head,),
        arguments=args,
        said=said.words,
    )


# --- threats ------------------------------------------------------------------------------------


def _way_of_threat(said: Said) -> Way:
    got = said.head.lemma_.lower() in GET and said.head.lemma_.lower() not in TELL | SAY
    return Way(
        subject="victim" if got else "perpetrator",
        object="" if got else "victim",
        indirect="victim",
        prepositions={"by": "perpetrator", "from": "perpetrator", "to": "victim"},
    )


def _threatens(said: Said, args: Arguments, unit: int, lexicon: Lexicon, cast: Cast) -> bool:
    if said.head.lemma_.lower() in LABEL or len(said.words) > LONGEST:
        return False
    heads = [t for s in args.subject for t in conjuncts(s)]
    if any(t.lemma_.lower() in HARMLESS_SPEAKERS for t in heads):
        return False
    told = (*args.object, *args.indirect, *(t for p, t in args.prepositions if p == "to"))
    if any(t.lower_ in PRESS or t.lemma_.lower() in PRESS for t in told):
        return False
    forms = {t.lower_ for t in said.words}
    unseen = _unseen(said.head) or any(t.lemma_.lower() in MESSAGES for t in heads)
    if said.quoted and _spoken(said.words, forms, lexicon, unseen=unseen):
        return True
    listener = unseen or _listener(said.head, told, unit, cast)
    return listener and _reported(said, heads, forms, lexicon)


def _unseen(head: Token) -> bool:
    """True of words that come in a message: 'got a letter: "..."', 'A voice note: "..."'."""
    return head.lemma_.lower() in GET | MESSAGES


def _spoken(words: Sequence[Token], forms: set[str], lexicon: Lexicon, *, unseen: bool) -> bool:
    """'You will pay for this', 'Stay and we burn your hut', 'Stop, or somebody will bury you'."""
    if any(t.orth_ == "?" for t in words) or not forms & (SECOND | FIRST):
        return False
    harm = _any(words, ("harms", "fates"), lexicon)
    ordered = _imperative(words)
    ahead = bool(forms & FUTURE) or "next" in forms or "going" in forms
    if not forms & SECOND:
        return harm and ordered and bool(forms & {"and", "or", "if"}) and bool(forms & FIRST)
    if _cherished([t.lower_ for t in words]) and forms & LEAVE_OFF:
        return True  # 'If you want to see your son again, keep quiet'
    if unseen and FIRST & forms and FUTURE & forms and "you" in forms:
        return True
    if ordered and KIN & forms and {"think", "of"} <= forms:
        return True  # 'Think of your daughter'
    if unseen and (harm or _any(words, ("pits",), lexicon)):
        return True
    either = ordered and "or" in forms and ahead
    sanction = _any(words, ("sanctions",), lexicon)
    return (harm and (ahead or ordered)) or (either and (unseen or sanction))


KIN = frozenset("child children daughter son family mother wife husband parents kids".split())
DEAR = frozenset("want love value care like".split())
LEAVE_OFF = frozenset("n't never stop quit leave drop forget careful quiet shut keep".split())


def _cherished(words: Sequence[str]) -> bool:
    return any(
        words[i : i + 2] == ["if", "you"] and word in DEAR for i, word in enumerate(words[2:])
    )


def _imperative(words: Sequence[Token]) -> bool:
    """True if the words open with a bare verb: 'Stop digging', 'Do not come back'."""
    first = next((t for t in words if t.is_alpha), None)
    return first is not None and (first.tag_ in ("VB", "VBP") or first.lower_ in ("do", "don't"))


def _listener(verb: Token, told: Sequence[Token], unit: int, cast: Cast) -> bool:
    """True if the verb says to whom it is said: 'told her', 'was warned', 'wrote to me'."""
    if verb.lemma_.lower() not in TELL | {"write", "say", "put", "shout", "whisper"}:
        return False
    return any(t.pos_ in ("PRON", "PROPN") or bool(cast.classes(unit, t) & PERSONAL) for t in told)


LONGEST = 60  # words: in a long quotation one that harms is there by chance
PERSONAL = frozenset({"person", "kin", "group", "organisation"})


def _reported(said: Said, heads: Sequence[Token], forms: set[str], lexicon: Lexicon) -> bool:
    """'told her that she would be shot', 'warned him that he would lose his job if he spoke'."""
    verbs = [t for t in said.words if is_verb(t) and _ahead(t)]
    if not verbs or _of_oneself(heads, verbs):
        return False
    if _any(said.words, ("harms", "fates"), lexicon) or _fated(forms):
        return True
    taken = bool(forms & {"take", "lose", "close", "revoke"} and forms & POSSESSIVE)
    whoever = bool(forms & {"those", "all", "any"}) and "who" in forms
    if not forms & FIRST and heads and all(t.pos_ == "PROPN" and not _titled(t) for t in heads):
        return False  # 'X told reporters that he will lose his job if ...' of himself
    conditional = bool(forms & CONDITION) or taken or whoever
    return conditional and _any(said.words, ("sanctions",), lexicon)


def _titled(name: Token) -> bool:
    """True of a name behind a title or a role: 'Inspector X', 'the mayor, X'."""
    return name.i > 0 and name.doc[name.left_edge.i].pos_ in ("NOUN", "DET", "ADJ")


def _fated(forms: set[str]) -> bool:
    """'would go the way of X', 'it would be the last time that she spoke'."""
    pays = {"pay", "for"} <= forms and bool(forms & (KIN | THIRD | SECOND))
    return {"go", "way"} <= forms or {"last", "time"} <= forms or pays


POSSESSIVE = frozenset({"my", "our", "his", "her", "their"})


def _ahead(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in FUTURE for c in verb.children)


def _of_oneself(heads: Sequence[Token], verbs: Sequence[Token]) -> bool:
    """'She told him that she would be killed': what one fears for oneself is no threat."""
    speakers = {t.lower_ for t in heads}
    for verb in verbs:
        passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
        subjects = {c.lower_ for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")}
        if subjects & speakers & (THIRD | FIRST) and (passive or verb.lemma_ in ("die", "lose")):
            return True
    return False


def _any(words: Sequence[Token], names: tuple[str, ...], lexicon: Lexicon) -> bool:
    return any(lexicon.one_of(t, names) for t in words)


# --- smears -------------------------------------------------------------------------------------

REGISTERS = frozenset(
    "ministry court registry register bureau agency judge tribunal department".split()
)
FACTS = frozenset(
    "attack plot case crime prosecute abduct kidnap suspect murder "
    "kill shoot dead charge convict indict trial clash operation armed search raid arrest "
    "detain confess wanted suspect".split()
)


def _smeared(
    said: Said, args: Arguments, unit: int, lexicon: Lexicon, cast: Cast
) -> tuple[Token, ...] | None:
    """Whom a voice heard in public blackens, if it does; nobody named where only 'they' are."""
    heads = [t for s in args.subject for t in conjuncts(s)]
    words = said.words
    if not any(_public(t, unit, lexicon, cast) for t in heads):
        return None
    if any(t.lemma_.lower() in FACTS for t in words):
        return None
    if said.head.lemma_.lower() in LABEL:
        registered = any(t.lemma_.lower() in REGISTERS for t in heads)
        whom = _labelled(said.head, args)
        fits = bool(whom) and not registered and _blamable(whom, unit, cast)
        return whom if fits and _blackens(words, lexicon) else None
    if any(t.lemma_.lower() in ACCUSERS for t in heads):
        return None
    return _spoken_of(said, unit, lexicon, cast)


# What these say of a crime is not said to blacken.
ACCUSERS = frozenset("police prosecutor department court officer marshal detective".split())
PREDICATING = frozenset(
    "be remain work serve sell betray act recruit destroy poison undermine insult live feed hate "
    "deceive corrupt spread take receive want bring pretend finance fund pay control pull".split()
)


def _blackens(words: Sequence[Token], lexicon: Lexicon) -> bool:
    """One word of abuse, two that insinuate it, or one of these that is quoted."""
    if _any(words, ("aspersions",), lexicon):
        return True
    weak = {t.lemma_.lower() for t in words if lexicon.one_of(t, ("insinuations",))}
    return len(weak) > 1 or (bool(weak) and any(t.orth_ == '"' for t in words))


def _labelled(verb: Token, args: Arguments) -> tuple[Token, ...]:
    """Who gets the label: the pronoun behind the verb, whatever the parser makes of it."""
    after = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else verb
    if after.lower_ in ("me", "us", "him", "her", "them"):
        return (after,)
    return (*args.object, *(t for p, t in args.prepositions if p == "to" and not args.object))[:1]


def _public(token: Token, unit: int, lexicon: Lexicon, cast: Cast) -> bool:
    """True of a medium, an official, a politician, a cleric; of a name that is called so."""
    if cast.classes(unit, token) & {"media", "authority"}:
        return True
    if token.lemma_.lower() in HARMLESS_SPEAKERS:
        return False
    before = token.doc[max(sentence_of(token).start, token.i - 7) : token.i]
    titles = [t for t in before if t.pos_ in ("NOUN", "PROPN")] if token.pos_ == "PROPN" else []
    below = [t for t in token.subtree if t.i - token.i < 12]
    return any(lexicon.one_of(t, ("public-voices", "media")) for t in (token, *titles, *below))


def _spoken_of(said: Said, unit: int, lexicon: Lexicon, cast: Cast) -> tuple[Token, ...] | None:
    """The subject of what is said: 'said that all five were in the pay of', 'they serve'."""
    for token in said.words:
        if is_verb(token) and token.dep_ not in ("aux", "auxpass"):
            subjects = tuple(c for c in token.children if c.dep_ in ("nsubj", "nsubjpass"))
            if subjects:
                after = [t for t in said.words if t.i > subjects[0].i]
                says = token.lemma_.lower() in PREDICATING
                fits = says and _blamable(subjects, unit, cast) and _blackens(after, lexicon)
                return subjects if fits else None
    return None


def _blamable(heads: Sequence[Token], unit: int, cast: Cast) -> bool:
    """A person, a group or an organisation; politics between authorities is no smear."""
    for token in heads:
        classes = cast.classes(unit, token)
        if classes & {"authority", "country"}:
            return False
        if (
            token.lower_ in ALL
            or token.pos_ in ("PROPN", "PRON", "NUM", "DET")
            or classes & (PERSONAL | {"media"})
        ):
            return token.lower_ not in ("i", "we", "it", "this", "that", "there", "you")
    return False


ALL = frozenset("all above both these those others such".split())
