from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.interfaces.importing.made_plans import BASE, HEADER, NEGLECT, SYSTEM, plan_file
from tests.interfaces.running import CommandLine

FULL = (*HEADER, "Success measure", "Recommendation", "Status", "Progress")


def take(
    cli: CommandLine, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER
) -> dict[str, Any]:
    """Import a plan under one title, with every spelling agreed to."""
    file = plan_file(cli.folder, rows or BASE, header=header)
    answer: dict[str, Any] = cli.answer("import", file, "--plan", "Our plan", "--accept-aliases")
    return answer


def actions(cli: CommandLine) -> list[Any]:
    lines: list[Any] = cli.answer("board", "--kind", "action")["lines"]
    return lines


def size(cli: CommandLine) -> int:
    count: int = cli.answer("board")["position"]
    return count


def states(cli: CommandLine, *rows: tuple[str, ...]) -> list[str]:
    """Tell what becomes of the rows of another file with the same plan."""
    header = ("Priority", "What we will do", "By when", "Who")
    file = plan_file(cli.folder, rows, "another.csv", header)
    trial = cli.answer("import", file, "--plan", "P1", "--accept-aliases", "--dry-run")
    return [row["state"] for plan in trial["plans"] for row in plan["rows"]]


def test_a_plan_is_stored_with_what_it_says_of_each_action(begun: CommandLine) -> None:
    row = (*BASE[0], "Signed by all", "Hear the child", "Green", "Draft is out")
    take(begun, row, header=FULL)
    [action] = actions(begun)
    assert (action["priority_title"], action["target"]) == ("Neglect", "December 2024")
    assert action["latest_note"] == "As published in plan.csv: Draft is out"
    assert "Signed by all" in begun.done("show", "A1")
    [recommendation] = begun.answer("board", "--kind", "recommendation")["lines"]
    assert (recommendation["text"], recommendation["status"]) == ("Hear the child", "accepted")
    assert "R1" in begun.done("show", "A1")


def test_what_the_document_calls_green_is_not_taken_for_it(begun: CommandLine) -> None:
    take(begun, (*BASE[0], "Signed by all", "", "Complete", ""), header=FULL)
    [action] = actions(begun)
    assert (action["status"], action["colour"]) == ("not_started", "red")


def test_a_recommendation_that_the_record_has_is_answered_not_made_again(
    begun: CommandLine,
) -> None:
    begun.done("recommendation", "propose", "--text", "Hear the child", "--source", "A review")
    rows = (
        (*BASE[0], "", "hear the child.", "", ""),
        (*BASE[1], "", "R1", "", ""),
        (*BASE[2], "", "1.2", "", ""),
    )
    take(begun, *rows, header=FULL)
    assert len(begun.answer("board", "--kind", "recommendation")["lines"]) == 1
    assert "A1" in begun.done("show", "R1")
    assert "A2" in begun.done("show", "R1")


def test_nothing_is_asked_of_a_record_that_has_no_such_plan(begun: CommandLine) -> None:
    told = begun.done("import", plan_file(begun.folder), "--accept-aliases")
    assert "Stored from plan.csv: 3 actions added to P1" in told
    assert begun.answer("verify")["holds"]


def test_a_trial_stores_nothing_and_shows_every_row(begun: CommandLine) -> None:
    before = size(begun)
    begun.environment = {"COLUMNS": "200"}
    told = begun.done("import", plan_file(begun.folder), "--dry-run")
    assert "December 2024 (due 31 December 2024)" in told
    assert "31.3.25 (due 31 March 2025)" in told
    assert "Business Manager (RO1)" in told
    assert "Is “Chair of Audit Subgroup”" not in told
    assert "Nothing was stored." in told
    assert "Advice on the wording" in told
    assert size(begun) == before


