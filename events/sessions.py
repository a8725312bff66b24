"""The log's few statements, and what each database's session does with them.

Every statement is written with `?` for its parameters. `events.sqlite_session` and
`events.postgresql_session` run them as fixed text, in as few round trips as they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Row = tuple[Any, ...]

ROWS_TO_COPY = 100
"""From so many rows on PostgreSQL takes them by COPY, which a pipeline cannot hold."""

HEAD = "SELECT origin, size, frontier, recorded_at, counters, generation FROM log_head WHERE id = 1"
ANSWERED = "SELECT position, stream, version FROM events WHERE command_id = ? ORDER BY position"
NEW_GENERATION = "UPDATE log_head SET generation = generation + 1 WHERE id = 1"
MOVE_HEAD = "UPDATE log_head SET size = ?, frontier = ?, recorded_at = ?, counters = ? WHERE id = 1"


@dataclass(frozen=True, slots=True)
class Insert:
    """A statement that adds rows to one table. `columns` maps names to PostgreSQL types.

    With `replacing` (the primary key's columns) a row of the same key is overwritten. `routine`
    names the function on PostgreSQL that does the same, if there is one (see `routine_text`).
    """

    table: str
    columns: tuple[tuple[str, str], ...]
    replacing: tuple[str, ...] = ()
    routine: str = ""

    def names(self) -> str:
        """Return the column names, separated by commas."""
        return ", ".join(name for name, _ in self.columns)

    def conflict(self) -> str:
        """Return the clause that overwrites a row of the same key, or nothing."""
        if not self.replacing:
            return ""
        kept = [name for name, _ in self.columns if name not in self.replacing]
        changes = ", ".join(f"{name} = excluded.{name}" for name in kept)
        return f" ON CONFLICT ({', '.join(self.replacing)}) DO UPDATE SET {changes}"


@dataclass(frozen=True, slots=True)
class Delete:
    """A statement that removes the rows of some keys. `columns` and `routine` as in `Insert`."""

    table: str
    columns: tuple[tuple[str, str], ...]
    routine: str = ""

    def names(self) -> str:
        """Return the column names, separated by commas."""
        return ", ".join(name for name, _ in self.columns)


Statement = Insert | Delete | str
"""A statement that changes rows: a known kind, or fixed text with `?` for its parameters."""


@dataclass(frozen=True, slots=True)
class Change:
    """A statement with the rows of parameters for which it runs."""

    statement: Statement
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Append:
    """Events on their way into a log whose head is still the one that the writer saw.

    `seen`: its size, frontier and generation. `moved`: the parameters of `MOVE_HEAD`.
    """

    seen: tuple[int, bytes, int]
    command_id: str
    moved: Row
    events: Change


class Session(Protocol):
    """A connection that one transaction at a time uses."""

    def begin(self, command_id: str) -> tuple[Row, list[Row]]:
        """Begin, lock the head row, and return it with the rows this command id has stored."""

    def store_apart(self, changes: Sequence[Change], *, lasting: bool) -> None:
        """Run changes of tables that no append touches in a transaction that locks no head.

        Where they need not be `lasting`, the commit does not wait for the disk; the next one that
        does takes them along. A power cut before may undo them, and never leaves them half done.
        """

    def begin_reading(self) -> None:
        """Begin a transaction that only reads, and for which everything stands still."""

    def query(self, statement: str, parameters: Row = ()) -> list[Row]:
        """Run a statement that reads."""

    def finish(self, changes: Sequence[Change]) -> None:
        """Run the changes in order and commit."""

    def append_at_once(self, append: Append, changes: Sequence[Change]) -> bool:
        """Run a whole transaction: lock the head, compare it, store the events and the changes.

        Returns False, having stored nothing, when somebody else appended since the head was seen,
        when the command has stored something already, or when it cannot be done at once.
        """

    def roll_back(self) -> None:
        """Undo the transaction; harmless when none is open. Raises on a broken connection."""
