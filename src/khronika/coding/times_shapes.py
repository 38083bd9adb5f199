"""Shapes of a clause whose date is that of the act above or before it."""

from spacy.tokens import Token

from khronika.coding.times_clauses import auxiliaries, clause_verb
from khronika.coding.times_dated import Dated

_DEEDS = "decree order judgment judgement ruling verdict decision letter resolution notice act"
DEEDS = frozenset(_DEEDS.split())
_OCCASIONS = """
    hearing session meeting sitting trial rally protest raid attack search operation march vote
    election demonstration interview speech address sermon broadcast
"""
OCCASIONS = frozenset(_OCCASIONS.split())
NEAR = 8  # words between a noun and the participle that tells of it


def is_reduced(verb: Token, noun: Token) -> bool:
    """True for 'the sentence of 11 years handed down on 8 May', whatever the parse makes of it."""
    if verb.tag_ not in ("VBN", "VBD") or not 0 < verb.i - noun.i < NEAR:
        return False
    if any(t.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for t in verb.children):
        return False
    return not any(t.is_punct or t.pos_ in ("VERB", "AUX") for t in verb.doc[noun.i + 1 : verb.i])


def is_caused(verb: Token) -> bool:
    """True for 'The commission had the site blocked on 2 August'."""
    return verb.dep_ == "ccomp" and verb.head.lemma_ == "have" and not auxiliaries(verb)


def is_aim(verb: Token) -> bool:
    """True for an infinitive that says what for: 'raised his phone to film them'."""
    return verb.dep_ in ("advcl", "acl") and verb.tag_ == "VB" and "to" in auxiliaries(verb)


def is_instrument(dated: Dated, verb: Token) -> bool:
    """'In a decree of 3 March, the president banned it': the deed bears the date of the act."""
    noun = dated.hangs_on
    if not dated.tight or noun is None or clause_verb(noun.head) != verb:
        return False
    if noun.dep_ == "nsubj" and noun.lemma_.lower() in DEEDS and noun.head == verb:
        return True  # 'a decree of 3 March bans it'
    if noun.dep_ != "pobj":
        return False
    deed = noun.lemma_.lower() in DEEDS and noun.head.lower_ in ("in", "by", "through", "with")
    return deed or (noun.lemma_.lower() in OCCASIONS and noun.head.lower_ in ("at", "in", "during"))
