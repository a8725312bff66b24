"""What a role's row in the directory says of who holds it, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from events.directory import Office
from projections.projection import Row
from workflow.circumstances import RoleFacts, Tenure
from workflow.role_tenures import came_to_be

_latest: dict[str, tuple[Row, RoleFacts]] = {}
"""By role: the row that was read last, and what it says. Every permission asks for some role."""


def role_facts(ref: str, row: Row) -> RoleFacts:
    """Return what decisions need of a role's row; tenures end with who left the partnership."""
    found = _latest.get(ref)
    if found is None or found[0] is not row:
        # Rows never change in place: the same row says the same for ever.
        found = _latest[ref] = (row, _read(ref, row))
    return found[1]


def _read(ref: str, row: Row) -> RoleFacts:
    left: dict[str, str] = row["left"]
    return RoleFacts(
        ref,
        Office(row["office"]),
        row["agency"],
        row["subgroup"],
        retired=row["standing"] == "ended",
        tenures=tuple(_times(row["tenures"], left)),
        covers=tuple(_times(row["covers"].values(), left)),
    )


def _times(rows: Iterable[Row], left: dict[str, str]) -> Iterator[Tenure]:
    for row in rows:
        time = tenure_of(row)
        gone = left.get(time.person)
        if gone is not None and (row["last_day_on"] is None or gone < row["last_day_on"]):
            time = replace(time, last_day_on=dt.date.fromisoformat(gone))
        if came_to_be(time):
            yield time


def tenure_of(time: Row) -> Tenure:
    """Return a tenure, or a cover, as a role's row holds it."""
    last_day_on = time["last_day_on"]
    return Tenure(
        time["person"],
        dt.date.fromisoformat(time["from_on"]),
        dt.date.fromisoformat(last_day_on) if last_day_on else None,
    )
