"""An incident as its page reads it: values with their tellers, sides, chain, contact data."""

from collections.abc import Iterator

import pytest

from khronika.model.links import Incident
from khronika.workflows.browsing.columns import read_incidents
from khronika.workflows.browsing.contradictions import by_date, chosen, clash_rows, entries
from khronika.workflows.browsing.facets import Choice, Incidents
from khronika.workflows.browsing.incident import (
    Telling,
    attributes,
    bare_incident,
    chain,
    clashes,
    moved,
    read_telling,
    veils_of,
)
from khronika.workflows.browsing.incidents import Who, faces, shortened
from khronika.workflows.browsing.overview import newest_reports
from khronika.workflows.browsing.quoting import shown_tellings
from khronika.workflows.browsing.timeline import UNDATED, beside, chronicle, months, within, years
from khronika.workflows.browsing.veil import NOTHING
from khronika.workflows.record import Record
from workflows.browsing.chronicle import a_chronicle
from workflows.browsing.samples import MAIL


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with a_chronicle(tmp_path_factory.mktemp("incident") / "record") as made:
        yield made


@pytest.fixture(scope="module")
def every(record: Record) -> Incidents:
    return read_incidents(record.store)


@pytest.fixture(scope="module")
def arrest(record: Record, every: Incidents) -> Incident:
    kept = every.chosen(Choice(contradiction=("yes",))).kept
    found = bare_incident(record.store, every.ordered(kept, "date", 0, 1)[0])
    assert found is not None
    return found


@pytest.fixture(scope="module")
def telling(record: Record, arrest: Incident) -> Telling:
    return read_telling(record.store, arrest, {})


def test_a_line_says_who_allegedly_did_what(record: Record, arrest: Incident) -> None:
    [face] = faces(record.store, [arrest.id, "inc_gone"], {})
    assert [who.name for who in face.victims] == ["Ada Lark"]
    assert [(who.name, who.alleged) for who in face.doers] == [("masked men", True)]
    assert face.contradictions == ("occurrence", "when")
    assert (face.reports, face.sources) == (3, 2)
    assert face.report is not None
    assert face.report.publisher == "The Bell"


def test_what_is_shown_of_a_quotation_is_bounded(telling: Telling) -> None:
    quote = next(iter(telling.rows.values())).act.quote
    assert len(shortened(quote, NOTHING, 20)) <= 22
    assert shortened(quote, NOTHING, 500) == quote.exact


def test_every_value_has_its_tellers(telling: Telling) -> None:
    found = {each.name: each for each in attributes(telling, {}, {"when"})}
    assert [value.value for value in found["when"].values] == ["2021-03-04", "2021-03-05"]
    assert found["when"].clash
    assert found["when"].unknown == ("no date near it",)
    assert found["when"].values[0].tellers[0].words == "2021-03-04"
    [place] = found["where"].values
    assert (place.value, place.country, len(place.tellers)) == ("Orlev", "UA", 3)
    [doer] = found["perpetrator"].values
    assert doer.alleged
    assert len(doer.tellers) == 2  # who denies it accuses nobody
    assert {value.value for value in found["source"].values} == {"Bela Finch", "Colonel Reed"}
    assert "kind" not in found
    assert {value.value for value in found["modality"].values} == {"occurred", "denied"}


def test_what_nobody_tells_is_said_to_be_unknown(record: Record, every: Incidents) -> None:
    of = next(each for each in every.ids if each not in every.ids[:4])
    found = bare_incident(record.store, of)
    assert found is not None
    told = attributes(read_telling(record.store, found, {}), {}, ())
    by_name = {each.name: each for each in told}
    assert by_name["where"].values == ()
    assert by_name["when"].unknown == ("no date near it",)


