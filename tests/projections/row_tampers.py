"""The ways in which somebody with the database's password could change what is read.

Each changes the two tables of the read models by statements that the application's own role may
give on PostgreSQL, too, and returns whether anything was changed. `?` stands for a parameter.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from projections.tables import CLOSED, STANDING

COLUMNS: Final = {
    STANDING: ("model", "key", "from_position", "row"),
    CLOSED: ("model", "key", "from_position", "until_position", "node", "row"),
}
PLACE: Final = ("model", "key", "from_position")


@dataclass
class Tables:
    """What the tables hold, and how to change it."""

    execute: Callable[[str, tuple[Any, ...]], None]
    rows: dict[str, list[tuple[Any, ...]]]

    def some(self, chance: random.Random) -> tuple[str, tuple[Any, ...]]:
        """Return a table and one of its rows."""
        table = chance.choice(sorted(self.rows))
        return table, chance.choice(self.rows[table])

    def put(self, table: str, row: tuple[Any, ...], column: str, value: object) -> None:
        """Change one column of a row."""
        where = " AND ".join(f"{name} = ?" for name in PLACE)
        self.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (value, *row[:3]))  # noqa: S608

    def insert(self, table: str, row: tuple[Any, ...]) -> None:
        """Add a row."""
        marks = ", ".join("?" * len(row))
        self.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608

    def delete(self, table: str, row: tuple[Any, ...]) -> None:
        """Take a row away."""
        where = " AND ".join(f"{name} = ?" for name in PLACE)
        self.execute(f"DELETE FROM {table} WHERE {where}", row[:3])  # noqa: S608


Way = Callable[[Tables, random.Random], bool]


def another_byte(tables: Tables, chance: random.Random) -> bool:
    """One byte of what a row says."""
    table, row = tables.some(chance)
    said = bytearray(row[-1])
    said[chance.randrange(len(said))] ^= 1 << chance.randrange(7)
    tables.put(table, row, "row", bytes(said))
    return True


def another_year(tables: Tables, chance: random.Random) -> bool:
    """A date that reads as well as the one before: the least that pays."""
    table, row = tables.some(chance)
    said = bytes(row[-1]).replace(b"202", b"203", 1)
    tables.put(table, row, "row", said)
    return said != bytes(row[-1])


def what_another_says(tables: Tables, chance: random.Random) -> bool:
    """The words of another row of the same table."""
    table, row = tables.some(chance)
    other = chance.choice(tables.rows[table])
    tables.put(table, row, "row", bytes(other[-1]))
    return bytes(other[-1]) != bytes(row[-1])


def another_bound(tables: Tables, chance: random.Random) -> bool:
    """A row that stands earlier, later, longer or shorter than it did, or at another node."""
    table, row = tables.some(chance)
    column = chance.choice(COLUMNS[table][2:-1])
    moved = row[COLUMNS[table].index(column)] + chance.choice([-1, 1, 10_000])
    tables.put(table, row, column, moved)
    return True


def another_place(tables: Tables, chance: random.Random) -> bool:
    """A row under another key or in another model."""
    table, row = tables.some(chance)
    column = chance.choice(["model", "key"])
    tables.put(table, row, column, chance.choice(["", "nothing", "action-999999"]))
    return True


def a_row_less(tables: Tables, chance: random.Random) -> bool:
    """A row that is gone."""
    tables.delete(*tables.some(chance))
    return True


def a_row_more(tables: Tables, chance: random.Random) -> bool:
    """A row of which the record knows nothing, also where no row ever stands."""
    table, row = tables.some(chance)
    added = list(row)
    added[1], added[2] = chance.choice([("", 0), ("", -7), ("action-999999", row[2])])
    tables.insert(table, tuple(added))
    return True


def past_taken_for_present(tables: Tables, chance: random.Random) -> bool:
    """What stands replaced by what stood before, as after a restore of half the tables."""
    closed = chance.choice(tables.rows[CLOSED])
    for row in tables.rows[STANDING]:
        if row[:2] == closed[:2]:
            tables.put(STANDING, row, "row", bytes(closed[-1]))
            return bytes(closed[-1]) != bytes(row[-1])
    return False


def everything_gone(tables: Tables, chance: random.Random) -> bool:
    """A table that was emptied."""
    table = chance.choice(sorted(tables.rows))
    tables.execute(f"DELETE FROM {table}", ())  # noqa: S608
    return True


WAYS: Final[tuple[Way, ...]] = (
    another_byte,
    another_year,
    what_another_says,
    another_bound,
    another_place,
    a_row_less,
    a_row_more,
    past_taken_for_present,
    everything_gone,
)
