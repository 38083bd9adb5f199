import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from khronika.coding.llm import NoAnswerError, Request, StopAskingError, TryAgainError
from khronika.workflows.model_address import address_of
from khronika.workflows.model_server import LARGEST, ModelServer
from workflows.fake_model import FakeModel, Said, fake_model

REQUEST = Request(system="a task", user="a report", schema={"type": "object"}, most=50)
NOW = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
SECRET = "sk-do-not-tell"


def server_for(fake: FakeModel, **given: Any) -> ModelServer:
    return ModelServer(
        address=address_of(fake.url), model="toy", seconds=given.pop("seconds", 5),
        now=lambda: NOW, **given,
    )  # fmt: skip


def test_it_asks_as_such_servers_are_asked() -> None:
    with fake_model(Said("{}", usage={"prompt_tokens": 7, "completion_tokens": 5})) as fake:
        reply = server_for(fake).send(REQUEST)
    assert (reply.text, reply.tokens, reply.cut) == ("{}", 12, False)
    [asked] = fake.asked
    assert fake.paths == ["/v1/chat/completions"]
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert asked["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert (asked["model"], asked["temperature"], asked["max_tokens"]) == ("toy", 0, 50)
    assert "Authorization" not in fake.headers[0]


def test_the_key_goes_to_the_server_and_nowhere_else() -> None:
    with fake_model(Said("{}")) as fake:
        server = server_for(fake, key=SECRET)
        server.send(REQUEST)
    assert fake.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert SECRET not in repr(server)


def test_a_server_that_knows_no_schema_is_asked_more_plainly() -> None:
    def old(asked: dict[str, Any]) -> Said:
        return Said("{}") if "response_format" not in asked else Said(status=400)

    with fake_model(old) as fake:
        server = server_for(fake)
        for _ in range(2):
            with pytest.raises(TryAgainError) as raised:
                server.send(REQUEST)
            assert raised.value.wait == 0
        assert server.send(REQUEST).text == "{}"
        assert server.send(REQUEST).text == "{}"
    formats = [asked.get("response_format", {}).get("type") for asked in fake.asked]
    assert formats == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    ("complaint", "key", "gone"),
    [
        ("use 'max_completion_tokens' instead", "max_completion_tokens", "max_tokens"),
        ("'temperature' does not support 0", "max_tokens", "temperature"),
    ],
)
def test_options_that_a_server_refuses_are_put_otherwise(
    complaint: str, key: str, gone: str
) -> None:
    refusal = Said(status=400, body=complaint.encode())
    with fake_model(refusal, Said("{}")) as fake:
        server = server_for(fake)
        with pytest.raises(TryAgainError):
            server.send(REQUEST)
        server.send(REQUEST)
    assert key in fake.asked[1]
    assert gone not in fake.asked[1]


def test_a_server_that_refuses_everything_is_not_asked_for_ever() -> None:
    with fake_model(Said(status=422)) as fake:
        server = server_for(fake)
        for _ in range(2):
            with pytest.raises(TryAgainError):
                server.send(REQUEST)
        with pytest.raises(NoAnswerError):
            server.send(REQUEST)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        (Said(status=429, headers={"Retry-After": "7"}), 7.0),
        (Said(status=503, headers={"Retry-After": "Wed, 02 Jan 2030 03:04:35 GMT"}), 30.0),
        (Said(status=503, headers={"Retry-After": "Wed, 02 Jan 2029 03:04:35 GMT"}), 0.0),
        (Said(status=429, headers={"Retry-After": "soon"}), None),
        (Said(status=500), None),
        (Said(status=502, body=b"<html>"), None),
        (Said(close=True), None),
    ],
)
def test_what_may_pass_is_tried_again(said: Said, wait: float | None) -> None:
    with fake_model(said) as fake, pytest.raises(TryAgainError) as raised:
        server_for(fake).send(REQUEST)
    assert raised.value.wait == wait


