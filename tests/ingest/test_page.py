import pytest

from ingest.builders import RUSSIAN, SENTENCE, role_texts, text_of
from khronika.ingest.sniff import HTML
from khronika.model.reports import Known, PassageRole

PAGE = """<!doctype html><html><head><title>Office searched</title>
<meta property="og:site_name" content="Velmora Watch">
<meta property="article:published_time" content="2021-03-04T08:00:00+02:00">
<meta property="article:modified_time" content="2023-01-01">
<link rel="canonical" href="https://velmora.example/a">
<style>p {color: red}</style><script>var hidden = 1</script></head>
<body><nav><ul><li><a href="/">Home</a></li></ul></nav>
<h1>Office   searched</h1><!-- unseen --> after the comment
<p>On <b>3&nbsp;March</b> police
searched<br>the office.</p>
<ul><li>Orsolo Tenn</li><li><p>Vanda Kirsh</p></li></ul>
<table><tr><th>name</th><th>age</th></tr><tr><td>Tenn</td><td>41</td></tr></table>
<figure><img src="a"><figcaption>The office</figcaption></figure>
<blockquote>They took everything.</blockquote>
<noscript>unseen</noscript>
<address>press@velmora.example</address>
<footer>Copyright 2019 Velmora Watch</footer></body></html>"""


def test_all_visible_text_is_kept_and_nothing_else() -> None:
    text = text_of(PAGE.encode(), HTML).text
    assert text == (
        "Home\n\nOffice searched\n\nafter the comment\n\n"
        "On 3\xa0March police searched\nthe office.\n\nOrsolo Tenn\nVanda Kirsh\n\n"
        "name\tage\nTenn\t41\n\nThe office\n\nThey took everything.\n\n"
        "press@velmora.example\n\nCopyright 2019 Velmora Watch"
    )


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (PassageRole.HEADLINE, ["Office searched"]),
        (PassageRole.LIST_ITEM, ["Orsolo Tenn", "Vanda Kirsh"]),
        (PassageRole.TABLE_ROW, ["name\tage", "Tenn\t41"]),
        (PassageRole.CAPTION, ["The office"]),
        (PassageRole.QUOTATION, ["They took everything."]),
        (PassageRole.CONTACT, ["press@velmora.example"]),
        (PassageRole.BOILERPLATE, ["Home", "Copyright 2019 Velmora Watch"]),
    ],
)
def test_tags_become_hints(role: PassageRole, expected: list[str]) -> None:
    assert role_texts(text_of(PAGE.encode(), HTML), role) == expected


def test_the_head_gives_facts() -> None:
    origin = text_of(PAGE.encode(), HTML).origin
    basis = "metadata of the page"
    assert origin.title == Known(value="Office searched", basis=basis)
    assert origin.published == Known(value="2021-03-04", basis=basis)
    assert origin.publisher == Known(value="Velmora Watch", basis=basis)
    assert origin.url == Known(value="https://velmora.example/a", basis=basis)


LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("tag", "published"),
    [
        ('<time pubdate datetime="2021-03-04">yesterday</time>', "2021-03-04"),
        ('<time datetime="2021-03-04">an event</time>', ""),
        ('<meta itemprop="datePublished" content="2021-03-04">', "2021-03-04"),
        ('<span itemprop="datePublished">4 March 2021</span>', "2021-03-04"),
        ('<meta property="article:modified_time" content="2021-03-04">', ""),
        ('<meta http-equiv="last-modified" content="2021-03-04">', ""),
        ("<p>&copy; 2021 Velmora Watch</p>", ""),
        ('<meta name="date" content="today">', ""),
        ('<meta property="article:published_time" content="2021-02-31">', ""),
        (
            LINKED.format(
                '{"@graph":[{"datePublished":"2021-03-04","dateModified":"2022-01-01"}]}'
            ),
            "2021-03-04",
        ),
        (LINKED.format('{"dateModified":"2022-01-01"}'), ""),
        (LINKED.format('{"datePublished":'), ""),
        (LINKED.format("[" * 50_000), ""),
    ],
)
def test_only_a_day_of_publication_is_one(tag: str, published: str) -> None:
    html = f"<html><body>{tag}<p>{SENTENCE}</p></body></html>"
    assert text_of(html.encode(), HTML).origin.published.value == published


def test_a_fragment_is_read_whole() -> None:
    found = text_of(b"<p>One <i>word</i></p> <p>two</p>three", HTML)
    assert found.text == "One word\n\ntwo\n\nthree"
    assert found.hints == ()


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8", "utf-16"])
def test_pages_in_any_encoding(encoding: str) -> None:
    page = f"<html><head><meta charset='windows-1251'></head><body><p>{RUSSIAN}</p></body></html>"
    assert text_of(page.encode(encoding), HTML).text == RUSSIAN


def test_a_table_that_lays_out_a_page_is_no_data() -> None:
    page = "<table><tr><td><div>Menu</div></td><td><div><p>One.</p><p>Two.</p></div></td></tr>"
    found = text_of(page.encode(), HTML)
    assert found.text == "Menu\n\nOne.\n\nTwo."
    assert found.hints == ()


def test_the_number_of_a_note_is_shown_raised() -> None:
    html = "<p>They were held.<sup><a href='#n1'>12</a></sup> On the 4<sup>th</sup> they left.</p>"
    assert text_of(html.encode(), HTML).text == "They were held.¹² On the 4th they left."


@pytest.mark.parametrize(
    "html",
    ["", "   ", "<!-- only -->", "<html></html>", "<p>", "</p>", "<<<>>>", "\x00", "<?pi ?>"],
)
def test_pages_of_nothing_do_no_harm(html: str) -> None:
    text_of(html.encode(), HTML)


def test_deep_nesting_loses_nothing() -> None:
    page = "<div>" * 20_000 + SENTENCE + "</div>" * 20_000
    assert SENTENCE in text_of(page.encode(), HTML).text


def test_entities_of_its_own_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<!DOCTYPE html [<!ENTITY e0 "ha">{entities}]><html><body>&e11;</body></html>'
    assert len(text_of(page.encode(), HTML).text) < 2000
