"""Who may ask, from where, and what a page may do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khronika.errors import KhronikaError
from khronika.web.app import create_app
from khronika.web.security import HEADERS, LONGEST_BODY, Settings
from khronika.web.server import refuse_others
from web.serving import KEY, ORIGIN, client_of, csrf_of, empty_record


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[TestClient]:
    """A browser without a session."""
    with empty_record(tmp_path) as record:
        yield TestClient(
            create_app(record, Settings(port=8000, key=KEY)),
            base_url=ORIGIN,
            follow_redirects=False,
        )


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A browser with a session."""
    with empty_record(tmp_path) as record:
        yield client_of(record)


@pytest.mark.parametrize("path", ["/", "/settings", "/static/base.css", "/nowhere"])
def test_without_a_session_nothing_is_served(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "khronika serve" in answer.text
    assert "<" not in answer.text


def test_the_key_opens_a_session_and_leaves_the_address(stranger: TestClient) -> None:
    answer = stranger.get(f"/settings?back=%2Fx&key={KEY}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/settings?back=%2Fx"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("khronika-8000=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "max-age" not in cookie.lower()
    assert stranger.get("/settings").status_code == 200


def test_a_key_never_leads_to_another_host(stranger: TestClient) -> None:
    answer = stranger.get(f"{ORIGIN}//elsewhere.example/x?key={KEY}")
    assert answer.headers["location"].startswith("/elsewhere.example")


def test_a_wrong_key_opens_nothing(stranger: TestClient) -> None:
    answer = stranger.get("/settings?key=wrong")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert stranger.get("/settings").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9999", "127.0.0.1", "localhost", ""])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/settings", headers={"host": host}).status_code == 421


def test_localhost_is_this_machine(client: TestClient) -> None:
    assert client.get("/settings", headers={"host": "localhost:8000"}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/settings").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:8001"},
        {"origin": "https://127.0.0.1:8000"},
    ],
)
def test_a_form_of_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    form = {"csrf": csrf_of(client), "reviewer": "Somebody"}
    answer = client.post("/settings", data=form, headers=headers)
    assert answer.status_code == 403
    assert "Somebody" not in client.get("/settings").text


def test_a_form_without_its_token_is_refused(client: TestClient) -> None:
    for form in ({"x": ""}, {"csrf": ""}, {"csrf": "guessed"}, {"csrf": "é"}):
        assert client.post("/settings", data=form).status_code == 403


def test_a_form_of_this_session_is_taken(client: TestClient) -> None:
    form = {"csrf": csrf_of(client), "reviewer": "  Vera   Ilyina ", "back": "/settings"}
    headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    assert client.post("/settings", data=form, headers=headers).status_code == 200
    assert 'value="Vera Ilyina"' in client.get("/settings").text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb", ""])
def test_settings_lead_back_to_our_own_pages_alone(client: TestClient, back: str) -> None:
    form = {"csrf": csrf_of(client), "back": back}
    answer = client.post("/settings", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_odd_bodies_are_refused(client: TestClient) -> None:
    token = csrf_of(client)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    post = client.post
    assert (
        post("/settings", content=b"{}", headers={"content-type": "text/json"}).status_code == 415
    )
    assert post("/settings", content=b"x" * (LONGEST_BODY + 1), headers=kind).status_code == 413
    assert post("/settings", content=b"csrf=%ff", headers=kind).status_code == 400
    assert post("/settings", content=b"\xff=1", headers=kind).status_code == 400
    many = "&".join(["a=1"] * 3000).encode()
    assert (
        post("/settings", content=b"csrf=" + token.encode() + many, headers=kind).status_code == 400
    )


def test_too_long_an_address_is_refused(client: TestClient) -> None:
    assert client.get("/settings?x=" + "a" * 9000).status_code == 414


def test_every_answer_says_what_a_page_may_do(client: TestClient) -> None:
    for answer in (client.get("/settings"), client.get("/nowhere"), client.get("/static/base.css")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    client.cookies.clear()
    assert client.get("/").headers["cache-control"] == "no-store"


def test_no_page_holds_inline_script_or_style(client: TestClient) -> None:
    for path in ("/settings", "/nowhere"):
        page = client.get(path).text
        assert not re.search(r"<style|style=|\son\w+=|javascript:", page)
        assert not re.search(r"<script(?![^>]*src=)", page)
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "127.0.0.1.x"])
def test_other_machines_are_not_served(host: str) -> None:
    with pytest.raises(KhronikaError, match="accounts"):
        refuse_others(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.5.5.5", "::1"])
def test_this_machine_is_served(host: str) -> None:
    refuse_others(host)
