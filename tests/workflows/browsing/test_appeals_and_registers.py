"""Appeals and registers, read from the tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.model.acts import Count
from khronika.store.store import Store
from khronika.workflows.browsing import appeals, registers
from khronika.workflows.record import Record
from workflows.browsing.samples import NASTY
from workflows.browsing.society import SIGNED, a_society


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("appeals") / "record"
    with a_society(path) as made:
        yield made


@pytest.fixture(scope="module")
def store(record: Record) -> Store:
    return record.store


def letter(store: Store) -> appeals.ShownAppeal:
    [line] = [each for each in appeals.appeal_lines(store, "", 0, 10) if each.named == SIGNED]
    found = appeals.shown_appeal(store, line.act)
    assert found is not None
    return found


def test_appeals_are_past_or_planned(store: Store) -> None:
    assert [appeals.appeals_in_all(store, each) for each in ("", "past", "planned")] == [3, 2, 1]
    [plan] = appeals.appeal_lines(store, "planned", 0, 10)
    assert (plan.kind, plan.modality, plan.delivered) == ("petition", "planned", "")
    every = appeals.appeal_lines(store, "", 0, 10)
    assert [each.delivered for each in every] == ["2023-05-01", "2023-04-02", ""]
    assert appeals.appeal_lines(store, "", 1, 1) == every[1:2]


def test_an_appeal_whole(store: Store) -> None:
    found = letter(store)
    assert [each.name for each in found.signed][:2] == ["Body 0", "Body 1"]
    assert len(found.signed) == SIGNED
    assert found.stated == Count(least=150, most=150)
    assert found.countries == ("LT",)
    assert [bool(each.country) for each in found.signed[:2]] == [False, True]
    assert found.signed[-1].actor
    [to] = found.addressees
    assert (to.name, bool(to.actor), bool(to.anchor)) == ("Ministry of Light", True, True)
    assert [each.exact for each in found.demands] == ["release Marfa Orlan"]
    assert (found.response, found.state, found.others) == ("did not answer", "past", ())


def test_nothing_is_told_of_what_is_no_appeal(record: Record, store: Store) -> None:
    acts = [row.act.id for row in record.acts(kind="designation")]
    for asked in ("", "act_0", NASTY, *acts):
        assert appeals.shown_appeal(store, asked) is None


def test_a_register_is_one_whatever_the_case_of_its_name(store: Store) -> None:
    found = {each.key: each for each in registers.registers(store)}
    line = found["unwanted-bodies"]
    assert (line.entries, line.organisations) == (2, 1)
    assert line.counts == (("excluded", 1), ("listed", 1))
    assert (line.first, line.last) == ("2023-05-05", "2023-07-07")
    assert line.authorities == ("Ministry of Light",)


def test_entries_have_their_reasons_and_reports(store: Store) -> None:
    line = next(each for each in registers.registers(store) if each.key == "unwanted-bodies")
    found = registers.entries(store, registers.entry_ids(store, line))
    assert [(each.designation, each.when) for each in found] == [
        ("listed", "2023-05-05"),
        ("excluded", "2023-07-07"),
    ]
    assert found[0].reason is not None
    assert found[0].reason.exact == "printing lies"
    assert all(each.actor and not each.against for each in found)
    by_name = registers.entries(store, registers.entry_ids(store, line, "organisation"))
    assert [name.name for name in registers.by_organisation(by_name)] == ["Lantern"] * len(
        {each.actor for each in found}
    )


def test_what_a_reviewer_rejected_is_left_out(tmp_path: Path) -> None:
    with a_society(tmp_path / "record") as record:
        found = letter(record.store)
        record.rule("reject", [found.row.act.id], why="no appeal", reviewer="Nan")
        assert appeals.appeals_in_all(record.store) == 2
        entries = record.acts(kind="designation")
        record.rule("reject", [each.act.id for each in entries], why="no entry", reviewer="Nan")
        assert [each.key for each in registers.registers(record.store) if each.key[0] == "u"] == []


@pytest.mark.parametrize("name", ["", "!!!", "\x00", "—"])
def test_a_register_without_letters_has_a_page(name: str) -> None:
    assert registers.register_key(name) == registers.UNNAMED