def test_a_quotation_stands_in_its_context_with_marks(record: Record, telling: Telling) -> None:
    hidden = veils_of(record.store, telling, ())
    shown = shown_tellings(record.store, list(telling.rows.values()), hidden)
    bell = next(one for one in shown if one.row.report.publisher == "The Bell")
    assert "".join(piece.text for piece in bell.quote) == bell.row.act.quote.exact
    labels = {mark.words for piece in bell.quote for mark in piece.marks}
    assert labels == {"act", "victim", "alleged-perpetrator", "source", "when", "where"}
    assert MAIL not in bell.after
    assert "█" in bell.after


def test_contact_data_are_shown_to_who_asks(record: Record, telling: Telling) -> None:
    reports = {row.report.id for row in telling.rows.values()}
    hidden = veils_of(record.store, telling, reports)
    shown = shown_tellings(record.store, list(telling.rows.values()), hidden)
    assert any(MAIL in one.after for one in shown)


def test_sides_oppose_each_other(record: Record, telling: Telling, arrest: Incident) -> None:
    found = clashes(record.store, telling, {}, arrest.contradictions)
    assert [each.attribute for each in found] == ["occurrence", "when"]
    assert [len(side.tellings) for side in found[0].sides] == [2, 1]


def test_a_chain_is_in_the_order_of_time(record: Record, arrest: Incident) -> None:
    steps = chain(record.store, arrest, {}, {})
    assert [step.face.kind for step in steps] == ["arrest", "release"]
    assert steps[0].relations == ()
    assert steps[1].relations == ("later",)
    later = bare_incident(record.store, steps[1].face.id)
    assert later is not None
    assert [step.relations for step in chain(record.store, later, {}, {})] == [("earlier",), ()]


def test_odd_ids_are_nothing(record: Record) -> None:
    for asked in ("", "inc_", "'; --", "inc_\x00", "x" * 5000):
        assert bare_incident(record.store, asked) is None
        assert moved(record.store, asked) is None


def test_contradictions_are_listed_and_counted(record: Record, every: Incidents) -> None:
    found = entries(record.store, every)
    assert sorted(each.attribute for each in found) == ["occurrence", "when"]
    some = chosen(found, ("when",), ())
    assert len(some.entries) == 1
    assert dict(some.attributes) == {"occurrence": 1, "when": 1}
    assert chosen(found, (), ("release",)).entries == ()
    assert by_date(found, every)[0].incident == found[0].incident
    [row] = clash_rows(record.store, some.entries, {})
    assert [side.value for side in row.clash.sides] == ["2021-03-04", "2021-03-05"]
    assert row.clash.sides[0].tellings[0].row.report.publisher == "The Bell"


def test_periods_hold_every_incident_once(every: Incidents) -> None:
    kept = every.kept(Choice())
    found = years(every, kept)
    assert [(each.key, each.number) for each in found] == [
        *(("2019", 1), ("2020", 1), ("2021", 2), (UNDATED, 1))
    ]
    assert sum(int((kept & within(every, each.key)).sum()) for each in found) == len(every.ids)
    assert [each.key for each in months(every, kept, "2021")] == ["2021-03", "2021-04"]
    assert len(chronicle(every, kept, 0, 99)) == len(every.ids)
    assert beside(found, "2020") == ("2019", "2021")
    assert beside(found, "1800") == ("", "")


@pytest.mark.parametrize(
    "odd", ["", "2021-13", "0000", "20211", "２０２１", "2021-1", "x", "-", "\x00"]
)
def test_nothing_is_in_what_is_no_period(every: Incidents, odd: str) -> None:
    assert not within(every, odd).any()


def test_the_newest_reports_come_first(record: Record) -> None:
    found = newest_reports(record.store)
    assert len(found) == 6
    assert "bell.txt" not in {row.name for row in found}


def test_how_many_is_not_said_twice() -> None:
    from khronika.model.acts import Count

    assert Who(name="workers", count=Count(least=6, most=6)).many == "6"
    assert Who(name="workers", count=Count(least=6)).many == "6+"
    assert Who(name="six workers", count=Count(least=6, most=6)).many == ""
    assert Who(name="Ada Lark", count=Count(least=1, most=1)).many == ""
