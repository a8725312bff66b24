"""The record as its page shows it: how much there is, its fingerprint, and who else holds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from events.checkpoint import fingerprint, record_line, short_fingerprint
from events.held_heads import BadHeldHead, HeldHead, NotExtended, held_heads
from events.origins import origins_of
from events.reading import Head
from events.signing import BadHighWater, HighWater
from events.tree import LeavesMissing
from events.tree_cache import TreeDiffers
from interfaces.bootstrap import Partnership
from interfaces.head_signing import signed_last
from interfaces.held_entry import extended
from interfaces.held_reach import HeldReach, held_reach
from interfaces.record_files import held_folder
from interfaces.record_foot import record_foot
from interfaces.web.visit import Visit
from projections.civil_days import civil_day

_ADVICE: Final = (
    "Download the signed head above, give it to somebody outside, such as the scrutineer, and enter"
    " below that they hold it."
)
_NOT_EXTENDED: Final = {
    "another_log": "It is a head of another record.",
    "cut_short": "The record does NOT extend it: it was cut short.",
    "rewritten": "The record does NOT extend it: something up to there was written anew.",
}


@dataclass(frozen=True, slots=True)
class HeldShown:
    """A head that somebody else holds. `standing`: whether the record extends it, in words."""

    head: HeldHead
    mark: str
    standing: str
    is_sound: bool


@dataclass(frozen=True, slots=True)
class RecordShown:
    """What the page tells. `line`: as at the foot of emails; `trouble`: a file that is not sound.

    `then`: the same line as of the past day that is asked for, if any; `reach`: how far back the
    record could be rewritten unseen.
    """

    head: Head
    line: str
    fingerprint: str
    last_on: dt.date
    signed: HighWater | None
    held: Sequence[HeldShown]
    reach: HeldReach
    then: Sequence[str]
    trouble: str = ""

    @property
    def reach_words(self) -> str:
        """Say how far back a rewrite could go unseen."""
        return self.reach.in_words(_ADVICE)


def record_shown(visit: Visit) -> RecordShown:
    """Return the record as it stands."""
    partnership, files = visit.partnership, visit.partnership.settings.files
    head = partnership.log.head()
    root = head.frontier.root()
    signed: HighWater | None = None
    heads: Sequence[HeldHead] = ()
    shown: Sequence[HeldShown] = ()
    trouble = ""
    try:
        signed, heads = signed_last(files), held_heads(held_folder(files))
        shown = _held(partnership, heads)
    except (BadHighWater, BadHeldHead, TreeDiffers, LeavesMissing) as problem:
        trouble = str(problem)
    sound = [one.head for one in shown if one.is_sound]
    return RecordShown(
        head,
        record_line(head.size, root),
        fingerprint(root),
        civil_day(dt.datetime.fromisoformat(head.recorded_at)),
        signed,
        shown,
        held_reach(partnership.log, head.size, sound, partnership.today),
        () if visit.moment.is_now else record_foot(partnership, visit.moment)[1:],
        trouble,
    )


def _held(partnership: Partnership, heads: Sequence[HeldHead]) -> tuple[HeldShown, ...]:
    if not heads:
        return ()
    origins = origins_of(partnership.log)
    return tuple(
        _shown(one, broken, is_lost=origins.place_of(one.checkpoint) == "lost")
        for one, broken in zip(heads, extended(partnership, heads), strict=True)
    )


def _shown(one: HeldHead, broken: NotExtended | None, *, is_lost: bool) -> HeldShown:
    mark = short_fingerprint(one.checkpoint.root)
    if broken is not None:
        return HeldShown(one, mark, _NOT_EXTENDED[broken.how], is_sound=False)
    if is_lost:
        lost = "It speaks of entries that a restore lost; nothing here can be compared with it."
        return HeldShown(one, mark, lost, is_sound=True)
    return HeldShown(one, mark, "The record extends it.", is_sound=True)
