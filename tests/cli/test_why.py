"""`show --why`, `codebook check` and `codebook rules` on a record that the English coder made."""

import json
from pathlib import Path

import pytest

from khronika.cli.main import main
from khronika.ingest.sources import read_sources
from khronika.workflows.record import Record

TEXT = """Velmora Watch
5 June 2023

On 3 June 2023 police in Velmora arrested the teacher Odessa Quill. She was beaten in custody, her
lawyer said.
"""
OWN = """
group = "land"

[[kind]]
id = "house-demolition"
label = "House demolished"
definition = "A home is destroyed on purpose."
is_not = "A house that falls down."

[[kind.way]]
verbs = ["demolish"]
subject = "perpetrator"

[[kind.example]]
text = "Soldiers razed the house of Odessa Quill."

[[kind.counterexample]]
text = "The old house fell down."
because = "nobody did it"
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("why")
    (folder / "a.txt").write_text(TEXT)
    with Record.create(folder / "record") as made:
        made.add(read_sources([str(folder / "a.txt")]))
    return folder / "record"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code, capsys.readouterr().out


def the_torture(record: Path) -> str:
    with Record.open(record) as held:
        [row] = held.acts(kind="torture")
        return row.act.id


def test_why_says_rule_construction_path_probability_and_what_was_left(
    record: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    status, out = run(capsys, "show", the_torture(record), "--why", "--record", str(record))
    assert status == 0
    assert "by the way 'torture/verb/beat': passive verb, set off by 'beaten'" in out
    assert "victim 'Odessa Quill': subject, a pronoun, last named 1 sentence before; probab" in out
    assert "not:          assault (“beaten”): 'custody' forbids it in the clause" in out


def test_why_for_programs(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("show", the_torture(record), "--why", "--json", "--record", str(record))
    status, out = run(capsys, *asked)
    assert status == 0
    told = json.loads(out)
    assert told["rule"] == "torture/verb/beat"
    assert len(told["paths"]) == len(told["involvements"])
    assert {"assault"} <= {each["kind"] for each in told["left"]}
    assert all(0 < each["confidence"] < 1 for each in told["involvements"])
    assert run(capsys, *asked) == (status, out)


def test_rules_are_listed(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(capsys, "codebook", "rules", "--json", "--record", str(record))
    rows = [json.loads(line) for line in out.splitlines()]
    assert (status, {row["rule"] for row in rows}) == (
        0,
        {"arrest/verb/arrest", "torture/verb/beat"},
    )


def test_a_file_of_ones_own_is_checked_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(OWN)
    status, out = run(capsys, "codebook", "check", str(own))
    assert status == 3
    assert "house-demolition: Soldiers razed the house of Odessa Quill." in out
    assert "'raze'" in out
    assert "what to do: add the verb or noun" in out
