"""What the fields of filters offer: meetings, audits, subgroups, leads, plans."""

from __future__ import annotations

from dataclasses import dataclass

from events.refs import order_of, quoted
from interfaces.web.forms import Option
from interfaces.web.visit import Visit
from projections.meeting_names import meetings
from workflow.civil_dates import format_date


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of each field, by reference, in an order in which people look for them."""

    meetings: tuple[Option, ...]
    audits: tuple[Option, ...]
    subgroups: tuple[Option, ...]
    leads: tuple[Option, ...]
    plans: tuple[Option, ...]


def choices_of(visit: Visit) -> Choices:
    """Return what there is to choose from as at the moment of a visit; meetings newest first."""
    return Choices(
        tuple(
            Option(quoted(one.ref), f"{one.title}, {format_date(one.held_on)}")
            for one in reversed(meetings(visit.view))
        ),
        _numbered(visit, "audits"),
        _of_directory(visit, "subgroup"),
        _of_directory(visit, "role"),
        _numbered(visit, "plans"),
    )


def _numbered(visit: Visit, model: str) -> tuple[Option, ...]:
    rows = visit.view.all(model)
    return tuple(
        Option(quoted(ref), f"{quoted(ref)} {rows[ref]['title']}")
        for ref in sorted(rows, key=order_of)
    )


def _of_directory(visit: Visit, kind: str) -> tuple[Option, ...]:
    names = visit.names
    found = (Option(quoted(ref), names.called(ref)) for ref, _ in names.of_kind(kind))
    return tuple(sorted(found, key=lambda option: option.words.casefold()))
