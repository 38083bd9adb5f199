"""When an act was: the date in its clause, its sentence, or carried on from the sentence before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from khronika.coding.slavic.clauses import clause, clause_verb
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model import edtf
from khronika.model.acts import When
from khronika.model.reports import PassageRole
from khronika.text.dates import Context, DateExpression, Kind, Resolved, find_dates, resolve

CARRIED = "carried on from the sentence before"
HEADED = "the day in the heading"
FAR_ABOVE = 20  # units between a heading and what it dates
NOT_SAID = "no date is said"
OF_REPORT = "the report's own date"
RECENT = 60  # days before the report that a bare day is taken to be in its year
CARRY_FAR = 3  # sentences through which a telling goes on
POINTS = frozenset(
    {Kind.DATE, Kind.WEEKDAY, Kind.DAY, Kind.AGO, Kind.PERIOD, Kind.NARRATIVE, Kind.INTERVAL,
     Kind.OFFSET, Kind.WINDOW}
)  # fmt: skip
NEVER = frozenset({Kind.DURATION, Kind.CLOCK, Kind.VAGUE, Kind.FOREIGN})
BORN = frozenset("рождение родиться г.р. р род народиться народження".split())


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time where it stands, with the date that it means."""

    expression: DateExpression
    resolved: Resolved
    words: tuple[Word, ...]

    @property
    def head(self) -> Word:
        """The word of it that hangs on something else."""
        return next(
            (w for w in self.words if w.head is None or w.head not in self.words), self.words[0]
        )


class Times:
    """The dates of one parsed report."""

    def __init__(self, parsed: ParsedReport, language: str) -> None:
        self._parsed = parsed
        self._language = language
        self._published = parsed.report.published.value
        self._units: dict[int, tuple[Dated, ...]] = {}
        for unit in parsed.units:
            previous = core = ""
            year: int | None = None
            found = []
            for expression in find_dates(unit.text, language):
                words = tuple(
                    w for w in unit.words if w.start < expression.end and w.end > expression.start
                )
                if not words or _of_birth(unit, words):
                    continue
                context = Context(
                    published=self._published,
                    previous=previous,
                    previous_core=core,
                    year=year,
                    future=_future(words[0]),
                )
                resolved = self._resolved(expression, context)
                found.append(Dated(expression, resolved, words))
                if resolved.edtf and expression.kind not in NEVER:
                    previous, core = resolved.start or resolved.edtf, resolved.core
                    year = _year(resolved.edtf) or year
            self._units[unit.index] = tuple(_without_cut_windows(found))

    def _resolved(self, expression: DateExpression, context: Context) -> Resolved:
        """A day without a year is of the report's own time, if it was shortly before it."""
        if expression.kind is Kind.DATE and not expression.has_year and self._published:
            fresh = resolve(expression, replace(context, previous="", previous_core="", year=None))
            start, end = edtf.bounds(fresh.edtf)[0], edtf.bounds(self._published)[1]
            if start is not None and end is not None and 0 <= (end - start).days <= RECENT:
                return fresh
        found = resolve(expression, context)
        eve = expression.kind is Kind.NARRATIVE and expression.amount == -1
        if not found.edtf and eve and not context.previous:
            return resolve(expression, replace(context, previous=self._published))
        return found

    def of_report(self) -> When:
        """The date of what the report itself does: an appeal, an open letter."""
        known = self._parsed.report.published
        return When(
            edtf=known.value,
            anchor=known.anchor,
            basis=OF_REPORT if known.value else known.basis or NOT_SAID,
        )

    def of(self, unit: ParsedUnit, head: Word) -> When:
        """The date of the act that `head` tells; an empty one, with its reason, if none is."""
        found = self._own(unit, head)
        if found is not None:
            return self._when(unit, found)
        return self._carried(unit, head) or self._headed(unit, head) or When(basis=NOT_SAID)

    def _headed(self, unit: ParsedUnit, head: Word) -> When | None:
        """The day that heads a chronicle: 'Задержания 1 октября', above its paragraphs."""
        if not _tells(clause_verb(head)) or unit.unit.role is PassageRole.HEADLINE:
            return None
        for index in range(unit.index - 1, -1, -1):
            above = self._parsed.units[index]
            if above.unit.role is not PassageRole.HEADLINE:
                continue
            days = [d for d in self._units[index] if d.expression.is_day and d.resolved.edtf]
            if len(days) == 1:
                return self._carry(self._when(above, days[0]), HEADED)
            if days or index < unit.index - FAR_ABOVE:
                return None
        return None

    def dated_in(self, unit: ParsedUnit, sentence: int) -> list[Dated]:
        """The dates of one sentence that may be when something was."""
        return [
            d
            for d in self._units[unit.index]
            if d.words[0].sentence == sentence and d.expression.kind not in NEVER
        ]

    def _own(self, unit: ParsedUnit, head: Word) -> Dated | None:
        """The date of the trigger's own phrase, its clause, a clause above or the sentence."""
        there = self.dated_in(unit, head.sentence)
        if not there:
            return None
        below = [d for d in there if d.head.head is head]
        if below:
            return below[0]
        verb = clause_verb(head)
        for scope in self._scopes(head, verb):
            inside = [
                d for d in there if any(w in scope for w in d.words) and not _of_noun(d, head)
            ]
            if inside:
                return min(inside, key=lambda d: abs(d.words[0].i - head.i))
        first = there[0]
        opening = unit.sentences[head.sentence].words[0].i
        if first.words[0].i - opening <= 3 and not _of_noun(first, head):
            other = any(d is not first for d in there)
            return first if not other or verb.rel in ("root", "conj") else None
        return None

    def _scopes(self, head: Word, verb: Word) -> Iterator[set[Word]]:
        if verb.is_verb:
            yield set(clause(verb))
        else:
            yield set(head.below())
        above = verb
        for _ in range(4):
            if above.head is None or above.rel not in (
                "conj",
                "xcomp",
                "ccomp",
                "acl:relcl",
                "advcl",
                "acl",
                "csubj",
                "obj",
                "obl",
                "nmod",
            ):
                return
            lead = above.rel
            above = clause_verb(above.head)
            if lead in ("acl:relcl", "acl") or (lead == "ccomp" and not _content_date(above)):
                return
            yield set(clause(above))

    def _when(self, unit: ParsedUnit, dated: Dated) -> When:
        anchor = self._parsed.anchor(unit.index, dated.expression.start, dated.expression.end)
        resolved = dated.resolved
        if not resolved.edtf:
            return When(anchor=anchor, basis=resolved.basis, flags=resolved.flags)
        return When(edtf=resolved.edtf, anchor=anchor, basis=resolved.basis, flags=resolved.flags)

    def _carried(self, unit: ParsedUnit, head: Word) -> When | None:
        """The day of the sentence before, where the telling goes on in the past."""
        verb = clause_verb(head)
        if not _tells(verb) or self.dated_in(unit, head.sentence):
            return None
        for back in range(1, CARRY_FAR + 1):
            at = head.sentence - back
            if at < 0:
                return self._from_unit_before(unit)
            found = [d for d in self.dated_in(unit, at) if self._may_carry(unit, d)]
            if found:
                return self._carry(self._when(unit, found[-1] if len(found) == 1 else found[0]))
            if self.dated_in(unit, at):
                return None
        return None

    def _may_carry(self, unit: ParsedUnit, dated: Dated) -> bool:
        """True of a date that its sentence stands under, not one of a noun or a clause inside."""
        verb = clause_verb(dated.head)
        root = next(
            (w for w in unit.sentences[dated.words[0].sentence].words if w.rel == "root"), None
        )
        return dated.head.head is not None and (verb is root or verb.rel == "conj")

    def _from_unit_before(self, unit: ParsedUnit) -> When | None:
        """'Тогда же', 'По его словам': a paragraph that leads back to the one before."""
        for index in range(unit.index, max(0, unit.index - CARRY_FAR), -1):
            here = self._parsed.units[index]
            opening = [w.lower for w in here.words[:3]]
            before = self._parsed.units[index - 1]
            if not BACK & set(opening) or before.unit.role is PassageRole.HEADLINE:
                return None
            for at in range(len(before.sentences) - 1, -1, -1):
                found = [d for d in self.dated_in(before, at) if self._may_carry(before, d)]
                if found:
                    return self._carry(self._when(before, found[0]))
        return None

    def _carry(self, found: When, basis: str = CARRIED) -> When | None:
        start, end = edtf.bounds(found.edtf) if found.edtf else (None, None)
        if start is None or end is None or (end - start).days > 31:
            return None
        night = (end - start).days == 1  # 'в ночь на 11 мая': what follows was on the 11th
        told = end.isoformat() if night else found.edtf.split("T")[0]
        return replace(found, edtf=told, basis=basis)


