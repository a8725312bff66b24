"""What an email would say of one thing in a small record: for the tests of letters."""

from __future__ import annotations

import datetime as dt

from events.email import ReminderItem
from notifications.audiences import Audiences, Told
from notifications.directory import Directory
from notifications.ladder import Ladder
from notifications.letter_facts import letter_items
from notifications.letter_item import Desk, LetterItem
from notifications.looking import Looked, StillDue
from notifications.rules import DEFAULT_RULES, Occasion, Recipient
from notifications.subject import Standpoint
from notifications.subjects import subjects_of_item
from tests.notifications.records import CALENDAR, House

DAY = dt.date(2024, 12, 2)


def told_of(
    house: House,
    item: str,
    day: dt.date = DAY,
    *,
    occasion: Occasion | None = None,
    recipient: Recipient = Recipient.LEAD,
    rule: str = "after-1",
    web: str | None = None,
) -> LetterItem:
    """Return what a recipient would be told of an item; of its last date without an occasion."""
    view = house.view
    directory = Directory.of(view)
    audiences = Audiences(directory, day)
    subjects = subjects_of_item(view, item, Standpoint(day, CALENDAR, directory))
    subject = [one for one in subjects if occasion in {None, one.occasion}][-1]
    told: Told = audiences.told(subject.audience, recipient)[0]
    reminder = ReminderItem(item=item, target_on=subject.target_on, rule=rule)
    named = Ladder(DEFAULT_RULES, day, CALENDAR).rule_of(subject, rule)
    looked = Looked(None, (StillDue(reminder, subject, told, named),), (), audiences)
    (found,) = letter_items(looked, view, Desk(DEFAULT_RULES, day, CALENDAR, web))
    return found


def facts_of(item: LetterItem) -> dict[str, str]:
    """Return what is told of an item by label."""
    return {fact.label: fact.text for fact in item.facts}
