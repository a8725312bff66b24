from __future__ import annotations

import pytest

from events.directory import RoleAliasAdded
from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.importing.made_plans import BASE, HEADER, NEGLECT, plan_file
from tests.interfaces.running import CommandLine

LEAD = "Business Manager"


def size(cli: CommandLine) -> int:
    count: int = cli.answer("board")["position"]
    return count


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ((NEGLECT, "", "June 2025", LEAD), ("line 3, action", "Write the action")),
        ((NEGLECT, "Do it", "31 February 2025", LEAD), ("line 3, target date", "31 February")),
        ((NEGLECT, "Do it", "ASAP", LEAD), ("line 3, target date “ASAP”",)),
        ((NEGLECT, "Do it", "", LEAD), ("line 3, target date",)),
        ((NEGLECT, "Do it", "June 2025", ""), ("line 3, lead", "Name the role")),
        ((NEGLECT, "Do it", "June 2025", "Manager <b@example.org"), ("line 3, lead",)),
        ((NEGLECT, "x" * 20_001, "June 2025", LEAD), ("line 3, action", "Shorten it")),
    ],
)
def test_a_bad_row_is_told_with_its_mend_and_nothing_is_stored(
    cli: CommandLine, bad: tuple[str, ...], told: tuple[str, ...]
) -> None:
    before = size(cli)
    file = plan_file(cli.folder, (BASE[0], bad, BASE[2]))
    refusal = cli.refused("import", file)
    assert refusal.startswith("Nothing was stored.")
    assert "--skip-bad" in refusal
    for words in told:
        assert words in refusal
    assert size(cli) == before

    answer = cli.answer("import", file, "--skip-bad")
    assert answer["stored"]["added"] == 2
    assert [row["state"] for row in answer["plans"][0]["rows"]] == ["new", "bad", "new"]


def test_what_was_skipped_is_listed(begun: CommandLine) -> None:
    bad = (NEGLECT, "Do it", "ASAP", LEAD)
    told = begun.done("import", plan_file(begun.folder, (BASE[0], bad)), "--skip-bad")
    assert "Stored from plan.csv: 1 action added to P1" in told
    assert "Left out as bad (1 whole row), with what was wrong line by line:" in told
    assert "line 3, target date “ASAP”" in told


def test_where_every_row_is_bad_that_is_said(cli: CommandLine) -> None:
    bad = (NEGLECT, "Do it", "ASAP", LEAD)
    told = cli.done("import", plan_file(cli.folder, (bad,)), "--skip-bad")
    assert "Nothing was added: every row that could be new was left out as bad." in told
    assert "The record holds everything" not in told


def test_a_trial_of_a_bad_file_shows_it_and_ends_with_two(cli: CommandLine) -> None:
    file = plan_file(cli.folder, (BASE[0], (NEGLECT, "Do it", "ASAP", LEAD)))
    result = cli("import", file, "--dry-run")
    assert result.exit_code == 2
    assert "Cannot be stored as it stands:" in result.stdout
    assert cli("import", file, "--dry-run", "--skip-bad").exit_code == 0


def test_an_unknown_column_is_bad_and_can_be_left_out(cli: CommandLine) -> None:
    file = plan_file(cli.folder, [(*row, "?") for row in BASE], header=(*HEADER, "Weather"))
    assert "column “Weather”" in cli.refused("import", file, "--accept-aliases")
    told = cli.done("import", file, "--accept-aliases", "--skip-bad")
    assert "3 actions added to P1" in told
    # No row is bad, and still something was left out.
    assert "Left out as bad (no whole row), with what was wrong line by line:" in told
    assert "column “Weather”" in told


def test_a_missing_column_leaves_nothing_to_store(cli: CommandLine) -> None:
    file = plan_file(cli.folder, [row[:3] for row in BASE], header=HEADER[:3])
    assert "no column for the lead" in cli.refused("import", file)
    assert "Nothing was added" in cli.done("import", file, "--skip-bad")


def test_an_action_under_no_priority_is_bad_where_the_others_have_one(cli: CommandLine) -> None:
    file = plan_file(cli.folder, (("", *BASE[0][1:]), BASE[2]))
    assert "stands under none of them" in cli.refused("import", file)
    assert cli.answer("import", file, "--skip-bad")["stored"]["added"] == 1