def test_a_trial_for_programs_says_the_same(cli: CommandLine) -> None:
    trial = cli.answer("import", plan_file(cli.folder), "--dry-run")
    [plan] = trial["plans"]
    assert [row["due"] for row in plan["rows"]] == ["2024-12-31", "2024-06-30", "2025-03-31"]
    assert [row["priority"] for row in plan["rows"]] == [1, 1, 2]
    assert plan["rows"][0]["leads"] == [{"title": "Business Manager", "ref": "RO1"}]
    assert plan["rows"][1]["leads"] == [{"title": "Chair of Audit Subgroup", "ref": None}]
    assert (trial["stored"], trial["refused"]) == (None, None)


def test_next_years_file_shows_what_is_new_changed_and_gone(begun: CommandLine) -> None:
    take(begun)
    changed = (NEGLECT, "Rewrite the neglect strategy", "March 2025", "Business Manager")
    reworded = (SYSTEM, "Publish who does what, and why", "31.3.25", "Head of Housing")
    fresh = (SYSTEM, "Train every school nurse", "June 2026", "Business Manager")
    file = plan_file(begun.folder, (changed, reworded, fresh), name="next.csv")
    before = size(begun)
    refusal = begun.refused("import", file, "--plan", "Our plan")
    assert "1 new action" in refusal
    assert "2 changed actions" in refusal
    assert "1 action that the document no longer names" in refusal
    assert "--yes" in refusal
    assert size(begun) == before

    told = begun.done("import", file, "--plan", "Our plan", "--yes")
    assert "they stay unless you cancel them" in told
    assert "A2 Draw a picture of neglect in each ward" in told
    lines = {line["ref"]: line for line in actions(begun)}
    assert (lines["A1"]["target"], lines["A1"]["original_target"]) == (
        "March 2025",
        "December 2024",
    )
    assert lines["A2"]["status"] == "not_started"
    assert lines["A3"]["text"] == "Publish who does what, and why"
    assert [lead["title"] for lead in lines["A3"]["leads"]] == ["Head of Housing"]
    assert lines["A4"]["text"] == "Train every school nurse"
    assert "next.csv" in begun.done("history", "A1")


def test_one_kind_of_change_can_be_taken_alone(cli: CommandLine) -> None:
    take(cli)
    changed = (NEGLECT, "Rewrite the neglect strategy", "March 2025", "Business Manager")
    fresh = (SYSTEM, "Train every school nurse", "June 2026", "Head of Housing")
    file = plan_file(cli.folder, (changed, *BASE[1:], fresh), name="next.csv")
    stored = cli.answer("import", file, "--plan", "P1", "--apply", "changed")["stored"]
    # The role that only the new action needs is not created either.
    assert (stored["added"], stored["changed"], stored["roles"]) == (0, 1, 0)
    stored = cli.answer("import", file, "--plan", "P1", "--apply", "new")["stored"]
    assert (stored["added"], stored["changed"], stored["roles"]) == (1, 0, 1)


def test_what_is_gone_is_cancelled_only_when_a_person_says_so(cli: CommandLine) -> None:
    take(cli)
    file = plan_file(cli.folder, BASE[:2], name="next.csv")
    told = cli.done("import", file, "--plan", "Our plan", "--yes")
    assert "Nothing was added." in told
    assert {line["status"] for line in actions(cli)} == {"not_started"}
    told = cli.done("import", file, "--plan", "P1", "--apply", "gone")
    assert "Open actions that the document no longer names; they are to be cancelled:" in told
    assert "they stay unless" not in told
    assert "1 action cancelled" in told
    assert "no longer in next.csv" in cli.done("history", "A3")


def test_a_file_with_equal_rows_adds_nothing(cli: CommandLine) -> None:
    take(cli)
    before = size(cli)
    file = plan_file(cli.folder, BASE, name="copy.csv", header=(*HEADER, "Notes"))
    told = cli.done("import", file, "--plan", "Our plan")
    assert "Nothing was added. The record holds everything that the document says." in told
    assert size(cli) == before


