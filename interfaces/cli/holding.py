"""`goldthread held`: the heads of the record that somebody else holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import short_fingerprint
from events.held_heads import HeldHead, held_heads
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import plain_table, write, write_json
from interfaces.held_entry import MOST_BYTES, CannotBeHeld, enter_held
from interfaces.held_reach import held_reach
from interfaces.inputs import BadInput
from interfaces.record_files import held_folder
from projections.projection import Row
from workflow.civil_dates import format_date

_EXTENDED = (
    "The record extends it, and each 'goldthread verify' will look again. The entry here only"
    " reminds: what protects is that they keep their own copy."
)
_FIND_OUT = "Find out who restored or changed the database before anything else is written."


def category_app(name: str, help_text: str) -> typer.Typer:
    """Return the group of what is done with held heads."""
    app = typer.Typer(name=name, help=help_text, no_args_is_help=True, add_completion=False)
    app.command("add")(held_add)
    app.command("list")(held_list)
    return app


def held_add(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The signed head, as it was handed out.")
    ],
    *,
    holder: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="WHO", help="Who holds it: a role or an organisation, not a name."
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="The key it was signed with, if not today's."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enter a head that somebody else holds, so that 'goldthread verify' compares with it.

    The entry is a memory aid beside the database: what protects is that they keep their own copy.
    """
    with partnership_of(ctx) as partnership:
        try:
            entered = enter_held(partnership, _note(file), holder, key)
        except CannotBeHeld as problem:
            raise BadInput("FILE", f"{file} {problem.what}") from problem
    if as_json:
        found = {"added": entered.is_new, "extends": entered.fault is None, "fault": entered.fault}
        write_json({**_as_json(entered.held), **found})
    else:
        write(entered.in_words, _compared(entered.fault))
    if entered.fault is not None:
        raise typer.Exit(CHECK_FAILED)


def held_list(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """List the heads that others hold, and how far back a rewrite could go unseen."""
    with partnership_of(ctx) as partnership:
        heads = held_heads(held_folder(partnership.settings.files))
        size = partnership.log.head().size
        reach = held_reach(partnership.log, size, heads, partnership.today)
    if as_json:
        write_json({"heads": [_as_json(one) for one in heads], "reach": reach.as_json()})
        return
    table = plain_table("Entries", "Fingerprint", "Held by", "Entered")
    for one in heads:
        mark = short_fingerprint(one.checkpoint.root)
        who = one.holder or "-"
        table.add_row(str(one.checkpoint.size), mark, who, format_date(one.added_on))
    if heads:
        write(table, "")
    write(reach.in_words())


def _note(file: Path) -> str:
    with file.open("rb") as opened:
        found = opened.read(MOST_BYTES + 1)
    try:
        text = found.decode()
    except UnicodeDecodeError as problem:
        raise BadInput("FILE", f"{file} is not a text, and so no signed head.") from problem
    if len(found) > MOST_BYTES:
        raise BadInput("FILE", f"{file} is far too long to be a signed head.")
    return text


def _compared(fault: str | None) -> str:
    return _EXTENDED if fault is None else f"The record does NOT extend it: {fault}. {_FIND_OUT}"


def _as_json(held: HeldHead) -> Row:
    return {
        "size": held.checkpoint.size,
        "root": held.checkpoint.root.hex(),
        "fingerprint": short_fingerprint(held.checkpoint.root),
        "from": held.holder,
        "added_on": held.added_on.isoformat(),
    }
