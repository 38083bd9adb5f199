"""Correcting an act and adding one: words chosen and typed, dates, places, what is wrong."""

import pytest
from starlette.testclient import TestClient

from khronika.model.acts import Act, Modality, Role
from khronika.workflows.record import Record
from khronika.workflows.reviewing.rows import Asked
from web.pages.reviewing import TEXTS, fields, post, send
from web.serving import client_of, csrf_of


def act_of(record: Record, name: str) -> Act:
    [row] = [row for row in record.acts() if row.report.name == name]
    return row.act


def form_of(client: TestClient, act: Act) -> tuple[str, str]:
    path = f"/review/{act.id}/correct"
    return client.get(path).text, path


def test_kind_modality_and_date_are_corrected(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    changes = {"kind": "fine", "modality": "attempted", "when": "2021-03", "do": "save"}
    answer = send(client, page, path, changes)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/acts/act_")
    now = act_of(record, "b.txt")
    assert (now.kind, now.modality, now.when.edtf) == ("fine", Modality.ATTEMPTED, "2021-03")
    shown = client.get(answer.headers["location"]).text
    assert "Corrected" in shown
    assert "March 2021" in shown


def test_a_form_that_changes_nothing_accepts(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    assert send(client, page, path, {"do": "save"}).status_code == 303
    assert record.rulings().all[-1].verb == "accept"
    assert act_of(record, "b.txt") == act


def test_somebody_is_added_by_choosing_words(client: TestClient, record: Record) -> None:
    act, text = act_of(record, "b.txt"), TEXTS["b.txt"]
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "add-filler:victim", "why": "kept all along"}).text
    changes = {"filler.1.role": "source", "do": "words:filler.1"}
    page = send(client, page, path, changes).text
    start, end = text.index("The guards"), text.index(" said so")
    page = send(client, page, path, {"pick": f"{start}-{start + 3}"}).text
    assert "Now the last word" in page
    page = send(client, page, path, {"pick": f"{end - 4}-{end}"}).text
    assert ("filler.1.words", "The guards at the gate") in fields(page, path)
    assert ("filler.1.name", "The guards at the gate") in fields(page, path)
    assert ("why", "kept all along") in fields(page, path)
    assert send(client, page, path, {"do": "save"}).status_code == 303
    [source] = act_of(record, "b.txt").in_role(Role.SOURCE)
    assert source.anchor is not None
    assert text[source.anchor.start : source.anchor.end] == "The guards at the gate"
    assert record.rulings().all[-1].why == "kept all along"


def test_words_are_chosen_from_the_last_to_the_first_as_well(
    client: TestClient, record: Record
) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "words:filler.0"}).text
    page = send(client, page, path, {"pick": "6-11"}).text
    page = send(client, page, path, {"pick": "0-5"}).text
    assert ("filler.0.at", "0-11") in fields(page, path)


def test_the_first_word_is_kept_while_paging(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "words:filler.0"}).text
    page = send(client, page, path, {"pick": "0-5"}).text
    page = send(client, page, path, {"do": "go:0"}).text
    assert "Now the last word" in page
    again = send(client, page, path, {"do": "again"}).text
    assert "Press the first word" in again
    page = send(client, page, path, {"pick": "6-11"}).text
    assert ("filler.0.at", "0-11") in fields(page, path)


def test_typed_words_that_stand_once_are_found(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "add-filler:victim"}).text
    typed = {"filler.1.role": "source", "filler.1.words": "guards  at the\ngate"}
    page = send(client, page, path, {**typed, "do": "check"}).text
    assert "All of this can be meant" in page
    assert ("filler.1.words", "guards at the gate") in fields(page, path)


def test_words_that_stand_in_several_places_are_offered(client: TestClient, record: Record) -> None:
    act, text = act_of(record, "d.txt"), TEXTS["d.txt"]
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "add-place"}).text
    refused = send(client, page, path, {"place.0.words": "Almaty", "do": "save"}).text
    assert "These words stand in several places" in refused
    second = text.rindex("Almaty")
    page = send(client, refused, path, {"do": f"at:place.0:{second}-{second + 6}"}).text
    assert ("place.0.at", f"{second}-{second + 6}") in fields(page, path)
    refused = send(client, page, path, {"do": "save"})
    assert "Choose which place it is" in refused.text
    assert "Kazakhstan" in refused.text
    chosen = {"place.0.which": "1526384", "do": "save"}
    assert send(client, refused.text, path, chosen).status_code == 303
    [where] = act_of(record, "d.txt").where
    assert (where.place, where.country, where.geonameid) == ("Almaty", "KZ", 1526384)


