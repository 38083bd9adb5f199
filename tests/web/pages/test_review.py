"""Review: the queue, each ruling and its way back, what is stale, busy or hostile."""

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khronika.store.lock import writer_lock
from khronika.workflows.record import Record
from khronika.workflows.reviewing.rows import Asked
from web.pages.reviewing import REVIEWER, post, send
from web.serving import client_of, csrf_of, empty_record

NASTY = "<script>alert(1)</script>'\"&"


def item_of(record: Record, sort: str) -> str:
    return record.review_queue(Asked(sort=(sort,)))[0].id


def done_in(path: str) -> str:
    found = re.search(r"done=(rul_\w+)", path)
    assert found
    return found[1]


def test_the_queue_says_what_waits_and_where_to_start(client: TestClient, record: Record) -> None:
    page = client.get("/review").text
    total = record.review_counts().total
    assert f"{total} items wait" in page
    assert f'href="/review/{record.review_queue(limit=1)[0].id}"' in page
    assert "The arrest" not in page


def test_the_queue_is_narrowed_by_its_address(client: TestClient) -> None:
    page = client.get("/review?sort=act&kind=fine").text
    assert "arrested on" not in page
    assert "fined on" in page
    nothing = client.get("/review?kind=no-such-kind")
    assert nothing.status_code == 200
    assert "Nothing here waits." in nothing.text


def test_an_empty_record_has_nothing_to_review(tmp_path: Path) -> None:
    with empty_record(tmp_path) as made:
        assert "Nothing waits to be decided." in client_of(made).get("/review").text


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_an_act_is_ruled_on_and_the_next_one_shown(
    client: TestClient, record: Record, verb: str
) -> None:
    item = item_of(record, "act")
    page = client.get(f"/review/{item}?sort=act").text
    answer = send(client, page, f"/review/{item}?sort=act", {"verb": verb})
    assert answer.status_code == 303
    after = answer.headers["location"]
    assert "/review/act_" in after
    assert item not in after
    assert "sort=act" in after
    [ruling] = record.rulings().all
    assert (ruling.verb, ruling.ids, ruling.reviewer) == (verb, (item,), REVIEWER)
    assert ruling.why
    told = client.get(after).text
    assert ("Accepted" if verb == "accept" else "Rejected") in told
    assert "Undo" in told


def test_a_ruling_is_taken_back(client: TestClient, record: Record) -> None:
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    after = send(client, page, f"/review/{item}", {"verb": "reject"}).headers["location"]
    back = send(client, client.get(after).text, "/review/undo")
    assert back.status_code == 303
    assert "Taken back" in client.get(back.headers["location"]).text
    assert record.rulings().standing("reject") == ()
    again = post(client, "/review/undo", [("csrf", csrf_of(client)), ("ruling", done_in(after))])
    assert again.status_code == 400


def test_a_reason_is_typed_or_chosen(client: TestClient, record: Record) -> None:
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    send(client, page, f"/review/{item}", {"verb": "reject", "why": f"  {NASTY}  "})
    assert record.rulings().all[-1].why == NASTY
    shown = client.get(f"/acts/{item}").text
    assert NASTY not in shown
    assert html.escape(NASTY, quote=False)[:20] in shown


@pytest.mark.parametrize(
    ("sort", "verb"),
    [("actors", "same"), ("actors", "different"), ("actors", "left"), ("contradiction", "left")],
)
def test_pairs_and_contradictions_are_decided(
    client: TestClient, record: Record, sort: str, verb: str
) -> None:
    item = item_of(record, sort)
    page = client.get(f"/review/{item}").text
    assert "What speaks for one" in page or sort == "contradiction"
    answer = send(client, page, f"/review/{item}", {"verb": verb})
    assert answer.status_code == 303
    assert record.rulings().all[-1].verb == verb
    assert item not in {row.id for row in record.review_queue(Asked(sort=(sort,)))}


def test_sensitive_and_notes_stay_on_the_item(client: TestClient, record: Record) -> None:
    item = item_of(record, "act")
    for verb, why in (("sensitive", ""), ("note", "ask the lawyer")):
        page = client.get(f"/review/{item}").text
        answer = send(client, page, f"/review/{item}", {"verb": verb, "why": why})
        assert answer.headers["location"].startswith(f"/review/{item}?")
        assert record.rulings().all[-1].verb == verb
    assert "ask the lawyer" in client.get(f"/acts/{item}").text


def test_a_note_needs_words_and_a_ruling_a_button(client: TestClient, record: Record) -> None:
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    assert send(client, page, f"/review/{item}", {"verb": "note"}).status_code == 400
    kept = send(client, page, f"/review/{item}", {"verb": "", "why": "half a thought"})
    assert kept.status_code == 400
    assert "half a thought" in kept.text
    assert record.rulings().all == ()


