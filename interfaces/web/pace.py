"""How often somebody may ask: so many times in so many seconds, remembered in this process."""

from __future__ import annotations

import ipaddress
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from interfaces.web.refusals.refused_requests import TooOften

REMEMBERED: Final = 10_000
"""Beyond so many askers the eldest are forgotten, to bound memory."""


class Pace:
    """Counts what was asked for. `seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._asked: dict[str, deque[float]] = {}
        self._turn = threading.Lock()

    @property
    def remembered(self) -> int:
        """Return how many askers are remembered."""
        return len(self._asked)

    def take(self, who: str, times: int, within_seconds: int) -> None:
        """Count one more request. Raises `TooOften` beyond `times` within so many seconds."""
        with self._turn:
            now = self._seconds()
            asked = self._asked.pop(who, deque())
            self._asked[who] = asked
            while asked and asked[0] <= now - within_seconds:
                asked.popleft()
            if len(asked) >= times:
                raise TooOften(max(1, round(asked[0] + within_seconds - now)))
            asked.append(now)
            while len(self._asked) > REMEMBERED:
                self._asked.pop(next(iter(self._asked)))


def network_of(host: str | None) -> str:
    """Return from where somebody asks: an address, or of version 6 the network that one has."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return "somewhere"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