def test_a_plan_needs_no_priorities(cli: CommandLine) -> None:
    file = plan_file(cli.folder, [row[1:] for row in BASE[::2]], header=HEADER[1:])
    assert cli.answer("import", file)["stored"]["added"] == 2


def test_a_bad_row_of_an_action_that_the_record_has_is_not_gone(cli: CommandLine) -> None:
    cli.done("import", plan_file(cli.folder), "--plan", "Our plan", "--accept-aliases")
    bad = (NEGLECT, BASE[0][1], "ASAP", LEAD)
    file = plan_file(cli.folder, (bad, *BASE[1:]), name="next.csv")
    answer = cli.answer("import", file, "--plan", "Our plan", "--skip-bad")
    assert answer["plans"][0]["gone"] == []
    assert answer["plans"][0]["rows"][0]["ref"] == "A1"


def test_a_spelling_of_two_roles_is_a_bad_row(cli: CommandLine) -> None:
    # No command gives two roles one spelling; a record that has it all the same is not guessed at.
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        for role in ("role-1", "role-2"):
            with partnership.ledger.transaction(actor="person-1") as transaction:
                version = transaction.writing.version_of(role)
                transaction.append(role, version, [RoleAliasAdded(number=9, alias="Homes")])
    file = plan_file(cli.folder, (BASE[0], (NEGLECT, "Do it", "June 2025", "Homes")))
    assert "Several roles are called so" in cli.refused("import", file)


@pytest.mark.parametrize("nobody", ["TBC", "n/a", "All", "All partners", "-", "To be confirmed"])
def test_words_that_name_nobody_are_no_lead(cli: CommandLine, nobody: str) -> None:
    file = plan_file(cli.folder, (BASE[0], (NEGLECT, "Do it", "June 2025", nobody)))
    assert "Nobody is named as lead." in cli.refused("import", file)


def test_a_status_of_the_document_is_told_and_not_stored(cli: CommandLine) -> None:
    cells = (NEGLECT, "Do it", "June 2025", LEAD, "Complete")
    file = plan_file(cli.folder, [cells], header=(*HEADER, "Status"))
    told = cli.done("import", file, "--plan", "Plan", "--yes")
    status = "The document gives a status to 1 row (“Complete” 1). It is not stored"
    assert told.count(status) == 1
    assert told.index("Stored from") < told.index(status)


def test_what_the_record_refuses_is_told_with_its_line(cli: CommandLine) -> None:
    before = size(cli)
    cells = ("Do it", "June 2025", LEAD, "R7")
    file = plan_file(cli.folder, [cells], header=(*HEADER[1:], "Recommendation"))
    refusal = cli.refused("import", file)
    assert refusal.startswith("Nothing was stored. Line 2 of the document: There is no R7 here.")
    assert size(cli) == before


def test_refusals_are_told_to_programs_too(cli: CommandLine) -> None:
    result = cli("import", plan_file(cli.folder, [(NEGLECT, "", "ASAP", LEAD)]), "--json")
    assert result.exit_code == 2
    assert '"stored": null' in result.stdout
    assert '"refused": "Nothing was stored.' in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing.txt", "Dear all,\nthe plan is attached.\n", "there is no table of actions"),
        ("empty.csv", "", "It is empty."),
        ("plan.pdf", "%PDF-1.7", "It is a PDF"),
    ],
)
def test_a_file_without_a_plan_is_refused(
    cli: CommandLine, name: str, content: str, told: str
) -> None:
    path = cli.folder / name
    path.write_text(content, encoding="utf-8")
    assert told in cli.refused("import", str(path))
    assert "no such file" in cli.refused("import", str(cli.folder / "missing.csv")).lower()


@pytest.mark.parametrize("words", ["everything", "", ",", "new,all"])
def test_what_is_applied_is_one_of_a_few_words(cli: CommandLine, words: str) -> None:
    refusal = cli.refused("import", plan_file(cli.folder), "--apply", words)
    assert refusal.startswith("--apply:")


@pytest.mark.parametrize("name", ["pl\nan.csv", "pl\udcffan.csv"])
def test_a_file_whose_name_cannot_be_written_down_is_refused(cli: CommandLine, name: str) -> None:
    assert "rename it" in cli.refused("import", plan_file(cli.folder, name=name))
