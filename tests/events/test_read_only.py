from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from events.database import UnsafeDatabase, open_engine
from events.read_only import is_read_only, to_read, unreadable_here


def database(path: Path, journal: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("CREATE TABLE words (word TEXT)")
    connection.execute("INSERT INTO words VALUES ('here')")
    connection.commit()
    return connection


def words(path: Path) -> list[str]:
    name, query = to_read(path)
    options = "&".join(f"{key}={value}" for key, value in query.items() if key != "uri")
    connection = sqlite3.connect(f"{name}?{options}", uri=True)
    found = [word for (word,) in connection.execute("SELECT word FROM words")]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM words")
    connection.close()
    return found


def test_what_can_be_written_to_is_not_read_only(tmp_path: Path) -> None:
    database(tmp_path / "a.db", "wal").close()
    assert not is_read_only(tmp_path / "a.db")
    assert not is_read_only(tmp_path / "missing.db")


@pytest.mark.parametrize("name", ["a.db", "our plan? 100%.db", "über.db"])
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_closed_file_is_read_whatever_its_journal_and_name(
    tmp_path: Path, journal: str, name: str
) -> None:
    database(tmp_path / name, journal).close()
    assert words(tmp_path / name) == ["here"]


def test_an_empty_log_holds_nothing(tmp_path: Path) -> None:
    database(tmp_path / "a.db", "wal").close()
    (tmp_path / "a.db-wal").touch()
    assert not unreadable_here(tmp_path / "a.db")
    assert to_read(tmp_path / "a.db")[1]["immutable"] == "1"


def test_only_a_file_that_nobody_has_open_is_taken_for_unchanging(tmp_path: Path) -> None:
    connection = database(tmp_path / "a.db", "wal")
    assert "immutable" not in to_read(tmp_path / "a.db")[1]
    # What stands in the log alone is read too.
    assert words(tmp_path / "a.db") == ["here"]
    connection.close()
    assert to_read(tmp_path / "a.db")[1]["immutable"] == "1"


def test_a_record_is_read_and_not_written_to(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    database(tmp_path / "a.db", "wal").close()
    engine = open_engine(f"{url}?mode=ro")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT word FROM words").scalar() == "here"
        with pytest.raises(OperationalError, match="readonly"):
            connection.exec_driver_sql("DELETE FROM words")
    engine.dispose()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db"]


def test_a_record_whose_last_changes_cannot_be_read_is_refused(tmp_path: Path) -> None:
    connection = database(tmp_path / "a.db", "wal")
    for ending in ("", "-wal"):
        (tmp_path / f"copy.db{ending}").write_bytes((tmp_path / f"a.db{ending}").read_bytes())
    with pytest.raises(UnsafeDatabase, match="Copy both files into a folder of your own"):
        open_engine(f"sqlite:///{tmp_path / 'copy.db'}?mode=ro")
    connection.close()


def test_a_file_without_a_log_ahead_keeps_its_locks(tmp_path: Path) -> None:
    database(tmp_path / "a.db", "delete").close()
    assert "immutable" not in to_read(tmp_path / "a.db")[1]
    assert not unreadable_here(tmp_path / "a.db")


def test_changes_that_only_a_writer_can_read_are_found(tmp_path: Path) -> None:
    connection = database(tmp_path / "a.db", "wal")
    assert not unreadable_here(tmp_path / "a.db")
    for ending in ("", "-wal"):
        (tmp_path / f"copy.db{ending}").write_bytes((tmp_path / f"a.db{ending}").read_bytes())
    assert unreadable_here(tmp_path / "copy.db")
    connection.close()
