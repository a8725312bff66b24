"""The story that both sides write: actions that are created, worked on, given time and completed.

`FIELDS` of a step are the facts that either side stores; ours become event types, theirs methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NOTES_TO_A_LIFE: Final = 14
STEPS_OF_A_LIFE: Final = NOTES_TO_A_LIFE + 6
"""Created, started, noted fourteen times, moved twice, submitted, completed."""

_AIMS: Final = ("the pathway for referrals", "supervision of cases", "training for new staff")


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of an action: what happens, in which words."""

    kind: str
    words: str


def aim(number: int) -> str:
    """Return the words of an action."""
    what = _AIMS[number % len(_AIMS)]
    return f"Review {what} with every agency, agree what has to change, report to board {number}"


def note(number: int, turn: int) -> str:
    """Return the words of a progress note."""
    return (
        f"Met with the agencies for the {turn}. time about action {number}; two of three have"
        " answered and the third will before the end of the month."
    )


def step(number: int, turn: int) -> Step:
    """Return what happens to an action in one turn of its life, from 0."""
    match turn:
        case 0:
            return Step("created", aim(number))
        case 1:
            return Step("started", "")
        case 8 | 14:
            return Step("moved", "The inspection took all of the team's time.")
        case 18:
            return Step("submitted", "All agencies follow the new pathway since the first of May.")
        case 19:
            return Step("completed", "")
        case _:
            return Step("noted", note(number, turn))
