from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from events.database import open_engine
from events.signed_note import SigningKey
from events.signing import HighWater
from interfaces.bootstrap import SCHEMA_REVISION, opened
from interfaces.daily_signing import signing_daily
from interfaces.settings_reading import read_settings
from tests.events.logs import existing_log
from tests.events.test_verification import forge
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine

WITHOUT_GUARD = {
    "sqlite": "DROP TRIGGER events_refuse_update",
    "postgresql": "ALTER TABLE events DISABLE TRIGGER events_refuse_change",
}


def with_rights_over_everything(cli: CommandLine, *statements: str) -> None:
    engine = open_engine(cli.url)
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def in_the_database(cli: CommandLine, question: str) -> list[tuple[Any, ...]]:
    engine = open_engine(cli.url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question))]
    finally:
        engine.dispose()


def one_byte_of_entry_20_flipped(cli: CommandLine) -> None:
    engine = open_engine(cli.url)
    guard = WITHOUT_GUARD[engine.dialect.name]
    try:
        with engine.connect() as connection:
            connection.execute(text(guard))
            found = connection.execute(text("SELECT body FROM events WHERE position = 20"))
            body = bytearray(found.scalar_one())
            body[len(body) // 2] ^= 1
            connection.execute(
                text("UPDATE events SET body = :body WHERE position = 20"), {"body": bytes(body)}
            )
    finally:
        engine.dispose()


def test_a_record_that_holds_is_told_with_its_head(begun: CommandLine) -> None:
    told = begun.done("verify")
    assert "The record holds: 38 entries of record.example.org/partnership." in told
    assert "It extends the head of 38 entries that was signed before." in told
    assert "Signed so far: entries 1 to 38, which is all" in told
    answer = begun.answer("verify")
    assert answer["holds"]
    assert answer["root"] in told
    assert answer["fingerprint"] in told


def test_one_flipped_byte_is_found_and_its_position_named(begun: CommandLine) -> None:
    one_byte_of_entry_20_flipped(begun)
    result = begun("verify")
    assert result.exit_code == 1
    assert "does NOT hold" in result.stdout
    assert "20" in result.stdout
    as_json = begun("verify", "--json")
    assert as_json.exit_code == 1
    assert '"position": 20' in as_json.stdout


def test_a_record_that_was_cut_short_is_found_by_the_head_that_was_signed(
    cli: CommandLine,
) -> None:
    high_water = cli.folder / "data" / "high-water.note"
    a_small_plan(cli)
    cli.done("verify", "--sign", str(cli.folder / "head.note"))
    signed = high_water.read_bytes()
    second = CommandLine(cli.folder / "second", f"sqlite:///{cli.folder}/second.sqlite3")
    second.folder.mkdir()
    second.done("init")
    (second.folder / "data" / "high-water.note").write_bytes(signed)
    result = second("verify")
    assert result.exit_code == 1
    assert "cut short" in result.stdout


def test_the_head_is_signed_for_the_scrutineer_and_held_against_the_record(
    cli: CommandLine,
) -> None:
    head = cli.folder / "head.note"
    assert f"The head was signed: {head}" in cli.done("verify", "--sign", str(head))
    assert head.read_text(encoding="utf-8").startswith("record.example.org/partnership\n38\n")
    a_small_plan(cli)
    answer = cli.answer("verify", "--held", str(head))
    assert (answer["holds"], answer["extends"], answer["given"]) == (True, 38, 38)
    # Whoever brought it holds it, and what it covers cannot be rewritten unseen.
    assert (answer["held"]["up_to"], answer["held"]["not_held"]) == (38, [39, 47])
    cli.done("verify")
    told = cli.done("verify", "--held", str(head))
    assert "It extends the head of 38 entries that was given with --held." in told
    assert cli.answer("verify")["given"] is None


def test_a_note_that_was_changed_is_refused(cli: CommandLine) -> None:
    head = cli.folder / "head.note"
    cli.done("verify", "--sign", str(head))
    head.write_text(head.read_text(encoding="utf-8").replace("\n38\n", "\n37\n"), encoding="utf-8")
    assert "not to be believed" in cli.refused("verify", "--held", str(head), code=1)


def test_a_head_is_not_signed_over_a_rewritten_history(cli: CommandLine) -> None:
    high_water = cli.folder / "data" / "high-water.note"
    high_water.write_text('{"size": 5, "root": "' + "00" * 32 + '"}', encoding="utf-8")
    head = cli.folder / "head.note"
    result = cli("verify", "--sign", str(head))
    assert result.exit_code == 1
    assert not head.exists()


def test_what_was_never_signed_is_told_and_signed(begun: CommandLine) -> None:
    a_small_plan(begun)
    size = begun.answer("verify", "--no-sign")["size"]
    told = begun.done("verify")
    assert "Signed so far: entries 1 to 38; they stand as they were signed." in told
    assert f"Entries 39 to {size} had never been signed: a rewrite among them before" in told
    assert f"Signed now up to entry {size}." in told
    assert begun.answer("verify")["signed"] == {
        "before": size,
        "never_signed": None,
        "now": size,
        "why_not": None,
    }


def test_looking_alone_signs_nothing(cli: CommandLine) -> None:
    a_small_plan(cli)
    assert "Nothing was signed now." in cli.done("verify", "--no-sign")
    assert cli.answer("verify", "--no-sign")["signed"]["before"] == 38
    cli.refused("verify", "--no-sign", "--sign", "head.note")


def test_without_the_key_the_record_is_verified_and_not_signed(cli: CommandLine) -> None:
    a_small_plan(cli)
    (cli.folder / "data" / "signing.key").rename(cli.folder / "elsewhere.key")
    result = cli("verify")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "The record holds" in result.stdout
    assert "Nothing was signed now: the signing key" in result.stdout
    answer = json.loads(cli("verify", "--json").stdout)
    assert answer["holds"]
    assert answer["signed"]["now"] is None
    cli.done("verify", "--no-sign")


def test_what_was_verified_once_cannot_be_rewritten_unseen(cli: CommandLine) -> None:
    high_water = cli.folder / "data" / "high-water.note"
    a_small_plan(cli)
    size = cli.answer("verify")["size"]
    other = cli.folder / "other.note"
    cli.done("verify", "--sign", str(other))
    high_water.write_text(json.dumps({"size": size, "root": "00" * 32}), encoding="utf-8")
    result = cli("verify", "--held", str(other))
    assert result.exit_code == 1
    assert "are not those of the head that was signed before" in result.stdout


def test_an_import_is_signed(cli: CommandLine) -> None:
    plan = cli.folder / "plan.csv"
    plan.write_text("Action,Target Date,Lead\nAudit files,May 2025,Business Manager\n", "utf-8")
    told = cli.done("import", str(plan), "--plan", "Our plan", "--yes", "--accept-aliases")
    signed = cli.answer("verify", "--no-sign")["signed"]
    assert f"Signed up to entry {signed['before']} of the record." in told
    assert signed["never_signed"] is None


def test_the_worker_signs_once_on_every_day(cli: CommandLine) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    ticks: list[dt.date] = []
    with opened(settings, cli.clock) as partnership:
        tick = signing_daily(partnership, lambda _: ticks.append(partnership.today))

        def signed() -> int:
            tick(lambda: False)
            return HighWater.read(settings.files.high_water).size

        assert signed() == 38
        a_small_plan(cli)
        cli.on(dt.date(2025, 3, 31))
        assert signed() == 38
        cli.on(dt.date(2025, 4, 5))
        assert signed() == partnership.log.head().size > 38
    assert len(ticks) == 3


def test_the_worker_signs_also_when_its_own_work_failed(cli: CommandLine) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})

    def broken(_stop: object) -> object:
        raise ConnectionError

    a_small_plan(cli)
    with opened(settings, cli.clock) as partnership:
        with pytest.raises(ConnectionError):
            signing_daily(partnership, broken)(lambda: False)
        assert HighWater.read(settings.files.high_water).size == partnership.log.head().size


