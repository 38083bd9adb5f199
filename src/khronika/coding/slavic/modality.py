"""Whether what a trigger tells happened: negated, denied, attempted, threatened, planned, possible.

`judge` walks from the trigger to the root of its sentence and reads each governing word. What is
demanded, asked, supposed or negated is no act: None.
"""

from collections.abc import Sequence

from khronika.coding.slavic.clauses import negated
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.words import Word
from khronika.model.acts import Modality

CONTENT = frozenset(
    "xcomp ccomp csubj csubj:pass obj nsubj nsubj:pass obl iobj nmod acl advcl conj parataxis aux "
    "root".split()
)
VIOLENT = frozenset(
    {"killing", "torture", "assault", "kidnapping", "sexual-violence", "enforced-disappearance"}
)


def judge(trigger: Word, tongue: Tongue, kind: str, *, inverted: bool = False) -> Modality | None:
    """The modality of what a trigger tells, None for what is no act.

    Args:
        trigger: the verb or noun that sets the act off.
        tongue: the words of its language.
        kind: of act; violence that is foretold is threatened, anything else planned.
        inverted: True for a way that tells the act where it is negated.
    """
    own = _own(trigger, tongue, kind, inverted=inverted)
    if own is not Modality.OCCURRED:
        return own
    child = trigger
    for above in trigger.above():
        if child.rel == "acl:relcl":
            break  # 'призвал освободить ту, которую удерживают': that she is held is told
        if child.rel not in CONTENT:
            child = above
            continue
        said = _governed(child, above, tongue, kind)
        if said is not Modality.OCCURRED:
            return said
        child = above
    return Modality.OCCURRED


def _own(word: Word, tongue: Tongue, kind: str, *, inverted: bool) -> Modality | None:
    """What a word's own form and the small words at it say."""
    if (negated(word) and not inverted) or _no(word, tongue):
        return None
    if word.mood in ("Imp", "Cnd") or _marked(word, tongue):
        return None
    if any(c.lower in ("бы", "б") for c in word.children):
        return None
    if any(
        c.lemma in tongue.possible_words and c.rel in ("advmod", "parataxis", "discourse")
        for c in word.children
    ):
        return Modality.POSSIBLE
    if word.tense == "Fut" or any(
        c.lemma in ("быть", "бути") and (c.tense == "Fut" or c.lower[:3] in ("буд",))
        for c in word.children
        if c.rel.startswith(("aux", "cop"))
    ):
        return Modality.THREATENED if kind in VIOLENT else Modality.PLANNED
    return Modality.OCCURRED


def _no(word: Word, tongue: Tongue) -> bool:
    """'никаких обысков', 'ни одного ареста', 'без суда'."""
    return any(
        c.lemma in tongue.words["no"] or (c.lower in ("ни", "ані") and c.i < word.i)
        for c in word.children
        if c.rel in ("det", "amod", "advmod", "nummod")
    ) or word.preposition() in ("без",)


def _marked(word: Word, tongue: Tongue) -> bool:
    """'чтобы', 'если': a purpose or a condition."""
    return any(c.rel in ("mark", "advmod") and c.lower in tongue.mark_none for c in word.children)


def _with_threat(child: Word, above: Word, tongue: Tongue) -> bool:
    """'получает угрозы убийством': what is threatened, hung on the verb beside the threat."""
    beside = [c for c in above.children if c is not child and c.lemma in tongue.threat_nouns]
    return child.case == "Ins" and child.pos == "NOUN" and bool(beside)


NOMINAL = frozenset(("obj", "nmod", "obl", "iobj", "nsubj", "nsubj:pass"))


def _governed(child: Word, above: Word, tongue: Tongue, kind: str) -> Modality | None:
    """What a governing word makes of what hangs on it; OCCURRED if nothing."""
    infinitive = child.form == "Inf" or child.rel in ("ccomp", "xcomp", "csubj")
    nominal = child.pos == "NOUN" and child.rel in NOMINAL
    if not (infinitive or nominal):
        return _own_of_clause(child, above, tongue)
    said = _by_lemma(child, above, tongue)
    if said is not Modality.OCCURRED:
        return said
    if negated(above) and (child.form == "Inf" or nominal):
        return None
    if nominal and above.is_verb:
        return _own(above, tongue, kind, inverted=False)
    return Modality.OCCURRED


def _by_lemma(child: Word, above: Word, tongue: Tongue) -> Modality | None:
    """What a governing word says by what it means: denying, asking, trying, planning ..."""
    lemma = above.lemma
    faced = lemma in tongue.words["face"] and child.rel.startswith("nsubj")
    for holds, modality in (
        (_with_threat(child, above, tongue), Modality.THREATENED),
        (lemma in tongue.deny, Modality.DENIED),
        (faced, Modality.POSSIBLE),  # 'ему угрожает депортация'
    ):
        if holds:
            return modality
    governs = above.is_verb or above.pos in ("ADJ", "ADV")
    for lemmas, nouns, asked in (
        (tongue.demand, tongue.demand_nouns, None),
        (tongue.attempt, tongue.attempt_nouns, Modality.ATTEMPTED),
        (tongue.threaten, tongue.threat_nouns, Modality.THREATENED),
        (tongue.plan, tongue.plan_nouns, Modality.PLANNED),
        (tongue.possible, frozenset[str](), Modality.POSSIBLE),
    ):
        if governs and lemma in lemmas:
            return None if negated(above) and asked is not Modality.POSSIBLE else asked
        if above.pos == "NOUN" and lemma in nouns:
            return asked
    return Modality.OCCURRED


def _own_of_clause(child: Word, above: Word, tongue: Tongue) -> Modality | None:
    """A clause below a conditional or purpose clause shares its fate."""
    if child.rel == "conj" and child.is_verb and above.is_verb:
        if _marked(above, tongue) or above.mood == "Imp":
            return None
        if child.form == "Inf" and above.form == "Inf":
            return Modality.OCCURRED
    return Modality.OCCURRED


def is_denial(trigger: Word, sentence: Sequence[Word], tongue: Tongue) -> bool:
    """True if a trigger is negated or called untrue: 'обысков не было', '... ложь'."""
    if negated(trigger) or _no(trigger, tongue):
        return True
    child = trigger
    for above in trigger.above():
        if above.lemma in tongue.deny or above.lemma in tongue.false:
            return True
        near = child.rel in ("nsubj", "obj", "nsubj:pass", "xcomp", "obl")
        if negated(above) and near and above.is_verb:
            return True
        if above.lemma in tongue.words["reported"] and is_untrue(sentence, tongue):
            return True
        child = above
    return False


def is_untrue(sentence: Sequence[Word], tongue: Tongue) -> bool:
    """'не соответствуют действительности', 'ложь', 'фейк' in a sentence."""
    forms = [w.lower for w in sentence]
    plainly = any(w.lemma in tongue.false for w in sentence)
    for at, form in enumerate(forms):
        if form.startswith(("соответств", "відповіда")) and "не" in forms[max(0, at - 2) : at]:
            return True
    return plainly
