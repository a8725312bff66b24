"""A real log to tamper with, small enough to verify every byte of it after each try.

What is verified is what `goldthread verify` verifies, by the same code: rows by `read_and_check`,
the whole by `Tally`. The ranges are shorter, so that a small log has seams between them too.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from events.canonical import encode
from events.catalogue import registered
from events.checkpoint import Checkpoint
from events.continuing import take_origin
from events.evidence import EvidenceAdded
from events.evidence_files import storing
from events.fault_finding import Fault
from events.log import EventLog
from events.merkle import Frontier
from events.origins import Origins, continuations_in
from events.record import RECORD_STREAM, FileErased, LogContinued, LogOpened, TextErased
from events.recorded import Provenance
from events.stored_rows import PostgresRows, RawRow, Rows, SqliteRows
from events.verification import verify_log
from events.verification_batches import read_and_check
from events.verification_rows import Range
from events.verification_tally import StoredHead, Tally, head_fault
from tests.events.logs import ORIGIN, append
from tests.events.tampering import tamper
from tests.projections.stories import random_story

SHORT_RANGE = 64
LEAST_ERASURES = 5
NEW_ORIGIN = f"{ORIGIN}/2025-03-31-ab12cd34"
COLUMNS = RawRow._fields
_LEAVES = "SELECT leaf FROM events ORDER BY position"
HEAD = ("origin", "size", "frontier", "recorded_at", "counters")
TEXTS = {"stream", "type", "recorded_at", "event_id", "command_id"}
KNOWN = {cls.type_name: cls.schema_version for cls in registered()}


def fill(log: EventLog, size: int, seed: int) -> tuple[Checkpoint, Checkpoint]:
    """Fill a log with a story, some erasures and one continuation, and take its guards away.

    Returns the head that somebody holds, at nine tenths, and the high-water mark, near the end.
    """
    chance = random.Random(seed)  # noqa: S311 - a test's
    story = [
        step
        for step in random_story(chance, size + 200)
        if not isinstance(step.event, LogOpened | LogContinued | TextErased | FileErased)
    ]
    append(log, RECORD_STREAM, LogOpened(partnership="Example partnership"))
    half = size // 2
    _tell(log, story[:half])
    lost = LogContinued(
        kept_origin=ORIGIN, old_origin=ORIGIN, old_size=size, old_root="0" * 64, reason="A flood."
    )
    take_origin(log, NEW_ORIGIN)
    append(log, RECORD_STREAM, lost)
    _erase(log, chance, half)
    held = _tell_until(log, story[half:], size * 9 // 10)
    high_water = _tell_until(log, story[size * 9 // 10 :], size * 97 // 100)
    _tell_until(log, story[size * 97 // 100 :], size)
    _take_indexes_away(log)
    assert verify_log(log.engine).holds
    return held, high_water


def _tell_until(log: EventLog, story: Sequence[Any], size: int) -> Checkpoint:
    _tell(log, story[: size - log.head().size])
    head = log.head()
    assert head.size == size
    return Checkpoint(head.origin, head.size, head.frontier.root())


def _tell(log: EventLog, story: Iterable[Any]) -> None:
    # Some commands record one event, others several.
    steps = list(story)
    while steps:
        some, steps = steps[:3], steps[3:]
        with log.writing(log.new_id()) as writing:
            command = log.new_id()
            for step in some:
                who = Provenance(step.actor, command, command)
                version = writing.version_of(step.stream)
                writing.append(step.stream, version, [step.event], who, step.effective_on)
                if isinstance(step.event, EvidenceAdded):
                    writing.also(storing(writing, step.stream.encode()))


def _erase(log: EventLog, chance: random.Random, until: int) -> None:
    for position in sorted(chance.sample(range(2, until), max(LEAST_ERASURES, until // 40))):
        ((texts,),) = log.query("SELECT texts FROM events WHERE position = ?", (position,))
        if texts is None:
            continue
        left = orjson.loads(bytes(texts))
        gone = chance.choice(sorted(left))
        del left[gone]
        said = TextErased(position=position, fields=(gone,), authority="The board.", reason="x")
        append(log, RECORD_STREAM, said)
        kept = encode(left) if left else None
        tamper(log, "UPDATE events SET texts = ? WHERE position = ?", kept, position)


def _take_indexes_away(log: EventLog) -> None:
    if log.engine.dialect.name == "sqlite":
        for (name,) in log.query("SELECT name FROM sqlite_master WHERE type = 'index'"):
            tamper(log, f"DROP INDEX {name}")
    else:
        for name in ("stream_version", "event_id", "command_id"):
            tamper(log, f"DROP INDEX events_{name}")


@dataclass
class Attacked:
    """A log in one connection; what is changed in it is undone after each try."""

    connection: Any
    is_sqlite: bool
    held: Checkpoint
    high_water: Checkpoint
    rows: list[RawRow] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reader: Rows = (
            SqliteRows(self.connection) if self.is_sqlite else PostgresRows(self.connection)
        )
        self.rows = [RawRow(*row) for row in self.reader.raw(0, 1 << 40)]
        self.head = dict(zip(HEAD, self.reader.ends() or (), strict=False))
        assert self.fault() is None
        self._allow_writing()

    @property
    def size(self) -> int:
        return len(self.rows)

    def begin(self) -> None:
        """Begin a try."""
        self.connection.execute("BEGIN")

    def undo(self) -> None:
        """Leave nothing of a try."""
        self.connection.execute("ROLLBACK")

    def execute(self, statement: str, *parameters: object) -> None:
        """Change something; `?` stands for a parameter."""
        marked = statement if self.is_sqlite else statement.replace("?", "%s")
        self.connection.execute(marked, parameters)

    def put(self, column: str, value: object, position: int, *, in_head: bool = False) -> None:
        """Store any value in a column; the bytes of a text stay a text."""
        mark = "?"
        if isinstance(value, bytes) and column in TEXTS | {"origin", "counters"}:
            mark = "CAST(? AS TEXT)" if self.is_sqlite else "?"
            value = value if self.is_sqlite else value.decode()
        table, key = ("log_head", "id") if in_head else ("events", "position")
        self.execute(f"UPDATE {table} SET {column} = {mark} WHERE {key} = ?", value, position)  # noqa: S608

    def insert(self, row: Sequence[object]) -> None:
        """Add a row as it would be stored."""
        values = [
            value.decode() if name in TEXTS and isinstance(value, bytes) else value
            for name, value in zip(COLUMNS, row, strict=True)
        ]
        marks = ", ".join("?" * len(COLUMNS))
        names = ", ".join(COLUMNS)
        self.execute(f"INSERT INTO events ({names}) VALUES ({marks})", *values)  # noqa: S608

    def second_head(self) -> None:
        """Add a second head row, past the constraint that allows but one; on SQLite only."""
        columns = ", ".join(HEAD)
        self.connection.execute("PRAGMA ignore_check_constraints = ON")
        self.execute(f"INSERT INTO log_head (id, {columns}) SELECT 2, {columns} FROM log_head")  # noqa: S608
        self.connection.execute("PRAGMA ignore_check_constraints = OFF")

    def is_changed(self, touched: Collection[int]) -> bool:
        """Tell whether a row or the head row is another than before."""
        stored = self.reader.ends() or ()
        if dict(zip(HEAD, stored, strict=False)) != self.head or stored[5:] != (1, self.size, 1):
            return True
        for position in touched:
            stored_rows = [_typed(row) for row in self.reader.raw(position - 1, position)]
            if stored_rows != [_typed(row) for row in self.rows[position - 1 : position]]:
                return True
        return False

    def fault(self) -> Fault | None:
        """Verify as `verify_log` does: the whole log, from the stored bytes."""
        stored = self.reader.ends()
        if stored is None:
            return Fault(0, "there is no head row")
        head = StoredHead.of_row(stored)
        origins = self._origins(head.origin)
        wrong = head_fault(head) or self._origin_fault(origins)
        if wrong:
            return wrong
        tally = Tally(range_rows=SHORT_RANGE)
        for after in range(0, head.size, SHORT_RANGE):
            asked = Range(after, min(after + SHORT_RANGE, head.size), origins, KNOWN)
            tally.add(asked, read_and_check(asked, self.reader))
            if tally.fault:
                return tally.fault
        return tally.closing_fault(head)

    def trusted_fault(self) -> str | None:
        """Hold the leaves against the heads that stand outside the database."""
        ends = self.reader.ends() or ()
        origins = self._origins(bytes(ends[0]).decode(errors="replace"))
        leaves = [bytes(leaf) for (leaf,) in self.connection.execute(_LEAVES).fetchall()]
        for name, trusted in (("held head", self.held), ("high-water mark", self.high_water)):
            if name == "held head" and origins.place_of(trusted) != "within":
                return name
            covered = leaves[: trusted.size]
            if len(covered) < trusted.size or Frontier().extend(covered).root() != trusted.root:
                return name
        return None

    def _origins(self, origin: str) -> Origins:
        return Origins(origin, continuations_in(self.reader.continuations()))

    @staticmethod
    def _origin_fault(origins: Origins) -> Fault | None:
        last = origins.continuations[-1:] if origins.continuations else ()
        if last and last[0].origin != origins.origin:
            return Fault(0, "its origin is not the last one")
        return None

    def _allow_writing(self) -> None:
        if self.is_sqlite:
            self.connection.execute("PRAGMA query_only = OFF")


def _typed(row: Sequence[object]) -> list[tuple[type, object]]:
    return [(type(value), value) for value in row]