def test_the_reviewer_is_asked_once(record: Record) -> None:
    client = client_of(record)
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    assert "Who reviews?" in page
    refused = send(client, page, f"/review/{item}", {"verb": "accept"})
    assert refused.status_code == 400
    assert record.rulings().all == ()
    named = send(client, page, "/review/name", {"reviewer": "  Reviewer   Two "})
    assert named.headers["location"] == f"/review/{item}"
    page = client.get(f"/review/{item}").text
    assert "Who reviews?" not in page
    send(client, page, f"/review/{item}", {"verb": "accept"})
    assert record.rulings().all[-1].reviewer == "Reviewer Two"


def test_a_stale_form_shows_both_versions_and_can_be_applied(
    client: TestClient, record: Record
) -> None:
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    record.rule("accept", [item], why="seen first", reviewer="Somebody Else")
    refused = send(client, page, f"/review/{item}", {"verb": "reject", "why": "my own reason"})
    assert refused.status_code == 409
    assert "Somebody Else" in refused.text
    assert "my own reason" in refused.text
    assert len(record.rulings().all) == 1
    applied = send(client, refused.text, f"/review/{item}")
    assert applied.status_code == 303
    ruling = record.rulings().all[-1]
    assert (ruling.verb, ruling.why) == ("reject", "my own reason")


