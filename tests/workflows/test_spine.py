"""The whole way from files to an export, with the bundled steps; every name is invented."""

from pathlib import Path

import pytest

from khronika.evidence.verdict import exit_status
from khronika.ingest.sources import read_sources
from khronika.publish import jsonl
from khronika.publish.view import ExportOptions
from khronika.workflows.parts import Parts, real_parts
from khronika.workflows.record import Record
from workflows.toys import every_byte

REPORTS = {
    "first.txt": "Lawyer detained in Norvale\n\n14 March 2023\n\n"
    "Police in Norvale detained the lawyer Mira Tallow on 13 March 2023 and searched her office."
    " A court fined her colleague Jonas Reed 500 euros on 14 March 2023.\n",
    "second.html": "<html><head><title>Norvale: lawyer held</title></head><body><article>"
    "<h1>Norvale: lawyer held</h1><p>Mira Tallow was arrested by police in Norvale on 13 March"
    " 2023, her family said. The prosecutor's office denied that she had been "
    "beaten.</p></article></body></html>",
    "third.txt": "Міру Тэллоу затрымалі ў Норвейле 13 сакавіка 2023 года, паведамілі яе сваякі.\n",
}


@pytest.fixture(scope="module")
def parts() -> Parts:
    return real_parts()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def exported(record: Record, folder: Path) -> dict[str, bytes]:
    jsonl.write(record.view(), folder, ExportOptions(contacts=True))
    return every_byte(folder)


def test_from_a_folder_to_an_export_in_any_order(
    folder: Path, tmp_path: Path, parts: Parts
) -> None:
    with Record.create(tmp_path / "at-once", parts) as record:
        added = record.add(read_sources([folder]))
        assert (added.added, added.refused) == (3, ())
        assert len(added.uncoded) == 1
        whole = exported(record, tmp_path / "whole")
        found = {row.act.kind for row in record.acts()}
        assert {"arrest", "search", "fine"} <= found
        assert record.acts(kind="arrest", actor="Tallow")
        assert record.search('"mira tallow" kind:arrest')
        assert record.search("затрымалі")
        assert exit_status(record.verify()) == 0
        record.rebuild()
        assert exported(record, tmp_path / "rebuilt") == whole
        record.recode()
        assert exported(record, tmp_path / "recoded") == whole
    with Record.create(tmp_path / "one-by-one", parts) as record:
        for name in sorted(REPORTS, reverse=True):
            record.add(read_sources([folder / name]))
        assert exported(record, tmp_path / "reversed") == whole


def test_a_withdrawn_person_is_gone_from_what_the_bundled_steps_made(
    folder: Path, tmp_path: Path, parts: Parts
) -> None:
    with Record.create(tmp_path / "record", parts) as record:
        record.add(read_sources([folder]))
        person = next(each for each in record.actors(type="person") if "Tallow" in each.caption)
        record.withdraw(person.id, why="asked for")
        record.recode()
        assert exit_status(record.verify()) == 0
        assert [row.act.kind for row in record.acts(kind="fine")] == ["fine"]
    for name, data in every_byte(tmp_path / "record").items():
        for word in ("Tallow", "tallow", "Mira"):
            assert word.encode() not in data, name
