"""One act as a page shows it: in its context, contact data veiled, beside other tellings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.workflows.browsing.acts import ActPage, Showings, act_page
from khronika.workflows.record import Record
from workflows.browsing.samples import MAIL, a_record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("acts") / "record"
    with a_record(path) as made:
        yield made


def page_of(record: Record, name: str, unveiled: bool = False) -> ActPage:
    row = next(row for row in record.acts() if row.report.name == name)
    open_ = frozenset({row.report.id}) if unveiled else frozenset()
    found = act_page(record.store, row.act.id, open_)
    assert found is not None
    return found


def said(page: ActPage) -> str:
    return "".join(each.text for each in page.text)


def test_an_act_is_shown_in_its_passage_with_its_marks(record: Record) -> None:
    page = page_of(record, "alert.txt")
    marked = {label: each.text for each in page.text for label in each.labels}
    assert marked["victim"] == "Ada Lark"
    assert marked["trigger"] == "arrested"
    assert marked["when"] == "2021-03-04"
    assert "HEAD Two people taken" in said(page)
    values = {each.attribute: each for each in page.values}
    assert (values["victim"].said, values["when"].said) == ("Ada Lark", "2021-03-04")
    assert values["when"].exact == "2021-03-04"


def test_contact_data_is_veiled_until_asked_for(record: Record) -> None:
    assert MAIL not in said(page_of(record, "alert.txt"))
    assert MAIL in said(page_of(record, "alert.txt", unveiled=True))


def test_other_tellings_are_shown_with_it(record: Record) -> None:
    page = page_of(record, "alert.txt")
    assert all(each.row.act.id != page.row.act.id for each in page.tellings)
    assert all(each.row.incident == page.row.incident for each in page.tellings)


def test_nothing_is_shown_of_what_is_not_there(record: Record) -> None:
    assert act_page(record.store, "act_none") is None
    assert Showings(record.store).of("rpt_none").text == ""
