"""The list of reports, and the page of one: what it marks, covers, hands out and survives."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from khronika.model.anchors import Anchor
from khronika.model.ids import sha256
from khronika.model.links import Copy, Links
from khronika.workflows.record import Record
from web.serving import client_of, csrf_of, empty_record
from workflows.browsing.samples import LONG, MAIL, TEXTS, a_record, ids
from workflows.toys import a_capture, toy_link, toy_parts


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("reports") / "record"
    with a_record(path) as made:
        yield made


@pytest.fixture(scope="module")
def client(record: Record) -> TestClient:
    return client_of(record)


def text_of(page: str) -> str:
    """The words of a report's page, as a reader sees them."""
    sheet = page.partition('<div class="sheet">')[2]
    words = re.findall(r'<div class="words"[^>]*>(.*?)</div>', sheet, flags=re.DOTALL)
    plain = re.sub(r'<span class="hidden[^>]*>.*?</span>', "", "\n".join(words))
    plain = re.sub(r'<a class="badge"[^>]*>.*?</a>', "", plain)
    return html.unescape(re.sub(r"<[^>]+>", "", plain))


def test_the_list_names_every_report(client: TestClient) -> None:
    page = client.get("/reports").text
    assert "5 reports" in page
    assert "alert.txt" in page
    assert "The Bell" in page
    assert "صحيفة الخليج" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("name=alert", {"alert.txt"}),
        ("name=ДЕЛО", {"дело.txt"}),
        ("publisher=bell", {"alert.txt"}),
        ("language=ru", {"дело.txt"}),
        ("state=uncoded", {"дело.txt"}),
        ("month=2021-03", {"alert.txt", "дело.txt"}),  # of 2021: it may be of that month
        ("month=none", {"arabic.txt", "empty.txt"}),
        ("month=2019", set()),
        ("copies=copies", set()),
        ("month=%27&state=x&sort=%00&publisher=%22", {"alert.txt", "arabic.txt", "empty.txt"}),
    ],
)
def test_filters_narrow_the_list(client: TestClient, asked: str, found: set[str]) -> None:
    page = client.get(f"/reports?{asked}").text
    table = page.partition("<tbody>")[2].partition("</table>")[0]
    shown = {name for name in TEXTS if name in table}
    assert found <= shown
    if "%27" not in asked:
        assert shown == found


@pytest.mark.parametrize("sort", ["newest", "oldest", "publisher", "name", "acts"])
def test_the_list_can_be_ordered(client: TestClient, sort: str) -> None:
    answer = client.get(f"/reports?sort={sort}&size=25&page=99")
    assert answer.status_code == 200
    assert "alert.txt" in answer.text


def test_what_no_coder_reads_is_said_with_the_remedy(client: TestClient, record: Record) -> None:
    page = client.get("/reports").text
    assert "kept uncoded" in page
    page = client.get(f"/reports/{ids(record)['дело.txt']}").text
    assert "kept uncoded" in page
    assert "What to do:" in page


def test_an_empty_record_says_how_to_fill_it(tmp_path: Path) -> None:
    with empty_record(tmp_path) as record:
        assert "khronika add" in client_of(record).get("/reports").text


def test_a_report_shows_its_text_with_marks_and_notes(client: TestClient, record: Record) -> None:
    page = client.get(f"/reports/{ids(record)['alert.txt']}").text
    shown = text_of(page).replace("█" * len(MAIL), MAIL)
    assert [line for line in shown.splitlines() if line] == TEXTS["alert.txt"].splitlines()
    acts = re.findall(r'class="badge" id="(act_\w+)" href="#note-(act_\w+)"', page)
    assert len(acts) == 2
    for act, note in acts:
        assert act == note
        assert f'id="note-{act}"' in page
        assert f'href="#{act}"' in page
    assert 'class="m-act m-name"' in page
    assert re.search(r'm-when[^>]*title="act 1; date"', page)
    assert "Named here" not in page.partition('id="note-act_')[0]


