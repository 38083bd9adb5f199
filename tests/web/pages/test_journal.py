"""The journal in a browser, and the check that runs beside other pages."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

from khronika.evidence.verdict import Finding
from khronika.store.store import Store
from khronika.workflows.browsing.checking import Progress
from khronika.workflows.record import Record
from web.serving import client_of, csrf_of, empty_record
from workflows.browsing.samples import NASTY, a_record, ids


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("journal") / "record"
    with a_record(path) as made:
        act = made.acts()[0].act.id
        made.rule("reject", [act], why=NASTY, reviewer="Vera Ilyina")
        made.rule("accept", [act], why="seen again", reviewer="Osip <b>Krug</b>")
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


def checked(client: TestClient) -> str:
    """The journal's page once a check has ended."""
    client.post("/journal/verify", data={"csrf": csrf_of(client)})
    for _ in range(200):
        page = client.get("/journal").text
        if "<progress" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the check did not end")


def test_entries_are_told_in_words_the_newest_first(client: TestClient, record: Record) -> None:
    page = client.get("/journal").text
    table = page.partition("<tbody>")[2]
    assert table.index("Osip") < table.index("Vera Ilyina") < table.index("A report was added")
    assert table.index("A report was added") < table.index("The record was created")
    assert f'/reports/{ids(record)["alert.txt"]}"' in table
    assert "kept uncoded" in table


def test_nothing_in_an_entry_becomes_markup(client: TestClient) -> None:
    page = client.get("/journal").text
    assert "<script>alert" not in page
    assert "<b>Krug" not in page
    assert "Osip &lt;b&gt;Krug" in page


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("what=added", "5 entries"),
        ("what=ruled", "2 entries"),
        ("reviewer=Vera+Ilyina", "1 entry"),
        ("reviewer=Nobody", "0 entries"),
        ("subject=rpt_0000000000000000", "0 entries"),
        ("subject=%25", "0 entries"),
        ("subject=%22acts%22", "0 entries"),
        ("what=%27", "0 entries"),
    ],
)
def test_filters_narrow_the_journal(client: TestClient, query: str, many: str) -> None:
    assert f">{many}," in client.get(f"/journal?{query}").text


def test_a_subject_has_its_entries(client: TestClient, record: Record) -> None:
    page = client.get(f"/journal?subject={ids(record)['alert.txt']}").text
    assert ">1 entry," in page
    act = record.acts()[0].act.id
    assert ">2 entries," in client.get(f"/journal?subject={act}").text


@pytest.mark.parametrize("page", ["0", "99999", "x"])
def test_pages_end(client: TestClient, page: str) -> None:
    assert "The record was created" in client.get(f"/journal?page={page}").text


def test_the_last_seal_is_shown_whole(client: TestClient, record: Record) -> None:
    sealed = [row for row in record.journal() if row.what == "sealed"][-1]
    digest = sealed.detail.partition("seal ")[2].split(",")[0]
    assert len(digest) == 64
    assert digest in client.get("/journal").text


def test_a_sound_record_passes(client: TestClient) -> None:
    page = checked(client)
    assert "Passed." in page
    assert "0 failed, 0 unchecked" in page
    assert "Check again" in page


def test_a_check_is_a_form_of_this_session(client: TestClient) -> None:
    assert client.post("/journal/verify", data={"csrf": "x"}).status_code == 403
    assert client.get("/journal/verify").status_code == 405


def test_what_fails_is_named_with_what_to_do(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        kept = record.store.files.path(record.store.digest(ids(record)["alert.txt"], "text") or "")
        kept.write_bytes(b"forged")
        page = checked(client_of(record))
        assert "Failed." in page
        assert "Publish nothing" in page
        assert ids(record)["alert.txt"] in page
        assert "forged" not in page


def test_entries_since_a_check_are_counted(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        client = client_of(record)
        assert "added since" not in checked(client)
        record.rule("accept", [record.acts()[0].act.id], why="read", reviewer="V. Ilyina")
        assert "added since" in client.get("/journal").text


def test_an_empty_record_has_one_entry(tmp_path: Path) -> None:
    with empty_record(tmp_path) as record:
        page = client_of(record).get("/journal").text
        assert ">1 entry," in page
        assert "Nothing is sealed yet." in page


def test_a_page_loads_again_only_while_a_check_runs_and_somebody_wants_it(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = Event()

    def waiting(_store: Store, tell: Progress) -> Iterator[Finding]:
        tell(1, 2)
        go.wait(20)
        yield from ()

    monkeypatch.setattr("khronika.web.pages.journal.verify_record", waiting)
    form = {"csrf": csrf_of(client)}
    answer = client.post("/journal/verify", data=form)
    assert answer.headers["refresh"] == "2"
    assert "1 of 2" in answer.text or "the journal and the kept files first" in answer.text
    assert 'href="/journal#check"' in answer.text  # stops it
    answer = client.get("/journal")
    assert "refresh" not in answer.headers
    assert 'href="/journal?watch=yes#check"' in answer.text
    go.set()
    for _ in range(200):
        answer = client.get("/journal?watch=yes")
        if "<progress" not in answer.text:
            break
        time.sleep(0.05)
    assert "refresh" not in answer.headers
