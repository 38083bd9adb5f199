"""Overview, incidents, contradictions, timeline: what a reader sees, and odd addresses."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from khronika.web.pages.incident import weigh
from khronika.workflows.record import Record
from web.serving import client_of, empty_record
from workflows.browsing.chronicle import a_chronicle, many_tellings
from workflows.browsing.samples import MAIL

LISTS = ("/", "/incidents", "/timeline", "/contradictions")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with a_chronicle(tmp_path_factory.mktemp("pages") / "record") as made:
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


def words(page: str) -> str:
    """A page as it reads."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def ids_in(page: str) -> list[str]:
    """Incidents that a list leads to, in its order."""
    return list(dict.fromkeys(re.findall(r'href="/incidents/(inc_\w+)"', page)))


def one(client: TestClient, query: str) -> str:
    """The one incident that a choice leaves."""
    [found] = ids_in(client.get(f"/incidents?{query}").text)
    return found


def test_the_list_says_what_is_alleged(client: TestClient) -> None:
    page = client.get("/incidents")
    assert page.status_code == 200
    said = words(page.text)
    assert "5 incidents" in said
    assert "allegedly by masked men" in said
    assert "by masked men" not in said.replace("allegedly by masked men", "")
    assert "3 reports, 2 independent sources" in said
    assert "contradiction: when" in said
    assert "date unknown" in said


def test_facets_narrow_and_are_taken_away_one_by_one(client: TestClient) -> None:
    page = client.get("/incidents?kind=arrest&kind=release&year=2021").text
    assert "2 incidents of 5" in words(page)
    assert 'name="kind" value="arrest" checked' in page
    chips = re.findall(r'<a class="chip" href="([^"]+)"', page)
    assert [html.unescape(each) for each in chips] == [
        "/incidents?kind=release&year=2021",
        "/incidents?kind=arrest&year=2021",
        "/incidents?kind=arrest&kind=release",
    ]
    for each in chips:
        assert client.get(html.unescape(each)).status_code == 200


def test_nothing_found_leads_back(client: TestClient) -> None:
    page = client.get("/incidents?kind=arrest&year=1999").text
    assert "No incident fits" in words(page)
    assert 'href="/incidents"' in page


def test_an_actor_can_be_asked_for_by_words_and_by_id(client: TestClient, record: Record) -> None:
    assert len(ids_in(client.get("/incidents?actor=lark").text)) == 2
    [lark] = record.actors(name="Ada Lark")
    page = client.get(f"/incidents?actor={lark.id}").text
    assert len(ids_in(page)) == 2
    assert "Ada Lark" in words(page)


def test_a_date_that_is_none_is_left_out_and_named(client: TestClient) -> None:
    page = client.get("/incidents?since=soon&until=2020").text
    assert "This is no date" in page
    assert "2 incidents of 5" in words(page)


def test_pages_have_the_size_that_is_asked_for(tmp_path: Path) -> None:
    with many_tellings(tmp_path / "record", 130) as record:
        client = client_of(record)
        [of] = ids_in(client.get("/incidents").text)
        page = client.get(f"/incidents/{of}").text
        assert page.count('class="telling"') == 25
        assert "130 tellings" in words(page)
        last = client.get(f"/incidents/{of}?page=99").text
        assert last.count('class="telling"') == 5
        assert client.get(f"/incidents/{of}?size=100").text.count('class="telling"') == 100


def test_an_incident_tells_each_value_and_by_whom(client: TestClient) -> None:
    page = client.get(f"/incidents/{one(client, 'contradiction=yes')}")
    assert page.status_code == 200
    said = words(page.text)
    assert "4 March 2021" in said
    assert "5 March 2021" in said
    assert "allegedly masked men" in said
    assert "What cannot both hold" in said
    assert "it is denied" in said
    assert "Bela Finch" in said
    assert "Evening Post , 7 March 2021" in said
    assert "Before and after" in said
    assert '<mark class="of-when">2021-03-04</mark>' in page.text
    assert MAIL not in page.text


def test_an_incident_without_a_date_says_so(client: TestClient) -> None:
    said = words(client.get(f"/incidents/{one(client, 'year=-')}").text)
    assert "date unknown" in said
    assert "no date near it" in said
    assert "unknown: no telling says it" in said


