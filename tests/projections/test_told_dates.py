from __future__ import annotations

import datetime as dt

from events.email import EmailPlanned, ReminderItem
from projections.told_dates import EMAILS_KEPT
from tests.projections.folds import Tale

MONDAY = dt.date(2025, 3, 3)
AHEAD = dt.date(2025, 3, 31)
PASSED = dt.date(2025, 2, 28)


def planned(day: dt.date, *items: tuple[str, dt.date], person: str = "person-1") -> EmailPlanned:
    """Plan an email that tells of some dates."""
    told = tuple(ReminderItem(item=item, target_on=on, rule="before-5") for item, on in items)
    return EmailPlanned(person=person, send_on=day, items=told, message_id="<a@example.org>")


def test_dates_ahead_are_kept_with_the_email_that_told_them() -> None:
    email = planned(MONDAY, ("action-1", AHEAD), ("action-2", PASSED), ("action-3", MONDAY))
    row = Tale().tell("email-1", email).row("told_dates", "person-1")

    mark = {"email": "email-1", "planned_at": 1}
    assert row["emails"] == [mark]
    assert row["entries"] == [
        {"item": "action-1", "target_on": "2025-03-31", "rule": "before-5", **mark},
        {"item": "action-3", "target_on": "2025-03-03", "rule": "before-5", **mark},
    ]


def test_dates_go_once_they_have_passed() -> None:
    tale = Tale().tell("email-1", planned(MONDAY, ("action-1", AHEAD), ("action-3", MONDAY)))
    later = planned(AHEAD + dt.timedelta(days=1), ("action-1", AHEAD))
    row = tale.tell("email-2", later).row("told_dates", "person-1")

    assert row["entries"] == []
    assert [one["email"] for one in row["emails"]] == ["email-1", "email-2"]


def test_the_latest_emails_are_kept_and_no_more() -> None:
    tale = Tale()
    for number in range(1, EMAILS_KEPT + 3):
        tale.tell(f"email-{number}", planned(MONDAY, ("action-1", AHEAD)))
    row = tale.row("told_dates", "person-1")

    assert len(row["emails"]) == EMAILS_KEPT
    assert row["emails"][-1]["email"] == f"email-{EMAILS_KEPT + 2}"


def test_each_person_has_dates_of_their_own() -> None:
    tale = Tale().tell("email-1", planned(MONDAY, ("action-1", AHEAD)))
    tale.tell("email-2", planned(MONDAY, ("action-2", AHEAD), person="person-2"))

    entries = [tale.row("told_dates", f"person-{number}")["entries"] for number in (1, 2)]
    assert [[entry["item"] for entry in some] for some in entries] == [["action-1"], ["action-2"]]