def test_the_same_file_does_not_undo_what_people_did_since(cli: CommandLine) -> None:
    take(cli)
    cli.done(
        "action",
        "move-target-date",
        "A1",
        "--target",
        "May 2026",
        "--reason",
        "Staff left",
        "--as",
        "PE7",
    )
    told = cli.done("import", plan_file(cli.folder), "--plan", "P1", "--yes")
    assert "Nothing was added. A file is not read twice" in told
    again = cli.answer("import", plan_file(cli.folder), "--plan", "P1", "--apply", "changed")
    [difference] = again["plans"][0]["rows"][0]["differences"]
    assert "the record has moved it since" in difference["kept"]
    assert again["stored"]["changed"] == 0


def test_a_file_that_was_read_under_another_title_is_recognised(cli: CommandLine) -> None:
    take(cli)
    assert "This very file was read into “Our plan” (P1)" in cli.done(
        "import", plan_file(cli.folder)
    )


def test_a_row_that_stands_twice_is_stored_once(cli: CommandLine) -> None:
    assert take(cli, BASE[0], BASE[0])["stored"]["added"] == 1
    assert states(cli, BASE[0], BASE[0]) == ["same", "repeated"]


def test_the_same_words_with_another_lead_or_date_are_another_action(cli: CommandLine) -> None:
    text = "Check ten case files"
    rows = (
        (NEGLECT, text, "June 2025", "Business Manager"),
        (NEGLECT, text, "June 2025", "Head of Housing"),
        (NEGLECT, text, "December 2025", "Business Manager"),
    )
    assert take(cli, *rows)["stored"]["added"] == 3
    assert states(cli, *reversed(rows)) == ["same"] * 3


def test_a_retitled_priority_is_shown_and_taken_with_what_changed(cli: CommandLine) -> None:
    take(cli)
    rows = (("1. Neglect and poverty", *BASE[0][1:]), ("1. Neglect and poverty", *BASE[1][1:]))
    file = plan_file(cli.folder, (*rows, BASE[2]), name="next.csv")
    assert "1 retitled priority" in cli.refused("import", file, "--plan", "P1")
    cli.done("import", file, "--plan", "P1", "--yes")
    assert actions(cli)[0]["priority_title"] == "Neglect and poverty"


def test_an_action_moves_to_the_priority_that_the_document_prints(begun: CommandLine) -> None:
    take(begun)
    moved = (("3. Housing", *BASE[0][1:]), (SYSTEM, *BASE[1][1:]), BASE[2])
    file = plan_file(begun.folder, moved, name="next.csv")
    told = begun.done("import", file, "--plan", "P1", "--yes")
    assert "2 actions changed" in told
    titles = [line["priority_title"] for line in sorted(actions(begun), key=itemgetter("ref"))]
    assert titles == ["Housing", "The system", "The system"]
    last = begun.answer("history", "A1")["events"][-1]
    assert last["sentence"] == "moved the action to priority 3 of its plan"
    assert last["words"] == [{"label": "Reason", "text": "as printed in next.csv"}]


@pytest.mark.parametrize("titled", ["Our plan", "OUR PLAN.", "P1", "p1"])
def test_a_plan_is_found_by_title_or_reference(cli: CommandLine, titled: str) -> None:
    take(cli)
    file = plan_file(cli.folder, (*BASE, (SYSTEM, "More", "May 2026", "Business Manager")), "n.csv")
    cli.done("import", file, "--plan", titled, "--yes")
    assert {line["plan"] for line in actions(cli)} == {"P1"}


def test_a_plan_that_looks_like_another_is_asked_about(cli: CommandLine) -> None:
    take(cli)
    file = plan_file(cli.folder, BASE[1:], name="Our plan renewed.csv")
    refusal = cli.refused("import", file)
    assert "Is “Our plan renewed” the plan “Our plan” (P1)?" in refusal
    assert "2 of its 2 actions stand in P1 already" in refusal
    assert "Add --plan P1" in refusal


def test_a_reference_of_no_plan_is_refused(cli: CommandLine) -> None:
    assert "--plan: There is no P7 here." in cli.refused(
        "import", plan_file(cli.folder), "--plan", "P7"
    )


