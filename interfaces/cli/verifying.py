"""`goldthread verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import Checkpoint, fingerprint
from events.signed_note import SigningKey
from events.signing import HighWater, read_signed, sign_head
from events.verification import Verdict, verify_log
from interfaces.bootstrap import Partnership, require_database_file
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moments import AsJson
from interfaces.cli.opening import settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from projections.projection import Row

Held = Annotated[
    Path | None,
    typer.Option(
        "--held", metavar="FILE", help="A signed head kept elsewhere that the record must extend."
    ),
]
Sign = Annotated[
    Path | None,
    typer.Option(
        "--sign", metavar="FILE", help="Sign the head, and write it to a file for the scrutineer."
    ),
]


def verify(
    ctx: typer.Context, *, held: Held = None, sign: Sign = None, as_json: AsJson = False
) -> None:
    """Prove that nobody rewrote the record: all is computed anew from the stored bytes."""
    require_database_file(settings_of(ctx))
    with tables_of(ctx) as partnership:
        kept = _kept(partnership, held)
        with progress_bar("Verifying") as progress:
            verdict = verify_log(partnership.engine, progress=progress, held=kept)
        if verdict.holds and sign is not None:
            key = SigningKey.load(partnership.settings.files.key)
            note = sign_head(partnership.log, key, partnership.settings.files.high_water)
            sign.write_text(note, encoding="utf-8")
        if as_json:
            write_json(_as_json(verdict, kept))
        else:
            write(*_told(verdict, kept), *([f"The head was signed: {sign}"] if sign else []))
    if not verdict.holds:
        raise typer.Exit(CHECK_FAILED)


def _kept(partnership: Partnership, held: Path | None) -> Checkpoint | None:
    """Return the head that the record must extend: the one named, else the one signed last."""
    files = partnership.settings.files
    if held is not None:
        verifier = SigningKey.load(files.key).verifier
        return read_signed(held.read_text(encoding="utf-8"), verifier)
    if not files.high_water.exists():
        return None
    signed = HighWater.read(files.high_water)
    return Checkpoint(partnership.log.head().origin, signed.size, signed.root)


def _told(verdict: Verdict, kept: Checkpoint | None) -> list[str]:
    if verdict.fault is not None or verdict.root is None:
        return [f"The record does NOT hold. {_fault(verdict)}"]
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    signed = (
        f"It extends the head of {kept.size} entries that was signed before."
        if kept is not None
        else "No signed head was at hand, so an end that was cut off would not show."
    )
    return [
        f"The record holds: {verdict.size} entries of {verdict.origin}.",
        f"Recomputed: every body, text, hash and number, and the tree over them.{erased}",
        signed,
        "",
        f"  Entries      {verdict.size}",
        f"  Root         {verdict.root.hex()}",
        f"  Fingerprint  {fingerprint(verdict.root)}",
    ]


def _fault(verdict: Verdict) -> str:
    fault = verdict.fault
    return f"At entry {fault.position}: {fault.what}." if fault is not None else ""


def _as_json(verdict: Verdict, kept: Checkpoint | None) -> Row:
    fault, root = verdict.fault, verdict.root
    return {
        "holds": verdict.holds,
        "origin": verdict.origin,
        "size": verdict.size,
        "root": root.hex() if root else None,
        "fingerprint": fingerprint(root) if root else None,
        "erased": verdict.erased,
        "fault": {"position": fault.position, "what": fault.what} if fault else None,
        "extends": kept.size if kept else None,
    }
