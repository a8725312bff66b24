from __future__ import annotations

import stat

import pytest

from events.signed_note import SigningKey
from interfaces.bootstrap import opened
from interfaces.settings import Settings
from interfaces.settings_reading import read_settings
from tests.interfaces.running import CommandLine


def settings_of(cli: CommandLine) -> Settings:
    return read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})


def test_a_record_begins_with_tables_key_and_directory(empty: CommandLine) -> None:
    told = empty.done("init")
    assert "has begun" in told
    assert "PE1 is the business manager" in told
    with opened(settings_of(empty), empty.clock) as partnership:
        first, second, third, *_ = partnership.log.read()
        assert [first.stream, first.event.type_name, first.actor] == [
            "log-1",
            "log.opened",
            "system",
        ]
        assert second.event.type_name == "person.registered"
        assert third.event.type_name == "person.access_granted"
        directory = partnership.view().all("directory")
        assert directory["person-1"]["agency"] == "agency-1"
        assert directory["subgroup-2"]["chair_role"] == "role-3"
        assert directory["role-3"]["tenures"][0]["from_on"] == "2025-03-31"


def test_the_key_is_its_owners_alone_and_named_like_the_record(empty: CommandLine) -> None:
    told = empty.done("init")
    path = empty.folder / "data" / "signing.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SigningKey.load(path).verifier.to_text() in told


def test_a_record_that_has_begun_verifies_and_its_read_models_hold(begun: CommandLine) -> None:
    assert begun.answer("verify")["holds"]
    assert begun.answer("rebuild", "--check")["holds"]


def test_the_first_person_can_give_the_first_command(begun: CommandLine) -> None:
    assert begun.answer("plan", "adopt", "--title", "Our plan")["ref"] == "P1"


def test_nothing_is_written_over(begun: CommandLine) -> None:
    key = (begun.folder / "data" / "signing.key").read_bytes()
    told = begun.refused("init")
    assert "There is a signing key at" in told
    assert "Nothing was changed." in told
    assert (begun.folder / "data" / "signing.key").read_bytes() == key


def test_a_record_in_the_database_is_not_written_over_though_its_files_are_gone(
    begun: CommandLine,
) -> None:
    for name in ("signing.key", "high-water.note"):
        (begun.folder / "data" / name).unlink()
    told = begun.refused("init")
    assert "There is a record of 38 events in this database already." in told
    assert not (begun.folder / "data" / "signing.key").exists()


def test_entries_that_name_what_is_not_there_are_refused_before_anything_begins(
    empty: CommandLine,
) -> None:
    empty.config.write_text(
        '[directory]\nroles = [{ title = "Chair", holder = "nobody@example.org" }]',
        encoding="utf-8",
    )
    told = empty.refused("init")
    assert "there is no address 'nobody@example.org' among the entries" in told
    assert not (empty.folder / "data").exists()


def test_the_configured_entries_are_the_ones_that_are_entered(cli: CommandLine) -> None:
    assert cli.answer("show", "RO3")["title"] == "Chair of Implementation Subgroup"


@pytest.mark.parametrize("entries", ["people = []", 'people = [{ name = "A" }]'])
def test_a_directory_without_a_first_person_is_refused(empty: CommandLine, entries: str) -> None:
    empty.config.write_text(f"[directory]\n{entries}", encoding="utf-8")
    assert "people" in empty.refused("init")
