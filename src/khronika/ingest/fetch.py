"""Fetching the addresses that a person named, and no other."""

import hashlib
import ipaddress
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from khronika.ingest.captures import MEGABYTE, Facts, Limits, RefusedError, facts_on

if TYPE_CHECKING:
    import httpcore

BASIS = "address it was fetched from"
AGENT = "Khronika (fetches single pages that a person named)"
OK = 200
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BY_HAND = "open it in a browser, save the page and add the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """How addresses are fetched.

    `now` tells the time for the record of the response. Addresses in a private network, on this
    machine or on the local link are refused unless `allow_private`. `seconds` bounds the whole of
    one address, redirects included.
    """

    now: Callable[[], datetime]
    allow_private: bool = False
    seconds: float = 30
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What an address answered, kept as one WARC record (ISO 28500)."""

    record: bytes = field(repr=False)
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


def fetch_page(address: str, fetch: Fetch, limits: Limits) -> Response:
    """Fetch one address, following redirects, each checked as the first was.

    Raises:
        RefusedError: it is not reached, not allowed, too large, too slow or no page.
    """
    until = time.monotonic() + fetch.seconds
    with _pool(fetch) as pool:
        here = address
        for _ in range(fetch.redirects + 1):
            answer = _get(pool, here, until, limits)
            if answer.status not in REDIRECTS:
                return _response(here, answer, fetch)
            here = _next(here, answer)
    raise RefusedError(f"{address} redirects more than {fetch.redirects} times.", remedy=BY_HAND)


@contextmanager
def _pool(fetch: Fetch) -> Iterator["httpcore.ConnectionPool"]:
    """Connections that go only to addresses that were looked up and checked here."""
    import httpcore
    import httpx

    from khronika.ingest.checked import CheckedBackend

    pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False),
        network_backend=CheckedBackend(allow_private=fetch.allow_private),
        http1=True,
        http2=False,
    )
    with pool:
        yield pool


def _get(pool: "httpcore.ConnectionPool", address: str, until: float, limits: Limits) -> _Answer:
    import httpcore
    import httpx

    left = until - time.monotonic()
    try:
        url = httpx.URL(address)
        request = httpx.Request("GET", url, headers={"User-Agent": AGENT, "Accept": "*/*"})
        with pool.stream(
            "GET",
            _core_url(url),
            headers=request.headers.raw,
            extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), left)},
        ) as response:
            return _Answer(
                status=response.status,
                reason=response.extensions.get("reason_phrase", b"").decode("latin-1"),
                headers=tuple(
                    (k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers
                ),
                body=_body(response, address, until, limits),
            )
    except (httpx.InvalidURL, UnicodeError):
        raise RefusedError(f"{address} is no address.", remedy="check its spelling.") from None
    except httpcore.TimeoutException:
        raise _slow(address) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise RefusedError(
            f"{address} could not be reached ({type(error).__name__}).",
            remedy="check the address and the connection, then try again.",
        ) from None


def _core_url(url: Any) -> "httpcore.URL":
    import httpcore

    if url.scheme not in {"http", "https"} or not url.host:
        raise RefusedError(f"{url.scheme}: addresses are not fetched.", remedy=BY_HAND)
    return httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )


def _slow(address: str) -> RefusedError:
    return RefusedError(
        f"{address} did not answer in time.", remedy="try again later, or " + BY_HAND
    )


def _body(response: "httpcore.Response", address: str, until: float, limits: Limits) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_stream():
        size += len(piece)
        if size > limits.report_bytes:
            raise RefusedError(
                f"{address} gives more than {limits.report_bytes / MEGABYTE:g} MB.",
                remedy="save what matters of it and add that.",
            )
        if time.monotonic() > until:
            raise _slow(address)
        pieces.append(piece)
    return b"".join(pieces)


def _next(address: str, answer: _Answer) -> str:
    import httpx

    location = next((v for k, v in answer.headers if k.lower() == "location"), "")
    if not location:
        raise RefusedError(f"{address} redirects to nowhere.", remedy=BY_HAND)
    try:
        return str(httpx.URL(address).join(location))
    except (httpx.InvalidURL, ValueError):
        raise RefusedError(f"{address} redirects to no address.", remedy=BY_HAND) from None


def _response(address: str, answer: _Answer, fetch: Fetch) -> Response:
    if answer.status != OK:
        raise RefusedError(
            f"{address} answered {answer.status} {answer.reason}".rstrip() + ".",
            remedy="check the address; " + BY_HAND,
        )
    if not answer.body:
        raise RefusedError(f"{address} gave an empty page.", remedy=BY_HAND)
    return Response(
        record=_record(address, answer, fetch.now()), facts=facts_on(BASIS, url=address)
    )


def _record(address: str, answer: _Answer, now: datetime) -> bytes:
    """The response as WARC, its body as it came over the line but for the chunks it came in."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    headers = [(k, v) for k, v in answer.headers if k.lower() != "transfer-encoding"]
    status = f"{answer.status} {answer.reason}".rstrip()
    target = BytesIO()
    writer = WARCWriter(target, gzip=False)
    date = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    # The id follows from the content, so that the same response at the same time is one record.
    digest = hashlib.sha256(f"{address} {date} ".encode() + answer.body).hexdigest()
    record = writer.create_warc_record(
        address,
        "response",
        payload=BytesIO(answer.body),
        length=len(answer.body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Date": date,
            "WARC-Record-ID": f"<{uuid.UUID(digest[:32]).urn}>",
        },
    )
    writer.write_record(record)
    record.raw_stream.close()  # a temporary file that the library leaves open
    return target.getvalue()


def resolve(host: str, port: int, *, allow_private: bool) -> tuple[str, ...]:
    """The numeric addresses of `host`, all of them public.

    Raises:
        RefusedError: one of them is not; a name that leads both out and in is a trap.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and not all(map(is_public, numbers)):
        raise RefusedError(
            f"{host} is an address of a private network or of this machine.",
            remedy="save the page and add the file, or allow private addresses.",
        )
    return numbers


def is_public(number: str) -> bool:
    """True for a numeric address that stands for a machine of the open network.

    >>> is_public("192.168.0.1"), is_public("::ffff:127.0.0.1"), is_public("93.184.216.34")
    (False, False, True)
    """
    address = ipaddress.ip_address(number.split("%", 1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _translated(address)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast and not address.is_reserved


TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address not in TRANSLATED:
        return None
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
