"""Where a language model is reached, who has allowed reports to be sent there, and its key."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from khronika.errors import KhronikaError

PATH = "/chat/completions"
LONGEST_KEY = 1_000


class ModelAddressError(KhronikaError):
    """The address of a language model cannot be used as it was given."""

    exit_status = 2


class ConsentError(KhronikaError):
    """Report texts would leave this machine, and nobody has said that they may."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a model is reached; `loopback` is this machine."""

    url: str
    host: str
    port: int
    secure: bool
    loopback: bool

    @property
    def origin(self) -> str:
        """'https://models.example', with the port where it is not the usual one."""
        scheme, usual = ("https", 443) if self.secure else ("http", 80)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def address_of(given: str) -> Address:
    """Read the address of a model as somebody gives it: 'http://127.0.0.1:11434/v1'.

    Raises:
        ModelAddressError: it is none, or holds a password.
    """
    try:
        url = httpx.URL(given.strip())
        port = url.port or (443 if url.scheme == "https" else 80)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        url, port = httpx.URL(""), 0
    if url.scheme not in {"http", "https"} or not url.host:
        raise ModelAddressError(
            "The address of the model is no http or https address.",
            remedy="give it as http://127.0.0.1:11434/v1 or https://models.example/v1.",
        )
    if url.userinfo or url.query or url.fragment:
        raise ModelAddressError(
            "The address of the model holds a name, password or question mark.",
            remedy="leave that out; a key is read from the environment, KHRONIKA_LLM_KEY.",
        )
    path = url.path.rstrip("/")
    whole = path if path.endswith(PATH) else path + PATH
    return Address(
        url=str(url.copy_with(path=whole)),
        host=url.host,
        port=port,
        secure=url.scheme == "https",
        loopback=is_loopback(url.host),
    )


def check_consent(address: Address, consent: str) -> None:
    """See that the reports may go where they would go.

    Args:
        address: of the model.
        consent: the host that was named as one that reports may be sent to, with its port or
            scheme or without. An unencrypted connection must be named with its scheme, http://.

    Raises:
        ConsentError: nobody has named this host.
    """
    if address.loopback:
        return
    named = consent.strip().rstrip("/").lower()
    bare = {address.host, f"{address.host}:{address.port}"} if address.secure else set()
    if named in {address.origin, *bare}:
        return
    plain = "" if address.secure else " unencrypted"
    wanted = address.host if address.secure else address.origin
    raise ConsentError(
        f"The texts of reports would be sent{plain} to {address.host}, which is another machine.",
        remedy=f"use a model on this machine, or allow it with --send-reports-to {wanted}.",
    )


def key_from(environment: Mapping[str, str]) -> str:
    """The key that a server wants, from the environment; "" for none.

    Raises:
        ModelAddressError: it is no key.
    """
    key = environment.get("KHRONIKA_LLM_KEY", "").strip()
    if len(key) > LONGEST_KEY or not key.isascii() or not (key.isprintable() or not key):
        raise ModelAddressError(
            "KHRONIKA_LLM_KEY holds no key: it is too long or has signs that no key has.",
            remedy="set it to the key alone, or unset it.",
        )
    return key


def is_loopback(host: str) -> bool:
    """True for a name or number of this machine."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
