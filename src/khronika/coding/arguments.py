"""Fills the roles of a candidate: which actors the arguments of its trigger stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from khronika.coding.belongings import PREMISES, of_body
from khronika.coding.cast import Cast, Filler
from khronika.coding.clauses import arguments, conjuncts
from khronika.coding.nominal import DO, UNDERGO
from khronika.coding.parsed import ParsedReport
from khronika.coding.restrictions import QUANTIFIERS, deep_objects, partitive
from khronika.coding.triggers import Candidate
from khronika.model.acts import ActorType, Involvement, MentionForm, Role

ACTOR_ROLES = {
    "victim": Role.VICTIM,
    "perpetrator": Role.PERPETRATOR,
    "intervener": Role.INTERVENER,
    "addressee": Role.ADDRESSEE,
    "signatory": Role.SIGNATORY,
    "source": Role.SOURCE,
}
RECKONING = frozenset("account admission count estimate figure reckoning tally".split())
LISTING = frozenset({"including", "like", "among", "namely", "notably", "as"})
HEDGES = frozenset(
    "alleged allegedly suspected suspect believe believed presumably presumed apparently "
    "accuse accused blame blamed supposedly claim".split()
)


@dataclass(slots=True)
class Filled:
    """The fillers of one candidate by role, and the words that fill what is no actor."""

    actors: dict[Role, list[Filler]] = field(default_factory=dict)
    words: dict[str, Token] = field(default_factory=dict)

    def add(self, role: str, fillers: Sequence[Filler], token: Token) -> None:
        """Put fillers in a role once each; a role that is no actor's keeps the words."""
        if role in ACTOR_ROLES:
            there = self.actors.setdefault(ACTOR_ROLES[role], [])
            for filler in fillers:
                if not any(same_filler(filler, other) for other in there):
                    there.append(filler)
        elif role:
            self.words.setdefault(role, token)


def same_filler(one: Filler, other: Filler) -> bool:
    """True if two fillers are one actor of the cast, or say the same words."""
    if one.cast is not None or other.cast is not None:
        return one.cast == other.cast
    return one.name.casefold() == other.name.casefold()


def fill(candidate: Candidate, cast: Cast) -> Filled:
    """The roles of one candidate, as its way of the codebook says."""
    filled = Filled()
    if candidate.entry.rule.split("/")[1] == "noun":
        _fill_noun(candidate, cast, filled)
    else:
        _fill_verb(candidate, cast, filled)
    _part(filled)
    return filled


def _fill_verb(candidate: Candidate, cast: Cast, filled: Filled) -> None:
    way, args, unit = candidate.entry.way, candidate.arguments, candidate.unit
    _put(filled, way.subject, args.subject, unit, cast)
    objects = deep_objects(args, candidate.matched[1:])
    objects = [t for t in objects if t not in args.indirect]
    if way.owner:
        nouns = [*objects, *(t for t in candidate.matched[1:] if t.pos_ in ("NOUN", "PROPN"))]
        _put_owners(filled, way.object, nouns, unit, cast)
    elif objects and way.object:
        _put(filled, way.object, objects, unit, cast)
        if not filled.actors.get(ACTOR_ROLES.get(way.object, Role.VICTIM)):
            _put_owners(filled, way.object, objects, unit, cast)
    elif way.object and not way.indirect and args.passive:
        _put(filled, way.object, args.indirect, unit, cast)
    _put(filled, way.indirect, args.indirect, unit, cast)
    _fill_prepositions(candidate, cast, filled)


