"""Reading a web page: all its text, with its furniture told from its article."""

import re

from khronika.ingest.furniture import PageRoles
from khronika.ingest.layout import Layout, Parsed
from khronika.ingest.markup import RoleOf, lay_out, tree_of
from khronika.ingest.page_facts import facts_of
from khronika.ingest.sniff import PAGES

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)


def declared_charset(data: bytes) -> str:
    """The encoding a page names in its first bytes, or ""."""
    found = CHARSET.search(data[:4096]) or XML_CHARSET.match(data[:400].lstrip())
    return found[1].decode("ascii", errors="ignore") if found else ""


def read_page(text: str) -> Parsed:
    """The visible text of a page or of part of one, and what the page says of itself."""
    root = tree_of(text)
    if root is None:
        return Parsed(text="")
    facts = facts_of(root)
    layout = Layout()
    whole = PAGES.search(text[:4096]) is not None
    lay_out(root, layout, PageRoles(root) if whole else RoleOf())
    return Parsed(text=layout.text(), hints=layout.hints(), facts=facts)