@pytest.mark.parametrize("status", [401, 403, 404, 405, 418])
def test_what_will_not_pass_stops_asking(status: int) -> None:
    with fake_model(Said(status=status)) as fake, pytest.raises(StopAskingError) as raised:
        server_for(fake, key=SECRET).send(REQUEST)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nothing_is_sent_on(status: int) -> None:
    with fake_model(Said("{}")) as other:
        moved = Said(status=status, headers={"Location": f"{other.url}/chat/completions"})
        with fake_model(moved) as fake, pytest.raises(StopAskingError, match="nothing was sent"):
            server_for(fake).send(REQUEST)
    assert other.asked == []


@pytest.mark.parametrize(
    "said",
    [
        Said(body=b""),
        Said(body=b"not JSON"),
        Said(body=b"[" * 100_000),
        Said(body=b'{"choices": []}'),
        Said(body=b'{"choices": [{"message": {}}]}'),
        Said(body=b'{"choices": [7]}'),
        Said(content=""),
        Said(content="  \n"),
        Said(content=None),
        Said(content={"acts": []}),
        Said(body=b"x" * (LARGEST + 1)),
    ],
)
def test_what_is_no_reply_is_no_answer(said: Said) -> None:
    with fake_model(said) as fake, pytest.raises(NoAnswerError):
        server_for(fake).send(REQUEST)


def test_a_reply_in_parts_is_one() -> None:
    parts = [{"type": "text", "text": '{"acts"'}, {"type": "text", "text": ": []}"}, 7]
    with fake_model(Said(parts, finish="length")) as fake:
        reply = server_for(fake).send(REQUEST)
    assert (reply.text, reply.cut) == ('{"acts": []}', True)


@pytest.mark.parametrize("usage", [None, 7, {"prompt_tokens": -4}, {"prompt_tokens": "many"}])
def test_tokens_that_nobody_counted_are_none(usage: Any) -> None:
    with fake_model(Said("{}", usage=usage)) as fake:
        assert server_for(fake).send(REQUEST).tokens == 0


@pytest.mark.parametrize(
    "said", [Said("{}", before=5), Said("{}" * 50, drip=0.1), Said("{}", drip_head=0.1)]
)
def test_a_slow_answer_ends_in_time(said: Said) -> None:
    with fake_model(said) as fake:
        started = time.monotonic()
        with pytest.raises(TryAgainError, match="in time"):
            server_for(fake, seconds=0.5).send(REQUEST)
    assert time.monotonic() - started < 3


def test_a_server_that_is_not_there_may_come_up() -> None:
    with fake_model(Said("{}")) as fake:
        gone = server_for(fake)
    with pytest.raises(TryAgainError, match="could not be reached"):
        gone.send(REQUEST)


def test_a_name_of_this_machine_that_leads_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import socket

    elsewhere = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: elsewhere)
    server = ModelServer(address=address_of("http://localhost:1/v1"), model="toy", seconds=1)
    with pytest.raises(StopAskingError, match="not this machine"):
        server.send(REQUEST)


def test_proxies_of_the_environment_see_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_model(Said("{}")) as proxy, fake_model(Said("{}")) as fake:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        server_for(fake).send(REQUEST)
    assert (len(fake.asked), proxy.asked) == (1, [])


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_a_certificate_that_nobody_vouches_for_stops_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, shown = tmp_path / "key.pem", tmp_path / "shown.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(shown)]
    subprocess.run([*make, *names], check=True, capture_output=True)
    with fake_model(Said("{}"), certificate=(shown, key)) as fake:
        secure = fake.url.replace("http://127.0.0.1", "https://localhost")
        server = ModelServer(address=address_of(secure), model="toy", seconds=5)
        with pytest.raises(StopAskingError, match="nothing was sent"):
            server.send(REQUEST)
        assert fake.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(shown))
        server = ModelServer(address=address_of(secure), model="toy", seconds=5)
        assert server.send(REQUEST).text == "{}"
