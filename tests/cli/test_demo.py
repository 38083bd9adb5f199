"""Which folder `khronika demo` builds its record in."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from khronika.cli import demo
from khronika.cli.main import cli


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        (["demo"], "khronika-demo"),
        (["demo", "here"], "here"),
        (["demo", "--record", "here"], "here"),
        (["--record", "here", "demo"], "here"),
    ],
)
def test_the_folder_is_the_one_named_and_never_that_of_the_environment(
    arguments: list[str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Path] = []
    monkeypatch.setattr(demo, "_build", built.append)
    monkeypatch.setenv("KHRONIKA_RECORD", "a-record-of-real-people")
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert built == [Path(folder)]
