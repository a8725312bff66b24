"""What others did to a thing while somebody was writing about it."""

from __future__ import annotations

from projections.history import HistoryLine, history
from projections.store import View


def meanwhile(view: View, ref: str, seen: int) -> tuple[HistoryLine, ...]:
    """Return the history of a thing after the change of its stream that somebody saw."""
    events = view.events_of(ref.partition("/")[0])
    later = {one.position for one in events if one.version > seen}
    return tuple(one for one in history(view, ref) if one.position in later)
