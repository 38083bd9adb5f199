"""What is done to these is done to whoever they belong to: homes, offices, parts of the body."""

from spacy.tokens import Token

_PREMISES = """
    office branch premises headquarters newsroom bureau account website site page flat home
    apartment house licence license passport studio archive
"""
PREMISES = frozenset(_PREMISES.split())
_BODY = """
    ankle arm back belly body bone breast buttock calf cheek chest chin ear elbow eye face finger
    fingernail foot forehead genital hair hand head heel hip jaw knee leg lip mouth nail neck nose
    palm rib scalp shin shoulder skin skull sole spine stomach temple thigh throat thumb toe toenail
    tongue tooth torso wrist foot feet teeth
"""
BODY = frozenset(_BODY.split())
_THINGS = """
    bag bed bedroom bicycle bike boat bus cabin camera car cell chair clothes coat computer cottage
    courtyard desk doorbell doorstep door doormat driveway equipment farm fence field gate garage
    garden hut inbox kitchen laptop letterbox locker lorry mailbox moped motorbike motorcycle
    notebook phone porch pocket post postbox profile room shop staircase stairwell stall store
    taxi telephone threshold van vehicle wall windscreen windshield window workplace workshop yard
    call request plea complaint letter application
"""
THINGS = frozenset(_THINGS.split())


def of_body(token: Token) -> bool:
    """True for a part of somebody's body: 'her head', not 'the head of the union'."""
    possessed = any(c.dep_ == "poss" for c in token.children)
    return possessed and token.lemma_.lower() in BODY


def owned(token: Token) -> bool:
    """True for what stands for its owner where something is done to it or left at it."""
    lemma = token.lemma_.lower()
    return lemma in PREMISES or lemma in THINGS or lemma in BODY