def test_without_a_signed_head_that_is_said_and_not_covered_up(cli: CommandLine) -> None:
    high_water = cli.folder / "data" / "high-water.note"
    high_water.unlink()
    for options in ((), ("--no-sign",)):
        result = cli("verify", *options)
        assert (result.exit_code, result.stderr) == (1, "")
        assert "The record holds in itself" in result.stdout
        assert "Signed so far: nothing that is at hand here." in result.stdout
        assert "Nothing was signed now" in result.stdout
    assert json.loads(cli("verify", "--json").stdout)["extends"] is None
    assert not high_water.exists()
    cli.done("verify", "--sign", str(cli.folder / "head.note"))
    assert cli.answer("verify")["extends"] == 38


def test_read_models_that_hold_are_told(begun: CommandLine) -> None:
    assert "exactly what the 38 entries of the record say" in begun.done("rebuild", "--check")


def test_a_changed_read_model_is_found_named_and_mended(begun: CommandLine) -> None:
    change = "DELETE FROM read_standing WHERE model = 'directory' AND key = 'role-3'"
    with_rights_over_everything(begun, change)
    result = begun("rebuild", "--check")
    assert result.exit_code == 1
    assert "directory: role-3 is missing from the table" in result.stdout
    as_json = begun("rebuild", "--check", "--json")
    assert as_json.exit_code == 1
    assert '"key": "role-3"' in as_json.stdout
    assert begun.answer("rebuild")["records"] == 38
    begun.done("rebuild", "--check")


