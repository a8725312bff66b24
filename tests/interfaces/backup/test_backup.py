"""A backup holds the record as it stood at one moment, and says which moment that was."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest

from events.database import open_engine
from events.log import EventLog
from interfaces.backup import postgresql_place
from interfaces.bootstrap import Partnership, opened
from interfaces.settings_reading import read_settings
from tests.events.tampering import tamper
from tests.interfaces.backup.copies import CHILD, NOTE, Copies
from tests.interfaces.running import CommandLine
from workflow.action_work_commands import NoteActionProgress


def test_a_backup_says_which_head_it_holds(copies: Copies) -> None:
    path = copies.cli.folder / "a.backup"
    answer = copies.cli.answer("backup", "--out", str(path))
    verdict = copies.verdict()
    assert verdict.root
    assert (answer["size"], answer["root"]) == (verdict.size, verdict.root.hex())
    assert answer["signed"] is True
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as zipped:
        note = zipped.read("manifest.note").decode()
    manifest = json.loads(note.splitlines()[1])
    assert manifest["origin"] == verdict.origin
    assert manifest["sha256"] == answer["sha256"]


def test_no_backup_is_written_over(copies: Copies) -> None:
    path = copies.backup()
    before = path.read_bytes()
    assert "is there already" in copies.cli.refused("backup", "--out", str(path))
    assert path.read_bytes() == before
    left = [one for one in copies.cli.folder.iterdir() if one.name.startswith(".goldthread")]
    assert not left


def test_a_backup_is_named_for_its_day_and_size(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copies.cli.folder)
    file = copies.cli.answer("backup")["file"]
    assert file == f"goldthread-2025-09-24-{copies.size()}.backup"
    assert Path(file).exists()


def test_writing_goes_on_while_a_backup_is_made(copies: Copies) -> None:
    stop = threading.Event()
    words: list[str] = []
    settings = read_settings(copies.cli.config, {"GOLDTHREAD_DATABASE__URL": copies.cli.url})

    def write(partnership: Partnership) -> None:
        while not stop.is_set():
            words.append(f"Note {len(words)}.")
            with partnership.ledger.transaction(actor="person-2") as transaction:
                transaction.execute(NoteActionProgress(action="action-2", note=words[-1]))

    with opened(settings, copies.cli.clock) as partnership:
        writer = threading.Thread(target=write, args=(partnership,))
        writer.start()
        try:
            paths = [copies.backup(f"{number}.backup") for number in range(3)]
        finally:
            stop.set()
            writer.join()
    assert len(words) > 1
    for path in paths:
        done = copies.cli.answer("restore", str(path), "--rehearse", "--replace")
        assert done["size"] <= copies.size()


def test_a_record_that_does_not_hold_is_not_backed_up(copies: Copies) -> None:
    engine = open_engine(copies.cli.url)
    log = EventLog(engine, copies.cli.clock)
    tamper(log, "DELETE FROM events WHERE position = 3")
    log.close()
    engine.dispose()
    said = copies.cli.refused("backup", "--out", str(copies.cli.folder / "a.backup"), code=1)
    assert "At entry 3" in said
    assert not (copies.cli.folder / "a.backup").exists()


def test_a_record_that_lost_its_end_is_backed_up_and_said_to_be_old(copies: Copies) -> None:
    (copies.data / "high-water.note").write_text(json.dumps({"size": 9999, "root": "ab" * 32}))
    path = str(copies.cli.folder / "a.backup")
    assert "a head of 9999 entries" in copies.cli.done("backup", "--out", path)
    said = copies.cli.refused("restore", path, code=1)
    assert "--as-new-origin" in said
    copies.cli.done("restore", path, "--as-new-origin", "--reason", "An old file was put here.")
    assert copies.cli.answer("verify")["holds"]


def test_a_record_that_was_written_anew_is_not_backed_up(copies: Copies) -> None:
    size = copies.size()
    (copies.data / "high-water.note").write_text(json.dumps({"size": size, "root": "ab" * 32}))
    said = copies.cli.refused("backup", "--out", str(copies.cli.folder / "a.backup"), code=1)
    assert "not those of the head that was signed before" in said


def test_a_backup_without_the_key_is_not_signed_and_says_so(copies: Copies) -> None:
    (copies.data / "signing.key").rename(copies.data / "elsewhere")
    answer = copies.cli.answer("backup", "--out", str(copies.cli.folder / "a.backup"))
    assert answer["signed"] is False
    assert "signing key" in answer["why_unsigned"]


def test_a_backup_notes_the_erasures_that_were_not_noted(copies: Copies) -> None:
    copies.note(NOTE)
    copies.erase(CHILD)
    notes = copies.data / "erasures.jsonl"
    before = notes.read_bytes()
    notes.unlink()
    copies.backup()
    assert notes.read_bytes() == before


def test_a_machine_without_the_tools_of_postgresql_is_told(
    empty: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if empty.url.startswith("sqlite"):
        pytest.skip("on SQLite no tools are needed")
    empty.done("init")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgresql_place, "_INSTALLED", tmp_path)
    said = empty.refused("backup", "--out", str(tmp_path / "a.backup"))
    assert "'pg_dump' is not on this machine" in said
    assert "postgresql-client" in said
