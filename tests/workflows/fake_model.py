"""A model's server on this machine that answers, fails, drips or lies as it is told to."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Said:
    """One answer of the server."""

    content: Any = ""
    status: int = 200
    body: bytes | None = None  # instead of an answer as such servers give it
    headers: dict[str, str] = field(default_factory=dict)
    usage: Any = None
    finish: str = "stop"
    before: float = 0.0  # seconds until it answers
    drip: float = 0.0  # seconds between two bytes
    drip_head: float = 0.0  # seconds between two bytes of what stands before the answer
    close: bool = False  # without a word

    def bytes(self) -> bytes:
        if self.body is not None:
            return self.body
        if self.status != 200:
            return b'{"error": {"message": "no"}}'
        message = {"role": "assistant", "content": self.content}
        answer = {"choices": [{"message": message, "finish_reason": self.finish}]}
        return json.dumps({**answer, "usage": self.usage or {}}).encode()


class Handler(BaseHTTPRequestHandler):
    server: "Server"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        said = self.server.fake.answer(self.path, dict(self.headers), asked)
        time.sleep(said.before)
        if said.close:
            self.close_connection = True
            return
        try:
            self._write(said)
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def _write(self, said: Said) -> None:
        body = said.bytes()
        if said.drip_head:
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 1000, said.drip_head)
        self.send_response(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not said.drip:
            self.wfile.write(body)
            return
        self._drip(body, said.drip)

    def _drip(self, data: bytes, seconds: float) -> None:
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(seconds)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a handshake that the other side broke off

    fake: "FakeModel"


Answer = Said | Callable[[dict[str, Any]], Said]


class FakeModel:
    """What the server says, one after the other, the last for ever; and what it was asked."""

    def __init__(self, url: str, *said: Answer) -> None:
        self.url = url
        self.said = list(said)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._lock = threading.Lock()

    def answer(self, path: str, headers: dict[str, str], asked: dict[str, Any]) -> Said:
        with self._lock:
            self.asked.append(asked)
            self.headers.append(headers)
            self.paths.append(path)
            said = self.said.pop(0) if len(self.said) > 1 else self.said[0]
        return said(asked) if callable(said) else said


@contextmanager
def fake_model(*said: Answer, certificate: tuple[Path, Path] | None = None) -> Iterator[FakeModel]:
    """A server that is up for as long as a test runs; encrypted if it has a certificate and key."""
    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.fake = FakeModel(f"http://127.0.0.1:{server.server_port}/v1", *said)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def passages(asked: dict[str, Any]) -> str:
    """The part of a question that is the report."""
    found = asked["messages"][1]["content"]
    assert isinstance(found, str)
    return found
