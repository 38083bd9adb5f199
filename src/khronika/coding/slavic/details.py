"""The smaller parts of an act: its quotation, penalty, reason."""

from collections.abc import Iterator

from khronika.coding.slavic.clauses import clause, clause_verb
from khronika.coding.slavic.penalties import Penalties
from khronika.coding.slavic.triggers import Candidate
from khronika.coding.slavic.words import ParsedUnit, Word

LONGEST = 600
SENTENCE = 320  # a longer sentence is quoted by the clause that tells the act
PENAL = frozenset(
    {"sentence", "fine", "travel-ban", "arrest", "ban", "membership-suspension", "charge"}
)
PROCEEDINGS = frozenset(
    "sentence charge arrest fine trial dismissal closure exclusion-from-register ban search "
    "forced-designation registration-refusal asylum-refusal blocking deportation travel-ban "
    "membership-suspension wanted-listing acquittal".split()
)
GROUNDS = frozenset(
    "обвинение подозрение статья дело факт основание требование причина повод мотив "
    "обвинувачення підозра стаття справа підстава".split()
)
REASON_PREPOSITIONS = frozenset(
    ("за", "из-за", "в связи с", "под предлогом", "на основании", "через")
)


def quote(unit: ParsedUnit, candidate: Candidate) -> tuple[int, int]:
    """The sentence that tells it, or, where that is long, the clause, within 600 characters."""
    sentence = unit.sentence_of(candidate.head)
    start, end = sentence.start, sentence.end
    if end - start > SENTENCE:
        words = [*clause(clause_verb(candidate.head)), *candidate.matched, candidate.head]
        words = [w for w in words if w.sentence == candidate.head.sentence]
        start, end = min(w.start for w in words), max(w.end for w in words)
        if end - start < 40:
            start, end = _around(candidate.head.start, sentence.start, sentence.end)
    if end - start > LONGEST - 40:
        start, end = _around(candidate.head.start, start, end)
    return trimmed(unit.text, start, end)


def _around(middle: int, start: int, end: int) -> tuple[int, int]:
    return max(start, middle - 200), min(end, middle + 200)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks at either end."""
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def penalty(unit: ParsedUnit, candidate: Candidate, words: Penalties) -> tuple[int, int] | None:
    """A term, a sum or another penalty in the sentence, the nearest to the trigger."""
    kind = candidate.entry.kind.id
    if kind not in PENAL:
        return None
    sentence = unit.sentence_of(candidate.head)
    found = list(words.find(unit.text, sentence.start, sentence.end))
    if kind in ("arrest", "charge"):
        found = [
            f
            for f in found
            if f[0] > candidate.head.start and words.confines(unit.text[f[0] : f[1]])
        ]
    after = [f for f in found if f[0] >= candidate.head.start]
    if not found:
        return None
    best = min(after or found, key=lambda f: abs(f[0] - candidate.head.start))
    return trimmed(unit.text, *best)


def reasons(candidate: Candidate) -> Iterator[Word]:
    """The heads of the phrases that say why: 'за пикет', 'по обвинению в ...', 'в клевете'."""
    if candidate.entry.kind.id not in PROCEEDINGS:
        return
    pattern = set(candidate.matched)
    tops = [candidate.head, *candidate.matched, candidate.verb]
    for top in dict.fromkeys(t for t in tops if t is not None):
        for child in top.children:
            if child in pattern or child.rel not in ("obl", "nmod", "advcl", "iobj", "obj", "acl"):
                continue
            if _gives_reason(child, candidate):
                yield child


def _gives_reason(word: Word, candidate: Candidate) -> bool:
    preposition = word.preposition()
    if _measure(word):
        return False
    if preposition in REASON_PREPOSITIONS:
        return True
    if preposition in ("по", "под", "с", "на", "у") and word.lemma in GROUNDS:
        return True
    accusing = candidate.entry.kind.id == "charge" or any(
        w.lemma in GROUNDS for w in candidate.matched
    )
    return (
        preposition in ("в", "во", "у")
        and accusing
        and word.case in ("Loc", "Acc")
        and not word.capital
    )


def _measure(word: Word) -> bool:
    """'за год', 'за решеткой': how long or where, not why."""
    return word.lemma in MEASURES


MEASURES = frozenset(
    "период квартал полугодие век начало конец середина весна лето осень зима утро вечер ночь "
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
    "тысяча рубль раз год месяц неделя день сутки час время решетка граница рубеж "
    "рік місяць тиждень доба ґрати кордон".split()
)


def phrase_span(word: Word) -> tuple[int, int]:
    """The phrase of a noun with its preposition, without the clauses that hang on it."""
    words, queue = [word], [word]
    while queue:
        for child in queue.pop().children:
            if child.rel not in ("acl:relcl", "parataxis", "punct") and not (
                child.rel == "conj" and child.is_verb and not word.is_verb
            ):
                words.append(child)
                queue.append(child)
    return min(w.start for w in words), max(w.end for w in words)
