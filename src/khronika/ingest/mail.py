"""Mail: mailboxes cut into messages, messages read, what is attached handed on."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import BinaryIO

from khronika.ingest import sniff
from khronika.ingest.captures import Facts, RefusedError, facts_on
from khronika.ingest.days import day
from khronika.ingest.decode import decode
from khronika.ingest.layout import Layout, Parsed
from khronika.model.reports import PassageRole as Role

BASIS = "header of the mail"
FROM_LINE = re.compile(rb"From \S{1,300}[^\r\n]{0,200}\d\d:\d\d")
SIGNATURE = re.compile(r"(?m)^-- ?\r?$")
LINE = 1 << 20
READ_ATTACHED = frozenset(
    {sniff.PDF, sniff.DOCX, sniff.ODT, sniff.HTML, sniff.TEXT, sniff.MARKDOWN}
)


def messages(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Each message of a mailbox (RFC 4155), unchanged; None for one of more than `most` bytes."""
    kept: list[bytes] = []
    size = 0
    blank = True
    while line := stream.readline(LINE):
        if blank and FROM_LINE.match(line):
            if size:
                yield _whole(kept, size, most)
            kept, size = [], 0
            blank = False
            continue
        size += len(line)
        if size <= most:
            kept.append(line)
        blank = line in {b"\n", b"\r\n"}
    if size:
        yield _whole(kept, size, most)


def _whole(kept: list[bytes], size: int, most: int) -> bytes | None:
    return b"".join(kept) if size <= most else None


def read_mail(data: bytes) -> Parsed:
    """Subject and text of one message; what is attached is no part of it."""
    message = _parsed(data)
    layout = Layout()
    layout.block(_header(message, "subject"), Role.HEADLINE)
    body = _body(message)
    layout.append(body)
    attached = sum(1 for _ in _attached(message))
    flags = (*body.flags, f"{attached} attached") if attached else body.flags
    return Parsed(
        text=layout.text(),
        hints=layout.hints(),
        facts=_facts(message),
        encoding=body.encoding,
        flags=flags,
    )


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file attached to a message."""
    for part in _attached(_parsed(data)):
        name = part.get_filename() or "attached"
        yield re.sub(r"[\x00-\x1f\\/]+", "_", str(name))[:150], _payload(part)


def _parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def _header(message: EmailMessage, name: str) -> str:
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name), "")
    try:
        # Bytes that were never encoded as the standard asks come as lone surrogates.
        bare = any("\udc80" <= c <= "\udcff" for c in raw)
        data = raw.encode("utf-8", "surrogateescape")
        value = decode(data).text if bare else str(message.get(name, ""))
    except Exception:  # noqa: BLE001 - the header parser fails in many ways on hostile headers
        return ""
    return " ".join(value.split())[:1000]


def _facts(message: EmailMessage) -> Facts:
    return facts_on(
        BASIS,
        title=_header(message, "subject"),
        published=day(re.sub(r"\s*\([^()]*\)$", "", _header(message, "date"))),
        publisher=_sender(message),
    )


def _sender(message: EmailMessage) -> str:
    """The name the sender goes by; never the address, which is contact data."""
    written = _header(message, "from")
    name = written.split("<", 1)[0].strip(" \t\"'") if "<" in written else ""
    return "" if "@" in name else name


def _body(message: EmailMessage) -> Parsed:
    """The plain part, or the page part where the plain one is missing or says much less."""
    plain = _part(message, "text/plain")
    page = _part(message, "text/html")
    shown = _read_page(page) if page is not None else None
    told = _read_plain(plain) if plain is not None else None
    if told is not None and (shown is None or 2 * len(told.text) >= len(shown.text)):
        return told
    return shown or Parsed(text="")


def _part(message: EmailMessage, kind: str) -> Message | None:
    return next((p for p in _inline(message) if p.get_content_type() == kind), None)


def _inline(message: Message) -> Iterator[Message]:
    return (p for p in _leaves(message) if not _is_attached(p))


def _attached(message: Message) -> Iterator[Message]:
    return (p for p in _leaves(message) if _is_attached(p))


def _leaves(message: Message) -> Iterator[Message]:
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting.extend(reversed([p for p in inner if isinstance(p, Message)]))
        else:
            yield part


def _is_attached(part: Message) -> bool:
    kind = str(part.get("content-disposition", "")).strip().lower()
    return kind.startswith("attachment") or not part.get_content_type().startswith("text/")


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (LookupError, ValueError):
        return ""


def _read_plain(part: Message) -> Parsed:
    decoded = decode(_payload(part), _charset(part))
    layout = Layout()
    told, *signature = SIGNATURE.split(decoded.text, maxsplit=1)
    layout.block(told)
    layout.block("".join(signature), Role.BOILERPLATE)
    return Parsed(
        text=layout.text(),
        hints=layout.hints(),
        encoding=decoded.encoding,
        flags=decoded.flags,
    )


def _read_page(part: Message) -> Parsed:
    from dataclasses import replace

    from khronika.ingest.page import declared_charset, read_page

    data = _payload(part)
    decoded = decode(data, _charset(part) or declared_charset(data))
    parsed = read_page(decoded.text)
    return replace(parsed, encoding=decoded.encoding, flags=decoded.flags + parsed.flags)


def refuse_large(name: str) -> RefusedError:
    """What is said of a message over the limit."""
    return RefusedError(
        f"{name} is over the limit for one report.",
        remedy="save its text or what is attached and add that.",
    )
