"""Who says it: 'по словам X', 'сообщает X', 'как рассказал X', 'об этом рассказала X'."""

from collections.abc import Iterator

from khronika.coding.slavic.cast import Cast, Filler
from khronika.coding.slavic.clauses import conjuncts
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.words import ParsedUnit, Word
from khronika.model.acts import ActorType, MentionForm

LONGEST_FALLBACK = 40  # words between a quotation and its verb


def speakers(unit: ParsedUnit, trigger: Word, cast: Cast, tongue: Tongue) -> list[Filler]:
    """Everyone who tells what a trigger tells; empty for the report itself."""
    found: list[Filler] = []
    for word in _speaker_words(unit, trigger, tongue):
        for filler in cast.fillers(unit.index, word) or _source(unit, word, tongue):
            if all(filler.name != other.name for other in found):
                found.append(filler)
    return found


def _source(unit: ParsedUnit, word: Word, tongue: Tongue) -> tuple[Filler, ...]:
    """'источник в полиции', 'заявление': tellers that are no actors of their own."""
    if word.lemma not in tongue.words["sources"]:
        return ()
    kind = ActorType.PERSON if word.number != "Plur" else ActorType.GROUP
    words = [w for w in word.below() if w.rel in ("case", "amod", "nmod") or w is word]
    start, end = min(w.start for w in words), max(w.end for w in words)
    return (
        Filler(
            name=unit.text[start:end].lower() if word.sentence == 0 else unit.text[start:end],
            type=kind, form=MentionForm.DESCRIPTION, cast=None, start=start, end=end,
            unit=unit.index,
        ),
    )  # fmt: skip


def _speaker_words(unit: ParsedUnit, trigger: Word, tongue: Tongue) -> Iterator[Word]:
    found = False
    for verb in _saying(trigger, tongue):
        for subject in _subjects(verb):
            found = True
            yield subject
    for word in _according(unit, trigger, tongue):
        found = True
        yield word
    if not found:
        yield from _told_after(unit, trigger, tongue)


def _subjects(verb: Word) -> Iterator[Word]:
    own = [c for c in verb.children if c.rel in ("nsubj", "nsubj:pass")]
    if own:
        yield from own
    elif (verb.rel == "conj" or verb.form == "Conv") and verb.head is not None:
        yield from _subjects(verb.head) if verb.head.is_verb else ()
    elif verb.number == "Plur" and verb.form == "Fin":  # 'в МВД отрицают'
        yield from (
            c
            for c in verb.children
            if c.rel == "obl" and c.preposition() in ("в", "во", "у") and c.pos in ("NOUN", "PROPN")
        )


def _saying(trigger: Word, tongue: Tongue) -> Iterator[Word]:
    """Verbs of saying above the trigger's clause, and those set in beside it."""
    child = trigger
    for above in trigger.above():
        if above.is_verb and above.lemma in tongue.say and above is not trigger:
            clause = child.rel in ("ccomp", "parataxis", "xcomp", "csubj", "advcl", "acl")
            if (clause and _is_content(child)) or (
                child.rel in ("obj", "obl") and above.lemma in tongue.telling
            ):
                yield above
        child = above
    root = trigger
    while root.head is not None:
        for each in root.children:
            if _inserted(each, trigger, tongue):
                yield each
        root = root.head
    for each in root.children:
        if _inserted(each, trigger, tongue):
            yield each


def _is_content(child: Word) -> bool:
    marks = {c.lower for c in child.children if c.rel in ("mark", "advmod")}
    if marks & {"когда", "если", "пока", "после", "поскольку", "коли", "якщо"}:
        return False
    return child.rel != "advcl" or bool(marks & {"что", "як", "как", "що"})


def _inserted(word: Word, trigger: Word, tongue: Tongue) -> bool:
    """', говорят очевидцы,', 'как рассказал сосед': a clause of saying set in."""
    if not word.is_verb or word.lemma not in tongue.say or trigger in word.below():
        return False
    if word.rel not in ("parataxis", "advcl", "ccomp", "dep", "conj"):
        return False
    marks = {c.lower for c in word.children if c.rel in ("mark", "advmod")}
    empty = not any(
        c.rel in ("ccomp", "xcomp") or (c.rel == "obj" and c.case != "Dat" and c.entity != "ORG")
        for c in word.children
    )
    return (
        empty
        and word.child("nsubj") is not None
        and (bool(marks & {"как", "як"}) or word.rel in ("parataxis", "dep", "ccomp", "advcl"))
    )


def _according(unit: ParsedUnit, trigger: Word, tongue: Tongue) -> Iterator[Word]:
    """'по словам X', 'по данным X', 'согласно X', 'со слов X' in the trigger's sentence."""
    for word in unit.sentence_of(trigger).words:
        if word.lemma in tongue.according and word.preposition() in (
            "по",
            "со",
            "с",
            "за",
            "зі",
            "из",
        ):
            others = [
                c
                for c in word.children
                if c.rel in ("nmod", "appos", "flat:name") and c.case in ("Gen", "")
            ]
            yield from others
            yield from (c for c in word.children if c.lower in tongue.possessives)
        elif (
            word.preposition() in ("согласно", "згідно з")
            and word.lemma not in tongue.words["laws"]
        ):
            yield word


def _told_after(unit: ParsedUnit, trigger: Word, tongue: Tongue) -> Iterator[Word]:
    """'Об этом рассказал X' in the sentence after."""
    if trigger.sentence + 1 >= len(unit.sentences):
        return
    following = unit.sentences[trigger.sentence + 1].words
    opening = " ".join(w.lower for w in following[:2])
    if opening not in (
        "об этом",
        "о случившемся",
        "о чем",
        "про це",
        "об обыске",
        "об аресте",
        "о задержании",
    ):
        return
    for word in following:
        if word.is_verb and word.lemma in tongue.say:
            for subject in word.children:
                if subject.rel == "nsubj":
                    yield from conjuncts(subject)[:1]
            return
