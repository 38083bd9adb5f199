"""From a record to tables of captures: cell by cell, on invented reports."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from khronika.workflows.estimating.question import By, Question, QuestionError
from khronika.workflows.estimating.tables import RecordTables
from khronika.workflows.record import Record
from workflows.estimating.invented import a_record, arrested, lists_of_people, name

ARREST = Question(kind=("arrest",))
# Who is on whose list: 0-13 Heron, 8-21 Plover, 4, 5 and 12-25 Curlew.
TOLD = {
    "Heron Record": range(14),
    "Plover Committee": range(8, 22),
    "Curlew Dispatch": (4, 5, *range(12, 26)),
}
CELLS = {
    ("Heron Record",): 6,  # 0-3, 6, 7
    ("Plover Committee",): 0,
    ("Curlew Dispatch",): 4,  # 22-25
    ("Heron Record", "Plover Committee"): 4,  # 8-11
    ("Curlew Dispatch", "Heron Record"): 2,  # 4, 5
    ("Curlew Dispatch", "Plover Committee"): 8,  # 14-21
    ("Curlew Dispatch", "Heron Record", "Plover Committee"): 2,  # 12, 13
}


def cells(found: RecordTables, part: str = "") -> Mapping[tuple[str, ...], int]:
    [one] = [each for each in found.parts if each.part == part]
    return {cell.lists: cell.people for cell in one.cells}


def reasons(found: RecordTables) -> Mapping[str, int]:
    return {each.reason: each.people for each in found.excluded}


def told(
    publisher: str, *sentences: str, published: str = "2021-04-01"
) -> tuple[str, str, Mapping[str, str]]:
    known = {"publisher": publisher, "published": published} if publisher else {}
    return "numbered later", " ".join(sentences), known


def asked(
    folder: Path,
    reports: Iterable[tuple[str, str, Mapping[str, str]]],
    question: Question = ARREST,
) -> RecordTables:
    numbered = [(f"{n:03}.txt", text, known) for n, (_, text, known) in enumerate(reports)]
    with a_record(folder / "record", numbered) as record:
        return record.captures(question)


def test_people_are_counted_by_the_publishers_that_tell_of_them(tmp_path: Path) -> None:
    found = asked(tmp_path, lists_of_people(TOLD))
    assert cells(found) == {lists: people for lists, people in CELLS.items() if people}
    [part] = found.parts
    assert part.table.n == 26
    assert dict(zip(part.table.lists, part.table.sizes.tolist(), strict=True)) == {
        publisher: len(list(numbers)) for publisher, numbers in TOLD.items()
    }
    assert not found.excluded
    assert "entry" in part.table.linkage


def test_a_cell_leads_to_its_acts_and_reports(tmp_path: Path) -> None:
    with a_record(tmp_path / "record", lists_of_people(TOLD)) as record:
        found = record.captures(ARREST)
        acts = {row.act.id: row for row in record.acts()}
        [cell] = [c for c in found.parts[0].cells if c.lists == ("Curlew Dispatch", "Heron Record")]
        assert len(cell.acts) == len(cell.reports) == 4
        assert {acts[act].act.involvements[0].name for act in cell.acts} == {name(4), name(5)}
        assert {acts[act].report.id for act in cell.acts} == set(cell.reports)


def test_only_what_happened_to_identified_persons_counts(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        [
            told("Heron Record", arrested(name(1)), arrested("three drivers")),
            told("Heron Record", f"{name(2)} was nearly arrested in Velmora (BY) on 2021-03-04."),
            told("Heron Record", f"{name(3)} was reportedly not arrested on 2021-03-04."),
            told("Heron Record", arrested("Abelard")),
            told("Heron Record", "the Tern Society was arrested on 2021-03-04."),
            told("", arrested(name(4))),
            told("Heron Record", f"{name(5)} was fined in Velmora (BY) on 2021-03-04."),
        ],
    )
    assert cells(found) == {("Heron Record",): 1}
    left = reasons(found)
    assert sum(left.values()) == 4
    assert [people for reason, people in left.items() if "attempted" in reason] == [2]
    assert [people for reason, people in left.items() if "one word" in reason] == [1]
    assert [people for reason, people in left.items() if "publisher" in reason] == [1]
    assert [number for number, _ in found.nobody] == [1, 1]


def test_who_counts_elsewhere_is_not_left_out(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        [
            told("Heron Record", f"{name(2)} was nearly arrested in Velmora (BY) on 2021-03-04."),
            told("Plover Committee", arrested(name(2))),
        ],
    )
    assert cells(found) == {("Plover Committee",): 1}
    assert not found.excluded


def test_place_and_period_are_fixed(tmp_path: Path) -> None:
    reports = [
        told("Heron Record", arrested(name(1))),
        told("Heron Record", arrested(name(2), place="Dunmarsh (KZ)")),
        told("Heron Record", f"{name(3)} was arrested on 2021-03-04."),
        told("Heron Record", arrested(name(4), day="2020-12-31")),
        told("Heron Record", f"{name(5)} was arrested in Velmora (BY)."),
        told("Heron Record", f"{name(6)} was arrested in Velmora (BY) in 2021."),
    ]
    question = Question(kind=("arrest",), country="BY", since="2021", until="2021-06")
    found = asked(tmp_path, reports, question)
    assert cells(found) == {("Heron Record",): 1}
    assert sum(reasons(found).values()) == 5
    assert found.parts[0].table.scope == "arrest; BY; from 2021 to 2021-06"
    left = reasons(found)
    assert [people for reason, people in left.items() if "another country" in reason] == [1]
    assert [people for reason, people in left.items() if "not known" in reason] == [1]
    assert [people for reason, people in left.items() if "before or after" in reason] == [1]
    assert [people for reason, people in left.items() if "wholly" in reason] == [2]


@pytest.mark.parametrize(
    ("by", "parts"),
    [(By.YEAR, {"2020": 1, "2021": 2}), (By.COUNTRY, {"BY": 2, "KZ": 1})],
)
def test_a_record_is_divided(tmp_path: Path, by: By, parts: Mapping[str, int]) -> None:
    reports = [
        told("Heron Record", arrested(name(1))),
        told("Heron Record", arrested(name(2), place="Dunmarsh (KZ)", day="2020-06-01")),
        told("Plover Committee", arrested(name(3))),
        told("Plover Committee", f"{name(4)} was arrested."),
    ]
    found = asked(tmp_path, reports, Question(kind=("arrest",), by=by))
    assert {each.part: each.table.n for each in found.parts} == parts
    [(reason, people)] = reasons(found).items()
    assert people == 1
    assert by.value in reason


def test_whoever_is_in_two_years_counts_in_the_first_on_every_list(tmp_path: Path) -> None:
    reports = [
        told("Heron Record", arrested(name(1), day="2021-03-04")),
        told("Plover Committee", arrested(name(1), day="2020-06-01")),
        told("Plover Committee", f"{name(1)} was arrested."),
        told("Heron Record", arrested(name(2), day="2021-03-04")),
    ]
    found = asked(tmp_path, reports, Question(kind=("arrest",), by=By.YEAR))
    assert cells(found, "2020") == {("Heron Record", "Plover Committee"): 1}
    assert cells(found, "2021") == {("Heron Record",): 1}
    assert "To 1 person it happened in several parts; each counts" in str(found.notes[0])


def test_whoever_is_in_two_parts_is_said_to_be(tmp_path: Path) -> None:
    reports = [
        told("Heron Record", arrested(name(1)), f"{name(1)} was fined on 2021-03-09."),
    ]
    found = asked(tmp_path, reports, Question(by=By.KIND))
    assert {each.part: each.table.n for each in found.parts} == {"arrest": 1, "fine": 1}
    assert any("not added up" in str(note) for note in found.notes)


def test_a_report_that_copies_another_is_on_the_others_list(tmp_path: Path) -> None:
    body = " ".join(f"{name(n)} was arrested in Velmora (BY) on 2021-03-04." for n in range(1, 8))
    heard = "The families had waited outside the gate of the old tram depot since the evening."
    found = asked(
        tmp_path,
        [
            told("Heron Record", f"{heard} {body}", published="2021-03-05"),
            told("Plover Committee", f"{heard} {body} We share this.", published="2021-03-09"),
        ],
    )
    assert cells(found) == {("Heron Record + Plover Committee",): 7}
    assert sum(found.repeated.values()) == 7


def test_a_telling_on_anothers_word_is_on_the_others_list(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        [
            told("Heron Record", arrested(name(1))),
            told(
                "Plover Committee",
                f"{name(2)} was arrested in Velmora (BY) on 2021-03-04, says Heron Record.",
                arrested(name(3)),
            ),
        ],
    )
    assert cells(found) == {("Heron Record",): 2, ("Plover Committee",): 1}
    assert sum(found.repeated.values()) == 1


def test_the_same_words_are_one_telling(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        [
            told("Plover Committee", arrested(name(1), manner=1), published="2021-03-09"),
            told("Heron Record", arrested(name(1), manner=1), published="2021-03-05"),
            told("Curlew Dispatch", arrested(name(1), manner=2), published="2021-03-05"),
        ],
    )
    assert cells(found) == {("Curlew Dispatch", "Heron Record"): 1}


def test_publishers_that_mostly_repeat_another_become_one_list(tmp_path: Path) -> None:
    says = "was arrested in Velmora (BY) on 2021-03-04, says Heron Record."
    found = asked(
        tmp_path,
        [
            *(told("Heron Record", arrested(name(n))) for n in range(4)),
            told("Plover Committee", *(f"{name(n)} {says}" for n in range(3))),
            told("Plover Committee", arrested(name(9))),
            told("Curlew Dispatch", arrested(name(3), manner=1)),
        ],
    )
    merged = "Heron Record + Plover Committee"
    assert cells(found) == {(merged,): 4, ("Curlew Dispatch", merged): 1}
    [one] = [each for each in found.lists if each.why]
    assert one.publishers == ("Heron Record", "Plover Committee")
    assert [str(why) for why in one.why] == [
        "3 of 4 tellings of Plover Committee repeat Heron Record"
    ]


def test_lists_are_left_out_or_put_together_as_asked(tmp_path: Path) -> None:
    with a_record(tmp_path / "record", lists_of_people(TOLD)) as record:
        without = record.captures(Question(kind=("arrest",), without=("heron record",)))
        assert {name for lists in cells(without) for name in lists} == {
            "Plover Committee",
            "Curlew Dispatch",
        }
        assert [each.people for each in without.excluded] == [6]
        pair = ("Heron Record", "Curlew Dispatch")
        joined = record.captures(Question(kind=("arrest",), together=(pair,)))
        assert cells(joined) == {
            ("Curlew Dispatch + Heron Record",): 12,
            ("Curlew Dispatch + Heron Record", "Plover Committee"): 14,
        }
        small = record.captures(Question(kind=("arrest",), small=15))
        assert {len(lists) for lists in cells(small)} == {1, 2}
        with pytest.raises(QuestionError, match="Crake"):
            record.captures(Question(kind=("arrest",), without=("Crake Post",)))


def test_what_repeats_a_list_that_is_left_out_is_left_out_with_it(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        [
            told("Heron Record", arrested(name(1))),
            told(
                "Plover Committee",
                f"{name(2)} was arrested in Velmora (BY) on 2021-03-04, says Heron Record.",
                arrested(name(3), manner=1),
            ),
        ],
        Question(kind=("arrest",), without=("Heron Record",)),
    )
    assert cells(found) == {("Plover Committee",): 1}
    assert [each.people for each in found.excluded] == [2]


def test_a_leaflet_that_names_a_publisher_is_on_its_list(tmp_path: Path) -> None:
    says = f"{name(2)} was arrested in Velmora (BY) on 2021-03-04, says Heron Record."
    found = asked(
        tmp_path, [told("Heron Record", arrested(name(1))), told("", says, arrested(name(3)))]
    )
    assert cells(found) == {("Heron Record",): 2}
    assert [each.people for each in found.excluded] == [1]


def test_lists_have_names_of_their_own_whatever_publishers_are_called(tmp_path: Path) -> None:
    found = asked(
        tmp_path,
        [
            told("Heron Record", arrested(name(1))),
            told("Curlew Dispatch", arrested(name(2), manner=1)),
            told("Curlew Dispatch + Heron Record", arrested(name(3), manner=2)),
        ],
        Question(kind=("arrest",), together=(("Heron Record", "Curlew Dispatch"),)),
    )
    assert len(found.lists) == len({each.name for each in found.lists})
    assert sum(cells(found).values()) == 3


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    backwards = Question(kind=("arrest",), since="2022", until="2021")
    with pytest.raises(QuestionError, match="2022"):
        asked(tmp_path, lists_of_people({"Heron Record": range(1)}), backwards)


def test_without_a_kind_only_each_kind_by_itself_is_counted(tmp_path: Path) -> None:
    with a_record(tmp_path / "record", []) as record:
        with pytest.raises(QuestionError, match="what was done"):
            record.captures(Question())
        assert record.captures(Question(by=By.KIND)).parts == ()


def test_sensitive_acts_count_but_lead_nowhere(tmp_path: Path) -> None:
    with a_record(tmp_path / "record", lists_of_people({"Heron Record": range(3)})) as record:
        hidden = record.acts()[0]
        record.mark_sensitive([hidden.act.id], why="asked to", reviewer="R")
        [cell] = record.captures(ARREST).parts[0].cells
        assert cell.people == 3
        assert len(cell.acts) == len(cell.actors) == 2
        assert hidden.act.id not in cell.acts


def test_who_is_withdrawn_is_gone_and_said_to_be(tmp_path: Path) -> None:
    with a_record(tmp_path / "record", lists_of_people({"Heron Record": range(3)})) as record:
        [actor] = record.actors(name=name(0))
        record.withdraw(actor.id, why="asked to")
        found = record.captures(ARREST)
        assert cells(found) == {("Heron Record",): 2}
        assert any("withdrawn" in str(note) for note in found.notes)


def test_the_same_record_gives_the_same_table(tmp_path: Path) -> None:
    digests = []
    for folder in ("one", "other"):
        found = asked(tmp_path / folder, lists_of_people(TOLD))
        digests.append(found.parts[0].table.digest)
    assert digests[0] == digests[1]


def test_a_record_that_was_linked_by_another_version_is_counted_without_draws(
    tmp_path: Path,
) -> None:
    with a_record(tmp_path / "record", lists_of_people(TOLD)) as record:
        other = Record(record.store, record.parts)
        other.use(replace(record.parts, engine="another engine"))
        found = other.captures(ARREST)
        assert cells(found) == {lists: people for lists, people in CELLS.items() if people}
        assert any("does not fit" in str(note) for note in found.notes)
        assert other.drawn(found, draws=2) is None
