from __future__ import annotations

from collections.abc import Sequence

import orjson
import pytest
from sqlalchemy.exc import DBAPIError

from events.action import ActionSubmitted
from events.erasing import TAKE_AWAY, Erasable, NothingToErase, Warrant, erasures
from events.log import EventLog
from events.record import RECORD_STREAM, LogOpened, TextErased
from events.verification import verify_log
from tests.events.logs import append, append_in, note

WARRANT = Warrant("The data protection officer.", "A name that did not belong here.", "person-2")
SUBMITTED = ActionSubmitted(what_we_did="Held it with A. Child.", evidence="A list.")
REFUSED = "immutable|is refused"


@pytest.fixture
def log(log: EventLog) -> EventLog:
    append(log, RECORD_STREAM, LogOpened(partnership="A partnership"))
    append(log, "action-1", note("First."), SUBMITTED)
    return log


def erase(log: EventLog, *wanted: Erasable) -> None:
    with log.writing("erasing") as writing:
        events, changes = erasures(writing, wanted, WARRANT)
        append_in(writing, RECORD_STREAM, events, "erasing")
        for change in changes:
            writing.also(change)


def announce(log: EventLog, position: int, *fields: str) -> None:
    append(
        log,
        RECORD_STREAM,
        TextErased(position=position, fields=fields, authority="Nobody.", reason="None."),
    )


def set_texts(log: EventLog, position: int, texts: bytes | None) -> None:
    with log.engine.connect() as connection:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(TAKE_AWAY.replace("?", mark), (texts, position))


def stored_texts(log: EventLog, position: int) -> dict[str, Sequence[str]]:
    row = next(log.stored(position - 1, position))
    return {} if row.texts is None else orjson.loads(row.texts)


def test_an_erased_text_is_gone_and_reads_as_erased(log: EventLog) -> None:
    before = [(row.body, row.leaf) for row in log.stored()]
    erase(log, Erasable(3, ("what_we_did",)))
    assert list(stored_texts(log, 3)) == ["evidence"]
    event = log.read_stream("action-1")[1].event
    assert event == ActionSubmitted(what_we_did="[erased]", evidence="A list.")
    assert [(row.body, row.leaf) for row in log.stored()][:3] == before


def test_all_texts_of_a_record_can_go(log: EventLog) -> None:
    erase(log, Erasable(3, ("evidence", "what_we_did")), Erasable(2, ("note",)))
    assert [row.texts for row in log.stored()][1:3] == [None, None]


def test_the_log_verifies_after_an_erasure_and_counts_it(log: EventLog) -> None:
    erase(log, Erasable(3, ("what_we_did",)))
    verdict = verify_log(log.engine)
    assert verdict.holds
    assert verdict.erased == 1


def test_the_erasure_is_recorded_with_authority_reason_and_second_person(log: EventLog) -> None:
    erase(log, Erasable(3, ("what_we_did",)))
    assert log.read_stream(RECORD_STREAM)[-1].event == TextErased(
        position=3,
        fields=("what_we_did",),
        authority=WARRANT.authority,
        reason=WARRANT.reason,
        second_person="person-2",
    )


@pytest.mark.parametrize(
    ("position", "field", "words"),
    [
        (9, "note", "does not exist"),
        (3, "note", "no text called 'note'; its texts are: evidence, what_we_did"),
    ],
)
def test_what_is_not_there_cannot_be_erased(
    log: EventLog, position: int, field: str, words: str
) -> None:
    with pytest.raises(NothingToErase, match=words):
        erase(log, Erasable(position, (field,)))
    assert log.head().size == 3


def test_nothing_is_erased_twice(log: EventLog) -> None:
    erase(log, Erasable(3, ("what_we_did",)))
    with pytest.raises(NothingToErase, match="was erased before"):
        erase(log, Erasable(3, ("evidence", "what_we_did")))
    assert list(stored_texts(log, 3)) == ["evidence"]


class TestTheGuard:
    def test_a_text_goes_only_once_an_event_has_named_it(self, log: EventLog) -> None:
        with pytest.raises(DBAPIError, match=REFUSED):
            set_texts(log, 2, None)
        announce(log, 2, "note")
        set_texts(log, 2, None)
        assert stored_texts(log, 2) == {}

    def test_no_other_text_goes_with_it(self, log: EventLog) -> None:
        announce(log, 3, "what_we_did")
        with pytest.raises(DBAPIError, match=REFUSED):
            set_texts(log, 3, None)
        with pytest.raises(DBAPIError, match=REFUSED):
            set_texts(log, 2, None)
        assert len(stored_texts(log, 3)) == 2

    def test_no_text_changes_and_none_is_added(self, log: EventLog) -> None:
        announce(log, 3, "what_we_did", "evidence")
        kept = stored_texts(log, 3)
        changed = {**kept, "evidence": [kept["evidence"][0], "Another list."]}
        added = {**kept, "note": ["00", "More."]}
        for texts in (changed, added):
            with pytest.raises(DBAPIError, match=REFUSED):
                set_texts(log, 3, orjson.dumps(texts))
        assert stored_texts(log, 3) == kept

    def test_what_is_gone_does_not_come_back(self, log: EventLog) -> None:
        kept = orjson.dumps(stored_texts(log, 2))
        erase(log, Erasable(2, ("note",)))
        with pytest.raises(DBAPIError, match=REFUSED):
            set_texts(log, 2, kept)

    @pytest.mark.parametrize(
        "assignment",
        ["body = leaf", "leaf = body", "stream = 'action-9'", "version = 9", "type = 'x'"],
    )
    def test_nothing_else_changes_along(self, log: EventLog, assignment: str) -> None:
        announce(log, 2, "note")
        with pytest.raises(DBAPIError, match=REFUSED), log.engine.connect() as connection:
            connection.exec_driver_sql(
                f"UPDATE events SET texts = NULL, {assignment} WHERE position = 2"  # noqa: S608
            )
        assert stored_texts(log, 2)

    def test_an_event_cannot_name_what_comes_after_it(self, log: EventLog) -> None:
        announce(log, 5, "note")
        append(log, "action-1", note("Later."))
        with pytest.raises(DBAPIError, match=REFUSED):
            set_texts(log, 5, None)
