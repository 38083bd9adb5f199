"""A record that was made with somebody's own codebook keeps to it."""

from pathlib import Path

from khronika.codebook import load
from khronika.ingest.sources import read_sources
from khronika.workflows.parts import real_parts
from khronika.workflows.record import Record

OWN = """
group = "land"

[[kind]]
id = "house-demolition"
label = "House demolished"
definition = "A home is destroyed on purpose."
is_not = "A house that falls down."

[[kind.way]]
verbs = ["demolish|bulldoze house|home|shelter"]
subject = "perpetrator"

[[kind.example]]
text = "Soldiers demolished the house of Odessa Quill."

[[kind.counterexample]]
text = "The old house fell down."
because = "nobody did it"
"""


def texts(folder: Path, *said: str) -> list[str]:
    paths = []
    for number, text in enumerate(said):
        path = folder / f"{number}-{len(text)}.txt"
        path.write_text(text)
        paths.append(str(path))
    return paths


def kinds_of(record: Record) -> set[str]:
    return {row.act.kind for row in record.acts()}


def test_what_is_added_later_is_coded_with_it_too(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN)
    first, second = texts(
        tmp_path,
        "Soldiers demolished the house of Odessa Quill in Velmora on 3 June 2023.",
        "On 4 June 2023 a contractor bulldozed the home of Pavel Dorn.",
    )
    with Record.create(tmp_path / "record", real_parts(load((own,)))) as record:
        record.add(read_sources([first]))
    with Record.open(tmp_path / "record") as record:
        kept = record.own_codebook()
        assert kept is not None
        record.add(read_sources([second]))
        assert [row.act.kind for row in record.acts()] == ["house-demolition"] * 2
        assert {row.codebook for row in record.acts()} == {kept.digest}


def test_the_bundled_codebook_is_nobodys_own(tmp_path: Path) -> None:
    [path] = texts(tmp_path, "Police arrested Odessa Quill on 3 June 2023.")
    with Record.create(tmp_path / "record") as record:
        record.add(read_sources([path]))
        assert record.own_codebook() is None


def test_a_record_can_go_back_to_the_bundled_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(OWN)
    [path] = texts(tmp_path, "Soldiers demolished the house of Odessa Quill on 3 June 2023.")
    with Record.create(tmp_path / "record", real_parts(load((own,)))) as record:
        record.add(read_sources([path]))
        record.use(real_parts())
        record.recode()
        assert record.own_codebook() is None
        assert "house-demolition" not in kinds_of(record)


def test_the_report_of_rules_counts_acts_and_rulings(tmp_path: Path) -> None:
    first, second = texts(
        tmp_path,
        "On 4 June 2023 police arrested Pavel Dorn in Velmora.",
        "On 9 June 2023 police arrested Odessa Quill in Velmora. A court fined her.",
    )
    with Record.create(tmp_path / "record") as record:
        record.add(read_sources([first, second]))
        arrests = record.acts(kind="arrest")
        record.rule("reject", [arrests[0].act.id], why="no", reviewer="R")
        record.rule("accept", [arrests[1].act.id], why="yes", reviewer="R")
        rows = record.rules()
        assert [(row.kind, row.acts, row.accepted, row.rejected) for row in rows] == [
            ("arrest", 2, 1, 1),
            ("fine", 1, 0, 0),
        ]
        mean = sum(row.act.confidence for row in arrests) / 2
        assert rows[0].confidence == round(mean, 3)
        assert [row.kind for row in record.rules(kind="fine")] == ["fine"]
