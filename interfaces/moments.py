"""As at when something is shown: by the clock of what was known, or by that of what was true.

`at` names what had been recorded by the end of a day, or stood in the papers of a meeting;
`position` by an entry of the log; `true_on` what was true on a day, by what is known. With both
clocks it is what was true on the one, by what was known at the other.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.bootstrap import Partnership
from interfaces.inputs import BadInput, day_given
from projections.civil_days import civil_day
from projections.meeting_names import Meeting, meeting_of, meetings_called
from projections.projection import Row
from projections.store import View
from projections.true_on import ViewTrueOn, late_by_then
from workflow.civil_dates import format_date
from workflow.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known, or true, and the civil day for which colours and holders are worked out.

    `known`: by whose words that is, for headings; `true_on` is the day asked for by the clock of
    what was true, and `late` how many entries count then that were recorded later.
    """

    view: View
    on: dt.date
    position: int
    is_now: bool
    known: str = ""
    true_on: dt.date | None = None
    late: int = 0

    @property
    def heading(self) -> str:
        """Return the words that say as at when, by which clock."""
        if self.true_on is not None:
            return f"true on {format_date(self.true_on)}, by what {self._known_when}{self._counted}"
        if self.is_now:
            return f"as at today, {format_date(self.on)}"
        return f"as known {self.known} (entry {self.position} of the record)"

    @property
    def clock(self) -> str:
        """Return the clock that it goes by: `now`, `known_at` or `true_on`."""
        if self.true_on is not None:
            return "true_on"
        return "now" if self.is_now else "known_at"

    def as_json(self) -> Row:
        """Return the moment as plain values."""
        told: Row = {"on": self.on.isoformat(), "position": self.position, "clock": self.clock}
        if self.true_on is not None:
            told |= {"true_on": self.true_on.isoformat(), "late_entries": self.late}
        return told

    @property
    def _known_when(self) -> str:
        if self.is_now:
            return "is known today"
        return f"was known {self.known} (entry {self.position} of the record)"

    @property
    def _counted(self) -> str:
        if not self.late:
            return ""
        return "; 1 entry came later" if self.late == 1 else f"; {self.late} entries came later"


def moment_given(
    partnership: Partnership,
    at: str | None,
    position: int | None,
    true_on: str | None = None,
    *,
    seen: View | None = None,
) -> Moment:
    """Return the moment that the options name; today without any. Raises `BadInput`.

    `seen`: where the meetings stand that may be named, where those are not all.
    """
    if at is not None and position is not None:
        message = "give a day or a position, not both: each says as at when."
        raise BadInput("--at and --position", message)
    known = _known(partnership, at, position, seen)
    if true_on is None:
        return known
    return true_of(partnership, known, day_named(partnership, true_on, "--true-on", seen)[0])


def true_of(partnership: Partnership, known: Moment, day: dt.date) -> Moment:
    """Return what was true on a day, by what was known at a moment. Raises `BadInput`."""
    if day > known.on:
        when = "today" if known.is_now else format_date(known.on)
        message = (
            f"{format_date(day)} lies after {when}: nobody knew then what would be true. Give a day"
            f" up to {when}, or a later --at."
        )
        raise BadInput("--true-on", message)
    late = len(late_by_then(known.view, day))
    view = ViewTrueOn(partnership.log, day, known.position)
    return replace(known, view=view, on=day, true_on=day, late=late)


def moment_of(partnership: Partnership, words: str, place: str, seen: View | None = None) -> Moment:
    """Return the end of a day, or the papers of a meeting, that some words name.

    `seen`: as for `moment_given`. Raises `BadInput`.
    """
    day, meeting = day_named(partnership, words, place, seen)
    if meeting is None or meeting.papers_position is None:
        moment = moment_of_day(partnership, day, place)
        return (
            moment if meeting is None else replace(moment, known=f"{moment.known}, {_of(meeting)}")
        )
    position = meeting.papers_position
    known = f"in the papers of {_of(meeting)} on {format_date(day)}"
    return Moment(partnership.view_at(position), day, position, is_now=False, known=known)


def moment_of_day(partnership: Partnership, day: dt.date, place: str) -> Moment:
    """Return the end of a civil day. Raises `BadInput` for a day that is still to come."""
    if day > partnership.today:
        message = (
            f"{format_date(day)} is still to come; what will be known then nobody can say."
            f" Give a day up to {format_date(partnership.today)}."
        )
        raise BadInput(place, message)
    position = partnership.position_at_end_of(day)
    known = f"at the end of {format_date(day)}"
    return Moment(partnership.view_at(position), day, position, is_now=False, known=known)


def day_named(
    partnership: Partnership, words: str, place: str, seen: View | None = None
) -> tuple[dt.date, Meeting | None]:
    """Return the day that some words name, and the meeting if they name one. Raises `BadInput`."""
    view = seen or partnership.view()
    try:
        ref = read_ref(words)
    except UnknownReference:
        return _called(view, words, place)
    row = view.get("meetings", ref) if category_of(ref) == "meeting" else None
    if row is None:
        if category_of(ref) == "meeting":
            raise NotFound(ref)
        raise BadInput(place, f"{quoted(ref)} is no meeting; give a day or a meeting such as M3.")
    if row["status"] != "held":
        raise BadInput(place, f"{quoted(ref)} was not held: {row['status_reason']}. Give a day.")
    meeting = meeting_of(ref, row)
    return meeting.held_on, meeting


def _called(view: View, words: str, place: str) -> tuple[dt.date, Meeting | None]:
    try:
        return day_given(words, place), None
    except BadInput:
        found = meetings_called(view, words)
        if len(found) == 1:
            return found[0].held_on, found[0]
        if not found:
            raise
    several = ", ".join(f"{quoted(one.ref)} on {format_date(one.held_on)}" for one in found)
    raise BadInput(place, f"'{words}' can mean {several}. Give the reference.")


def _known(
    partnership: Partnership, at: str | None, position: int | None, seen: View | None
) -> Moment:
    if at is not None:
        return moment_of(partnership, at, "--at", seen)
    if position is not None:
        return _moment_of_position(partnership, position)
    view = partnership.view()
    return Moment(view, partnership.today, view.position, is_now=True)


def _of(meeting: Meeting) -> str:
    return f"{quoted(meeting.ref)}, {meeting.title}"


def _moment_of_position(partnership: Partnership, position: int) -> Moment:
    size = partnership.log.head().size
    if not 1 <= position <= size:
        message = f"the log has entries 1 to {size}. Give one of them."
        raise BadInput("--position", message)
    (last,) = partnership.log.read(after=position - 1, until=position)
    day = civil_day(last.recorded_at)
    known = f"at the end of {format_date(day)}"
    return Moment(partnership.view_at(position), day, position, is_now=False, known=known)
