"""One page of many rows."""

from dataclasses import dataclass

from starlette.requests import Request

SIZES = (25, 50, 100)
FARTHEST = 1_000_000  # pages; a number in an address may be anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page is asked for (from 1), how many rows it has, how many rows there are in all.

    `total` is None where counting would cost more than the page; `more` then says whether a next
    page has anything.
    """

    number: int = 1
    size: int = 50
    total: int | None = None
    more: bool = False

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size

    @property
    def pages(self) -> int:
        """How many pages there are; at least as many as this page's number if it is not known."""
        if self.total is None:
            return self.number + self.more
        return max(1, -(-self.total // self.size))

    def of(self, total: int) -> "Paging":
        """The same page of so many rows; the last one if there are fewer pages."""
        last = max(1, -(-total // self.size))
        return Paging(number=min(self.number, last), size=self.size, total=total)


def paging(request: Request, size: int = 50) -> Paging:
    """What an address asks for by `page` and `size`; anything odd is the first page."""
    return Paging(
        number=min(max(_number(request.query_params.get("page", ""), 1), 1), FARTHEST),
        size=asked
        if (asked := _number(request.query_params.get("size", ""), size)) in SIZES
        else size,
    )


def _number(given: str, default: int) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else default