def _fill_prepositions(candidate: Candidate, cast: Cast, filled: Filled) -> None:
    way = candidate.entry.way
    pattern = {t.i for t in candidate.matched}
    for preposition, token in candidate.arguments.prepositions:
        role = way.prepositions.get(preposition, "")
        if role and way.owner and role == way.object:
            _put_owners(filled, role, (token,), candidate.unit, cast)
        elif role in ACTOR_ROLES or token.i not in pattern:
            _put(filled, role, (token,), candidate.unit, cast)
    nouns = [t for t in candidate.matched[1:] if t.pos_ in ("NOUN", "PROPN")]
    if way.subject == "victim":  # 'received threats from strangers'
        for sender in (t for noun in nouns for t in _from_people(noun, candidate.unit, cast)):
            _put_if_empty(filled, "perpetrator", (sender,), candidate.unit, cast)
    _fill_below_nouns(candidate, nouns, cast, filled)
    if way.prepositions.get("against") == "victim" and not filled.actors.get(Role.VICTIM):
        _put(filled, "victim", tuple(_against(nouns)), candidate.unit, cast)


def _fill_below_nouns(
    candidate: Candidate, nouns: Sequence[Token], cast: Cast, filled: Filled
) -> None:
    """What hangs on the pattern's nouns: 'launched a case against her', 'opened fire on them'."""
    way = candidate.entry.way
    pattern = {t.i for t in candidate.matched}
    for noun in nouns:
        for child in noun.children:
            role = way.prepositions.get(child.lower_, "") if child.dep_ == "prep" else ""
            if role and not filled.actors.get(ACTOR_ROLES.get(role, Role.SOURCE)):
                inner = tuple(t for t in child.children if t.dep_ == "pobj" and t.i not in pattern)
                _put(filled, role, inner, candidate.unit, cast)
            if child.dep_ == "poss" and way.possessor:
                _put(filled, way.possessor, (child,), candidate.unit, cast)


def _against(nouns: Sequence[Token]) -> Iterator[Token]:
    """Whom 'a case for incitement against her' is against: the parser hangs it on the charge."""
    for noun in nouns:
        for token in noun.subtree:
            if token.dep_ == "prep" and token.lower_ == "against":
                yield from (t for t in token.children if t.dep_ == "pobj")
                return


def _from_people(noun: Token, unit: int, cast: Cast) -> Iterator[Token]:
    """Whoever 'from' names below a noun, or below the one that it is coordinated with."""
    for above in (noun, noun.head) if noun.dep_ == "conj" else (noun,):
        for child in above.children:
            if child.dep_ == "prep" and child.lower_ == "from":
                inner = tuple(t for t in child.children if t.dep_ == "pobj")
                yield from inner if _people(inner, unit, cast) else ()


def _fill_noun(candidate: Candidate, cast: Cast, filled: Filled) -> None:
    way, unit = candidate.entry.way, candidate.unit
    for child in candidate.head.children:
        if child.dep_ == "prep":
            _fill_below(child, candidate, cast, filled)
        elif child.dep_ == "poss":  # "the state's closure of offices", "the editor's arrest"
            doer = way.by and way.of and any(c.lower_ == "of" for c in candidate.head.children)
            _put(filled, way.by if doer else way.possessor, (child,), unit, cast)
        elif child.dep_ in ("compound", "nmod", "amod"):
            _fill_modifier(child, candidate, cast, filled)
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
            _fill_from_participle(child, candidate, cast, filled)
    for inner in _from_people(candidate.head, unit, cast):
        _put_if_empty(filled, way.by, (inner,), unit, cast)
    if candidate.verb is not None:
        _fill_from_support(candidate, candidate.verb, cast, filled)


def _fill_modifier(token: Token, candidate: Candidate, cast: Cast, filled: Filled) -> None:
    """'police raids': an authority before the noun does it; anybody else suffers it."""
    way, unit = candidate.entry.way, candidate.unit
    if "authority" not in cast.classes(unit, token):
        _put(filled, way.compound, (token,), unit, cast)
    elif way.by in ACTOR_ROLES:
        named = cast.fillers(unit, token) or (own_word(token, ActorType.AUTHORITY),)
        filled.add(way.by, named, token)


def own_word(token: Token, kind: ActorType) -> Filler:
    """An authority or a letter in its own word, where the cast knows it at most in a phrase."""
    return Filler(
        name=token.text,
        type=kind,
        form=MentionForm.DESCRIPTION,
        cast=None,
        count=None,
        age=None,
        start=token.idx,
        end=token.idx + len(token),
    )


