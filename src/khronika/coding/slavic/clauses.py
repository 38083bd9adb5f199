"""The deep arguments of a verb: passives undone, what coordination and control share handed on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from khronika.coding.slavic.words import Word

OBLIQUE = ("obl", "nmod", "iobj", "obl:agent", "advmod", "advcl", "obj", "appos")
DECISIONS = frozenset(
    "решение постановление приговор определение приказ распоряжение указ рішення постанова вирок "
    "ухвала наказ розпорядження".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """Who does it, to whom, for or against whom; `preps` are nouns with their preposition.

    `subject` is the deep subject: of a passive, whoever stands in the instrumental. `own` are all
    the nouns that hang on the verb itself.
    """

    subject: tuple[Word, ...] = ()
    object: tuple[Word, ...] = ()
    indirect: tuple[Word, ...] = ()
    instrumental: tuple[Word, ...] = ()
    preps: tuple[tuple[str, Word], ...] = ()
    passive: bool = False
    inherited: bool = False
    own: tuple[Word, ...] = field(default=())


def arguments(verb: Word) -> Arguments:
    """The deep arguments of a verb, participle or gerund."""
    passive = is_passive(verb)
    subjects, inherited = _subjects(verb)
    objects = _objects(verb)
    instrumental = tuple(c for c in verb.children if c.case == "Ins" and _bare_oblique(c))
    if passive:
        agents = tuple(a for c in instrumental for a in _agent(c))
        return _made(
            verb, agents, subjects or objects, instrumental, passive=True, inherited=inherited
        )
    if not objects and not inherited and _is_object(verb, subjects):
        subjects, objects = (), subjects
    if not objects:
        objects = _shared_objects(verb)
    return _made(verb, subjects, objects, instrumental, passive=False, inherited=inherited)


def _made(
    verb: Word,
    subject: tuple[Word, ...],
    objects: tuple[Word, ...],
    instrumental: tuple[Word, ...],
    *,
    passive: bool,
    inherited: bool,
) -> Arguments:
    indirect = tuple(
        c
        for c in verb.children
        if c.case == "Dat" and _bare_oblique(c) and c not in subject and c not in objects
    )
    preps = tuple(
        (prep, c) for c in verb.children if c.rel in OBLIQUE and (prep := c.preposition())
    )
    return Arguments(
        subject=subject,
        object=objects,
        indirect=indirect or _shared_indirect(verb),
        instrumental=instrumental,
        preps=preps,
        passive=passive,
        inherited=inherited,
        own=tuple(c for c in verb.children if c.pos in ("NOUN", "PROPN", "PRON")),
    )


def is_passive(verb: Word) -> bool:
    """'был задержан', 'задержанный', 'обыскивался'."""
    if verb.form == "Part":
        return verb.voice == "Pass"
    return verb.child("nsubj:pass", "aux:pass") is not None


def _bare_oblique(word: Word) -> bool:
    return word.rel in OBLIQUE and not word.preposition() and word.pos != "ADV"


def _subjects(verb: Word) -> tuple[tuple[Word, ...], bool]:
    """The grammatical subject, and whether another verb lends it."""
    own = tuple(c for c in verb.children if c.rel in ("nsubj", "nsubj:pass"))
    if len(own) > 1 and not is_passive(verb):
        own = own[:1]  # the second is an object: 'суд заблокировал сайт'
    if own:
        return own, False
    head = verb.head
    if verb.form == "Part" and not verb.short and verb.rel in ("acl", "amod", "acl:relcl"):
        return ((head,), False) if head is not None else ((), False)
    if head is None or not (head.is_verb or (head.short and verb.form == "Inf")):
        return (), False
    lends = (
        (verb.rel == "conj" and _agree(verb, head))
        or (verb.rel in ("xcomp", "csubj", "ccomp") and verb.form == "Inf")
        or (verb.rel == "advcl" and verb.form == "Conv")
    )
    return (_subjects(head)[0], True) if lends else ((), False)


def _agree(verb: Word, head: Word) -> bool:
    """True if two coordinated verbs may have one subject."""
    if verb.form == "Conv" or head.form == "Conv" or verb.form != head.form:
        return verb.short == head.short or verb.number == head.number
    same = verb.number == head.number or not verb.number or not head.number
    return same and (not verb.gender or not head.gender or verb.gender == head.gender)


def _objects(verb: Word) -> tuple[Word, ...]:
    found = tuple(
        c
        for c in verb.children
        if (c.rel == "obj" and c.case not in ("Dat", "Ins"))
        or (c.rel in ("obl", "iobj") and c.case == "Acc" and c.animate and not c.preposition())
    )
    if found or is_passive(verb):
        return found
    return tuple(c for c in verb.children if c.rel == "nsubj")[1:2]


def _shared_objects(verb: Word) -> tuple[Word, ...]:
    """'задержали активиста и избили': the second verb has the object of the first."""
    if any(c.rel in ("ccomp", "xcomp") for c in verb.children):
        return ()
    for peer in _peers(verb):
        if is_passive(peer) or not _agree(verb, peer):
            continue
        found = tuple(o for o in _objects(peer) if o.i < verb.i)
        if found:
            return found
    return ()


def _peers(verb: Word) -> Iterator[Word]:
    """The verbs before a verb that it is coordinated with, nearest first."""
    joined = verb.rel == "conj" or (verb.rel == "parataxis" and verb.child("cc") is not None)
    head = verb.head
    if not joined or head is None or not head.is_verb:
        return
    beside = (c for c in head.children if c.rel in ("conj", "parataxis") and c.is_verb)
    yield from sorted((c for c in beside if c.i < verb.i), key=lambda c: -c.i)
    yield head
    yield from _peers(head)


def _shared_indirect(verb: Word) -> tuple[Word, ...]:
    """'ему хотели предъявить обвинение': the dative of the governing verb."""
    head = verb.head
    if verb.form != "Inf" or head is None or verb.rel not in ("xcomp", "csubj"):
        return ()
    return tuple(c for c in head.children if c.case == "Dat" and _bare_oblique(c))


def _is_object(verb: Word, subjects: tuple[Word, ...]) -> bool:
    """True of a 'subject' that a verb in the plural cannot have: 'Иванова задержали'."""
    if len(subjects) != 1 or verb.form != "Fin" or verb.number != "Plur":
        return False
    one = subjects[0]
    counted = one.preposition() or one.child("conj", "nummod", "nummod:gov")
    of_many = any(c.rel == "nmod" and c.number == "Plur" and c.case == "Gen" for c in one.children)
    many = one.number == "Plur" or one.pos in ("NUM", "DET") or bool(counted) or of_many
    return not many and one.pos in ("NOUN", "PROPN") and one.case != "Nom"


def _agent(word: Word) -> Iterator[Word]:
    """Whoever stands in the instrumental; of 'решением суда', the court."""
    if word.lemma in DECISIONS:
        yield from (c for c in word.children if c.rel == "nmod" and c.case == "Gen")
    else:
        yield word


def decided_by(verb: Word) -> Iterator[Word]:
    """The court of 'решением суда', 'по решению суда', 'по приговору суда' in a verb's clause."""
    for child in verb.children:
        if child.lemma in DECISIONS and child.preposition() in ("", "по", "за", "согласно"):
            yield from (c for c in child.children if c.rel == "nmod" and c.case == "Gen")


