"""Run what the documentation shows: each command, each piece of Python, page by page, in order.

Usage: python tools/run_docs.py [--write] [PAGE...]

Each page runs in an empty folder of its own. What runs:

- lines of `console` blocks that begin with `$ `; `khronika demo` is built once for all pages;
- `python` blocks;
- a block with a title (```toml title="mine.toml"```) is written to that file first.

A comment before a block, `<!-- id: incidents --kind arrest -->`, puts the first id that this
command finds in place of the first id of each command in that block, so that pages outlive changes
of the coder; ` + ` parts it from what finds the second id.

Exits 1 and says which command of which page failed. With --write what was printed replaces what the
page shows below each command, unless the page shows nothing; "…" as the last line cuts it short.
"""

import argparse
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from khronika.cli.main import main as main_of_khronika

COLUMNS = "100"
DEMO = "khronika demo"
BLOCK = re.compile(
    r"(?:^<!-- id: (?P<asked>.+?) -->\n+)?"
    r"^```(?P<language>\w*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
ID = re.compile(r"\b(?:act|inc|per|org)_[0-9a-f]{8,64}\b")
SETTING = re.compile(r"export (\w+)=(.*)")
SHOWN = {"text", "json", "sh"}  # sh is for what installs Khronika


@dataclass(frozen=True)
class Step:
    """One thing that a page runs, and where it stands there."""

    page: Path
    kind: str  # command | python | file
    code: str
    title: str = ""
    asked: str = ""  # the command whose first id stands for those in `code`
    shown: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Done:
    """A step that was run."""

    step: Step
    status: int
    printed: str
    code: str  # with the ids that were found


def pages() -> list[Path]:
    """The README and every page that was not generated."""
    written = sorted((ROOT / "docs").rglob("*.md"))
    return [ROOT / "README.md", *(p for p in written if p.parent.name != "reference")]


def steps(page: Path) -> Iterator[Step]:
    """What a page runs, in order."""
    for block in BLOCK.finditer(page.read_text("utf-8")):
        language, body, start = block["language"], block["body"], block.start("body")
        if block["title"]:
            yield Step(page, "file", body, title=block["title"])
        elif language == "python":
            yield Step(page, "python", body)
        elif language == "console":
            yield from _commands(page, body, start, block["asked"] or "")
        elif language not in SHOWN:
            raise SystemExit(f"{page.name}: a block in {language or 'no language'} cannot be run")


def _commands(page: Path, body: str, start: int, asked: str) -> Iterator[Step]:
    for part in re.finditer(r"^\$ (.+\n)((?:(?!\$ ).*\n)*)", body, re.MULTILINE):
        yield Step(
            page,
            "command",
            part[1].strip(),
            asked=asked if ID.search(part[1]) else "",
            shown=tuple(part[2].rstrip("\n").split("\n")) if part[2].strip() else (),
            start=start + part.start(),
            end=start + part.end(),
        )


class Runner:
    """Runs pages with this checkout as `khronika`; the demonstration is built once for all."""

    def __init__(self, folder: Path) -> None:
        """Build the demonstration in `folder`."""
        self.folder = folder
        scripts = folder / "bin"
        scripts.mkdir()
        start = f"#!/bin/sh\nexec {shlex.quote(sys.executable)}"
        call = "from khronika.cli.main import main; main()"
        (scripts / "khronika").write_text(f'{start} -c "{call}" "$@"\n')
        (scripts / "khronika").chmod(0o755)
        self.environment = {
            "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": COLUMNS,
            "OMP_NUM_THREADS": "1",
        }
        with self._inside(folder):
            _, self.demo = called(DEMO)

    def run(self, page: Path) -> list[Done]:
        """Run a page, to its end or to the first thing that fails."""
        done: list[Done] = []
        with tempfile.TemporaryDirectory(dir=self.folder) as place, self._inside(Path(place)):
            wanted = list(steps(page))
            if not any(step.code == DEMO for step in wanted):
                shutil.copytree(self.folder / "khronika-demo", "khronika-demo")
            for step in wanted:
                done.append(self._do(step))
                if done[-1].status:
                    sys.stderr.write(done[-1].printed)
                    break
        return done

    def _do(self, step: Step) -> Done:
        code = step.code
        if step.asked:
            code = with_ids(code, step.asked.split(" + "))
        if step.kind == "file":
            Path(step.title).parent.mkdir(parents=True, exist_ok=True)
            Path(step.title).write_text(code, "utf-8")
            return Done(step, 0, "", code)
        if step.kind == "python":
            status, printed = shell([sys.executable, "-c", code])
        elif code == DEMO:
            shutil.copytree(self.folder / "khronika-demo", "khronika-demo")
            status, printed = 0, self.demo
        elif setting := SETTING.fullmatch(code):
            os.environ[setting[1]] = setting[2].strip('"')
            status, printed = 0, ""
        elif code.startswith("khronika ") and not set(code) & set("|<>&`"):
            status, printed = called(code)
        else:
            status, printed = shell(["bash", "-o", "pipefail", "-c", code])
        return Done(step, status, printed, code)

    @contextmanager
    def _inside(self, place: Path) -> Iterator[None]:
        """Work in a folder, with the demonstration's record beside, and leave no trace."""
        before, there = dict(os.environ), Path.cwd()
        kept = {key: value for key, value in before.items() if not key.startswith("KHRONIKA")}
        try:
            os.environ.clear()
            os.environ.update(kept | self.environment)
            os.chdir(place)
            yield
        finally:
            os.chdir(there)
            os.environ.clear()
            os.environ.update(before)


def with_ids(code: str, asked: Sequence[str]) -> str:
    """A command with the ids that the record has now: the first that each of `asked` finds."""
    found: list[str] = []
    for command in asked:
        _, rows = called(f"khronika {command} --json --limit 1")
        found.append(str(json.loads(rows.splitlines()[0])["id"]) if rows.strip() else "none")
    placeholders = dict.fromkeys(ID.findall(code))
    for placeholder, now in zip(placeholders, found, strict=False):
        code = code.replace(placeholder, now)
    return code


def called(command: str) -> tuple[int, str]:
    """Run `khronika ...` in this process; much faster than one process each."""
    out = io.StringIO()
    try:
        with redirect_stdout(out):
            main_of_khronika(shlex.split(command)[1:])
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue()
    return 0, out.getvalue()


def shell(command: Sequence[str]) -> tuple[int, str]:
    """Run something else."""
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return ran.returncode, ran.stdout + (ran.stderr if ran.returncode else "")


def failures(done: Sequence[Done]) -> list[str]:
    """What went wrong on a page, in words."""
    return [
        f"{each.step.page.relative_to(ROOT)}: exit code {each.status}: {each.step.code[:200]}"
        for each in done
        if each.status
    ]


def rewritten(page: Path, done: Sequence[Done]) -> str:
    """The page with what its commands printed this time."""
    text = page.read_text("utf-8")
    for each in reversed(done):
        step = each.step
        if step.kind != "command":
            continue
        lines = each.printed.rstrip().split("\n") if step.shown else []
        if step.shown and step.shown[-1] == "…" and len(lines) >= len(step.shown):
            lines = [*lines[: len(step.shown) - 1], "…"]
        shown = "".join(f"{line.rstrip()}\n" for line in lines)
        gap = "\n" if text[: step.end].endswith("\n\n") else ""
        text = f"{text[: step.start]}$ {each.code}\n{shown}{gap}{text[step.end :]}"
    return text


def main() -> int:
    """Run the pages, or write what they print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="show what was printed this time")
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE")
    given = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder))
        for page in [each.resolve() for each in given.pages] or pages():
            done = runner.run(page)
            wrong += failures(done)
            if given.write and not failures(done):
                page.write_text(rewritten(page, done), "utf-8")
    for each in wrong:
        print(each)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
