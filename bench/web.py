"""The pages over a record of 10,000 actions and 200,000 events, served by two processes.

Requests come at a steady rate, whether the one before was answered or not, so that what waits in
line is counted. A request is a board of everything (its first page), looked at by somebody who is
signed in; every fifth is followed by a progress note, which changes the board for everybody.
"""

from __future__ import annotations

import gzip
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import inspect

from bench.databases import Medium
from bench.first_paint import first_paints
from bench.large_record import long_record
from bench.record import LEAD, create_actions, opened
from bench.results import Result
from bench.sizes import Sizes
from events.database import open_engine
from interfaces.bootstrap import system_clock
from interfaces.web.pages.signing_in import ANY_BROWSER
from interfaces.web.signing_in.cookies import SESSION
from interfaces.web.signing_in.tickets import Purpose, Signer, Ticket
from interfaces.web.web_tables import create_web_tables

A_SECOND: Final = 20
UPDATE_EVERY: Final = 5
TURNS_BEFORE: Final = 3
"""So far have the actions come that are told of: they have begun, and not ended."""
PROCESSES: Final = 2
CALLERS: Final = 8
BOARD_MS: Final = 100.0
UPDATE_MS: Final = 150.0
PAGE_KB: Final = 60.0
FIRST_PAINT_SECONDS: Final = 1.0


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines of the pages."""
    url = long_record(medium, sizes.log_actions)
    with opened(url) as record:
        last = record.log.head().counters["action"]
        open_actions = range(last + 1, last + 101)
        create_actions(record, open_actions, TURNS_BEFORE)
    with opened(url) as record, _served(url) as browsers:
        size = f"{record.log.head().size:,} events"
        for browser in browsers:
            browser.board()
        boards, updates = _steady(browsers, open_actions, sizes.web_seconds)
        yield _slow(f"board page, p95 at {A_SECOND} a second, {size}", medium, boards, BOARD_MS)
        yield _slow("  progress note meanwhile, p95", medium, updates, UPDATE_MS)
        rate = _full(browsers, sizes.web_seconds)
        words = f"{rate:,.0f} pages/s"
        yield Result("  highest rate of board pages", medium.name, words, "-", rate, "/s")
        weight = len(gzip.compress(browsers[0].board())) / 1_000
        work = "  weight of the board page, gzipped"
        yield Result(
            work, medium.name, f"{weight:.0f} kB", "-", weight, "kB", PAGE_KB, at_most=True
        )
        yield from _painted(browsers[0], medium, sizes.rounds)


@dataclass
class Browser:
    """One signed-in browser of one process."""

    port: int
    cookie: str

    def board(self) -> bytes:
        """Ask for the board."""
        return self._ask("GET", "/board", None)

    def note(self, number: int) -> bytes:
        """Tell how the work on an action goes."""
        sent = urlencode({"note": f"Told from the pages, {number}."})
        return self._ask("POST", f"/do/action/note-progress?on=A{number}", sent)

    def _ask(self, method: str, path: str, body: str | None) -> bytes:
        headers = {"Cookie": f"{SESSION}={self.cookie}", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status in {200, 303}, (answer.status, content[:500])
        return content


def _steady(
    browsers: Sequence[Browser], actions: range, seconds: int
) -> tuple[list[float], list[float]]:
    """Return how long each board and each update took, in seconds, from when it was due."""
    boards: list[float] = []
    updates: list[float] = []
    began = time.perf_counter() + 0.1

    def ask(turn: int) -> None:
        due = began + turn / A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        browser = browsers[turn % len(browsers)]
        browser.board()
        boards.append(time.perf_counter() - due)
        if turn % UPDATE_EVERY == 0:
            before = time.perf_counter()
            browser.note(actions[turn % len(actions)])
            updates.append(time.perf_counter() - before)

    with ThreadPoolExecutor(64) as callers:
        list(callers.map(ask, range(A_SECOND * seconds)))
    return boards, updates


def _full(browsers: Sequence[Browser], seconds: int) -> float:
    ends, asked = time.perf_counter() + seconds, count()

    def ask(caller: int) -> None:
        while time.perf_counter() < ends:
            browsers[caller % len(browsers)].board()
            next(asked)

    with ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(ask, range(CALLERS)))
    return next(asked) / seconds


def _slow(work: str, medium: Medium, took: list[float], goal: float) -> Result:
    ordered = sorted(took)
    middle, late = ordered[len(took) // 2] * 1_000, ordered[int(len(took) * 0.95)] * 1_000
    words = f"p50 {middle:.0f} ms, p95 {late:.0f} ms"
    return Result(work, medium.name, words, "-", late, "ms", goal, at_most=True)


def _painted(browser: Browser, medium: Medium, rounds: int) -> Iterator[Result]:
    paints = first_paints(browser.port, browser.cookie, rounds)
    if paints is None:
        print("  no chromium here: the first paint is not measured", flush=True)
        return
    work, middle = "  first paint of the board on a slow line", statistics.median(paints)
    words = f"{min(paints):.2f} to {max(paints):.2f} s"
    yield Result(work, medium.name, words, "-", middle, "s", FIRST_PAINT_SECONDS, at_most=True)


@contextmanager
def _served(url: str) -> Iterator[list[Browser]]:
    engine = open_engine(url)
    if not inspect(engine).has_table("web_session"):
        with engine.connect() as connection:
            create_web_tables(connection)
    engine.dispose()
    with tempfile.TemporaryDirectory(prefix="goldthread-web-") as folder, ExitStack() as stack:
        signer = Signer.of_file(Path(folder) / "web.secret")
        ports = [_free_port() for _ in range(PROCESSES)]
        for port in ports:
            stack.enter_context(_process(url, folder, port))
        yield [Browser(port, _signed_in(port, signer, number)) for number, port in enumerate(ports)]


@contextmanager
def _process(url: str, folder: str, port: int) -> Iterator[None]:
    arguments = [sys.executable, "-m", "bench.web_server", url, folder, str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own module
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == b"serving\n"
    try:
        yield
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def _signed_in(port: int, signer: Signer, number: int) -> str:
    # A link signs in once, and two of the same second are the same.
    until = int(system_clock().timestamp()) + 600 - number
    letters = signer.write(Ticket(Purpose.SIGN_IN, LEAD, ANY_BROWSER, until))
    connection = HTTPConnection("127.0.0.1", port)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Length": "0"}
    connection.request("POST", f"/sign-in/{letters}", None, headers)
    answer = connection.getresponse()
    answer.read()
    given = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    (session,) = (value for value in given if value.startswith(f"{SESSION}="))
    connection.close()
    return session.partition("=")[2].partition(";")[0]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
