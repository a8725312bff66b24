"""The origins of a log: the one it began under, and each under which it was continued.

A log whose backup was older than what had been signed goes on under a new origin (see
`log.continued`). Positions, tree and bodies of what was kept stay as they are, so the bodies of one
log may carry several origins: each one holds from its `log.continued` on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, Literal

import orjson

from events.checkpoint import Checkpoint
from events.stored_rows import CONTINUATIONS

if TYPE_CHECKING:  # A process that verifies should not wait for pydantic.
    from events.reading import Reader

CONTINUED_TYPE: Final = "log.continued"
"""The type of the event with which a log goes on under another origin."""

_ROOT: Final = re.compile(r"[0-9a-f]{64}")
_ORIGIN: Final = "SELECT origin FROM log_head WHERE id = 1"

Place = Literal["within", "lost", "another_log"]
"""Where a head belongs: a log can extend it; it speaks of entries that a restore lost; neither."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """A log going on under `origin` from `position` on.

    `kept_origin`: of the entry before it. `old_origin`, `old_size`, `old_root`: the head that the
    log can no longer extend.
    """

    position: int
    origin: str
    kept_origin: str
    old_origin: str
    old_size: int
    old_root: bytes

    @property
    def kept(self) -> int:
        """Return how many entries were kept."""
        return self.position - 1


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of one log. `origin`: the last one; `continuations`: by position."""

    origin: str
    continuations: tuple[Continuation, ...] = ()

    def at(self, position: int) -> str:
        """Return the origin that the body at a position carries."""
        found = self.continuations[0].kept_origin if self.continuations else self.origin
        for one in self.continuations:
            if position >= one.position:
                found = one.origin
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """Return every origin that the log, or what it lost, ever had; today's first."""
        continued = ((one.kept_origin, one.old_origin) for one in reversed(self.continuations))
        return tuple(dict.fromkeys((self.origin, *chain.from_iterable(continued))))

    def of_range(self, after: int, until: int) -> str | None:
        """Return the one origin of the positions above `after` up to `until`, None for several."""
        first = self.at(after + 1)
        return first if first == self.at(until) else None

    def continuation_at(self, position: int) -> Continuation | None:
        """Return the continuation that stands at a position."""
        return next((one for one in self.continuations if one.position == position), None)

    def place_of(self, head: Checkpoint) -> Place:
        """Return where a head belongs. One that is `lost` covers entries that are not here."""
        if head.origin == self.origin:
            return "within"
        for one in self.continuations:
            if head.origin == one.kept_origin:
                return "within" if head.size <= one.kept else "lost"
            if head.origin == one.old_origin:
                return "lost"
        return "another_log"

    def wrong_with(self, continuation: Continuation) -> str | None:
        """Return what is wrong with a continuation beside what came before it."""
        at = self.continuations.index(continuation)
        so_far = self.continuations[: at + 1]
        before = {origin for one in so_far for origin in (one.kept_origin, one.old_origin)}
        if continuation.position == 1:
            return "it continues a record of which nothing was kept"
        if continuation.kept_origin != self.at(continuation.position - 1):
            return f"it continues '{continuation.kept_origin}', which is not the origin before it"
        if continuation.origin in before:
            return f"it goes on under an origin that was used before, '{continuation.origin}'"
        if continuation.old_size <= continuation.kept:
            return (
                f"it says that a head of {continuation.old_size} entries was lost, but"
                f" {continuation.kept} were kept"
            )
        return None


def origins_of(log: Reader) -> Origins:
    """Return the origins of a log as it tells them. Verify it before they are believed."""
    origin = str(log.query(_ORIGIN)[0][0])
    rows = ((position, bytes(body)) for position, body in log.query(CONTINUATIONS))
    return Origins(origin, continuations_in(rows))


def continuations_in(rows: Iterable[tuple[Any, Any]]) -> tuple[Continuation, ...]:
    """Read positions and bodies. What is no continuation is left out: its row will not verify."""
    return tuple(found for position, body in rows if (found := _read(position, body)))


def _read(position: Any, body: Any) -> Continuation | None:  # noqa: ANN401 - as stored
    try:
        record = orjson.loads(body)
        data = record["data"]
        names = (record["origin"], data["kept_origin"], data["old_origin"])
        size, root = data["old_size"], data["old_root"]
    except (ValueError, TypeError, KeyError):
        return None
    sound = (
        all(isinstance(value, str) for value in (*names, root))
        and type(position) is int
        and type(size) is int
        and _ROOT.fullmatch(root)
    )
    return Continuation(position, *names, size, bytes.fromhex(root)) if sound else None
