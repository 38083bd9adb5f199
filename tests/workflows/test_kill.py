import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from khronika.evidence.verdict import exit_status
from khronika.publish import jsonl
from khronika.publish.view import ExportOptions
from khronika.workflows.build import Effort
from khronika.workflows.record import Record
from workflows.toys import a_capture, every_byte, toy_parts

MANY = [
    a_capture(f"{n}.txt", f"Ada Lark was fined on 2021-{n % 12 + 1:02}-03.\nNumber {n}.")
    for n in range(60)
]

SCRIPT = """
import sys
from pathlib import Path
from workflows.test_kill import MANY
from workflows.toys import toy_parts
from khronika.workflows.build import Effort
from khronika.workflows.record import Record

if __name__ == "__main__":
    processes = int(sys.argv[2])
    effort = Effort(processes=1, batch=3, small=0 if processes else 1000)
    print("ready", flush=True)
    record = Record.at(Path(sys.argv[1]), toy_parts())
    if len(sys.argv) > 3:
        record.withdraw(record.actors(name="Ada Lark")[0].id, why="asked for")
    else:
        record.add(MANY, effort=effort)
    print("done", flush=True)
"""


def exported(record: Record, folder: Path) -> dict[str, bytes]:
    jsonl.write(record.view(), folder, ExportOptions())
    return every_byte(folder)


def run_and_kill(tmp_path: Path, record: Path, after: float, *args: str) -> bool:
    """Start a run, kill it some time after it began; True if it had ended by then."""
    script = tmp_path / "run.py"
    script.write_text(SCRIPT)
    paths = os.pathsep.join(path for path in sys.path if path)
    run = subprocess.Popen(
        [sys.executable, str(script), str(record), *args],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    with run.stdout as said:
        assert said.readline() == "ready\n"
        time.sleep(after)
        os.kill(run.pid, signal.SIGKILL)
        rest = said.readline()  # ends when every process that could write has ended
    run.wait()
    return rest == "done\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize("processes", ["0", "1"])
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, processes: str) -> None:
    chance = random.Random(processes)
    path = tmp_path / "record"
    with Record.create(tmp_path / "whole", toy_parts()) as whole:
        whole.add(MANY, effort=Effort(small=1000))
        expected = exported(whole, tmp_path / "expected")
    for _ in range(3):
        if run_and_kill(tmp_path, path, chance.uniform(0.05, 0.9), processes):
            break
        if (path / "record.db").exists():
            with Record.open(path, toy_parts()) as half:
                assert {each.verdict for each in half.verify() if each.check != "file"} <= {
                    "passed",
                    "unchecked",
                }
    with Record.at(path, toy_parts()) as record:
        record.add(MANY, effort=Effort(small=1000))
        assert exit_status(record.verify()) == 0
        assert exported(record, tmp_path / "export") == expected


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_withdrawal_is_brought_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "record"
    with Record.create(path, toy_parts()) as record:
        record.add(MANY[:12], effort=Effort(small=1000))
    for after in (0.15, 0.3):
        if run_and_kill(tmp_path, path, after, "0", "withdraw"):
            break
    with Record.open(path, toy_parts()) as record:
        if found := record.actors(name="Ada Lark"):
            record.withdraw(found[0].id, why="asked for")
        else:
            record.add([])
        assert exit_status(record.verify()) == 0
    assert not [name for name, data in every_byte(path).items() if b"Ada Lark" in data]
