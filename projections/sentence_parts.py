"""The parts that sentences about events have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from events.values import TargetDate
from workflow.civil_dates import format_date
from workflow.target_dates import describe

MOVED_TO: Final = "moved the target date to"
"""How a moved date is told; the history puts the date before it in between."""

_NTH: Final = (
    "no", "first", "second", "third", "fourth", "fifth",
    "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip

_LED_IN: Final = ("before ", "by ")
"""How dates are written that need no word before them."""


def listed(things: Iterable[str]) -> str:
    """Return some things as people list them: "A, B and C"; "nobody" for none."""
    *before, last = list(things) or ["nobody"]
    return f"{', '.join(before)} and {last}" if before else last


def spoken(word: str) -> str:
    """Return a stored word as people say it: `handed_over` gives "handed over"."""
    return str(word).replace("_", " ")


def day(civil: dt.date) -> str:
    """Return a civil date as people write it."""
    return format_date(civil)


def by(target: TargetDate | None) -> str:
    """Return by when something is due, as the end of a sentence; nothing without a date."""
    return "" if target is None else f", {_led_in('by', target)}"


def until(target: TargetDate) -> str:
    """Return until when more time is asked for, as the end of a sentence."""
    return f", {_led_in('until', target)}"


def _led_in(word: str, target: TargetDate) -> str:
    """Return a date with a word before it, where it was not written with one, as "by June"."""
    written = describe(target)
    is_led_in = written.lower().startswith(_LED_IN)
    return f"{word} {written}" if target.due and not is_led_in else written


def request(number: int) -> str:
    """Return which request for more time it is: "first request"."""
    return f"{_NTH[number]} request" if number < len(_NTH) else f"request {number}"


def because(number: int | None) -> str:
    """Return which request for more time a change follows, as the end of a sentence; or nothing."""
    return "" if number is None else f", after the {request(number)} for more time"


def told_by(actor: str, sentence: str) -> str:
    """Return a sentence as its actor tells it: what they recorded of themselves, they did."""
    return sentence.removeprefix(f"recorded that {actor} ")
