"""From a capture to its preserved text: plain text here, everything foreign in a child process."""

from types import TracebackType
from typing import Self

from khronika.ingest import sniff
from khronika.ingest.captures import Capture, Limits, Refusal, RefusedError, origin_of
from khronika.ingest.children import Child
from khronika.ingest.formats import parse, plain
from khronika.ingest.layout import Parsed
from khronika.ingest.wire import parsed_from
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Extracted


class Extractor:
    """Extracts texts one by one, with one reused child process; to be used by one thread.

    Usage: `with Extractor(limits) as extractor: extractor.extract(capture)`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child = Child(self._limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._child.close()

    def extract(self, capture: Capture) -> Extracted | Refusal:
        """The text of one report, or why it has none; never raises over what a file holds."""
        try:
            return extracted(capture, self._parse(capture))
        except RefusedError as error:
            return Refusal.of(capture.name, error)

    def _parse(self, capture: Capture) -> Parsed:
        if capture.media_type == sniff.TEXT:
            return plain(capture.data, capture.declared)
        request = {"media_type": capture.media_type, "declared": capture.declared}
        return parsed_from(*self._child.ask(request, capture.data))


def extract(capture: Capture) -> Extracted:
    """The text of one report, parsed in this very process: for reports that one wrote oneself.

    Raises:
        RefusedError: the bytes are broken, encrypted or of a kind that is not read.
    """
    return extracted(capture, parse(capture.data, capture.media_type, capture.declared))


def extracted(capture: Capture, parsed: Parsed) -> Extracted:
    """Join what the container, whoever added it, and the report itself say."""
    digest = sha256(capture.data)
    return Extracted(
        id=report_id(digest),
        sha256=digest,
        media_type=capture.media_type,
        encoding=parsed.encoding,
        text=parsed.text,
        hints=parsed.hints,
        origin=origin_of(capture.name, capture.origin, parsed.facts),
        flags=(*capture.flags, *parsed.flags),
    )
