"""The child process that reads foreign formats: frames in, frames out, until its input ends.

Run as `python -m khronika.ingest.child MEMORY_BYTES CPU_SECONDS TEXT_BYTES`. It imports a parser
when the first item needs it, and nothing of the rest of Khronika.
"""

import os
import sys
from dataclasses import dataclass
from typing import IO, Any

from khronika.ingest.captures import RefusedError
from khronika.ingest.confine import confine, grant_seconds
from khronika.ingest.formats import parse
from khronika.ingest.split import Heart, parts
from khronika.ingest.wire import parsed_head, part_head, receive, send

TOO_LARGE = "the file needs more memory than one report may take."
REMEDY = "split it, or save its text alone and add that."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one item may take of this process."""

    cpu_seconds: int
    text_bytes: int


def serve(source: IO[bytes], sink: IO[bytes], bounds: Bounds) -> None:
    """Answer each request until the parent closes the pipe."""
    while (request := receive(source, most=sys.maxsize)) is not None:
        grant_seconds(bounds.cpu_seconds)
        head, data = request
        try:
            if "split" in head:
                hand_on(sink, head, data, bounds)
            else:
                answer(sink, head, data, bounds)
        except BrokenPipeError:  # the parent has gone, or wants no more
            return
        except Exception as error:  # noqa: BLE001 - whatever a parser makes of a hostile file
            send(sink, refusal(error))


def answer(sink: IO[bytes], head: dict[str, Any], data: bytes, bounds: Bounds) -> None:
    """Parse one report and send what was found."""
    parsed = parse(data, head["media_type"], head["declared"])
    body = parsed.text.encode("utf-8", errors="replace")
    if len(body) > bounds.text_bytes:
        raise RefusedError("the file holds more text than one report may.", remedy=REMEDY)
    send(sink, parsed_head(parsed), body)


def hand_on(sink: IO[bytes], head: dict[str, Any], data: bytes, bounds: Bounds) -> None:
    """Send each report of a container, then that this was all."""
    heart = Heart()

    def grant() -> None:
        grant_seconds(bounds.cpu_seconds)
        if heart.beats():
            send(sink, {"alive": True})

    for part in parts(head, data, grant):
        send(sink, part_head(part), part.data)
        grant_seconds(bounds.cpu_seconds)
    send(sink, {"end": True})


def refusal(error: Exception) -> dict[str, Any]:
    """What the parent is told of an error; no more than its class, as a message may quote."""
    if isinstance(error, RefusedError):
        return {"refused": [error.problem, error.remedy]}
    if isinstance(error, MemoryError):
        return {"refused": [TOO_LARGE, REMEDY], "spent": True}
    if isinstance(error, RecursionError):
        return {"refused": ["the file nests too deep to be read.", REMEDY]}
    problem = f"the file is broken or not what it seems ({type(error).__name__})."
    return {"refused": [problem, "open it, save it anew and add that."]}


def main() -> None:
    """Confine this process, then serve."""
    memory, seconds, text_bytes = map(int, sys.argv[1:4])
    # Parsers may write to standard output; the protocol keeps a copy of it to itself.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine(memory)
    serve(sys.stdin.buffer, sink, Bounds(cpu_seconds=seconds, text_bytes=text_bytes))


if __name__ == "__main__":
    main()
