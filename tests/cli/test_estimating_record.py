"""What `khronika estimate` says of a record: who is counted, who is not, and where to look."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from khronika.cli.estimating_record import (
    asks,
    counted,
    divided,
    plain_counted,
    print_cells,
    print_counted,
    record_options,
)
from khronika.cli.main import cli as main
from khronika.workflows.estimating.question import By, Question
from workflows.estimating.invented import a_record, arrested, lists_of_people, name

# Of the record of every case: names, and what a person types or the codebook has.
NO_ENGLISH = (
    r"\b(?:HERON|RECORD|Heron|Record|Plover|Committee|Curlew|Dispatch|Dunlin|Egret|Post|act_\w+"
    r"|arrest|fine|KZ|khronika links \d+ \w+)\b|other publishers \(\d\)|--small"
)
TOLD = {"Heron Record": range(6), "Plover Committee": range(4, 9)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("invented") / "record"
    says = f"{name(1)} was arrested in Velmora (BY) on 2021-03-04, says Heron Record."
    three = [("three.txt", arrested("three drivers"), {"publisher": "Heron Record"})]
    more = [("more.txt", says, {"publisher": "Curlew Dispatch"})]
    a_record(path, [*lists_of_people(TOLD), *three, *more]).close()
    return path


@click.command()
@record_options
def options(*, asked: Question, draws: int, cells: bool) -> None:
    click.echo(repr((asked, asks(asked), draws, cells)))


def said(*given: str) -> str:
    return CliRunner().invoke(options, given).output


def test_options_make_a_question() -> None:
    assert said() == f"({Question()!r}, False, 20, False)\n"
    asked = Question(kind=("arrest",), country="BY", since="2021", together=(("A", "B"),), small=5)
    given = "--kind arrest --country by --since 2021 --one-list A;B --small 5"
    assert said(*given.split(), "--draws", "0", "--cells") == f"({asked!r}, True, 0, True)\n"
    assert divided(asked, ("year",)).by is By.YEAR
    with pytest.raises(click.UsageError, match="country"):
        divided(asked, ("sex",))
    assert "no country code" in said("--country", "Belarus")
    assert "2018-07-05" in said("--since", "spring")


def test_what_was_counted_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, linkage = counted(folder, Question(kind=("arrest",)), draws=3, seed=1)
    print_counted(found, linkage)
    told = " ".join(capsys.readouterr().out.split())
    assert "9 people on 2 lists: arrest; any country; any time" in told
    assert "1 telling is on another publisher's list" in told
    assert "1 tellings of people without a name" in told
    assert "drawn 3 times (seed 1)" in told
    assert name(1) not in told


@pytest.fixture(scope="module")
def every_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publishers that are one in every way, someone left out, withdrawn, and not surely one."""
    path = tmp_path_factory.mktemp("cases") / "record"
    says = "was arrested in Velmora (BY) on 2021-03-04, says Heron Record."
    told = [
        *(("Heron Record", arrested(name(n))) for n in range(4)),
        ("HERON RECORD", arrested(name(4))),
        ("Plover Committee", " ".join(f"{name(n)} {says}" for n in range(3))),
        ("Plover Committee", arrested(name(9))),
        ("Curlew Dispatch", arrested(name(3), manner=1)),
        ("Curlew Dispatch", f"{name(3)} was fined in Velmora (BY) on 2022-03-09."),
        ("Heron Record", arrested("three drivers")),
        ("Heron Record", "the Tern Society was arrested on 2021-03-04."),
        ("Heron Record", arrested("Abelard")),
        ("", arrested(name(12), manner=4)),
        ("Heron Record", arrested("Marfa Orlan", "2021-03-04", manner=5)),
        ("Dunlin Post", arrested("M Orlan", "2021-03-09", manner=6)),
        ("Egret Post", arrested("Maksim Orlan", "2021-03-19", manner=7)),
        ("Egret Post", arrested(name(15), manner=7)),
    ]
    reports = [(f"{n}.txt", text, {"publisher": who}) for n, (who, text) in enumerate(told)]
    with a_record(path, reports) as record:
        [actor] = record.actors(name=name(15))
        record.withdraw(actor.id, why="asked to")
    return path


def printed(
    folder: Path, asked: Question, language: str, capsys: pytest.CaptureFixture[str]
) -> str:
    found, linkage = counted(folder, asked, draws=9, seed=1)
    print_counted(found, linkage, language)
    print_cells(found.parts, language)
    return " ".join(capsys.readouterr().out.split())


