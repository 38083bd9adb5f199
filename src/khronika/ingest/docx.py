"""Reading Word documents (docx): paragraphs, lists, tables, notes, headers and footers."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from khronika.ingest.captures import Facts, RefusedError, facts_on
from khronika.ingest.layout import Layout, Parsed
from khronika.ingest.xml import attribute, local, member, tree
from khronika.model.reports import PassageRole as Role

BASIS = "metadata of the document"
# Style names are the same in every language of Word; the ids that paragraphs refer to are not.
STYLES = (
    ("heading", Role.HEADLINE),
    ("title", Role.HEADLINE),
    ("subtitle", Role.HEADLINE),
    ("list", Role.LIST_ITEM),
    ("caption", Role.CAPTION),
    ("quote", Role.QUOTATION),
    ("intense quote", Role.QUOTATION),
    ("footnote", Role.FOOTNOTE),
    ("endnote", Role.FOOTNOTE),
)
# Deleted by a tracked change, or an older rendering of the same thing.
UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "pict"})


def read_docx(data: bytes) -> Parsed:
    """The text of a document, with its notes below and what stands on every page around it."""
    body = tree(member(data, "word/document.xml"))
    if body is None:
        raise RefusedError("the document has no content.", remedy="open it and save it anew.")
    styles = _styles(data)
    layout = Layout()
    _furniture(data, "word/header", styles, layout)
    _lay_out(body, styles, layout)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        _notes(member(data, part), styles, layout)
    _furniture(data, "word/footer", styles, layout)
    return Parsed(text=layout.text(), hints=layout.hints(), facts=_facts(data))


def _styles(data: bytes) -> dict[str, Role]:
    root = tree(member(data, "word/styles.xml") or b"<none/>")
    found: dict[str, Role] = {}
    for style in root if root is not None else ():
        name = next((attribute(e, "val") for e in style if local(e) == "name"), "").lower()
        role = next((role for start, role in STYLES if name.startswith(start)), None)
        if role is not None:
            found[attribute(style, "styleId")] = role
    return found


def _lay_out(
    root: etree._Element, styles: dict[str, Role], layout: Layout, role: Role | None = None
) -> None:
    for text, own in _blocks(root, styles):
        layout.block(text, role or own)


def _blocks(root: etree._Element, styles: dict[str, Role]) -> Iterator[tuple[str, Role | None]]:
    """Paragraphs and rows in the order of the page; what nests in a row stands in the row."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "p":
            yield _text(element), _role(element, styles)
            waiting.extend(reversed(_boxes(element)))
        elif name == "tr":
            cells = (c for c in element if local(c) == "tc")
            yield "\t".join(_cell(cell) for cell in cells), Role.TABLE_ROW
        elif name not in UNSEEN:
            waiting.extend(reversed(element))


def _cell(cell: etree._Element) -> str:
    texts = (_text(p).strip() for p in cell.iter() if local(p) == "p")
    return "\n".join(filter(None, texts))


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes that are anchored in a paragraph and stand beside it."""
    return [
        box
        for box in paragraph.iter()
        if local(box) == "txbxContent" and not any(local(a) in UNSEEN for a in box.iterancestors())
    ]


def _role(paragraph: etree._Element, styles: dict[str, Role]) -> Role | None:
    properties = next((e for e in paragraph if local(e) == "pPr"), None)
    if properties is None:
        return None
    for element in properties:
        if local(element) == "pStyle" and attribute(element, "val") in styles:
            return styles[attribute(element, "val")]
        if local(element) == "outlineLvl":
            return Role.HEADLINE
        if local(element) == "numPr":
            return Role.LIST_ITEM
    return None


BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def _text(paragraph: etree._Element) -> str:
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in BREAKS:
            pieces.append(BREAKS[name])
        elif name not in UNSEEN and name not in {"pPr", "txbxContent"}:
            waiting.extend(reversed(element))
    return "".join(pieces)


def _notes(data: bytes, styles: dict[str, Role], layout: Layout) -> None:
    root = tree(data) if data else None
    for note in root if root is not None else ():
        if attribute(note, "type") not in {"separator", "continuationSeparator"}:
            _lay_out(note, styles, layout, Role.FOOTNOTE)


def _furniture(data: bytes, start: str, styles: dict[str, Role], layout: Layout) -> None:
    """Headers or footers, each text once."""
    with ZipFile(BytesIO(data)) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith(start) and n.endswith(".xml"))
    seen: set[str] = set()
    for name in names[:20]:
        root = tree(member(data, name))
        for text, _ in _blocks(root, styles) if root is not None else ():
            if text not in seen:
                layout.block(text, Role.BOILERPLATE)
                seen.add(text)


def _facts(data: bytes) -> Facts:
    """The title alone: when a file was made or changed is no day of publication."""
    root = tree(member(data, "docProps/core.xml") or b"<none/>")
    titles = (e.text or "" for e in root if local(e) == "title") if root is not None else ()
    return facts_on(BASIS, title=next(iter(titles), "").strip())
