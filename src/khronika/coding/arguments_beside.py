"""Whom it was done to and who did it, where no argument of the verb says so.

'Put a bag over her head', 'gave him electric shocks', 'left a bullet on X's doorstep', 'ignored
her requests': the object belongs to the pattern, and the victim stands beside it.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from khronika.coding.arguments import Filled, expand, own_word, same_filler
from khronika.coding.belongings import owned
from khronika.coding.cast import Cast, Filler
from khronika.coding.clauses import is_verb
from khronika.coding.parsed import sentence_of
from khronika.coding.triggers import Candidate
from khronika.model.acts import ActorType, MentionForm, Role

TOWARDS = frozenset(
    "at on upon onto against to towards toward over of for into around round near outside before "
    "under behind beneath through in inside across from".split()
)
AT_PEOPLE = frozenset("at on upon against to towards toward over of for into from".split())
ACTORS = frozenset({"person", "group", "organisation", "media"})
MAY_SUFFER = frozenset({ActorType.PERSON, ActorType.GROUP, ActorType.ORGANISATION})
DOERS = frozenset({"person", "group", "organisation", "authority", "court"})
GIVING = frozenset({"give", "grant", "issue", "award", "allow", "accord"})
BENCH = frozenset({"trial", "sentence", "charge", "acquittal", "release", "arrest"})
WILL = frozenset(
    "order instruction request behest instance demand direction command decree insistence".split()
)
ASSEMBLIES = frozenset(
    "assembly commemoration concert demonstration festival gathering march meeting parade picket "
    "procession protest rally sit-in vigil".split()
)
MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)
NEAREST = 7  # tokens before a bare verb, within which its subject can stand
LONGEST_COMPLEMENT = 8  # tokens
FURTHEST = 16  # tokens from a passive verb to its 'by'


def complete(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """Fill the victims and perpetrators of a candidate that its way left empty."""
    if candidate.entry.kind.intervention:
        return
    if candidate.entry.kind.id == "ban":
        _put_assemblies(candidate, filled)
    if candidate.entry.kind.id in BENCH and not filled.actors.get(Role.PERPETRATOR):
        _add_bench(candidate, filled, cast)
    if candidate.entry.rule.split("/")[1] == "verb":
        _complete_verb(candidate, filled, cast)
    if not filled.actors.get(Role.VICTIM) and _wants_victim(candidate):
        _add_focus(candidate, filled, cast)


def _add_bench(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """'The trial opens before magistrate X', 'was brought before the City Court'."""
    verb = candidate.verb or candidate.head
    for preposition in verb.children:
        if preposition.lower_ not in ("before", "at"):
            continue
        for noun in preposition.children:
            kinds = cast.classes(candidate.unit, noun) if noun.dep_ == "pobj" else frozenset()
            bench = "court" in kinds
            judge = "person" in kinds and preposition.lower_ == "before" and _judges(noun)
            if bench or judge:
                filled.add("perpetrator", tuple(expand(noun, candidate.unit, cast)), noun)


def _judges(noun: Token) -> bool:
    """True for 'Judge Ana Ruiz', 'the magistrate', 'the prosecutor'."""
    words = (noun, *noun.lefts)
    return any(t.lower_ in ("judge", "magistrate", "justice", "prosecutor") for t in words)


def _put_assemblies(candidate: Candidate, filled: Filled) -> None:
    """'banned all gatherings of more than ten people': what is banned, in its own words."""
    for token in candidate.arguments.object:
        if token.lemma_.lower() not in ASSEMBLIES:
            continue
        own = _own_words(token)
        named = [f for f in filled.actors.get(Role.VICTIM, []) if f.cast is not None]
        if all(own.start <= f.start < own.end for f in named):  # 'the Pride march'
            filled.actors[Role.VICTIM] = [own]


def _own_words(noun: Token) -> Filler:
    """A noun with what stands before it and, if short, 'of ...' behind it."""
    start, end = noun.i, noun.i + 1
    while start and noun.nbor(start - noun.i - 1).dep_ in ("compound", "amod", "nmod"):
        start -= 1
    of = next((c for c in noun.rights if c.lower_ == "of"), None)
    if of is not None and of.i == end and of.right_edge.i - of.i < LONGEST_COMPLEMENT:
        end = of.right_edge.i + 1
    words = noun.doc[start:end]
    return Filler(
        name=words.text,
        type=ActorType.GROUP,
        form=MentionForm.DESCRIPTION,
        cast=None,
        count=None,
        age=None,
        start=words.start_char,
        end=words.end_char,
    )


def _complete_verb(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    way = candidate.entry.way
    told = filled.actors.get(Role.VICTIM) or "some of victim" in filled.words
    if _wants_victim(candidate) and not told:
        _add_victims(candidate, filled, cast)
    empty = not filled.actors.get(Role.PERPETRATOR)
    if way.subject == "perpetrator" and candidate.arguments.passive and empty:
        _add_agents(candidate, filled, cast)
    if way.subject == "perpetrator" and not filled.actors.get(Role.PERPETRATOR):
        _add_principals(candidate, filled, cast)
    bare = not candidate.arguments.passive and not candidate.arguments.subject
    if way.subject == "perpetrator" and bare and not filled.actors.get(Role.PERPETRATOR):
        _add_before(candidate, filled, cast)
    if filled.actors.get(Role.VICTIM):
        _add_company(candidate, filled, cast)


def _add_before(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """'On 18 May border guards took X': the noun right before a verb that the parser left bare."""
    head, unit = candidate.head, candidate.unit
    if head.tag_ not in ("VBD", "VBP", "VBZ"):
        return
    victims = filled.actors.get(Role.VICTIM, [])
    start = sentence_of(head).start
    for token in reversed(head.doc[max(start, head.i - NEAREST) : head.i]):
        if is_verb(token) and token.dep_ not in ("aux", "auxpass", "amod"):
            return
        if token.text in (";", ":", '"') or token.lower_ in ("and", "or", "but"):
            return
        governed = token.dep_ == "pobj" and not _behind_date(token)
        if token.pos_ not in ("NOUN", "PROPN") or governed or token.dep_ in ("compound", "poss"):
            continue
        if token.ent_type_ in ("DATE", "TIME"):
            continue
        if not cast.classes(unit, token) & DOERS:
            return
        found = [
            f for f in expand(token, unit, cast) if not any(same_filler(f, v) for v in victims)
        ]
        filled.add("perpetrator", found, token)
        return


def _behind_date(noun: Token) -> bool:
    """True for "guards" in "On 18 May border guards took", one phrase to the parser."""
    return any(t.like_num for t in noun.lefts) and any(t.text in MONTHS for t in noun.lefts)


def _wants_victim(candidate: Candidate) -> bool:
    way = candidate.entry.way
    roles = (way.object, way.indirect, way.of, way.possessor, *way.prepositions.values())
    return way.subject != "victim" and (way.subject == "perpetrator" or "victim" in roles)


def _add_focus(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """'2. Ana Ruiz, 24, nurse. Taken from home on 3 May.': the entry is about her."""
    pattern = {t.i for t in candidate.matched}
    args = candidate.arguments
    if any(t.i not in pattern for t in (*args.object, *args.indirect)):
        return
    doers = filled.actors.get(Role.PERPETRATOR, [])
    about = [f for f in cast.focus(candidate.unit) if not any(same_filler(f, d) for d in doers)]
    filled.add("victim", about, candidate.head)


def _add_victims(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    doers = filled.actors.get(Role.PERPETRATOR, [])
    for fillers, token in _patients(candidate, cast):
        found = [
            f
            for f in fillers
            if f.type in MAY_SUFFER and not any(same_filler(f, doer) for doer in doers)
        ]
        if found:
            filled.add("victim", found, token)
            return


Found = tuple[Sequence[Filler], Token]


def _patients(candidate: Candidate, cast: Cast) -> Iterator[Found]:
    """Who stands beside the verb's own words, the likeliest first."""
    unit, args = candidate.unit, candidate.arguments
    pattern = {t.i for t in candidate.matched}
    if not args.passive:
        for token in args.object:
            if token.i not in pattern:
                yield _people(token, unit, cast), token
    for token in args.indirect:
        yield _people(token, unit, cast), token
    for verb in (t for t in candidate.matched[1:] if is_verb(t)):  # 'denied holding her'
        for token in verb.children:
            if token.dep_ in ("dobj", "dative") and token.i not in pattern:
                yield _people(token, unit, cast), token
    nouns = [t for t in (*candidate.matched[1:], *args.object) if t.pos_ in ("NOUN", "PROPN")]
    for noun in dict.fromkeys(nouns):
        yield from _beside_noun(noun, unit, cast)
    for word in (candidate.head, *candidate.matched[1:]):
        yield from _behind_prepositions(word, unit, cast)


