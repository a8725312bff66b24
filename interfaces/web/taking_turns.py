"""What takes long waits its turn, so that it never holds every thread that answers pages.

A walk through ten years, a pack of proofs, or a provider that does not answer keeps a thread busy
for seconds. Whoever waits for such a thing waits without a thread; everybody else goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

AT_ONCE: Final = 4
"""So many answers of a kind are worked on at once; the others wait in the order they came."""


class Turns:
    """The few threads for one kind of thing that takes long. As a decorator: of an endpoint."""

    def __init__(self, name: str) -> None:
        self._limiter: Final[RunVar[CapacityLimiter]] = RunVar(name)

    def __call__(self, endpoint: Callable[..., Any]) -> Callable[..., Any]:
        """Let one of these threads answer, however many others there are."""

        @wraps(endpoint)
        async def answer(*args: object, **asked: object) -> object:
            return await run_sync(partial(endpoint, *args, **asked), limiter=self._of_this_loop())

        return answer

    def _of_this_loop(self) -> CapacityLimiter:
        try:
            return self._limiter.get()
        except LookupError:
            limiter = CapacityLimiter(AT_ONCE)
            self._limiter.set(limiter)
            return limiter


of_history: Final = Turns("what walks through history")
of_provider: Final = Turns("what asks a provider of accounts")
