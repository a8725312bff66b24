from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.interfaces.cli.quiet import without_digests
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine

OVERDUE = dt.date(2025, 11, 3)


@pytest.fixture
def reminded(begun: CommandLine) -> CommandLine:
    """Give a record whose lead was told before the date and after it, on both databases."""
    a_small_plan(begun)
    without_digests(begun)
    for day in (dt.date(2025, 10, 24), OVERDUE):
        begun.on(day)
        begun.done("remind")
    return begun


def refs(answer: Any) -> list[str]:  # noqa: ANN401 - an answer of the command line
    return [email["ref"] for email in answer["emails"]]


def test_the_newest_email_comes_first_with_what_became_of_it(reminded: CommandLine) -> None:
    answer = reminded.answer("reminders")
    found = [(one["ref"], one["on"], one["status"], one["person"]) for one in answer["emails"]]
    assert found == [("E2", "2025-11-03", "sent", "PE3"), ("E1", "2025-10-24", "sent", "PE3")]
    assert answer["emails"][0]["items"] == [
        {
            "ref": "A1",
            "target_on": "2025-10-31",
            "rule": "after-1",
            "role": "RO3",
            "is_cover": False,
            "not_said": None,
        }
    ]
    assert answer["count"] == 2


def test_a_listing_says_it_in_plain_words_and_counts(reminded: CommandLine) -> None:
    said = " ".join(reminded.done("reminders").split())
    assert said.startswith("3 November 2025 E2 sent Example Implementation Chair (PE3)")
    assert "A1 31 October 2025 1 working day after as Chair of Implementation Subgroup" in said
    assert "2 emails (2 sent), as at today, 3 November 2025. Record " in said


def test_a_listing_is_narrowed_by_every_option(reminded: CommandLine) -> None:
    assert refs(reminded.answer("reminders", "--since", "1.11.2025")) == ["E2"]
    assert refs(reminded.answer("reminders", "--until", "31.10.2025")) == ["E1"]
    assert refs(reminded.answer("reminders", "--status", "failed")) == []
    assert refs(reminded.answer("reminders", "--status", "Sent")) == ["E2", "E1"]
    assert refs(reminded.answer("reminders", "--item", "A1")) == ["E2", "E1"]
    assert refs(reminded.answer("reminders", "--item", "a2")) == []
    assert refs(reminded.answer("reminders", "--person", "implementation.chair@example.org"))
    assert refs(reminded.answer("reminders", "--person", "PE2")) == []


def test_an_earlier_day_is_listed_as_it_was_known_then(reminded: CommandLine) -> None:
    answer = reminded.answer("reminders", "--at", "2025-10-31")
    assert refs(answer) == ["E1"]
    assert answer["today"] is None
    assert "as known at the end of 31 October 2025" in reminded.done(
        "reminders", "--at", "31.10.25"
    )


def test_what_nobody_has_is_refused_kindly(reminded: CommandLine) -> None:
    assert "'lost' is not one of planned, sent" in reminded.refused("reminders", "--status", "lost")
    assert "is not a reference" in reminded.refused("reminders", "--item", "everything")
    said = reminded.refused("reminders", "--since", "2.11.2025", "--until", "1.11.2025")
    assert said == "--until: it lies before --since. Exchange the two.\n"
    assert "There is no PE99 here" in reminded.refused("reminders", "--person", "PE99")


def test_what_waits_says_why_and_when_it_is_tried_again(begun: CommandLine) -> None:
    a_small_plan(begun)
    without_digests(begun)
    begun.on(OVERDUE)
    (begun.folder / "outbox").write_text("in the way")
    begun.refused("remind", code=1)
    (email,) = begun.answer("reminders", "--status", "planned")["emails"]
    assert (email["attempts"], email["status"]) == (1, "planned")
    assert "could not be written to" in email["last_reply"]
    said = " ".join(begun.done("reminders").split())
    assert "Tried 1 time; the server said: The folder" in said
    assert "Next try: 3 November 2025 at 12:05." in said


def test_what_ended_before_the_email_left_is_listed_with_the_reason(begun: CommandLine) -> None:
    a_small_plan(begun)
    without_digests(begun)
    begun.on(OVERDUE)
    blocked = begun.folder / "outbox"
    blocked.write_text("in the way")
    begun.refused("remind", code=1)
    begun.done("action", "cancel", "A1", "--reason", "Done elsewhere")
    blocked.unlink()
    begun.on(dt.date(2025, 11, 4))
    begun.done("remind")

    (email,) = begun.answer("reminders", "--item", "A1")["emails"]
    assert (email["status"], email["reason"]) == ("cancelled", "ended")
    assert [item["not_said"] for item in email["items"]] == ["ended"]
    said = " ".join(begun.done("reminders").split())
    assert "E1 not sent Example Implementation Chair (PE3)" in said
    assert "not said: it had ended before the email left" in said
    assert "1 email (1 not sent), as at today, 4 November 2025. Record " in said


