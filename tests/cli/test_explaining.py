"""`show --why` of incidents and actors, on a record that the English coder made."""

import json
from pathlib import Path
from typing import Any

import pytest

from khronika.cli.main import main
from khronika.ingest.sources import read_sources
from khronika.workflows.record import Record

TEXTS = {
    "a.txt": """Velmora Watch
5 June 2023

On 3 June 2023 police in Velmora arrested the teacher Odessa Marfovna Quill.
""",
    "b.txt": """Lipsk Herald
6 June 2023

The teacher Odessa Quill was arrested on 3 June 2023 in Velmora, Velmora Watch reported.
""",
    "c.txt": """Orlavets Post
7 June 2023

Police arrested the teacher Odessa Petrovna Quill in Velmora on 3 June 2023.
""",
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    with Record.create(folder / "record") as made:
        made.add(read_sources([str(folder / name) for name in TEXTS]))
    return folder / "record"


def told(capsys: pytest.CaptureFixture[str], record: Path, *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main([*arguments, "--record", str(record)])
    return capsys.readouterr().out


def objects(capsys: pytest.CaptureFixture[str], record: Path, *arguments: str) -> list[Any]:
    return [json.loads(line) for line in told(capsys, record, *arguments, "--json").splitlines()]


def the(found: list[Any], key: str, value: Any) -> Any:
    [one] = [each for each in found if each[key] == value]
    return one


def test_an_incident_says_why_and_what_was_near(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    incidents = objects(capsys, record, "incidents")
    [two] = [each["id"] for each in incidents if len(each["acts"]) == 2]
    [one] = [each["id"] for each in incidents if len(each["acts"]) == 1]
    out = told(capsys, record, "show", two, "--why")
    assert "+4.0 the same people or organisations; +2.0 the same day" in out
    assert "Independent sources: 1" in out
    assert "names as its source" in out
    assert "about other people: Odessa Marfovna Quill / Odessa Petrovna Quill" in out
    assert f"khronika same {two} {one} --why" in out
    [whole] = objects(capsys, record, "show", two, "--why")
    near = whole["explained"]["near"][0]
    assert (near["incident"], near["band"], near["against"]["part"]) == (one, "leave", "people")


def test_an_actor_says_how_it_is_written_and_who_was_near(
    record: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actors = objects(capsys, record, "actors", "--type", "person")
    quill = the(actors, "caption", "Odessa Marfovna Quill")["id"]
    other = the(actors, "caption", "Odessa Petrovna Quill")["id"]
    out = told(capsys, record, "show", quill, "--why")
    assert "Odessa Marfovna Quill = Odessa Quill" in out
    assert "«Odessa Quill»" in out
    assert "against: another patronymic" in out
    assert f"khronika same {quill} {other} --why" in out
    [whole] = objects(capsys, record, "show", quill, "--why")
    assert len(whole["explained"]["spellings"]) == 2