def test_every_fragment_that_is_linked_is_there(client: TestClient, record: Record) -> None:
    for of in ids(record).values():
        page = client.get(f"/reports/{of}").text
        there = re.findall(r' id="([^"]+)"', page)
        assert len(there) == len(set(there))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(there)


def test_repeats_and_contact_data_are_dimmed_and_named(client: TestClient, record: Record) -> None:
    page = client.get(f"/reports/{ids(record)['alert.txt']}").text
    assert "repeats an earlier passage, counted once" in page
    assert 'class="passage passage-repeat dim"' in page
    assert 'class="passage passage-contact dim"' in page
    assert "passage=0" in page


def test_contact_data_are_covered_until_asked(client: TestClient, record: Record) -> None:
    of = ids(record)["alert.txt"]
    assert MAIL not in client.get(f"/reports/{of}").text
    form = {"csrf": csrf_of(client), "show": "yes", "back": f"/reports/{of}"}
    assert MAIL in client.post(f"/reports/{of}/veil", data=form).text
    assert MAIL in client.get(f"/reports/{of}").text
    assert MAIL not in client_of(record).get(f"/reports/{of}").text  # another session
    assert MAIL not in client.post(f"/reports/{of}/veil", data={**form, "show": "no"}).text


def test_uncovering_leads_back_to_our_own_pages_alone(client: TestClient, record: Record) -> None:
    of = ids(record)["alert.txt"]
    form = {"csrf": csrf_of(client), "show": "no", "back": "//evil.example/"}
    answer = client.post(f"/reports/{of}/veil", data=form, follow_redirects=False)
    assert answer.headers["location"] == f"/reports/{of}"


def test_words_that_the_address_names_are_marked(client: TestClient, record: Record) -> None:
    of = ids(record)["alert.txt"]
    start = TEXTS["alert.txt"].index("Bela Finch")
    page = client.get(f"/reports/{of}?from={start}&to={start + 10}").text
    assert re.search(r'id="at">(?:<span[^>]*>[^<]*</span>)?Bela Finch', page)