def conjuncts(word: Word) -> list[Word]:
    """The word and the nouns coordinated with it, in the order of the text."""
    found = [word]
    for each in found:
        found.extend(
            c
            for c in each.children
            if c.rel == "conj"
            and (c.pos in ("NOUN", "PROPN", "PRON", "NUM") or c.form == "Part" or c.pos == "ADJ")
        )
    return sorted(found, key=lambda w: w.i)


CLAUSAL = ("acl:relcl", "acl", "advcl", "ccomp", "parataxis", "csubj")


def clause(verb: Word) -> list[Word]:
    """The words of a verb's own clause, without clauses below it and verbs beside it."""
    found, queue = [], [verb]
    while queue:
        word = queue.pop()
        found.append(word)
        for child in word.children:
            apart = child.rel in CLAUSAL or (child.rel == "conj" and child.is_verb)
            if not apart:
                queue.append(child)
    return sorted(found, key=lambda w: w.i)


def clause_verb(word: Word) -> Word:
    """The verb of the clause that a word stands in; the word itself if it is one, or has none."""
    if word.is_verb:
        return word
    return next((above for above in word.above() if above.is_verb), word)


def negated(word: Word) -> bool:
    """True if 'не' or 'нет' stands at a verb or its auxiliary."""
    return any(
        c.lower in ("не", "нет", "ні") and c.i < word.i + 2 and c.rel != "conj"
        for c in word.children
    )
