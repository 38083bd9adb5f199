"""The modality of a candidate: that of its words, as its kind and its way have it."""

from khronika.coding.modality import foretold, judge
from khronika.coding.triggers import Candidate
from khronika.model.acts import Modality


def modality_of(candidate: Candidate) -> Modality | None:
    """The modality of what a candidate tells, or None where it tells of nothing that was done."""
    if candidate.entry.rule.endswith("/must") or "/please " in candidate.entry.rule:
        return Modality.OCCURRED  # the call is made, whatever comes of it
    if candidate.in_row:
        return Modality(candidate.entry.way.modality or "occurred")
    matched = frozenset(t.i for t in candidate.matched)
    judged = judge(
        candidate.head, matched - {candidate.head.i}, inverted=candidate.entry.way.negated
    )
    for noun in candidate.matched[1:]:  # 'face the risk of a fine'
        if judged is Modality.OCCURRED and noun.pos_ == "NOUN" and noun.head.lower_ != "without":
            judged = judge(noun, matched - {noun.i}, inverted=candidate.entry.way.negated)
    if judged is Modality.OCCURRED and candidate.verb is not None:
        by_verb = judge(candidate.verb, matched - {candidate.verb.i})
        if candidate.verb.lemma_.lower() != "be" or by_verb is None:
            judged = by_verb
    if judged is Modality.PLANNED and _a_threat(candidate):
        return Modality.THREATENED
    if judged is Modality.THREATENED and candidate.entry.kind.intervention:
        judged = Modality.PLANNED  # a lawyer who tells that he will appeal
    return _overridden(candidate, judged)


def _overridden(candidate: Candidate, judged: Modality | None) -> Modality | None:
    """What the way itself says of something that is told as done."""
    override = candidate.entry.way.modality
    alluded = candidate.head.dep_ == "acl" and candidate.head.head.dep_ != "ROOT"
    if override == Modality.PLANNED and alluded:
        return None  # 'the hearing set for Thursday': what it did is said by another verb
    if override and judged is Modality.OCCURRED:
        return Modality(override)
    return judged


VIOLENT = frozenset(
    {"killing", "torture", "assault", "kidnapping", "sexual-violence", "enforced-disappearance"}
)


def _a_threat(candidate: Candidate) -> bool:
    """Violence that is foretold is threatened, whoever says so; nobody plans it in the open."""
    return candidate.entry.kind.id in VIOLENT and foretold(candidate.head)
