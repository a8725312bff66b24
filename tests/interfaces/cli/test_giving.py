from __future__ import annotations

import datetime as dt
import json

import pytest

from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine

WORDS = "Train every school in professional curiosity"


def an_action(cli: CommandLine, target: str = "December 2025") -> str:
    cli.done("plan", "adopt", "--title", "Our plan")
    answer = cli.answer(
        "action", "create", "--text", WORDS, "--lead-roles", "RO3", "--target", target,
        "--plan", "P1",
    )  # fmt: skip
    ref: str = answer["ref"]
    return ref


def size_of(cli: CommandLine) -> int:
    size: int = cli.answer("verify")["size"]
    return size


def test_a_command_tells_what_it_did_in_a_sentence(begun: CommandLine) -> None:
    ref = an_action(begun)
    assert begun.done("action", "start", ref) == "A1 (change 2): started the work.\n"


def test_a_command_answers_in_json_with_nothing_else_on_stdout(cli: CommandLine) -> None:
    an_action(cli)
    assert cli.answer("action", "start", "A1") == {
        "ref": "A1",
        "stream": "action-1",
        "version": 2,
        "repeated": False,
        "events": [{"version": 2, "type": "action.started", "sentence": "started the work"}],
        "advice": [],
        "warnings": [],
    }


@pytest.mark.parametrize("written", ["A1", "a1", "action-1", " A-1 "])
def test_a_reference_is_read_however_it_is_quoted(cli: CommandLine, written: str) -> None:
    an_action(cli)
    assert cli.answer("action", "start", written)["ref"] == "A1"


def test_what_changes_nothing_says_so(cli: CommandLine) -> None:
    an_action(cli)
    cli.done("action", "start", "A1")
    told = cli.done("action", "start", "A1")
    assert told == "A1 (change 2): nothing to do, it is so already.\n"


def test_the_directory_is_searched_by_title_name_address_and_spelling(cli: CommandLine) -> None:
    cli.done("plan", "adopt", "--title", "Our plan")
    cli.done("role", "add-alias", "Business Manager", "--alias", "Partnership manager")
    cli.done(
        "action", "create", "--text", WORDS, "--target", "December 2025", "--plan", "P1",
        "--lead-roles", "partnership MANAGER", "--lead-roles", "chair of implementation sub-group",
    )  # fmt: skip
    leads = cli.answer("show", "A1")["line"]["leads"]
    assert [lead["ref"] for lead in leads] == ["RO1", "RO3"]
    cli.done("person", "rename", "audit.chair@example.org", "--name", "Example Second Chair")
    assert cli.answer("show", "PE2")["title"] == "Example Second Chair"


def test_several_references_may_be_given_together(cli: CommandLine) -> None:
    an_action(cli)
    cli.done("action", "change-leads", "A1", "--lead-roles", "RO2, ro4", "--reason", "Shared")
    leads = cli.answer("show", "A1")["line"]["leads"]
    assert [lead["ref"] for lead in leads] == ["RO2", "RO4"]


@pytest.mark.parametrize("written", ["2025-03-01", "1.3.25", "1 March 2025", "01/03/2025"])
def test_a_day_is_read_day_first_or_as_iso(cli: CommandLine, written: str) -> None:
    cli.done("role", "stand-down", "RO3", "--person", "PE3", "--last-day-on", "31.3.2025")
    cli.done("role", "appoint", "RO5", "--person", "PE2", "--from-on", written)
    facts = cli.answer("show", "RO5")["facts"]
    assert {"label": "Holder", "value": "Example Audit Chair, since 1 March 2025"} in facts


def test_a_choice_is_read_whatever_its_capitals_and_spaces(cli: CommandLine) -> None:
    told = cli.done("audit", "plan", "--kind", "Practice Review", "--title", "Neglect")
    assert told == "AU1 (change 1): planned a practice review.\n"


def test_who_gives_a_command_is_named_by_reference_or_address(cli: CommandLine) -> None:
    an_action(cli)
    cli.done("action", "note-progress", "A1", "--note", "One", "--as", "pe3")
    note = ("action", "note-progress", "A1", "--note", "Two")
    cli.done(*note, "--as", "implementation.chair@example.org")
    events = cli.answer("history", "A1")["events"]
    assert [event["actor"] for event in events] == ["PE1", "PE3", "PE3", "PE3"]


def test_without_a_configured_actor_somebody_has_to_be_named(cli: CommandLine) -> None:
    cli.config.write_text('[cli]\nactor = ""', encoding="utf-8")
    assert "--as: say who gives the command" in cli.refused("plan", "adopt", "--title", "Plan")
    cli.done("plan", "adopt", "--title", "Plan", "--as", "PE1")


def test_the_day_on_which_something_became_true_may_lie_back(cli: CommandLine) -> None:
    an_action(cli)
    cli.done("action", "start", "A1", "--effective-on", "3 March 2025")
    event = cli.answer("history", "A1")["events"][-1]
    assert (event["happened_on"], event["recorded_on"]) == ("2025-03-03", "2025-03-31")


