"""Long work beside pages: it gives way to them more often than threads do by themselves."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

TURN = 0.0002  # seconds that long work goes on while a page waits
ORDINARY = 0.005  # as Python starts
PAUSE = 0.0005  # seconds after each piece of work


@contextmanager
def short_turns() -> Iterator[None]:
    """Let threads take turns more often: a page does, each time it has asked the database."""
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(ORDINARY)


def give_way() -> None:
    """Let pages that wait come first."""
    time.sleep(PAUSE)
