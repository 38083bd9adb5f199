"""When an act was: the date that the trigger of an act stands under, if any grounds it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc, Span, Token

from khronika.coding.parsed import ParsedReport, ParsedUnit, sentence_of
from khronika.coding.times_clauses import (
    HOLDING,
    SAYING,
    auxiliaries,
    clause_verb,
    is_past,
    is_perfect,
    is_told_in_present,
    is_verb,
    leads,
)
from khronika.coding.times_dated import Dated, is_brief, is_day
from khronika.coding.times_events import FROM_EVENT, reckon
from khronika.coding.times_found import read_dates
from khronika.coding.times_sentence import (
    BOUNDED,
    FRONT,
    NOT_SAID,
    SentenceDates,
    line_date,
)
from khronika.model import edtf
from khronika.model.acts import When
from khronika.model.reports import PassageRole
from khronika.text.dates import Kind
from khronika.text.dates.context import FROM_REPORT

CARRIED = "carried on from the sentence before"
OF_REPORT = "the report's own date"
# What a report does by saying so, in the present tense.
PERFORMING = frozenset(("call", "urge", "demand", "appeal", "ask", "request", "implore"))
THEN = frozenset(("subsequently", "later", "afterwards", "thereafter", "then"))
BACK = frozenset(("while", "meanwhile", "then", "all", "both"))
PRESENT = frozenset(("VBP", "VBZ"))
_BACKWARD = "he she they it him her them his their its"
BACKWARD = frozenset(_BACKWARD.split())
PRONOUNS = frozenset(("he", "she", "they", "it"))
LONGEST_LIST = 500  # items that one sentence may open
LOG = 2  # lines that a time of day opens make a log of the report's day
RECENT = 366  # days before the report within which 'has done' tells on
SAID_NEAR = 2  # sentences before one that is said that may date the saying
CARRY_FAR = 4  # sentences through which a telling goes on


class Times:
    """The dates of one parsed report, for whoever asks when a trigger's act was."""

    def __init__(self, parsed: ParsedReport) -> None:
        self._parsed = parsed
        self._report = parsed.report
        self._units = read_dates(parsed)
        self._sentence = SentenceDates(parsed, self._units)
        self._log = _log(self._units)
        self._heads = [i for i, u in enumerate(parsed.units) if _is_date(u, self._units[i])]
        self._known: dict[int, list[Span]] = {}

    def of_report(self) -> When:
        """The date of what the report itself does: an appeal, an open letter."""
        known = self._report.published
        return When(
            edtf=known.value,
            anchor=known.anchor,
            basis=OF_REPORT if known.value else known.basis or NOT_SAID,
        )

    def dated(self, unit: int) -> tuple[Dated, ...]:
        """Every expression of time of a unit, in order."""
        return self._units[unit]

    def of(self, unit: int, head: Token) -> When:
        """The date of the act that `head` tells; an empty one, with its reason, if none is.

        Args:
            unit: index of the unit that `head` stands in.
            head: the trigger, a verb or a noun.
        """
        found = self._sentence.of(unit, head)
        if found is not None:
            return found
        return (
            self._carried(unit, head)
            or self._perfect(unit, head)
            or self._performed(head)
            or self._followed(unit, head)
            or self._lasting(unit, head)
            or When(basis=NOT_SAID)
        )

    def of_saying(self, unit: int, head: Token) -> When:
        """The date of what somebody says will be done: of the saying, where nothing else is told.

        Args:
            unit: index of the unit that `head` stands in.
            head: the trigger, inside what is said.
        """
        sentence = sentence_of(head)
        verbs = [t for t in head.ancestors if is_verb(t)]
        above = [t for t in verbs if t.lemma_ in SAYING]
        said = above or [t for t in sentence if t.lemma_ in SAYING and is_verb(t)] or verbs
        found = self.of(unit, said[0]) if said else None
        if found is not None and found.edtf and found.basis != OF_REPORT:
            return found
        dated = [each for each in self._sentence.near(unit, head) if not each.timeless]
        if len(dated) == 1 and is_day(dated[0].resolved.edtf) and dated[0].last <= head.i:
            return self._sentence.when(unit, head, dated[0])
        return (None if dated else self._told_before(unit, sentence)) or When(basis=NOT_SAID)

    def _told_before(self, unit: int, sentence: Span) -> When | None:
        """The day of the nearest sentence of the same unit that has one."""
        for index, before in islice(self._before(unit, sentence), SAID_NEAR):
            found = self._sentence.of(index, clause_verb(before.root)) if index == unit else None
            if found is not None and found.edtf:
                return self._carry(found)
        return None

    def _performed(self, head: Token) -> When | None:
        """The report's own date for what its words do: 'We call on the authorities'."""
        verb = clause_verb(head)
        doer = next((t for t in verb.children if t.dep_ == "nsubj"), None)
        ours = doer is not None and doer.lower_ in ("we", "i")
        if verb.tag_ not in ("VBP", "VBZ", "VB") or auxiliaries(verb) - {"do", "does"}:
            return None
        if verb.lemma_ not in PERFORMING and not (ours and verb.lemma_ == "write"):
            return None
        return self.of_report() if self.of_report().edtf else None

    def _perfect(self, unit: int, head: Token) -> When | None:
        """'He has asked for asylum': between what was told before and the report's date."""
        verb, published = clause_verb(head), self._report.published.value
        if head != verb or not is_perfect(verb) or verb.lemma_ in HOLDING or not is_day(published):
            return None
        if self._dated_clause(unit, verb) or verb.dep_ in ("relcl", "advcl", "pcomp"):
            return None
        if not any(t.lower_ in BACKWARD for t in verb.subtree):
            return None  # 'In another town a court has dissolved ...' has nothing to do with it
        for index, before in self._before(unit, sentence_of(verb)):
            found = self._sentence.of(index, clause_verb(before.root))
            if found is None or not found.edtf or found.basis == FROM_EVENT:
                found = self._last_day(index, before)
            if found is None:
                continue
            start = edtf.bounds(found.edtf)[0]
            report = edtf.bounds(published)[0]
            if start is None or report is None or not 0 <= (report - start).days <= RECENT:
                return None
            return replace(
                found, edtf=f"{found.edtf.split('/')[0].split('T')[0]}/{published}", basis=BOUNDED
            )
        return None

    def _last_day(self, unit: int, sentence: Span, *, past_only: bool = False) -> When | None:
        """The last day that a sentence tells of, in whatever clause."""
        for dated in reversed(self._sentence.near(unit, sentence[0])):
            verb = clause_verb(dated.hangs_on) if dated.hangs_on is not None else None
            if past_only and (verb is None or not is_past(verb) or verb.dep_ == "relcl"):
                continue
            if is_day(dated.resolved.edtf) and not dated.tight and not dated.timeless:
                return self._sentence.when(unit, sentence.root, dated)
        return None

    def _lasting(self, unit: int, head: Token) -> When | None:
        """'She has petitioned for nine years': since so long before the report's date."""
        verb, published = clause_verb(head), self._report.published.value
        if head != verb or not auxiliaries(verb) & {"has", "have"} or not is_day(published):
            return None
        for dated in self._sentence.near(unit, head):
            size, said = dated.expression, dated.hangs_on == verb
            if size.kind is Kind.DURATION and size.amount and said and _is_for(dated, verb.doc):
                start = reckon(published, -size.amount, size.unit)
                lasts = verb.lemma_ in HOLDING
                found = start if lasts else f"{start}/{published}"
                anchor = self._parsed.anchor(unit, size.start, size.end)
                return When(edtf=found, anchor=anchor, basis=FROM_REPORT) if start else None
        return None

    def _followed(self, unit: int, head: Token) -> When | None:
        """'Subsequently he was arrested': between the dates of the sentences around it."""
        verb = clause_verb(head)
        first = next((t for t in sentence_of(verb) if t.is_alpha), None)
        if (
            head != verb
            or first is None
            or first.lower_ not in THEN
            or not self._goes_on(unit, verb)
        ):
            return None
        sentences = self._sentences(unit)
        at = bisect_right([s.start for s in sentences], verb.i) - 1
        if not 0 < at < len(sentences) - 1:
            return None
        around = [self._sentence.of(unit, clause_verb(sentences[i].root)) for i in (at - 1, at + 1)]
        dates = [when.edtf for when in around if when is not None and when.edtf]
        if len(dates) < 2 or any("/" in each for each in dates):
            return None
        (start, _), (_, end) = edtf.bounds(dates[0]), edtf.bounds(dates[1])
        if start is None or end is None or start > end or around[0] is None:
            return None
        return When(edtf=f"{dates[0]}/{dates[1]}", anchor=around[0].anchor, basis=BOUNDED)

    # --- from the sentence before ----------------------------------------------------------------

    def _carried(self, unit: int, head: Token) -> When | None:
        """The day of the sentence before, where the telling goes on in the simple past."""
        verb = clause_verb(head)
        line = line_date(self._units[unit]) or self._heading(unit)
        if line is None and unit in self._log and not self._dated_clause(unit, verb):
            return self._of_log(unit)
        of_line = verb.tag_ in PRESENT or is_perfect(verb)
        if line is not None and of_line and not self._dated_clause(unit, verb):
            return self._carry(self._sentence.when(unit, head, line))  # the present of a chronicle
        if not self._goes_on(unit, verb):
            return self._listed(unit, head)
        past = is_past([verb, *leads(verb)][-1])
        for index, before in self._before(unit, sentence_of(verb)):
            root = clause_verb(before.root)
            if past and "had" in auxiliaries(root):
                continue  # what had happened before is told beside the telling
            found = self._sentence.of(index, root)
            if found is not None and found.basis not in (NOT_SAID, FROM_EVENT):
                told = is_told_in_present(root) or root.tag_ in PRESENT
                same = past or told  # 'is arrested' goes on from 'is stopped', 'the court says no'
                return self._carry(found) if same else None
            if not (is_past(root) if past else is_told_in_present(root)) and not is_perfect(root):
                joined = self._last_day(index, before, past_only=True) if past else None
                if joined is not None:
                    return self._carry(joined)
                break
        if line is not None:
            return self._carry(self._sentence.when(unit, head, line))
        return self._listed(unit, head)

    def _of_log(self, unit: int) -> When | None:
        """The day of a log: the last that was told before it, else the report's own."""
        for index in range(self._log.start - 1, max(-1, self._log.start - 1 - CARRY_FAR), -1):
            for dated in reversed(self._units[index]):
                if is_day(dated.resolved.edtf) and not dated.tight:
                    return self._carry(
                        self._sentence.when(unit, self._parsed.units[index].doc[dated.first], dated)
                    )
        return self.of_report() if is_day(self.of_report().edtf) else None

    def _heading(self, unit: int) -> Dated | None:
        """The date that heads the paragraphs of a chronicle, one of several such headings."""
        at = bisect_left(self._heads, unit) - 1
        if len(self._heads) < 2 or at < 0:
            return None
        between = self._parsed.units[self._heads[at] + 1 : unit + 1]
        if any(each.unit.role is PassageRole.HEADLINE for each in between):
            return None
        return self._units[self._heads[at]][0]

    def _listed(self, unit: int, head: Token) -> When | None:
        """The date of the sentence that opens a list: 'On 5 May these were arrested:'."""
        role = self._parsed.units[unit].unit.role
        if role is not PassageRole.LIST_ITEM or self._dated_clause(unit, clause_verb(head)):
            return None
        for index in range(unit - 1, max(-1, unit - LONGEST_LIST), -1):
            each = self._parsed.units[index]
            if each.unit.role is PassageRole.LIST_ITEM:
                continue
            if not each.doc.text.rstrip().endswith(":"):
                return None
            last = self._sentences(index)[-1:]
            return (
                self._carry(self._sentence.of(index, clause_verb(last[0].root))) if last else None
            )
        return None

    def _before(self, unit: int, sentence: Span) -> Iterator[tuple[int, Span]]:
        """The sentences before one, nearest first; those of another paragraph if it leads back."""
        every = self._sentences(unit)
        at = bisect_left(every, sentence.start, key=lambda s: s.start)
        yield from ((unit, s) for s in reversed(every[max(0, at - CARRY_FAR) : at]))
        first = every[0] if every else sentence
        if at < CARRY_FAR and self._leads_back(unit, first):
            for index in range(unit - 1, max(-1, unit - 1 - CARRY_FAR), -1):
                if self._parsed.units[index].unit.role is PassageRole.HEADLINE:
                    return
                yield from ((index, s) for s in reversed(self._sentences(index)[-CARRY_FAR:]))

    def _sentences(self, unit: int) -> list[Span]:
        """The sentences of a unit that hold words; the number of an item is none."""
        if unit not in self._known:
            doc = self._parsed.units[unit].doc
            self._known[unit] = [s for s in doc.sents if any(t.is_alpha for t in s)]
        return self._known[unit]

    def _leads_back(self, unit: int, first: Span) -> bool:
        """True if a paragraph opens with 'While', 'Then', 'They', a time of day."""
        words = [t.lower_ for t in first if t.is_alpha][:2]
        if words and (words[0] in BACK or words[0] in PRONOUNS):
            return True
        if words[0:1] and words[0] in ("before", "when", "as") and words[-1] in PRONOUNS:
            return True
        return any(
            d.expression.kind is Kind.CLOCK and d.first - first.start < FRONT
            for d in self._sentence.near(unit, first[0])
        )

    def _carry(self, found: When | None) -> When | None:
        if found is None or not is_brief(found.edtf, days=7) or found.basis == BOUNDED:
            return None
        return replace(found, edtf=found.edtf.split("T")[0], basis=CARRIED)

    def _dated_clause(self, unit: int, verb: Token) -> bool:
        """True if a clause has a date of its own, though perhaps one that nothing grounds."""
        return any(
            self._sentence.is_in_clause(d, verb) and d.expression.kind is not Kind.EVENT
            for d in self._sentence.near(unit, verb)
        )

    def _goes_on(self, unit: int, verb: Token) -> bool:
        """True if the clause has no date of its own and tells on in the simple past."""
        clauses = [verb, *leads(verb)]
        top = clauses[-1]
        if any(self._dated_clause(unit, clause) for clause in clauses):
            return False
        if top.dep_ == "ccomp" and clause_verb(top.head).i < top.i:
            return False
        saying = top.lemma_ in SAYING and top != verb
        told = is_past(top) or is_told_in_present(top)
        return told and not saying and top.dep_ not in ("relcl", "advcl", "pcomp")


def _log(units: Sequence[tuple[Dated, ...]]) -> range:
    """The units of a log of one day: from the first that a time of day opens to the last."""
    opened = [
        i
        for i, found in enumerate(units)
        if found and found[0].first < FRONT and found[0].expression.kind is Kind.CLOCK
        if all(dated.timeless for dated in found)
    ]
    return range(opened[0], opened[-1] + 1) if len(opened) >= LOG else range(0)


def _is_date(unit: ParsedUnit, found: tuple[Dated, ...]) -> bool:
    """True for a paragraph that is a date and nothing else."""
    if len(found) != 1 or found[0].expression.kind is not Kind.DATE:
        return False
    rest = (*unit.doc[: found[0].first], *unit.doc[found[0].last :])
    return not any(token.is_alpha for token in rest)


def _is_for(dated: Dated, doc: Doc) -> bool:
    """True for a length behind 'for'."""
    return dated.first > 0 and doc[dated.first - 1].lower_ == "for"
