"""`goldthread checkpoint`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import Checkpoint, record_line, short_fingerprint
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.head_signing import sign_where_possible
from projections.projection import Row

Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Also write the signed head to a file."),
]


def checkpoint(ctx: typer.Context, *, out: Out = None, as_json: AsJson = False) -> None:
    """Sign the head of the record, and print what somebody elsewhere should keep.

    Whoever keeps it can show later that the record still begins with exactly what it covers. It is
    refused where the record is smaller than, or does not extend, what was signed before.
    """
    with partnership_of(ctx) as partnership:
        signature = sign_where_possible(partnership)
    if signature.head is None or signature.note is None:
        typer.echo(f"Nothing was signed: {signature.why_not}", err=True)
        raise typer.Exit(CHECK_FAILED)
    if out is not None:
        out.write_bytes(signature.note.encode())
    if as_json:
        write_json(_as_json(signature.head, signature.note, out))
        return
    write(
        signature.note.removesuffix("\n"),
        "",
        record_line(signature.head.size, signature.head.root),
        *([f"The signed head was written: {out}"] if out is not None else []),
    )


def _as_json(head: Checkpoint, note: str, out: Path | None) -> Row:
    return {
        "origin": head.origin,
        "size": head.size,
        "root": head.root.hex(),
        "fingerprint": short_fingerprint(head.root),
        "record": record_line(head.size, head.root),
        "note": note,
        "written_to": str(out) if out is not None else None,
    }
