"""What the documentation shows runs; what exists is documented."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "run_docs.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_docs", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_docs"] = module
    spec.loader.exec_module(module)
    return module


TOOLS = load()
PAGES = [page.relative_to(ROOT).as_posix() for page in TOOLS.pages()]


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> object:
    return TOOLS.Runner(tmp_path_factory.mktemp("docs"))


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_runs(page: str, runner: object) -> None:
    done = runner.run(ROOT / page)  # type: ignore[attr-defined]
    assert TOOLS.failures(done) == []


@pytest.mark.parametrize("page", PAGES)
def test_what_installs_khronika_is_in_the_makefile(page: str) -> None:
    for block in TOOLS.BLOCK.finditer((ROOT / page).read_text("utf-8")):
        if block["language"] != "sh":
            continue
        for line in block["body"].splitlines():
            words = line.split()
            made = f"\n{words[-1]}: " in (ROOT / "Makefile").read_text("utf-8")
            assert (words[0] == "make" and made) or line == ". .venv/bin/activate"


def test_every_page_is_reached_from_the_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text("utf-8")
    for page in sorted((ROOT / "docs").rglob("*.md")):
        if page.parent.name != "decisions":  # tools/docs_menu.py adds them
            assert page.relative_to(ROOT / "docs").as_posix() in menu
