"""The real server in a process of its own, as `khronika serve` starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

import httpx

SOURCE = Path(__file__).parents[2] / "src"
START = "import sys; from khronika.cli.main import main; sys.exit(main())"
WAIT = 20  # seconds for its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A record that is served: `address` carries the key, `origin` does not."""

    address: str
    record: Path

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """A client that holds a session already."""
        with httpx.Client(base_url=self.origin, follow_redirects=True, timeout=30) as client:
            assert client.get(self.address).status_code != 403, "the key opened no session"
            yield client


@contextmanager
def served(record: Path, *more: str) -> Iterator[Served]:
    """Serve a record until the end of the block; what the server said is in the error."""
    command = (sys.executable, "-c", START, "serve", "--record", str(record), "--port", "0", *more)
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"}
    with TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=said, text=True, env=environment
        )
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address.startswith("http://127.0.0.1:"):
                raise AssertionError(f"the server did not start: {address!r} {_all_of(said)}")
            yield Served(address=address, record=record)
            if process.poll() is not None:
                raise AssertionError(f"the server ended before its time: {_all_of(said)}")
        finally:
            process.terminate()
            process.communicate(timeout=WAIT)


def _all_of(said: object) -> str:
    said.seek(0)  # type: ignore[attr-defined]
    return str(said.read())  # type: ignore[attr-defined]
