import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from khronika.cli import main as entry
from khronika.cli.main import SECTIONS, cli, main
from khronika.errors import KhronikaError

SRC = Path(__file__).parents[2] / "src"


def every_command(
    command: click.Command, path: str = "khronika"
) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from every_command(inner, f"{path} {name}")


COMMANDS = dict(every_command(cli))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_has_help(path: str) -> None:
    command = COMMANDS[path]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_every_command_stands_in_a_section() -> None:
    assert {name for _, names in SECTIONS for name in names} == set(cli.commands)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_help_and_version_are_quick_and_load_no_parser() -> None:
    script = (
        "import sys; from khronika.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'sqlalchemy', 'rich', 'lxml', 'cattrs', 'httpx'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        ended = subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": str(SRC)},
            capture_output=True,
            text=True,
            check=False,
        )
        best = min(best, time.perf_counter() - started)
        assert ended.returncode == 0, ended.stderr
    assert best < 1.0  # 0.2 s on an idle machine


@pytest.mark.parametrize(
    ("wrong", "right"), [("incident", "incidents"), ("timelin", "timeline"), ("verif", "verify")]
)
def test_a_mistyped_command_is_told_what_is_near(
    wrong: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(wrong) == 2
    assert f"Did you mean '{right}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("incidents", "--since", "yesterday"),
        ("incidents", "--country", "Kazakhstan"),
        ("acts", "--modality", "maybe"),
        ("acts", "--at-least", "2"),
        ("accept", "act_1"),
        ("same", "act_1", "--why", "x"),
        ("reject", "act_1", "--why", "  "),
        ("completion", "tcsh"),
    ],
)
def test_a_mistake_in_the_command_exits_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Error" in told.err


class BrokenError(KhronikaError):
    exit_status = 3


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    """A command `fail` that raises what the test puts into the list."""
    errors: list[Exception] = []

    @click.command()
    def fail() -> None:
        """Fail."""
        raise errors[0]

    monkeypatch.setitem(cli.commands, "fail", fail)
    return errors  # type: ignore[return-value]


def test_a_problem_is_told_with_its_remedy_and_no_traceback(
    failing: list[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(BrokenError("The seal is broken.", remedy="restore the file."))
    assert run("fail") == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "Error: The seal is broken.\nWhat to do: restore the file.\n"


def test_verbose_shows_where_it_arose(
    failing: list[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(BrokenError("The seal is broken.", remedy="restore the file."))
    assert run("fail", "--verbose") == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_fault_of_ours_tells_no_word_of_a_report(
    failing: list[Exception], capsys: pytest.CaptureFixture[str]
) -> None:
    failing.append(KeyError("Odessa Quill"))
    assert run("fail") == 1
    told = capsys.readouterr().err
    assert "KeyError" in told
    assert "Odessa" not in told
    assert "What to do" in told


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), entry.STOPPED), (PermissionError(13, "no"), 1)]
)
def test_other_ends(
    failing: list[BaseException],
    error: BaseException,
    status: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing.append(error)
    assert run("fail") == status
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_prints_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("completion", shell) == 0
    assert "_KHRONIKA_COMPLETE" in capsys.readouterr().out


def test_kinds_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("codebook", "show") == 0
    assert "arrest" in capsys.readouterr().out
    assert run("codebook", "show", "arrest") == 0
    assert "is not:" in capsys.readouterr().out
    assert run("codebook", "show", "arest") == 2
    assert "Did you mean 'arrest'" in capsys.readouterr().err


def test_check_refuses_a_kind_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("codebook", "check", "arest") == 2
    assert "Did you mean 'arrest'" in capsys.readouterr().err


def test_going_back_and_naming_a_codebook_exclude_each_other(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("")
    assert run("recode", "--bundled", "--codebook", str(own)) == 2
