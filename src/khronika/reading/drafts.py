"""What becomes a passage: a stretch of text on its way to a role."""

from dataclasses import dataclass, field

from khronika.model.anchors import Span
from khronika.model.reports import PassageRole


@dataclass(slots=True, kw_only=True)
class Draft:
    """A paragraph while its role is being found. `text` is `[start, end)` of the report's text.

    `gap` counts the blank lines before it: 0 means that it stands right under the one before.
    """

    start: int
    end: int
    gap: int
    text: str = field(repr=False)
    role: PassageRole | None = None
    repeat_of: int | None = None
    continues: int | None = None
    set_aside: list[Span] = field(default_factory=list)
    masthead: bool = False
    listed: bool = False  # a row or an item by its shape, whatever role it gets
    words: int = 0

    @property
    def open(self) -> bool:
        """True while no role has been found."""
        return self.role is None
