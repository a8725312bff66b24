"""What takes long never holds every thread: others are answered meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from inspect import iscoroutinefunction
from queue import SimpleQueue
from threading import Event

from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from starlette.routing import Route

from interfaces.web.pages import health
from interfaces.web.taking_turns import AT_ONCE, Turns, of_true_days
from tests.interfaces.web.browsing import ADDRESS, Pages
from tests.interfaces.web.test_evidence import program


def test_a_few_at_once_and_whoever_waits_holds_no_thread() -> None:
    begun: SimpleQueue[int] = SimpleQueue()
    goes_on = Event()

    @Turns("tried")
    def long(number: int) -> int:
        begun.put(number)
        assert goes_on.wait(10)
        return number

    async def all_at_once() -> list[int]:
        asked = [asyncio.create_task(long(number=one)) for one in range(AT_ONCE + 3)]
        for _ in range(AT_ONCE):
            await run_sync(begun.get)
        current_default_thread_limiter().total_tokens = 1
        assert await run_sync(lambda: "another page") == "another page"
        assert begun.empty()
        goes_on.set()
        return [await one for one in asked]

    assert asyncio.run(all_at_once()) == list(range(AT_ONCE + 3))


def test_the_process_says_that_it_is_alive_while_every_thread_is_busy() -> None:
    application, goes_on = FastAPI(openapi_url=None), Event()
    application.router.routes.extend(health.pages.router.routes)

    async def ask() -> str:
        current_default_thread_limiter().total_tokens = 1
        busy = asyncio.create_task(run_sync(goes_on.wait))
        await asyncio.sleep(0)
        transport = ASGITransport(application)
        async with AsyncClient(transport=transport, base_url="https://record") as client:
            told = (await client.get("/health")).text
        goes_on.set()
        await busy
        return told

    assert asyncio.run(ask()) == "alive\n"


def test_what_was_true_on_a_day_waits_its_turn_and_today_does_not(pages: Pages) -> None:
    token = program(pages, "person-1").client.headers["authorization"]
    asked = ("/api/v1/board", "/api/v1/board.csv", "/api/v1/plans")

    async def ask() -> list[int]:
        transport = ASGITransport(pages.served)
        async with (
            AsyncClient(transport=transport, base_url=ADDRESS, headers={"authorization": token})
            as client, AsyncExitStack() as busy,
        ):  # fmt: skip
            for _ in range(AT_ONCE):
                await busy.enter_async_context(of_true_days.turn())
            waiting = [
                asyncio.create_task(client.get(path, params={"true-on": "2025-03-31"}))
                for path in asked
            ]
            assert [(await client.get(path)).status_code for path in asked] == [200] * 3
            assert not any(one.done() for one in waiting)
            await busy.aclose()
            return [(await one).status_code for one in waiting]

    assert asyncio.run(ask()) == [200] * 3


def test_what_walks_through_history_or_asks_a_provider_takes_turns(pages: Pages) -> None:
    waits = {
        route.path
        for route in pages.routes
        if isinstance(route, Route) and iscoroutinefunction(route.endpoint)
    }
    assert waits == {
        "/health",
        "/replay",
        "/import",
        "/import/check",
        "/import/store",
        "/api/v1/import",
        "/api/v1/import/dry-run",
        "/charts",
        "/changes",
        "/record/pack",
        "/account/sign-in",
        "/account/connect",
        "/account/back",
        "/api/v1/replay",
        "/api/v1/colours",
        "/api/v1/changes",
        "/api/v1/record/pack",
    }