def test_who_waits_and_for_what_nobody_is_found_is_told_of_today(reminded: CommandLine) -> None:
    for person in ("PE1", "PE3"):
        reminded.done("person", "change-email", person)
    today = reminded.answer("reminders")["today"]
    assert "A1" in {one["ref"] for one in today["untold"]}
    assert {one["person"] for one in today["unreachable"]} == {"PE1", "PE3"}
    assert "Considered today, and not sent" in reminded.done("reminders")
    narrowed = reminded.answer("reminders", "--person", "PE3")["today"]
    assert [one["person"] for one in narrowed["unreachable"]] == ["PE3"]
    assert narrowed["untold"] == []
    of_another = reminded.answer("reminders", "--item", "A2")["today"]
    assert set(of_another) == {"waiting", "unreachable", "untold", "held_back", "declined"}
    assert not any(of_another.values())
    assert reminded.answer("reminders", "--status", "sent")["today"] is None


def test_who_waits_for_the_leads_to_answer_is_told_with_until_when(begun: CommandLine) -> None:
    a_small_plan(begun)
    begun.on(dt.date(2026, 2, 2))
    said = " ".join(begun.done("reminders").split())
    assert (
        "Example Lead Partner, Example Scrutineer and Example Delegated Partner are told of A1 on"
        " 9 February 2026, and not today: whoever leads it has 5 working days to answer first."
    ) in said
    begun.done("remind")
    (held_back,) = begun.answer("reminders", "--item", "A1")["today"]["held_back"]
    assert (held_back["ref"], held_back["until"]) == ("A1", "2026-02-09")
    (first, *_), lead = held_back["people"], "PE3"
    (theirs,) = begun.answer("reminders", "--person", first)["today"]["held_back"]
    assert theirs["people"] == [first]
    assert begun.answer("reminders", "--person", lead)["today"]["held_back"] == []


def test_a_digest_that_was_switched_off_is_told_as_considered_and_not_sent(
    begun: CommandLine,
) -> None:
    a_small_plan(begun)
    begun.done("person", "switch-off-digest", "PE1", "--digest", "monthly")
    begun.on(dt.date(2025, 10, 1))
    (one,) = begun.answer("reminders")["today"]["declined"]
    assert one == {"person": "PE1", "ref": "RO1", "digest": "monthly_digest"}
    said = begun.done("reminders")
    assert "Example Business Manager has switched the monthly digest off." in said
    assert begun.answer("reminders", "--person", "PE3")["today"]["declined"] == []


def test_what_went_to_somebody_as_cover_says_so(begun: CommandLine) -> None:
    a_small_plan(begun)
    without_digests(begun)
    days = ("--from-on", "2025-10-20", "--last-day-on", "2025-11-30")
    begun.done("role", "arrange-cover", "RO3", "--person", "PE5", *days)
    begun.on(OVERDUE)
    begun.done("remind")

    (email,) = begun.answer("reminders", "--item", "A1")["emails"]
    assert email["person"] == "PE5"
    assert all(item["is_cover"] for item in email["items"])
    said = " ".join(begun.done("reminders").split())
    assert "1 working day after as cover for Chair of Implementation Subgroup" in said


def test_of_what_is_not_there_the_listing_says_that_and_not_that_there_are_no_emails(
    begun: CommandLine,
) -> None:
    begun.done("audit", "plan", "--kind", "audit", "--title", "Neglect")
    for missing in ("A99", "AU1/C1", "RO99"):
        assert f"There is no {missing} here" in begun.refused("reminders", "--item", missing)


def test_rules_that_leave_people_out_are_told_where_reminders_are_shown(
    begun: CommandLine,
) -> None:
    a_small_plan(begun)
    rule = '{ name = "before-10", days = -10, tell = ["lead"] }'
    begun.config.write_text(f'[[reminders.overrides]]\nfor = "P1"\nrules = [{rule}]\n')

    for command in (("reminders",), ("remind", "--preview", "5"), ("remind",), ("status",)):
        said = " ".join(begun.done(*command).split())
        assert "For P1 only whoever leads it is told 10 working days before, and nobody" in said


def test_a_record_without_emails_says_so(begun: CommandLine) -> None:
    assert begun.done("reminders").startswith(
        "No emails, as at today, 31 March 2025.\n\nRecord 38 · "
    )
