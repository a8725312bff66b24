"""What takes long waits its turn, so that it never holds every thread that answers pages.

A walk through ten years, a pack of proofs, a long document, or a provider that does not answer
keeps a thread busy for seconds. Whoever waits for such a thing waits without a thread; everybody
else goes on.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial, wraps
from typing import Any, Final

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from fastapi import Request, Response
from fastapi.routing import APIRoute
from typing_extensions import override

from interfaces.web.visit import TRUE_ON

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

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and keep it until the block ends."""
        limiter, whoever = self._of_this_loop(), object()
        await limiter.acquire_on_behalf_of(whoever)
        try:
            yield
        finally:
            limiter.release_on_behalf_of(whoever)

    def _of_this_loop(self) -> CapacityLimiter:
        try:
            return self._limiter.get()
        except LookupError:
            limiter = CapacityLimiter(AT_ONCE)
            self._limiter.set(limiter)
            return limiter


of_history: Final = Turns("what walks through history")
of_provider: Final = Turns("what asks a provider of accounts")
of_documents: Final = Turns("what reads documents that are imported")
of_true_days: Final = Turns("what folds the log for what was true on a day")


class InTurn(APIRoute):
    """A route that waits its turn wherever it is asked for what was true on a day."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            # Where something is sent nothing of the past is shown, and it may come in slowly.
            if request.method not in {"GET", "HEAD"} or not request.query_params.get(TRUE_ON):
                return await handle(request)
            async with of_true_days.turn():
                return await handle(request)

        return answer
