import signal
import subprocess
import sys
import time

import pytest

from ingest.builders import SENTENCE, a_capture
from khronika.ingest import children
from khronika.ingest.captures import MEGABYTE, Limits, Refusal
from khronika.ingest.extract import Extractor
from khronika.ingest.sniff import HTML
from khronika.model.reports import Extracted

PAGE = a_capture(f"<p>{SENTENCE}</p>".encode(), HTML)


def run(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        check=False,
        text=True,
        env=children._environment(),
    )


def test_one_child_reads_many() -> None:
    with Extractor() as extractor:
        started = time.perf_counter()
        for _ in range(200):
            found = extractor.extract(PAGE)
            assert isinstance(found, Extracted)
            assert found.text == SENTENCE
        assert (time.perf_counter() - started) / 200 < 0.02


def test_a_child_that_dies_is_replaced() -> None:
    with Extractor() as extractor:
        extractor.extract(PAGE)
        process = extractor._child._process
        assert process is not None
        process.kill()
        process.wait()
        assert isinstance(extractor.extract(PAGE), Extracted)


def test_a_child_that_overruns_is_ended_and_the_item_refused() -> None:
    with Extractor(Limits(wall_seconds=0.0001)) as extractor:
        found = extractor.extract(PAGE)
    assert isinstance(found, Refusal)
    assert "too long" in found.problem


def test_more_text_than_allowed_is_refused() -> None:
    with Extractor(Limits(text_bytes=20)) as extractor:
        found = extractor.extract(PAGE)
    assert isinstance(found, Refusal)
    assert "more text" in found.problem


def test_more_memory_than_allowed_is_refused_and_the_next_is_read() -> None:
    large = a_capture(b"<p>" + b"<b>x</b>" * (2 * MEGABYTE), HTML)
    with Extractor(Limits(memory_bytes=200 * MEGABYTE)) as extractor:
        found = extractor.extract(large)
        assert isinstance(found, Refusal)
        assert isinstance(extractor.extract(PAGE), Extracted)


def test_a_child_loads_only_what_it_needs() -> None:
    loaded = set(run("import sys, khronika.ingest.child; print(*sys.modules)").stdout.split())
    assert "khronika.ingest.child" in loaded
    assert not loaded & {"spacy", "numpy", "httpx", "sqlalchemy", "trafilatura", "lxml", "docx"}


CONFINED = f"from khronika.ingest.confine import confine; confine({512 * MEGABYTE})\n"
LIBRARY = """
import ctypes, sys
library = ctypes.CDLL(None, use_errno=True)
sys.exit(0 if eval(sys.argv[1]) == -1 and ctypes.get_errno() == 1 else 7)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
@pytest.mark.parametrize(
    "call",
    [
        "library.socket(2, 1, 0)",
        "library.open(b'made', 0o101, 0o600)",
        "library.open(b'/etc/hosts', 2)",
        "library.unlink(b'made')",
        "library.rename(b'made', b'other')",
        "library.kill(1, 0)",
        "library.execv(b'/bin/true', None)",
    ],
)
def test_code_that_a_file_smuggles_in_is_bound_too(call: str) -> None:
    done = run(CONFINED + LIBRARY, call)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_child_that_computes_too_long_is_ended_by_the_system() -> None:
    code = "from khronika.ingest.confine import grant_seconds\ngrant_seconds(0)\nwhile True: pass"
    assert run(code).returncode == -signal.SIGXCPU


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
    ],
)
def test_a_child_reaches_no_network_and_starts_nothing(code: str) -> None:
    done = run(CONFINED + code)
    assert done.returncode == 1
    assert "PermissionError" in done.stderr
