from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khronika.workflows.record import Record
from web.serving import client_of
from workflows.toys import captures, toy_parts

NAMES = ("months", "map", "timeline")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("pictures")
    with Record.at(folder / "record", toy_parts()) as made:
        made.add(captures())
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query", ["", "?theme=dark&w=390", "?kind=arrest&since=2020&until=2023-05"]
)
def test_a_picture_is_png_and_svg(client: TestClient, name: str, query: str) -> None:
    drawn = client.get(f"/pictures/{name}.png{query}")
    assert drawn.status_code == 200
    assert drawn.headers["content-type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")
    assert client.get(f"/pictures/{name}.png{query}").content == drawn.content
    lines = client.get(f"/pictures/{name}.svg{query}")
    assert lines.headers["content-type"] == "image/svg+xml"
    assert "style-src 'none'" in lines.headers["content-security-policy"]
    assert lines.headers["content-disposition"] == f'inline; filename="{name}.svg"'
    assert b"<style" not in lines.content
    assert b" style=" not in lines.content


@pytest.mark.parametrize(
    "path",
    [
        *("/pictures/nothing.png", "/pictures/months", "/pictures/months.gif", "/pictures/.svg"),
        *(
            "/pictures/months.png?w=100000",
            "/pictures/months.png?theme=..%2F..",
            "/pictures/a%00.png",
        ),
    ],
)
def test_what_there_is_not_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["since=no-date", "actor=%00", "place=%3Cscript%3E&actor=!!!"])
def test_what_cannot_be_meant_does_no_harm(client: TestClient, query: str) -> None:
    assert client.get(f"/pictures/months.png?{query}").status_code == 200


def test_long_and_many_values_are_bounded(client: TestClient) -> None:
    query = "&".join(f"kind={'x' * 50}{n}" for n in range(100))
    assert client.get(f"/pictures/months.png?{query}").status_code == 200


def test_an_empty_record_has_pictures(tmp_path: Path) -> None:
    with Record.create(tmp_path / "record") as record:
        client = client_of(record)
        for name in NAMES:
            assert client.get(f"/pictures/{name}.png").status_code == 200


def test_an_actor_has_a_network_and_a_timeline(client: TestClient, record: Record) -> None:
    actor = record.actors()[0].id
    for name in ("network", "timeline"):
        assert client.get(f"/pictures/{name}.png?actor={actor}").status_code == 200


@pytest.mark.parametrize("query", ["", "?actor=per_0", "?actor=%3Cscript%3E"])
def test_nobody_has_no_network(client: TestClient, query: str) -> None:
    assert client.get(f"/pictures/network.png{query}").status_code == 404


def test_a_sensitive_name_is_in_no_picture(tmp_path: Path) -> None:
    with Record.at(tmp_path / "record", toy_parts()) as record:
        record.add(captures())
        actor = next(each for each in record.actors() if each.caption == "Ada Lark")
        client = client_of(record)
        assert "Ada Lark" in client.get(f"/pictures/network.svg?actor={actor.id}").text
        record.mark_sensitive([actor.id], why="a child", reviewer="R. Viewer")
        after = client.get(f"/pictures/network.svg?actor={actor.id}").text
        assert "Ada Lark" not in after
        assert "name withheld" in after