def test_a_former_or_shortened_id_leads_on(client: TestClient) -> None:
    of = one(client, "contradiction=yes")
    answer = client.get(f"/incidents/{of[:14]}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/incidents/{of}"


@pytest.mark.parametrize(
    "odd",
    ["inc_", "inc_zz", "act_1", "x", "%00", "..%2f..", "%3Cscript%3E", "a" * 3000, "%F0%9F%98%80"],
)
def test_an_odd_id_is_not_found(client: TestClient, odd: str) -> None:
    assert client.get(f"/incidents/{odd}").status_code in (300, 404)


@pytest.mark.parametrize("path", [*LISTS])
@pytest.mark.parametrize(
    "query",
    [
        "page=0&size=7&sort=x",
        "page=99999999999999999999&size=-1",
        "kind=%00&place=%27%3B--&year=x&month=x&period=%00&attribute=%3Cscript%3E",
        "since=9999-99&until=..&actor=%25%25&within=_",
        "actor=" + "x" * 3000,
        "&".join(f"kind={n}" for n in range(300)),
        "period=2021-99",
        "period=2021-03&sort=date",
        "country=%C2%A0&publisher=" + quote('"><script>alert(1)</script>'),
    ],
)
def test_an_odd_address_gives_a_page(client: TestClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_hostile_words_are_words(client: TestClient) -> None:
    for path in (*LISTS, f"/incidents/{one(client, 'country=KZ&kind=arrest')}"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in html.unescape(re.sub(r"&lt;.*?&gt;", "", page))
        assert "49" not in re.findall(r"\{\{(.*?)\}\}", page)


def test_the_timeline_goes_by_year_and_month(client: TestClient) -> None:
    page = client.get("/timeline").text
    assert re.findall(r'<h2 class="month">(.*?)</h2>', page) == [
        *("2019, month unknown", "December 2020", "March 2021", "April 2021", "Without a date")
    ]
    assert len(ids_in(page)) == 5
    march = client.get("/timeline?period=2021-03").text
    assert len(ids_in(march)) == 1
    assert "Before: 2020" in words(march)
    assert 'src="/pictures/timeline.png' in march
    assert "&since=2021-03&until=2021-03" in march
    undated = client.get("/timeline?period=undated").text
    assert "/pictures/" not in undated
    assert len(ids_in(undated)) == 1
    assert len(ids_in(client.get("/timeline?period=2021&kind=release").text)) == 1


def test_contradictions_are_listed_with_their_sides(client: TestClient) -> None:
    said = words(client.get("/contradictions").text)
    assert "2 contradictions" in said
    assert "it is denied" in said
    some = words(client.get("/contradictions?attribute=when&sort=date").text)
    assert "1 contradiction " in some
    assert "5 March 2021" in some
    assert "No contradiction fits" in words(client.get("/contradictions?kind=release").text)


def test_the_overview_counts_and_shows_what_is_new(client: TestClient) -> None:
    page = client.get("/").text
    said = words(page)
    assert "Reports 7" in said
    assert "Incidents 5 told by 7 acts" in said
    assert "Newest contradictions" in said
    assert "nasty.txt" in said
    assert 'src="/pictures/months.png' in page


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_record_says_what_to_do(tmp_path: Path, path: str) -> None:
    with empty_record(tmp_path) as record:
        answer = client_of(record).get(path)
        assert answer.status_code == 200
        if path != "/contradictions":
            assert "khronika add" in answer.text


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
@pytest.mark.parametrize("path", LISTS)
def test_every_language_has_every_page(record: Record, path: str, language: str) -> None:
    client = client_of(record, language=language)
    page = client.get(path)
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


def test_no_page_has_anything_inline(client: TestClient) -> None:
    for path in (*LISTS, f"/incidents/{one(client, 'contradiction=yes')}"):
        page = client.get(path).text
        assert "style=" not in page
        assert "<style" not in page
        assert not re.search(r"<script(?![^>]* src=)", page)
        assert not re.search(r'<[^>"]*(?:"[^"]*"[^>"]*)* on[a-z]+=', page)
        assert page.count("<h1") == 1


def test_a_weight_is_said_in_words() -> None:
    assert weigh(9) == "speaks very strongly for it"
    assert weigh(0.5) == "hardly matters"
    assert weigh(-40) == "speaks against it"