def test_a_closed_plan_takes_nothing_more_in(cli: CommandLine) -> None:
    take(cli)
    cli.done("plan", "close", "P1", "--reason", "Its years are over")
    assert "Nothing was added." in cli.done("import", plan_file(cli.folder), "--plan", "Our plan")
    file = plan_file(cli.folder, BASE[:1], name="next.csv")
    assert "P1 is closed" in cli.refused("import", file, "--plan", "Our plan")


def test_only_who_may_import_imports(cli: CommandLine) -> None:
    before = size(cli)
    file = plan_file(cli.folder)
    assert "PE2 may not give the command" in cli.refused(
        "import", file, "--accept-aliases", "--as", "PE2"
    )
    assert size(cli) == before


def test_sheets_of_one_title_are_one_plan(tmp_path: Path, cli: CommandLine) -> None:
    book = openpyxl.Workbook()
    for name, row in (("Neglect", BASE[0]), ("System", BASE[2])):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append(row)
    path = tmp_path / "plan.xlsx"
    book.save(path)
    stored = cli.answer("import", str(path), "--plan", "Our plan")["stored"]
    assert (stored["plans"], stored["added"]) == (["P1"], 2)
    assert len(cli.answer("import", str(path), "--dry-run")["plans"]) == 1


def test_a_measure_and_progress_that_are_new_are_added(cli: CommandLine) -> None:
    take(cli, (*BASE[0], "Signed by one", "", "", ""), header=FULL)
    row = (*BASE[0], "Signed by all", "", "", "Draft is out")
    file = plan_file(cli.folder, [row], "next.csv", FULL)
    cli.done("import", file, "--plan", "P1", "--yes")
    assert "Signed by all" in cli.done("show", "A1")
    assert actions(cli)[0]["latest_note"] == "As published in next.csv: Draft is out"


def test_everything_is_shown_where_somebody_wants_it(cli: CommandLine) -> None:
    report = cli.folder / "report.txt"
    lines = (
        "Early help",
        "Area for development\tWhat we did?",
        "Voice of fathers\tA guide was written.",
        "Voice of mothers\t",
    )
    report.write_text("\n".join(lines), encoding="utf-8")
    told = cli.done("import", str(report), "--verbose")
    assert "2 recommendations, 2 new (1 with an answer, which is kept as published)" in told
    assert "Voice of fathers (new, answered)" in told
    assert "Voice of mothers (new, no answer)" in told
    assert "Stored from report.txt: 2 recommendations added." in told
    again = cli.done("import", str(report), "--verbose")
    assert "Voice of fathers (R1)" in again
    assert "Nothing was added. The record holds everything that the document says." in again


def test_advice_is_listed_and_stops_nothing(cli: CommandLine) -> None:
    row = (NEGLECT, "Promote the toolkit", "June 2025", "Business Manager")
    told = cli.done("import", plan_file(cli.folder, [row]), "--verbose")
    assert "Advice on the wording, which stops nothing: 2 pieces on 1 action:" in told
    assert '"Promote" has no end that anybody can see.' in told
    assert "1 action added to P1" in told


def test_a_trial_gives_each_advice_once_with_its_lines_after_the_questions(
    cli: CommandLine,
) -> None:
    rows = [
        (NEGLECT, "Promote the toolkit", "June 2025", "Business Manager"),
        (NEGLECT, "Promote the form", "June 2025", "HSCP Business Manager"),
        (NEGLECT, "Write the form", "June 2025", "Business Manager"),
    ]
    told = cli.done("import", plan_file(cli.folder, rows), "--dry-run")
    assert told.count("has no end that anybody can see") == 1
    assert told.count("It does not say how you will know that it worked") == 1
    assert "    lines 2 and 3\n" in told
    assert "    lines 2, 3 and 4\n" in told
    asked = told.index("Is “HSCP Business Manager” the same role")
    assert asked < told.index("Advice on the wording") < told.index("Nothing was stored.")


