"""Status is not well where the record is not the one that was signed, or nobody guards it."""

from __future__ import annotations

import json

import pytest

from events.signing import HighWater
from interfaces.bootstrap import opened
from interfaces.daily_signing import signing_daily
from interfaces.settings_reading import read_settings
from tests.events.logs import existing_log
from tests.events.test_verification import forge
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.cli.test_checking import with_rights_over_everything
from tests.interfaces.cli.test_holding import with_a_shorter_record
from tests.interfaces.running import CommandLine

GONE = {
    "sqlite": ("events_refuse_update", "DROP TRIGGER events_refuse_update"),
    "postgresql": (
        "events_refuse_change",
        "ALTER TABLE events ENABLE TRIGGER events_refuse_change",
    ),
}


def doubts(cli: CommandLine) -> str:
    """Return what a status that ends with 1 says in doubt of the record."""
    result = cli("status")
    assert result.exit_code == 1, result.output
    assert "All is well" not in result.stdout
    answer = json.loads(cli("status", "--json").stdout)
    assert not answer["well"]
    assert answer["record"]["doubts"] == answer["to_do"][: len(answer["record"]["doubts"])]
    said = " ".join(answer["record"]["doubts"])
    assert said in " ".join(result.stdout.split())
    return said


def one_entry_rewritten(cli: CommandLine, position: int) -> None:
    with existing_log(cli.url) as log:
        forge(log, position, lambda record: record.update(actor="person-999"))


def looked_at_by_the_worker(cli: CommandLine, *, stopping: bool = False) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        signing_daily(partnership, lambda _: None)(lambda: stopping)


def test_a_record_that_was_rewritten_whole_is_not_well(begun: CommandLine) -> None:
    begun.done("status")
    one_entry_rewritten(begun, 38)
    assert "NOT the one that was signed: its entries are not those" in doubts(begun)


def test_a_rewrite_below_newer_entries_is_not_well_either(cli: CommandLine) -> None:
    a_small_plan(cli)
    # A reminder is due by now, so it is not well anyway.
    assert json.loads(cli("status", "--json").stdout)["record"]["doubts"] == []
    one_entry_rewritten(cli, 38)
    told = doubts(cli)
    assert "the entries from here to 38 are not those of the head that was signed last" in told


def test_a_record_that_was_cut_short_is_not_well(cli: CommandLine) -> None:
    a_small_plan(cli)
    size = cli.answer("checkpoint")["size"]
    with_a_shorter_record(cli, 38)
    assert f"a head of {size} entries was signed, and 38 are there" in doubts(cli)


def test_a_trigger_that_is_gone_is_told_until_it_is_made_anew(begun: CommandLine) -> None:
    begun.done("verify")
    name, gone = GONE["postgresql" if "postgresql" in begun.url else "sqlite"]
    with_rights_over_everything(begun, gone)
    assert f"is not as it was made: the trigger '{name}'" in doubts(begun)
    result = begun("verify")
    assert result.exit_code == 1
    assert "The record holds" in result.stdout
    assert f"the trigger '{name}'" in result.stdout
    assert len(json.loads(begun("verify", "--json").stdout)["guards"]) == 1
    assert f"made anew: the trigger '{name}'" in " ".join(begun.done("rebuild").split())
    assert begun.answer("rebuild")["guards_made_anew"] == []
    assert begun.answer("verify")["guards"] == []
    begun.done("status")


def test_a_record_that_cannot_be_signed_any_more_is_not_well(cli: CommandLine) -> None:
    data = cli.folder / "data"
    (data / "signing.key").rename(data / "elsewhere.key")
    assert "The signing key" in doubts(cli)
    (data / "elsewhere.key").rename(data / "signing.key")
    cli.done("status")
    (data / "high-water.note").write_text("nothing", encoding="utf-8")
    assert "does not hold the head that was signed last" in doubts(cli)
    (data / "high-water.note").unlink()
    assert "which holds the head that was signed last, is not there" in doubts(cli)


def test_what_the_worker_could_not_sign_is_told_until_it_is_signed(cli: CommandLine) -> None:
    data = cli.folder / "data"
    (data / "signing.key").rename(data / "elsewhere.key")
    looked_at_by_the_worker(cli)
    (data / "elsewhere.key").rename(data / "signing.key")
    told = doubts(cli)
    assert "looked at last, on 31 March 2025, its head was not signed: the signing key" in told
    cli.done("verify")
    cli.done("status")
    mark = HighWater.read(data / "high-water.note")
    HighWater(mark.size + 1, mark.root).write(data / "high-water.note")
    with pytest.raises(Exception, match="smaller than one that was signed"):
        looked_at_by_the_worker(cli)
    mark.write(data / "high-water.note")
    assert "its head was not signed: The head of the log is not signed" in doubts(cli)


def test_what_the_worker_found_to_differ_is_told_until_it_is_mended(cli: CommandLine) -> None:
    with_rights_over_everything(cli, "DELETE FROM read_standing WHERE key = 'role-3'")
    looked_at_by_the_worker(cli)
    missing = "(directory: role-3 is missing from the table"
    assert missing in doubts(cli)
    # Neither of these compares the read models, so they cannot know that it is mended.
    cli.done("verify", "--record-only")
    assert missing in doubts(cli)
    looked_at_by_the_worker(cli, stopping=True)
    assert missing in doubts(cli)
    cli.done("rebuild")
    looked_at_by_the_worker(cli)
    cli.done("status")


def test_a_note_of_the_last_look_that_cannot_be_read_says_nothing(cli: CommandLine) -> None:
    (cli.folder / "data" / "last-look.json").write_text('{"at": "never"}', encoding="utf-8")
    cli.done("status")
