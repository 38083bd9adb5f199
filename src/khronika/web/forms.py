"""What a browser sends: query and form fields, read strictly and within bounds."""

from collections.abc import Iterable
from urllib.parse import parse_qsl

MOST_FIELDS = 2000


class Form:
    """Fields of a form, each with all of its values, in the order in which they came."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    @classmethod
    def read(cls, body: bytes) -> "Form":
        """A form as `application/x-www-form-urlencoded`.

        Raises:
            ValueError: it is not UTF-8, or has more fields than any form of ours.
        """
        # A browser writes line ends as CR LF, whatever a report has.
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
        return cls((name, value.replace("\r\n", "\n")) for name, value in pairs)

    def one(self, name: str, default: str = "") -> str:
        """The last value of a field, or a default."""
        return self._values.get(name, [default])[-1]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(self._values.get(name, ()))

    def number(self, name: str, default: int = 0) -> int:
        """The value of a field as a number of at most nine digits, or a default."""
        given = self.one(name).strip()
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else default

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every field and value, to carry them in another form."""
        return tuple((name, value) for name, all_ in self._values.items() for value in all_)
