"""Reading HTML: every visible text, with what its tags say of it."""

import re
from collections.abc import Iterator

from lxml import etree

from khronika.ingest.layout import Layout, Parsed, raised
from khronika.model.reports import PassageRole as Role

UNSEEN = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio",
    "video", "canvas", "map", "select", "textarea", "input", "datalist", "head", "title", "meta",
)  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
ROLES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADLINE),
    **dict.fromkeys(("li", "dt", "dd"), Role.LIST_ITEM),
    **dict.fromkeys(("figcaption", "caption"), Role.CAPTION),
    **dict.fromkeys(("nav", "footer", "aside", "form", "button", "menu"), Role.BOILERPLATE),
    "blockquote": Role.QUOTATION,
    "address": Role.CONTACT,
}
BLANKS = re.compile(r"[ \t\r\n\f]+")  # what HTML folds; a no-break space stays
AROUND_BREAK = re.compile(r" ?\n ?")
TAGS = re.compile(r"<[^<>]{0,5000}>")


def tree_of(text: str) -> etree._Element | None:
    """Parse as browsers do: whatever is wrong with it, never fetching, never expanding entities."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    data = text.replace("\x00", "\ufffd").encode("utf-8", errors="replace")
    if not data.strip():
        return None
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:  # a document of nothing but a comment
        return None
    # The parser gives up, text and all, where tags nest more than 2048 deep.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return tree_of("<p>" + TAGS.sub("\n", text).replace("<", "&lt;"))
    return root


def read_fragment(text: str) -> Parsed:
    """The visible text of part of a page."""
    root = tree_of(text)
    if root is None:
        return Parsed(text="")
    layout = Layout()
    lay_out(root, layout)
    return Parsed(text=layout.text(), hints=layout.hints())


def lay_out(root: etree._Element, layout: Layout, roles: "RoleOf | None" = None) -> None:
    """Put every visible text of `root` into `layout`."""
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    for mark in list(root.iter("sup")):
        _raise(mark)
    for text, role in blocks(root, roles or RoleOf()):
        layout.block(text, role)


def _raise(mark: etree._Element) -> None:
    """Show a note's number raised, as browsers do."""
    text = "".join(mark.itertext())
    if (shown := raised(text)) != text:
        tail = mark.tail
        mark.clear()
        mark.text, mark.tail = shown, tail


class RoleOf:
    """Which role an element gives to what stands in it; None to leave that to its parent.

    What stands before the element `opens` or after the end of `closes` is page furniture; None
    for a page that is all article.
    """

    opens: etree._Element | None = None
    closes: etree._Element | None = None

    def __call__(self, element: etree._Element) -> Role | None:
        """The role of one element."""
        if element.tag == "tr":
            return Role.TABLE_ROW if is_data_row(element) else None
        role = ROLES.get(element.tag)
        if role is not None:
            return role
        return role_of_class(element)


NAMED_ROLES = (
    (re.compile(r"(?:wp-)?caption(?:-text)?|photo-?caption|image-?caption"), Role.CAPTION),
    (re.compile(r"byline|by-line|article-?author"), Role.BYLINE),
    (re.compile(r"dateline"), Role.DATELINE),
    (re.compile(r"footnotes?|endnotes?|doc-footnote|doc-endnotes?"), Role.FOOTNOTE),
)


def role_of_class(element: etree._Element) -> Role | None:
    """What a class or an ARIA role says: 'wp-caption-text', 'byline', 'doc-footnote'."""
    names = f"{element.get('class', '')} {element.get('role', '')}"[:500].lower().split()
    for pattern, role in NAMED_ROLES:
        if any(pattern.fullmatch(name) for name in names):
            return role
    return None


def is_data_row(row: etree._Element) -> bool:
    """True unless a cell holds blocks of its own, as in pages laid out by tables."""
    cells = [c for c in row if c.tag in CELLS]
    return len(cells) > 1 and not any(
        inner.tag in BLOCKS and inner.tag != "p" for c in cells for inner in c.iterdescendants()
    )


def blocks(root: etree._Element, role_of: RoleOf) -> Iterator[tuple[str, Role | None]]:
    """Each stretch of text that a browser would show on lines of its own, with its role."""
    pieces: list[str] = []
    inside = role_of.opens is None
    roles: list[Role | None] = [None]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        breaks = tag in BLOCKS and not (roles[-1] is Role.TABLE_ROW and tag != "tr")
        if breaks and pieces:
            yield _folded(pieces), _placed(roles[-1], inside=inside)
            pieces.clear()
        if event == "start":
            inside = inside or element is role_of.opens
            roles.append(_within(roles[-1], role_of(element)))
            _open(element, tag, pieces)
        else:
            roles.pop()
            inside = inside and element is not role_of.closes
            if element.tail and element is not root:
                pieces.append(BLANKS.sub(" ", element.tail))
    if pieces:
        yield _folded(pieces), _placed(roles[-1], inside=inside)


def _placed(role: Role | None, *, inside: bool) -> Role | None:
    return role if inside or role is Role.CONTACT else Role.BOILERPLATE


def _open(element: etree._Element, tag: str, pieces: list[str]) -> None:
    if tag == "br":
        pieces.append("\n")
    elif tag in CELLS and pieces:
        pieces.append("\t")
    if element.text:
        pieces.append(element.text if tag == "pre" else BLANKS.sub(" ", element.text))


def _within(outer: Role | None, inner: Role | None) -> Role | None:
    """Page furniture stays furniture, a row a row, whatever stands in it."""
    if outer in {Role.BOILERPLATE, Role.TABLE_ROW, Role.FOOTNOTE} or inner is None:
        return outer
    return inner


REPEATED = re.compile(r" {2,}")


def _folded(pieces: list[str]) -> str:
    text = AROUND_BREAK.sub("\n", REPEATED.sub(" ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", text.strip(" \n\t")).replace(" \t", "\t").replace("\t ", "\t")
