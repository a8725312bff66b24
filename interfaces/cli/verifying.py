"""`goldthread verify`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import Checkpoint, fingerprint
from events.fault_finding import Fault
from events.signed_note import SigningKey
from events.signing import HighWater, read_signed
from events.verification import Verdict, verify_log
from interfaces.bootstrap import Partnership, require_database_file
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.inputs import BadInput
from interfaces.cli.moments import AsJson
from interfaces.cli.opening import settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from interfaces.head_signing import (
    Signature,
    checkpoint_signed,
    reach_as_json,
    reach_in_words,
    sign,
    sign_where_possible,
    signed_last,
    starts_with,
)
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
        "--sign",
        metavar="FILE",
        help="Write the signed head to a file for the scrutineer; also begins anew where the head"
        " that was signed last is gone.",
    ),
]
NoSign = Annotated[
    bool, typer.Option("--no-sign", help="Only look: sign nothing of what was verified.")
]


@dataclass(frozen=True, slots=True)
class _Verified:
    """What a verification came to: `before` is how far it was signed until then."""

    verdict: Verdict
    kept: Checkpoint | None
    before: HighWater | None
    signature: Signature | None


def verify(
    ctx: typer.Context,
    *,
    held: Held = None,
    sign_to: Sign = None,
    no_sign: NoSign = False,
    as_json: AsJson = False,
) -> None:
    """Compute the whole record anew, hold it against what was signed before, and sign it.

    Up to the head that was signed last a rewrite shows; what was written since then is protected
    from now on. --held compares with a head that the scrutineer kept elsewhere.
    """
    if no_sign and sign_to is not None:
        raise BadInput("--no-sign", "it cannot stand beside --sign; leave one of them out.")
    require_database_file(settings_of(ctx))
    with tables_of(ctx) as partnership:
        found = _verified(partnership, held)
        if found.verdict.holds and not no_sign:
            done = sign(partnership) if sign_to is not None else sign_where_possible(partnership)
            found = replace(found, signature=done)
            if sign_to is not None and done.note is not None:
                sign_to.write_text(done.note, encoding="utf-8")
    if as_json:
        write_json(_as_json(found))
    else:
        wrote = found.signature is not None and sign_to is not None
        write(*_told(found), *([f"The head was signed: {sign_to}"] if wrote else []))
    if not found.verdict.holds:
        raise typer.Exit(CHECK_FAILED)


def _verified(partnership: Partnership, held: Path | None) -> _Verified:
    files = partnership.settings.files
    before = signed_last(files)
    kept = None
    if held is not None:
        verifier = SigningKey.load(files.key).verifier
        kept = read_signed(held.read_text(encoding="utf-8"), verifier)
    elif before is not None:
        kept = checkpoint_signed(partnership, before)
    with progress_bar("Verifying") as progress:
        verdict = verify_log(partnership.engine, progress=progress, held=kept)
    if verdict.holds and before is not None and not starts_with(partnership.log, before):
        what = f"the events up to {before.size} are not those that were signed before"
        verdict = replace(verdict, root=None, fault=Fault(1, what))
    return _Verified(verdict, kept, before, None)


def _told(found: _Verified) -> list[str]:
    verdict, kept = found.verdict, found.kept
    if verdict.fault is not None or verdict.root is None:
        return [f"The record does NOT hold. {_fault(verdict)}"]
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    extends = (
        [f"It extends the head of {kept.size} entries that was signed before."] if kept else []
    )
    return [
        f"The record holds: {verdict.size} entries of {verdict.origin}.",
        f"Recomputed: every body, text, hash and number, and the tree over them.{erased}",
        *extends,
        *reach_in_words(verdict.size, found.before, found.signature),
        "",
        f"  Entries      {verdict.size}",
        f"  Root         {verdict.root.hex()}",
        f"  Fingerprint  {fingerprint(verdict.root)}",
    ]


def _fault(verdict: Verdict) -> str:
    fault = verdict.fault
    return f"At entry {fault.position}: {fault.what}." if fault is not None else ""


def _as_json(found: _Verified) -> Row:
    verdict = found.verdict
    fault, root = verdict.fault, verdict.root
    return {
        "holds": verdict.holds,
        "origin": verdict.origin,
        "size": verdict.size,
        "root": root.hex() if root else None,
        "fingerprint": fingerprint(root) if root else None,
        "erased": verdict.erased,
        "fault": {"position": fault.position, "what": fault.what} if fault else None,
        "extends": found.kept.size if found.kept else None,
        "signed": reach_as_json(verdict.size, found.before, found.signature)
        if verdict.holds
        else None,
    }
