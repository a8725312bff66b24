"""The server of the pages: uvicorn in a thread of its own, which stops when it is asked to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Network
from typing import Final, TypeAlias

import uvicorn
from starlette.types import ASGIApp

_GRACE_SECONDS: Final = 10
"""How long an answer that has begun may take after the server was asked to stop."""


Network: TypeAlias = IPv4Network | IPv6Network


class CannotListen(OSError):
    """The address at which the pages were to be served cannot be had."""

    def __init__(self, host: str, port: int, problem: OSError) -> None:
        super().__init__(
            f"The pages cannot be served at {host}, port {port}: {problem.strerror}. Choose"
            " another port as port in [web] of the configuration, or stop what uses this one"
        )


class PageServer:
    """Serves an application at one address. The port is taken at once; port 0 is any free one.

    `in_front`: whose word is taken for whom they ask (X-Forwarded-For). Raises `CannotListen`.
    """

    def __init__(
        self, application: ASGIApp, host: str, port: int, in_front: Iterable[Network] = ()
    ) -> None:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._socket = socket.create_server((host, port), family=family)
        except OSError as problem:
            raise CannotListen(host, port, problem) from problem
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,
            server_header=False,
            # Never what the environment says besides: it would be nowhere in the configuration.
            forwarded_allow_ips=[str(network) for network in in_front],
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = uvicorn.Server(config)

    @property
    def port(self) -> int:
        """Return the port at which it listens."""
        port: int = self._socket.getsockname()[1]
        return port

    def close(self) -> None:
        """Give the port up without having served anything."""
        self._socket.close()

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve until the block ends; answers that have begun are finished first."""
        thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="pages"
        )
        thread.start()
        try:
            yield
        finally:
            self._server.should_exit = True
            thread.join()
