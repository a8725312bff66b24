"""BRAG: the colour of an item on a day, with a word, a shape and the reason for it.

It is worked out anew for every day asked about and never stored. What comes first, counts:

1. blue: an action that is complete, a recommendation whose impact was shown;
2. grey: an item that ended otherwise (cancelled, superseded, rejected, closed not implemented);
3. an override in force, whatever its colour but blue: only verification makes an item blue;
4. red: past its current date, or given more time twice or oftener, or 60 working days past its
   original date;
5. amber: blocked or on hold, or given more time once;
6. grey: without a date;
7. within 20 working days of its date: amber unless it is started and was updated in the last 20;
8. grey: not started (and, after 7, not near);
9. amber: in progress without an update within the cadence, since nobody can say it is on track;
10. green: in progress, updated within the cadence.

Work that is claimed as done (submitted, implemented) waits to be confirmed and is judged like
work in progress: a claim does not stop the clock. A verified recommendation has met its target
date, so its current date is the day by which its impact is to be shown, and what went before
(extensions, the original date, the cadence) no longer counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from events.recommendation import Colour
from workflow.civil_dates import format_date
from workflow.working_days import WorkingDays

NEAR_DAYS: Final = 20
"""Working days before its date from which an item is near, and within which an update is recent."""

LONG_PAST_DAYS: Final = 60
"""Working days past its original date from which an item is red, whatever its current date."""

CADENCE_DAYS: Final = 60
"""Working days within which an item in progress is to be updated, unless configured otherwise."""

SHAPES: Final = {
    Colour.BLUE: "■",
    Colour.RED: "◆",
    Colour.AMBER: "▲",
    Colour.GREEN: "●",
    Colour.GREY: "○",
}
"""A shape for each colour, for readers and printers that see none."""

_WORDS: Final = {
    Colour.BLUE: "Done",
    Colour.RED: "Off track",
    Colour.AMBER: "At risk",
    Colour.GREEN: "On track",
    Colour.GREY: "Not rated",
}
_DONE: Final = {"action": frozenset({"complete"}), "recommendation": frozenset({"impact_shown"})}
_ENDED: Final = {
    "action": frozenset({"cancelled"}),
    "recommendation": frozenset({"rejected", "superseded", "closed_not_implemented"}),
}
_OPEN: Final = {
    "action": frozenset(
        {"not_started", "in_progress", "submitted", "returned", "blocked", "on_hold"}
    ),
    "recommendation": frozenset(
        {"proposed", "accepted", "partly_accepted", "in_progress", "implemented"}
        | {"verified", "impact_due", "impact_not_shown"}
    ),
}
_CLAIMED: Final = frozenset({"submitted", "implemented"})
AWAITS_IMPACT: Final = frozenset({"verified", "impact_due", "impact_not_shown"})
"""The statuses of a recommendation that is done, while the difference it made is to be shown."""


class UnknownStatus(ValueError):
    """A status that the workflow does not have would be given a colour that means nothing."""

    def __init__(self, kind: str, status: str) -> None:
        super().__init__(f'An item of kind "{kind}" has no status "{status}".')
        self.kind = kind
        self.status = status


@dataclass(frozen=True, slots=True)
class Override:
    """A colour that somebody set over the computed one, in force up to and on `expires_on`."""

    colour: Colour
    reason: str
    expires_on: dt.date


@dataclass(frozen=True, slots=True)
class BragFacts:
    """What the colour of an item depends on, as known on the day asked about.

    `status` is the word of the workflow, such as "in_progress". `due` and `original_due` are the
    current and the first target date, None for "ongoing" or none at all. `extensions` counts the
    ones granted. `last_update_on` is the last day on which somebody told how the work goes.
    `impact_due_on` matters once a recommendation is verified: by when its impact is to be shown,
    or the re-audit done.
    """

    kind: Literal["action", "recommendation"]
    status: str
    due: dt.date | None
    original_due: dt.date | None
    extensions: int
    last_update_on: dt.date | None
    started: bool
    blocked: bool
    override: Override | None = None
    impact_due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Brag:
    """A colour with what is shown beside it: a sentence of reason, a word, and a shape."""

    colour: Colour
    reason: str
    word: str
    shape: str


def assess(
    facts: BragFacts, on: dt.date, calendar: WorkingDays, cadence_days: int = CADENCE_DAYS
) -> Brag:
    """Work out the colour of an item on a day; `cadence_days` counts working days.

    Raises `UnknownStatus` for a status that the kind of item does not have.
    """
    judged = _judge(facts, on, calendar, cadence_days)
    word = judged.word or _WORDS[judged.colour]
    return Brag(judged.colour, judged.reason(), word, SHAPES[judged.colour])


def colour_on(
    facts: BragFacts, on: dt.date, calendar: WorkingDays, cadence_days: int = CADENCE_DAYS
) -> Colour:
    """Work out the colour alone, without a word of why: for those who count thousands."""
    return _judge(facts, on, calendar, cadence_days).colour


class _Judged(NamedTuple):
    """A colour with its reason, which is put into words only for whoever asks."""

    colour: Colour
    reason: Callable[[], str]
    word: str | None = None


def _judge(facts: BragFacts, on: dt.date, calendar: WorkingDays, cadence_days: int) -> _Judged:
    if facts.status in _DONE[facts.kind]:
        done = "It is complete." if facts.kind == "action" else "It is verified; impact was shown."
        return _Judged(Colour.BLUE, lambda: done)
    if facts.status in _ENDED[facts.kind]:
        return _Judged(Colour.GREY, lambda: f"It has ended: {_spoken(facts.status)}.", "Ended")
    if facts.status not in _OPEN[facts.kind]:
        raise UnknownStatus(facts.kind, facts.status)
    computed = _compute(facts, on, calendar, cadence_days)
    override = facts.override
    if override is None or on > override.expires_on or override.colour is Colour.BLUE:
        return computed
    return _Judged(
        override.colour,
        lambda: (
            f"Set to {override.colour} by hand until {format_date(override.expires_on)}: "
            f"{override.reason.rstrip('.')}. Otherwise {computed.colour}: {computed.reason()}"
        ),
    )


def _compute(facts: BragFacts, on: dt.date, calendar: WorkingDays, cadence_days: int) -> _Judged:
    if facts.status in AWAITS_IMPACT:
        return _await_impact(facts, on, calendar)
    return (
        _red(facts, on, calendar)
        or _amber(facts)
        or _undated(facts)
        or _near(facts, on, calendar)
        or _in_time(facts, on, calendar, cadence_days)
    )


def _red(facts: BragFacts, on: dt.date, calendar: WorkingDays) -> _Judged | None:
    if facts.due and on >= calendar.overdue_from(facts.due):
        return _Judged(Colour.RED, lambda: _overdue(facts, on, calendar), "Overdue")
    if facts.extensions > 1:
        return _Judged(Colour.RED, lambda: _given_more_time(facts.extensions))
    first = facts.original_due
    past = calendar.between(first, on) if first else 0
    if first and past >= LONG_PAST_DAYS:
        return _Judged(
            Colour.RED,
            lambda: f"It is {_counted(past)} past its original date, {format_date(first)}.",
        )
    return None


def _amber(facts: BragFacts) -> _Judged | None:
    if facts.blocked or facts.status == "blocked":
        return _Judged(Colour.AMBER, lambda: "Something stands in its way.", "Blocked")
    if facts.status == "on_hold":
        return _Judged(Colour.AMBER, lambda: "It has been put on hold.", "On hold")
    if facts.extensions == 1:
        return _Judged(Colour.AMBER, lambda: "It has been given more time once.")
    return None


def _undated(facts: BragFacts) -> _Judged | None:
    if facts.due is not None:
        return None
    return _Judged(Colour.GREY, lambda: f"It has no target date. {_last_update(facts)}", "No date")


def _near(facts: BragFacts, on: dt.date, calendar: WorkingDays) -> _Judged | None:
    due = facts.due
    if due is None or calendar.between(on, due) > NEAR_DAYS:
        return None
    if not facts.started:
        return _Judged(Colour.AMBER, lambda: f"It is due on {format_date(due)} and not started.")
    if _updated_within(NEAR_DAYS, facts, on, calendar):
        return None
    return _Judged(Colour.AMBER, lambda: f"It is due on {format_date(due)}. {_last_update(facts)}")


def _in_time(facts: BragFacts, on: dt.date, calendar: WorkingDays, cadence_days: int) -> _Judged:
    if not facts.started:
        return _Judged(Colour.GREY, lambda: "It is not started and not due soon.", "Not started")
    if not _updated_within(cadence_days, facts, on, calendar):
        wanted = f"One is wanted every {cadence_days} working days."
        return _Judged(Colour.AMBER, lambda: f"{_last_update(facts)} {wanted}")
    return _Judged(Colour.GREEN, lambda: f"It is under way. {_last_update(facts)}")


def _await_impact(facts: BragFacts, on: dt.date, calendar: WorkingDays) -> _Judged:
    """Judge a verified recommendation by the day on which its impact is to be shown."""
    due = facts.impact_due_on
    if due and on >= calendar.overdue_from(due):
        late = calendar.between(due, on)
        return _Judged(
            Colour.RED,
            lambda: f"Its impact was to be shown by {format_date(due)}, {_counted(late)} ago.",
            "Overdue",
        )
    if facts.status == "impact_not_shown":
        return _Judged(Colour.AMBER, lambda: "It was done, and no impact could be shown.")
    if due is None:
        return _Judged(
            Colour.GREY,
            lambda: "It is verified; no date is set for showing its impact.",
            "No date",
        )
    near = calendar.between(on, due) <= NEAR_DAYS
    if near and not _updated_within(NEAR_DAYS, facts, on, calendar):
        return _Judged(Colour.AMBER, lambda: f"{_impact_by(due)} {_last_update(facts)}")
    return _Judged(Colour.GREEN, lambda: f"It is verified. {_impact_by(due)}")


def _impact_by(due: dt.date) -> str:
    return f"Its impact is to be shown by {format_date(due)}."


def _overdue(facts: BragFacts, on: dt.date, calendar: WorkingDays) -> str:
    due = facts.due or on
    late = _counted(calendar.between(due, on))
    claim = " It is said to be done and waits to be confirmed." * (facts.status in _CLAIMED)
    return f"It was due on {format_date(due)}, {late} ago.{claim}"


def _given_more_time(extensions: int) -> str:
    times = "twice" if extensions == 2 else f"{extensions} times"  # noqa: PLR2004
    return f"It has been given more time {times}."


def _updated_within(days: int, facts: BragFacts, on: dt.date, calendar: WorkingDays) -> bool:
    last = facts.last_update_on
    return last is not None and calendar.between(last, on) <= days


def _last_update(facts: BragFacts) -> str:
    if facts.last_update_on is None:
        return "It has no update yet."
    return f"It was last updated on {format_date(facts.last_update_on)}."


def _counted(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"


def _spoken(status: str) -> str:
    return status.replace("_", " ")