def test_verify_finds_a_changed_read_model_that_the_record_does_not_bear_out(
    begun: CommandLine,
) -> None:
    a_small_plan(begun)
    assert "are what a fresh fold of it gives" in begun.done("verify")
    assert begun.answer("verify")["read_models"] == {"hold": True, "mismatches": []}
    ((position,),) = in_the_database(
        begun,
        "SELECT from_position FROM read_standing WHERE model = 'actions' AND key = 'action-1'",
    )
    text_of = "convert_from(row, 'utf8')" if "postgresql" in begun.url else "CAST(row AS TEXT)"
    bytes_of = "convert_to({}, 'utf8')" if "postgresql" in begun.url else "CAST({} AS BLOB)"
    changed = bytes_of.format(f"replace({text_of}, '2025', '2026')")
    update = f"UPDATE read_standing SET row = {changed} WHERE key = 'action-1'"  # noqa: S608
    with_rights_over_everything(begun, update)
    result = begun("verify")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "The record holds" in result.stdout
    assert "The read models are NOT what the record says" in result.stdout
    words = f"actions: action-1 differs from what the log says (from entry {position} on)"
    assert words in " ".join(result.stdout.split())
    answer = json.loads(begun("verify", "--json").stdout)
    assert not answer["holds"]
    assert answer["fault"] is None
    (found,) = answer["read_models"]["mismatches"]
    assert (found["model"], found["key"], found["position"]) == ("actions", "action-1", position)
    assert begun.answer("verify", "--record-only")["read_models"] is None
    assert "were not compared" in begun.done("verify", "--record-only")
    begun.done("rebuild")
    begun.done("verify")


def test_verify_finds_read_models_that_are_gone_or_of_another_release(cli: CommandLine) -> None:
    with_rights_over_everything(cli, "DROP TABLE read_standing")
    result = cli("verify")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "read_standing is a table that is missing" in result.stdout
    cli.done("rebuild")
    with_rights_over_everything(cli, """UPDATE read_versions SET versions = '{"actions": 0}'""")
    result = cli("verify")
    assert result.exit_code == 1
    assert "filled by another release" in " ".join(result.stdout.split())


def test_the_worker_tells_of_read_models_that_differ(cli: CommandLine) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with_rights_over_everything(cli, "DELETE FROM read_standing WHERE key = 'role-3'")
    with opened(settings, cli.clock) as partnership, capture_logs() as lines:
        signing_daily(partnership, lambda _: None)(lambda: True)
        assert [line["event"] for line in lines] == ["head_signed"]
        signing_daily(partnership, lambda _: None)(lambda: False)
    (told,) = [line for line in lines if line["event"] == "read_models_differ"]
    assert (told["log_level"], told["rows"]) == ("error", 1)
    assert told["first"].startswith("directory: role-3 is missing from the table")


def test_a_rebuild_tells_what_it_did(cli: CommandLine) -> None:
    assert "filled anew from 38 entries" in cli.done("rebuild")


def test_read_models_of_another_release_are_not_used_until_they_are_rebuilt(
    begun: CommandLine,
) -> None:
    older = """UPDATE read_versions SET versions = '{"actions": 0}'"""
    with_rights_over_everything(begun, older)
    told = begun.refused("board")
    assert "were filled by another release of Goldthread" in told
    assert "run 'goldthread rebuild'" in told
    begun.refused("rebuild", "--check")
    begun.done("rebuild")
    begun.done("board")


def test_tables_of_another_release_are_brought_up_to_date_by_a_rebuild(
    begun: CommandLine,
) -> None:
    with_rights_over_everything(
        begun,
        "DROP TABLE evidence_file",
        *(["DROP FUNCTION goldthread_refuse_file_change"] if "postgresql" in begun.url else []),
        "DROP TABLE outbox",
        "DROP TABLE heartbeat",
        *(f"DROP TABLE web_{what}" for what in ("session", "used", "token", "account")),
        "UPDATE alembic_version SET version_num = '0001'",
    )
    needed = f"at revision 0001, and this release needs {SCHEMA_REVISION}"
    assert needed in begun.refused("board")
    begun.done("rebuild")
    begun.done("remind")


def test_read_models_that_were_lost_are_made_again(begun: CommandLine) -> None:
    with_rights_over_everything(
        begun,
        "DROP TABLE read_standing",
        "DROP TABLE read_closed",
        "DROP TABLE read_versions",
    )
    begun.refused("board")
    begun.done("rebuild")
    assert begun.answer("show", "RO3")["title"] == "Chair of Implementation Subgroup"


@pytest.mark.parametrize(
    "arguments", [["board"], ["verify"], ["rebuild"], ["rebuild", "--check"], ["remind"]]
)
def test_without_a_record_everything_says_what_to_run_first(
    empty: CommandLine, arguments: list[str]
) -> None:
    assert "Run 'goldthread init' first." in empty.refused(*arguments)
    assert list(empty.folder.glob("*.sqlite3*")) == []


