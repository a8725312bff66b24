"""`goldthread held`: the heads of the record that somebody else holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import record_line, short_fingerprint
from events.held_heads import HeldHead, add_held, held_heads
from events.origins import origins_of
from events.signed_note import SigningKey, VerifierKey
from events.signing import checkpoint_of, signer_of
from interfaces.bootstrap import Partnership
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.inputs import BadInput
from interfaces.cli.moments import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import plain_table, write, write_json
from interfaces.held_reach import first_fault, held_reach
from interfaces.record_files import held_folder, tree_cache
from projections.projection import Row
from workflow.civil_dates import format_date

_MOST_BYTES = 100_000
_EXTENDED = (
    "The record extends it, and each 'goldthread verify' will look again. The entry here only"
    " reminds: what protects is that they keep their own copy."
)
_LOST = (
    "is a head of entries that a restore lost: the record was continued without them, under"
    " another origin ('goldthread verify' tells where). Keep the file; nothing here can be"
    " compared with it."
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
        files = partnership.settings.files
        verifier = VerifierKey.of_text(key) if key else SigningKey.load(files.key).verifier
        note, origins = _note(file), origins_of(partnership.log)
        signer = signer_of(note, verifier, origins)
        held = HeldHead.of_note(note, signer, partnership.today, (holder or "").strip() or None)
        match origins.place_of(held.checkpoint):
            case "another_log":
                other = f"{file} is a head of another record, '{held.checkpoint.origin}'."
                raise BadInput("FILE", f"{other} This one is '{origins.origin}'.")
            case "lost":
                raise BadInput("FILE", f"{file} {_LOST}")
            case "within":
                pass
        is_new = add_held(held_folder(files), held)
        fault = _fault(partnership, held)
    if as_json:
        write_json({**_as_json(held), "added": is_new, "extends": fault is None, "fault": fault})
    else:
        write(*_told(held, fault, is_new=is_new))
    if fault is not None:
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
        found = opened.read(_MOST_BYTES + 1)
    try:
        text = found.decode()
    except UnicodeDecodeError as problem:
        raise BadInput("FILE", f"{file} is not a text, and so no signed head.") from problem
    if len(found) > _MOST_BYTES:
        raise BadInput("FILE", f"{file} is far too long to be a signed head.")
    return text


def _fault(partnership: Partnership, held: HeldHead) -> str | None:
    whose = f"that {held.holder or 'somebody else'} holds"
    cache = tree_cache(partnership.settings.files)
    head = checkpoint_of(partnership.log)
    fault = first_fault(partnership.log, head, cache, {held.checkpoint: whose})
    return fault.what if fault is not None else None


def _told(held: HeldHead, fault: str | None, *, is_new: bool) -> list[str]:
    line = record_line(held.checkpoint.size, held.checkpoint.root)
    who = held.holder or "somebody else"
    entered = f"Entered: {line}, held by {who}." if is_new else f"Entered before: {line}."
    found = _EXTENDED if fault is None else f"The record does NOT extend it: {fault}. {_FIND_OUT}"
    return [entered, found]


def _as_json(held: HeldHead) -> Row:
    return {
        "size": held.checkpoint.size,
        "root": held.checkpoint.root.hex(),
        "fingerprint": short_fingerprint(held.checkpoint.root),
        "from": held.holder,
        "added_on": held.added_on.isoformat(),
    }
