"""`goldthread verify`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import fingerprint
from events.fault_finding import Fault
from events.verification import Verdict
from interfaces.bootstrap import require_database_file
from interfaces.cli.continued_words import continued_as_json, continued_in_words
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from interfaces.head_signing import (
    reach_as_json,
    reach_in_words,
    sign,
    sign_where_possible,
)
from interfaces.inputs import BadInput
from interfaces.verified import Verified, verified
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
    from now on. It is also held against every head that somebody else holds ('goldthread held'),
    and --held compares with one more.
    """
    if no_sign and sign_to is not None:
        raise BadInput("--no-sign", "it cannot stand beside --sign; leave one of them out.")
    require_database_file(settings_of(ctx))
    with tables_of(ctx) as partnership:
        with progress_bar("Verifying") as progress:
            found = verified(partnership, held, progress)
        if found.verdict.holds and not no_sign:
            # Every leaf was read a moment ago, and the tree comes to the same root.
            signing = sign if sign_to is not None else sign_where_possible
            done = signing(partnership, afresh=False)
            found = replace(found, signature=done)
            if sign_to is not None and done.note is not None:
                sign_to.write_bytes(done.note.encode())
    if as_json:
        write_json(_as_json(found))
    else:
        wrote = found.signature is not None and sign_to is not None
        write(*_told(found), *([f"The head was signed: {sign_to}"] if wrote else []))
    if not found.verdict.holds:
        raise typer.Exit(CHECK_FAILED)


def _told(found: Verified) -> list[str]:
    verdict = found.verdict
    if verdict.files.faults:
        return ["The record does NOT hold: files that are evidence.", *_file_faults(verdict)]
    if verdict.fault is not None or verdict.root is None:
        return [f"The record does NOT hold. {_fault(verdict)}"]
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    extends = (
        []
        if found.extends is None
        else [f"It extends the head of {found.extends} entries that was signed before."]
    )
    # Without what was signed before, a record that was rewritten whole looks like this, too.
    holds = "holds" if found.before is not None else "holds in itself"
    return [
        f"The record {holds}: {verdict.size} entries of {verdict.origin}.",
        f"Recomputed: every body, text, hash and number, and the tree over them.{erased}",
        *_kept_files(verdict.files.kept),
        *extends,
        *continued_in_words(verdict.continued, found.lost),
        *reach_in_words(verdict.size, found.before, found.signature),
        *([found.reach.in_words()] if found.reach else []),
        "",
        f"  Entries      {verdict.size}",
        f"  Root         {verdict.root.hex()}",
        f"  Fingerprint  {fingerprint(verdict.root)}",
    ]


def _kept_files(kept: int) -> list[str]:
    if not kept:
        return []
    files = "The one file" if kept == 1 else f"Each of the {kept} files"
    return [f"{files} that is evidence is kept as it was handed in."]


def _file_faults(verdict: Verdict) -> list[str]:
    """Name every file that is wrong, since each has to be looked for."""
    return [
        f"  Entry {fault.position}: {fault.what}." if fault.position else f"  {fault.what}."
        for fault in verdict.files.faults
    ]


def _fault(verdict: Verdict) -> str:
    fault = verdict.fault
    return f"At entry {fault.position}: {fault.what}." if fault is not None else ""


def _fault_as_json(fault: Fault) -> Row:
    return {"position": fault.position, "what": fault.what}


def _as_json(found: Verified) -> Row:
    verdict = found.verdict
    fault, root = verdict.fault, verdict.root
    return {
        "holds": verdict.holds,
        "origin": verdict.origin,
        "size": verdict.size,
        "root": root.hex() if root else None,
        "fingerprint": fingerprint(root) if root else None,
        "erased": verdict.erased,
        "fault": _fault_as_json(fault) if fault else None,
        "files": {
            "kept": verdict.files.kept,
            "faults": [_fault_as_json(one) for one in verdict.files.faults],
        },
        "extends": found.extends,
        "continued": continued_as_json(verdict.continued),
        "held": found.reach.as_json() if found.reach else None,
        "signed": reach_as_json(verdict.size, found.before, found.signature)
        if verdict.holds
        else None,
    }
