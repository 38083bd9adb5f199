"""Whether a noun tells an act ("the arrest of X took place") or alludes to one known already."""

from spacy.tokens import Token

from khronika.coding.clauses import is_verb
from khronika.coding.lexicon import Entry, follow
from khronika.coding.parsed import sentence_of
from khronika.model.reports import PassageRole

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
    "list detail witness see note mention deplore investigate recall protest cite observe "
    "find compile collect verify substantiate".split()
)
ALLUDING = frozenset(
    "after before since following during despite without until over about amid ahead "
    "besides regarding concerning".split()
)


def used_as_noun(token: Token, role: PassageRole) -> bool:
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


def modifiers(token: Token, entry: Entry) -> list[Token] | None:
    """The modifiers that the pattern wants, in order, among the four words before the noun."""
    if not entry.rest:
        return []
    before = list(token.doc[max(sentence_of(token).start, token.i - 4) : token.i])
    return follow(before, entry.rest)


def governor(token: Token) -> Token | None:
    """The verb that a nominal trigger is an argument of, through 'cases of', 'series of', 'and'."""
    child = token
    for above in token.ancestors:
        if is_verb(above):
            return above
        linked = child.dep_ in ("pobj", "prep", "conj", "appos", "dobj", "compound", "nmod")
        if not linked or (child.dep_ == "prep" and not _passes(child, above)):
            return None
        child = above
    return None


def _passes(preposition: Token, above: Token) -> bool:
    """'cases of torture', 'abuses including torture', 'are subject to torture'."""
    word, lemma = preposition.lower_, above.lemma_.lower()
    if word == "of":
        return lemma in CONTAINERS
    if word == "to":
        return lemma == "subject" and above.pos_ == "ADJ"
    such = word == "as" and preposition.i > 0 and preposition.nbor(-1).lower_ == "such"
    return (such or word == "including") and lemma in ABUSES


ABUSES = frozenset("abuse violation atrocity incident case practice method act crime range".split())


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
    if token.dep_ == "ROOT" and entry.rest and not _definite(token):
        return True  # 'Next hearing 14 March.'
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
    if child.dep_ == "acomp" and child.lower_ == "subject":
        return lemma in ("be", "become", "remain")
    if child.dep_ in ("dobj", "obj") and lemma in REPORTING and _definite(token):
        below = {c.lower_ for c in token.children if c.dep_ == "prep"}
        return bool(below & {"of", "on", "against", "by"})  # 'reported the attack': known already
    if child.dep_ in ("dobj", "obj", "attr"):
        return lemma in DO | UNDERGO | REPORTING or (lemma == "be" and child.dep_ == "attr")
    if child.dep_ == "prep":
        return lemma in WITH_PREPOSITION
    return False
