"""What became of emails, in words: of one run, and of one tick of the worker."""

from __future__ import annotations

from collections.abc import Mapping

from notifications.outcomes import Outcome
from notifications.ticking import Ticked
from notifications.wording import counted


def outcome_in_words(outcome: Outcome) -> str:
    """Say what became of an email, as the second half of "1 email ..."."""
    match outcome:
        case Outcome.SENT:
            return "sent"
        case Outcome.PUT_OFF:
            return "not taken yet, tried again later"
        case Outcome.FAILED:
            return "refused for good"
        case Outcome.UNCERTAIN:
            return "uncertain whether they arrived"
        case Outcome.CANCELLED:
            return "no longer needed"
        case Outcome.GIVEN_UP:
            return "never taken, planned anew on the next working day"
        case Outcome.NOT_RESENT:
            return "uncertain, and not sent again"
        case Outcome.LOST:
            return "taken over by another worker"
        case Outcome.PROBLEM:
            return "not written because of a fault"


def outcomes_in_words(outcomes: Mapping[Outcome, int]) -> str:
    """Count the emails that came to each end, as one line; empty for none."""
    ends = (f"{outcome_in_words(end)}: {count}" for end, count in outcomes.items() if count)
    return "; ".join(ends)


def tick_in_words(ticked: Ticked) -> str | None:
    """Say in one line what a tick did, or None if there was nothing to do."""
    settled = ticked.reminded.emails if ticked.reminded is not None else ()
    planned = f"{counted(len(settled), 'email')} planned" if settled else ""
    parts = [part for part in (planned, outcomes_in_words(ticked.outcomes)) if part]
    return "; ".join(parts) or None