def test_a_busy_record_keeps_the_form(
    client: TestClient, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khronika.workflows.ruling.PATIENCE", 0.05)
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    with writer_lock(record.path):
        busy = send(client, page, f"/review/{item}", {"verb": "reject", "why": "kept words"})
    assert busy.status_code == 503
    assert "kept words" in busy.text
    assert record.rulings().all == ()
    assert send(client, busy.text, f"/review/{item}").status_code == 303
    assert record.rulings().all[-1].why == "kept words"


@pytest.mark.parametrize(
    "item",
    ["act_nothing", "inc_0~inc_1", "%00", "..%2F..%2Fetc", "x" * 4000, "%F0%9F", "~", "rul_1"],
)
def test_an_item_that_is_not_there_is_said_to_be_gone(client: TestClient, item: str) -> None:
    assert client.get(f"/review/{item}").status_code in {400, 404}
    answer = post(client, f"/review/{item}", [("csrf", csrf_of(client)), ("verb", "accept")])
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize(
    "pairs",
    [
        [("id", "act_nothing")],
        [("id", "x" * 100_000)],
        [("seen", "=" * 1000), ("seen", "act_x")],
        [("why", "y" * 500_000)],
        [("saw", "[[[[" * 10_000)],
        [("verb", "retract")],
        [("verb", "__class__")],
    ],
)
def test_hostile_fields_break_nothing(
    client: TestClient, record: Record, pairs: list[tuple[str, str]]
) -> None:
    item = item_of(record, "act")
    given = [("csrf", csrf_of(client)), ("verb", "accept"), *pairs]
    answer = post(client, f"/review/{item}", given)
    assert answer.status_code in {303, 400, 404, 409}
    assert all(len(each.why) <= 2000 for each in record.rulings().all)


def test_a_form_cannot_lead_to_another_host(client: TestClient, record: Record) -> None:
    item = item_of(record, "act")
    page = client.get(f"/review/{item}").text
    send(client, page, f"/review/{item}", {"verb": "accept"})
    for back in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        named = post(client, "/review/undo", [("csrf", csrf_of(client)), ("back", back)])
        assert "evil" not in named.headers.get("location", "")


def test_an_act_outside_the_queue_leads_to_its_page(client: TestClient, record: Record) -> None:
    item = item_of(record, "act")
    record.rule("accept", [item], why="seen", reviewer="R")
    answer = client.get(f"/review/{item}", follow_redirects=False)
    assert answer.status_code in {200, 303}


def test_parts_of_an_actor_are_parted_and_joined(client: TestClient, record: Record) -> None:
    [actor] = record.actors(name="Garidin")
    first, *others = [actor.id, *actor.former_ids]
    there = f"/review/join/{actor.id}"
    page = client.get(there).text
    assert "Part it from the others" in page
    assert set(re.findall(r'name="id" value="(per_\w+)"', page)) == {first, *others}
    assert send(client, page, there, {"verb": "part"}).status_code == 303
    now = record.actors(name="Garidin")
    assert len(now) == 2
    pairs = [("csrf", csrf_of(client)), ("verb", "same"), ("id", now[0].id), ("other", now[1].id)]
    assert post(client, there, pairs).status_code == 303
    assert len(record.actors(name="Garidin")) == 1


def test_another_actor_is_found_by_name(client: TestClient, record: Record) -> None:
    [actor] = record.actors(name="Garidin")
    there = f"/review/join/{actor.id}?name=orlan"
    page = client.get(there).text
    [other] = [each for each in record.actors(name="Orlan") if each.caption == "Maksim Orlan"]
    assert f'value="{other.id}"' in page
    pairs = [("csrf", csrf_of(client)), ("verb", "different"), ("id", actor.id), ("id", other.id)]
    assert post(client, there, pairs).status_code == 303
    assert record.rulings().all[-1].verb == "different"
    for name in ("%25", "x" * 3000, "%F0", "%2A%22"):
        assert client.get(f"/review/join/{actor.id}?name={name}").status_code == 200


def test_joining_what_cannot_be_one_is_explained(client: TestClient, record: Record) -> None:
    [actor] = record.actors(name="Garidin")
    act = item_of(record, "act")
    pairs = [("csrf", csrf_of(client)), ("verb", "same"), ("id", actor.id), ("other", act)]
    answer = post(client, f"/review/join/{actor.id}", pairs)
    assert answer.status_code == 400
    assert "What to do" in answer.text


def test_incidents_are_joined_by_id(client: TestClient, record: Record) -> None:
    rows = record.incidents(kind="arrest")
    one, other = rows[0].incident.id, rows[1].incident.id
    page = client.get(f"/review/join/{one}").text
    answer = send(client, page, f"/review/join/{one}", {"verb": "same", "id": one, "other": other})
    assert answer.status_code == 303
    assert len(record.incidents(kind="arrest")) == len(rows) - 1
    [joined] = [row for row in record.incidents(kind="arrest") if len(row.tellings) == 2]
    page = client.get(f"/review/join/{joined.incident.id}").text
    assert "Part it from the others" in page


@pytest.mark.parametrize("thing", ["inc_none", "per_none", "rul_x", "%00", "z" * 3000])
def test_joining_nothing_is_no_such_thing(client: TestClient, thing: str) -> None:
    assert client.get(f"/review/join/{thing}").status_code == 404


def test_the_page_of_an_act_shows_what_it_stands_on(client: TestClient, record: Record) -> None:
    row = record.acts(kind="fine")[0]
    page = client.get(f"/acts/{row.act.id}").text
    assert "Anton Garidin" in page
    assert f"/reports/{row.report.id}" in page
    assert "1 April 2021" in page
    answer = send(client, page, f"/acts/{row.act.id}/rule", {"verb": "accept"})
    assert answer.headers["location"].startswith(f"/acts/{row.act.id}?done=")
    assert client.get("/acts/act_none").status_code == 404
    assert client.get("/acts/%00").status_code == 404


def test_a_contradiction_of_rulings_is_explained_where_it_is_ruled(
    client: TestClient, record: Record
) -> None:
    rows = record.incidents(kind="arrest")
    one, other, third = (row.incident.id for row in rows[:3])
    record.rule("same", [one, other], why="seen", reviewer="R")
    record.rule("different", [one, third], why="seen", reviewer="R")
    there = f"/review/join/{third}"
    pairs = [("csrf", csrf_of(client)), ("verb", "same"), ("id", other), ("id", third)]
    answer = post(client, there, [*pairs, ("why", "my own words")])
    assert answer.status_code in {400, 303}
    if answer.status_code == 400:
        assert "What to do" in answer.text
        assert "my own words" in answer.text


def test_a_ruling_on_what_is_gone_waits_and_is_taken_back(
    client: TestClient, record: Record
) -> None:
    row = record.acts(kind="fine")[0]
    record.rule(
        "different", [each.act.id for each in record.acts(kind="fine")], why="x", reviewer="R"
    )
    record.withdraw(row.report.id, why="asked to")
    rows = record.review_queue(Asked(sort=("ruling",)))
    page = client.get(f"/review/{rows[0].id}").text
    assert "What is gone" in page
    assert send(client, page, "/review/undo").status_code == 303
    assert record.rulings().all[-1].verb == "retract"
    assert record.review_queue(Asked(sort=("ruling",))) == []


def test_a_contradiction_shows_each_value_and_parts_a_telling(
    client: TestClient, record: Record
) -> None:
    item = item_of(record, "contradiction")
    page = client.get(f"/review/{item}").text
    for said in ("1 June 2021", "2 June 2021", "Lena Quill", "Not the same incident"):
        assert said in page
    [lone] = [row.act.id for row in record.acts() if row.report.name == "g.txt"]
    others = [row.act.id for row in record.acts() if row.report.name in {"f.txt", "h.txt"}]
    given = [("csrf", csrf_of(client)), ("verb", "part"), ("stay", "1")]
    answer = post(client, f"/review/{item}", [*given, *(("id", each) for each in [lone, *others])])
    assert answer.status_code == 303
    homes = {row.act.id: row.incident for row in record.acts(kind="arrest")}
    assert homes[lone] not in {homes[each] for each in others}
    there = client.get(answer.headers["location"])
    assert there.status_code == 200
    assert "Held to be different" in there.text
    assert client.get(f"/review/{item}?done=rul_x", follow_redirects=False).status_code == 303
    again = post(client, f"/review/join/{lone}", [*given, ("id", lone)])
    assert again.status_code == 400
