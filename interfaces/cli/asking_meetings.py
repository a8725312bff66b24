"""What a scrutineer asks about a meeting: what changed before it, what its papers lack."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from events.refs import category_of
from interfaces.boards import board_at
from interfaces.bootstrap import Partnership
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import grid, write, write_json
from interfaces.inputs import BadInput
from interfaces.moments import Moment, day_named, moment_given, moment_of, moment_of_day, true_of
from interfaces.record_foot import record_foot
from projections.board_filter import BoardFilter
from projections.differences import Difference, differences
from projections.history import HistoryLine, line_of
from projections.names import Names
from projections.timeline import tell
from workflow.civil_dates import format_date

Meeting = Annotated[
    str, typer.Argument(metavar="MEETING", help="M3, or words such as 'September 2024 meeting'.")
]
Days = Annotated[
    int, typer.Option(min=1, help="So many days before the meeting, its own included.")
]


def before(
    ctx: typer.Context, meeting: Meeting, *, days: Days = 7, as_json: AsJson = False
) -> None:
    """What was changed in the week before a meeting, and by whom?"""
    with partnership_of(ctx) as partnership:
        last = moment_of(partnership, meeting, "MEETING")
        end = moment_of_day(partnership, last.on, "MEETING")
        found = _changes(partnership, end, days)
        foot = record_foot(partnership, end)
    first = end.on - dt.timedelta(days=days - 1)
    if as_json:
        ends = {"from": first.isoformat(), "to": end.on.isoformat()}
        write_json({**ends, "found": [line.as_json() for line in found]})
        return
    write(f"What was recorded from {format_date(first)} to {format_date(end.on)}", "")
    for line in found:
        late = f" Late: {line.lateness}." if line.lateness else ""
        when = format_date(line.recorded_on)
        told = f"{when} [{line.ref}, entry {line.position}] {line.who} {line.sentence}.{late}"
        write(Text(told), *(Padding(Text(f"{la}: {wo}"), (0, 0, 0, 2)) for la, wo in line.words))
    if not found:
        write("Nothing.")
    write(*foot)


def since_papers(ctx: typer.Context, meeting: Meeting, *, as_json: AsJson = False) -> None:
    """How do the papers of a meeting differ from the record now?

    First what they did not know: the board of that day, by what is known today. Then what has
    changed since.
    """
    with partnership_of(ctx) as partnership:
        _, named = day_named(partnership, meeting, "MEETING")
        if named is None:
            raise BadInput("MEETING", f"'{meeting}' names no meeting. Give one, such as M3.")
        papers = moment_of(partnership, meeting, "MEETING")
        now = moment_given(partnership, None, None)
        printed = board_at(partnership, papers, BoardFilter())
        true = board_at(partnership, true_of(partnership, now, papers.on), BoardFilter())
        unknown = differences(printed, true)
        since = differences(printed, board_at(partnership, now, BoardFilter()))
        foot = record_foot(partnership, papers, now)
    if as_json:
        told = {
            "meeting": {"ref": named.ref, "title": named.title, **papers.as_json()},
            "papers_position_recorded": named.papers_position is not None,
            "not_known_then": [one.as_json() for one in unknown],
            "changed_since": [one.as_json() for one in since],
        }
        write_json(told)
        return
    _tell(papers, unknown, since)
    write(*foot)


def _changes(partnership: Partnership, end: Moment, days: int) -> list[HistoryLine]:
    start = partnership.position_at_end_of(end.on - dt.timedelta(days=days))
    names = Names(end.view, end.on)
    events = partnership.log.read(after=start, until=end.position)
    return [line_of(tell(one), names) for one in events if category_of(one.stream) != "email"]


def _tell(papers: Moment, unknown: tuple[Difference, ...], since: tuple[Difference, ...]) -> None:
    write(f"The board {papers.heading}, beside the record now")
    for heading, found in (
        ("What the papers did not know of that day:", unknown),
        ("What is different today:", since),
    ):
        write("", Text(heading, style="bold"))
        lines = grid()
        for one in found:
            _, _, words = one.sentence.partition(": ")
            lines.add_row(one.ref, Text(words))
        write(lines if found else "Nothing.")