def _fill_below(preposition: Token, candidate: Candidate, cast: Cast, filled: Filled) -> None:
    """What stands behind a preposition of the noun: 'of her', 'by police', 'against him'."""
    way, unit, word = candidate.entry.way, candidate.unit, preposition.lower_
    inner = tuple(t for t in preposition.children if t.dep_ == "pobj")
    default = {"of": way.of, "by": way.by, "against": way.of}.get(word, "")
    if word == "with":  # 'a press conference with the participation of ...'
        default, inner = way.by, _participants(inner)
    _put(filled, way.prepositions.get(word, default), inner, unit, cast)
    for place in inner if word in ("to", "from") and way.of else ():  # 'the return to Chad of X'
        for child in place.children:
            if child.lower_ == "of" and child.dep_ == "prep":
                below = tuple(t for t in child.children if t.dep_ == "pobj")
                _put_if_empty(filled, way.of, below, unit, cast)


def _fill_from_participle(verb: Token, candidate: Candidate, cast: Cast, filled: Filled) -> None:
    """'the fine imposed on her by the court', 'the request issued by the ministry'."""
    way, unit = candidate.entry.way, candidate.unit
    args = arguments(verb)
    for preposition, token in args.prepositions:
        role = way.prepositions.get(preposition, "")
        role = role or {"by": way.by, "against": way.of, "on": way.of}.get(preposition, "")
        if role != "victim" or not filled.actors.get(Role.VICTIM):
            _put(filled, role, (token,), unit, cast)
    _put(filled, way.by, args.subject, unit, cast)


def _people(heads: Sequence[Token], unit: int, cast: Cast) -> bool:
    return any(cast.classes(unit, h) & {"person", "group", "authority"} for h in heads)


