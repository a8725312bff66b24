"""What takes long: who waits is told how far it is, and nothing is left over."""

from __future__ import annotations

import pkgutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from interfaces.counting_entries import Tell
from interfaces.web.charts.stacked import Moment
from interfaces.web.past.at_work import MOST_AT_WORK, AtWork, StillAtWork
from tests.interfaces.web.browsing import Browser, Pages, words_of

MANAGER, CHAIR = "person-1", "person-2"
LONG_SECONDS = 30.0
WALK = "/replay?from=2025-03-01&step=event&stage=2"


class Gate:
    """Something that takes until it is let through."""

    def __init__(self) -> None:
        self.begun, self.open = 0, threading.Event()
        self.entered = threading.Semaphore(0)

    def find(self, tell: Tell) -> int:
        """Find how often it was begun, once it is let through."""
        self.begun += 1
        number = self.begun
        tell(30, 100)
        self.entered.release()
        assert self.open.wait(LONG_SECONDS)
        tell(60, 100)
        return number


@pytest.fixture
def gate() -> Iterator[Gate]:
    found = Gate()
    yield found
    found.open.set()


def ended(at_work: AtWork) -> None:
    """Wait until nothing is at work."""
    for work in at_work.running:
        assert work.ended.wait(LONG_SECONDS)


def impatient() -> AtWork:
    return AtWork(lambda: 0.0, patience_seconds=0)


def test_whoever_waits_is_told_how_far_it_is_and_gets_it_in_the_end(gate: Gate) -> None:
    at_work = impatient()
    with pytest.raises(StillAtWork):
        at_work.found("Replay", "PE1", "walk", 7, gate.find)
    assert gate.entered.acquire(timeout=LONG_SECONDS)
    with pytest.raises(StillAtWork) as told:
        at_work.found("Replay", "PE1", "walk", 7, gate.find)
    assert (told.value.done, told.value.of) == (30, 100)
    gate.open.set()
    ended(at_work)
    # More was recorded meanwhile: what is shown is what was begun when it was asked for.
    assert at_work.found("Replay", "PE1", "walk", 8, gate.find) == 1
    assert at_work.running == ()
    assert gate.begun == 1


def test_what_is_quick_is_there_at_once() -> None:
    at_work = AtWork(time.monotonic, LONG_SECONDS)
    assert at_work.found("Replay", "PE1", "walk", 7, lambda _tell: "quick") == "quick"
    assert at_work.found("Replay", "PE1", "walk", 7, lambda _tell: "anew") == "anew"


def test_who_asks_for_the_same_at_the_same_moment_waits_for_the_same(gate: Gate) -> None:
    at_work = AtWork(time.monotonic, LONG_SECONDS)
    with ThreadPoolExecutor(2) as both:
        first = both.submit(at_work.found, "Replay", "PE1", "walk", 7, gate.find)
        assert gate.entered.acquire(timeout=LONG_SECONDS)
        second = both.submit(at_work.found, "Replay", "PE2", "walk", 7, gate.find)
        gate.open.set()
        assert first.result(LONG_SECONDS) == 1
        assert second.result(LONG_SECONDS) in {1, 2}
    # Somebody else at another moment has their own: they may have written something since.
    assert at_work.found("Replay", "PE2", "walk", 8, lambda _tell: "later") == "later"


def test_beyond_some_at_once_it_is_worked_out_where_it_is_asked(gate: Gate) -> None:
    at_work = impatient()
    for number in range(MOST_AT_WORK):
        with pytest.raises(StillAtWork):
            at_work.found("Replay", "PE1", number, number, gate.find)
    here: list[str] = []
    asked = "one more"
    at_work.found("Replay", "PE1", asked, asked, lambda _tell: here.append(_thread()))
    assert here == [_thread()]
    assert len(at_work.running) == MOST_AT_WORK


def test_a_failure_is_told_to_who_asked_and_the_next_time_it_is_tried_again() -> None:
    def fails(_tell: Tell) -> int:
        raise LookupError

    at_work = AtWork(time.monotonic, LONG_SECONDS)
    with pytest.raises(LookupError):
        at_work.found("Replay", "PE1", "walk", 7, fails)
    assert at_work.found("Replay", "PE1", "walk", 7, lambda _tell: 5) == 5


def test_what_nobody_waits_for_any_more_is_given_up(gate: Gate) -> None:
    now = [0.0]
    at_work = AtWork(lambda: now[0], patience_seconds=0)
    with pytest.raises(StillAtWork):
        at_work.found("Replay", "PE1", "walk", 7, gate.find)
    assert gate.entered.acquire(timeout=LONG_SECONDS)
    (work,) = at_work.running
    now[0] = 31.0
    gate.open.set()
    assert work.ended.wait(LONG_SECONDS)
    assert work.found is None
    patient = AtWork(lambda: now[0], LONG_SECONDS)
    assert patient.found("Replay", "PE1", "walk", 7, gate.find) == 2


