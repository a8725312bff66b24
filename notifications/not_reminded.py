"""Reminders that were due and did not go, and why: for whoever asks afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.reading import Reader
from notifications.digest_period import stirred_before
from notifications.directory import Directory
from notifications.listing import Fate, ListedEmail, Wanted, listed
from notifications.planning import Already, plan
from notifications.reasons import not_sent_in_words
from notifications.rules import Rule
from notifications.subject import Standpoint
from notifications.subjects import subjects_of
from notifications.subjects_of_digests import DIGESTS
from projections.projection import Row
from projections.store import View
from workflow.working_days import WorkingDays

_BECAUSE = {
    Fate.PLANNED: "it was planned, and has not left",
    Fate.FAILED: "the mail server refused it",
    Fate.UNCERTAIN: "nobody knows whether it arrived",
    Fate.CANCELLED: "it was cancelled before it left",
}


@dataclass(frozen=True, slots=True)
class NotReminded:
    """One thing of which somebody was to be told by email, and was not, or perhaps not.

    `person` None: nobody could be found. `on`: the day for which the email was due, or on which it
    was settled.
    """

    item: str
    person: str | None
    rule: str
    on: dt.date
    why: str
    email: str | None = None


def not_reminded(view: View, since: dt.date, until: dt.date) -> tuple[NotReminded, ...]:
    """Return what was planned for a time and did not go as it should, the newest first."""
    emails = listed(view, Wanted(since=since, until=until))
    return tuple(one for email in emails for one in _of(email, until))


def due_and_unplanned(
    reader: Reader, view: View, rules: Iterable[Rule], day: dt.date, calendar: WorkingDays
) -> tuple[NotReminded, ...]:
    """Return what was due on a day as a view knows it, and was not even planned by then.

    Digests remind of no deadline, and are left out.
    """

    def rows_of(model: str, under: str = "") -> Iterable[tuple[str, Row]]:
        return (view.under(model, under) if under else view.all(model)).items()

    directory = Directory.of(view)
    now = Standpoint(day, calendar, directory, stirred_before(reader, day))
    already = Already(view.all("reminder_keys"))
    deadlines = tuple(rule for rule in rules if not rule.occasions <= DIGESTS)
    report = plan(subjects_of(rows_of, now), directory, already, deadlines, day, calendar)
    waiting = [
        NotReminded(item.subject.item, email.person, item.rule, day, "nobody had planned it yet")
        for email in report.emails
        for item in email.items
    ]
    nobody = "nobody could be found who is to be told"
    lost = [NotReminded(one.item, None, one.rule, day, nobody) for one in report.untold]
    return (*waiting, *lost)


def _of(email: ListedEmail, until: dt.date) -> Iterator[NotReminded]:
    for item in email.items:
        why = _why(email, item.not_said, until)
        if why is not None:
            yield NotReminded(item.item, email.person, item.rule, email.on, why, email.email)


def _why(email: ListedEmail, not_said: str | None, until: dt.date) -> str | None:
    if not_said is not None:
        return f"it was taken out before the email left: {not_sent_in_words(not_said)}"
    if email.fate is Fate.SENT or (email.fate is Fate.PLANNED and email.send_on >= until):
        return None
    words = f": {not_sent_in_words(email.reason)}" if email.reason else ""
    return f"{_BECAUSE[email.fate]}{words}"
