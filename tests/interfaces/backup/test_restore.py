"""A restore verifies first, changes nothing that it was not told to, and keeps what stood there."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from events.database import open_engine
from events.log import Clock
from events.signed_note import SigningKey
from interfaces.backup import restoring
from interfaces.backup.archive import opened_archive
from interfaces.backup.place import ServerPlace, SqlitePlace
from interfaces.backup.refusing import BadBackup
from interfaces.backup.settling import settle
from interfaces.settings import Settings
from tests.interfaces.backup.copies import Copies, with_parts
from tests.interfaces.running import CommandLine


def test_a_backup_brings_the_record_back(copies: Copies) -> None:
    path = copies.backup()
    before = copies.verdict()
    board = copies.cli.answer("board")
    done = copies.cli.answer("restore", str(path))
    assert (done["restored"], done["stood_there"], done["lost"]) == (True, "same", None)
    assert copies.verdict() == before
    assert copies.cli.answer("board") == board
    copies.note()
    assert copies.cli.answer("verify")["holds"]


def test_a_larger_record_is_replaced_only_when_told_and_kept_aside(copies: Copies) -> None:
    path = copies.backup()
    size = copies.size()
    copies.note()
    said = copies.cli.refused("restore", str(path))
    assert f"{size + 1} entries, more than the backup" in said
    assert copies.size() == size + 1
    done = copies.cli.answer("restore", str(path), "--replace")
    assert done["stood_there"] == "larger"
    assert copies.size() == size
    aside = done["aside"]
    assert "before" in aside
    if copies.cli.url.startswith("sqlite"):
        assert Path(aside).stat().st_mode & 0o222 == 0
        moved = CommandLine(copies.cli.folder, f"sqlite:///{aside}", copies.cli.clock)
    else:
        moved = CommandLine(
            copies.cli.folder,
            open_engine(copies.cli.url)
            .url.set(database=aside)
            .render_as_string(hide_password=False),
            copies.cli.clock,
        )
    assert moved.answer("verify", "--no-sign")["size"] == size + 1


def test_another_record_is_replaced_only_when_told(copies: Copies, tmp_path: Path) -> None:
    path = copies.backup()
    size = copies.size()
    copies.note("One thing.")
    other = copies.backup("other.backup")
    copies.cli.done("restore", str(path), "--replace")
    copies.note("Another thing.")
    assert f"Another record of {size + 1} entries" in copies.cli.refused("restore", str(other))
    assert copies.cli.answer("restore", str(other), "--replace")["stood_there"] == "different"
    assert tmp_path.exists()


def test_a_rehearsal_leaves_everything_as_it_is(copies: Copies) -> None:
    path = copies.backup()
    copies.note()
    files = {one: one.read_bytes() for one in copies.data.iterdir() if one.is_file()}
    verdict = copies.verdict()
    done = copies.cli.answer("restore", str(path), "--rehearse", "--replace")
    assert done["restored"] is False
    assert "rehearsal" in copies.cli.done("restore", str(path), "--rehearse", "--replace")
    assert copies.verdict() == verdict
    after = {one: one.read_bytes() for one in copies.data.iterdir() if one.is_file()}
    after.pop(copies.data / "tree.cache", None)
    files.pop(copies.data / "tree.cache", None)
    assert after == files
    assert not list(copies.cli.folder.glob("*restor*"))


def test_a_living_record_is_rehearsed_and_what_stands_in_the_way_is_told(copies: Copies) -> None:
    path = copies.backup()
    copies.note()
    copies.cli.done("checkpoint")
    size = copies.size()
    done = copies.cli.answer("restore", str(path), "--rehearse")
    assert (done["restored"], done["stood_there"], done["lost"]["at_least"]) == (False, "larger", 1)
    larger, older = done["untold"]
    assert f"has {size} entries, more than the backup" in larger
    assert "--as-new-origin" in older
    told = copies.cli.done("restore", str(path), "--rehearse")
    assert "nothing was put in place" in told
    assert "In earnest you would be asked: The record that stands there has" in told
    assert "goes on as" not in told
    assert copies.size() == size
    copies.cli.refused("restore", str(path))


def test_a_backup_that_was_damaged_is_refused(copies: Copies) -> None:
    path = copies.backup()
    stored = path.read_bytes()
    broken = copies.cli.folder / "broken.backup"
    for at in range(0, len(stored), max(len(stored) // 12, 1)):
        broken.write_bytes(stored[:at] + bytes([stored[at] ^ 0x55]) + stored[at + 1 :])
        result = copies.cli("restore", str(broken), "--rehearse")
        assert result.exit_code in (0, 1), result.output
        assert "Traceback" not in result.output
        if result.exit_code == 0:  # A byte of the zip's own dates or the like.
            assert "every entry of it was verified" in result.stdout
    broken.write_bytes(stored[: len(stored) // 2])
    assert "damaged" in copies.cli.refused("restore", str(broken), code=1)
    broken.write_bytes(b"")
    assert "damaged" in copies.cli.refused("restore", str(broken), code=1)


def test_a_damaged_directory_of_the_zip_is_told_wherever_it_points(copies: Copies) -> None:
    path = copies.backup()
    stored = path.read_bytes()
    broken = copies.cli.folder / "broken.backup"
    told = 0
    for at in range(len(stored) - 160, len(stored)):
        for flipped in (0x01, 0x80, 0xFF):
            broken.write_bytes(stored[:at] + bytes([stored[at] ^ flipped]) + stored[at + 1 :])
            try:
                with opened_archive(broken) as archive:
                    archive.unpack(copies.cli.folder / "unpacked", "", 1)
            except BadBackup:
                told += 1
    assert told == 160 * 3


def test_a_manifest_that_was_changed_or_not_signed_is_refused(copies: Copies) -> None:
    path = copies.backup()
    changed = copies.cli.folder / "changed.backup"
    note = manifest_of(path)
    with_parts(path, changed, manifest=note.replace('"size": ', '"size": 1').encode())
    assert "not signed with this record's key" in copies.cli.refused(
        "restore", str(changed), code=1
    )
    unsigned = note.partition("\n\n")[0] + "\n"
    with_parts(path, changed, manifest=unsigned.encode())
    assert "not signed" in copies.cli.refused("restore", str(changed), code=1)
    done = copies.cli.answer("restore", str(changed), "--unsigned")
    assert done["signed_by"] == "nobody"
    stranger = SigningKey.generate("record.example.org/partnership")
    with_parts(path, changed, manifest=stranger.sign(unsigned).encode())
    assert "not signed with this record's key" in copies.cli.refused(
        "restore", str(changed), "--unsigned", code=1
    )
    with_parts(path, changed, manifest=b"goldthread backup 1\n{}\n")
    assert "cannot be read" in copies.cli.refused("restore", str(changed), code=1)
    with_parts(path, changed, manifest=b"\xff")
    assert "damaged" in copies.cli.refused("restore", str(changed), code=1)


def manifest_of(path: Path) -> str:
    with zipfile.ZipFile(path) as zipped:
        return zipped.read("manifest.note").decode()


def test_a_record_that_was_written_anew_is_refused_whatever_is_asked(copies: Copies) -> None:
    copies.note("One thing.")
    first = copies.backup("first.backup")
    copies.cli.done("checkpoint")
    size = copies.size()
    (copies.data / "high-water.note").write_text(json.dumps({"size": size, "root": "ab" * 32}))
    for options in ((), ("--replace",), ("--as-new-origin", "--reason", "x", "--replace")):
        said = copies.cli.refused("restore", str(first), *options, code=1)
        assert "not the record that was signed" in said


def test_a_backup_of_the_other_kind_of_database_is_refused(
    copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = copies.backup()
    folder = tmp_path_factory.mktemp("other")
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    if not copies.cli.url.startswith("sqlite"):
        url = f"sqlite:///{folder / 'other.db'}"
    other = CommandLine(folder, url, copies.cli.clock)
    assert "a database of the same kind" in other.refused("restore", str(path))


def test_a_new_machine_gets_the_record_and_is_told_what_is_missing(
    copies: Copies, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not copies.cli.url.startswith("sqlite"):
        pytest.skip("the fixture's database is the only one there")
    path = copies.backup()
    folder = tmp_path_factory.mktemp("new")
    new = CommandLine(folder, f"sqlite:///{folder / 'data' / 'a.db'}", copies.cli.clock)
    assert "erasures.jsonl is not there" in new.refused("restore", str(path), code=1)
    said = new.done("restore", str(path), "--without-erasures")
    assert "there is no key here to check it with" in said
    assert "nothing shows that this is the newest backup" in said
    assert new.answer("board") == copies.cli.answer("board")


def test_nobody_else_may_have_the_record_open(copies: Copies) -> None:
    path = copies.backup()
    engine = open_engine(copies.cli.url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM events").all()
        said = copies.cli.refused("restore", str(path))
        assert "Stop the worker" in said
    engine.dispose()
    assert copies.cli.answer("verify")["holds"]
    copies.cli.done("restore", str(path))


class Killed(BaseException):
    """Stands for a process that is killed at some moment."""


def kill(*_: object, **__: object) -> None:
    raise Killed


def killed_at_the_second_call() -> Callable[..., object]:
    calls: list[int] = []

    def settled(settings: Settings, clock: Clock) -> object:
        calls.append(1)
        if len(calls) > 1:
            raise Killed
        return settle(settings, clock)

    return settled


def restore_until(copies: Copies, path: Path, *options: str) -> None:
    with pytest.raises(Killed):
        copies.cli("restore", str(path), "--replace", *options)


@pytest.mark.parametrize("step", ["_verify", "_prepare", "_stage_files", "clean", "verify_log"])
def test_a_restore_killed_while_it_is_prepared_leaves_the_old_record(
    copies: Copies, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copies.backup()
    copies.note()
    before = copies.verdict()
    with monkeypatch.context() as patched:
        patched.setattr(restoring, step, kill)
        restore_until(copies, path)
    assert copies.verdict() == before
    copies.cli.done("restore", str(path), "--replace")
    assert copies.verdict().size == before.size - 1


def test_a_restore_killed_before_the_swap_leaves_the_old_record(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copies.backup()
    copies.note()
    copies.cli.done("checkpoint")
    before = copies.verdict()
    high_water = (copies.data / "high-water.note").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(SqlitePlace, "replace", kill)
        patched.setattr(ServerPlace, "replace", kill)
        patched.setattr(restoring, "settle", killed_at_the_second_call())
        restore_until(copies, path, "--as-new-origin", "--reason", "The disk broke.")
    assert "--finish" in copies.cli.refused("board")
    assert copies.cli.answer("restore", "--finish") == {"outcome": "old_stands"}
    assert copies.verdict() == before
    assert (copies.data / "high-water.note").read_bytes() == high_water
    assert copies.cli.answer("verify")["holds"]
    assert copies.cli.answer("restore", "--finish") == {"outcome": "nothing_to_settle"}


def test_a_restore_killed_after_the_swap_leaves_the_new_record(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copies.backup()
    size = copies.size()
    copies.note()
    copies.cli.done("checkpoint")
    with monkeypatch.context() as patched:
        patched.setattr(restoring, "settle", killed_at_the_second_call())
        restore_until(copies, path, "--as-new-origin", "--reason", "The disk broke.")
    assert "--finish" in copies.cli.refused("show", "A2")
    assert "already" in copies.cli.done("restore", "--finish")
    verdict = copies.verdict()
    assert verdict.size == size + 1
    assert verdict.continued
    assert copies.cli.answer("verify")["holds"]
    assert copies.cli.answer("checkpoint")["origin"] == verdict.origin
