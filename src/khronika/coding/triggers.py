"""Finds where a unit tells an act of the codebook: the word that sets it off, and its way."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from khronika.coding.cast import Cast
from khronika.coding.clauses import Arguments, arguments, clause, is_verb, undone
from khronika.coding.elliptic import elided, gunmen_and_victim, shot_dead
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
from khronika.coding.nominal import FRAGMENTS, governor, modifiers, told, used_as_noun
from khronika.coding.parsed import ParsedUnit, sentence_of
from khronika.coding.restrictions import TRANSITIVE, allowed, words_allow
from khronika.model.reports import PassageRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A trigger with the way that it fits. `verb` governs a nominal trigger, if any does.

    `said` are the words that decide where an act is told by what somebody said. `in_row`: a cell of
    a table tells it, which no other word of the row governs.
    """

    unit: int
    head: Token
    entry: Entry
    matched: tuple[Token, ...]
    arguments: Arguments
    verb: Token | None = None
    said: tuple[Token, ...] = ()
    in_row: bool = False


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
        args = args or _arguments(token, unit)
        said = undone(args) if _participle(token, entry, args) else args
        if allowed(unit.index, token, entry, said, matched, lexicon, cast):
            return Candidate(
                unit=unit.index, head=token, entry=entry, matched=(token, *matched), arguments=said
            )
    return None


def _arguments(token: Token, unit: ParsedUnit) -> Arguments:
    if shot_dead(token) and not token.is_title:
        return gunmen_and_victim(token)
    return elided(token, arguments(token, fragment=unit.unit.role in FRAGMENTS))


def _around(token: Token) -> tuple[list[Token], list[Token]]:
    """The other tokens of a verb's clause, and the few after it in the sentence."""
    inside = [t for t in clause(token) if t.i != token.i and not _helps(t)]
    near = token.doc[token.i + 1 : min(token.i + 7, sentence_of(token).end)]
    return inside, [t for t in near if not _helps(t)]


def _helps(token: Token) -> bool:
    """'had' in 'denied that it had closed the office': an auxiliary is no word of a pattern."""
    return token.dep_ == "aux" and token.lemma_ == "have"


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
    let = token.lower_ == "let" and token.is_title and token.dep_ == "aux"
    if let or shot_dead(token):  # 'Let go on the 20th, he left'
        return True
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
        if found and any(t.dep_ == "prep" and any(t.rights) for t in found):
            found = None  # 'On air the presenter called her a ...' calls on nobody
        if found and not _fronted(found[0], token):
            found = None
    if found is not None and (any(_temporal(t) for t in found) or _beside_object(token, found)):
        return None  # 'called on Saturday', 'called her a liar on air' are no call on anybody
    if found is None:  # a parse that cut the clause short
        found = follow(window, entry.rest) if _close(window, entry) else None
    return found


def _fronted(word: Token, verb: Token) -> bool:
    """True of an argument of the verb before it, not of what only stands there."""
    if word.lower_ == "that":
        return False  # 'a night that we called'
    if word.head == verb or verb.dep_ in ("relcl", "acl", "xcomp", "conj", "acomp"):
        return True
    of = word.head  # 'a raft of laws was passed'
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive and of.lower_ == "of" and of.head.head == verb


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


def _phrase(unit: ParsedUnit, token: Token, lexicon: Lexicon, cast: Cast) -> Candidate | None:
    for entry in lexicon.phrases.get(token.lower_, ()):
        end = run_of(unit.doc, token.i, entry.rest)
        if end is None:
            continue
        span = unit.doc[token.i : end]
        verb = span.root if is_verb(span.root) else _verb_above(span.root)
        args = arguments(verb, fragment=unit.unit.role in FRAGMENTS) if verb else Arguments()
        if allowed(unit.index, verb or span.root, entry, args, list(span), lexicon, cast):
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
    if not entries or not (joined or used_as_noun(token, unit.unit.role)):
        return None
    if is_verb(token) and any(c.dep_ in ("aux", "nsubj", "dobj") for c in token.children):
        return None
    for entry in entries:
        matched = modifiers(token, entry)
        if matched is None or not words_allow(token, entry, lexicon):
            continue
        top = next((t for t in matched if t.pos_ == "NOUN" and t.is_ancestor(token)), token)
        verb = governor(top)
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
