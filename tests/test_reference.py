"""The generated pages are as the code says, and leave nothing undocumented."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "make_reference.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_reference"] = module
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_current() -> None:
    ended = subprocess.run(
        [sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_error_says_what_it_means(tool: ModuleType) -> None:
    errors = tool.read_errors()
    assert "ExportFolderError" in errors
    assert [name for name, error in errors.items() if not error.doc] == []


def test_every_kind_of_the_codebook_is_documented(tool: ModuleType) -> None:
    page = tool.codebook_page()
    assert [kind for kind in tool.load().kinds if f"### {kind}\n" not in page] == []


def test_every_command_is_documented(tool: ModuleType) -> None:
    page = tool.commands_page()
    paths = [path for path, _ in tool.every_command("khronika", tool.cli)]
    assert [path for path in paths if f"## {path}\n" not in page] == []
