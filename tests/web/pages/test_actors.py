"""Pages of actors, places, appeals and registers: what they show, and what does not break them."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from khronika.workflows.record import Record
from web.serving import client_of, empty_record
from workflows.browsing.samples import NASTY
from workflows.browsing.society import POLICE, SIGNED, a_society

LISTS = ("/actors", "/places", "/appeals", "/registers")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("pages") / "record"
    with a_society(path) as made:
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


def got(client: TestClient, path: str, status: int = 200) -> str:
    """A page; that it is whole and holds nothing of a report unescaped is always looked at."""
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == status, path
    page = answer.text
    assert "<script>alert" not in page
    assert "onerror=alert" not in re.sub(r'="[^"]*"', "", html_tags(page))
    assert len(re.findall(r"<h1[ >]", page)) == 1
    return page


def html_tags(page: str) -> str:
    """Only the tags of a page."""
    return "".join(re.findall(r"<[a-z][^>]*>", page))


def words_of(page: str) -> str:
    """What a reader sees."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def links_of(page: str, to: str) -> list[str]:
    """Addresses in a page that begin so."""
    return [html.unescape(each) for each in re.findall(rf'href="({to}[^"#]*)', page)]


def id_of(record: Record, name: str) -> str:
    """The id of an actor by its name."""
    return next(each.id for each in record.actors() if each.caption == name)


def test_the_list_of_actors_is_narrowed_by_its_address(client: TestClient) -> None:
    assert "Marfa Orlan" in got(client, "/actors")
    page = words_of(got(client, "/actors?type=authority&sort=name"))
    assert "2 actors" in page
    assert "Marfa" not in page
    assert "alleged perpetrator" in words_of(got(client, f"/actors?name={quote(POLICE)}"))
    assert "No actor fits" in got(client, "/actors?name=nobody")
    for odd in ("type=x", "country=%3Cb", "reports=-1", "sort=%00", "letter=%27", "page=99999999"):
        assert "Marfa Orlan" in got(client, f"/actors?{odd}") or "letter" in odd


def test_an_actor_shows_where_each_value_stands(client: TestClient, record: Record) -> None:
    page = got(client, f"/actors/{id_of(record, 'Marfa Orlan')}")
    said = words_of(page)
    for each in ("Марфа Орлан", "Cyrillic", "victim", POLICE, "editor", "Lantern", "13 March 2023"):
        assert each in said
    assert all(
        "from=" in each and "to=" in each for each in links_of(page, "/reports/rpt_") if "?" in each
    )
    assert any("from=" in each for each in links_of(page, "/reports/rpt_"))
    for link in {*links_of(page, "/actors/"), *links_of(page, "/places/")}:
        got(client, link)


def test_what_is_near_is_shown_where_it_is_asked_for(client: TestClient, record: Record) -> None:
    address = f"/actors/{id_of(record, 'Marfa Orlan')}"
    [link] = [each for each in links_of(got(client, address), address) if "show=near" in each]
    said = words_of(got(client, link))
    assert "Maksim Orlan" in said or "Nobody of a similar name" in said
    assert got(client, f"{address}?show=all")


def test_who_did_it_is_alleged(client: TestClient, record: Record) -> None:
    said = words_of(got(client, f"/actors/{id_of(record, POLICE)}"))
    assert "alleged perpetrator" in said
    assert not re.search(r"(?<!alleged )perpetrator", said)


def test_a_role_narrows_the_parts(client: TestClient, record: Record) -> None:
    address = f"/actors/{id_of(record, 'Marfa Orlan')}"
    assert "Arrest" in got(client, f"{address}?role=victim") or "arrest" in got(client, address)
    assert "13 March 2023" in words_of(got(client, f"{address}?role=victim"))
    assert got(client, f"{address}?role=%3Cscript%3E&page=7")


def test_a_former_id_leads_to_the_present_one(client: TestClient, record: Record) -> None:
    actor = next(each for each in record.actors() if each.former_ids)
    answer = client.get(f"/actors/{actor.former_ids[0]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/actors/{actor.id}")


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/actors/per_nobody",
            "/actors/act_1",
            "/actors/%27%22%3E",
            "/actors/per_%00",
            "/actors/x",
        ),
        *("/places/ZZ", "/places/%3Cb%3E", "/places/9999", "/places/printed-"),
        *("/appeals/act_nothing", "/appeals/%00", "/registers/none", "/registers/%27"),
    ],
)
def test_what_there_is_not_is_not_found(client: TestClient, path: str) -> None:
    got(client, path, status=404)


def test_places_say_what_is_not_certain(client: TestClient) -> None:
    page = got(client, "/places")
    assert {"/places/KZ", "/places/700001", "/places/printed-norvale"} <= set(
        links_of(page, "/places/")
    )
    assert "not certain" in words_of(got(client, "/places/printed-norvale"))
    assert "13 March 2023" in words_of(got(client, "/places/KZ"))
    for link in links_of(page, "/places/"):
        got(client, link)


def test_a_place_leads_to_its_incidents(client: TestClient) -> None:
    [link] = links_of(got(client, "/places/700001"), "/incidents\\?")
    assert "place=Norvale" in link
    assert "Marfa Orlan" in got(client, link)


def test_a_long_list_of_signatories_is_whole(client: TestClient) -> None:
    page = got(client, "/appeals")
    pages = {link: got(client, link) for link in links_of(page, "/appeals/")}
    [long] = [each for each in pages.values() if each.count("<li>") > SIGNED]
    said = words_of(long)
    assert "The report states 150; it names 148." in said
    assert "release Marfa Orlan" in said
    assert "did not answer" in said
    assert "none told" in words_of(next(each for each in pages.values() if "etition" in each))
    assert "planned" in words_of(got(client, "/appeals?state=planned"))


def test_a_register_is_a_history(client: TestClient) -> None:
    [link] = [
        each for each in links_of(got(client, "/registers"), "/registers/") if "unwanted" in each
    ]
    for address in (link, f"{link}?sort=organisation", f"{link}?sort=x&page=0"):
        said = words_of(got(client, address))
        assert said.index("listed") < said.index("excluded")
        assert "printing lies" in said


def test_hostile_names_are_words_everywhere(client: TestClient, record: Record) -> None:
    actor = id_of(record, NASTY)
    for address in (*LISTS, f"/actors/{actor}", f"/actors?name={quote(NASTY)}"):
        page = got(client, address)
        assert NASTY in html.unescape(page), address
        for link in links_of(page, "/(?:actors|places|appeals|registers)/"):
            got(client, link)


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_record_says_so(tmp_path: Path, path: str) -> None:
    with empty_record(tmp_path) as record:
        assert "record" in words_of(got(client_of(record), path))


def test_what_reviewers_said_of_an_actor_is_shown(tmp_path: Path) -> None:
    with a_society(tmp_path / "record") as record:
        actor = id_of(record, "Marfa Orlan")
        record.note([actor], "Ask her lawyer <b>", reviewer="Nan & Co")
        said = words_of(got(client_of(record), f"/actors/{actor}"))
        assert "Ask her lawyer <b>" in said
        assert "Nan & Co" in said
        assert "sensitive" not in said
        record.mark_sensitive([actor], why="asked for", reviewer="Nan")
        assert "marked this actor as sensitive" in words_of(
            got(client_of(record), f"/actors/{actor}")
        )
