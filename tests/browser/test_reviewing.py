"""Every ruling by keyboard, with scripts and without, on both browsers: made, kept, taken back."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.accessibility import told, violations
from browser.hands import Hands, hands_on
from browser.serving import Served, served
from khronika.model.links import Ruling
from khronika.workflows.record import Record

pytestmark = pytest.mark.browser
BROWSERS = ("chromium", "chromium-without-scripts", "firefox-without-scripts")
REVIEWER = "Ada Lark"


@pytest.fixture(scope="module", params=BROWSERS)
def hands(
    request: pytest.FixtureRequest,
    browser: Browser,
    demo_record: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Hands]:
    copied = shutil.copytree(demo_record, tmp_path_factory.mktemp("review") / "record")
    with served(copied) as found, hands_on(request.param, browser, found) as hands:
        hands.go("/review")
        hands.fill("#reviewer", REVIEWER)
        hands.follow()
        yield hands


def _acts(at: Served, kind: str = "") -> list[str]:
    """Acts on which nobody has ruled yet, of one kind or of any; tests come in any order."""
    with closing(Record.open(at.record)) as record:
        rows = record.acts(kind=kind) if kind else record.acts()
        return [row.act.id for row in rows if row.ruling is None]


def _last(at: Served) -> Ruling:
    """The latest ruling that was kept."""
    with closing(Record.open(at.record)) as record:
        return max(record.rulings().all, key=lambda ruling: ruling.time)


def _accessible(hands: Hands) -> None:
    """What a form answers is a page like the others."""
    if hands.scripts and (found := violations(hands.keyboard)):
        raise AssertionError(told({hands.path: found}))


def _item(hands: Hands, act: str) -> None:
    hands.go(f"/review/{act}")
    assert hands.count("main h1") == 1


def test_the_queue_leads_to_its_first_item(hands: Hands) -> None:
    hands.go("/review")
    hands.open("main a.primary, main a.button")
    assert hands.path.startswith("/review/")


def test_accept(hands: Hands) -> None:
    act = _acts(hands.served, "arrest")[0]
    _item(hands, act)
    hands.open("button[name=verb][value=accept]")
    assert "Accepted" in hands.text("[role=status]")
    _accessible(hands)
    kept = _last(hands.served)
    assert (kept.verb, kept.ids, kept.reviewer) == ("accept", (act,), REVIEWER)
    hands.go("/journal")
    assert REVIEWER in hands.text()


def test_reject_with_a_reason_and_undo(hands: Hands) -> None:
    act = _acts(hands.served, "arrest")[1]
    _item(hands, act)
    hands.tab_to("#why")
    hands.keyboard.type("it tells of the year before")
    _back_to(hands, "reject")
    assert "it tells of the year before" in hands.text("[role=status]")
    assert _last(hands.served).why == "it tells of the year before"
    hands.open("form.undo button")
    assert _last(hands.served).verb == "retract"
    assert act in _acts(hands.served, "arrest")


def _back_to(hands: Hands, verb: str) -> None:
    """Buttons stand before the field of the reason: go back to one by Shift and Tab."""
    hands.tab_to(f"button[name=verb][value={verb}]", back=True)
    hands.follow()


def test_note(hands: Hands) -> None:
    act = _acts(hands.served, "arrest")[1]
    _item(hands, act)
    hands.tab_to("#why")
    hands.keyboard.type("ask the lawyer")
    _back_to(hands, "note")
    kept = _last(hands.served)
    assert (kept.verb, kept.why) == ("note", "ask the lawyer")
    hands.go(f"/acts/{act}")
    assert "ask the lawyer" in hands.text()


def test_mark_sensitive(hands: Hands) -> None:
    act = _acts(hands.served, "arrest")[2]
    _item(hands, act)
    hands.open("button[name=verb][value=sensitive]")
    assert _last(hands.served).verb == "sensitive"
    assert act in _last(hands.served).ids


def test_correct_kind_modality_and_a_date(hands: Hands) -> None:
    act = _acts(hands.served, "search")[0]
    hands.go(f"/acts/{act}")
    hands.open("main .buttons a[href*='/correct']")
    hands.choose("#kind", "harassment")
    hands.choose("#modality", "threatened")
    hands.fill("#when-date", "2024-03")
    hands.tab_to("#why")
    hands.keyboard.type("a threat, and no search")
    hands.open("button[value=save]")
    assert _last(hands.served).verb == "correct"
    hands.go(f"/acts/{act}")
    assert "Harassment" in hands.text("h1")
    assert "threatened" in hands.text("h1")
    assert "March 2024" in hands.text()


def test_correct_an_actor_by_choosing_words(hands: Hands) -> None:
    act = _acts(hands.served, "search")[0]
    hands.go(f"/review/{act}/correct")
    hands.open("button[value^='add-filler']")
    last = hands.count(".fields-column .filler[role=group] select[id$='.role']") - 1
    hands.open(f"button[data-take='filler.{last}']")
    assert "first word" in hands.text("[role=status]")
    _accessible(hands)
    hands.tab_to("#words button")
    first = hands.keyboard.ask("return document.activeElement.textContent;")
    hands.follow()
    hands.tab_to("#words button.chosen")
    hands.follow()
    assert hands.value(f"[id='filler.{last}']", "value") == first
    hands.open("button[value=save]")
    assert first in hands.text() or _last(hands.served).verb == "correct"


def test_add_an_act_that_was_missed(hands: Hands) -> None:
    act = _acts(hands.served, "trial")[0]
    hands.go(f"/acts/{act}")
    hands.open("main .buttons a[href*='/review/add']")
    assert "first word" in hands.text("[role=status]")
    hands.open("#words p:has(button:nth-of-type(6)) button")
    hands.open("#words button.chosen ~ button:nth-of-type(5)")
    quote = hands.value("#quote", "value")
    assert quote.count(" ") >= 3
    hands.open("button[value=save]")  # no kind is chosen yet
    assert hands.count("[aria-invalid=true]") == 1
    _accessible(hands)
    hands.choose("#kind", "smear")
    hands.open("button[value=save]")
    kept = _last(hands.served)
    assert (kept.verb, kept.reviewer) == ("add", REVIEWER), hands.text()
    hands.go(f"/acts/{kept.ids[0]}")
    assert quote in hands.text()


def test_part_tellings_and_join_them_again(hands: Hands) -> None:
    with closing(Record.open(hands.served.record)) as record:
        two = next(row for row in record.incidents() if len(row.incident.acts) == 2)
    hands.go(f"/review/join/{two.incident.id}")
    hands.open("main button[value=part]")
    kept = _last(hands.served)
    assert kept.verb == "different"
    assert set(kept.ids) <= set(two.incident.acts)
    hands.open("form.undo button")
    assert _last(hands.served).verb == "retract"


def test_join_two_actors_and_part_them_again(hands: Hands) -> None:
    with closing(Record.open(hands.served.record)) as record:
        one, other, *_ = [actor.id for actor in record.actors(type="person")]
    hands.go(f"/review/join/{one}")
    hands.fill("#other", other)
    hands.tab_to("form:has(#other) button[value=same]")
    hands.follow()
    kept = _last(hands.served)
    assert (kept.verb, set(kept.ids)) == ("same", {one, other})
    hands.open("form.undo button")
    assert _last(hands.served).verb == "retract"


def test_what_changed_meanwhile_is_shown_in_both_versions(hands: Hands) -> None:
    act = _acts(hands.served)[-1]
    _item(hands, act)
    with closing(Record.open(hands.served.record)) as record:
        record.rule("accept", [act], why="read with the statement", reviewer="Bo Finch")
    hands.tab_to("#why")
    hands.keyboard.type("hearsay only")
    _back_to(hands, "reject")
    said = hands.text()
    assert "Bo Finch" in said
    assert "hearsay only" in said
    _accessible(hands)
    assert _last(hands.served).reviewer == "Bo Finch"
    hands.open("main form button.primary")
    kept = _last(hands.served)
    assert (kept.verb, kept.why) == ("reject", "hearsay only")


def test_single_keys_rule_where_scripts_run(hands: Hands) -> None:
    if not hands.scripts:
        pytest.skip("single keys need scripts; access keys are the browser's own")
    act = _acts(hands.served)[-2]
    _item(hands, act)
    hands.follow("a")
    assert _last(hands.served).ids == (act,)
    hands.follow("u")
    assert _last(hands.served).verb == "retract"


def test_ten_items_one_after_the_other(hands: Hands) -> None:
    hands.go("/review?sort=act")
    hands.open("main a.primary, main a.button")
    seen = set()
    for _ in range(10):
        seen.add(hands.path.partition("?")[0])
        hands.open("button[value=accept], button[value=left]")
    assert len(seen) == 10


def test_the_record_verifies_after_all_of_it(hands: Hands) -> None:
    with closing(Record.open(hands.served.record)) as record:
        assert {finding.verdict.value for finding in record.verify()} == {"passed"}
