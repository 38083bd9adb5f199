"""A picture with all that says the same in words, and the words it is written with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from khronika.publish.wording import MONTHS, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, and the same without it.

    Attributes:
        title: what it shows, in one line.
        summary: what is to be seen, in a few sentences.
        columns: the heads of the table.
        rows: the data, all of it.
        svg: the picture.
    """

    title: str
    summary: str = field(repr=False)
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    svg: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The language a picture is written in.

    Attributes:
        gettext: a message in that language.
        ngettext: the same for one or several.
        number: a number as it is written there.
        date: an EDTF date in words.
        month: the short name of a month, 1 to 12.
    """

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    number: Callable[[int], str]
    date: Callable[[str], str]
    month: Callable[[int], str]

    def incidents(self, number: int) -> str:
        """'3 incidents'."""
        said = self.ngettext("%(number)s incident", "%(number)s incidents", number)
        return said % {"number": self.number(number)}


ENGLISH = Words(
    gettext=lambda message: message,
    ngettext=lambda one, several, number: one if number == 1 else several,
    number=lambda number: f"{number:,}",
    date=spoken,
    month=lambda month: MONTHS[month - 1][:3],
)
