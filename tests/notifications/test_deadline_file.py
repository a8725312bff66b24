from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar

from notifications.deadline_file import uid_of
from notifications.letter_calendar import CalendarChanges, Entry
from notifications.letter_calendar_words import MOST_ENDED
from notifications.letter_item import Fact, LetterItem
from notifications.letters import RecordMark, write_letter
from notifications.rules import Occasion
from tests.notifications.letter_samples import (
    DIGEST,
    HEAD,
    ITEM,
    a_letter,
    changed,
    overdue,
    part,
    read,
)

MARCH = dt.date(2025, 3, 31)


def calendars(*items: LetterItem, **fields: Any) -> list[tuple[EmailMessage, Any]]:  # noqa: ANN401 - any field
    """Return what is attached to a letter, each file with the calendar in it."""
    message = read(write_letter(a_letter(*items, **fields), HEAD))
    attached = list(message.iter_attachments())
    return [(one, Calendar.from_ical(one.get_content())) for one in attached]


def entries(*items: LetterItem, **fields: Any) -> list[Any]:  # noqa: ANN401 - any field
    """Return the entries of all calendars that are attached to a letter."""
    found = (calendar for _, calendar in calendars(*items, **fields))
    return [entry for calendar in found for entry in calendar.walk("VEVENT")]


def test_deadlines_ahead_come_as_a_calendar_file() -> None:
    ((attached, calendar),) = calendars(ITEM, overdue(item="action-1"))

    assert attached.get_content_type() == "text/calendar"
    assert attached.get_content_disposition() == "attachment"
    assert attached.get_filename() == "deadlines.ics"
    assert attached["Content-Type"].params["method"] == calendar["method"] == "PUBLISH"
    (entry,) = calendar.walk("VEVENT")
    assert str(entry["uid"]) == "action-12@example.org"
    assert entry.decoded("dtstart") == dt.date(2024, 12, 9)
    assert entry.decoded("dtend") == dt.date(2024, 12, 10)
    assert entry["sequence"] == 29
    assert entry["summary"] == "A12: action due"
    assert "status" not in entry


def test_a_published_entry_names_who_keeps_it_and_calls_nobody_to_a_meeting() -> None:
    (entry,) = entries()

    assert entry["organizer"] == "mailto:remind@example.org"
    assert entry["organizer"].params["CN"] == "Example Partnership"
    assert "attendee" not in entry
    assert entry["transp"] == "TRANSPARENT"


@pytest.mark.parametrize("link", [None, "https://record.example.org/action-12"])
def test_no_words_of_people_stand_in_a_calendar(link: str | None) -> None:
    secret = "See the child A. N. at home"
    facts = (Fact("Still needed", secret), Fact("Last update", secret))
    (entry,) = entries(changed(text=secret, standing=secret, facts=facts, link=link))

    assert secret not in entry.to_ical().decode()


def test_an_entry_says_where_to_read_what_it_is_about() -> None:
    page = "https://record.example.org/action-{}"
    moved = Entry("action-7", Occasion.TARGET, MARCH, page.format(7))
    (linked, elsewhere), (told, earlier) = (
        entries(changed(link=item_link), changes=CalendarChanges(moved=(entry,)))
        for item_link, entry in ((page.format(12), moved), (None, replace(moved, link=None)))
    )

    assert linked["url"] == page.format(12)
    assert f"What it is about: {page.format(12)}" in linked["description"]
    assert elsewhere["url"] == page.format(7)
    assert (
        "The email that brought this entry says what it is about: look for A12."
        in told["description"]
    )
    assert "An earlier email to you says what it is about: look for A7." in earlier["description"]
    assert "url" not in told


@pytest.mark.parametrize(
    ("occasion", "item", "uid", "summary"),
    [
        (Occasion.TARGET, "action-1", "action-1@example.org", "A1: action due"),
        (Occasion.REVIEW, "action-1", "action-1.review@example.org", "A1: action to be reviewed"),
        (
            Occasion.IMPACT,
            "recommendation-7",
            "recommendation-7.impact@example.org",
            "R7: recommendation impact to be shown",
        ),
        (Occasion.RE_AUDIT, "audit-3", "audit-3@example.org", "AU3: audit to be looked at again"),
        (
            Occasion.CLOCK,
            "audit-3/clock-1",
            "audit-3/clock-1@example.org",
            "AU3/C1: clock runs out",
        ),
    ],
)
def test_each_date_of_an_item_is_an_entry_of_its_own(
    occasion: Occasion, item: str, uid: str, summary: str
) -> None:
    ref = summary.partition(":")[0]
    (entry,) = entries(changed(item=item, ref=ref, occasion=occasion))

    assert entry["uid"] == uid == uid_of(item, occasion, "example.org")
    assert entry["summary"] == summary


