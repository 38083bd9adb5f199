"""The parent's side of the child processes: start, ask, replace the one that breaks."""

import os
import signal
import subprocess  # starts this very interpreter with fixed arguments
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from khronika.ingest.captures import Limits, RefusedError
from khronika.ingest.split import Part
from khronika.ingest.wire import WireError, part_from, receive, send

SIGXCPU = getattr(signal, "SIGXCPU", 24)  # what ends a process that overruns its seconds
ITEMS = 2000  # a child is replaced after so many, so that what a parser leaks cannot grow
SLOW = "save its text alone and add that."


class BrokenChildError(RefusedError):
    """The child process died, overran its time or spoke nonsense while it read this item."""


class Child:
    """One process that reads foreign formats; started at first use, replaced when it breaks."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._items = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, head: dict[str, Any], data: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Send one request and wait for its answer.

        Raises:
            BrokenChildError: there was none; the child has been ended.
            RefusedError: the child could make nothing of it.
        """
        return self._heard(self._ready(), (head, data), self._limits.text_bytes)

    def stream(self, head: dict[str, Any], data: bytes = b"") -> Iterator[Part]:
        """Send one request and yield each part of its answer as it comes.

        Raises:
            BrokenChildError, RefusedError: as `ask`; what came before stands.
        """
        process = self._ready()
        request: tuple[dict[str, Any], bytes] | None = (head, data)
        ended = False
        try:
            while True:
                try:
                    reply = self._heard(process, request, self._limits.report_bytes)
                except RefusedError:
                    ended = True
                    raise
                request = None
                if "end" in reply[0]:
                    ended = True
                    return
                if "alive" not in reply[0]:
                    yield part_from(*reply)
        finally:
            if not ended:  # whoever asked wants no more; the child would go on sending
                self.close()

    def _heard(
        self,
        process: subprocess.Popen[bytes],
        request: tuple[dict[str, Any], bytes] | None,
        most: int,
    ) -> tuple[dict[str, Any], bytes]:
        overrun = threading.Event()
        clock = threading.Timer(self._limits.wall_seconds, _end, (process, overrun))
        clock.daemon = True
        clock.start()
        try:
            reply = _exchange(process, request, most)
        except (OSError, ValueError, WireError):
            reply = None
        finally:
            clock.cancel()
        if reply is None:
            raise self._broken(overrun=overrun.is_set())
        if reply[0].get("spent"):
            self.close()
        if "refused" in reply[0]:
            problem, remedy = map(str, reply[0]["refused"])
            raise RefusedError(problem, remedy=remedy)
        return reply

    def _broken(self, *, overrun: bool) -> BrokenChildError:
        code = self._process.wait() if overrun and self._process else self._ended()
        self.close()
        if overrun or code == -SIGXCPU:
            return BrokenChildError("the file took too long to read.", remedy=SLOW)
        return BrokenChildError(
            "the file broke the parser that reads it.",
            remedy="open it, save it anew and add that.",
        )

    def _ended(self) -> int | None:
        if self._process is None:
            return None
        try:
            return self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            return None

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._items >= ITEMS or self._process.poll() is not None):
            self.close()
        if self._process is None:
            self._process = _start(self._limits)
            self._items = 0
        self._items += 1
        return self._process

    def close(self) -> None:
        """End the process and free what it holds."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was still to be written has no reader any more
                    continue
        process.wait()


def _exchange(
    process: subprocess.Popen[bytes], request: tuple[dict[str, Any], bytes] | None, most: int
) -> tuple[dict[str, Any], bytes] | None:
    assert process.stdin is not None
    assert process.stdout is not None
    if request is not None:
        send(process.stdin, *request)
    return receive(process.stdout, most)


def _end(process: subprocess.Popen[bytes], overrun: threading.Event) -> None:
    overrun.set()
    process.kill()


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    arguments = (limits.memory_bytes, limits.cpu_seconds, limits.text_bytes)
    return subprocess.Popen(  # noqa: S603 - this interpreter, fixed arguments
        [sys.executable, "-P", "-s", "-m", "khronika.ingest.child", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a parser's complaints may quote the report
        env=_environment(),
        cwd=Path(sys.executable).parent,
    )


def _environment() -> dict[str, str]:
    """As little as an interpreter needs: no tokens, no proxies, no home folder."""
    kept = {k: v for k, v in os.environ.items() if k in {"SYSTEMROOT", "PATH", "LD_LIBRARY_PATH"}}
    paths = os.pathsep.join(str(Path(p).resolve()) for p in sys.path if p)
    return kept | {"PYTHONPATH": paths, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"}
