"""What waits for somebody's decision: more time, work reported done, proposals, audits' reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from events.refs import category_of, quoted
from projections.board_lines import ENDED
from projections.deciding import Deciding
from projections.names import Names
from projections.projection import Row
from projections.store import View
from workflow.action_work_commands import CompleteAction
from workflow.audit_commands import ApproveAudit
from workflow.command import Command
from workflow.extension_commands import ApproveExtension
from workflow.recommendation_commands import AcceptRecommendation, VerifyRecommendation
from workflow.working_days import WorkingDays


class Decision(StrEnum):
    """What has to be decided."""

    MORE_TIME = "more_time"
    """A request for more time: approve or decline it."""
    CONFIRMATION = "confirmation"
    """An action that was reported done: confirm or return it."""
    VERIFICATION = "verification"
    """A recommendation that was reported done: verify it or send it back to work."""
    ACCEPTANCE = "acceptance"
    """A recommendation that was proposed: accept or reject it."""
    APPROVAL = "approval"
    """An audit in moderation: settle its findings and approve its report."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the directory."""

    ref: str
    name: str

    def as_json(self) -> Row:
        """Return the person as plain values."""
        return {"ref": quoted(self.ref), "name": self.name}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits.

    `since` is the day on which it was asked for, and `working_days` how many of England's working
    days it waits. `asked_by` is who asked or reported, None where nobody in particular did.
    `target` is the date that counts now and `asked_target` the one asked for, as stored; `reason`
    and `progress` are the words of a request. `may_decide` are the people who may, today.
    """

    ref: str
    decision: Decision
    text: str
    since: dt.date
    working_days: int
    asked_by: Person | None
    may_decide: tuple[Person, ...]
    target: Row | None = None
    asked_target: Row | None = None
    reason: str | None = None
    progress: str | None = None

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "ref": quoted(self.ref),
            "decision": self.decision.value,
            "text": self.text,
            "since": self.since.isoformat(),
            "working_days": self.working_days,
            "asked_by": self.asked_by.as_json() if self.asked_by else None,
            "may_decide": [person.as_json() for person in self.may_decide],
            "target": self.target,
            "asked_target": self.asked_target,
            "reason": self.reason,
            "progress": self.progress,
        }


def waiting(view: View, on: dt.date, calendar: WorkingDays) -> tuple[Waiting, ...]:
    """Return what waits for a decision as known in a view, on a day; the oldest first."""
    finder = _Finder(view, on, calendar)
    return tuple(sorted(finder.find(), key=lambda one: (one.since, *_place(one.ref))))


_REPORTED: Final = {
    ("action", "submitted"): Decision.CONFIRMATION,
    ("recommendation", "implemented"): Decision.VERIFICATION,
    ("recommendation", "proposed"): Decision.ACCEPTANCE,
}


class _Finder:
    """Looks through the standing rows of one view."""

    def __init__(self, view: View, on: dt.date, calendar: WorkingDays) -> None:
        self._view, self._on, self._calendar = view, on, calendar
        self._names = Names(view, on)
        self._deciding = Deciding(view, on, calendar)

    def find(self) -> Iterator[Waiting]:
        for model in ("actions", "recommendations"):
            for ref, row in self._view.all(model).items():
                yield from self._more_time(ref, row)
                yield from self._reported(ref, row)
        for ref, row in self._view.all("audits").items():
            if row["stage"] == "moderation":
                since = row["reached"]["moderation"]
                yield self._waiting(ref, row["title"], Decision.APPROVAL, since, None)

    def _more_time(self, ref: str, row: Row) -> Iterator[Waiting]:
        asked = row["extensions"][-1] if row["extensions"] else None
        if asked is None or asked["status"] != "open" or row["status"] in ENDED:
            return
        yield self._waiting(
            ref,
            row["text"],
            Decision.MORE_TIME,
            asked["asked_on"],
            asked["asked_by"],
            target=row["target"],
            asked_target=asked["target"],
            reason=asked["reason"],
            progress=asked["progress"],
        )

    def _reported(self, ref: str, row: Row) -> Iterator[Waiting]:
        decision = _REPORTED.get((category_of(ref), row["status"]))
        if decision is None:
            return
        since = row["reached"][row["status"]]
        yield self._waiting(ref, row["text"], decision, since, None, target=row["target"])

    def _waiting(
        self,
        ref: str,
        text: str,
        decision: Decision,
        since: str,
        asked_by: str | None,
        **fields: Any,  # noqa: ANN401 - as `Waiting` has them
    ) -> Waiting:
        state, day = self._deciding.state_of(ref), dt.date.fromisoformat(since)
        claims = decision in {Decision.CONFIRMATION, Decision.VERIFICATION}
        who = state.claimed_by if claims else asked_by
        deciders = self._deciding.who_may(_deciding_command(decision, ref), state)
        days = self._calendar.between(day, self._on)
        people = tuple(self._person(one) for one in deciders)
        asker = None if who is None else self._person(who)
        return Waiting(ref, decision, text, day, max(days, 0), asker, people, **fields)

    def _person(self, ref: str) -> Person:
        return Person(ref, self._names.called(ref))


def _deciding_command(decision: Decision, ref: str) -> Command:
    match decision:
        case Decision.MORE_TIME:
            return ApproveExtension(item=ref)
        case Decision.CONFIRMATION:
            return CompleteAction(action=ref)
        case Decision.VERIFICATION:
            return VerifyRecommendation(recommendation=ref)
        case Decision.ACCEPTANCE:
            return AcceptRecommendation(recommendation=ref)
        case Decision.APPROVAL:
            return ApproveAudit(audit=ref)


def _place(ref: str) -> tuple[str, int]:
    return category_of(ref), int(ref.rpartition("-")[2])
