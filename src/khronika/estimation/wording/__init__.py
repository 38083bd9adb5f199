"""The words of a report in the languages of the house, each language a table of the same keys."""

import re
from collections.abc import Mapping
from functools import reduce

from khronika.estimation.errors import EstimationError
from khronika.estimation.results import Note
from khronika.estimation.wording.english import ENGLISH
from khronika.estimation.wording.forms import Form, Text
from khronika.estimation.wording.russian import RUSSIAN
from khronika.estimation.wording.ukrainian import UKRAINIAN

WORDS: Mapping[str, Mapping[str, Text]] = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}
LANGUAGES = tuple(WORDS)
_SAID = {text: key for key, text in ENGLISH.items() if key.startswith(("values.", "n.", "x."))}
_KINDS = re.compile(r"[a-z-]+(?: or [a-z-]+)+")
_LINKED = re.compile(r"(.+) as of entry (\d+) of the journal", re.DOTALL)
_PERIOD = re.compile(r"(from|since|until) (\d[\d-]*)(?: to (\d[\d-]*))?")


class Words:
    """Sentences of one language.

    Args:
        language: "en", "ru" or "uk".

    Raises:
        EstimationError: for another language.
    """

    def __init__(self, language: str) -> None:
        if language not in WORDS:
            raise EstimationError(
                f"A report is not written in '{language}'",
                remedy=f"Choose one of: {', '.join(LANGUAGES)}.",
            )
        self.language = language
        self._texts = WORDS[language]
        self._form = Form(language)

    def say(self, key: str, **values: object) -> str:
        """A sentence with its values."""
        return self.told(key, values)

    def counted(self, key: str, n: int, **values: object) -> str:
        """A sentence in the form that the count `n` wants, which is one of its values."""
        return self.told(key, {"n": n, **values}, n)

    def told(self, key: str, values: Mapping[str, object], count: int = 0) -> str:
        """A sentence with its values by name, in the form that a count wants."""
        found = self._texts[key]
        text = found if isinstance(found, str) else found[self._form.place(count)]
        return text.format_map({name: self.value(one) for name, one in values.items()})

    def note(self, one: Note) -> str:
        """A note in this language; names of lists as they are."""
        numbers = {name: self.figures(text) for name, text in one.numbers.items()}
        return self.told(f"note.{one.id}", {**numbers, **one.names}, one.count)

    def has(self, key: str) -> bool:
        """True where there is a sentence of this name."""
        return key in self._texts

    def value(self, value: object) -> str:
        """A number as this language writes it; words as they are."""
        if isinstance(value, int):
            return self._form.grouped(f"{value:,}")
        return str(value)

    def figures(self, text: str) -> str:
        """What a rule has for a number, as this language says it: '12,300', 'no end'."""
        key = _SAID.get(text)
        return self._form.grouped(text) if key is None else str(self._texts[key])

    def known(self, text: str) -> str:
        """A phrase that a record is told with, in this language; any other as it is."""
        key = _SAID.get(text)
        return text if key is None else str(self._texts[key])

    def scope(self, text: str) -> str:
        """What was counted: the phrases of a record in this language, all else as it is."""
        return "; ".join(self._period(part) for part in text.split("; "))

    def linkage(self, text: str) -> str:
        """What linked a record: its version as it is, the words around it in this language."""
        found = _LINKED.fullmatch(text)
        if found is None:
            return text
        return self.say("p.entry", by=self.known(found[1]), entry=found[2])

    def _period(self, text: str) -> str:
        if _KINDS.fullmatch(text):
            return reduce(
                lambda one, other: self.say("p.or", one=one, other=other), text.split(" or ")
            )
        found = _PERIOD.fullmatch(text)
        if found is None or (found[3] is not None) != (found[1] == "from"):
            return self.known(text)
        return self.say(f"period.{found[1]}", first=found[2], last=found[3])

    def numbers(self, text: str) -> str:
        """Numbers parted by commas; by semicolons where a comma is the decimal point."""
        return self._form.listed([self._form.grouped(one) for one in text.split(", ")])
