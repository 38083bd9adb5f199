"""The smaller parts of an act: its quotation, penalty, reason, what it is about, its demands."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from khronika.coding.clauses import amount, clause, extent, is_verb
from khronika.coding.parsed import sentence_of
from khronika.coding.triggers import Candidate

LONGEST = 600
SENTENCE = 320  # a longer sentence is quoted by the clause that tells the act

NUMBER = (
    r"(?:\d[\d.,]*(?:\s\d/\d)?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)"
)
UNIT = r"(?:year|month|week|day)s?'?"
TERM = (
    rf"{NUMBER}(?: and a half|[- ]and[- ]a[- ]half)?[ -]{UNIT}"
    rf"(?:,? and {NUMBER} {UNIT}| {NUMBER} {UNIT})?"
)
PLACE = (
    r"(?:'? (?:in|of|at) (?:a |an )?(?:[\w-]+ ){0,2}"
    r"(?:prison|jail|custody|colony|probation|detention|labou?r|imprisonment|camp|liberty|arrest"
    r"|work|service|exile))|(?:'? (?:imprisonment|probation|jail(?: term)?|prison(?: term)?))"
)
CURRENCY = (
    r"(?:dollars?|euros?|pounds?|roubles?|rubles?|tenge|hryvnias?|lira|lari|rupees?|baht|yuan|pesos?"
    r"|dinars?|rials?|riyals?|dirhams?|francs?|kron[ae]|zlotys?|soms?|manats?|taka|kyats?|dong"
    r"|shillings?|naira|rand|reais|USD|EUR|GBP|RUB|lashes|hours of community service)"
)
PENALTY = re.compile(
    rf"(?:\b{TERM}(?![- ](?:old|ago))(?:{PLACE})?(?:, suspended| suspended)?)"
    rf"|(?:\b\d[\d.,  ]*(?:million |thousand )?{CURRENCY}\b)"
    r"|(?:[$€£¥₹₽₸]\s?\d[\d.,]*(?: ?(?:million|thousand))?)"
    r"|(?:\blife (?:in prison|imprisonment|sentence))"
    r"|(?:\b(?:the )?death (?:penalty|sentence)\b)"
    rf"|(?:\bsuspended (?:sentence|term)(?: of {TERM})?)",
    re.IGNORECASE,
)
PENAL = frozenset(
    {"sentence", "fine", "travel-ban", "arrest", "charge", "ban", "membership-suspension"}
)
REASON_MARKS = frozenset({"because", "as", "since"})
REASON_PREPOSITIONS = frozenset({"for", "over", "on", "under", "with", "due"})
GROUNDS = frozenset(
    "charge suspicion ground grounds accusation allegation basis pretext article count "
    "request retaliation connection offence".split()
)
PROCEEDINGS = frozenset(
    "sentence charge arrest fine trial dismissal closure exclusion-from-register ban "
    "wanted-listing forced-designation registration-refusal asylum-refusal blocking "
    "deportation travel-ban membership-suspension search".split()
)


def quote(candidate: Candidate) -> tuple[int, int]:
    """The sentence that tells it, or, where that is long, the clause, within 600 characters."""
    sentence = sentence_of(candidate.head)
    start, end = sentence.start_char, sentence.end_char
    if candidate.said:
        first, last = extent(list(candidate.said))
        if max(end, last) - min(start, first) <= SENTENCE:
            start, end = min(start, first), max(end, last)
    if end - start > SENTENCE:
        start, end = extent(_clause_of(candidate))
        if end - start < 40:
            start, end = _around(candidate.head.idx, sentence.start_char, sentence.end_char)
    if end - start > LONGEST - 40:
        start, end = _around(candidate.head.idx, start, end)
    return trimmed(candidate.head.doc.text, start, end)


def _clause_of(candidate: Candidate) -> list[Token]:
    verb = candidate.verb if candidate.verb is not None else candidate.head
    tokens = clause(verb)
    tokens += candidate.matched
    for subject in candidate.arguments.subject + candidate.arguments.object:
        if abs(subject.i - verb.i) < 40:
            tokens.append(subject)
    return [*tokens, candidate.head]


def _around(middle: int, start: int, end: int) -> tuple[int, int]:
    return max(start, middle - 200), min(end, middle + 200)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks at either end."""
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def penalty(candidate: Candidate) -> tuple[int, int] | None:
    """A term, a sum or another penalty in the sentence, after the trigger or else before it."""
    if candidate.entry.kind.id not in PENAL:
        return None
    sentence = sentence_of(candidate.head)
    text, base = sentence.text, sentence.start_char
    found = list(PENALTY.finditer(text))
    if candidate.entry.kind.id in ("arrest", "charge"):
        found = [m for m in found if m.start() + base > candidate.head.idx]
        found = [m for m in found if re.search(r"arrest|detention|prison", m.group())]
    found = [m for m in found if _imposed(text, m)]
    if not found:
        return None
    first = min(t.idx for t in (candidate.head, *candidate.matched))
    after = [m for m in found if m.start() + base >= first]
    best = min(after or found, key=lambda m: abs(m.start() + base - candidate.head.idx))
    return trimmed(sentence.doc.text, base + best.start(), base + best.end())


