"""Keeps the tests on this machine: a connection to anywhere else is an error."""

from __future__ import annotations

import ipaddress
import sys


class LeftTheMachine(AssertionError):
    """A test tried to connect to another machine; give it a server on 127.0.0.1 instead."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{self.__doc__} It asked for {host!r}.")
        self.host = host


def forbid_other_machines() -> None:
    """Refuse every connection of this process that leaves the machine. It cannot be undone."""
    sys.addaudithook(_refuse_other_machines)


def _refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    match arguments[1]:
        case (str(host), *_) if not _is_here(host):
            raise LeftTheMachine(host)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
