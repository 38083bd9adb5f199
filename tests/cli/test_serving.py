"""`khronika serve`: an address, pages behind it, an end by Ctrl+C."""

import os
import signal
import subprocess
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from click.testing import CliRunner

from khronika.cli.main import cli, main
from khronika.workflows.record import Record

SOURCE = Path(__file__).parents[2] / "src"


def test_it_serves_until_it_is_stopped(tmp_path: Path) -> None:
    Record.create(tmp_path / "record").close()
    command = "from khronika.cli.main import main; main()"
    started = subprocess.Popen(
        [sys.executable, "-c", command, "--record", str(tmp_path / "record"), "serve"],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        address = started.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        with browser.open(address.replace("/?", "/settings?"), timeout=20) as answer:
            page = answer.read().decode()
        assert "<h1>Settings</h1>" in page
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=20)
    finally:
        started.kill()
        started.communicate()
    assert started.returncode in (0, 130)
    assert "Open this address" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org"])
def test_other_machines_are_refused(
    tmp_path: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--record", str(tmp_path), "serve", "--host", host])
    assert ended.value.code == 2
    assert "accounts" in capsys.readouterr().err


def test_no_record_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--record", str(tmp_path), "serve"])
    assert "is no record" in capsys.readouterr().err


def test_a_port_in_use_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    Record.create(tmp_path / "record").close()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(SystemExit) as ended:
            main(["--record", str(tmp_path / "record"), "serve", "--port", port])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_help_says_who_can_read() -> None:
    assert "whoever has it" in CliRunner().invoke(cli, ["serve", "--help"]).output
