"""Numbers as sentences have them: two digits that count, ends of a range rounded outward."""

import math


def number_text(value: str | float) -> str:
    """A number as a sentence has it: '12,300', '1.03', 'no end'; words stay."""
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "unknown"
    if math.isinf(value):
        return "no end"
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{round(value):,}"
    return f"{value:.3g}"


def two_digits(value: float) -> int:
    """A number of people with two digits that count, as prose has it: 10,357 is 10,000."""
    return round(value / _step(value)) * _step(value)


def outward(low: float, high: float, least: float) -> tuple[float, float]:
    """A range with two digits that count, its ends rounded away from each other.

    Args:
        low: its lower end.
        high: its upper end; infinity stays.
        least: what the lower end may not fall under.
    """
    down = max(math.floor(low / _step(low)) * _step(low), least)
    return down, high if math.isinf(high) else math.ceil(high / _step(high)) * _step(high)


def _step(value: float) -> int:
    """What the second digit of a number counts."""
    return int(10 ** (len(str(int(value))) - 2)) if value >= 100 else 1
