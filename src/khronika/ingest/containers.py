"""Files that hold several reports, and files that are one."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from khronika.ingest import sniff
from khronika.ingest.archive import check_size, opened, readable_members, unpack, zip_kind
from khronika.ingest.captures import (
    MEGABYTE,
    Capture,
    Given,
    Limits,
    Refusal,
    RefusedError,
    origin_of,
)
from khronika.ingest.children import Child
from khronika.ingest.fetch import Response
from khronika.ingest.mail import READ_ATTACHED, messages, refuse_large
from khronika.ingest.split import Part
from khronika.ingest.tables import split_csv, split_json_lines

ATTACHED = re.compile(rb"(?im)^content-disposition:\s*attachment|^content-type:\s*application/")
WEB_ARCHIVE = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")


def kind_of(data: bytes, name: str) -> str:
    """The media type of some bytes in memory, or "" if they are of no kind that is read."""
    try:
        kind = sniff.sniff(data[: sniff.HEAD], name)
        if kind != sniff.ZIP:
            return kind
        with opened(BytesIO(data), name, Limits()) as archive:
            return zip_kind(archive, name)
    except RefusedError:
        return ""


@contextmanager
def _on_disk(stream: BinaryIO) -> Iterator[Path]:
    """Where a file lies that the child can open; a copy if it lies nowhere."""
    name = getattr(stream, "name", None)
    if isinstance(name, str) and Path(name).is_file():
        yield Path(name).resolve()
        return
    with tempfile.NamedTemporaryFile(suffix=".warc") as copy:
        shutil.copyfileobj(stream, copy, MEGABYTE)
        copy.flush()
        yield Path(copy.name)


class Splitter:
    """Cuts what is read into reports: each container as it is met, however deep it stands."""

    def __init__(self, given: Given, limits: Limits) -> None:
        self._given = given
        self.limits = limits
        self._child = Child(limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.close()

    def split(self, stream: BinaryIO, name: str, depth: int = 0) -> Iterator[Capture | Refusal]:
        """Every report in `stream`, which must allow seeking.

        Raises:
            RefusedError: nothing of it can be read.
        """
        head = stream.read(sniff.HEAD)
        stream.seek(0)
        kind = sniff.sniff(head, name)
        if kind == sniff.ZIP:
            yield from self._zip(stream, name, depth)
        elif kind in sniff.CONTAINERS or kind == sniff.MAIL:
            yield from self._container(kind, stream, name)
        else:
            yield self._one(stream, name, kind)

    def fetched(self, name: str, response: Response) -> Capture:
        """The report that an address answered with, kept as the record of the response."""
        part = Part(data=response.record, media_type=sniff.WARC, facts=response.facts)
        return self._capture(part, name)

    def _one(self, stream: BinaryIO, name: str, kind: str) -> Capture:
        return self._capture(Part(data=self._bytes(stream, name), media_type=kind), name)

    def _bytes(self, stream: BinaryIO, name: str) -> bytes:
        most = self.limits.report_bytes
        data = stream.read(most + 1)
        if len(data) > most:
            raise RefusedError(
                f"{name} is over {most / MEGABYTE:g} MB, the limit for one report.",
                remedy="split it, or save its text alone and add that.",
            )
        return data

    def _capture(self, part: Part, name: str) -> Capture:
        return Capture(
            name=name,
            data=part.data,
            media_type=part.media_type,
            declared=part.declared,
            origin=origin_of(name, self._given, part.facts),
        )

    def _container(self, kind: str, stream: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
        if kind == sniff.CSV:
            yield from split_csv(stream, name, self._given, self.limits)
        elif kind == sniff.JSON_LINES:
            yield from split_json_lines(stream, name, self._given, self.limits)
        elif kind == sniff.MBOX:
            yield from self._mailbox(stream, name)
        elif kind == sniff.MAIL:
            yield from self._mail(self._bytes(stream, name), name)
        elif kind == sniff.FEED:
            data = self._bytes(stream, name)
            parts = self._child.stream(self._request(kind), data)
            for number, part in enumerate(parts, 1):
                yield self._capture(part, f"{name}#{number}")
        else:
            yield from self._web_archive(stream, name)

    def _request(self, kind: str, path: Path | None = None) -> dict[str, Any]:
        place = {"path": str(path)} if path else {}
        return {"split": kind, "report_bytes": self.limits.report_bytes, **place}

    def _mailbox(self, stream: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
        for number, data in enumerate(messages(stream, self.limits.report_bytes), 1):
            label = f"{name}#{number}"
            if data is None:
                yield Refusal.of(label, refuse_large(label))
            else:
                yield from self._mail(data, label)

    def _mail(self, data: bytes, name: str) -> Iterator[Capture | Refusal]:
        """The message, then each document attached to it."""
        yield self._capture(Part(data=data, media_type=sniff.MAIL), name)
        if ATTACHED.search(data) is None:
            return
        for part in self._child.stream(self._request(sniff.MAIL), data):
            label = f"{name}/{part.label}"
            kind = kind_of(part.data, label)
            if kind in READ_ATTACHED:  # pictures and calendars are no reports, and no fault
                yield self._capture(replace(part, media_type=kind), label)

    def _web_archive(self, stream: BinaryIO, name: str) -> Iterator[Capture | Refusal]:
        number = 0
        with _on_disk(stream) as path:
            for part in self._child.stream(self._request(sniff.WARC, path)):
                number += 1
                yield self._capture(part, f"{name}#{number}")
        if not number:
            raise RefusedError(
                f"{name} holds no page that can be read.",
                remedy="check that the pages were kept when the archive was made.",
            )

    def _zip(self, stream: BinaryIO, name: str, depth: int) -> Iterator[Capture | Refusal]:
        with opened(stream, name, self.limits) as archive:
            kind = zip_kind(archive, name)
            if kind in {sniff.DOCX, sniff.ODT}:
                stream.seek(0)
                yield self._one(stream, name, kind)
                return
            if depth >= self.limits.nesting:
                raise RefusedError(
                    f"{name} is an archive within {depth} archives.",
                    remedy="unpack the inner archives and add the folder.",
                )
            check_size(archive, name, self.limits)
            members = list(readable_members(archive))
            if kind == sniff.WACZ:
                members = [m for m in members if WEB_ARCHIVE.fullmatch(m.filename)]
            if not members:
                raise RefusedError(f"{name} holds no files.", remedy="check the archive.")
            for member in members:
                label = f"{name}/{member.filename}"
                try:
                    with unpack(archive, member, label, self.limits) as inner:
                        yield from self.split(inner, label, depth + 1)
                except RefusedError as error:
                    yield Refusal.of(label, error)
