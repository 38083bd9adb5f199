"""Terms, sums and other penalties as one language writes them; `[penalty]` of its data file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Penalties:
    """Finds penalties in a text: 'до пяти лет колонии', '30 тысяч рублей'."""

    _penalty: re.Pattern[str]
    _confining: re.Pattern[str]
    _no_term: re.Pattern[str]

    @classmethod
    def read(cls, table: Mapping[str, str]) -> Self:
        """Join the expressions of a data file."""
        part = {key: re.sub(r"\n", "", value) for key, value in table.items()}
        more = part["with"].replace("NUMBER", part["number"]).replace("UNIT", part["unit"])
        term = f"(?:до )?{part['number']} ?{part['unit']}{more}{part['place']}"
        money = rf"\d[\d \u00a0.,]*(?:[^\W\d]{{3,8}}\.? )?{part['currency']}"
        whole = rf"(?<!\w)(?:{money}|{term}|{part['other']})(?!\w)"
        return cls(
            re.compile(whole, re.IGNORECASE),
            re.compile(part["confining"], re.IGNORECASE),
            re.compile(part["no_term"], re.IGNORECASE),
        )

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The half-open ranges of the penalties between two places of a text."""
        for match in self._penalty.finditer(text, start, end):
            if not self._no_term.match(text, match.end() + 1):
                yield match.start(), match.end()

    def confines(self, penalty: str) -> bool:
        """True of a term behind bars."""
        return bool(self._confining.search(penalty))
