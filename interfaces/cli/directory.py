"""`goldthread directory`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import typer
from rich.console import RenderableType

from events.refs import quoted
from interfaces.cli.moment_options import AsJson, At, AtPosition, TrueOn
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import plain_table, write, write_json
from interfaces.moments import moment_given
from interfaces.record_foot import record_foot
from projections.names import Names
from projections.projection import Row
from projections.role_rows import role_facts

_KINDS: Final = ("role", "person", "subgroup", "agency")
_HEADINGS: Final = {
    "role": ("Role", "Title", "Held by", "Other spellings"),
    "person": ("Person", "Name", "Address", "Agency"),
    "subgroup": ("Subgroup", "Name", "Chaired by", ""),
    "agency": ("Agency", "Name", "Sector", ""),
}


def directory(
    ctx: typer.Context,
    *,
    at: At = None,
    position: AtPosition = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
) -> None:
    """List roles with who holds them, people, subgroups and agencies, on any day."""
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, position, true_on)
        names = Names(moment.view, moment.on)
        entries = {
            kind: [_entry(ref, row, names) for ref, row in sorted(names.of_kind(kind), key=_number)]
            for kind in _KINDS
        }
        if as_json:
            write_json({**moment.as_json(), **entries})
            return
        write(f"{partnership.settings.partnership.name}: the directory {moment.heading}")
        for kind in _KINDS:
            write("", *_table(kind, entries[kind]))
        write(*record_foot(partnership, moment))


def _entry(ref: str, row: Row, names: Names) -> Row:
    said = _SAID[row["kind"]](ref, row, names)
    return {"ref": quoted(ref), "current": row["standing"] == "current", **said}


def _role(ref: str, row: Row, names: Names) -> Row:
    facts = role_facts(ref, row)
    covers = {cover.person for cover in facts.covers if cover.holds_on(names.on)}
    return {
        "title": row["title"],
        "office": row["office"],
        "aliases": list(row["aliases"].values()),
        "holders": [
            {"ref": quoted(person), "name": names.called(person), "covers": person in covers}
            for person in sorted(facts.held_by_on(names.on))
        ],
    }


def _person(_ref: str, row: Row, names: Names) -> Row:
    agency = names.called(row["agency"]) if row["agency"] else None
    return {"name": row["name"], "email": row["email"], "agency": agency}


def _subgroup(ref: str, row: Row, names: Names) -> Row:
    chair = row["chair_role"]
    holders = [names.called(person) for person in names.holders_of(ref)]
    title = names.called(chair) if chair else None
    return {"name": row["name"], "chair": title, "chaired_by": holders}


def _agency(_ref: str, row: Row, _names: Names) -> Row:
    return {"name": row["name"], "sector": row["sector"]}


_SAID: Final[dict[str, Callable[[str, Row, Names], Row]]] = {
    "role": _role,
    "person": _person,
    "subgroup": _subgroup,
    "agency": _agency,
}


def _table(kind: str, entries: list[Row]) -> Iterator[RenderableType]:
    if not entries:
        yield f"No {kind} is entered yet."
        return
    table = plain_table(*_HEADINGS[kind])
    for entry in entries:
        table.add_row(*_cells(kind, entry))
    yield table


def _cells(kind: str, entry: Row) -> tuple[str, ...]:
    name = entry["title"] if kind == "role" else entry["name"]
    called = name if entry["current"] else f"{name} (ended)"
    match kind:
        case "role":
            held = "\n".join(
                f"{one['name']} ({one['ref']}{', covering' if one['covers'] else ''})"
                for one in entry["holders"]
            )
            return entry["ref"], called, held or "nobody", "\n".join(entry["aliases"])
        case "person":
            return entry["ref"], called, entry["email"] or "none known", entry["agency"] or ""
        case "subgroup":
            chaired = ", ".join(entry["chaired_by"]) or "nobody"
            return entry["ref"], called, f"{entry['chair'] or 'no role'}: {chaired}", ""
        case _:
            return entry["ref"], called, entry["sector"].replace("_", " "), ""


def _number(pair: tuple[str, Row]) -> int:
    return int(pair[0].rpartition("-")[2])
