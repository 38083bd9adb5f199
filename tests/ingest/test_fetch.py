import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.builders import SENTENCE, a_pdf
from khronika.ingest import fetch as fetching
from khronika.ingest.captures import Capture, Limits, Refusal
from khronika.ingest.extract import Extractor
from khronika.ingest.fetch import Fetch, is_public
from khronika.ingest.sniff import WARC
from khronika.ingest.sources import read_sources
from khronika.model.reports import Extracted, Known

NOW = datetime(2021, 3, 5, 12, tzinfo=UTC)
PAGE = f"<html><body><p>{SENTENCE}</p></body></html>".encode("utf-16")


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, _, rest = self.path[1:].partition("/")
        getattr(self, f"_{kind}")(rest)

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _page(self, rest: str) -> None:
        self._answer(200, PAGE, Content_Type="text/html")

    def _pdf(self, rest: str) -> None:
        self._answer(200, a_pdf([["Statement of the editor"]]), Content_Type="text/html")

    def _to(self, rest: str) -> None:
        self._answer(302, Location=rest)

    def _round(self, rest: str) -> None:
        self._answer(302, Location="/round/" + rest + "x")

    def _nowhere(self, rest: str) -> None:
        self._answer(302)

    def _gone(self, rest: str) -> None:
        self._answer(410)

    def _empty(self, rest: str) -> None:
        self._answer(200)

    def _large(self, rest: str) -> None:
        self._answer(200, b"x" * 100_000)

    def _slow(self, rest: str) -> None:
        time.sleep(3)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def get(address: str, **settings: float) -> Capture | Refusal:
    fetch = Fetch(
        now=lambda: NOW,
        allow_private=bool(settings.pop("allow_private", True)),
        seconds=settings.pop("seconds", 20),
    )
    (found,) = read_sources([address], None, Limits(report_bytes=50_000), fetch)
    return found


def text_at(address: str) -> Extracted:
    with Extractor() as extractor:
        capture = get(address)
        assert isinstance(capture, Capture), capture
        found = extractor.extract(capture)
        assert isinstance(found, Extracted), found
        return found


def test_a_page_is_kept_as_the_record_of_the_response(site: str) -> None:
    capture = get(site + "/page")
    assert isinstance(capture, Capture)
    assert capture.media_type == WARC
    assert capture.data.startswith(b"WARC/1.0\r\n")
    assert b"WARC-Date: 2021-03-05T12:00:00Z" in capture.data
    assert PAGE in capture.data


def test_a_page_is_read_and_its_address_known(site: str) -> None:
    found = text_at(site + "/page")
    assert found.text == SENTENCE
    basis = "address it was fetched from"
    assert found.origin.url == Known(value=site + "/page", basis=basis)
    assert found.origin.published == Known()


def test_a_document_is_told_by_its_content(site: str) -> None:
    assert text_at(site + "/pdf").text == "Statement of the editor"


def test_redirects_are_followed(site: str) -> None:
    found = text_at(f"{site}/to//to//page")
    assert found.text == SENTENCE
    assert found.origin.url.value == site + "/page"


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/round/", "redirects more than 5 times"),
        ("/nowhere", "nowhere"),
        ("/gone", "answered 410"),
        ("/empty", "empty"),
        ("/large", "gives more than"),
        ("/to/ftp://velmora.example/", "not fetched"),
        ("/to/file:///etc/passwd", "not fetched"),
    ],
)
def test_what_is_no_report_is_refused(path: str, word: str, site: str) -> None:
    found = get(site + path)
    assert isinstance(found, Refusal)
    assert word in found.problem
    assert found.remedy


def test_a_slow_site_is_refused(site: str) -> None:
    found = get(site + "/slow", seconds=0.5)
    assert isinstance(found, Refusal)
    assert "in time" in found.problem


def test_a_private_address_is_refused_unless_allowed(site: str) -> None:
    found = get(site + "/page", allow_private=False)
    assert isinstance(found, Refusal)
    assert "private" in found.problem


def test_a_redirect_into_a_private_network_is_refused(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback = is_public
    monkeypatch.setattr(fetching, "is_public", lambda n: n == "127.0.0.1" or loopback(n))
    found = get(f"{site}/to/http://10.0.0.1/", allow_private=False)
    assert isinstance(found, Refusal)
    assert "10.0.0.1 is an address of a private network" in found.problem


def test_a_name_that_leads_both_out_and_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: both)
    found = get("http://velmora.example/", allow_private=False)
    assert isinstance(found, Refusal)
    assert "private" in found.problem


def test_a_site_that_is_not_there() -> None:
    found = get("http://127.0.0.1:9/")
    assert isinstance(found, Refusal)
    assert "could not be reached" in found.problem


@pytest.mark.parametrize("address", ["http://", "http://[::1", "https://\x00/", "http://a b/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert isinstance(get(address), Refusal)


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1",
     "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "224.0.0.1",
     "100.64.0.1", "255.255.255.255", "2002:a00:1::"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_network(number: str) -> None:
    assert not is_public(number)
