from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from pydantic import ValidationError

from events.action import ActionProgressNoted
from events.database import UnsafeDatabase
from events.log import WrongExpectedVersion
from events.reading import NoLog
from events.refs import UnknownReference
from interfaces.bootstrap import BrokenHead, OutdatedTables
from interfaces.cli.exits import explained
from interfaces.inputs import BadFields, BadInput
from interfaces.settings_reading import BadSettings
from tests.interfaces.running import CommandLine
from workflow.action_commands import RewordAction
from workflow.refusals import Conflict, Incomplete, NotAllowed, NotFound


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Conflict("action-1", 1, 2), 3),
        (WrongExpectedVersion("action-1", 1, 2), 3),
        (NotFound("action-1"), 2),
        (NotAllowed("PE1", "do it", "nobody"), 2),
        (BadInput("--at", "no"), 2),
        (BadSettings(["no"]), 2),
        (NoLog(), 2),
        (OutdatedTables("Old."), 2),
        (UnsafeDatabase("it is new", "Wait."), 2),
        (UnknownReference("x"), 2),
        (FileNotFoundError(2, "No such file", "x"), 2),
        (sqlite3.OperationalError("attempt to write a readonly database"), 2),
        (sqlite3.OperationalError("database is locked"), 2),
        (sqlite3.DatabaseError("database disk image is malformed"), 2),
        (BrokenHead(), 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_refusal_has_its_exit_code(problem: Exception, code: int) -> None:
    found = explained(problem)
    assert found is not None
    assert found.code == code
    assert found.message


def test_a_fault_of_the_program_is_not_explained_away() -> None:
    assert explained(KeyError("row")) is None


def test_a_reader_that_went_away_is_no_bad_input() -> None:
    assert explained(BrokenPipeError()) is None


def test_the_field_to_mend_is_named_as_its_option() -> None:
    found = explained(Incomplete("no_evidence_reason", "Say why."))
    assert found is not None
    assert found.message == "--no-evidence-reason: Say why."


def test_every_bad_field_is_told() -> None:
    with pytest.raises(ValidationError) as problem:
        RewordAction.model_validate({"action": "action-1", "text": "", "reason": ""})
    found = explained(BadFields(problem.value))
    assert found is not None
    assert [line.partition(":")[0] for line in found.message.splitlines()] == ["--text", "--reason"]


def test_a_record_that_no_release_wrote_is_not_called_bad_input() -> None:
    with pytest.raises(ValidationError) as problem:
        ActionProgressNoted.model_validate({"words": "x"})
    assert explained(problem.value) is None


def test_a_database_that_is_not_there_is_refused_with_the_mend(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path, "postgresql+psycopg://nobody@localhost:1/nothing")
    told = cli.refused("board")
    assert "The database cannot be used" in told
    assert "Check url in [database] of the configuration" in told


def test_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path, "mysql://localhost/nothing")
    assert "it is a 'mysql' database" in cli.refused("board")


def test_a_url_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "[database]" in CommandLine(tmp_path, "nonsense").refused("board")


def test_a_bad_configuration_is_refused_by_every_command(tmp_path: Path, sqlite_url: str) -> None:
    cli = CommandLine(tmp_path, sqlite_url)
    cli.config.write_text("[mail]\nports = 3", encoding="utf-8")
    for command in ("init", "board", "verify", "rebuild", "remind"):
        assert "[mail] ports: there is no such key" in cli.refused(command)


def test_a_file_that_is_no_database_is_refused_with_the_mend(cli: CommandLine) -> None:
    path = Path(cli.url.removeprefix("sqlite:///"))
    for beside in path.parent.glob(f"{path.name}-*"):
        beside.unlink()
    path.write_bytes(b"This is a letter, and no database at all. " * 100)
    for command in ("board", "verify", "rebuild"):
        told = cli.refused(command)
        assert "cannot be read (file is not a database)" in told
        assert "restore it from a copy" in told


def test_a_busy_database_is_told_as_one() -> None:
    found = explained(sqlite3.OperationalError("database is locked"))
    assert found is not None
    assert "another program has held it" in found.message
