"""How far back somebody could rewrite the record without anybody elsewhere being able to see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from events.checkpoint import Checkpoint
from events.fault_finding import Fault
from events.held_heads import HeldHead, NotExtended, first_not_extended
from events.origins import origins_of
from events.reading import Reader
from events.tree_cache import tree_of
from projections.civil_days import civil_day
from projections.projection import Row
from projections.sentence_parts import listed
from workflow.civil_dates import format_date

_RECORDED_AT = "SELECT recorded_at FROM events WHERE position = ?"


@dataclass(frozen=True, slots=True)
class HeldReach:
    """Up to which entry others hold the record, and what came after.

    `size`: of the record. `up_to`: the last entry that somebody else holds, 0 for none; `up_to_on`:
    the civil day on which it was recorded. `holders`: who holds that head, as far as it was told.
    `since`: the day on which the first entry that nobody holds was recorded. `days`: from then to
    today.
    """

    size: int
    heads: int
    up_to: int
    up_to_on: dt.date | None
    holders: tuple[str, ...]
    since: dt.date | None
    days: int

    def as_json(self) -> Row:
        """Return the reach as plain values. `not_held`: first and last entry that nobody holds."""
        return {
            "heads": self.heads,
            "up_to": self.up_to,
            "up_to_on": self.up_to_on.isoformat() if self.up_to_on else None,
            "by": list(self.holders),
            "not_held": [self.up_to + 1, self.size] if self.up_to < self.size else None,
            "since": self.since.isoformat() if self.since else None,
            "days": self.days,
        }

    def in_words(self, advice: str | None = None) -> str:
        """Say the same to people. `advice`: what to do about it; else it names the commands."""
        advice = advice or _HAND_OVER
        if self.up_to == 0:
            return (
                f"Held elsewhere: nothing that was told here. {_entries(1, self.size).capitalize()}"
                f"{self._back()} could be rewritten unseen by whoever can change both the database"
                f" and the files beside it. {advice}"
            )
        by = listed(self.holders) if self.holders else "somebody elsewhere"
        held = f"Held elsewhere: everything up to entry {self.up_to}{_of(self.up_to_on)} is held by"
        if self.up_to == self.size:
            return f"{held} {by}, which is all of it."
        return (
            f"{held} {by}. Nobody elsewhere holds {_entries(self.up_to + 1, self.size)}"
            f"{self._back()}: a rewrite of what came after could not be seen, if whoever did it"
            f" could also change the files beside the database. {advice}"
        )

    def _back(self) -> str:
        if self.since is None:
            return ""
        days = "1 day" if self.days == 1 else f"{self.days} days"
        return f" (since {format_date(self.since)}, {days} back)" if self.days else " (of today)"


_HAND_OVER = (
    "Give somebody the head ('goldthread checkpoint --out FILE'), and enter that they hold it"
    " ('goldthread held add FILE --from WHO')."
)


def held_reach(log: Reader, size: int, heads: Sequence[HeldHead], today: dt.date) -> HeldReach:
    """Return how far the heads reach which the log was found to extend. `size`: of the log.

    Heads of entries that a restore lost do not reach anywhere.
    """
    origins = origins_of(log)
    heads = [one for one in heads if origins.place_of(one.checkpoint) == "within"]
    up_to = max((head.checkpoint.size for head in heads), default=0)
    holders = [head.holder for head in heads if head.checkpoint.size == up_to and head.holder]
    since = _recorded_on(log, up_to + 1) if up_to < size else None
    return HeldReach(
        size,
        len(heads),
        up_to,
        _recorded_on(log, up_to),
        tuple(dict.fromkeys(holders)),
        since,
        max((today - since).days, 0) if since else 0,
    )


def first_fault(
    log: Reader, head: Checkpoint, cache: Path, heads: Mapping[Checkpoint, str]
) -> Fault | None:
    """Return where the log first does not extend one of some heads, None if it extends all.

    The more heads are given, the closer the place is known. `head`: of the log, found to be true.
    `heads`: each with whose it is, such as "that was signed before". `cache`: the remembered tree;
    nothing is called a fault before every leaf was read.
    """
    broken, origins = None, origins_of(log)
    for afresh in (False, True):
        tree = tree_of(log, (head.size, head.root), cache, afresh=afresh)
        broken = first_not_extended(tree, origins, heads)
        if broken is None:
            return None
    if broken is None:
        return None
    return Fault(broken.sound + 1, _words_of(broken, heads[broken.head]))


def _words_of(broken: NotExtended, whose: str) -> str:
    head = broken.head
    match broken.how:
        case "another_log":
            return f"the head {whose} is of another log, '{head.origin}'"
        case "cut_short":
            return f"the head {whose} counts {head.size} entries: the record was cut short"
        case "rewritten":
            before = f"; what stands before it extends a head of {broken.sound} entries"
            return (
                f"the entries from here to {head.size} are not those of the head {whose}:"
                f" something among them was written anew{before if broken.sound else ''}"
            )


def _recorded_on(log: Reader, position: int) -> dt.date | None:
    rows = log.query(_RECORDED_AT, (position,))
    return civil_day(dt.datetime.fromisoformat(rows[0][0])) if rows else None


def _entries(first: int, last: int) -> str:
    return f"entry {last}" if first == last else f"entries {first} to {last}"


def _of(day: dt.date | None) -> str:
    return f" of {format_date(day)}" if day else ""
