"""Containers of foreign formats, cut into reports within the child process."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khronika.ingest import sniff
from khronika.ingest.captures import NO_FACTS, Facts, RefusedError

BEAT = 1.0  # seconds after which a child that only passes things over gives a sign of life


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One report of a container; without data, a sign of life."""

    label: str = ""
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    declared: str = ""
    facts: Facts = NO_FACTS


def parts(head: dict[str, Any], data: bytes, grant: Callable[[], None]) -> Iterator[Part]:
    """Each report of the container that a request names or brings.

    Args:
        head: the request: the kind of container; for a web archive, where it lies.
        data: the container's bytes, if it is of a kind that is read whole.
        grant: gives the next part its processor time.
    """
    most = int(head["report_bytes"])
    if head["split"] == sniff.FEED:
        yield from _entries(data)
    elif head["split"] == sniff.MAIL:
        yield from _attachments(data, most)
    elif head["split"] == sniff.WARC:
        yield from _pages(Path(head["path"]), most, grant)
    else:
        raise RefusedError("nothing here cuts this up.", remedy="add the reports one by one.")


def _entries(data: bytes) -> Iterator[Part]:
    from khronika.ingest.feeds import entries

    for entry in entries(data):
        yield Part(data=entry.data, media_type=sniff.FEED_ENTRY, facts=entry.facts)


def _attachments(data: bytes, most: int) -> Iterator[Part]:
    from khronika.ingest.mail import attachments

    for name, attached in attachments(data):
        if 0 < len(attached) <= most:
            yield Part(label=name, data=attached)


def _pages(path: Path, most: int, grant: Callable[[], None]) -> Iterator[Part]:
    from khronika.ingest.webarchive import pages

    with path.open("rb") as stream:
        for page in pages(stream, most, grant):
            yield Part(
                data=page.data,
                media_type=page.media_type,
                declared=page.declared,
                facts=page.facts,
            )


class Heart:
    """Says when it is time for a sign of life."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def beats(self) -> bool:
        """True once a `BEAT`."""
        now = time.monotonic()
        if now - self._last < BEAT:
            return False
        self._last = now
        return True
