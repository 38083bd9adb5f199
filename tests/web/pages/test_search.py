"""Searching in a browser: the same language as on the command line, and errors beside the field."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from khronika.store.ask import FILTERS
from khronika.workflows.record import Record
from web.serving import client_of, csrf_of, empty_record
from workflows.browsing.samples import MAIL, NASTY, TEXTS, a_record, ids
from workflows.toys import a_capture


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("search") / "record"
    with a_record(path) as made:
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


def quotations(page: str) -> list[str]:
    """What was found, with the marked words in brackets."""
    found = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, flags=re.DOTALL)
    marked = (re.sub(r"</?mark>", lambda m: "]" if "/" in m[0] else "[", each) for each in found)
    return [html.unescape(each) for each in marked]


def test_a_search_quotes_what_it_finds(client: TestClient, record: Record) -> None:
    page = client.get("/search", params={"q": '"bela finch"'}).text
    assert quotations(page) == ["[Bela Finch] was fined on 2021-05-06."]
    start = TEXTS["alert.txt"].index("Bela Finch")
    of = ids(record)["alert.txt"]
    assert f"/reports/{of}?from={start}&amp;to={start + 10}#at" in page
    assert re.search(rf"/reports/{of}\?act=act_\w+#act_\w+", page)


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("arrested", 2),
        ("kind:arrest", 2),
        ("kind:arrest time:2021-03", 2),
        ('actor:"ada lark"', 3),
        ("publisher:bell fined", 1),
        ("language:ru", 2),
        ("дело", 1),
        ("nowhere", 0),
    ],
)
def test_filters_are_those_of_the_command_line(client: TestClient, query: str, many: int) -> None:
    page = client.get("/search", params={"q": query}).text
    assert len(quotations(page)) == many
    assert ("Nothing is found." in page) is (many == 0)


@pytest.mark.parametrize(
    "query", ["(a", '"open', "city:x", "NOT a", "...", "time:soon", "x" * 2100]
)
def test_what_cannot_be_understood_is_said_beside_the_field(client: TestClient, query: str) -> None:
    answer = client.get("/search", params={"q": query})
    assert answer.status_code == 400
    assert 'aria-invalid="true" aria-describedby="refused"' in answer.text
    assert 'id="refused"' in answer.text
    assert "What to do:" in answer.text


def test_without_a_query_the_page_says_how_to_ask(client: TestClient) -> None:
    page = client.get("/search").text
    for name in FILTERS:
        assert f"<code>{name}:" in page
    assert client.get("/search?q=%20%20").status_code == 200


def test_contact_data_are_covered_in_what_is_found(client: TestClient, record: Record) -> None:
    [found] = quotations(client.get("/search", params={"q": "write"}).text)
    assert MAIL not in found
    assert "█" * len(MAIL) in found
    other = client_of(record)
    of = ids(record)["alert.txt"]
    other.post(f"/reports/{of}/veil", data={"csrf": csrf_of(other), "show": "yes"})
    [found] = quotations(other.get("/search", params={"q": "write"}).text)
    assert MAIL in found


def test_nothing_that_is_found_or_asked_becomes_markup(client: TestClient) -> None:
    for query in ("onerror", NASTY.replace('"', ""), "<script>", "'\"><b>"):
        page = client.get(f"/search?q={quote(query)}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>" not in page


@pytest.mark.parametrize("page", ["0", "2", "99999999", "x", "-1", ""])
def test_pages_end(client: TestClient, page: str) -> None:
    assert client.get(f"/search?q=arrested&page={page}").status_code == 200


def test_many_hits_come_in_pages(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        record.add([a_capture("many.txt", "\n".join(f"raid number {n}" for n in range(60)))])
        client = client_of(record)
        pages = [client.get(f"/search?q=raid&page={n}").text for n in (1, 2, 3, 4)]
        found = [each for page in pages for each in quotations(page)]
        assert [len(quotations(page)) for page in pages] == [20, 20, 20, 0]
        assert len(set(found)) == 60
        assert 'rel="next"' in pages[0]
        assert 'rel="next"' not in pages[2]
        assert "Nothing more is found." in pages[3]


def test_a_long_passage_is_shown_around_what_was_sought(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        record.add(
            [a_capture("long.txt", "filler words " * 5000 + "needle " + "more words " * 5000)]
        )
        [found] = quotations(client_of(record).get("/search?q=needle").text)
        assert "[needle]" in found
        assert len(found) < 700
        assert found.startswith("… ")
        assert found.endswith(" …")


def test_an_empty_record_can_be_searched(tmp_path: Path) -> None:
    with empty_record(tmp_path) as record:
        assert "Nothing is found." in client_of(record).get("/search?q=raid").text
