"""Reports to read, from their text alone."""

from khronika.model.anchors import Span
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Extracted, Hint, Known, Origin, PassageRole, Report
from khronika.reading import read

UNKNOWN = Known()


def an_extract(
    text: str,
    *hints: tuple[str, PassageRole],
    published: Known = UNKNOWN,
    publisher: Known = UNKNOWN,
    place: Known = UNKNOWN,
) -> Extracted:
    """What ingest would hand on; a hint is given by the words that it covers."""
    digest = sha256(text.encode(errors="surrogatepass"))
    return Extracted(
        id=report_id(digest),
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        hints=tuple(
            Hint(span=Span(text.index(words), text.index(words) + len(words)), role=role)
            for words, role in hints
        ),
        origin=Origin(name="a.txt", published=published, publisher=publisher, place=place),
    )


def a_report(text: str) -> Report:
    """A report read from plain text."""
    return read(an_extract(text))


def quoted(report: Report) -> list[tuple[str, str]]:
    """Role and words of every passage, white space folded."""
    return [
        (p.role.value, " ".join(report.text[p.span.start : p.span.end].split()))
        for p in report.passages
    ]


def roles(text: str) -> list[str]:
    """The roles of a text's passages."""
    return [role for role, _ in quoted(a_report(text))]


def role_of(text: str, words: str) -> str:
    """The role of the passage that holds some words."""
    folded = " ".join(words.split())
    return next(role for role, said in quoted(a_report(text)) if folded in said)