def test_a_place_can_stay_unknown(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "add-place"}).text
    assert send(client, page, path, {"place.0.words": "gate", "do": "save"}).status_code == 303
    [where] = act_of(record, "b.txt").where
    assert (where.name, where.place, where.geonameid) == ("gate", "", None)


def test_a_place_is_looked_up_under_another_name(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "add-place"}).text
    page = send(client, page, path, {"place.0.words": "gate", "do": "check"}).text
    assert ("place.0.which", "-") in fields(page, path)
    page = send(client, page, path, {"place.0.look": "Almaty", "do": "look:place.0"}).text
    assert ("place.0.which", "") in fields(page, path)
    assert "Kazakhstan" in page
    chosen = {"place.0.which": "1526384", "do": "save"}
    assert send(client, page, path, chosen).status_code == 303
    [where] = act_of(record, "b.txt").where
    assert (where.name, where.place) == ("gate", "Almaty")


def test_a_victim_is_removed(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    page = send(client, page, path, {"do": "drop:filler.0"}).text
    assert send(client, page, path, {"do": "save"}).status_code == 303
    assert act_of(record, "b.txt").involvements == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"when": "14 March 2021"}, "This is no date"),
        ({"when": "2021-02-30"}, "This is no date"),
        ({"kind": "no-such-kind"}, "Choose a kind of act"),
        ({"modality": "perhaps"}, "Choose whether it happened"),
        ({"filler.0.words": "not in the report"}, "The report does not hold these words"),
        ({"filler.0.count": "many"}, "Write how many as a number"),
        ({"filler.0.age": "-4"}, "Write the age in years"),
        ({"filler.0.role": "villain"}, "Choose a role"),
    ],
)
def test_what_cannot_be_meant_is_said_at_the_form(
    client: TestClient, record: Record, changes: dict[str, str], says: str
) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    refused = send(client, page, path, {**changes, "do": "save"})
    assert says in refused.text
    assert record.rulings().all == ()
    assert act_of(record, "b.txt") == act


def test_a_stale_correction_shows_both_versions(client: TestClient, record: Record) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    other = client_of(record, reviewer="Somebody Else")
    theirs, _ = form_of(other, act)
    assert send(other, theirs, path, {"when": "2021-03-10", "do": "save"}).status_code == 303
    refused = send(client, page, path, {"when": "2021-03-11", "do": "save"})
    assert refused.status_code == 409
    for said in ("Somebody Else", "9 March 2021", "10 March 2021", "11 March 2021"):
        assert said in refused.text
    assert send(client, refused.text, path).status_code == 303
    assert act_of(record, "b.txt").when.edtf == "2021-03-11"


def test_an_act_is_added_by_choosing_its_sentence(client: TestClient, record: Record) -> None:
    report = act_of(record, "b.txt").report_id
    text = TEXTS["b.txt"]
    path = f"/review/add?report={report}"
    page = client.get(path).text
    assert "Choose the clause or sentence" in page
    start = text.index("The guards")
    page = send(client, page, path, {"pick": f"{start}-{start + 3}"}).text
    page = send(client, page, path, {"pick": f"{len(text) - 3}-{len(text) - 1}"}).text
    assert ("quote.words", text[start:]) in fields(page, path)
    page = send(client, page, path, {"do": "add-filler:victim"}).text
    changes = {"kind": "arrest", "filler.0.words": "guards", "do": "save"}
    answer = send(client, page, path, changes)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/acts/act_")
    added = record.rulings().all[-1]
    assert added.verb == "add"
    shown = client.get(f"/acts/{added.ids[0]}").text
    assert "The guards" not in shown.partition("<main")[0]
    assert "Added" in shown
    assert [row.act.kind for row in record.acts(report=report)] == ["arrest", "arrest"]