def _beside_noun(noun: Token, unit: int, cast: Cast) -> Iterator[Found]:
    """'X's requests', 'gave Karim Bensaid shocks', 'took a nurse hostage'."""
    before = sorted(noun.lefts, key=lambda t: t.pos_ != "PROPN")  # names before nouns
    for child in before:
        if child.dep_ == "poss" or (child.dep_ in ("nmod", "compound") and child.pos_ == "PROPN"):
            yield _people(child, unit, cast), child
        elif child.dep_ == "compound" and noun.lower_ == "hostage":
            kind = cast.classes(unit, child) & {"person"}
            yield ((own_word(child, ActorType.PERSON),) if kind else ()), child
    verb = _giving(noun)
    for child in verb.children if verb is not None else ():
        if child.dep_ in ("dobj", "dative") and child.pos_ in ("PRON", "PROPN"):
            yield _people(child, unit, cast), child


def _giving(noun: Token) -> Token | None:
    """'withdrew the citizenship that it had given him': the verb of the clause behind a noun."""
    after = noun.doc[noun.i + 1 : min(noun.i + 7, sentence_of(noun).end)]
    if len(after) < 3 or after[0].lower_ not in ("that", "which", "it", "they", "he", "she"):
        return None
    return next((t for t in after if t.lemma_.lower() in GIVING and is_verb(t)), None)


