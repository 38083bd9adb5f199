"""What a child process may not do: take much memory or time, reach the network, alter files."""

import sys
from typing import Any

from khronika.ingest.kernel import filter_calls

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def confine(memory_bytes: int) -> None:
    """Bind this process; nothing here can be undone from within Python."""
    _limit_memory(memory_bytes)
    sys.dont_write_bytecode = True
    filter_calls()
    sys.addaudithook(_refuse)


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the parent's wall clock is the only bound
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the report
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    except (ValueError, OSError):  # macOS refuses some limits
        return


def grant_seconds(seconds: int) -> None:
    """Give the next item `seconds` of processor time; the system ends a process that overruns."""
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    until = int(spent.ru_utime + spent.ru_stime) + seconds + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _refuse(event: str, _args: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"{event} is not for a process that reads foreign files")