QUESTIONS = (
    Question(kind=("arrest",), together=(("Dunlin Post", "Egret Post"),)),
    Question(kind=("arrest", "fine"), without=("Curlew Dispatch",), since="2021", small=5),
    Question(by=By.KIND),
    Question(kind=("arrest", "fine"), by=By.YEAR),
    Question(kind=("fine",), country="KZ"),
)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_what_was_counted_has_no_english_in_another_language(
    every_case: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for asked in QUESTIONS:
        told = re.sub(NO_ENGLISH, "", printed(every_case, asked, language, capsys))
        assert re.findall(r"[A-Za-z]{2,}", told) == [], asked


def test_the_record_of_every_case_has_them(
    every_case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = " ".join(printed(every_case, asked, "en", capsys) for asked in QUESTIONS)
    for sentence in (
        "Publishers that are one list",
        "Heron Record is HERON RECORD written otherwise",
        "3 of 4 tellings of Plover Committee repeat HERON RECORD",
        "Egret Post and Dunlin Post were said to be one",
        "3 tellings are on another publisher's list, since the report names it as its source.",
        "lists of at most",
        "1 known by one word of a name",
        "1 told only by reports whose publisher is not known",
        "1 tellings of organisations",
        "Linking was not sure whether 2 pairs of spellings and",
        "different tables;",
        "1 person was withdrawn from this record",
        "To 1 person it happened in several parts, and they count in each",
        "To 1 person it happened in several parts; each counts in that of the earliest.",
        "Nobody is counted",
    ):
        assert sentence in told


def test_the_command_tells_all_of_it_in_the_language(every_case: Path) -> None:
    given = ["--record", str(every_case), "estimate", "--kind", "arrest", "--cells", "--quick"]
    told = CliRunner().invoke(main, [*given, "--draws", "9", "--language", "ru"])
    assert told.exit_code == 0
    said = " ".join(told.output.split())
    for sentence in (
        "9 человек в 4 списках: arrest; любая страна; любое время",
        "Plover Committee: упоминаний, которые повторяют HERON RECORD, 3 из 4",
        "3 упоминания отнесены к списку другого издателя",
        "Не подсчитаны 1 известны по одному слову имени",
        "1 упоминания организаций",
        "2 пары написаний",
        "Из этого свода изъят 1 человек",
        "людей списки действия",
    ):
        assert sentence in said
    assert " of " not in said


def test_many_small_lists_are_put_together_as_advised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    birds = ("Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Fulmar", "Gannet", "Heron")
    told = {f"{bird} Record": range(18 * n, 19 * n + 10) for n, bird in enumerate(birds)}
    a_record(tmp_path / "record", lists_of_people(told)).close()
    found, _ = counted(tmp_path / "record", Question(kind=("arrest",)), draws=0, seed=None)
    print_counted(found, None)
    assert "--small 13 " in capsys.readouterr().out
    asked = Question(kind=("arrest",), small=13)
    fewer, _ = counted(tmp_path / "record", asked, draws=0, seed=None)
    assert len(fewer.lists) == 6


def test_cells_lead_to_acts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, _ = counted(folder, Question(kind=("arrest",)), draws=0, seed=None)
    print_cells(found.parts)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["people", "lists", "acts"]
    assert [line.split()[0] for line in lines[1:] if line[:6].strip()] == ["4", "3", "2"]
    assert sum(line.count("act_") for line in lines) == 12


def test_json_has_the_table_and_the_ids_only_if_asked_for(folder: Path) -> None:
    found, linkage = counted(folder, Question(kind=("arrest",)), draws=2, seed=1)
    bare = plain_counted(found, linkage, cells=False)
    assert json.loads(json.dumps(bare)) == bare
    assert [cell["people"] for cell in bare["parts"][0]["cells"]] == [4, 3, 2]
    assert "act_" not in json.dumps(bare)
    whole = json.dumps(plain_counted(found, linkage, cells=True))
    assert "act_" in whole
    assert name(1) not in whole


def test_without_a_kind_each_is_counted_by_itself(folder: Path) -> None:
    found, _ = counted(folder, Question(), draws=0, seed=None)
    assert [part.part for part in found.parts] == ["arrest"]


def test_nobody_is_told_and_a_mistyped_kind_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, linkage = counted(folder, Question(kind=("fine",)), draws=5, seed=None)
    assert linkage is None
    print_counted(found, linkage)
    assert "Nobody is counted" in capsys.readouterr().out
    with pytest.raises(click.UsageError, match="arrest"):
        counted(folder, Question(kind=("arest",)), draws=0, seed=None)


def test_a_record_in_parts_has_a_line_for_each(folder: Path) -> None:
    given = ["--record", str(folder), "estimate", "--draws", "2", "--quick"]
    told = CliRunner().invoke(main, given)
    assert told.exit_code == 0
    assert "9 people on 2 lists: arrest; any country; any time" in told.output
    assert "That changed no table." in told.output
    both = CliRunner().invoke(main, [*given, "--kind", "arrest", "--by", "year", "--json"])
    counted, report = (json.loads(line) for line in both.output.splitlines())
    assert counted["counted"]["parts"][0]["documented"] == 9
    assert report["stratum"] == "2021"


def test_most_parts_bear_no_estimate_and_say_why_in_a_line(tmp_path: Path) -> None:
    fined = f"{name(3)} was fined in Velmora (BY) on 2021-05-06."
    reports = [*lists_of_people(TOLD), ("fined.txt", fined, {"publisher": "Heron Record"})]
    a_record(tmp_path / "record", reports).close()
    told = CliRunner().invoke(main, ["--record", str(tmp_path / "record"), "estimate", "--quick"])
    assert told.exit_code == 0
    [arrest] = [line for line in told.output.splitlines() if line.startswith("arrest")]
    [fine] = [line for line in told.output.splitlines() if line.startswith("fine")]
    assert arrest.split()[1:5] == ["9", "-", "-", "refused"]
    assert fine.split()[1:5] == ["1", "-", "-", "refused"]
    assert "only one list" in fine
    assert "Stratum" not in told.output
