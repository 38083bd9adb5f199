import pytest

from ingest.builders import SENTENCE, role_texts, text_of
from khronika.ingest.sniff import HTML
from khronika.model.reports import PassageRole

PARAGRAPHS = (
    SENTENCE,
    "The editor, Orsolo Tenn, said that the officers showed no warrant and would not give names.",
    "Two of the weekly's reporters were questioned until the evening and then let go home.",
    "The prosecutor of Velmora declined to comment on what he called an open case.",
)
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
RELATED = "<p>In other news a bridge was opened in Velmora by the mayor and his two deputies.</p>"


def article_of(html: str) -> str:
    """What is left of a page without its furniture."""
    found = text_of(f"<!doctype html><html><body>{html}</body></html>".encode(), HTML)
    text = found.text
    for hint in reversed(found.hints):
        if hint.role is PassageRole.BOILERPLATE:
            text = text[: hint.span.start] + text[hint.span.end :]
    return "\n\n".join(text.split("\n\n")).strip()


WHOLE = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "html",
    [
        f"<div class='top'>Velmora Watch</div><article>{BODY}</article><div>Imprint</div>",
        f"<div>Home</div><div class='content'>{BODY}</div><div class='x'>{RELATED}</div>",
        f"<main>{BODY}</main><div><div><p>Read more</p></div>{RELATED}</div>",
        f"<main>{BODY}<div class='related-posts'>{RELATED}</div></main>",
        f"<main>{BODY}<aside>{RELATED}</aside><div id='shareButtons'>Share</div></main>",
        f"<form id='page'><div class='menu'>Home</div><div>{BODY}</div></form>",
        f"<div class='has-sidebar footer-dark'><div>{BODY}</div></div><div>Imprint</div>",
        f"<div class='sidebar'><div><div>{BODY}</div></div></div><div>Imprint</div>",
        f"<div hidden>Cookies</div><div style='display: none'>Popup</div><div>{BODY}</div>",
        f"<table><tr><td><div>Menu</div></td><td><div>{BODY}</div></td></tr></table>",
        f"<div role='navigation'>Home</div><section>{BODY}</section><div>{RELATED}</div>",
    ],
)
def test_the_article_is_told_from_the_furniture(html: str) -> None:
    assert [line for line in article_of(html).split("\n\n") if line.strip()] == list(PARAGRAPHS)


def test_headline_and_byline_above_the_article_belong_to_it() -> None:
    html = (
        "<h1>Velmora Watch</h1><div><a>Home</a></div><div><h1>Office searched</h1>"
        "<div class='byline'>By V. Kirsh</div><div>4 March 2021</div></div>"
        f"<figure><figcaption>The office</figcaption></figure><div>{BODY}</div><div>Imprint</div>"
    )
    assert article_of(html) == (
        "Office searched\n\nBy V. Kirsh\n\n4 March 2021\n\nThe office\n\n" + WHOLE
    )


def test_nothing_is_lost_of_what_is_furniture() -> None:
    html = f"<html><body><nav>Home</nav>{BODY}<div class='related'>{RELATED}</div></body></html>"
    found = text_of(html.encode(), HTML)
    assert found.text.startswith("Home\n\n" + WHOLE)
    assert len(role_texts(found, PassageRole.BOILERPLATE)) == 2


def test_contact_data_below_the_article_stays_contact_data() -> None:
    html = f"<html><body><div>{BODY}</div><address>press@velmora.example</address></body></html>"
    found = text_of(html.encode(), HTML)
    assert role_texts(found, PassageRole.CONTACT) == ["press@velmora.example"]


@pytest.mark.parametrize("html", ["<p>Short page.</p>", "<h1>Office searched</h1><p>Yes.</p>"])
def test_a_page_of_few_words_is_all_article(html: str) -> None:
    found = text_of(f"<html><body>{html}</body></html>".encode(), HTML)
    assert role_texts(found, PassageRole.BOILERPLATE) == []


def test_a_fragment_has_only_the_furniture_that_its_tags_name() -> None:
    found = text_of(f"<div>{BODY}</div><div class='related'>{RELATED}</div>".encode(), HTML)
    assert role_texts(found, PassageRole.BOILERPLATE) == []
