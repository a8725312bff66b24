"""What must hold when a year is over."""

from __future__ import annotations

from typing import Final

from events.log import EventLog
from events.verification import verify_log
from projections.catalogue import FOLD
from projections.checking import check
from projections.store import ViewOfToday
from tests.notifications.simulation.judge import Judge

_OUTBOX: Final = (
    "SELECT email, state, next_try_at, message, recipient, lease_until FROM outbox ORDER BY email"
)


def check_at_the_end(log: EventLog, judge: Judge, *, thoroughly: bool) -> None:
    """Check that nothing waits, that outbox and events agree, and that the log verifies."""
    rows = log.query(_OUTBOX)
    judge.require({row[0] for row in rows} == set(judge.emails), "outbox and log differ")
    reminders = ViewOfToday(log).all("reminders")
    for email, state, next_try_at, message, recipient, lease_until in rows:
        known, told = judge.emails[email].status, reminders[email]["status"]
        judge.require(
            state == known == told,
            f"{email}: the outbox has {state}, the read model {told}, the log {known}",
        )
        waits = (next_try_at, message, recipient, lease_until)
        judge.require(state != "planned", f"{email} still waits")
        judge.require(waits == (None,) * 4, f"{email}, {state}, is not cleared: {waits}")
    verdict = verify_log(log.engine, processes=1)
    judge.require(verdict.holds, f"the log does not verify: {verdict.fault}")
    if thoroughly:
        judge.require(not check(log, FOLD), "the read models differ from the log")