def _behind_prepositions(word: Token, unit: int, cast: Cast) -> Iterator[Found]:
    """'threw acid at X', 'over X's head', 'at the door of X'."""
    for preposition in word.rights:
        if preposition.dep_ not in ("prep", "dative") or preposition.lower_ not in TOWARDS:
            continue
        for noun in preposition.children:
            if noun.dep_ != "pobj" or noun.ent_type_ in ("DATE", "TIME"):
                continue
            if preposition.lower_ in AT_PEOPLE and cast.classes(unit, noun) & ACTORS:
                yield _people(noun, unit, cast), noun
            if owned(noun):
                yield cast.owners(unit, noun), noun


def _people(token: Token, unit: int, cast: Cast) -> list[Filler]:
    if "authority" in cast.classes(unit, token) and token.pos_ != "PROPN":
        return []
    return list(expand(token, unit, cast))


def _add_agents(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """'was held in a hospital by village officials': the parser hung 'by' on the hospital."""
    head, unit = candidate.head, candidate.unit
    stop = min(sentence_of(head).end, head.i + FURTHEST)
    for token in head.doc[head.i + 1 : stop]:
        other = is_verb(token) and token.tag_ != "VBN" and token.i not in _own(candidate)
        if token.text in (";", ":", ",") or other:
            return
        if token.lower_ != "by":
            continue
        for noun in token.children:
            if noun.dep_ == "pobj" and cast.classes(unit, noun) & DOERS:
                filled.add("perpetrator", tuple(expand(noun, unit, cast)), noun)
        return


def _add_principals(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """'blocked by order of the regulator', 'at the prosecutor's request': whoever had it done."""
    fronted = (c for c in candidate.head.lefts if c.dep_ == "prep")
    for preposition in (*fronted, *_after(candidate)):
        if preposition.lower_ not in ("by", "on", "at", "upon"):
            continue
        for noun in preposition.children:
            if noun.dep_ != "pobj" or noun.lemma_.lower() not in WILL:
                continue
            for token in _principals(noun):
                if cast.classes(candidate.unit, token) & DOERS:
                    filled.add("perpetrator", tuple(expand(token, candidate.unit, cast)), token)


def _principals(will: Token) -> Iterator[Token]:
    for child in will.children:
        if child.dep_ == "poss":
            yield child
        elif child.lower_ in ("of", "from", "by"):
            yield from (t for t in child.children if t.dep_ == "pobj")


def _add_company(candidate: Candidate, filled: Filled, cast: Cast) -> None:
    """'was pardoned along with fourteen others': it was done to them, too."""
    for token in _after(candidate):
        if token.lower_ not in ("along", "together") or token.i + 1 >= len(token.doc):
            continue
        company = token.nbor()
        if company.lower_ != "with" or is_verb(token.head) != is_verb(candidate.head):
            continue
        for noun in company.children:
            if noun.dep_ == "pobj" and cast.classes(candidate.unit, noun) & ACTORS:
                filled.add("victim", tuple(expand(noun, candidate.unit, cast)), noun)


def _after(candidate: Candidate) -> Iterator[Token]:
    """The words after a verb up to the next verb or the end of its clause."""
    head, own = candidate.head, _own(candidate)
    for token in head.doc[head.i + 1 : min(sentence_of(head).end, head.i + 2 * FURTHEST)]:
        if token.text in (";", ":") or (is_verb(token) and token.i not in own):
            return
        yield token


def _own(candidate: Candidate) -> set[int]:
    return {t.i for t in candidate.matched}
