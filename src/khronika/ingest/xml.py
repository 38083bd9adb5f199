"""Parsing XML of unknown origin: no entities, no document type, nothing fetched."""

import html
import re
import zipfile
from io import BytesIO

from lxml import etree

from khronika.ingest.captures import MEGABYTE, RefusedError

MOST = 200 * MEGABYTE  # bytes of one unpacked part of a document
ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}\?>")


def tree(data: bytes) -> etree._Element | None:
    """The root element, or None where nothing can be made of it."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    return etree.fromstring(data, parser)


def lenient_tree(text: str) -> etree._Element | None:
    """As `tree`, for the XML that feeds are made of: the entities of HTML are known."""
    data = ENTITY.sub(_letter, text.encode("utf-8", errors="replace"))
    return tree(DECLARATION.sub(b"", data))


def _letter(entity: re.Match[bytes]) -> bytes:
    letter = html.unescape(entity[0].decode())
    return letter.encode() if not letter.startswith("&") else entity[0]


def local(element: etree._Element) -> str:
    """A tag without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its name without namespace, or ""."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def member(data: bytes, name: str) -> bytes:
    """One part of a document that is packed as a zip; empty if it has none such.

    Raises:
        RefusedError: the document is broken or encrypted, or the part too large.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        try:
            info = archive.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & 1:
            raise RefusedError(
                "the document is encrypted.", remedy="remove the password and save it anew."
            )
        if info.file_size > MOST:
            raise RefusedError(
                "the document unpacks to more than one report may.",
                remedy="open it, check it, and save its text alone.",
            )
        return archive.read(info)
