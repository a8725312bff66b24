"""The server itself: whose word it takes for whom they ask, and that what has begun is finished."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from interfaces.web.server import PageServer

IN_FRONT = ip_network("127.0.0.1")
begun, goes_on = threading.Event(), threading.Event()


def whom(request: Request) -> Response:
    return JSONResponse(request.client.host if request.client else None)


def slow(_request: Request) -> Response:
    begun.set()
    assert goes_on.wait(10)
    return JSONResponse("finished")


@pytest.fixture(params=[(), (IN_FRONT,), (ip_network("192.0.2.0/24"),)])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[PageServer, bool]]:
    server = PageServer(Starlette(routes=[Route("/", whom)]), "127.0.0.1", 0, request.param)
    with server.serving():
        yield server, IN_FRONT in request.param


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        ("198.51.100.7", "198.51.100.7"),
        # What is added last is the word of who stands in front; the rest somebody made up.
        ("203.0.113.1, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.1, 198.51.100.7, 127.0.0.1", "198.51.100.7"),
        ("", "127.0.0.1"),
    ],
)
def test_who_stands_in_front_alone_says_for_whom_they_ask(
    served: tuple[PageServer, bool], told: str, believed: str
) -> None:
    server, is_in_front = served
    wanted = believed if is_in_front else "127.0.0.1"
    assert answer(server.port, {"X-Forwarded-For": told}) == wanted


def test_the_environment_has_no_word_in_whom_to_believe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    server = PageServer(Starlette(routes=[Route("/", whom)]), "127.0.0.1", 0)
    with server.serving():
        assert answer(server.port, {"X-Forwarded-For": "198.51.100.7"}) == "127.0.0.1"


def test_what_has_begun_is_finished_and_nothing_else_is_taken() -> None:
    begun.clear()
    goes_on.clear()
    server = PageServer(Starlette(routes=[Route("/", slow)]), "127.0.0.1", 0)
    port, found = server.port, []
    asker = threading.Thread(target=lambda: found.append(answer(port, {})))
    with server.serving():
        asker.start()
        assert begun.wait(10)
        # The block ends now, and with it the serving: it waits for the answer.
        threading.Timer(0.05, goes_on.set).start()
    asker.join(10)
    assert found == ["finished"]
    with pytest.raises(ConnectionRefusedError):
        answer(port, {})


def answer(port: int, headers: dict[str, str]) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/", headers=headers)
    told: str = json.loads(connection.getresponse().read())
    connection.close()
    return told
