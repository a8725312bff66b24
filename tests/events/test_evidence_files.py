"""The bytes of evidence beside the log: stored with their event, changed by nobody, verified."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy.exc import DBAPIError

from events.erasing import FILE, Erasable, NothingToErase, Warrant, erasures, file_of
from events.evidence import EvidenceAdded, EvidenceWithdrawn, FileKind
from events.evidence_files import FILES, FileDiffers, content_of, is_stored, storing
from events.log import EventLog
from events.record import RECORD_STREAM, FileErased, LogOpened
from events.sessions import Change
from events.verification import verify_log
from tests.events.logs import append, append_in, note

CONTENT = b"%PDF-1.4 Who came, and who did not: \x00\xff"
DIGEST = sha256(CONTENT).hexdigest()
WARRANT = Warrant("Request 17", "A child's name stands in it", "person-8")


def added(content: bytes = CONTENT) -> EvidenceAdded:
    return EvidenceAdded(
        to="action-1",
        name="list.pdf",
        kind=FileKind.PDF,
        size_bytes=len(content),
        sha256=sha256(content).hexdigest(),
    )


def hand_in(log: EventLog, stream: str, content: bytes = CONTENT) -> None:
    with log.writing(stream) as writing:
        append_in(writing, stream, [added(content)], stream)
        writing.also(storing(writing, content))


def erase(log: EventLog, *wanted: Erasable) -> None:
    with log.writing("erasing") as writing:
        events, changes = erasures(writing, wanted, WARRANT)
        append_in(writing, RECORD_STREAM, events, "erasing")
        for change in changes:
            writing.also(change)


@pytest.fixture
def log(log: EventLog) -> EventLog:
    append(log, RECORD_STREAM, LogOpened(partnership="A partnership"))
    append(log, "action-1", note())
    hand_in(log, "evidence-1")
    return log


def tampered(log: EventLog, *statements: str) -> None:
    """Let the owner of the tables do what no trigger lets through."""
    is_sqlite = log.engine.dialect.name == "sqlite"
    with log.engine.connect() as connection:
        if is_sqlite:
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                " AND tbl_name = 'evidence_file'"
            )
            for name in list(names.scalars()):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("ALTER TABLE evidence_file DISABLE TRIGGER ALL")
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_file_is_given_back_as_it_was_handed_in_and_verified(log: EventLog) -> None:
    assert content_of(log, DIGEST) == CONTENT
    verdict = verify_log(log.engine)
    assert verdict.holds
    assert verdict.files.kept == 1


def test_the_same_bytes_are_stored_once(log: EventLog) -> None:
    hand_in(log, "evidence-2")
    assert log.query("SELECT count(*) FROM evidence_file") == [(1,)]
    assert verify_log(log.engine).files.kept == 1


def test_what_is_refused_or_broken_off_leaves_nothing(log: EventLog) -> None:
    def break_off() -> None:
        with log.writing("broken") as writing:
            append_in(writing, "evidence-2", [added(b"other")], "broken")
            writing.also(storing(writing, b"other"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert not is_stored(log, sha256(b"other").hexdigest())
    assert verify_log(log.engine).holds


def test_a_file_that_was_taken_back_is_still_verified(log: EventLog) -> None:
    append(log, "evidence-1", EvidenceWithdrawn(reason="Another year's."))
    assert verify_log(log.engine).files.kept == 1


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE evidence_file SET content = sha256", "was changed"),
        ("DELETE FROM evidence_file", "is not stored any more, and no event erased it"),
    ],
)
def test_a_file_that_is_missing_or_was_changed_is_named_and_not_given_out(
    log: EventLog, statement: str, what: str
) -> None:
    if log.engine.dialect.name == "postgresql":
        statement = statement.replace("= sha256", "= sha256::bytea")
    tampered(log, statement)
    verdict = verify_log(log.engine)
    assert verdict.root is None
    assert verdict.fault is not None
    assert verdict.fault.position == 3
    assert str(verdict.fault).startswith("Position 3: its file, EV1, ")
    assert what in verdict.fault.what
    with pytest.raises(FileDiffers, match="not given out"):
        content_of(log, DIGEST)


def test_a_file_that_no_event_names_is_found(log: EventLog) -> None:
    log.store_apart([Change(FILES, [("0" * 64, b"what is this")])])
    fault = verify_log(log.engine).fault
    assert fault is not None
    assert "a file is stored that was erased, or that no event names" in fault.what


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_file SET content = content",
        "UPDATE evidence_file SET sha256 = 'x'",
        "DELETE FROM evidence_file",
        "INSERT OR REPLACE INTO evidence_file VALUES ('{digest}', x'00')",
        "TRUNCATE evidence_file",
    ],
)
def test_nobody_changes_a_file(log: EventLog, statement: str) -> None:
    with log.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.exec_driver_sql(statement.format(digest=DIGEST))
    assert content_of(log, DIGEST) == CONTENT


def test_an_erased_file_is_gone_and_the_log_verifies(log: EventLog) -> None:
    hand_in(log, "evidence-2")
    erase(log, Erasable(3, ("name",)), Erasable(3, (FILE,)), Erasable(4, (FILE,)))
    assert not is_stored(log, DIGEST)
    verdict = verify_log(log.engine)
    assert (verdict.holds, verdict.erased, verdict.files.kept) == (True, 1, 0)
    told = [one.event for one in log.read() if isinstance(one.event, FileErased)]
    assert [(one.evidence, one.sha256) for one in told] == [
        ("evidence-1", DIGEST),
        ("evidence-2", DIGEST),
    ]
    assert told[0].second_person == "person-8"


def test_a_file_that_was_erased_may_be_handed_in_again(log: EventLog) -> None:
    erase(log, Erasable(3, (FILE,)))
    hand_in(log, "evidence-2")
    assert verify_log(log.engine).files.kept == 1


def test_an_erased_file_that_is_still_stored_is_found(log: EventLog) -> None:
    erased = FileErased(evidence="evidence-1", sha256=DIGEST, authority="None.", reason="None.")
    append(log, RECORD_STREAM, erased)
    fault = verify_log(log.engine).fault
    assert fault is not None
    assert DIGEST in fault.what


def test_only_a_file_that_is_there_is_erased(log: EventLog) -> None:
    with pytest.raises(NothingToErase, match="names no file"):
        erase(log, Erasable(2, (FILE,)))
    assert file_of(log, 99) is None
    erase(log, Erasable(3, (FILE,)))
    with pytest.raises(NothingToErase, match="names a file that is not stored any more"):
        erase(log, Erasable(3, (FILE,)))