def test_a_command_given_again_with_the_same_id_does_nothing_twice(begun: CommandLine) -> None:
    an_action(begun)
    note = ("action", "note-progress", "A1", "--note", "Said once", "--command-id", "minutes, 3")
    first = begun.answer(*note)
    size = size_of(begun)
    assert begun.answer(*note) == {**first, "repeated": True}
    told = begun.done(*note)
    assert "This was stored before under the same --command-id: nothing was stored again." in told
    assert "told how the work goes." in told
    assert size_of(begun) == size


@pytest.mark.parametrize(
    "other",
    [
        ["action", "reword", "A1", "--text", "Teach every school", "--reason", "Plainer"],
        ["action", "note-progress", "A1", "--note", "Mine", "--as", "PE3"],
        ["action", "note-progress", "A2", "--note", "Of another action"],
        ["plan", "retitle", "P1", "--title", "Another"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_the_same_words_on_another_command_are_another_id(
    cli: CommandLine, other: list[str]
) -> None:
    an_action(cli)
    cli.done("action", "create", "--text", WORDS, "--target", "May 2025", "--plan", "P1",
             "--lead-roles", "RO2")  # fmt: skip
    cli.done("action", "note-progress", "A1", "--note", "One", "--command-id", "minutes")
    size = size_of(cli)
    assert cli.answer(*other, "--command-id", "minutes")["repeated"] is False
    assert size_of(cli) > size


def test_a_uuid_of_another_command_is_refused_as_a_conflict(begun: CommandLine) -> None:
    command_id = ("--command-id", "0195f3a2-7a57-7c31-9a56-0d3b7c1de111")
    an_action(begun)
    begun.done("action", "note-progress", "A1", "--note", "One", *command_id)
    size = size_of(begun)
    for other in (
        ("action", "note-progress", "A1", "--note", "Mine", "--as", "PE3"),
        ("plan", "retitle", "P1", "--title", "Another"),
        ("plan", "adopt", "--title", "Another"),
        ("action", "create", "--text", WORDS, "--target", "May 2025", "--lead-roles", "RO2",
         "--plan", "P1"),
    ):  # fmt: skip
        told = begun.refused(*other, *command_id, code=3)
        assert "--command-id: This command id was used before, for another command (A1" in told
    assert size_of(begun) == size


def test_a_retry_of_what_began_something_is_told_apart(begun: CommandLine) -> None:
    adopt = ("plan", "adopt", "--title", "Plan", "--command-id", "minutes, 4")
    assert begun.answer(*adopt)["repeated"] is False
    again = begun.answer(*adopt)
    assert (again["ref"], again["repeated"]) == ("P1", True)


def test_a_command_id_may_be_a_uuid(cli: CommandLine) -> None:
    command_id = "0195f3a2-7a57-7c31-9a56-0d3b7c1de111"
    cli.done("plan", "adopt", "--title", "Plan", "--command-id", command_id)
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        (recorded,) = partnership.log.read_stream("plan-1")
    assert recorded.command_id == command_id


def test_whoever_was_slower_is_refused_as_a_conflict(begun: CommandLine) -> None:
    an_action(begun)
    begun.done("action", "note-progress", "A1", "--note", "Faster")
    size = size_of(begun)
    told = begun.refused(
        "action", "note-progress", "A1", "--note", "Slower", "--expected-version", "1", code=3
    )
    assert "A1 was changed by somebody else while you were writing" in told
    assert size_of(begun) == size


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["action", "start", "A9"], "There is no A9 here."),
        (["action", "start", "RO1"], "ACTION: RO1 is a role; an action such as A7 is wanted here."),
        (["action", "start", "A0"], "ACTION: 'A0' is not a reference; an action such as A7"),
        (["action", "start", "A1", "--as", "PE99"], "There is no PE99 here."),
        (
            ["action", "start", "A1", "--as", "nobody@example.org"],
            "--as: there is no 'nobody@example.org' in the directory",
        ),
        (["action", "start", "A1", "--as", "PE8"], "PE8 may not give the command 'action start'"),
        (["action", "move-target-date", "A1", "--target", "ASAP", "--reason", "x"], "--target:"),
        (
            [
                "action",
                "override-brag",
                "A1",
                "--colour",
                "pink",
                "--reason",
                "x",
                "--expires-on",
                "2025-05-01",
            ],
            "--colour: 'pink' is not one of blue, red, amber, green, grey.",
        ),
        (
            ["action", "put-on-hold", "A1", "--reason", "x", "--review-on", "31 February 2025"],
            "--review-on: '31 February 2025' is not a day: February 2025 has 28 days.",
        ),
        (
            ["action", "put-on-hold", "A1", "--reason", "x", "--review-on", "May 2025"],
            "--review-on: 'May 2025' is not a single day.",
        ),
        (
            ["action", "reword", "A1", "--text", " ", "--reason", "x"],
            "--text: Write the text: it is empty.",
        ),
        (["action", "note-progress", "A1", "--note", " "], "--note: Write the note: it is empty."),
        (
            ["action", "note-progress", "A1", "--note", "x" * 20_001],
            "--note: It is too long. Shorten it to 20000 letters at most.",
        ),
        (["action", "start", "A1", "--effective-on", "2026-01-01"], "--effective-on: A change"),
        (["recommendation", "readdress", "R1", "--addressed-to", "A1"], "Missing option"),
        (["action", "reword"], "Missing argument 'ACTION'"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_refused_kindly_and_stores_nothing(
    cli: CommandLine, arguments: list[str], told: str
) -> None:
    an_action(cli)
    size = size_of(cli)
    assert told in " ".join(cli.refused(*arguments).split())
    assert size_of(cli) == size


def test_a_name_that_two_entries_have_has_to_be_given_as_a_reference(cli: CommandLine) -> None:
    cli.done("person", "register", "--name", "Example Scrutineer")
    told = cli.refused("person", "change-agency", "Example Scrutineer")
    assert told == "PERSON: 'Example Scrutineer' can mean PE8, PE9. Give the reference.\n"


def test_more_time_is_asked_for_and_given_under_extension(begun: CommandLine) -> None:
    an_action(begun)
    asked = ("--target", "March 2026", "--reason", "Schools are closed", "--progress", "Half")
    begun.done("extension", "request", "A1", *asked, "--as", "PE3")
    own = begun.refused("extension", "approve", "A1", "--as", "PE3")
    assert "somebody other than who asked" in own
    told = begun.done("extension", "approve", "A1", "--as", "PE7")
    assert "approved more time (first request)." in told
    line = begun.answer("show", "A1")["line"]
    assert (line["target"], line["original_target"]) == ("March 2026", "December 2025")


def test_what_people_recorded_of_themselves_they_did(cli: CommandLine) -> None:
    an_action(cli)
    cli.done("action", "start", "A1", "--as", "PE3")
    done = ("--what-we-did", "All trained", "--evidence", "Lists")
    cli.done("action", "submit", "A1", *done, "--as", "PE3")
    told = cli.done("action", "complete", "A1", "--as", "PE7")
    assert told == "A1 (change 4): confirmed that it is done.\n"


def test_advice_is_given_on_what_was_written_and_stops_nothing(cli: CommandLine) -> None:
    cli.done("plan", "adopt", "--title", "Our plan")
    create = ("action", "create", "--text", "Promote curiosity", "--lead-roles", "RO3",
              "--target", "May 2025", "--plan", "P1")  # fmt: skip
    told = cli.done(*create)
    assert told.startswith("A1 (change 1): took on the action")
    assert "Advice: It does not say how you will know that it worked." in told
    assert 'Advice: "Promote" has no end that anybody can see.' in told
    codes = [one["code"] for one in cli.answer("show", "A1")["advice"]]
    assert codes == ["no_measure", "vague_verb"]
    assert "Advice: " in cli.done("show", "A1")
    assert [one["code"] for one in cli.answer(*create)["advice"]] == codes
    proposed = cli.answer(
        "recommendation", "propose", "--text", "Ask every child", "--source", "Inspection"
    )
    assert [one["code"] for one in proposed["advice"]] == ["no_lead", "no_date"]


def test_a_date_past_the_announced_bank_holidays_is_warned_of(cli: CommandLine) -> None:
    an_action(cli)
    move = ("action", "move-target-date", "A1", "--reason", "Long", "--as", "PE7", "--target")
    assert "Bank holidays are announced up to" not in cli.done(*move, "January 2026")
    assert "Bank holidays are announced up to" in cli.done(*move, "May 2031")
    assert len(cli.answer(*move, "June 2031")["warnings"]) == 1


def test_a_finding_is_told_with_its_number(cli: CommandLine) -> None:
    cli.done("audit", "plan", "--kind", "audit", "--title", "Neglect", "--lead-role", "RO2")
    cli.done("audit", "scope", "AU1", "--terms-of-reference", "x", "--key-lines-of-enquiry", "y")
    cli.done("audit", "start-fieldwork", "AU1")
    told = cli.done("finding", "draft", "AU1", "--kind", "area for development", "--text", "Slow")
    assert "AU1/F1" in told
    assert cli.answer("finding", "reword", "au1/f1", "--text", "Too slow")["version"] == 5


def test_both_databases_give_the_same_answers(begun: CommandLine) -> None:
    an_action(begun)
    begun.on(dt.date(2025, 4, 2))
    begun.done("action", "start", "A1")
    answer = json.dumps(begun.answer("board"))
    assert '"colour": "amber"' in answer or '"colour": "green"' in answer


def test_a_childs_details_are_warned_of_and_stored_all_the_same(cli: CommandLine) -> None:
    a_small_plan(cli)
    note = "Met Zeb Quill, DOB 3/4/2012, 943 476 5919"
    said = cli.done("action", "note-progress", "A2", "--note", note, "--as", "PE2")
    assert "Warning: 'note' seems to hold an NHS number, a date of birth and somebody's" in said
    assert "goldthread erase text" in said
    (found,) = cli.answer("erase", "find", "zeb quill")
    assert found["ref"] == "A2"
    said = cli.done("action", "note-progress", "A2", "--note", "All well", "--as", "PE2")
    assert "Warning" not in said