def test_the_key_in_its_file_is_the_one_that_signed(cli: CommandLine) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        origin = partnership.log.head().origin
    assert SigningKey.load(settings.files.key).name == origin


def test_a_row_that_was_turned_into_text_is_found(cli: CommandLine) -> None:
    change = "UPDATE read_standing SET row = 'x' WHERE model = 'directory' AND key = 'role-3'"
    with_rights_over_everything(cli, change)
    result = cli("rebuild", "--check")
    assert result.exit_code == 1
    assert "directory: role-3 differs from what the log says" in result.stdout
    cli.done("rebuild")
    a_small_plan(cli)
    with_rights_over_everything(cli, "UPDATE read_closed SET row = 'x' WHERE model = 'actions'")
    result = cli("rebuild", "--check")
    assert result.exit_code == 1
    assert "has a past row that differs" in result.stdout


def test_a_head_that_does_not_fit_its_tree_is_a_fault_and_stops_all_else(
    begun: CommandLine,
) -> None:
    with_rights_over_everything(begun, "UPDATE log_head SET frontier = substr(frontier, 1, 5)")
    for arguments in (["verify"], ["verify", "--no-sign"], ["verify", "--json"]):
        result = begun(*arguments)
        assert (result.exit_code, result.stderr) == (1, "")
        assert "its frontier does not fit a log of 38 events" in result.stdout
    for command in (["board"], ["show", "RO3"], ["plan", "adopt", "--title", "x"], ["rebuild"]):
        assert "Run 'goldthread verify'" in begun.refused(*command, code=1)


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DELETE FROM log_head"], "At its head: it is missing, though 38 events are stored."),
        (["DROP TABLE log_head"], "At its head: its table is missing"),
        (["DROP TABLE events"], "At entry 1: the table that holds"),
        (["DROP TABLE events", "DROP TABLE log_head"], "At its head: there is no record"),
    ],
)
def test_a_record_that_lost_its_head_or_its_entries_is_not_taken_for_none(
    begun: CommandLine, statements: list[str], words: str
) -> None:
    no_guard = "DROP TRIGGER log_head_refuse_delete"
    if "postgresql" in begun.url:
        no_guard = "ALTER TABLE log_head DISABLE TRIGGER log_head_refuse_delete"
    with_rights_over_everything(begun, no_guard, *statements)
    for arguments in (["verify"], ["verify", "--no-sign"]):
        result = begun(*arguments)
        assert (result.exit_code, result.stderr) == (1, "")
        assert words in result.stdout
        assert "goldthread init" not in result.stdout
    result = begun("verify", "--json")
    assert result.exit_code == 1
    fault = json.loads(result.stdout)["fault"]
    assert words.partition(": ")[2].rstrip(".") in fault["what"]


def test_a_record_whose_file_is_gone_is_not_taken_for_none(cli: CommandLine) -> None:
    Path(cli.url.removeprefix("sqlite:///")).unlink()
    result = cli("verify")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "no record in this database, though a head of 38 entries was signed" in result.stdout
    told = cli.refused("board", code=1)
    assert "Run 'goldthread verify'" in told
    assert "goldthread init" not in told
    assert not Path(cli.url.removeprefix("sqlite:///")).exists()


def test_an_entry_with_data_that_no_release_wrote_is_named_and_not_signed(cli: CommandLine) -> None:
    a_small_plan(cli)
    with existing_log(cli.url) as log:
        size = log.head().size
        *_, last = log.stored(after=size - 1)
        forge(log, size, lambda record: record["data"].update(added="by hand"))
    result = cli("verify")
    assert (result.exit_code, result.stderr) == (1, "")
    words = f"At entry {size}: its data are not those of the type '{last.type}': 'added'"
    assert words in " ".join(result.stdout.split())
    assert json.loads(cli("verify", "--json").stdout)["fault"]["position"] == size
    quick = cli("verify", "--record-only")
    assert quick.exit_code == 1
    assert words in " ".join(quick.stdout.split())
    assert HighWater.read(cli.folder / "data" / "high-water.note").size == 38
    assert "Nothing was backed up" in cli.refused("backup", code=1)
    for command in (["rebuild", "--check"], ["rebuild"], ["replay"]):
        assert f"Entry {size} of the record cannot be read" in cli.refused(*command, code=1)


def test_a_copy_of_the_database_alone_can_be_looked_at(cli: CommandLine) -> None:
    for name in ("signing.key", "high-water.note"):
        (cli.folder / "data" / name).unlink()
    assert "The record holds in itself" in cli.done("verify", "--no-sign")
    assert cli("verify").exit_code == 1