@pytest.mark.parametrize("occasion", [Occasion.DECISION, Occasion.ADDRESS, Occasion.VACANCY])
def test_what_is_so_already_enters_no_calendar(occasion: Occasion) -> None:
    assert calendars(changed(occasion=occasion)) == []


def test_without_a_deadline_ahead_nothing_is_attached() -> None:
    assert calendars(overdue()) == []
    assert calendars(items=(), digests=(DIGEST,)) == []


def test_a_date_that_moves_is_the_same_entry_with_a_higher_sequence() -> None:
    (before,) = entries()
    (after,) = entries(changed(target_on=MARCH), mark=RecordMark(30, "Record 30"))

    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]
    assert after.decoded("dtstart") == MARCH


def test_a_date_that_moved_comes_along_though_the_email_does_not_speak_of_it() -> None:
    moved = Entry("action-7", Occasion.TARGET, MARCH)
    found = entries(changes=CalendarChanges(moved=(moved,)))

    assert [(entry["uid"], entry.decoded("dtstart")) for entry in found] == [
        ("action-12@example.org", dt.date(2024, 12, 9)),
        ("action-7@example.org", MARCH),
    ]


def test_each_entry_that_ended_is_cancelled_by_a_file_of_its_own() -> None:
    ended = (
        Entry("action-7", Occasion.TARGET, MARCH),
        Entry("action-7", Occasion.REVIEW, MARCH),
        Entry("audit-3/clock-1", Occasion.CLOCK, MARCH),
    )
    published, *cancelled = calendars(changes=CalendarChanges(ended=ended))

    assert published[1]["method"] == "PUBLISH"
    assert [attached.get_filename() for attached, _ in cancelled] == [
        "no-longer-due-A7.ics",
        "no-longer-due-A7-review.ics",
        "no-longer-due-AU3-C1.ics",
    ]
    for (attached, calendar), told in zip(cancelled, ended, strict=True):
        assert attached["Content-Type"].params["method"] == calendar["method"] == "CANCEL"
        (entry,) = calendar.walk("VEVENT")
        assert entry["uid"] == uid_of(told.item, told.occasion, "example.org")
        assert entry["status"] == "CANCELLED"
        assert entry["sequence"] == 29
        assert entry["organizer"] == "mailto:remind@example.org"
        assert entry.decoded("dtstart") == MARCH


def test_a_cancelled_entry_has_a_higher_sequence_than_when_it_was_told() -> None:
    (told,) = entries()
    gone = CalendarChanges(ended=(Entry("action-12", Occasion.TARGET, ITEM.target_on),))
    (entry,) = entries(overdue(), changes=gone, mark=RecordMark(31, "Record 31"))

    assert (entry["uid"], entry["status"]) == (told["uid"], "CANCELLED")
    assert told["sequence"] < entry["sequence"]


def test_the_email_says_what_moved_and_what_is_no_longer_due() -> None:
    changes = CalendarChanges(
        moved=(Entry("action-7", Occasion.TARGET, MARCH),),
        ended=(Entry("recommendation-2", Occasion.TARGET, MARCH),),
    )
    message = read(write_letter(a_letter(overdue(), changes=changes), HEAD))

    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        text = " ".join(body.get_content().split())
        assert "Moved since you were told: A7." in text
        assert "No longer due from you: R2." in text


def test_a_partnership_of_any_name_can_keep_entries() -> None:
    head = replace(HEAD, partnership='Tŷ "Gŵydd"; a, b\r\nBcc: spy@example.org')
    message = read(write_letter(a_letter(), head))

    (attached,) = message.iter_attachments()
    (entry,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert entry["organizer"] == "mailto:remind@example.org"
    assert "Gŵydd" in entry["organizer"].params["CN"]


def test_of_very_many_entries_that_ended_the_first_have_files_and_the_rest_are_named() -> None:
    ended = tuple(
        Entry(f"action-{number}", Occasion.TARGET, MARCH) for number in range(1, MOST_ENDED + 3)
    )
    message = read(write_letter(a_letter(changes=CalendarChanges(ended=ended)), HEAD))
    files = [one.get_filename() for one in message.iter_attachments()]

    assert len([name for name in files if name and name.startswith("no-longer-due")]) == MOST_ENDED
    said = " ".join(part(message, "plain").split())
    assert "Nor are these, which have no file: A21, A22. Take them out by hand." in said


def test_an_entry_says_how_old_its_news_is() -> None:
    (entry,) = entries()

    assert "As told on 2 December 2024." in entry["description"]