def test_what_was_found_and_nobody_came_back_for_is_let_go(gate: Gate) -> None:
    now = [0.0]
    at_work = AtWork(lambda: now[0], patience_seconds=0)
    with pytest.raises(StillAtWork):
        at_work.found("Replay", "PE1", "walk", 7, gate.find)
    gate.open.set()
    ended(at_work)
    assert len(at_work.waited_for) == 1
    now[0] = 31.0
    gate.open.clear()
    with pytest.raises(StillAtWork):
        at_work.found("Replay", "PE2", "another", 7, gate.find)
    assert len(at_work.waited_for) == 1


class Held:
    """What a page works out, held back until it is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.open, self._whole = threading.Event(), pkgutil.resolve_name(name)
        monkeypatch.setattr(name, self._later)

    def _later(self, *asked: Any) -> Any:  # noqa: ANN401 - whatever it stands for
        assert self.open.wait(LONG_SECONDS)
        return self._whole(*asked)


def serve(pages: Pages, at_work: AtWork) -> AtWork:
    pages.serve_house(replace(pages.house, at_work=at_work))
    return at_work


def where_it_is_served(pages: Pages, before: Browser) -> Browser:
    """Return the same browser, signed in as before, at the pages as they are served now."""
    now = pages.browser()
    now.client.cookies = before.client.cookies
    return now


def main_of(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("person", [MANAGER, CHAIR])
@pytest.mark.parametrize(
    ("path", "module", "heading", "there"),
    [
        (WALK, "replaying.walk_of", "Replay", "Step 2 of"),
        ("/charts", "charting.months_counted", "Charts", "31 Mar 2025"),
    ],
)
def test_a_page_says_that_it_takes_long_and_then_shows_it(
    pages: Pages,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    module: str,
    heading: str,
    there: str,
    person: str,
) -> None:
    browser = pages.signed_in(person)
    at_once = browser.get(path)
    held, at_work = Held(monkeypatch, f"interfaces.web.pages.{module}"), serve(pages, impatient())
    browser = where_it_is_served(pages, browser)
    for _ in range(2):
        answer = browser.client.get(path)
        assert (answer.status_code, answer.headers["refresh"]) == (200, "2")
        told = words_of(answer.text)
        assert heading in told
        assert "It has just begun. This page looks again by itself" in told
        assert there not in told
    assert len(at_work.running) == 1
    held.open.set()
    ended(at_work)
    answer = browser.client.get(path)
    assert "refresh" not in answer.headers
    assert there in words_of(answer.text)
    assert main_of(answer.text) == main_of(at_once)


def test_the_page_says_how_many_entries_are_counted(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, through = threading.Event(), threading.Event()

    def counts(_visit: object, tell: Tell) -> list[Moment]:
        tell(45_000, 200_000)
        told.set()
        assert through.wait(LONG_SECONDS)
        return []

    monkeypatch.setattr("interfaces.web.pages.charting.months_counted", counts)
    at_work, manager = serve(pages, impatient()), pages.signed_in(MANAGER)
    manager.get("/charts")
    assert told.wait(LONG_SECONDS)
    page = manager.get("/charts")
    assert "45,000 of 200,000 entries of the record are counted." in words_of(page)
    assert '<progress max="200000" value="45000">' in page
    through.set()
    ended(at_work)


def test_what_one_may_read_is_asked_anew_where_the_directory_changed(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = pages.signed_in(MANAGER)
    reader = {"name": "Example Reader", "email": "reader@example.org"}
    assert manager.give("/do/person/register", **reader).status_code == 303
    first, second = ({"access": "reader", "subgroup": one} for one in ("S1", "S2"))
    assert manager.give("/do/person/grant-access?on=PE9", **first).status_code == 303
    held = Held(monkeypatch, "interfaces.web.pages.replaying.walk_of")
    at_work = serve(pages, impatient())
    path, narrow = "/replay?step=event&stage=1", pages.signed_in("person-9")
    assert "refresh" in narrow.client.get(path).headers
    assert manager.give("/do/person/revoke-access?on=PE9", **first).status_code == 303
    assert manager.give("/do/person/grant-access?on=PE9", **second).status_code == 303
    held.open.set()
    ended(at_work)
    held.open.clear()
    # What was found before the change is not shown: it is worked out anew.
    assert "refresh" in narrow.client.get(path).headers
    held.open.set()
    ended(at_work)
    assert "Audit case files" not in narrow.get(path)


def test_what_is_to_be_mended_is_said_as_ever(pages: Pages) -> None:
    assert "is not a day" in pages.signed_in(MANAGER).get("/replay?from=soon", 422)


def test_a_fault_is_told_kindly(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_asked: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("interfaces.web.pages.replaying.walk_of", breaks)
    answer = pages.signed_in(MANAGER).client.get(WALK)
    assert answer.status_code == 500
    assert "This is our fault" in answer.text


def _thread() -> str:
    return threading.current_thread().name
