"""The monthly digest of the business manager: what slips, what is silent, what nobody holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from events.refs import category_of, order_of
from notifications.digest_figures import figures
from notifications.digest_lines import paragraph
from notifications.digest_sight import AWAITS_IMPACT, CLAIMED, DigestSight
from notifications.letter_digest import Line, Paragraph, Piece
from notifications.wording import counted
from projections.board_lines import ENDED, leads_of
from projections.differences import distance
from projections.projection import Row
from workflow.civil_dates import format_date

MOST_NAMED: Final = 6
"""So many items of a role are named."""

_UNSURE: Final = {
    "failed": "was refused by the mail server",
    "uncertain": "may or may not have arrived",
}


def monthly_paragraphs(sight: DigestSight) -> tuple[Paragraph, ...]:
    """Return what the digest of a month says to the business manager."""
    month = _Month(sight)
    return (
        figures(sight),
        *month.slipped(),
        *month.overdue(),
        *month.silent(),
        *month.unassigned(),
        *month.unclear(),
        *month.without_impact(),
        *month.emails(),
    )


class _Month:
    """The open items, and how each stands."""

    def __init__(self, sight: DigestSight) -> None:
        self._sight, self._day, self._calendar = sight, sight.day, sight.desk.calendar
        self._open = [(item, row) for item, row in sight.work.items() if row["status"] not in ENDED]

    def slipped(self) -> Iterator[Paragraph]:
        """Yield the dates that moved to a later day in the month, the furthest first."""
        before = self._sight.work_before
        found = [
            (item, was, now)
            for item, row in self._open
            if item in before
            and (was := _due(before[item]["target"]))
            and (now := _due(row["target"]))
            and now > was
        ]
        found.sort(key=lambda one: (one[1] - one[2], order_of(one[0])))

        def line(slipped: tuple[str, dt.date, dt.date]) -> Line:
            item, was, now = slipped
            first = _due(self._sight.row_of(item)["original_target"])
            in_all = f"; first due on {format_date(first)}" if first and first != was else ""
            moved = f"from {format_date(was)} to {format_date(now)}, {distance(was, now)}"
            return self._sight.line(item, f": {moved}{in_all}")

        see = f"diff --from {self._sight.period.first_on} --to {self._sight.period.last_on}"
        yield from paragraph("Slipped in the month", found, line, self._see(see, "changes"))

    def overdue(self) -> Iterator[Paragraph]:
        """Yield what is overdue, the latest first."""
        late = [
            (days, item, due)
            for item, row in self._open
            if row["status"] not in AWAITS_IMPACT
            and (due := _due(row["target"]))
            and (days := self._calendar.between(due, self._day)) > 0
        ]
        late.sort(key=lambda one: (-one[0], order_of(one[1])))

        def line(one: tuple[int, str, dt.date]) -> Line:
            days, item, due = one
            ago = counted(days, "working day")
            claim = ", said to be done" * (self._sight.row_of(item)["status"] in CLAIMED)
            return self._sight.line(item, f": due on {format_date(due)}, {ago} ago{claim}")

        yield from paragraph("Overdue", late, line, self._see("board --brag red"))

    def silent(self) -> Iterator[Paragraph]:
        """Yield of what nobody said a word for the cadence, the longest silence first."""
        cadence = self._sight.desk.cadence_days
        found = [
            (days, item, heard_on)
            for item, row in self._open
            if row["status"] not in AWAITS_IMPACT
            and (days := self._calendar.between(heard_on := _heard_on(row), self._day)) > cadence
        ]
        found.sort(key=lambda one: (-one[0], order_of(one[1])))

        def line(one: tuple[int, str, dt.date]) -> Line:
            days, item, heard_on = one
            told = self._sight.row_of(item)["last_update_on"]
            word = "last word" if told else "no word since it began"
            ago = counted(days, "working day")
            return self._sight.line(item, f": {word} on {format_date(heard_on)}, {ago} ago")

        heading = f"Silent for more than {cadence} working days"
        yield from paragraph(heading, found, line, self._see("board --brag amber"))

    def unassigned(self) -> Iterator[Paragraph]:
        """Yield the roles that lead something and have nobody."""
        led: dict[str, list[str]] = {}
        for item, row in self._open:
            for role in leads_of(row):
                if category_of(role) == "role" and not self._acting(role):
                    led.setdefault(role, []).append(item)
        roles = sorted(led, key=order_of)

        def line(role: str) -> Line:
            title = Piece(f"{self._sight.names.called(role)} (")
            leads = Piece("): leads ")
            return (title, self._sight.named(role), leads, *self._listed(led[role]))

        yield from paragraph("Vacant roles", roles, line, self._see("directory", "directory"))

    def unclear(self) -> Iterator[Paragraph]:
        """Yield what has no date, and what has no lead."""
        undated = [
            item
            for item, row in self._open
            if row["target"] is None and row["status"] not in AWAITS_IMPACT
        ]
        unled = [item for item, row in self._open if not leads_of(row)]
        lines = [
            (Piece(f"{counted(len(items), 'item')} without a {what}: "), *self._listed(items))
            for what, items in (("target date", undated), ("lead", unled))
            if items
        ]
        if lines:
            yield "Without a date or a lead", tuple(lines)

    def without_impact(self) -> Iterator[Paragraph]:
        """Yield what was done, and whose impact is due and not shown."""
        found = [(item, row) for item, row in self._open if self._lacks_impact(row)]

        def line(one: tuple[str, Row]) -> Line:
            item, row = one
            due = _due(row["impact_target"])
            if row["status"] == "impact_not_shown":
                what = "it was done, and no impact could be shown"
            elif due is None:
                what = "verified, and no date is set for showing its impact"
            else:
                what = f"its impact was to be shown by {format_date(due)}"
            return self._sight.line(item, f": {what}")

        see = self._see("board --kind recommendation")
        yield from paragraph("Impact due and not shown", found, line, see)

    def emails(self) -> Iterator[Paragraph]:
        """Yield the emails of the month that were refused, or of which nobody knows."""
        period = self._sight.period
        first, last = period.first_on.isoformat(), period.last_on.isoformat()
        found = [
            (email, row)
            for email, row in self._sight.now.all("reminders").items()
            if row["status"] in _UNSURE and first <= row["settled_on"] <= last
        ]
        found.sort(key=lambda one: order_of(one[0]))

        def line(one: tuple[str, Row]) -> Line:
            email, row = one
            to = self._sight.names.called(row["person"])
            on = format_date(dt.date.fromisoformat(row["send_on"]))
            says = Piece(f" of {on} to {to}: {_UNSURE[row['status']]}")
            return (self._sight.named(email), says)

        yield from paragraph(
            "Emails to look after", found, line, self._see("reminders", "reminders")
        )

    def _lacks_impact(self, row: Row) -> bool:
        if row["status"] == "impact_due":
            due = _due(row["impact_target"])
            return due is None or self._calendar.overdue_from(due) <= self._day
        return row["status"] in {"verified", "impact_not_shown"}

    def _acting(self, role: str) -> bool:
        return bool(self._sight.directory.acting_in(role, self._day))

    def _see(self, command: str, page: str = "board") -> Line:
        return self._sight.how_to_see(page, command)

    def _listed(self, items: Sequence[str]) -> Line:
        found = sorted(items, key=order_of)
        pieces = [self._sight.named(item) for item in found[:MOST_NAMED]]
        listed = [part for piece in pieces for part in (Piece(", "), piece)][1:]
        beyond = len(found) - MOST_NAMED
        return (*listed, *([Piece(f" and {beyond} more")] if beyond > 0 else []))


def _due(target: Row | None) -> dt.date | None:
    due = target.get("due") if target else None
    return dt.date.fromisoformat(due) if due else None


def _heard_on(row: Row) -> dt.date:
    began_on = row["created_on"] if "created_on" in row else row["proposed_on"]
    return dt.date.fromisoformat(row["last_update_on"] or began_on)
