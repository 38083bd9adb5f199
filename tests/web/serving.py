"""A record as a browser sees it, without a browser."""

from pathlib import Path

from starlette.testclient import TestClient

from khronika.web.app import create_app
from khronika.web.security import Settings
from khronika.workflows.record import Record

ORIGIN = "http://127.0.0.1:8000"
KEY = "key-of-the-test"


def client_of(record: Record, **settings: str) -> TestClient:
    """A client with a session of its own, as after opening the printed address."""
    given = Settings(port=8000, key=KEY, **settings)
    client = TestClient(create_app(record, given), base_url=ORIGIN)
    assert client.get(f"/settings?key={KEY}").status_code == 200
    return client


def csrf_of(client: TestClient) -> str:
    """What a form of this session must carry."""
    page = client.get("/settings").text
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def empty_record(folder: Path) -> Record:
    """A record without reports."""
    return Record.create(folder / "record")