def _participants(heads: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(
        inner
        for head in heads
        if head.lemma_.lower() in ("participation", "involvement", "attendance", "presence")
        for inner in partitive(head)
    )


def _fill_from_support(candidate: Candidate, verb: Token, cast: Cast, filled: Filled) -> None:
    """What the governing verb adds: who faced it, who carried it out, against whom."""
    way, unit, args = candidate.entry.way, candidate.unit, candidate.arguments
    own = {t.i for t in candidate.head.subtree}
    lemma = verb.lemma_.lower()
    victim, doer = way.of or way.possessor, way.by
    subjects = [t for t in args.subject if t.i not in own]
    if lemma == "threaten":
        _put(filled, victim, args.object, unit, cast)
        _put(filled, doer or "perpetrator", args.subject, unit, cast)
    elif lemma in UNDERGO:
        undergoer = args.object if args.passive else args.subject
        _put_if_empty(filled, victim, [t for t in undergoer if t.i not in own], unit, cast)
        _put(filled, doer, args.subject if args.passive else (), unit, cast)
    elif lemma in DO:
        _put_if_empty(filled, doer, subjects, unit, cast)
    elif lemma in ("target", "hit") and victim in ACTOR_ROLES:  # 'targeted NGOs with inspections'
        _put_if_empty(filled, victim, args.object, unit, cast)
        _put_if_empty(filled, doer, args.subject, unit, cast)
    elif lemma in ("report", "complain", "describe", "recount") and victim == "victim":
        told = [t for t in subjects if t.pos_ != "PROPN" and _people((t,), unit, cast)]
        _put_if_empty(filled, victim, told, unit, cast)  # 'the activists reported threats'
    for preposition, token in args.prepositions:
        default = way.of if preposition == "against" else ""
        if preposition == "from" and lemma in UNDERGO:
            default = doer
        role = way.prepositions.get(preposition, default)
        if token.i not in own:
            _put_if_empty(filled, role, (token,), unit, cast)


def _put_if_empty(filled: Filled, role: str, heads: Sequence[Token], unit: int, cast: Cast) -> None:
    if role in ACTOR_ROLES and not filled.actors.get(ACTOR_ROLES[role]):
        _put(filled, role, heads, unit, cast)


def _put(filled: Filled, role: str, heads: Sequence[Token], unit: int, cast: Cast) -> None:
    if not role:
        return
    for head in heads:
        if role == "perpetrator" and head.lemma_.lower() in RECKONING:
            continue  # "by our own count" tells who says it
        if role == "victim" and head.lemma_.lower() in PREMISES:
            _put_owners(filled, role, (head,), unit, cast)
            continue
        if role == "victim" and of_body(head) and (whose := _owners_alive(head, unit, cast)):
            filled.add(role, whose, head)
            continue
        fillers = tuple(expand(head, unit, cast)) if role in ACTOR_ROLES else ()
        if role == "victim" and _bare_quantifier(head):  # 'many face fines': no authority is many
            fillers = tuple(f for f in fillers if f.type is not ActorType.AUTHORITY)
        filled.add(role, fillers, head)
        if (
            role in ACTOR_ROLES
            and head.lower_ in QUANTIFIERS
            and not filled.actors.get(ACTOR_ROLES[role])
        ):
            filled.words.setdefault("some of " + role, head)


def _owners_alive(part: Token, unit: int, cast: Cast) -> tuple[Filler, ...]:
    """Whose arm or head it is; nobody's if it is the head of a body."""
    owners = cast.owners(unit, part)
    return owners if all(o.type in (ActorType.PERSON, ActorType.GROUP) for o in owners) else ()


def expand(head: Token, unit: int, cast: Cast) -> Iterator[Filler]:
    """The actors of a coordinated phrase, with those that 'including ...' names."""
    listed = list(_included(head))
    if listed:  # 'others arrested include A and B': those named are whom it happened to
        for token in listed:
            yield from cast.fillers(unit, token)
        return
    for token in conjuncts(head):
        if token != head and _is_unlike(head, token, unit, cast):
            return
        if token.lemma_ == "representative":  # 'representatives of A, B and C' speak for them
            behind = [n for t in partitive(token) for n in conjuncts(t)]
            found = [f for n in behind for f in cast.fillers(unit, n)]
            yield from found
            if found:
                continue
        yield from cast.fillers(unit, token) or _beside(token, unit, cast)
        yield from cast.listed(unit, token)
        for named in listed_below(token):
            yield from cast.fillers(unit, named)


def _is_unlike(first: Token, other: Token, unit: int, cast: Cast) -> bool:
    """'three years by the City Court, and Ana Ruiz two': no court and person in one list."""
    kinds = cast.classes(unit, other)
    person = other.pos_ == "PROPN" and "person" in kinds and "authority" not in kinds
    return person and "court" in cast.classes(unit, first)


def _beside(head: Token, unit: int, cast: Cast) -> tuple[Filler, ...]:
    """The name beside a description that nobody is known by: 'the councillor Igor Pavlik'."""
    for labels in (("appos",), ("compound", "nmod")):
        for child in head.children:
            if child.dep_ in labels and child.pos_ == "PROPN" and head.pos_ == "NOUN":
                named = tuple(f for f in cast.fillers(unit, child) if f.type is ActorType.PERSON)
                if named:
                    return named
    return ()


def _included(head: Token) -> Iterator[Token]:
    """Those named by 'X include A and B', 'X are A and B' or 'among X are A and B'."""
    verb = head.head
    wanted: tuple[str, ...] = ("dobj", "obj")
    if head.dep_ == "pobj" and verb.lower_ in ("among", "amongst"):
        verb, wanted = verb.head, ("nsubj", "attr")
    elif verb.lemma_ == "be":
        wanted = ("attr",)
    if head.dep_ not in ("nsubj", "pobj") or verb.lemma_ not in ("include", "be"):
        return
    for child in verb.children:
        if child.dep_ in wanted and child != head and (verb.lemma_ != "be" or _named(child)):
            yield from conjuncts(child)


def _named(token: Token) -> bool:
    return token.pos_ == "PROPN" or any(
        c.pos_ == "PROPN" and c.dep_ in ("appos", "compound", "nmod") for c in token.children
    )


def listed_below(token: Token) -> Iterator[Token]:
    """The heads that 'including A and B', 'such as A', 'among them A' list below a noun."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in LISTING:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.lower_ != "them":
                    yield from conjuncts(inner)
                elif inner.dep_ == "pobj":  # 'among them A and B'
                    yield from (
                        n for c in inner.children if c.dep_ == "appos" for n in conjuncts(c)
                    )


def _bare_quantifier(token: Token) -> bool:
    return token.lower_ in QUANTIFIERS and not any(c.lower_ == "of" for c in token.children)


def _nobodys(token: Token, unit: int, cast: Cast) -> bool:
    """'her son', 'the lawyer of X': people stand for themselves, whoever they belong to."""
    people = bool(cast.classes(unit, token) & {"person", "kin", "group"})
    return token.pos_ == "NOUN" and people


def _put_owners(filled: Filled, role: str, heads: Sequence[Token], unit: int, cast: Cast) -> None:
    for head in heads:
        for token in conjuncts(head):
            counted = token.lower_ in QUANTIFIERS or token.pos_ == "NUM"  # 'hundreds of NGOs'
            itself = counted or (_nobodys(token, unit, cast) and not of_body(token))
            owners = () if itself else cast.owners(unit, token)
            for inner in () if owners or itself else partitive(token):
                owners = cast.owners(unit, inner)
            doers = filled.actors.get(Role.PERPETRATOR, [])
            found = owners or cast.fillers(unit, token)
            if not any(c.dep_ == "poss" for c in token.children):
                found = tuple(o for o in owners if not _among(o, doers)) or cast.fillers(
                    unit, token
                )
            filled.add(role, tuple(f for f in found if not _among(f, doers)), token)


def _among(filler: Filler, others: Sequence[Filler]) -> bool:
    return any(same_filler(filler, other) for other in others)


def hedged(candidate: Candidate) -> bool:
    """True if the telling passes on a suspicion: whoever is named did it allegedly."""
    head = candidate.head
    near = [*head.children, *head.ancestors]
    if any(t.lower_ in HEDGES or t.lemma_.lower() in HEDGES for t in near[:12]):
        return True
    verb = candidate.verb
    return verb is not None and any(c.lower_ in HEDGES for c in verb.children)


def involvements(
    filled: Filled, parsed: ParsedReport, unit: int, *, alleged: bool
) -> tuple[Involvement, ...]:
    """The fillers as involvements, in the order of the text; nobody is both victim and doer."""
    victims = filled.actors.get(Role.VICTIM, [])
    made: list[Involvement] = []
    for role, fillers in filled.actors.items():
        for filler in fillers:
            if role is Role.PERPETRATOR and any(same_filler(filler, v) for v in victims):
                continue
            shown = Role.ALLEGED_PERPETRATOR if role is Role.PERPETRATOR and alleged else role
            made.append(involvement(filler, shown, parsed, unit))
    return tuple(sorted(made, key=lambda i: (i.role, i.anchor.start if i.anchor else 0, i.name)))


def _part(filled: Filled) -> None:
    """Whoever does it is not whom a pronoun in the same clause stands for as its victim."""
    doers = filled.actors.get(Role.PERPETRATOR, [])
    victims = filled.actors.get(Role.VICTIM, [])
    filled.actors[Role.VICTIM] = [
        v
        for v in victims
        if not (v.form is MentionForm.PRONOUN and any(same_filler(v, d) for d in doers))
    ]


def involvement(filler: Filler, role: Role, parsed: ParsedReport, unit: int) -> Involvement:
    """One filler in one role, anchored where it stands."""
    return Involvement(
        role=role,
        name=filler.name,
        type=filler.type,
        anchor=parsed.anchor(
            unit if filler.unit is None else filler.unit, filler.start, filler.end
        ),
        cast=filler.cast,
        count=filler.count,
        age=filler.age,
    )
