"""What changed on the board between two days, line by line."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from projections.board import Board
from projections.board_lines import BoardLine
from projections.projection import Row
from workflow.civil_dates import format_date


class Change(StrEnum):
    """What became of an item between two boards."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item that differs; `words` says so plainly."""

    field: str
    before: str | None
    after: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that is new, gone or changed."""

    ref: str
    change: Change
    text: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the difference as one line, such as "A12: started; grey → green"."""
        if self.change is Change.CHANGED:
            return f"{self.ref}: {'; '.join(field.words for field in self.fields)}"
        return f"{self.ref}: {self.change}: {self.text}"

    def as_json(self) -> Row:
        """Return the difference as plain values."""
        fields = [
            {"field": one.field, "before": one.before, "after": one.after, "words": one.words}
            for one in self.fields
        ]
        return {
            "ref": self.ref,
            "change": self.change.value,
            "text": self.text,
            "fields": fields,
            "sentence": self.sentence,
        }


def differences(before: Board, after: Board) -> tuple[Difference, ...]:
    """Return what differs between two boards, in the order of the later one; what is gone last.

    Give both the same filters: an item that leaves the filter counts as gone. Who holds a role is
    left to the role's own history: one person's leaving would else show on every line they led.
    """
    old = {line.ref: line for line in before.lines}
    found = [_difference(old.get(line.ref), line) for line in after.lines]
    there = {line.ref for line in after.lines}
    gone = [
        Difference(line.quoted, Change.GONE, line.text)
        for line in before.lines
        if line.ref not in there
    ]
    return (*(one for one in found if one is not None), *gone)


def distance(before: dt.date, after: dt.date) -> str | None:
    """Return how far a date moved: "+6 months" for whole months, "+45 days", or None."""
    if before == after:
        return None
    sign = "+" if after > before else "−"
    first, last = min(before, after), max(before, after)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months and (first.day == last.day or (_ends_month(first) and _ends_month(last))):
        return f"{sign}{months} month{'s' * (months > 1)}"
    days = (last - first).days
    return f"{sign}{days} day{'s' * (days > 1)}"


def _difference(before: BoardLine | None, after: BoardLine) -> Difference | None:
    if before is None:
        return Difference(after.quoted, Change.NEW, after.text)
    if before == after:
        return None
    fields = tuple(_changes(before, after))
    return Difference(after.quoted, Change.CHANGED, after.text, fields) if fields else None


def _changes(before: BoardLine, after: BoardLine) -> Iterator[FieldChange]:
    if before.text != after.text:
        words = f"now reads “{after.text}”, before “{before.text}”"
        yield FieldChange("text", before.text, after.text, words)
    yield from _differs("place", "place", _place(before), _place(after))
    yield from _differs("leads", "leads", _titles(before), _titles(after))
    yield from _date(before, after)
    yield from _differs("status", "status", _spoken(before.status), _spoken(after.status))
    if before.brag.colour is not after.brag.colour:
        was, now = before.brag.colour.value, after.brag.colour.value
        yield FieldChange("colour", was, now, f"{was} → {now}")
    yield from _more_time(before, after)
    if after.impact_due is not None and before.impact_due != after.impact_due:
        day = format_date(after.impact_due)
        was, now = str(before.impact_due or ""), after.impact_due.isoformat()
        yield FieldChange("impact_due", was or None, now, f"impact to be shown by {day}")
    if before.notes != after.notes:
        yield _notes(before, after)


def _differs(field: str, label: str, was: str | None, now: str | None) -> Iterator[FieldChange]:
    if was != now:
        words = f"{label} changed from {was or 'none'} to {now or 'none'}"
        yield FieldChange(field, was, now, words)


def _date(before: BoardLine, after: BoardLine) -> Iterator[FieldChange]:
    was, now = before.target, after.target
    if was == now and before.due == after.due:
        return
    if was is None:
        yield FieldChange("target", was, now, f"target date set to {now}")
        return
    moved = _moved(before.due, after.due)
    by = f" ({moved})" if moved else ""
    words = f"target date moved from {was} to {now or 'none'}{by}"
    yield FieldChange("target", was, now, words)


def _moved(before: dt.date | None, after: dt.date | None) -> str | None:
    return None if before is None or after is None else distance(before, after)


def _more_time(before: BoardLine, after: BoardLine) -> Iterator[FieldChange]:
    if before.extensions != after.extensions:
        was, now = str(before.extensions), str(after.extensions)
        yield FieldChange("extensions", was, now, f"extensions given: {was} → {now}")
    was_asked, now_asked = before.extension_asked, after.extension_asked
    if now_asked is not None and was_asked != now_asked:
        words = f"more time asked for, until {now_asked}"
        yield FieldChange("extension_asked", was_asked, now_asked, words)


def _notes(before: BoardLine, after: BoardLine) -> FieldChange:
    count = after.notes - before.notes
    told = f"{count} progress note{'s' * (count > 1)}" if count > 0 else "fewer progress notes"
    latest = f", the latest: “{after.latest_note}”" if after.latest_note else ""
    return FieldChange("notes", str(before.notes), str(after.notes), f"{told}{latest}")


def _place(line: BoardLine) -> str | None:
    if line.plan_title is None:
        return None
    under = f"priority {line.priority} of " if line.priority else ""
    return f"{under}{line.plan_title}"


def _titles(line: BoardLine) -> str | None:
    return ", ".join(lead.title for lead in line.leads) or None


def _spoken(status: str) -> str:
    return status.replace("_", " ")


def _ends_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
