"""Expressions of time: found in a text, resolved against what the report says of its own date."""

from khronika.text.dates.context import Context, Resolved
from khronika.text.dates.expressions import DateExpression, Kind, Modifier
from khronika.text.dates.find import day_first, find_dates
from khronika.text.dates.resolve import resolve

__all__ = [
    "Context",
    "DateExpression",
    "Kind",
    "Modifier",
    "Resolved",
    "day_first",
    "find_dates",
    "resolve",
]
