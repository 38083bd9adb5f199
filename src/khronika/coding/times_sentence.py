"""The date of an act within the sentence that tells it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from khronika.coding.parsed import ParsedReport, ParsedUnit, sentence_of
from khronika.coding.times_clauses import (
    HOLDING,
    SAYING,
    auxiliaries,
    clause_verb,
    coordinated,
    is_present,
    is_verb,
    lead,
    leads,
    marker,
    tells_of,
)
from khronika.coding.times_dated import Dated, is_day
from khronika.coding.times_events import FROM_EVENT, reckon
from khronika.coding.times_rows import cell, day_of_row
from khronika.coding.times_shapes import is_aim, is_caused, is_instrument, is_reduced
from khronika.model import edtf
from khronika.model.acts import When
from khronika.model.anchors import Anchor
from khronika.text.dates import Kind, Modifier

BOUNDED = "bounded by what is told beside it"
NOT_SAID = "no date is told"

MANY = 40  # expressions of one sentence that are looked at; it is no sentence then
SENSING = frozenset(("see", "hear"))  # 'has not been seen since': it lasts
_COUNTING = "record document count register log verify track note list"
COUNTING = frozenset(_COUNTING.split())  # 'Since January we have recorded 63 attacks'
HEAD = 8  # words before the first verb within which one does
FRONT = 3  # words of a sentence within which a date opens it


class SentenceDates:
    """The dates that stand in the sentences of one parsed report, for the acts told there."""

    def __init__(self, parsed: ParsedReport, units: Sequence[tuple[Dated, ...]]) -> None:
        self._parsed = parsed
        self._report = parsed.report
        self._units = units
        self._by_sentence = [_by_sentence(u, d) for u, d in zip(parsed.units, units, strict=True)]

    def near(self, unit: int, head: Token) -> tuple[Dated, ...]:
        """The expressions of a trigger's sentence; no parse leads out of it."""
        found = self._by_sentence[unit].get(sentence_of(head).start, ())
        if len(found) <= MANY:
            return found
        at = bisect_left(found, head.i, key=lambda dated: dated.first)
        return found[max(0, at - MANY // 2) : at + MANY // 2]

    def of(self, unit: int, head: Token) -> When | None:
        """The date in the trigger's own clause, or in one that shares its time."""
        row = self._in_row(unit, head)
        if row is not None:
            return row
        if not is_verb(head):
            own = [d for d in self.near(unit, head) if self._of_noun(d, head)]
            if own:
                return self.when(unit, head, _best(own, head))
        named = self._named(unit, head)
        if named is not None:
            return named
        reckoned = self._reckoned(unit, head)
        if reckoned is not None:
            return reckoned
        for verb in _sharing(head):
            own = [d for d in self.near(unit, head) if self.is_in_clause(d, verb)]
            own = own or [d for d in self.near(unit, head) if is_instrument(d, verb)]
            if own:
                return self.when(unit, head, _best(own, head))
            beside = self._beside(unit, verb)
            if beside is not None:
                return beside
        return (
            self._joined(unit, head)
            or self._bounded(unit, head)
            or self._opening(unit, head)
            or self._only(unit, head)
        )

    def _named(self, unit: int, head: Token) -> When | None:
        """'since 20 February, when two men knocked her down': the date names the clause's day."""
        verb = clause_verb(head)
        if verb.dep_ not in ("relcl", "advcl") or not any(
            t.lower_ == "when" for t in verb.children
        ):
            return None
        start = verb.left_edge.i
        for dated in self.near(unit, head):
            gap = start - dated.last
            if 0 <= gap <= 1 and dated.resolved.start and not dated.timeless:
                when = self.when(unit, head, dated)
                return replace(when, edtf=dated.resolved.start.split("T")[0])
        return None

    def _of_noun(self, dated: Dated, noun: Token) -> bool:
        """True for 'the sentence of 8 May', 'the sentence handed down on 8 May'.

        Also where the parse hangs the date on the verb: 'complained of her arrest on 1 March'.
        """
        if dated.timeless or dated.hangs_on is None:
            return False
        beside = dated.first == noun.i + 2 and noun.doc[noun.i + 1].pos_ == "ADP"
        inside = (
            dated.expression.modifier is Modifier.SINCE
            and noun.left_edge.i < dated.last <= noun.i
            and not any(is_verb(t) for t in noun.doc[dated.first : noun.i])
        )
        if dated.hangs_on == noun or beside or inside or is_reduced(dated.hangs_on, noun):
            return True
        verb = clause_verb(dated.hangs_on)
        if dated.tight or verb.dep_ not in ("acl", "relcl"):
            return False
        # 'a ban on rallies that the city had imposed': the clause may hang on the last noun
        return verb.head == noun or (noun.i < verb.head.i and noun in verb.head.ancestors)

    def is_in_clause(self, dated: Dated, verb: Token) -> bool:
        """True if the expression stands in the clause of a verb, not inside a noun of it."""
        if dated.timeless or dated.tight or dated.hangs_on is None:
            return False
        below = _clause_of(dated)
        while below != verb and (below.dep_ == "xcomp" or is_aim(below) or is_caused(below)):
            above = clause_verb(below.head)
            if above == below or not is_verb(above):
                break
            below = above  # 'were let go that evening', 'came to search it on Monday'
        return below == verb

    def _joined(self, unit: int, head: Token) -> When | None:
        """A date of a verb joined by 'and': a leading one, or one to the day."""
        sharing = list(_sharing(head))
        if not sharing:
            return None
        verb = sharing[-1]
        for other in coordinated(verb):
            own = [d for d in self.near(unit, head) if self.is_in_clause(d, other)]
            above = lead(other) if other.i < verb.i else None
            if not own and above is not None:
                own = [d for d in self.near(unit, head) if self.is_in_clause(d, above)]
            if own and is_present(verb) and not is_present(other):
                continue  # 'On 5 May it was fined; it means to go to court'
            if not own:
                beside = self._beside(unit, other) if other.i < verb.i else None
                if beside is not None:
                    return beside
                continue
            best = _best(own, head)
            leading = best.last <= min(verb.i, other.i)
            to_the_day = is_day(best.resolved.edtf)
            if leading or (to_the_day and best.expression.modifier is Modifier.NONE):
                if "had" in auxiliaries(sharing[0]) and "had" not in auxiliaries(other):
                    return self._bound(unit, [best], f"../{best.resolved.start.split('T')[0]}")
                return self.when(unit, head, best)
            return None
        return None

    def _beside(self, unit: int, verb: Token) -> When | None:
        """A date in a clause below: 'before she fled in 2006', 'since the law came in 2012'."""
        for child in verb.children:
            below = _below(child)
            if below is None:
                continue
            own = [d for d in self.near(unit, verb) if self.is_in_clause(d, below)]
            resolved = _best(own, verb).resolved if own else None
            if resolved is None or not resolved.start:
                continue
            word, start = marker(below), resolved.start.split("T")[0]
            if word in ("when", "while", "as"):
                return self.when(unit, verb, _best(own, verb))
            if word == "before":
                return self._bound(unit, own, f"../{start.split('/')[-1]}")
            if word == "since" and self._report.published.value:
                return self._bound(
                    unit, own, f"{start.split('/')[0]}/{self._report.published.value}"
                )
        return None

    def _reckoned(self, unit: int, head: Token) -> When | None:
        """'died on 4 May, four days after he was detained': the trigger is what it reckons from."""
        verb = clause_verb(head)
        above = clause_verb(verb.head) if verb.head != verb else verb
        if verb.dep_ not in ("advcl", "pcomp") or above == verb:
            return None
        for dated in self.near(unit, head):
            span, size = dated.expression, dated.expression.amount
            if span.kind is not Kind.EVENT or size is None or _hangs_in(dated) != verb:
                continue
            own = [d for d in self.near(unit, head) if self.is_in_clause(d, above) and d != dated]
            day = _best(own, head).resolved.start.split("T")[0] if own else ""
            found = reckon(day, -size, span.unit) if is_day(day) and not span.beside else ""
            if not found:
                return None
            return When(edtf=found, anchor=self._anchor(unit, dated), basis=FROM_EVENT)
        return None

    def _bounded(self, unit: int, head: Token) -> When | None:
        """The trigger stands in 'after being sentenced' under a dated verb: not after that."""
        verb = clause_verb(head)
        above = clause_verb(verb.head) if verb.head != verb else verb
        if verb.dep_ not in ("advcl", "pcomp") or marker(verb) != "after" or above == verb:
            return None
        own = [d for d in self.near(unit, head) if self.is_in_clause(d, above)]
        if not own or not _best(own, head).resolved.start:
            return None
        return self._bound(unit, own, f"../{_best(own, head).resolved.start.split('/')[-1]}")

    def _bound(self, unit: int, own: list[Dated], found: str) -> When | None:
        if not edtf.is_valid(found):
            return None
        return When(edtf=found, anchor=self._anchor(unit, own[0]), basis=BOUNDED)

    def _opening(self, unit: int, head: Token) -> When | None:
        """A date that opens the sentence, whatever the parse makes of it."""
        verb = clause_verb(head)
        if verb != head and tells_of(head, verb) and verb.lemma_ not in COUNTING:
            return None
        opening = _front(self.near(unit, head), line_date(self._units[unit]), sentence_of(head))
        if opening is None or opening.last > head.i or _apart(head, opening):
            return None
        if verb != head and verb.lemma_ in COUNTING and is_day(opening.resolved.edtf):
            return None  # 'On Monday we counted 63 attacks': the counting, not the attacks
        if is_present([verb, *leads(verb)][-1]) and not is_present(opening.hangs_on):
            return None  # 'On 5 May it was fined; it means to go to court'
        if "had" in auxiliaries(verb) and _clause_of(opening) != verb:
            start = opening.resolved.start.split("T")[0].split("/")[-1]
            return self._bound(unit, [opening], f"../{start}") if start else None
        return self.when(unit, head, opening)

    def _only(self, unit: int, head: Token) -> When | None:
        """The one day of a sentence whose one verb is the trigger's, however it was parsed."""
        found = [d for d in self.near(unit, head) if not d.timeless]
        if len(found) != 1 or found[0].tight or not is_day(found[0].resolved.edtf):
            return None
        if any(t.pos_ == "VERB" and t.i != head.i for t in sentence_of(head)):
            return None
        plain = found[0].expression.modifier is Modifier.NONE
        return self.when(unit, head, found[0]) if plain else None

    def _in_row(self, unit: int, head: Token) -> When | None:
        """The date of the trigger's own cell or clause of a row, nearest first."""
        part = cell(self._parsed.units[unit], head)
        if part is None:
            return None
        inside = [d for d in self._units[unit] if part[0] <= d.first < part[1] and not d.timeless]
        inside = inside or day_of_row(self._units[unit], self._parsed.units[unit].doc)
        if not inside:
            return When(basis=NOT_SAID) if line_date(self._units[unit]) is None else None
        return self.when(unit, head, _best(inside, head))

    def when(self, unit: int, head: Token, dated: Dated) -> When:
        """What an expression says of the act of a trigger: of what lasts, when it began."""
        resolved, found = dated.resolved, dated.resolved.edtf
        verb = clause_verb(head)
        if dated.expression.modifier is Modifier.UNTIL:
            return When(anchor=self._anchor(unit, dated), basis="only its end is told")
        stretch = dated.expression.modifier is Modifier.SINCE
        unseen = verb.lemma_ in SENSING and any(t.dep_ == "neg" for t in verb.children)
        lacks = verb.lemma_ == "be" and any(t.lower_ == "without" for t in verb.children)
        if stretch and not lacks and (verb.lemma_ in HOLDING or head.tag_ == "NN" or unseen):
            found = resolved.start
        return When(
            edtf=found,
            anchor=self._anchor(unit, dated),
            basis=resolved.basis,
            flags=resolved.flags,
        )

    def _anchor(self, unit: int, dated: Dated) -> Anchor:
        return self._parsed.anchor(unit, dated.expression.start, dated.expression.end)


def _best(own: list[Dated], head: Token) -> Dated:
    """The expression that says most: one that is resolved before one that is not, then nearest."""

    def key(dated: Dated) -> tuple[bool, bool, int]:
        until = dated.expression.modifier is Modifier.UNTIL
        return (
            not dated.resolved.edtf,
            until,
            min(abs(dated.first - head.i), abs(dated.last - head.i)),
        )

    return min(own, key=key)


def _sharing(head: Token) -> Iterator[Token]:
    """The verb of a trigger and the verbs above it that share its time."""
    verb = clause_verb(head)
    if verb != head and tells_of(head, verb):
        return
    yield verb
    while (above := lead(verb)) is not None and verb.dep_ != "conj":
        verb = above
        yield verb


def _hangs_in(dated: Dated) -> Token | None:
    return None if dated.hangs_on is None else clause_verb(dated.hangs_on)


def _below(child: Token) -> Token | None:
    """The verb of an adverbial clause: 'after he was freed', 'after being freed'."""
    if child.dep_ == "advcl" and is_verb(child):
        return child
    if child.dep_ == "prep":
        return next((t for t in child.children if t.dep_ == "pcomp" and is_verb(t)), None)
    return None


def _clause_of(dated: Dated) -> Token:
    """The verb of an expression's clause: 'He was freed on Monday, she said' is freed on Monday."""
    assert dated.hangs_on is not None
    verb = clause_verb(dated.hangs_on)
    if dated.expression.kind is Kind.EVENT and verb.dep_ == "advcl":
        return clause_verb(verb.head)  # 'three days before it was listed, they blocked it'
    if verb.dep_ == "csubj" and verb.head.lemma_ == "be":
        return verb.head  # 'What came of it, on 29 May, was a fine'
    if verb.lemma_ not in SAYING:
        return verb
    subject = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
    for child in verb.children:
        inside = child.left_edge.i <= dated.first
        before_saying = dated.first < min(verb.i, subject.left_edge.i if subject else verb.i)
        if child.dep_ == "ccomp" and child.i < verb.i and inside and before_saying:
            return child
    return verb


def _by_sentence(unit: ParsedUnit, found: Sequence[Dated]) -> dict[int, tuple[Dated, ...]]:
    """The expressions of a unit by the first token of their sentence."""
    made: dict[int, list[Dated]] = {}
    for dated in found:
        made.setdefault(sentence_of(unit.doc[dated.last - 1]).start, []).append(dated)
    return {start: tuple(each) for start, each in made.items()}


def _front(found: Sequence[Dated], line: Dated | None, sentence: Span) -> Dated | None:
    """The expression that opens a sentence, or stands alone before it: '9 March 2023: ...'."""
    verb = next((t.i for t in sentence if is_verb(t)), sentence.end)
    for dated in found:
        near = dated.first < sentence.start + FRONT or dated.last <= min(
            verb, sentence.start + HEAD
        )
        if sentence.start <= dated.first and near and not dated.timeless:
            return None if dated.tight else dated
    if line is None or any(t.is_alpha for t in sentence.doc[line.last : sentence.start]):
        return None
    return line


def _apart(head: Token, opening: Dated) -> bool:
    """True if a trigger stands in a clause of its own time: relative, reported, 'after ...'."""
    verb = clause_verb(head)
    while verb.head != verb:
        if verb.dep_ == "relcl" and not opening.first <= verb.head.i < opening.last:
            return True
        above = clause_verb(verb.head)
        if verb.dep_ == "ccomp" and above.lemma_ in SAYING and above.i < verb.i:
            return True
        if verb.dep_ in ("advcl", "pcomp") and marker(verb) in ("after", "before", "since", "if"):
            return True
        if above == verb:
            return False
        verb = above
    return False


def line_date(found: tuple[Dated, ...]) -> Dated | None:
    """The date that a unit opens with, if it opens with one."""
    if found and found[0].first == 0 and found[0].expression.kind is Kind.DATE:
        return found[0] if found[0].expression.modifier is Modifier.NONE else None
    return None
