"""A comma after a date that opens a sentence, for a parser that else reads it into what follows."""

import re

from khronika.text.mapped import MappedText, inserted

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# 'On 5 May 2021 police arrested her' -> 'On 5 May 2021, police arrested her'
LEADING = re.compile(
    rf"(?:^|(?<=[.!?] )|(?<=[.!?]\" ))(?:On|In|By|Since|Around|In early|In late) (?:{_DAY},? )?"
    rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?(?!,? ?\d)"
    rf"|\d{{4}}|{_DAY}(?: \w+ing)?)"
    r"(?= (?!and\b|or\b|to\b|of\b|at\b|in\b|until\b|after\b|when\b|that\b|the \d)[\w\"'])"
)


def ease(mapped: MappedText) -> MappedText:
    """The same text with a comma after each date that opens a sentence without one."""
    for match in reversed(list(LEADING.finditer(mapped.text))):
        mapped = inserted(mapped, match.end(), ",")
    return mapped
