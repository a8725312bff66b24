"""`goldthread backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import record_line
from interfaces.backup.taking import Taken, take_backup
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from projections.projection import Row

Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="Where to; by default goldthread-DAY-ENTRIES.backup in the working folder.",
    ),
]


_BEHIND = (
    "It is OLDER than what was signed: a head of {} entries. Somebody put an old database in place."
    " Restore a newer backup; if there is none, restore this one as a new origin."
)


def backup(ctx: typer.Context, *, out: Out = None, as_json: AsJson = False) -> None:
    """Copy the record into one file, as it stands at one moment, while others work with it.

    It is verified first, and the file says which head it holds. Keep it where the database is not,
    as closely as the record itself: names and texts are in it. See docs/backup.md.
    """
    with partnership_of(ctx) as partnership, progress_bar("Verifying") as progress:
        taken = take_backup(partnership, out, progress)
    if as_json:
        write_json(_as_json(taken))
        return
    manifest = taken.manifest
    write(
        f"Backed up: {taken.path}",
        f"It holds {record_line(manifest.size, bytes.fromhex(manifest.root))}, verified.",
        *([_BEHIND.format(taken.signed_size)] if taken.signed_size is not None else []),
        *([f"Its manifest is not signed: {taken.why_unsigned}."] if taken.why_unsigned else []),
        "Not in it, and to be copied apart: the signing key, the signed head, the heads that others"
        " hold, the notes of what was erased, and the configuration.",
    )


def _as_json(taken: Taken) -> Row:
    manifest = taken.manifest
    return {
        "file": str(taken.path),
        "database": manifest.database,
        "origin": manifest.origin,
        "size": manifest.size,
        "root": manifest.root,
        "recorded_at": manifest.recorded_at,
        "taken_at": manifest.taken_at,
        "sha256": manifest.sha256,
        "smaller_than_signed": taken.signed_size,
        "signed": taken.why_unsigned is None,
        "why_unsigned": taken.why_unsigned,
    }
