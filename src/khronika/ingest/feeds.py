"""RSS and Atom: a feed cut into its entries, an entry read."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from khronika.ingest.captures import Facts, RefusedError, facts_on
from khronika.ingest.days import day
from khronika.ingest.decode import decode
from khronika.ingest.layout import Layout, Parsed
from khronika.ingest.xml import attribute, lenient_tree, local, tree
from khronika.model.reports import PassageRole as Role

BASIS = "entry of the feed"
TITLE_BASIS = "title of the feed"
ENTRIES = frozenset({"item", "entry"})
# The fullest first. When an entry was last changed ('updated') is not when it was published.
BODIES = ("encoded", "content", "description", "summary")
DAYS = ("published", "pubDate", "date", "issued")
BROKEN = "the feed is broken."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry's own bytes, and what the feed around it says."""

    data: bytes = field(repr=False)
    facts: Facts


def entries(data: bytes, declared: str = "") -> Iterator[Entry]:
    """Each entry of a feed as XML of its own (Canonical XML, so that it is the same each time).

    Raises:
        RefusedError: there is none.
    """
    from khronika.ingest.page import declared_charset

    root = lenient_tree(decode(data, declared or declared_charset(data)).text)
    found = [e for e in root.iter() if local(e) in ENTRIES] if root is not None else []
    if not found:
        raise RefusedError("the feed has no entries.", remedy="check the address of the feed.")
    publisher = _shown(_first(_channel(root), ("title",)))
    for element in found:
        yield Entry(data=_written(element), facts=facts_on(TITLE_BASIS, publisher=publisher))


def _channel(root: etree._Element) -> etree._Element:
    return next((e for e in root if local(e) == "channel"), root)


def _written(element: etree._Element) -> bytes:
    element.tail = None
    try:
        return bytes(etree.tostring(element, method="c14n"))
    except (etree.C14NError, ValueError):  # a relative name space has no canonical form
        return bytes(etree.tostring(element, encoding="utf-8"))


def read_entry(data: bytes) -> Parsed:
    """Title and text of one entry."""
    entry = tree(data)
    if entry is None:
        raise RefusedError(BROKEN, remedy="fetch it again and add that.")
    title = _shown(_first(entry, ("title",)))
    body = _body(entry)
    layout = Layout()
    if not body.text.startswith(title):
        layout.block(title, Role.HEADLINE)
    layout.append(body)
    facts = facts_on(
        BASIS,
        title=title,
        url=_link(entry),
        published=next(filter(None, (day(_plain(_first(entry, (n,)))) for n in DAYS)), ""),
        publisher=_shown(_first(entry, ("source",))),
    )
    return replace(body, text=layout.text(), hints=layout.hints(), facts=facts, encoding="utf-8")


def _first(element: etree._Element, names: tuple[str, ...]) -> etree._Element | None:
    for name in names:
        for child in element:
            if local(child) == name and (len(child) or (child.text or "").strip()):
                return child
    return None


def _plain(element: etree._Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _body(entry: etree._Element) -> Parsed:
    """The fullest of what an entry tells of itself."""
    told = (_read(_first(entry, (name,))) for name in BODIES)
    return max(told, key=lambda parsed: len(parsed.text))


def _read(element: etree._Element | None) -> Parsed:
    from khronika.ingest.page import read_page

    if element is None:
        return Parsed(text="")
    if len(element):  # Atom: type="xhtml"
        return read_page(etree.tostring(element, encoding="unicode", with_tail=False))
    text = element.text or ""
    if attribute(element, "type") == "text" or ("<" not in text and "&" not in text):
        return Parsed(text=text.strip())
    return read_page(text)


def _shown(element: etree._Element | None) -> str:
    """A title as it is read, without the tags that many feeds put in."""
    return " ".join(_read(element).text.split())[:1000]


def _link(entry: etree._Element) -> str:
    for child in entry:
        if local(child) != "link":
            continue
        address = attribute(child, "href") or _plain(child)
        if address and attribute(child, "rel") in {"", "alternate"}:
            return address[:2000]
    guid = _first(entry, ("guid",))
    permanent = guid is not None and attribute(guid, "isPermaLink") != "false"
    return _plain(guid)[:2000] if permanent and _plain(guid).startswith("http") else ""