@pytest.mark.parametrize(
    "query",
    [
        "from=5&to=2",
        "from=-1&to=x",
        "from=999999999&to=9999999999",
        "page=0",
        "page=99999",
        "page=²",
        "act=act_0000",
        "act=%22%3E%3Cscript%3E",
        "passage=77",
        "beside=rpt_none",
        "beside=%27",
    ],
)
def test_odd_addresses_show_the_report(client: TestClient, record: Record, query: str) -> None:
    answer = client.get(f"/reports/{ids(record)['alert.txt']}?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "asked", ["rpt_0000000000000000", "x", "act_1", "%00", "..%2f..", "<script>", "'", "rpt_%"]
)
def test_an_id_that_leads_nowhere_is_not_found(client: TestClient, asked: str) -> None:
    for path in (f"/reports/{quote(asked)}", f"/reports/{quote(asked)}/original"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "<script>" not in answer.text


def test_the_beginning_of_an_id_leads_to_the_report(client: TestClient, record: Record) -> None:
    of = ids(record)["alert.txt"]
    answer = client.get(f"/reports/{of[:12]}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/reports/{of}"


def test_nothing_in_a_report_becomes_markup(client: TestClient, record: Record) -> None:
    for path in ("/reports", *(f"/reports/{of}" for of in ids(record).values())):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "{{7*7}}" in page or "49" not in page.partition("<main")[2][:200]


def test_text_of_any_direction_says_so(client: TestClient, record: Record) -> None:
    page = client.get(f"/reports/{ids(record)['arabic.txt']}").text
    assert 'class="words" dir="auto"' in page
    assert "اعتُقل محرر" in text_of(page)


def test_a_report_without_text_says_so(client: TestClient, record: Record) -> None:
    assert "The report has no text." in client.get(f"/reports/{ids(record)['empty.txt']}").text


def test_a_megabyte_on_one_line_comes_in_pages(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        record.add([a_capture(LONG, "word " * 200_000)])
        client, of = client_of(record), ids(record)[LONG]
        page = client.get(f"/reports/{of}?page=3")
        assert len(page.text) < 60_000
        assert "Page 3 of" in page.text
        page = client.get(f"/reports/{of}?from=900000&to=900004")
        assert 'id="at"' in page.text


def test_files_are_saved_and_never_shown(client: TestClient, record: Record) -> None:
    of = ids(record)["alert.txt"]
    for what in ("original", "text"):
        answer = client.get(f"/reports/{of}/{what}")
        assert answer.content == TEXTS["alert.txt"].encode()
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    assert sha256(TEXTS["alert.txt"].encode()) in client.get(f"/reports/{of}").text


def test_words_marked_as_sensitive_are_covered_as_long_as_that_stands(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        client, of, text = client_of(record), ids(record)["alert.txt"], TEXTS["alert.txt"]
        start = text.index("2021-05-06")
        words = [Anchor.cut(text, start, start + 10)]
        made = record.mark_sensitive([of], words, why="It may harm.", reviewer="V. Ilyina")
        page = client.get(f"/reports/{of}").text
        assert "2021-05-06" not in text_of(page)
        assert "what is marked as sensitive are covered" in page
        found = client.get("/search", params={"q": '"bela finch"'}).text
        assert "fined on █" in found
        record.retract(made.ruling.id, why="It does not.", reviewer="V. Ilyina")
        assert "2021-05-06" in text_of(client.get(f"/reports/{of}").text)


def test_what_reviewers_ruled_stands_beside_the_act(tmp_path: Path) -> None:
    with a_record(tmp_path / "record") as record:
        act = next(row for row in record.acts() if row.report.name == "alert.txt")
        record.rule("accept", [act.act.id], why="Read.", reviewer="V. Ilyina")
        record.rule("reject", [act.act.id], why="Read again.", reviewer="V. Ilyina")
        page = client_of(record).get(f"/reports/{act.report.id}?act={act.act.id}").text
        assert "rejected by a reviewer" in page
        assert "accepted by a reviewer" not in page
        assert f'class="note-act asked" id="note-{act.act.id}"' in page


SHARED = "Officers came before dawn, searched the reading room and took four shelves of letters."


def linked_with_copies(*given: Any) -> Links:
    """As the toys link; the report that begins with "Again" copies the other."""
    links, (facts, *_) = toy_link(*given), given
    by_publisher = {each["publisher"]: each["id"] for each in facts}
    if not {"The Bell", "The Echo"} <= by_publisher.keys():
        return links
    copy = Copy(
        report=by_publisher["The Echo"],
        original=by_publisher["The Bell"],
        relation="copy",
        share=0.9,
    )
    return replace(links, copies=(copy,))


def test_copies_show_the_words_that_they_share(tmp_path: Path) -> None:
    steps = replace(toy_parts(), link=linked_with_copies)
    with Record.create(tmp_path / "record", steps) as record:
        record.add(
            [
                a_capture("one.txt", f"{SHARED}\nMore is said here.", publisher="The Bell"),
                a_capture("two.txt", f"Again.\n{SHARED}", publisher="The Echo"),
            ]
        )
        client, of = client_of(record), ids(record)
        page = client.get(f"/reports/{of['two.txt']}").text
        assert "This report copies another, so it adds no source of its own" in page
        assert "m-shared" not in page
        page = client.get(f"/reports/{of['two.txt']}?beside={of['one.txt']}").text
        assert "marked below" in page
        assert 'm-shared" title="the same words in the other report"' in page
        there = (
            f"/reports/{of['one.txt']}?beside={of['two.txt']}&amp;from=0&amp;to={len(SHARED) - 1}"
        )
        assert f"{there}#at" in page
        assert "It copies this report" in client.get(f"/reports/{of['one.txt']}").text
        assert "copies another report" in client.get("/reports").text
        assert "1 report<" in client.get("/reports?copies=copies").text
