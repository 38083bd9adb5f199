"""How a child process and its parent talk: frames of a JSON head and a body of bytes.

Nothing is pickled: a child that a hostile file took over can only send data.
"""

import json
import struct
from typing import IO, Any

from khronika.errors import KhronikaError
from khronika.ingest.captures import FACTS, Facts
from khronika.ingest.layout import Parsed
from khronika.ingest.split import Part
from khronika.model.anchors import Span
from khronika.model.reports import Hint, Known, PassageRole

LENGTHS = struct.Struct(">IQ")
MOST_HEAD = 256 * 1024 * 1024


class WireError(KhronikaError):
    """The other side sent what the protocol does not allow, or went away."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, remedy="the file is refused; add the others without it.")


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame."""
    packed = json.dumps(head, separators=(",", ":")).encode()
    stream.write(LENGTHS.pack(len(packed), len(body)))
    stream.write(packed)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame with a body of at most `most` bytes; None where the stream has ended."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head_length, body_length = LENGTHS.unpack(lengths)
    if head_length > MOST_HEAD or body_length > most:
        raise WireError("a parser gave more than its limit allows.")
    head, body = stream.read(head_length), stream.read(body_length)
    if len(head) < head_length or len(body) < body_length:
        return None
    return json.loads(head), body


def parsed_head(parsed: Parsed) -> dict[str, Any]:
    """All of a parsed report but its text, as plain data."""
    return {
        "encoding": parsed.encoding,
        "flags": list(parsed.flags),
        "hints": [[h.span.start, h.span.end, h.role.value] for h in parsed.hints],
        "facts": facts_plain(parsed.facts),
    }


def parsed_from(head: dict[str, Any], body: bytes) -> Parsed:
    """The inverse of `parsed_head`; hints that do not lie in the text are not let through."""
    text = body.decode("utf-8")
    hints = tuple(
        Hint(span=Span(int(start), int(end)), role=PassageRole(role))
        for start, end, role in head["hints"]
        if 0 <= start < end <= len(text)
    )
    return Parsed(
        text=text,
        hints=hints,
        facts=facts_from(head["facts"]),
        encoding=str(head["encoding"]),
        flags=tuple(map(str, head["flags"])),
    )


def part_head(part: Part) -> dict[str, Any]:
    """All of a container's part but its bytes."""
    return {
        "label": part.label,
        "media_type": part.media_type,
        "declared": part.declared,
        "facts": facts_plain(part.facts),
    }


def part_from(head: dict[str, Any], body: bytes) -> Part:
    """The inverse of `part_head`."""
    return Part(
        label=str(head["label"]),
        data=body,
        media_type=str(head["media_type"]),
        declared=str(head["declared"]),
        facts=facts_from(head["facts"]),
    )


def facts_plain(facts: Facts) -> dict[str, list[str]]:
    """Facts as plain data: value and basis."""
    known = {key: getattr(facts, key) for key in FACTS}
    return {key: [value.value, value.basis] for key, value in known.items() if value is not None}


def facts_from(data: dict[str, list[str]]) -> Facts:
    """The inverse of `facts_plain`."""
    return Facts(
        **{
            key: Known(value=str(value), basis=str(basis))
            for key, (value, basis) in data.items()
            if key in FACTS
        }
    )
