"""What people are reminded of: one date of one thing, why it counts, and to whom it matters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from notifications.digest_period import STILL, Stirred
from notifications.directory import Directory
from notifications.rules import Occasion
from workflow.working_days import WorkingDays


@dataclass(frozen=True, slots=True)
class Audience:
    """To whom something matters. `subgroups`: besides those of the lead roles themselves.

    `asked_by` is who asked for more time, or reported it done, and cannot judge that;
    `for_executive` tells that the executive alone can.
    """

    lead_roles: tuple[str, ...]
    subgroups: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    awaits_confirmation: bool = False
    asked_by: str | None = None
    for_executive: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """One date of one thing of which somebody may have to be reminded.

    `item` is a reference as `events.refs.RemindedRef` allows it. `within`: the plan and the audits
    to which it belongs, the first of which with rules of its own counts. `is_claim`: the date is
    the day on which the work was said to be done, which waits to be confirmed.
    """

    item: str
    target_on: dt.date
    occasion: Occasion
    audience: Audience
    within: tuple[str, ...] = ()
    is_claim: bool = False


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where is looked: a day, the calendar by which days count, and who is who.

    `stirred`: what digests may have to tell, where somebody plans them.
    """

    day: dt.date
    calendar: WorkingDays
    directory: Directory
    stirred: Stirred = STILL
