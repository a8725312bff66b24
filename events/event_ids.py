"""Finding an event id that was used twice, without keeping a set of millions where it can be."""

from __future__ import annotations

from collections.abc import Iterable


class EventIds:
    """Knows whether an id was used before: while ids only rise, none was."""

    def __init__(self) -> None:
        self._ranges: list[str] = []
        self._last = ""
        self._seen: set[str] | None = None

    def first_repeated(self, joined: str, *, are_rising: bool) -> int | None:
        """Add the ids of a range, one a line; return the index of one used before, if any.

        `are_rising`: whether each is greater than the one before it in the range.
        """
        if self._seen is None and are_rising and joined.partition("\n")[0] > self._last:
            self._ranges.append(joined)
            self._last = joined.rpartition("\n")[2]
            return None
        if self._seen is None:
            self._seen = {one for before in self._ranges for one in before.split("\n")}
            self._ranges.clear()
        for index, event_id in enumerate(joined.split("\n")):
            if event_id in self._seen:
                return index
            self._seen.add(event_id)
        return None


def joined_ids(event_ids: Iterable[str]) -> tuple[str, bool]:
    """Return ids one a line, and whether each is greater than the one before it."""
    listed = list(event_ids)
    return "\n".join(listed), listed == sorted(set(listed))
