"""How many people a description speaks of: 'two men', 'about 20 villagers', 'hundreds of NGOs'."""

import re

from khronika.model.acts import ActorType, Count
from khronika.text.amounts import number_of
from khronika.text.people import people

WORD = re.compile(r"\d{1,3}(?:[ ,\u00a0.]\d{3})+|[^\W_]+(?:['’-][^\W_]+)*")
LEAST = re.compile(
    r"\b(?:at least|more than|over|не менее|не меньше|более|больше|свыше"
    r"|щонайменше|не менше|понад|більше)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|dozens|около|примерно|почти"
    r"|приблизно|близько|майже)\b",
    re.IGNORECASE,
)
MOST_PEOPLE = 10_000_000
ONE = Count(least=1, most=1)


def count_of(name: str, type_: ActorType) -> Count | None:
    """The number that a description begins with; one for a person; None where none is said."""
    if type_ is ActorType.PERSON:
        return ONE
    if type_ in (ActorType.ORGANISATION, ActorType.COUNTRY):
        return None
    for word in WORD.findall(name)[:4]:
        found = _number(word.lower())
        if found is not None:
            return _counted(name, *found)
    return None


def _number(word: str) -> tuple[int, bool] | None:
    """A number and whether it is only about that."""
    known = people()
    for loose in (known.loose_numbers, known.scales):
        if word in loose and word not in known.numbers:
            return loose[word], True
    found = number_of(word)
    if found is None or found != int(found) or not 1 < found < MOST_PEOPLE:
        return None
    return int(found), not word[:1].isdigit() and word.endswith("s") and found >= 10


def _counted(name: str, number: int, about: bool) -> Count:  # noqa: FBT001
    if LEAST.search(name):
        return Count(least=number)
    if about or ABOUT.search(name):
        return Count(least=number, approximate=True)
    return Count(least=number, most=number)
