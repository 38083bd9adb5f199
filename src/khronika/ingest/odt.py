"""Reading OpenDocument texts (odt): headings, paragraphs, lists, tables, notes."""

from collections.abc import Iterator

from lxml import etree

from khronika.ingest.captures import Facts, RefusedError, facts_on
from khronika.ingest.layout import Layout, Parsed, raised
from khronika.ingest.xml import attribute, local, member, tree
from khronika.model.reports import PassageRole as Role

BASIS = "metadata of the document"
UNSEEN = frozenset({"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls"})
BREAKS = {"tab": "\t", "line-break": "\n"}
STYLES = (
    ("heading", Role.HEADLINE),
    ("title", Role.HEADLINE),
    ("subtitle", Role.HEADLINE),
    ("caption", Role.CAPTION),
    ("illustration", Role.CAPTION),
    ("quotations", Role.QUOTATION),
    ("list", Role.LIST_ITEM),
)


def read_odt(data: bytes) -> Parsed:
    """The text of a document, its notes where they are called."""
    if b"encryption-data" in member(data, "META-INF/manifest.xml"):
        raise RefusedError(
            "the document is encrypted.", remedy="remove the password and save it anew."
        )
    root = tree(member(data, "content.xml"))
    if root is None:
        raise RefusedError("the document has no content.", remedy="open it and save it anew.")
    styles = _styles(root)
    body = next((e for e in root if local(e) == "body"), root)
    layout = Layout()
    for text, role in _blocks(body, styles, None):
        layout.block(text, role)
    return Parsed(text=layout.text(), hints=layout.hints(), facts=_facts(data))


def _styles(root: etree._Element) -> dict[str, str]:
    """Which named style each automatic one ('P1') stands on."""
    return {
        attribute(e, "name"): attribute(e, "parent-style-name")
        for e in root.iter()
        if local(e) == "style"
    }


def _role(element: etree._Element, styles: dict[str, str]) -> Role | None:
    if local(element) == "h":
        return Role.HEADLINE
    name = attribute(element, "style-name")
    for style in (name, styles.get(name, "")):
        plain = style.lower().replace("_20_", " ")
        if role := next((role for start, role in STYLES if plain.startswith(start)), None):
            return role
    return None


def _blocks(
    root: etree._Element, styles: dict[str, str], role: Role | None
) -> Iterator[tuple[str, Role | None]]:
    waiting: list[tuple[etree._Element, Role | None]] = [(root, role)]
    while waiting:
        element, outer = waiting.pop()
        name = local(element)
        if name in {"p", "h"}:
            inner: list[etree._Element] = []
            yield _text(element, inner), outer or _role(element, styles)
            waiting.extend((box, _box_role(box)) for box in reversed(inner))
        elif name == "table-row":
            cells = (c for c in element if local(c) in {"table-cell", "covered-table-cell"})
            yield "\t".join(map(_cell, cells)).rstrip("\t"), Role.TABLE_ROW
        elif name not in UNSEEN:
            outer = Role.LIST_ITEM if name == "list-item" else outer
            waiting.extend((child, outer) for child in reversed(element))


def _box_role(box: etree._Element) -> Role | None:
    return Role.FOOTNOTE if local(box) == "note-body" else None


def _cell(cell: etree._Element) -> str:
    texts = (_text(p, []).strip() for p in cell.iter() if local(p) in {"p", "h"})
    return "\n".join(filter(None, texts))


def _text(paragraph: etree._Element, beside: list[etree._Element]) -> str:
    """A paragraph's own text; notes and text boxes in it are put into `beside`."""
    pieces = [paragraph.text or ""]
    waiting: list[etree._Element | str] = []
    _push(paragraph, waiting)
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        name = local(element)
        if name in {"note-body", "text-box"}:
            beside.append(element)
        elif name == "s":
            pieces.append(" " * min(_number(attribute(element, "c")), 100))
        elif name not in UNSEEN:
            text = element.text or ""
            shown = raised(text) if name == "note-citation" else text
            pieces.append(BREAKS.get(name, "") + shown)
            _push(element, waiting)
    return "".join(pieces)


def _push(element: etree._Element, waiting: list[etree._Element | str]) -> None:
    for child in reversed(element):
        if child.tail:
            waiting.append(child.tail)
        waiting.append(child)


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() else 1


def _facts(data: bytes) -> Facts:
    """The title alone: when a file was made or changed is no day of publication."""
    root = tree(member(data, "meta.xml") or b"<none/>")
    titles = (e.text or "" for e in root.iter() if local(e) == "title") if root is not None else ()
    return facts_on(BASIS, title=next(iter(titles), "").strip())
