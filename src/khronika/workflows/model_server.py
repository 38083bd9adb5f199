"""A language model behind an OpenAI-compatible address, asked over HTTP: one request, one reply."""

import json
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpcore
import httpx

from khronika.coding.llm import (
    NoAnswerError,
    Reply,
    Request,
    StopAskingError,
    TryAgainError,
)
from khronika.errors import KhronikaError
from khronika.workflows.model_address import Address, is_loopback

LARGEST = 4 * 1024 * 1024  # bytes of a reply
FORMATS = ("json_schema", "json_object", "")  # what is asked for, best first
AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
SHAPE = frozenset({400, 415, 422, 501})  # what a server answers that does not know an option
OTHER = "check the address and the name of the model; try another one."


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a request is put; servers differ in the options that they know."""

    format: int = 0
    limit: str = "max_tokens"
    temperature: bool = True


@dataclass(slots=True)
class ModelServer:
    """Sends requests to one address and to no other: it follows no redirect and uses no proxy.

    Attributes:
        address: where the model is.
        model: its name there.
        key: sent with each request; never stored and never part of a message.
        seconds: how long one request may take, from first to last byte.
        clock: seconds that only grow.
        now: the time, for a date in Retry-After.
    """

    address: Address
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 300.0
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _shape: _Shape = field(default=_Shape(), init=False)
    _tls: ssl.SSLContext | None = field(default=None, init=False, repr=False)

    def send(self, request: Request) -> Reply:
        """Send one request once; see `Transport`."""
        shape = self._shape
        status, headers, body = self._post(self._payload(request, shape))
        if status == 200:
            return _reply(body)
        if status in SHAPE:
            self._reshape(shape, body)
        raise self._refused(status, headers)

    def _payload(self, request: Request, shape: _Shape) -> bytes:
        asked: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            shape.limit: request.most,
            "stream": False,
        }
        if shape.temperature:
            asked["temperature"] = 0
        if FORMATS[shape.format] == "json_schema":
            schema = {"name": "acts", "strict": True, "schema": request.schema}
            asked["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif FORMATS[shape.format]:
            asked["response_format"] = {"type": FORMATS[shape.format]}
        return json.dumps(asked).encode()

    def _post(self, payload: bytes) -> tuple[int, dict[str, str], bytes]:
        until = self.clock() + self.seconds
        headers: dict[bytes | str, bytes | str] = {
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        headers["Host"] = httpx.Request("POST", self.address.url).headers["Host"]
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            backend = _Bounded(until, self.clock, loopback=self.address.loopback)
            with (
                httpcore.ConnectionPool(
                    ssl_context=self._context(), network_backend=backend
                ) as pool,
                pool.stream("POST", self.address.url, headers=headers, content=payload) as response,
            ):
                told = {
                    k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers
                }
                return response.status, told, self._body(response)
        except httpcore.TimeoutException:
            raise TryAgainError("The model did not answer in time.") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            if _is_untrusted(error):
                raise StopAskingError(
                    "The model's server shows a certificate that nobody vouches for;"
                    " nothing was sent.",
                    remedy="check the address; for an authority of your own, name its file in the"
                    " environment variable SSL_CERT_FILE.",
                ) from None
            raise TryAgainError(
                f"The model could not be reached ({type(error).__name__})."
            ) from None

    def _context(self) -> ssl.SSLContext | None:
        if self.address.secure and self._tls is None:
            self._tls = httpx.create_ssl_context()
        return self._tls

    def _body(self, response: httpcore.Response) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_stream():
            size += len(piece)
            if size > LARGEST:
                raise NoAnswerError(
                    f"The model's reply is larger than {LARGEST // 1024**2} MB.", remedy=OTHER
                )
            pieces.append(piece)
        return b"".join(pieces)

    def _reshape(self, shape: _Shape, body: bytes) -> None:
        """Put the next requests in a way that an older or newer server knows, if there is one."""
        said = body[:20_000].decode("utf-8", "replace")
        if "max_completion_tokens" in said and shape.limit == "max_tokens":
            fitting = replace(shape, limit="max_completion_tokens")
        elif "temperature" in said and shape.temperature:
            fitting = replace(shape, temperature=False)
        elif shape.format + 1 < len(FORMATS):
            fitting = replace(shape, format=shape.format + 1)
        else:
            return
        self._shape = fitting
        raise TryAgainError("The model's server does not know an option.", wait=0.0)

    def _refused(self, status: int, headers: Mapping[str, str]) -> KhronikaError:
        if status in AGAIN:
            wait = _wait(headers.get("retry-after", ""), self.now())
            return TryAgainError(f"The model's server answered {status}.", wait=wait)
        if status in SHAPE:
            return NoAnswerError(
                f"The model's server refused the question ({status}).",
                remedy="the passages may be too long for this model: try another one.",
            )
        if status in {401, 403}:
            return StopAskingError(
                f"The model's server asks for a key or refuses the one it got ({status}).",
                remedy="put the key into the environment variable KHRONIKA_LLM_KEY.",
            )
        if 300 <= status < 400:
            return StopAskingError(
                f"The model's server sends questions on to another address ({status});"
                " nothing was sent there.",
                remedy="give the address that it should be asked at.",
            )
        return StopAskingError(f"The model's server answered {status}.", remedy=OTHER)


def _is_untrusted(error: Exception) -> bool:
    causes = (*error.args, error.__cause__)
    return any(isinstance(each, ssl.SSLCertVerificationError) for each in causes)


def _reply(body: bytes) -> Reply:
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise NoAnswerError("The model's reply cannot be read.", remedy=OTHER) from None
    if isinstance(content, list):  # some servers answer in parts
        content = "".join(
            part["text"]
            for part in content
            if isinstance(part, dict) and isinstance(part.get("text"), str)
        )
    if not isinstance(content, str) or not content.strip():
        raise NoAnswerError("The model answered nothing.", remedy=OTHER)
    cut = choice.get("finish_reason") == "length"
    return Reply(text=content, tokens=_tokens(data.get("usage")), cut=cut)


def _tokens(usage: Any) -> int:
    """The tokens that the server counted; 0 where it says none that can be."""
    if not isinstance(usage, dict):
        return 0
    counts = [usage.get(key) for key in ("prompt_tokens", "completion_tokens")]
    return sum(n for n in counts if isinstance(n, int) and 0 < n < 10**9)


def _wait(said: str, now: datetime) -> float | None:
    """The seconds of a Retry-After (RFC 9110, section 10.2.3), or None."""
    if said.strip().isascii() and said.strip().isdigit():
        return float(said.strip()[:9])
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


class _Bounded(httpcore.NetworkBackend):
    """Connections that all end at one time, so that a server that drips holds nobody up."""

    def __init__(self, until: float, clock: Callable[[], float], *, loopback: bool) -> None:
        self._until = until
        self._clock = clock
        self._loopback = loopback
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the time that is left counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect; a name of this machine that leads elsewhere is refused."""
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for number in _numbers(host, port) if self._loopback else (host,):
            left = _left(self._until, self._clock)
            try:
                stream = self._backend.connect_tcp(
                    number, port, left, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                failed = error
            else:
                return _Stream(stream, self._until, self._clock)
        raise failed


def _numbers(host: str, port: int) -> tuple[str, ...]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(is_loopback(number) for number in numbers):
        raise StopAskingError(
            f"{host} is not this machine; nothing was sent.",
            remedy="name the machine by its own address.",
        )
    return numbers


def _left(until: float, clock: Callable[[], float]) -> float:
    left = until - clock()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left


class _Stream(httpcore.NetworkStream):
    """A connection of which each wait is cut to the time that is left."""

    def __init__(
        self, stream: httpcore.NetworkStream, until: float, clock: Callable[[], float]
    ) -> None:
        self._stream = stream
        self._until = until
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read what is there within the time that is left."""
        return self._stream.read(max_bytes, _left(self._until, self._clock))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write within the time that is left."""
        self._stream.write(buffer, _left(self._until, self._clock))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Encrypt within the time that is left."""
        left = _left(self._until, self._clock)
        return _Stream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._until, self._clock
        )

    def get_extra_info(self, info: str) -> Any:
        """What the connection below says of itself."""
        return self._stream.get_extra_info(info)
