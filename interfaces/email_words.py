"""What became of emails, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from interfaces.instants import format_instant_in
from interfaces.moments import Moment
from notifications.listing import Fate, ListedEmail
from notifications.outbox_standing import Waiting
from notifications.planning import PlanningReport
from notifications.reasons import not_sent_in_words
from notifications.wording import counted
from projections.names import Names


@dataclass(frozen=True, slots=True)
class Shown:
    """What is listed. `waiting`: of the emails still to leave, by reference; `today`: the plan."""

    moment: Moment
    emails: tuple[ListedEmail, ...]
    waiting: Mapping[str, Waiting]
    today: PlanningReport | None
    names: Names
    zone: ZoneInfo


def fate_in_words(fate: Fate) -> str:
    """Say what became of an email."""
    match fate:
        case Fate.PLANNED:
            return "planned"
        case Fate.SENT:
            return "sent"
        case Fate.FAILED:
            return "refused for good"
        case Fate.UNCERTAIN:
            return "uncertain whether it arrived"
        case Fate.CANCELLED:
            return "not sent"


def notes_on(email: ListedEmail, shown: Shown) -> Iterator[str]:
    """Yield what else there is to say: the reason, how often it was tried, what comes next."""
    if email.reason is not None:
        yield f"Reason: {not_sent_in_words(email.reason)}."
    found = shown.waiting.get(email.email)
    if found is None or not found.attempts:
        if email.attempts > 1:
            yield f"Tried {email.attempts} times."
        return
    said = f"; the server said: {found.last_reply}" if found.last_reply else ""
    yield f"Tried {counted(found.attempts, 'time')}{said}."
    if found.next_try_at is not None:
        once = "Leaves once more" if email.fate is Fate.UNCERTAIN else "Next try"
        yield f"{once}: {format_instant_in(shown.zone, found.next_try_at)}."
