from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.model.reports import CODED_ROLES
from khronika.text.units import units
from reading.builders import a_report

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "  ",
        " | ",
        "Kyiv",
        "5 May 2021",
        "¹",
        "[1]",
        "* ",
        "– ",
        "1. ",
        "> ",
        "word word word",
        "Related news",
        "Q: ",
        "Photo: A",
        "© 2020 X",
        ":",
        ".",
        "…",
        "(Kyiv, 5 May 2021) ",
        "Contact: A B, a.b@c.example",
        "+1 202 555 0100",
        "\x0c",
        "\u2028",
        "OFFICE FOR RIGHTS",
        "Home > News",
        "12.05.2021\tText",
        "НОВОСТИ",
        "І він",
        "The officers searched the flat and took two laptops away",
    ]
)
PAGES = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


@given(PAGES)
@settings(deadline=None)
def test_passages_cover_every_visible_character_once_and_in_order(text: str) -> None:
    report = a_report(text)
    assert report.text == text
    at = 0
    for passage in report.passages:
        assert passage.span.start >= at
        assert not text[at : passage.span.start].strip()
        assert text[passage.span.start : passage.span.end].strip()
        at = passage.span.end
    assert not text[at:].strip()


@given(PAGES)
@settings(deadline=None)
def test_anchors_and_links_between_passages_hold(text: str) -> None:
    report = a_report(text)
    for contact in report.contacts:
        assert contact.anchor.stands_in(text)
    for known in (report.publisher, report.published, report.place, report.title, report.language):
        assert known.value or known.basis
        assert known.anchor is None or known.anchor.stands_in(text)
    for index, passage in enumerate(report.passages):
        assert (passage.repeat_of is None) == (passage.role.value != "repeat")
        assert (
            passage.repeat_of is None or report.passages[passage.repeat_of].role.value != "repeat"
        )
        assert passage.continues is None or passage.continues < index
        assert all(passage.span.holds(aside) for aside in passage.set_aside)
    assert all(unit.mapped.text for unit in units(report, CODED_ROLES))