BARE_TERM = re.compile(rf"{TERM}$", re.IGNORECASE)
LED_IN = re.compile(
    r"(?:\bto|\bof|\bfor|\bhim|\bher|\bthem|\bgets?|\bgot|\bgiven|\breceived|\banother|\badditional"
    r"|\bat least|\bhours?|,|:|\bup to)\s*(?:a |an |the |another |about |nearly )?$",
    re.IGNORECASE,
)
DURATIONS = re.compile(r"\b(?:trial|hearing|investigation|search|session|wait)s? of\s*(?:half )?$")


def _imposed(text: str, match: re.Match[str]) -> bool:
    """A bare term is a penalty only where the words before it impose it, and it is no mere day."""
    if not BARE_TERM.fullmatch(match.group()):
        return True
    before = text[max(0, match.start() - 40) : match.start()]
    if re.search(r"\bdays?$", match.group()) and re.match(r"(?:a|an|one|half)\b", match.group()):
        return False
    return bool(LED_IN.search(before)) and not DURATIONS.search(before)


def reasons(candidate: Candidate) -> Iterator[list[Token]]:
    """The phrases that say why: 'for hanging a banner', 'because they refused', 'on charges of'."""
    if candidate.entry.kind.id not in PROCEEDINGS:
        return
    pattern = {t.i for t in candidate.matched}
    sums = [t for t in candidate.arguments.object if amount(t)]
    for top in (candidate.head, candidate.verb, *sums):
        for child in top.children if top is not None else ():
            if child.i in pattern:
                continue
            if (child.dep_ == "prep" and _gives_reason(child)) or (
                child.dep_ == "advcl" and _mark(child) in REASON_MARKS | {"for"}
            ):
                yield list(child.subtree)


def _mark(verb: Token) -> str:
    return next((c.lower_ for c in verb.children if c.dep_ == "mark"), "")


def _gives_reason(preposition: Token) -> bool:
    word = preposition.lower_
    inner = [c for c in preposition.children if c.dep_ in ("pobj", "pcomp")]
    if word == "due":
        return True
    if word in ("for", "over"):
        return any(c.dep_ == "pcomp" or not _measure(c) for c in inner)
    if word in ("on", "under", "with", "in"):
        return any(c.lemma_.lower() in GROUNDS for c in inner)
    return word in ("because",)


def _measure(noun: Token) -> bool:
    """'for three years', 'for a month': how long, not why."""
    return noun.ent_type_ in ("DATE", "TIME", "MONEY", "CARDINAL") or noun.lemma_.lower() in (
        "year month week day hour time minute term night while reward publication".split()
    )


def subtree_span(token: Token) -> tuple[int, int]:
    """The phrase of a noun without the clauses that hang on it."""
    tokens = [token]
    queue = [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ not in ("relcl", "advcl", "punct", "appos") and not (
                child.dep_ == "conj" and is_verb(child)
            ):
                tokens.append(child)
                queue.append(child)
    return extent(tokens)
