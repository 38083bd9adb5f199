import pytest

from khronika.errors import KhronikaError
from khronika.workflows.model_address import (
    ConsentError,
    ModelAddressError,
    address_of,
    check_consent,
    key_from,
)

SECRET = "sk-do-not-tell"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://localhost:8080/v1/", "http://localhost:8080/v1/chat/completions"),
        ("https://models.example/v1/chat/completions", "https://models.example/v1/chat/completions"),
        (" https://models.example ", "https://models.example/chat/completions"),
    ],
)  # fmt: skip
def test_addresses(given: str, url: str) -> None:
    assert address_of(given).url == url


@pytest.mark.parametrize(
    "given",
    [
        "", "models.example", "ftp://models.example", "file:///notes.txt", "http://",
        "https://user:word@models.example/v1", "https://models.example/v1?key=x",
        "https://models.example:port/v1", "https://models.example/v1#x", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address(given: str) -> None:
    with pytest.raises(ModelAddressError) as raised:
        address_of(given)
    assert "word" not in raised.value.problem.replace("password", "")


@pytest.mark.parametrize(
    "given", ["http://127.0.0.1/v1", "http://127.8.9.1/v1", "http://localhost:1/v1", "http://[::1]/v1"]
)  # fmt: skip
def test_this_machine_needs_no_consent(given: str) -> None:
    assert address_of(given).loopback
    check_consent(address_of(given), "")


@pytest.mark.parametrize(
    ("given", "consent", "allowed"),
    [
        ("https://models.example/v1", "models.example", True),
        ("https://models.example/v1", "Models.Example", True),
        ("https://models.example:8443/v1", "models.example:8443", True),
        ("https://models.example/v1", "https://models.example/", True),
        ("https://models.example/v1", "", False),
        ("https://models.example/v1", "other.example", False),
        ("https://models.example.evil.example/v1", "models.example", False),
        ("http://192.168.1.4:8000/v1", "192.168.1.4", False),
        ("http://192.168.1.4:8000/v1", "http://192.168.1.4:8000", True),
        ("http://localhost.evil.example/v1", "localhost", False),
        ("http://0.0.0.0/v1", "", False),
    ],
)
def test_other_machines_are_named(given: str, consent: str, allowed: bool) -> None:
    if allowed:
        check_consent(address_of(given), consent)
        return
    with pytest.raises(ConsentError):
        check_consent(address_of(given), consent)


def test_keys() -> None:
    assert key_from({}) == ""
    assert key_from({"KHRONIKA_LLM_KEY": f" {SECRET}\n"}) == SECRET
    for odd in ("two\nlines", "ключ", "x" * 2000, "\x00"):
        with pytest.raises(KhronikaError) as raised:
            key_from({"KHRONIKA_LLM_KEY": odd})
        assert odd not in str(raised.value)
