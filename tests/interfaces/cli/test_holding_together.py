from __future__ import annotations

import pytest

from tests.interfaces.running import CommandLine

APPOINT = ("role", "appoint", "RO3", "--person")


def warnings(cli: CommandLine, *arguments: str) -> list[str]:
    found: list[str] = cli.answer(*arguments)["warnings"]
    return found


def test_a_second_holder_at_the_same_time_is_said(begun: CommandLine) -> None:
    (warning,) = warnings(begun, *APPOINT, "PE2", "--from-on", "2025-05-01")
    assert "RO3 is held by Example Implementation Chair (PE3) too, since " in warning
    assert "From 1 May 2025 both get its emails and may act in it." in warning
    mend = warning.partition("goldthread ")[2]
    assert mend == "role stand-down RO3 --person PE3 --last-day-on 2025-04-30"
    begun.done(*mend.split())
    assert begun.answer("show", "RO3", "--at", "2025-03-31")["status"] == "current"
    assert "Warning: RO3" in begun.done(*APPOINT, "PE4", "--from-on", "2025-06-01")


def test_a_holder_who_follows_another_needs_no_warning(cli: CommandLine) -> None:
    cli.done("role", "stand-down", "RO3", "--person", "PE3", "--last-day-on", "2025-04-30")
    assert warnings(cli, *APPOINT, "PE2", "--from-on", "2025-05-01") == []


def test_who_holds_it_for_a_time_before_another_needs_no_warning(cli: CommandLine) -> None:
    until = ("--from-on", "2020-01-01", "--last-day-on", "2020-12-31")
    assert warnings(cli, *APPOINT, "PE2", *until) == []


@pytest.mark.parametrize("unknown", ["PE99", "nobody@example.org"])
def test_an_unknown_actor_is_told_where_the_name_came_from(cli: CommandLine, unknown: str) -> None:
    adopt = ("plan", "adopt", "--title", "Plan")
    said = " ".join(cli.refused(*adopt, "--as", unknown).split())
    assert said.startswith("--as: ")
    for words in (unknown, "such as --as PE9", "the actor in [cli] of the configuration"):
        assert words in said
    cli.config.write_text(f'[cli]\nactor = "{unknown}"', encoding="utf-8")
    said = " ".join(cli.refused(*adopt).split())
    assert said.startswith("[cli] actor: ")
    for words in (unknown, "actor in [cli] of the configuration", "such as --as PE9"):
        assert words in said
    cli.done(*adopt, "--as", "PE1")


def test_what_is_no_person_gives_no_command(cli: CommandLine) -> None:
    said = cli.refused("plan", "adopt", "--title", "Plan", "--as", "RO1")
    assert "--as: RO1 is a role; a person such as PE7 is wanted here." in said
    assert "such as --as PE9" in said