def test_an_act_is_added_from_marked_words(client: TestClient, record: Record) -> None:
    report = act_of(record, "b.txt").report_id
    path = f"/review/add?report={report}&start=36&end=71"
    page = client.get(path).text
    assert "Take the whole passage" in page
    page = send(client, page, path, {"do": "at:quote:36-71"}).text
    assert "Add an act that was missed" in page
    assert TEXTS["b.txt"][36:71] in page


@pytest.mark.parametrize(
    "query",
    ["", "report=rpt_none", "report=act_x", "report=%00", "report=" + "r" * 3000],
)
def test_adding_to_no_report_is_no_such_thing(client: TestClient, query: str) -> None:
    assert client.get(f"/review/add?{query}").status_code == 404
    pairs = [("csrf", csrf_of(client)), ("do", "save"), ("report", query[7:])]
    assert post(client, f"/review/add?{query}", pairs).status_code == 404


@pytest.mark.parametrize(
    "where",
    ["start=-1&end=4", "start=9&end=2", "start=0&end=999999999", "start=a&end=%F0", "near=9e9"],
)
def test_places_out_of_range_are_passed_over(
    client: TestClient, record: Record, where: str
) -> None:
    report = act_of(record, "b.txt").report_id
    assert client.get(f"/review/add?report={report}&{where}").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"fillers": "999999", "do": "check"},
        {"fillers": "-3", "places": "x", "do": "check"},
        {"fillers": "60", "do": "add-filler:victim"},
        {"filler.0.at": "0-999999999", "do": "save"},
        {"filler.0.at": "5-2", "do": "check"},
        {"filler.0.words": "x" * 200_000, "do": "save"},
        {"why": "y" * 400_000, "do": "check"},
        {"do": "words:filler.77"},
        {"do": "words:__class__"},
        {"do": "go:99999999", "choosing": "quote"},
        {"do": "at:filler.0:0-99999999"},
        {"do": "at:filler.-1:0-4"},
        {"do": "drop:filler.²"},
        {"pick": "0-4", "choosing": "place.³"},
        {"pick": "x", "choosing": "filler.0"},
        {"quote.at": "3-4", "quote.words": "z", "do": "save"},
        {"report": "rpt_other", "act": "act_other", "do": "check"},
        {"saw": '[["kind",{"a":[]}],[1]]', "do": "check"},
        {"do": "no-such-button"},
    ],
)
def test_hostile_forms_break_nothing(
    client: TestClient, record: Record, changes: dict[str, str]
) -> None:
    act = act_of(record, "b.txt")
    page, path = form_of(client, act)
    answer = send(client, page, path, changes)
    assert answer.status_code in {200, 303, 400}
    assert len(answer.content) < 300_000
    assert [each.verb for each in record.rulings().all] in ([], ["accept"])


def test_an_act_that_is_gone_cannot_be_corrected(client: TestClient) -> None:
    for item in ("act_none", "inc_x", "%00", "q" * 3000):
        assert client.get(f"/review/{item}/correct").status_code == 404


def test_a_name_is_asked_before_the_first_correction(record: Record) -> None:
    client = client_of(record)
    page, path = form_of(client, act_of(record, "b.txt"))
    refused = send(client, page, path, {"modality": "denied", "do": "save"})
    assert "write your name" in refused.text
    assert ("modality", "denied") in fields(refused.text, path)
    kept = send(client, refused.text, path, {"reviewer": "Reviewer Two", "do": "save"})
    assert kept.status_code == 303
    assert record.rulings().all[-1].reviewer == "Reviewer Two"


def test_after_a_correction_review_goes_on(client: TestClient, record: Record) -> None:
    rows = record.review_queue(Asked(sort=("act",)))
    page = client.get(f"/review/{rows[0].id}").text
    there = page.partition(f'href="/review/{rows[0].id}/correct')[2].partition('"')[0]
    path = f"/review/{rows[0].id}/correct{there.replace('&amp;', '&')}"
    answer = send(client, client.get(path).text, path, {"do": "save"})
    assert answer.headers["location"].startswith(f"/review/{rows[1].id}?")
