"""Any byte of any stored row, flipped, moved or taken away, is found, and the position is named.

The database is a copy of an SQLite file whose triggers and indexes were taken away, as whoever has
the file can do.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.action import ActionCreated, ActionStarted, ActionSubmitted
from events.database import sqlite_driver
from events.record import RECORD_STREAM, LogOpened, TextErased
from events.values import Precision, TargetDate
from events.verification import Verdict, verify_log
from tests.events.logs import append, existing_log, new_log, note
from tests.events.tampering import tamper

SIZE = 41
COLUMNS = (
    "stream",
    "version",
    "type",
    "recorded_at",
    "event_id",
    "command_id",
    "body",
    "texts",
    "leaf",
)
POSITIONS = st.integers(1, SIZE)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a log of many kinds of events, without its guards."""
    path = tmp_path_factory.mktemp("original") / "log.sqlite3"
    target = TargetDate(as_written="June", precision=Precision.ONGOING, review_every_days=60)
    with new_log(f"sqlite:///{path}") as log:
        append(log, RECORD_STREAM, LogOpened(partnership="A partnership"))
        for number in range(1, 10):
            created = ActionCreated(text="Hold it.", lead_roles=("role-1",), target=target)
            done = ActionSubmitted(what_we_did="Held it – twice.", evidence="A list.")
            append(log, f"action-{number}", created, ActionStarted(), note(), done)
        append(log, "action-1", note(), note(), note())
        tamper(log, "UPDATE events SET texts = NULL WHERE position = 4")
        said = TextErased(position=4, fields=("note",), authority="The board.", reason="A name.")
        append(log, RECORD_STREAM, said)
        for (index,) in log.query("SELECT name FROM sqlite_master WHERE type = 'index'"):
            tamper(log, f"DROP INDEX {index}")
        tamper(log, "PRAGMA wal_checkpoint(TRUNCATE)")
        assert verify_log(log.engine).holds
        assert log.head().size == SIZE
    return path


@contextmanager
def tampered(original: Path) -> Iterator[Any]:
    """Give a connection to the copy in which every example tampers anew."""
    copy = original.with_name("copy.sqlite3")
    for ending in ("-wal", "-shm"):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    shutil.copyfile(original, copy)
    with closing(sqlite_driver().connect(str(copy), isolation_level=None)) as connection:
        connection.text_factory = bytes
        yield connection


def verdict(original: Path) -> Verdict:
    with existing_log(f"sqlite:///{original.with_name('copy.sqlite3')}") as log:
        return verify_log(log.engine)


def named_position(original: Path) -> int:
    fault = verdict(original).fault
    assert fault, "nothing was found"
    return fault.position


def flip(value: bytes, at: int, bit: int) -> bytes:
    flipped = bytearray(value)
    flipped[at % len(value)] ^= 1 << bit
    return bytes(flipped)


def store(connection: Any, column: str, value: object, position: int) -> None:  # noqa: ANN401
    mark = "CAST(? AS TEXT)" if isinstance(value, bytes) and column in COLUMNS[:6] else "?"
    statement = f"UPDATE events SET {column} = {mark} WHERE position = ?"  # noqa: S608
    connection.execute(statement, (value, position))


@settings(max_examples=300)
@given(
    column=st.sampled_from(COLUMNS),
    position=POSITIONS,
    at=st.integers(0, 10_000),
    bit=st.integers(0, 7),
)
def test_a_flipped_bit_of_any_column_is_named(
    original: Path, column: str, position: int, at: int, bit: int
) -> None:
    with tampered(original) as connection:
        read = f"SELECT {column} FROM events WHERE position = ?"  # noqa: S608
        (value,) = connection.execute(read, (position,)).fetchone()
        if value is None:
            changed: object = flip(b"{}", at, bit)
        elif isinstance(value, int):
            changed = value ^ (1 << bit)
        else:
            changed = flip(value, at, bit)
        store(connection, column, changed, position)
    assert named_position(original) == position


@settings(max_examples=100)
@given(data=st.data(), position=POSITIONS)
def test_every_byte_of_a_body_counts(original: Path, data: st.DataObject, position: int) -> None:
    with tampered(original) as connection:
        read = "SELECT body FROM events WHERE position = ?"
        (body,) = connection.execute(read, (position,)).fetchone()
        at = data.draw(st.integers(0, len(body) - 1))
        changed = data.draw(st.integers(0, 255).filter(lambda byte: byte != body[at]))
        store(connection, "body", body[:at] + bytes([changed]) + body[at + 1 :], position)
    assert named_position(original) == position


@given(column=st.sampled_from(COLUMNS), position=POSITIONS, wrong=st.sampled_from([7.5, b"\xff"]))
def test_a_value_of_another_kind_is_named(
    original: Path, column: str, position: int, wrong: object
) -> None:
    with tampered(original) as connection:
        statement = f"UPDATE events SET {column} = ? WHERE position = ?"  # noqa: S608
        connection.execute(statement, (wrong, position))
    assert named_position(original) == position


@given(one=POSITIONS, other=POSITIONS, column=st.sampled_from(["position", *COLUMNS]))
def test_values_that_changed_places_are_named(
    original: Path, one: int, other: int, column: str
) -> None:
    with tampered(original) as connection:
        read = f"SELECT {column} FROM events WHERE position = ?"  # noqa: S608
        (left,) = connection.execute(read, (one,)).fetchone()
        (right,) = connection.execute(read, (other,)).fetchone()
        if left == right:
            return
        if column == "position":
            store(connection, column, 1000, one)
            store(connection, column, one, other)
            store(connection, column, other, 1000)
        else:
            store(connection, column, right, one)
            store(connection, column, left, other)
    # A text that moved away may have been erased for all we know until the end; one that is not
    # the one that was recorded is wrong at once.
    assert named_position(original) in ({one, other} if column == "texts" else {min(one, other)})


@given(gone=st.sets(POSITIONS, min_size=1))
def test_the_first_event_that_is_gone_is_named(original: Path, gone: set[int]) -> None:
    with tampered(original) as connection:
        marks = ", ".join("?" for _ in gone)
        connection.execute(f"DELETE FROM events WHERE position IN ({marks})", tuple(gone))  # noqa: S608
    assert named_position(original) == min(gone)


@given(position=POSITIONS, to=st.integers(SIZE + 1, 2**40) | st.integers(-(2**40), 0))
def test_an_event_that_moved_out_of_the_log_is_named(
    original: Path, position: int, to: int
) -> None:
    with tampered(original) as connection:
        store(connection, "position", to, position)
    assert named_position(original) == position


def test_without_tampering_nothing_is_found(original: Path) -> None:
    with tampered(original):
        pass
    assert verdict(original).holds


def test_a_page_that_cannot_be_read_is_a_fault_like_another(original: Path) -> None:
    with tampered(original) as connection:
        connection.execute("PRAGMA journal_mode = delete")
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    copy = original.with_name("copy.sqlite3")
    content = bytearray(copy.read_bytes())
    at = content.rindex(b'"type":"action.submitted"') // page_bytes * page_bytes
    content[at : at + 8] = b"\xff" * 8
    copy.write_bytes(content)
    found = verdict(original).fault
    assert found
    assert 1 <= found.position <= SIZE
    assert "cannot be read" in found.what
