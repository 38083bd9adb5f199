"""Reading one TOML table field by field: every refusal names the file, the entry and the field."""

import difflib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from khronika.codebook.errors import CodebookError

LONGEST = 2000  # characters of one text in a codebook
MOST = 2000  # words in one list


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table and how to speak of it: `arrest.toml, kind 'arrest', way 3`."""

    place: str
    values: Mapping[str, Any]

    def refuse(self, problem: str, remedy: str) -> CodebookError:
        """The error to raise, opened with where it is."""
        return CodebookError(f"{self.place}: {problem}.", remedy=remedy)

    def only(self, known: Collection[str]) -> None:
        """Refuse a field that no entry has: it would silently do nothing."""
        for name in self.values:
            if name not in known:
                raise self.refuse(f"unknown field '{name}'", suggest(name, known))

    def text(self, name: str, *, needed: bool = False) -> str:
        """A text, or "" where there is none."""
        value = self.values.get(name, "")
        if not isinstance(value, str) or len(value) > LONGEST:
            raise self.refuse(
                f"field '{name}' is not a text of at most {LONGEST} characters",
                f'write {name} = "..."',
            )
        if needed and not value.strip():
            raise self.refuse(f"field '{name}' is missing or empty", f'add {name} = "..."')
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, none of them empty, each once."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(_is_text(each) for each in value):
            raise self.refuse(
                f"field '{name}' is not a list of texts", f'write {name} = ["...", "..."]'
            )
        if len(value) > MOST:
            raise self.refuse(f"field '{name}' has more than {MOST} entries", "split it")
        twice = [each for each, times in Counter(value).items() if times > 1]
        if twice:
            raise self.refuse(f"field '{name}' has '{twice[0]}' twice", "remove one of them")
        return tuple(value)

    def flag(self, name: str) -> bool:
        """True or false; false where it is not given."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.refuse(f"field '{name}' is neither true nor false", f"write {name} = true")
        return value

    def number(self, name: str, *, least: int, most: int) -> int:
        """A whole number between two bounds, both allowed; `least` where it is not given."""
        value = self.values.get(name, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.refuse(
                f"field '{name}' is not a whole number from {least} to {most}",
                f"write {name} = {least}",
            )
        return value

    def mapping(self, name: str) -> dict[str, str]:
        """A table of texts."""
        value = self.values.get(name, {})
        if not isinstance(value, dict) or not all(_is_text(each) for each in value.values()):
            raise self.refuse(
                f"field '{name}' is not a table of texts", f'write {name} = {{ by = "..." }}'
            )
        return dict(value)

    def tables(self, name: str, called: str) -> tuple["Table", ...]:
        """The tables under `[[kind.NAME]]`, numbered from 1 in what is said of them."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.refuse(f"'{name}' is not a list of tables", f"write [[kind.{name}]] above")
        return tuple(
            Table(f"{self.place}, {called} {number}", each)
            for number, each in enumerate(value, start=1)
        )


def suggest(name: str, known: Collection[str]) -> str:
    """What to do about a name that is not known: the nearest known one, or all of them."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"write '{near[0]}'" if near else f"use one of: {', '.join(sorted(known))}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value.strip() != "" and len(value) <= LONGEST
