"""Names of organisations: between quotation marks, acronyms, names that the parser marks."""

from collections.abc import Collection, Iterator, Sequence

from khronika.coding.slavic.clauses import DECISIONS
from khronika.coding.slavic.names import Naming, quoted_in
from khronika.coding.slavic.phrases import Phrases
from khronika.coding.slavic.words import ParsedUnit, Word, plain


def organisations_in(
    unit: ParsedUnit, phrases: Phrases, taken: Collection[tuple[int, int]]
) -> Iterator[Naming]:
    """Every name of an organisation in a unit that is no person's."""
    seen: set[int] = set()
    for first, last in quoted_in(unit):
        words = unit.words[first:last]
        noun = _noun_before(unit, first, phrases)
        if noun is not None and noun.lemma in phrases.tongue.titled:
            continue
        if any((unit.index, w.i) in taken for w in words) and noun is None:
            continue
        if _is_body(words, noun, phrases):
            seen.update(range(first, last))
            yield _naming(unit, words, noun, phrases)
    at = 0
    while at < len(unit.words):
        words = _run(unit, at, taken, seen)
        if words and _is_name(words, phrases):
            yield _naming(unit, words, None, phrases)
        at += len(words) or 1


def _noun_before(unit: ParsedUnit, first: int, phrases: Phrases) -> Word | None:
    """The noun before the quotation mark: 'центра «Лист»', 'центра помощи «Лист»'."""
    tongue = phrases.tongue
    naming = tongue.organisation | tongue.authority | tongue.titled
    nearest: Word | None = None
    for at in range(first - 2, max(-1, first - 7), -1):
        word = unit.words[at]
        if word.pos in ("PUNCT", "ADP") or word.is_verb:
            break
        if word.pos == "NOUN":
            nearest = nearest or word
            if word.lemma in naming:
                return word
            if word.case != "Gen":
                break
    return nearest


def _is_body(words: Sequence[Word], noun: Word | None, phrases: Phrases) -> bool:
    tongue = phrases.tongue
    if noun is not None and (noun.lemma in tongue.organisation or noun.lemma in tongue.authority):
        return True
    if any(w.entity == "ORG" for w in words):
        return True
    if noun is not None:
        return noun.lemma in OWNED
    top = next((w for w in words if w.head is None or w.head not in words), words[0])
    verbal = top.head is not None and top.head.is_verb
    return verbal and top.rel in ("nsubj", "nsubj:pass", "obj", "iobj", "appos")


OWNED = frozenset(
    "сайт офис помещение сотрудник деятельность участник активист член глава "
    "офіс приміщення співробітник діяльність учасник активіст очільник".split()
)


def _run(
    unit: ParsedUnit, at: int, taken: Collection[tuple[int, int]], seen: Collection[int]
) -> list[Word]:
    """The words from `at` on that the parser marks as one organisation."""
    found: list[Word] = []
    for word in unit.words[at : at + 12]:
        free = (unit.index, word.i) not in taken and word.i not in seen
        if (
            word.entity != "ORG"
            or not free
            or word.lemma in DECISIONS
            or (found and word.sentence != found[0].sentence)
        ):
            break
        found.append(word)
    return found


def _is_name(words: Sequence[Word], phrases: Phrases) -> bool:
    """True of an acronym or a proper name; 'районный суд' is a description."""
    capital = [w for w in words if w.capital and w.text.isalpha()]
    if len(words) == 1:
        word = words[0]
        return word.capital and word.lemma not in phrases.tongue.facility and len(word.text) > 1
    head = next((w for w in words if w.pos in ("NOUN", "PROPN")), words[0])
    described = head.lemma in phrases.tongue.authority and not head.capital
    return bool(capital) and not described and not any(w.text in '«»"' for w in words)


def _naming(unit: ParsedUnit, words: Sequence[Word], noun: Word | None, phrases: Phrases) -> Naming:
    name, nominative = _nominative(words, noun, unit, phrases)
    return Naming(
        unit=unit.index,
        first=words[0].i,
        last=words[-1].i + 1,
        start=words[0].start,
        end=words[-1].end,
        kind="organisation",
        name=name,
        exact=unit.text[words[0].start : words[-1].end],
        head=next((w for w in words if w.pos in ("NOUN", "PROPN")), words[0]),
        family=noun.lemma if noun is not None else "",
        key=tuple(_key(w, phrases) for w in words),
        nominative=nominative,
    )


def _key(word: Word, phrases: Phrases) -> str:
    """A lemma that does not depend on how the form was tagged: the least of the likely ones."""
    readings = phrases.morphology.readings(word.text)
    if word.text.isupper() or not readings:
        return plain(word.text)
    best = readings[0].score
    return min(r.lemma for r in readings if r.score >= best / 2)


def _nominative(
    words: Sequence[Word], noun: Word | None, unit: ParsedUnit, phrases: Phrases
) -> tuple[str, bool]:
    """The name in the nominative, and whether it stood so; behind its noun it always does."""
    exact = unit.text[words[0].start : words[-1].end]
    bodies = phrases.tongue.organisation | phrases.tongue.authority
    if noun is not None and noun.lemma in bodies and noun.lemma not in ("редакция", "редакція"):
        return exact, True
    head = next((w for w in words if w.pos in ("NOUN", "PROPN")), words[-1])
    upright = head.case == "Nom" or (not head.case and "Nom" in head.cases)
    if head.text.isupper() or upright or not head.cases:
        return exact, head.case == "Nom"
    return phrases.nominative(head, unit, words), False
