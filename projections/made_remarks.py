"""The remarks of the scrutineer: all of them, those on one thing, and those on a day's board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from events.refs import order_of, quoted
from projections.names import Names
from projections.projection import Row
from projections.remarks import WHOLE_BOARD
from projections.scrutiny_facts import about_what, remarks_on
from projections.store import View


@dataclass(frozen=True, slots=True)
class MadeRemark:
    """A remark as people read it. `withdrawn`: why its author no longer holds to it."""

    ref: str
    by: str
    made_on: dt.date
    about: str
    words: str
    withdrawn: str | None

    def as_json(self) -> Row:
        """Return it as plain values."""
        return {
            "ref": self.ref,
            "by": self.by,
            "made_on": self.made_on.isoformat(),
            "about": self.about,
            "words": self.words,
            "withdrawn": self.withdrawn,
        }


def remarks_made(view: View, names: Names, on: str | None = None) -> tuple[MadeRemark, ...]:
    """Return every remark, or those on a thing and its parts, the earliest first."""
    found = view.all("remarks").items() if on is None else remarks_on(view, on)
    return _read(found, names)


def remarks_on_board(view: View, names: Names, day: dt.date) -> tuple[MadeRemark, ...]:
    """Return the remarks on the whole board of a day, the earliest first."""
    keys = view.under("remarks_of", f"{WHOLE_BOARD}/")
    refs = [key.rpartition("/")[2] for key in keys]
    rows = [(ref, view.get("remarks", ref)) for ref in refs]
    of_day = [(ref, row) for ref, row in rows if row and row["as_at"] == day.isoformat()]
    return _read(of_day, names)


def _read(rows: Iterable[tuple[str, Row]], names: Names) -> tuple[MadeRemark, ...]:
    return tuple(
        MadeRemark(
            quoted(ref),
            names.called(row["by"]),
            dt.date.fromisoformat(row["made_on"]),
            names.resolved(about_what(row)),
            row["words"],
            row["status_reason"],
        )
        for ref, row in sorted(rows, key=lambda pair: order_of(pair[0]))
    )
