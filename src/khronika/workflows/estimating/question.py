"""What of a record is asked to be estimated."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from khronika.errors import KhronikaError


class QuestionError(KhronikaError):
    """A question about a record that cannot be meant."""

    exit_status = 2


class By(StrEnum):
    """What a record is divided by, each part with a table of its own."""

    WHOLE = ""
    KIND = "kind"
    COUNTRY = "country"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whom to count: persons to whom acts of some kinds happened, somewhere, at some time.

    Attributes:
        kind: ids of kinds in the codebook, which count as one violation together.
        country: ISO 3166 alpha-2 of the place; "" for anywhere.
        since: EDTF; what was not wholly on or after it is left out.
        until: EDTF; what was not wholly on or before it is left out.
        by: what to divide by. A person is in one part, that of the earliest act; but in each kind
            in which something was done to them.
        without: publishers that are no lists, by name.
        together: publishers that are one list because the asker knows it, by name.
        small: publishers of fewer people than this are put together as one list; 0 leaves them.
    """

    kind: tuple[str, ...] = ()
    country: str = ""
    since: str = ""
    until: str = ""
    by: By = By.WHOLE
    without: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    small: int = 0

    def scope(self, part: str = "") -> str:
        """What is counted, in words; `part` is the value of what it is divided by."""
        return "; ".join(filter(None, self._said(part)))

    def _said(self, part: str) -> Iterator[str]:
        yield part if self.by is By.KIND and part else " or ".join(self.kind)
        yield part if self.by is By.COUNTRY and part else self.country or "any country"
        yield part if self.by is By.YEAR and part else self._period()

    def _period(self) -> str:
        if self.since and self.until:
            return f"from {self.since} to {self.until}"
        if self.since or self.until:
            return f"since {self.since}" if self.since else f"until {self.until}"
        return "any time"
