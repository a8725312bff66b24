"""What was planned, sent, failed, is uncertain, or was considered and not sent, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from notifications.directory import Acting, Directory
from notifications.planning import PlanningReport
from projections.projection import Row
from projections.store import View


class Fate(StrEnum):
    """What has become of an email."""

    PLANNED = "planned"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One thing of which an email was to remind. `not_said`: why it was taken out, if it was.

    `is_cover`: the person stood in, on the day of the email, for whoever holds the role.
    """

    item: str
    target_on: dt.date
    rule: str
    role: str | None
    not_said: str | None = None
    is_cover: bool = False


@dataclass(frozen=True, slots=True)
class ListedEmail:
    """An email with what became of it on `on`: the day it was settled, or for which it is planned.

    `reason`: what the server said, or why it was not sent.
    """

    email: str
    person: str
    fate: Fate
    on: dt.date
    send_on: dt.date
    planned_at: int
    attempts: int
    items: tuple[ListedItem, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which emails are asked for; None leaves a question open. Days are first and last included.

    An item also means what belongs to it: audit-3 its clocks.
    """

    person: str | None = None
    item: str | None = None
    fate: Fate | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def takes(self, email: ListedEmail) -> bool:
        """Tell whether an email is one of them."""
        return (
            self.takes_person(email.person)
            and self.fate in {None, email.fate}
            and (self.since is None or email.on >= self.since)
            and (self.until is None or email.on <= self.until)
            and (self.item is None or any(self.takes_item(one.item) for one in email.items))
        )

    def takes_person(self, person: str) -> bool:
        """Tell whether a person is the one asked for, or nobody in particular is."""
        return self.person in {None, person}

    def takes_item(self, item: str) -> bool:
        """Tell whether an item is one of those asked for."""
        return self.item is None or item == self.item or item.startswith(f"{self.item}/")


def listed(view: View, wanted: Wanted) -> tuple[ListedEmail, ...]:
    """Return the emails that are asked for, as a view knows them, the newest first."""
    rows = view.all("reminders").items()
    directory = Directory.of(view)
    found = [email for ref, row in rows if wanted.takes(email := _email(ref, row, directory))]
    return tuple(sorted(found, key=lambda one: (one.on, one.planned_at), reverse=True))


def _email(ref: str, row: Row, directory: Directory) -> ListedEmail:
    send_on = dt.date.fromisoformat(row["send_on"])
    settled_on = row["settled_on"]
    return ListedEmail(
        ref,
        row["person"],
        Fate(row["status"]),
        dt.date.fromisoformat(settled_on) if settled_on else send_on,
        send_on,
        row["planned_at"],
        row["attempts"],
        tuple(_items(row, directory, send_on)),
        row["status_reason"],
    )


def _items(row: Row, directory: Directory, day: dt.date) -> Iterator[ListedItem]:
    as_cover = Acting(row["person"], is_cover=True)
    for item in (*row["items"], *row["dropped"]):
        target_on = dt.date.fromisoformat(item["target_on"])
        role = item["role"]
        covers = role is not None and as_cover in directory.acting_in(role, day)
        yield ListedItem(item["item"], target_on, item["rule"], role, item.get("reason"), covers)


def only_about(report: PlanningReport, wanted: Wanted) -> PlanningReport:
    """Return of a day's plan what was considered and is not sent to whom, and of what, is asked.

    Whoever waits or cannot be reached is left out where one thing alone is asked for.
    """
    of_all = wanted.item is None
    return replace(
        report,
        emails=(),
        waiting=tuple(one for one in report.waiting if of_all and wanted.takes_person(one)),
        unreachable=tuple(
            one for one in report.unreachable if of_all and wanted.takes_person(one[0])
        ),
        untold=tuple(
            one for one in report.untold if wanted.person is None and wanted.takes_item(one.item)
        ),
        declined=tuple(
            one
            for one in report.declined
            if wanted.takes_person(one.person) and wanted.takes_item(one.item)
        ),
        held_back=tuple(
            replace(one, people=people)
            for one in report.held_back
            if wanted.takes_item(one.item)
            and (people := tuple(filter(wanted.takes_person, one.people)))
        ),
    )
