"""An export saved from a browser: the same files as the command writes, and nothing left behind."""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khronika.publish import FORMATS, ExportOptions
from khronika.publish.folder import ExportError
from khronika.store.lock import export_lock
from khronika.workflows.browsing.exporting import DRAFT, Choice, make
from khronika.workflows.record import Record
from web.serving import client_of, csrf_of, empty_record
from workflows.browsing.samples import MAIL, a_record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("export") / "record"
    with a_record(path) as made:
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


def made(client: TestClient, **asked: str) -> str:
    """The page once an export is made, or refused."""
    form = {"csrf": csrf_of(client), "format": "jsonl", "at_least": "0", **asked}
    page = client.post("/export", data=form).text
    for _ in range(300):
        if "<progress" not in page:
            return page
        time.sleep(0.05)
        page = client.get("/export").text
    raise AssertionError("the export does not end")


def unpacked(client: TestClient, **asked: str) -> dict[str, bytes]:
    """The files of an export by name."""
    assert 'href="/export/file"' in made(client, **asked)
    answer = client.get("/export/file")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def left(record: Record) -> list[str]:
    return [each.name for each in record.path.iterdir() if each.name.startswith(DRAFT)]


def test_the_page_says_what_goes_in(client: TestClient) -> None:
    page = client.get("/export").text
    assert "<dt>Reports</dt><dd>5</dd>" in page
    assert "<dt>Acts</dt><dd>4</dd>" in page
    for form in FORMATS:
        assert f'value="{form}"' in page
    assert 'name="contacts" aria' in page
    assert "checked> Include" not in page


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_what_the_command_writes(
    client: TestClient, record: Record, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "export"
    FORMATS[form](record.view(), folder, ExportOptions())
    written = {
        f"khronika-{form}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    files = unpacked(client, format=form)
    told = files.pop("ABOUT.txt").decode()
    assert files == written
    assert "Reports: 5" in told
    assert "Acts: 4" in told
    assert "quotations stand in their reports where they say." in told
    assert left(record) == []


def test_contact_data_are_in_it_only_if_asked_for(client: TestClient) -> None:
    assert MAIL.encode() not in b"".join(unpacked(client).values())
    files = unpacked(client, contacts="on")
    assert MAIL.encode() in b"".join(files.values())
    assert b"Contact data: included" in files["ABOUT.txt"]


@pytest.mark.parametrize("given", ["0.9", "0,9", "90%", " 90 % "])
def test_a_probability_is_taken_as_people_write_it(client: TestClient, given: str) -> None:
    files = unpacked(client, at_least=given)
    assert b"Least probability of an act that nobody accepted: 0.9" in files["ABOUT.txt"]
    assert files["khronika-jsonl/acts.jsonl"] == b""


@pytest.mark.parametrize("given", ["2", "-1", "nan", "inf", "<b>", "1e999", "٣"])
def test_what_is_no_probability_is_refused_beside_its_field(
    client: TestClient, record: Record, given: str
) -> None:
    form = {"csrf": csrf_of(client), "format": "jsonl", "at_least": given}
    answer = client.post("/export", data=form)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text
    assert "<b>" not in answer.text.partition("<main")[2].partition("at_least")[2][:200]
    assert left(record) == []


def test_an_unknown_format_is_refused(client: TestClient) -> None:
    form = {"csrf": csrf_of(client), "format": "../x", "at_least": "0"}
    assert client.post("/export", data=form).status_code == 400


def test_the_same_record_gives_the_same_bytes(record: Record) -> None:
    with make(record, Choice(form="csv")).file as one, make(record, Choice(form="csv")).file as two:
        assert one.read() == two.read()


def test_what_a_killed_process_left_goes_first(record: Record) -> None:
    (record.path / f"{DRAFT}killed").mkdir()
    (record.path / f"{DRAFT}killed" / "acts.jsonl").write_text("personal")
    with make(record, Choice(form="csv")).file:
        assert left(record) == []


def test_what_a_killed_process_left_goes_when_a_record_is_served(tmp_path: Path) -> None:
    with empty_record(tmp_path) as record:
        (record.path / f"{DRAFT}killed").mkdir()
        (record.path / f"{DRAFT}killed" / "acts.jsonl").write_text("personal")
        with export_lock(record.path):  # one that is being made stays
            client_of(record)
            assert left(record) == [f"{DRAFT}killed"]
        client_of(record)
        assert left(record) == []


def test_a_break_leaves_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("khronika.workflows.browsing.exporting._zip", full)
    with pytest.raises(ExportError, match="make room"):
        make(record, Choice(form="jsonl"))
    assert left(record) == []


def test_one_export_at_a_time(client: TestClient, record: Record) -> None:
    with export_lock(record.path):
        page = made(client)
    assert "Another export" in page
    assert "What to do:" in page
    assert client.get("/export/file").status_code == 404


def test_the_page_says_what_went_in_and_that_it_stands(client: TestClient) -> None:
    page = made(client, format="csv", contacts="on")
    assert "Format csv: 5 reports, 4 acts," in page
    assert "quotations stand in their reports where they say." in page
    assert "with contact data" in page


def test_what_is_discarded_is_gone(client: TestClient) -> None:
    made(client)
    assert client.get("/export/file").status_code == 200
    assert client.get("/export/file").status_code == 200  # a broken download can be begun again
    page = client.post("/export/discard", data={"csrf": csrf_of(client)}).text
    assert 'href="/export/file"' not in page
    assert client.get("/export/file").status_code == 404


def test_an_empty_record_can_be_exported(tmp_path: Path) -> None:
    with empty_record(tmp_path) as record:
        client = client_of(record)
        assert "<dt>Acts</dt><dd>0</dd>" in client.get("/export").text
        assert b"Acts: 0" in unpacked(client)["ABOUT.txt"]
