"""`goldthread directory`: who is who, on any day."""

from __future__ import annotations

import datetime as dt

from tests.interfaces.running import CommandLine


def test_it_lists_roles_with_who_holds_them_people_subgroups_and_agencies(
    begun: CommandLine,
) -> None:
    found = begun.answer("directory")
    manager = found["role"][0]
    assert manager["title"] == "Business Manager"
    assert manager["holders"] == [
        {"ref": "PE1", "name": "Example Business Manager", "covers": False}
    ]
    assert found["person"][0]["email"] == "business.manager@example.org"
    assert found["subgroup"][0]["chaired_by"] == ["Example Audit Chair"]
    assert found["agency"][0] == {
        "ref": "AG1",
        "current": True,
        "name": "Example Council",
        "sector": "council",
    }
    told = begun.done("directory")
    assert "Example Audit Chair (PE2)" in told


def test_it_tells_who_covers_and_what_has_ended(cli: CommandLine) -> None:
    cli.done(
        *("role", "arrange-cover", "RO2", "--person", "PE3"),
        *("--from-on", "2025-03-31", "--last-day-on", "2025-04-04"),
    )
    cli.done("agency", "register", "--name", "Old Agency")
    cli.done("agency", "close", "AG4", "--reason", "Merged")
    told = cli.done("directory")
    assert "covering" in told
    assert "Old Agency (ended)" in told


def test_it_is_as_known_on_the_day_asked_about(cli: CommandLine) -> None:
    cli.on(dt.date(2025, 4, 2))
    cli.done("role", "create", "--title", "Head of Housing")
    titles = [role["title"] for role in cli.answer("directory", "--at", "2025-04-01")["role"]]
    assert "Head of Housing" not in titles
    assert "nobody" in cli.done("directory")


def test_it_says_where_nothing_is_entered_yet(cli: CommandLine) -> None:
    assert "No role is entered yet." in cli.done("directory", "--at", "2025-03-30")