def _without_cut_windows(found: list[Dated]) -> Iterator[Dated]:
    """Without 'за последние три месяца' where 'прошлого года' follows: nothing resolves it."""
    for at, dated in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        near = following is not None and following.expression.start - dated.expression.end <= 1
        if not (dated.expression.kind is Kind.WINDOW and near):
            yield dated


BACK = frozenset(
    "его ее их тогда затем потом он она они ему ей им после позже там "
    "його її їх тоді потім він вона вони йому їй згодом".split()
)


def _tells(verb: Word) -> bool:
    past = verb.tense == "Past" and verb.mood in ("Ind", "")
    return verb.is_verb and (
        past or verb.short or (verb.tense == "Pres" and verb.aspect == "Imp" and False)
    )


def _content_date(verb: Word) -> bool:
    """False for a verb of saying: 'в среду он рассказал, что ...' dates the telling alone."""
    return verb.tense != "Past" or not any(c.rel == "ccomp" for c in verb.children)


def _of_noun(dated: Dated, head: Word) -> bool:
    """True of a date that belongs to a noun which is not the trigger: 'закон 2012 года'."""
    above = dated.head.head
    if above is None or above is head or above in (*head.above(),):
        return False
    return (
        above.pos == "NOUN" and dated.head.rel in ("nmod", "amod", "appos") and not _decision(above)
    )


def _decision(word: Word) -> bool:
    return word.lemma in (
        "решение",
        "постановление",
        "приговор",
        "рішення",
        "вирок",
        "ночь",
        "день",
        "утро",
        "вечер",
    )


def _of_birth(unit: ParsedUnit, words: tuple[Word, ...]) -> bool:
    """'14.02.1988 г. р.', '1988 года рождения': when somebody was born."""
    at = words[-1].i + 1
    after = [w.lower for w in unit.words[at : at + 4]]
    before = [w.lemma for w in unit.words[max(0, words[0].i - 2) : words[0].i]]
    joined = " ".join(after)
    return joined.startswith(
        ("г. р", "г . р", "г.р", "рождения", "р. н", "р . н", "народження")
    ) or bool({"родиться", "народитися"} & set(before))


def _future(word: Word) -> bool | None:
    verb = clause_verb(word)
    if not verb.is_verb:
        return None
    helpers = (c for c in verb.children if c.rel.startswith("aux"))
    return verb.tense == "Fut" or any(c.tense == "Fut" for c in helpers)


def _year(text: str) -> int | None:
    head = text.removeprefix("../")[:4]
    return int(head) if head.isdigit() else None
