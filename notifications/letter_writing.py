"""From what is still to be said to the letter that says it, as one snapshot of the log shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from events.checkpoint import record_line
from events.directory import Office
from events.reading import Reader
from notifications.audiences import Audiences
from notifications.directory import Directory
from notifications.ladder import Ladder
from notifications.letter_calendar import CalendarChanges, Sight, calendar_changes
from notifications.letter_digest import DigestSection
from notifications.letter_facts import letter_items
from notifications.letter_item import Desk
from notifications.letters import Letter, Letterhead, RecordMark
from notifications.looking import Looked
from projections.store import ViewOfThen, ViewOfToday


def letter_about(
    looked: Looked,
    reader: Reader,
    desk: Desk,
    head: Letterhead,
    *,
    message_id: str,
    made_at: dt.datetime,
    digests: tuple[DigestSection, ...] = (),
) -> Letter | None:
    """Return the letter that says what a look found still due, None where nothing can be said."""
    if looked.person is None or looked.address is None or not looked.due:
        return None
    log = reader.head()
    return Letter(
        message_id,
        looked.person.name,
        looked.address,
        letter_items(looked, ViewOfToday(reader), desk),
        desk.day,
        made_at,
        RecordMark(log.size, record_line(log.size, log.frontier.root())),
        head.reply_to or _business_manager(looked),
        digests,
        _changes(looked, looked.person.ref, reader, desk),
    )


def _changes(looked: Looked, person: str, reader: Reader, desk: Desk) -> CalendarChanges:
    said = {(still.subject.item, still.subject.occasion) for still in looked.due}
    now = Sight(ViewOfToday(reader), looked.audiences, desk.ladder, desk.calendar)

    def sight_at(position: int, day: dt.date) -> Sight:
        then = ViewOfThen(reader, position)
        audiences = Audiences(Directory.of(then), day)
        return Sight(then, audiences, Ladder(desk.rules, day, desk.calendar), desk.calendar)

    changes = calendar_changes(person, said, now, sight_at)
    linked = (replace(entry, link=desk.page_of(entry.item)) for entry in changes.moved)
    return replace(changes, moved=tuple(linked))


def _business_manager(looked: Looked) -> str | None:
    people = looked.audiences.in_office(Office.BUSINESS_MANAGER)
    return looked.audiences.directory.people[people[0]].address if people else None
