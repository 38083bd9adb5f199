"""A piece of a list as a report: one passage a line, none of which tells an act."""

import re

from khronika.model.anchors import Span
from khronika.model.reports import Extracted, Known, Passage, PassageRole, Report

LINE = re.compile(r"[^\n]+")


def read_listed(extracted: Extracted) -> Report:
    """Read a piece of a list; what is known of it is what its container said."""
    text, origin = extracted.text, extracted.origin
    spans = [Span(*found.span()) for found in LINE.finditer(text)]
    return Report(
        id=extracted.id,
        name=origin.name,
        sha256=extracted.sha256,
        media_type=extracted.media_type,
        encoding=extracted.encoding,
        text=text,
        language=Known(basis="a list of names"),
        title=Known(),
        publisher=origin.publisher,
        published=origin.published,
        place=origin.place,
        url=origin.url,
        passages=tuple(Passage(span=span, role=PassageRole.BOILERPLATE) for span in spans),
        flags=(*extracted.flags, "a list of people and bodies, for reference"),
    )
