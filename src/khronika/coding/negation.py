"""Whether what a trigger tells is negated, and where: 'was not', 'nobody was', 'no raid'."""

from itertools import pairwise

from spacy.tokens import Token

from khronika.coding.clauses import in_other_cell, is_verb

NEGATIVE_SUBJECTS = frozenset({"nobody", "none", "no", "neither", "nothing", "no-one"})
EVIDENCE = frozenset("evidence sign proof indication suggestion truth doubt trace record".split())
ATTEMPT_NOUNS = frozenset({"attempt", "bid", "effort", "try"})


def steps(token: Token) -> list[tuple[Token, Token]]:
    """Each word on the way up from a token, with the one above it."""
    chain = [token, *token.ancestors]
    return list(pairwise(chain))


def negation(trigger: Token) -> Token | None:
    """The verb at which the trigger is negated ('was not', 'nobody was', 'no raid'), or None."""
    if _negated_itself(trigger) or _negative_argument(trigger):
        return trigger
    for child, above in steps(trigger):
        if child.dep_ not in TRANSPARENT:
            return _negated_noun(child, above)
        if child.dep_ == "conj":
            if _negated_alone(above) and not _subject_of_own(child):
                return above
        elif is_verb(above):
            if _negated_alone(above) or _negative_argument(above):
                return above
            if child.dep_ != "xcomp":
                return None
    return None


TRANSPARENT = frozenset({"xcomp", "conj", "dobj", "nsubj", "nsubjpass", "attr", "pobj", "prep"})


def _negated_noun(child: Token, above: Token) -> Token | None:
    """The noun over a clause, where it is negated: 'no sign that', 'not an attempt to'."""
    lemma = above.lemma_.lower()
    if child.dep_ in ("acl", "ccomp", "relcl") and lemma in EVIDENCE and _denied_noun(above):
        return above
    if child.dep_ == "acl" and lemma in ATTEMPT_NOUNS and _negated_itself(above):
        return above
    return None


def _denied_noun(noun: Token) -> bool:
    """'no evidence that', 'did not find any sign that', 'there is no proof'."""
    return _negated_itself(noun) or (is_verb(noun.head) and _negated_alone(noun.head))


def _negated_itself(trigger: Token) -> bool:
    return _negated_alone(trigger) or any(
        c.dep_ == "det" and c.lower_ == "no" for c in trigger.children
    )


def _negated_alone(verb: Token) -> bool:
    return any(
        c.dep_ == "neg" or c.lower_ in HARDLY or _at_no_time(c) or _no_longer(c)
        for c in verb.children
    )


HARDLY = frozenset({"never", "neither", "rarely", "hardly", "seldom", "scarcely"})


def _no_longer(adverb: Token) -> bool:
    return adverb.lower_ in ("longer", "more") and any(c.lower_ == "no" for c in adverb.lefts)


def _at_no_time(preposition: Token) -> bool:
    """'at no time', 'in no way', 'under no circumstances'."""
    return preposition.dep_ == "prep" and any(
        c.dep_ == "pobj" and c.lemma_.lower() in NEVER and any(d.lower_ == "no" for d in c.lefts)
        for c in preposition.children
    )


NEVER = frozenset("time point moment stage way manner circumstance".split())


def _subject_of_own(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _negative_argument(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "expl") and not in_other_cell(child, verb):
            if child.lower_ in NEGATIVE_SUBJECTS:
                return True
            if any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children):
                return True
            if child.dep_ != "dobj" and any(c.dep_ == "neg" for c in child.children):
                return True  # 'not one of them was beaten'
    return False