def test_every_role_and_spelling_that_was_made_is_confirmed(cli: CommandLine) -> None:
    rows = [
        (NEGLECT, "Do it", "June 2025", "HSCP Business Manager"),
        (NEGLECT, "Do that", "June 2025", "Head of Housing"),
        (NEGLECT, "Do all", "June 2025", "HSCP Head of Housing"),
    ]
    file = plan_file(cli.folder, rows)
    answer = cli.answer("import", file, "--accept-aliases")["stored"]
    (role,) = answer["new_roles"]
    assert {role["title"], *role["aliases"]} == {"Head of Housing", "HSCP Head of Housing"}
    assert answer["new_aliases"] == [
        {"role": "RO1", "title": "Business Manager", "alias": "HSCP Business Manager"}
    ]
    assert cli.answer("show", role["ref"])["title"] == role["title"]


def test_what_was_made_is_told_in_words_too(begun: CommandLine) -> None:
    rows = [
        (NEGLECT, "Do it", "June 2025", "HSCP Business Manager"),
        (NEGLECT, "Do that", "Ongoing", "Head of Housing"),
    ]
    told = begun.done("import", plan_file(begun.folder, rows), "--accept-aliases")
    summary = told[told.index("Stored from") :]
    ref = begun.answer("board", "--lead", "Head of Housing")["lines"][0]["leads"][0]["ref"]
    assert f"Roles created:\n  {ref} Head of Housing: lead\n" in summary
    assert "  “HSCP Business Manager” means Business Manager (RO1)\n" in summary
    assert "1 item has no day by which to be done (A2), being ongoing" in summary
    assert "nobody to act" not in summary


def test_what_has_nobody_to_act_and_no_date_is_counted(cli: CommandLine) -> None:
    header = (*HEADER, "Recommendation")
    row = (NEGLECT, "Do it", "June 2025", "Business Manager", "Hear every child")
    file = plan_file(cli.folder, [row], header=header)
    told = cli.done("import", file)
    assert "1 item has nobody to act (R1), so nobody is reminded." in told
    assert "goldthread recommendation readdress R1 --addressed-to RO4" in told
    assert "1 item has no date (R1)" in told
    assert "being ongoing" not in told


def test_the_counts_of_what_nobody_is_reminded_of_are_for_programs_too(cli: CommandLine) -> None:
    header = (*HEADER, "Recommendation")
    named = ("Business Manager", "Hear every child")
    rows = [(NEGLECT, "Do it", "Ongoing", *named), (NEGLECT, "Do all", "May 2026", *named)]
    stored = cli.answer("import", plan_file(cli.folder, rows, header=header))["stored"]
    assert (stored["without_lead"], stored["without_date"]) == (["R1"], ["A1", "R1"])


def test_a_title_out_of_the_document_is_told_with_how_to_change_it(cli: CommandLine) -> None:
    told = cli.done("import", plan_file(cli.folder, name="o.csv"), "--accept-aliases")
    assert "The plan “o” is a new plan, called so after its file:" in told
    assert "P1 is called “o” after its file." in told
    assert "goldthread plan retitle P1 --title" in told
    other = plan_file(cli.folder, [(NEGLECT, "Ask", "May 2026", "Business Manager")], name="p.csv")
    titled = cli.done("import", other, "--plan", "Another plan")
    assert "called" not in titled


def test_a_title_above_the_table_is_told_as_that(cli: CommandLine) -> None:
    path = cli.folder / "o.csv"
    rows = [["Plan for 2025"], HEADER, (NEGLECT, "Ask", "May 2026", "Business Manager")]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    told = cli.done("import", str(path), "--dry-run")
    assert "is a new plan, called so after the heading above its table" in told


def test_the_title_of_a_sheet_is_told_as_that(cli: CommandLine) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Our actions")
    for row in (HEADER, (NEGLECT, "Ask", "May 2026", "Business Manager")):
        sheet.append(row)
    book.save(cli.folder / "o.xlsx")
    (plan,) = cli.answer("import", str(cli.folder / "o.xlsx"), "--dry-run")["plans"]
    assert (plan["title"], plan["titled_by"]) == ("Our actions", "sheet")
