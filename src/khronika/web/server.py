"""Serving a record on this machine, and on no other."""

import gc
import ipaddress
import logging
import socket
from collections.abc import Callable
from threading import Thread

import uvicorn

from khronika.errors import KhronikaError
from khronika.web.app import create_app
from khronika.web.security import Settings
from khronika.workflows.record import Record

THREADS_LIMIT = 64  # requests that wait at once; more are refused by the server


class AddressError(KhronikaError):
    """The record cannot be served there."""

    exit_status = 2


def serve(record: Record, settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve a record until it is stopped.

    Args:
        record: what is served.
        settings: where; a port of 0 takes any that is free.
        ready: is told the address once it can be opened.

    Raises:
        AddressError: the address is not one of this machine alone, or is in use.
        OldLinksError: an earlier version linked the record.
    """
    refuse_others(settings.host)
    record.review_counts()  # makes a queue that is due, and says now what no page could show
    listening = _listening(settings)
    settings = Settings(
        host=settings.host,
        port=listening.getsockname()[1],
        key=settings.key,
        reviewer=settings.reviewer,
        language=settings.language,
    )
    config = uvicorn.Config(
        create_app(record, settings),
        log_config=None,  # addresses of pages hold ids and queries; none is written anywhere
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="off",
        limit_concurrency=THREADS_LIMIT,
        timeout_keep_alive=30,
        h11_max_incomplete_event_size=64 * 1024,
        http="h11",
    )
    logs = logging.getLogger("uvicorn.error")  # of a fault it tells the values, which are personal
    logs.addHandler(logging.NullHandler())
    logs.propagate = False
    ready(settings.address)
    Thread(target=_warm, args=(record,), daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def _warm(record: Record) -> None:
    from khronika.workflows.warming import warm  # noqa: PLC0415  what linking reads takes seconds

    warm(record)
    gc.collect()
    gc.freeze()  # what stays for good is gone through no more, which took a third of a second


def refuse_others(host: str) -> None:
    """Refuse every address that another machine could reach.

    Raises:
        AddressError: it is none of this machine's own.
    """
    try:
        own = ipaddress.ip_address(host).is_loopback
    except ValueError:
        own = False
    if not own:
        raise AddressError(
            f"{host!r} is not an address that only this machine reaches; nothing is served there.",
            remedy="leave --host out, or use 127.0.0.1 or ::1. Serving others needs accounts, "
            "which this version does not have.",
        )


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With the protocol named, asyncio lets small segments go at once (TCP_NODELAY).
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((settings.host, settings.port))
        found.listen()  # who opens the address before the pages are ready waits
    except OSError as error:
        found.close()
        raise AddressError(
            f"Port {settings.port} cannot be used: {error.strerror}.",
            remedy="name another with --port, or leave --port out and take any that is free.",
        ) from None
    return found
