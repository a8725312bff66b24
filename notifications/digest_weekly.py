"""The weekly digest of a subgroup: what moved, what became overdue, and what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from events.refs import order_of
from notifications.audiences import Told
from notifications.digest_lines import paragraph
from notifications.digest_period import latest_on
from notifications.digest_sight import CLAIMED, DigestSight
from notifications.letter_digest import Line, Paragraph
from notifications.rules import Occasion, Recipient
from notifications.subject import Subject
from notifications.subjects_of_digests import DATED, audience_of, became_overdue, subgroups_of
from notifications.wording import counted, joined
from projections.digest_headings import Heading
from workflow.civil_dates import format_date

Thing = TypeVar("Thing")

AHEAD: Final = dt.timedelta(weeks=4)
"""How far a digest looks ahead."""

_FALLS: Final = {
    Occasion.TARGET: "due",
    Occasion.REVIEW: "to be reviewed",
    Occasion.IMPACT: "impact to be shown",
    Occasion.RE_AUDIT: "to be audited again",
    Occasion.CLOCK: "to be met",
}


def weekly_paragraphs(sight: DigestSight, subgroup: str, reader: str) -> tuple[Paragraph, ...]:
    """Return what the digest of a subgroup says to one reader."""
    return tuple(_Week(sight, subgroup, reader).paragraphs())


class _Week:
    """The week of one subgroup."""

    def __init__(self, sight: DigestSight, subgroup: str, reader: str) -> None:
        self._sight, self._subgroup, self._reader = sight, subgroup, reader
        directory = sight.directory
        self._subjects = [
            one for one in sight.subjects if subgroup in subgroups_of(one.audience, directory)
        ]
        self._subjects.sort(key=lambda one: (one.target_on, order_of(one.item)))

    def paragraphs(self) -> Iterator[Paragraph]:
        yield from self._paragraph("Waits for your decision", self._waiting(), self._waits)
        yield from self._overdue()
        for heading in Heading:
            yield from self._moved(heading)
        yield from self._ahead()

    def _moved(self, heading: Heading) -> Iterator[Paragraph]:
        found = self._sight.moved[heading]
        may_have_left = heading in {Heading.CHANGED, Heading.AUDITS}
        mine = [
            item
            for item in found
            if self._sight.is_of(item, self._subgroup)
            or (may_have_left and self._sight.was_of(item, self._subgroup))
        ]
        mine.sort(key=order_of)

        def line(item: str) -> Line:
            return self._sight.line(item, f": {self._sight.words.told(found[item])}")

        yield from self._paragraph(heading.value, mine, line)

    def _overdue(self) -> Iterator[Paragraph]:
        calendar = self._sight.desk.calendar
        monday = latest_on(Occasion.WEEKLY_DIGEST, self._sight.day)
        first_on, before = became_overdue(monday, calendar)
        late = [one for one in self._dated() if first_on <= one.target_on < before]
        yield from self._paragraph("Became overdue", late, self._was_due)

    def _ahead(self) -> Iterator[Paragraph]:
        day = self._sight.day
        ahead = [one for one in self._dated() if day <= one.target_on <= day + AHEAD]
        yield from self._paragraph("Due in the next four weeks", ahead, self._is_due)

    def _dated(self) -> Iterator[Subject]:
        return (one for one in self._subjects if one.occasion in DATED)

    def _waiting(self) -> list[tuple[str, str]]:
        """Return what waits for the reader, each with what it waits for."""
        audiences = self._sight.audiences
        asked = [
            (one.item, f"more time was asked for on {format_date(one.target_on)}")
            for one in self._subjects
            if one.occasion is Occasion.DECISION
            and self._is_told(audiences.told(one.audience, Recipient.DECIDER))
        ]
        return [*asked, *self._claims()]

    def _claims(self) -> Iterator[tuple[str, str]]:
        for item, row in self._sight.work.items():
            if row["status"] in CLAIMED and self._confirms(item):
                on = format_date(dt.date.fromisoformat(row["reached"][row["status"]]))
                yield item, f"reported done on {on}, to be confirmed or returned"

    def _confirms(self, item: str) -> bool:
        """Tell whether the reader can confirm a thing: nobody does who leads or reported it."""
        if not self._sight.is_of(item, self._subgroup):
            return False
        audience = audience_of(item, self._sight.row_of(item), {})
        directory, day = self._sight.directory, self._sight.day
        acting = (one for role in audience.lead_roles for one in directory.acting_in(role, day))
        barred = {audience.asked_by, *(one.person for one in acting)}
        return self._reader not in barred

    def _is_told(self, told: Iterable[Told]) -> bool:
        return any(one.person == self._reader for one in told)

    def _waits(self, waiting: tuple[str, str]) -> Line:
        item, what = waiting
        return self._sight.line(item, f": {what}")

    def _was_due(self, subject: Subject) -> Line:
        late = self._sight.desk.calendar.between(subject.target_on, self._sight.day)
        days = counted(late, "working day")
        claim = ", said to be done and not yet confirmed" * subject.audience.awaits_confirmation
        was = f"was {_FALLS[subject.occasion]} on {format_date(subject.target_on)}"
        return self._sight.line(subject.item, f"{self._led(subject)}: {was}, {days} ago{claim}")

    def _is_due(self, subject: Subject) -> Line:
        on = format_date(subject.target_on)
        claim = " (said to be done)" * subject.audience.awaits_confirmation
        falls = f"{_FALLS[subject.occasion]} on {on}{claim}"
        return self._sight.line(subject.item, f"{self._led(subject)}: {falls}")

    def _led(self, subject: Subject) -> str:
        leads = [self._sight.names.called(role) for role in subject.audience.lead_roles]
        return f", {joined(leads)}" if leads else ""

    def _paragraph(
        self,
        heading: str,
        things: Sequence[Thing],
        line: Callable[[Thing], Line],
    ) -> Iterable[Paragraph]:
        return paragraph(heading, things, line, self._sight.how_to_see(self._subgroup))
