"""What is known of meetings and remarks, and which remarks there are on a thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from events.refs import order_of, quoted
from projections.item_facts import Fact
from projections.names import Names
from projections.projection import Row
from projections.store import View
from workflow.civil_dates import format_date

WITHDRAWN = "withdrawn"


def about_meeting(_view: View, _ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a meeting."""
    yield Fact("Held on", format_date(dt.date.fromisoformat(row["held_on"])))
    yield Fact("Who met", names.called(row["subgroup"]) if row["subgroup"] else "the whole board")
    if row["papers_position"] is not None:
        yield Fact("Papers made from", f"entry {row['papers_position']} of the log")
    if row["status_reason"]:
        yield Fact("Why it stands so", row["status_reason"])


def about_remark(_view: View, _ref: str, row: Row, names: Names) -> Iterator[Fact]:
    """Yield what is known of a remark."""
    yield Fact("Made by", names.called(row["by"]))
    yield Fact("Made on", format_date(dt.date.fromisoformat(row["made_on"])))
    yield Fact("About", names.resolved(about_what(row)))
    if row["status_reason"]:
        yield Fact("Why it was withdrawn", row["status_reason"])


def about_what(row: Row) -> str:
    """Say what a remark is about, naming things by their streams."""
    about: str = row["on"] or "the board"
    if row["entry"] is not None:
        about = f"entry {row['entry']} of {about}"
    if row["as_at"] is not None:
        about += f" as at {format_date(dt.date.fromisoformat(row['as_at']))}"
    return about


def remarks_on(view: View, thing: str) -> tuple[tuple[str, Row], ...]:
    """Return the remarks on a thing and on its parts, with their references, the earliest first."""
    stream, _, part = thing.partition("/")
    rows = view.under("remarks_of", f"{stream}/")
    keys = (key.rpartition("/") for key in rows)
    refs = [remark for about, _, remark in keys if not part or about == thing]
    found = ((ref, view.get("remarks", ref)) for ref in sorted(refs, key=order_of))
    return tuple((ref, row) for ref, row in found if row is not None)


def facts_of_remarks(view: View, thing: str, names: Names) -> Iterator[Fact]:
    """Yield the remarks on a thing, each as one fact."""
    for ref, row in remarks_on(view, thing):
        made_on = format_date(dt.date.fromisoformat(row["made_on"]))
        gone = ", since withdrawn" if row["status"] == WITHDRAWN else ""
        where = f" (on entry {row['entry']})" if row["entry"] is not None else ""
        told = f"{names.called(row['by'])}, {made_on}{where}{gone}: {row['words']}"
        yield Fact(f"Remark {quoted(ref)}", told)
