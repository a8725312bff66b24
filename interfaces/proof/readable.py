"""The readable half of a pack: a history for people, and a note that says what is in the pack.

Only what the pack shows is told: the sentences come from the packed bytes, withheld texts are left
out. Names and titles of people and roles come from the directory, which the pack does not prove.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from textwrap import shorten
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from typing_extensions import override

from events.action import ActionCreated, ActionReworded
from events.audit import AuditPlanned, AuditRetitled
from events.canonical import Json, encode
from events.checkpoint import Checkpoint, record_line
from events.plan import PlanAdopted, PlanRetitled
from events.recommendation import RecommendationProposed, RecommendationReworded
from events.recorded import unseal
from events.refs import category_of, quoted
from interfaces.proof.contents import PackedEvent
from interfaces.proof.withholding import WITHHELD, TextLine
from projections.civil_days import LONDON, civil_day, day_true
from projections.names import Names
from projections.timeline import Told, tell
from workflow.civil_dates import format_date

_ANY_SALT: Final = "00" * 16
_LETTERS_OF_TITLE: Final = 160


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands at the head of the history. `since`: the earlier head that is proved, if any."""

    partnership: str
    ref: str
    head: Checkpoint
    verifier: str
    made_at: dt.datetime
    since: Checkpoint | None
    names_withheld: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as people read it. `clock`: the time of day in London."""

    position: int
    ref: str
    clock: str
    who: str
    sentence: str
    late_from: str | None
    words: tuple[tuple[str, str], ...]


class NamesLeftOut(Names):
    """The names of everything but people, who are called by their references."""

    @override
    def called(self, ref: str) -> str:
        """Return what something is called; for a person the quoted reference."""
        return quoted(ref) if category_of(ref) == "person" else super().called(ref)


def readable(
    events: Sequence[PackedEvent], lines: Sequence[TextLine], names: Names, facts: Facts
) -> dict[str, str]:
    """Return the text of each readable file by its name."""
    by_position = {line.position: line for line in lines}
    told = [tell(unseal(*_shown(event, by_position))) for event in events]
    days = [
        (format_date(day), [_entry(one, names) for one in some])
        for day, some in groupby(told, key=lambda one: civil_day(one.recorded.recorded_at))
    ]
    found = {
        "facts": facts,
        "ref": quoted(facts.ref),
        "title": _title(told, facts.ref),
        "record": record_line(facts.head.size, facts.head.root),
        "since": record_line(facts.since.size, facts.since.root) if facts.since else None,
        "made": f"{facts.made_at.astimezone(LONDON):%H:%M}, "
        f"{format_date(civil_day(facts.made_at))}",
        "days": days,
        "entries": len(events),
        "shown": sum(len(line.shown) for line in lines),
        "withheld": sum(len(line.withheld) for line in lines),
        "erased": sum(len(line.erased) for line in lines),
        "things": list(dict.fromkeys(entry.ref for _, some in days for entry in some)),
    }
    templates = _templates()
    return {
        "README.txt": templates.get_template("readme.txt").render(found),
        "history.html": templates.get_template("history.html").render(found),
    }


def _shown(event: PackedEvent, lines: Mapping[int, TextLine]) -> tuple[bytes, bytes | None]:
    line = lines.get(event.position)
    if line is None:
        return event.body, None
    hidden: dict[str, Json] = {name: [_ANY_SALT, WITHHELD] for name in line.withheld}
    return event.body, encode({**line.shown, **hidden})


def _entry(told: Told, names: Names) -> Entry:
    recorded = told.recorded
    recorded_on = civil_day(recorded.recorded_at)
    happened_on = day_true(recorded)
    return Entry(
        recorded.position,
        quoted(recorded.stream),
        f"{recorded.recorded_at.astimezone(LONDON):%H:%M}",
        names.called(recorded.actor),
        names.resolved(told.sentence),
        format_date(happened_on) if happened_on < recorded_on else None,
        told.words,
    )


def _title(told: Sequence[Told], ref: str) -> str:
    """Return what the thing was called last, or its words; nothing where they are withheld."""
    found = next(_titles(told, ref), "")
    return "" if found == WITHHELD else shorten(found, _LETTERS_OF_TITLE, placeholder=" …")


def _titles(told: Sequence[Told], ref: str) -> Iterator[str]:
    for one in reversed(told):
        if one.recorded.stream == ref:
            # Priorities and clocks have titles, too, and are not what the whole is called.
            match one.recorded.event:
                case AuditPlanned() | AuditRetitled() | PlanAdopted() | PlanRetitled() as named:
                    yield named.title
                case ActionCreated() | ActionReworded() as worded:
                    yield worded.text
                case RecommendationProposed() | RecommendationReworded() as worded:
                    yield worded.text
                case _:
                    pass


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("interfaces.proof"),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
