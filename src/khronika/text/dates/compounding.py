"""Expressions of time that are made of others: 'since', 'three days after', 'from ... to'."""

from dataclasses import replace

from khronika.text.dates.building import Build, Groups, length
from khronika.text.dates.expressions import DateExpression, Kind, Modifier
from khronika.text.dates.words import Word

# What a compound is made of, by letter: a date of its own, one beside another, a length.
DATED = {Kind.DATE, Kind.WEEKDAY, Kind.DAY, Kind.INTERVAL, Kind.OFFSET}
BESIDE_ANOTHER = {Kind.NARRATIVE, Kind.AGO, Kind.PERIOD, Kind.WINDOW, Kind.EVENT}


def letter_of(expression: DateExpression) -> str:
    """The letter under which compounds see an expression."""
    if expression.kind in DATED:
        return "P"
    if expression.kind in BESIDE_ANOTHER:
        return "A"
    return {Kind.DURATION: "U", Kind.CLOCK: "C"}.get(expression.kind, "R")


def expression_of(word: Word) -> DateExpression:
    """The expression that a letter of a compound stands for."""
    assert isinstance(word.value, DateExpression)
    return word.value


def modified(modifier: Modifier) -> Build:
    """'before 2006', 'around 5 May'; 'before dawn on 5 May' is on that day."""

    def build(groups: Groups, start: int, end: int) -> DateExpression:
        date = expression_of(groups["P"])
        near = (Modifier.BEFORE, Modifier.AFTER, Modifier.AROUND)  # 'about six on 5 May'
        within = (date.part or date.clock) and modifier in near
        return replace(date, start=start, end=end, modifier=Modifier.NONE if within else modifier)

    return build


def since(groups: Groups, start: int, end: int) -> DateExpression:
    """'since 2014'; in 'с 3 по 5 мая' the same word only opens the interval."""
    date = expression_of(groups["P"])
    modifier = Modifier.NONE if date.kind is Kind.INTERVAL else Modifier.SINCE
    return replace(date, modifier=modifier, start=start, end=end)


def modified_period(modifier: Modifier) -> Build:
    """'late last year', 'by the end of last month'."""

    def build(groups: Groups, start: int, end: int) -> DateExpression | None:
        date = expression_of(groups["P"])
        inner = (Modifier.NONE, Modifier.EARLY, Modifier.MID, Modifier.LATE)
        ends = modifier in (Modifier.BY, Modifier.BEFORE, Modifier.UNTIL)
        whole = date.kind is Kind.PERIOD or (ends and date.kind is Kind.NARRATIVE)
        if not whole or date.modifier not in inner:
            return None
        if ends and date.part:  # 'before dawn on the 16th' is on that day
            return replace(date, start=start, end=end)
        return replace(date, start=start, end=end, modifier=modifier)

    return build


def spanned(groups: Groups, start: int, end: int) -> DateExpression:
    """A date under a wider span: another calendar's date before its Gregorian equivalent."""
    return replace(expression_of(groups["P"]), start=start, end=end)


def with_part(groups: Groups, start: int, end: int) -> DateExpression:
    """'the evening of 5 May'."""
    part = str(groups["p"].value)
    return replace(expression_of(groups["P"]), start=start, end=end, part=part)


def part_of_day_told(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'dawn on the 16th'."""
    day = expression_of(groups["P"])
    return with_part(groups, start, end) if day.kind is Kind.NARRATIVE and day.day else None


def with_clock(groups: Groups, start: int, end: int) -> DateExpression:
    """'27 January at 12:30'."""
    time = expression_of(groups["C"]).clock
    return replace(expression_of(groups["P"]), start=start, end=end, clock=time)


def eve(groups: Groups, start: int, end: int) -> DateExpression:
    """'the eve of 14 May'."""
    date = expression_of(groups["P"])
    return DateExpression(start=start, end=end, kind=Kind.OFFSET, amount=-1, unit="day", first=date)


def night_to(groups: Groups, start: int, end: int) -> DateExpression:
    """'в ночь на 15 марта': the night that ends on that day."""
    date = expression_of(groups["P"])
    first = DateExpression(
        start=start, end=end, kind=Kind.OFFSET, amount=-1, unit="day", first=date
    )
    return DateExpression(start=start, end=end, kind=Kind.INTERVAL, first=first, last=date)


def from_date(groups: Groups, start: int, end: int) -> DateExpression:
    """'three days after 5 May', 'two weeks before Christmas'."""
    size, sign = expression_of(groups["U"]), 1 if groups["L"].letter == ">" else -1
    amount = None if size.amount is None else size.amount * sign
    date = expression_of(groups["P"])
    return DateExpression(
        start=start, end=end, kind=Kind.OFFSET, amount=amount, unit=size.unit, first=date
    )


def from_other(kind: Kind) -> Build:
    """'three days after' something that is no date, 'the week before'."""

    def build(groups: Groups, start: int, end: int) -> DateExpression:
        sign = -1 if "L" not in groups or groups["L"].letter == "<" else 1
        amount: int | None = 1
        unit = "day"
        if "U" in groups:
            amount, unit = expression_of(groups["U"]).amount, expression_of(groups["U"]).unit
        elif "u" in groups:
            amount, unit = length(groups)
        signed = None if amount is None else amount * sign
        beside = "within" if "u" in groups and unit == "week" else ""  # 'during the week before'
        return DateExpression(
            start=start, end=end, kind=kind, amount=signed, unit=unit, beside=beside
        )

    return build


def interval_of(groups: Groups, start: int, end: int) -> DateExpression | None:
    """'between 3 May and 5 June 2018', '30 April - 2 May', 'from Monday to Wednesday'."""
    first, last = expression_of(groups["P"]), expression_of(groups["Q"])
    if first.kind is Kind.WEEKDAY and last.kind is Kind.WEEKDAY and "f" in groups:
        return DateExpression(start=start, end=end, kind=Kind.INTERVAL, first=first, last=last)
    if first.kind is not Kind.DATE or last.kind is not Kind.DATE:
        return None
    if first.year is None and first.month is None:
        return None
    if last.month is None and last.year is None:
        return None
    return DateExpression(start=start, end=end, kind=Kind.INTERVAL, first=first, last=last)
