"""Mends a tree that a parser got wrong, before anything is read off it.

One root, no circles; counted people, possessives, datives and objects where a parser trained on
news hangs them elsewhere. Nothing here knows a word of a report; every rule is about grammar.
"""

from collections.abc import Sequence
from itertools import pairwise

from khronika.coding.slavic.words import Word

RELATIONS = {"Dat": "iobj", "Acc": "obj", "Nom": "nsubj"}


def mend(words: Sequence[Word]) -> None:
    """Give a sentence one root: hang words that reach none, or go in a circle, on it."""
    if not words:
        return
    loose = [w for w in words if not _reaches(w, len(words))]
    roots = [w for w in words if w.head is None and w not in loose]
    verbs = [w for w in roots if w.pos == "VERB"]
    named = [w for w in roots if w.rel == "root"]
    top = (verbs or named or roots or [w for w in words if w.pos == "VERB"] or [words[0]])[0]
    top.head, top.rel = None, "root"
    for word in words:
        if word is not top and (word.head is None or not _reaches(word, len(words))):
            word.head = top
            if word.rel in ("root", "appos", "nmod", ""):
                word.rel = RELATIONS.get(word.case, "obl") if word.pos in NOMINAL else "parataxis"
    for word in words:
        _relabel(word, words)
        _lift_dative(word, words)
    for word in words:
        if word is not top and not _reaches(word, len(words)):
            word.head = top


NOMINAL = ("NOUN", "PROPN", "PRON")


def _reaches(word: Word, most: int) -> bool:
    """True if the way up ends."""
    at: Word | None = word
    for _ in range(most + 1):
        if at is None:
            return True
        at = at.head
    return False


def _lift_dative(word: Word, words: Sequence[Word]) -> None:
    """'В колонии осужденной Анне Лис отказали': whom it is done to hangs on the verb."""
    before = any(c.rel == "case" and c.head is word for c in words)
    if word.rel != "nmod" or word.case != "Dat" or before or word.pos not in NOMINAL:
        return
    head = word.head
    if head is None or not (word.animate or word.entity == "PER"):
        return
    verb: Word | None = head
    for _ in range(6):
        if verb is None or verb.pos == "VERB":
            break
        verb = verb.head
    if verb is not None and verb.pos == "VERB":
        word.head, word.rel = verb, "iobj"


def _relabel(word: Word, words: Sequence[Word]) -> None:
    """What the parser gets wrong of small words: counted people, possessives, datives."""
    head = word.head
    if head is None:
        return
    if _misses_number(word, head, words):
        word.rel = "obj"
        return
    for rule in (_part_agreement, _collective, _comparison, _possessive, _genitive_for_dative):
        if rule(word, head, words):
            return


def _part_agreement(word: Word, head: Word, _words: Sequence[Word]) -> bool:
    """'угрожал подозреваемому изнасилованием': a participle in another case is no attribute."""
    parted = word.case and head.case and word.case != head.case and word.form == "Part"
    if word.rel != "amod" or not parted or head.head is None or word.short:
        return False
    word.head, word.rel = head.head, RELATIONS.get(word.case, "obl")
    return True


def _collective(word: Word, head: Word, _words: Sequence[Word]) -> bool:
    """'Шестерых отпустили': a number that stands for people."""
    if word.lemma not in COLLECTIVE or head.pos != "VERB":
        return False
    word.pos, word.number = "NUM", "Plur"
    if word.rel in ("nummod", "parataxis"):
        word.rel = "nsubj" if word.case == "Nom" else "obj"
    return True


def _comparison(word: Word, _head: Word, words: Sequence[Word]) -> bool:
    """'не менее 14 участников': the participants are the subject, not 'менее'."""
    if word.lower not in COMPARED or word.rel not in ("nsubj", "nsubj:pass", "obj"):
        return False
    counted = next((w for w in words if w.head is word and w.pos == "NOUN"), None)
    if counted is not None:
        counted.head, counted.rel = word.head, word.rel
        word.head, word.rel = counted, "advmod"
    return True


def _possessive(word: Word, _head: Word, words: Sequence[Word]) -> bool:
    """'её квартиру обыскивали': the possessive belongs to the noun behind it."""
    at = word.i - words[0].i + 1
    following = words[at] if at < len(words) else None
    if word.lower not in POSSESSIVES or word.pos != "DET" or following is None:
        return False
    owned = following if following.pos == "NOUN" else following.head
    if following.pos in ("NOUN", "ADJ") and owned is not None and owned.pos == "NOUN":
        word.head, word.rel = owned, "det"
    return True


def _genitive_for_dative(word: Word, head: Word, words: Sequence[Word]) -> bool:
    """'организации отказано': a form that is both cases, with a verb that takes the dative."""
    if word.case != "Gen" or word.rel not in ("obl", "iobj") or "Dat" not in word.cases:
        return False
    bare = not any(c.rel == "case" and c.head is word for c in words)
    if bare and head.lemma in GIVING:
        word.case = "Dat"
    return True


def _misses_number(word: Word, head: Word, words: Sequence[Word]) -> bool:
    """True of a 'subject' in the singular of a verb in the plural: 'похищение отрицают'."""
    if word.rel != "nsubj" or head.form != "Fin" or head.number != "Plur" or word.pos != "NOUN":
        return False
    beside = ("conj", "nummod", "nummod:gov", "case")
    counted = any(w.head is word and (w.rel in beside or w.case == "Gen") for w in words)
    other = any(w.head is head and w.rel == "obj" for w in words)
    return word.number == "Sing" and "Acc" in word.cases and not counted and not other


COMPARED = frozenset(("менее", "более", "больше", "меньше", "свыше"))
POSSESSIVES = frozenset(("его", "ее", "их"))
COLLECTIVE = frozenset(
    "двое трое четверо пятеро шестеро семеро восьмеро девятеро десятеро оба".split()
)
GIVING = frozenset(
    "отказать отказывать запретить запрещать предъявить предъявлять вручить назначить дать "
    "присудить вынести разрешить угрожать помочь сообщить объявить продлить избрать предоставить "
    "выдать".split()
)


def free_objects(words: Sequence[Word]) -> None:
    """'По словам Анны Лис, Илью Кима задержали': a name right before its verb is no conjunct."""
    for before, verb in pairwise(words):
        wanting = verb.form == "Fin" and verb.number == "Plur" and before.entity == "PER"
        if not wanting or any(c.rel in ("nsubj", "obj", "ccomp") for c in verb.children):
            continue
        top = before
        while top.head is not None and top.rel.startswith("flat") and top.head.entity == "PER":
            top = top.head
        comma = top.i > words[0].i and words[top.i - words[0].i - 1].text == ","
        if comma and top.rel in ("conj", "appos", "nmod") and top.head is not None:
            top.head.children.remove(top)
            top.head, top.rel = verb, "obj"
            verb.children.append(top)
