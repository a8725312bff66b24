"""A key of a program, beside everything that can go wrong with what is sent under it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi import Request

from interfaces.web.api.one_key import KeyOfAnother, one_key
from interfaces.web.signing_in.sessions import Session
from interfaces.web.visit import Visit
from projections.ledger import Ledger
from tests.events.logs import SetClock
from tests.interfaces.web.browsing import Pages
from tests.interfaces.web.test_api import NOTE, program
from workflow.refusals import Incomplete

BODY = {"action": "action-2", "note": "Fifteen of twenty read."}
OTHER = BODY | {"note": "All have read it."}


@pytest.fixture
def visit(pages_on_both: Pages) -> Visit:
    asked = Request({"type": "http", "query_string": b"", "headers": []})
    return Visit(pages_on_both.house, asked, Session("", "person-2"))


def refused(visit: Visit, said: str, *, meanwhile: str = "") -> None:
    """Have something refused under a key, perhaps while the same is sent once more."""
    with pytest.raises(Incomplete), one_key(visit, "one", said):
        _refuse(visit, meanwhile)


def _refuse(visit: Visit, meanwhile: str) -> None:
    if meanwhile:
        _advance(visit)
        with one_key(visit, "one", meanwhile):
            pass
    raise Incomplete("note", "No")


def _advance(visit: Visit) -> None:
    clock = visit.partnership.clock
    assert isinstance(clock, SetClock)
    clock.now += dt.timedelta(microseconds=1)


def test_a_refusal_lets_go_of_the_key(visit: Visit) -> None:
    refused(visit, "this")
    with one_key(visit, "one", "that"):
        pass


def test_it_holds_what_was_sent_once_more_while_the_first_was_refused(visit: Visit) -> None:
    refused(visit, "this", meanwhile="this")
    with pytest.raises(KeyOfAnother), one_key(visit, "one", "that"):
        pass
    with one_key(visit, "one", "this"):
        pass


def test_what_broke_off_may_be_stored_and_keeps_its_key(
    pages_on_both: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, whole = program(pages_on_both), Ledger.execute

    def stored_and_lost(*given: object, **named: object) -> None:
        whole(*given, **named)  # type: ignore[arg-type]
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(Ledger, "execute", stored_and_lost)
        assert writer.post(NOTE, BODY, Idempotency_Key="one").status_code == 500
    assert writer.post(NOTE, OTHER, Idempotency_Key="one").status_code == 422
    assert writer.post(NOTE, BODY, Idempotency_Key="one").json()["repeated"] is True


def test_of_many_at_once_the_words_of_one_are_kept(pages_on_both: Pages) -> None:
    writer, together = program(pages_on_both), Barrier(8)
    before = pages_on_both.partnership.log.head().size

    def give(number: int) -> tuple[int, bool | None]:
        body = BODY | {"note": f"Number {number % 2}."}
        together.wait(10)
        answer = writer.post(NOTE, body, Idempotency_Key="one")
        return answer.status_code, answer.json().get("repeated")

    with ThreadPoolExecutor(8) as several:
        answers = sorted(several.map(give, range(8)), key=str)
    assert answers == [(200, False)] + [(200, True)] * 3 + [(422, None)] * 4
    assert pages_on_both.partnership.log.head().size == before + 1
