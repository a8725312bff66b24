"""What has to be done about each thing of which an email reminds."""

from __future__ import annotations

from typing import Final

from projections.projection import Row

_BY_STATUS: Final = {
    "not_started": "Start the work and say so, or say what stands in the way.",
    "in_progress": "Say how far the work is. If it is done, say what was done and where the"
    " evidence is.",
    "blocked": "Say whether what stood in the way is gone. If it is not, ask for more time.",
    "on_hold": "It rests, and its target date stands. Resume it, ask for more time, or name a later"
    " day on which to look at it again.",
    "returned": "It came back because something was missing. Add that, then report it done again.",
    "submitted": "It is reported as done. Somebody who does not lead it confirms that, or returns"
    " it with what is missing.",
    "proposed": "Say whether it is accepted, accepted in part or rejected, and why.",
    "accepted": "Start the work and say so, or say what stands in the way.",
    "partly_accepted": "Start the work and say so, or say what stands in the way.",
    "implemented": "It is reported as done. Somebody who does not lead it verifies that, or says"
    " what is missing.",
    "impact_due": "Say what difference it made to children and families, and how that is known.",
}
"""What is needed in each status; every status that can have a date is here."""

_START: Final = "The lead is asked to start the work and say so, or to say what stands in the way."
_OF_OTHERS: Final = {
    "not_started": _START,
    "in_progress": "The lead is asked to say how far the work is and, if it is done, what was done"
    " and where the evidence is.",
    "blocked": "The lead is asked to say whether what stood in the way is gone and, if it is not,"
    " to ask for more time.",
    "on_hold": "It rests, and its target date stands. The lead is asked to resume it, to ask for"
    " more time, or to name a later day on which to look at it again.",
    "returned": "It came back because something was missing. The lead is asked to add that, and"
    " then to report it done again.",
    "proposed": "The lead is asked to say whether it is accepted, accepted in part or rejected, and"
    " why.",
    "accepted": _START,
    "partly_accepted": _START,
    "impact_due": "The lead is asked to say what difference it made to children and families, and"
    " how that is known.",
}
"""The same, said to somebody who does not lead it, where it is said in another way."""

_CONFIRM: Final = (
    "It is reported as done. Look at what was done and at the evidence, then confirm it, or return"
    " it with what is missing."
)
RE_AUDIT: Final = (
    "Plan the audit that looks again, and say which one it is. If none is needed any more, say why."
)
IMPACT_OF_AUDIT: Final = (
    "Say what difference the audit made to children and families, and how that is known."
)
_CLOCK_AHEAD: Final = (
    "Do it by that day, and say on which day it was done. More time cannot be given. If it no"
    " longer applies, say why."
)
_CLOCK_OVER: Final = (
    "Do it as soon as it can be done, and say on which day that was. The day itself cannot be"
    " moved. If it no longer applies, say why."
)
_CLOCK_OF_OTHERS: Final = (
    "See to it that it is done{by}. Whoever leads it says on which day it was done, or why it no"
    " longer applies. More time cannot be given."
)
DECISION: Final = (
    "Approve more time or decline it, and say why. Until somebody does, the target date stands."
)
DECISION_OF_OTHERS: Final = (
    "See to it that whoever can decide approves more time or declines it. Until somebody does, the"
    " target date stands."
)
ADDRESS: Final = (
    "Find the right address and have it entered. Until then, what they should be told goes to"
    " whoever is next."
)
VACANCY: Final = (
    "Name a holder, name cover, or give the work to another role. Until then its reminders go to"
    " whoever is next."
)


def needed(status: str) -> str:
    """Say what has to be done about an action or a recommendation in a status."""
    return _BY_STATUS[status]


def needed_of_clock(*, is_over: bool, is_the_readers: bool) -> str:
    """Say what has to be done about a clock: nobody who leads something can give it more time."""
    if not is_the_readers:
        return _CLOCK_OF_OTHERS.format(by=" without delay" if is_over else " by that day")
    return _CLOCK_OVER if is_over else _CLOCK_AHEAD


def needed_of_work(row: Row, *, can_confirm: bool, is_the_readers: bool = True) -> str:
    """Say what has to be done about an action or a recommendation, and by what it is judged.

    `can_confirm`: the reader does not lead it, and it waits to be confirmed. `is_the_readers`:
    otherwise it is said of whoever leads it.
    """
    measure = row.get("success_measure")
    said = _CONFIRM if can_confirm else needed(row["status"])
    if not (can_confirm or is_the_readers):
        said = _OF_OTHERS.get(row["status"], said)
    return f"{said} It is judged by this: {measure.strip()}" if measure else said
