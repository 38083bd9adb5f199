"""Connections that go to the very address that was checked, so that no later look-up counts."""

from collections.abc import Iterable
from typing import Any

import httpcore

from khronika.ingest.fetch import resolve


class CheckedBackend(httpcore.NetworkBackend):
    """Looks a name up once, refuses private addresses, connects by number (no DNS rebinding)."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers."""
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for number in resolve(host, port, allow_private=self._allow_private):
            try:
                return self._backend.connect_tcp(
                    number, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed
