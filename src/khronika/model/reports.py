"""A report as received and as read: bytes' digest, text, passages, what is known of its origin."""

from dataclasses import dataclass, field
from enum import StrEnum

from khronika.model.anchors import Anchor, Span


class PassageRole(StrEnum):
    """What a passage is in its report; only some are coded."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CONTACT = "contact"
    BOILERPLATE = "boilerplate"
    REPEAT = "repeat"


LIST = "application/vnd.khronika.list+json"  # a piece of a list of people and bodies

CODED_ROLES = frozenset(
    {
        PassageRole.HEADLINE,
        PassageRole.BODY,
        PassageRole.QUOTATION,
        PassageRole.LIST_ITEM,
        PassageRole.TABLE_ROW,
        PassageRole.CAPTION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A verbatim slice of one report: the smallest thing an act may cite.

    `repeat_of` is the index of the passage that it repeats. `continues` is the index of the passage
    whose sentence goes on here, after a note that the page set in between. `set_aside` are the
    spans inside it (footnote marks, a note in the running text) that a parser must not see.
    """

    span: Span
    role: PassageRole
    repeat_of: int | None = None
    continues: int | None = None
    set_aside: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the format of a report says of a stretch of its text (an `<h1>`, a caption)."""

    span: Span
    role: PassageRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value that is known of a report, with the quotation or the basis that it stands on.

    An empty `value` is unknown; `basis` then says why.
    """

    value: str = ""
    anchor: Anchor | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a report came from, as its container or whoever added it said; never guessed.

    Each value has a basis such as "given by whoever added it", "metadata of the page",
    "header of the mail", "entry of the feed".
    """

    name: str
    url: Known = Known()
    title: Known = Known()
    publisher: Known = Known()
    published: Known = Known()
    place: Known = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What ingest hands on: the preserved text of one report and what its format said.

    `text` is what every anchor refers to; nothing alters it later. `flags` say what a reader must
    know ("no text layer", "replacement characters").
    """

    id: str
    sha256: str
    media_type: str
    encoding: str
    text: str = field(repr=False)
    hints: tuple[Hint, ...] = ()
    origin: Origin
    flags: tuple[str, ...] = ()


class ContactKind(StrEnum):
    """What sort of contact data was marked."""

    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    ADDRESS = "address"
    OWNER = "owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Contact data in a report: marked when read, never in a public edition."""

    kind: ContactKind
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as read. Its text is `text`; passages are ordered and do not overlap."""

    id: str
    name: str
    sha256: str
    media_type: str
    encoding: str
    text: str = field(repr=False)
    language: Known
    title: Known
    publisher: Known
    published: Known  # EDTF
    place: Known
    url: Known
    passages: tuple[Passage, ...]
    contacts: tuple[Contact, ...] = ()
    flags: tuple[str, ...] = ()
