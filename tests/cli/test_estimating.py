"""`khronika estimate` on a table: the report, its JSON, its pictures, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from khronika.cli.main import main

TWO = "press,police,count\n1,0,40\n0,1,30\n1,1,20\n"
APART = "a,b,c,d,count\n1,0,0,0,40\n1,1,0,0,20\n0,0,1,0,30\n0,0,1,1,20\n"
DIVIDED = "region,a,b,count\nnorth,1,0,40\nnorth,0,1,30\nnorth,1,1,20\nsouth,1,0,9\nsouth,1,1,3\n"


def run(*words: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["estimate", *map(str, words)])
    return int(ended.value.code or 0)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "two.csv"
    path.write_text(TWO, encoding="utf-8")
    return path


def test_it_prints_the_report(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(two) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("At least 90 people are documented.\nOnly a range: ")
    assert "How this was made" in printed.out


def test_it_speaks_the_languages_of_the_house(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(two, "--language", "uk") == 0
    assert capsys.readouterr().out.startswith("Задокументовано щонайменше 90 людей.")


def test_json_is_one_line_and_the_same_each_time(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for _ in range(2):
        assert run(two, "--json", "--seed", "5") == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    (line,) = said[0].splitlines()
    found = json.loads(line)
    assert found["documented"] == 90
    assert found["verdict"] == "range_only"
    assert found["provenance"]["seed"] == 5


def test_a_refusal_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "apart.csv"
    path.write_text(APART, encoding="utf-8")
    assert run(path) == 0
    said = capsys.readouterr().out
    assert "No estimate is given." in said
    assert "Verdict: refused." in said


def test_columns_divide_the_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "divided.csv"
    path.write_text(DIVIDED, encoding="utf-8")
    assert run(path, "--by", "region", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["stratum"] for line in lines[:2]] == ["region north", "region south"]
    assert [line["verdict"] for line in lines[:2]] == ["range_only", "refused"]
    assert lines[2]["sum"]["documented"] == 102
    assert lines[2]["sum"]["decision"]["rule"] == "strata-refused"


def test_a_column_that_is_no_list_is_added_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "divided.csv"
    path.write_text(DIVIDED, encoding="utf-8")
    assert run(path, "--sum-over", "region", "--json") == 0
    assert json.loads(capsys.readouterr().out)["documented"] == 102
    assert run("--sum-over", "region") == 2


def test_it_draws_the_overlap_and_the_intervals(
    two: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(two, "--pictures", tmp_path / "drawn") == 0
    made = {path.name for path in (tmp_path / "drawn").iterdir()}
    assert {"overlap.png", "overlap.csv", "intervals.png", "intervals.csv"} <= made
    assert "drawn" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "What to do:"), ("a,b,count\n1,2,3\n", "What to do:"), ("a,count\n1,x\n", "What to do:")],
)
def test_a_file_that_is_no_table_is_an_error_with_a_remedy(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text(text, encoding="utf-8")
    assert run(path) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_options_of_a_record_do_not_go_with_a_table(
    two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(two, "--country", "UA") == 2
    assert "without TABLE" in capsys.readouterr().err


def test_help_loads_no_library_that_computes() -> None:
    script = (
        "import sys; from khronika.cli.main import cli; cli.commands['estimate'].get_help("
        "__import__('click').Context(cli.commands['estimate']));"
        "print([m for m in ('numba', 'scipy', 'khronika.estimation') if m in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_without_the_extra_it_says_what_to_install(two: Path) -> None:
    script = (
        "import sys; sys.modules['scipy'] = None;"
        f"from khronika.cli.main import main; main(['estimate', {str(two)!r}])"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)  # noqa: PLW1510
    assert ended.returncode == 1
    assert "pip install 'khronika[estimation]'" in ended.stderr
    assert ended.stdout == ""


OFTEN = "region,times,count\nnorth,1,90\nnorth,2,20\nsouth,1,30\nsouth,3,4\n"


def test_how_often_people_were_recorded_gives_a_bound_and_one_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "often.csv"
    path.write_text(OFTEN, encoding="utf-8")
    assert run(path, "--sum-over", "region", "--pictures", tmp_path / "drawn") == 0
    said = capsys.readouterr().out
    assert said.startswith("At least 144 people are documented.\nOnly a lower bound: ")
    drawn = sorted(each.name for each in (tmp_path / "drawn").iterdir())
    assert drawn == ["intervals.csv", "intervals.png", "intervals.svg"]
    row = (tmp_path / "drawn" / "intervals.csv").read_text("utf-8-sig").splitlines()[2]
    assert row.startswith('"Chao\'s lower bound"')


def test_how_often_people_were_recorded_may_be_divided_and_has_no_sum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "often.csv"
    path.write_text(OFTEN, encoding="utf-8")
    assert run(path, "--by", "region", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["stratum"] for line in lines] == ["region north", "region south"]
    assert [line["decision"]["rule"] for line in lines] == ["no-lists", "no-lists"]


def test_a_column_of_regions_alone_is_no_table_of_either_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "regions.csv"
    path.write_text("region,count\nnorth,5\nsouth,3\n", encoding="utf-8")
    assert run(path) == 1
    assert "call it 'times'" in " ".join(capsys.readouterr().err.split())
