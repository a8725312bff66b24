"""`goldthread verify`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import typer

from events.checkpoint import fingerprint
from interfaces.bootstrap import Partnership, is_to_be_read
from interfaces.cli.continued_words import continued_as_json, continued_in_words
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.inputs import BadInput
from interfaces.cli.moments import AsJson
from interfaces.cli.opening import settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from interfaces.head_signing import (
    Signature,
    reach_as_json,
    reach_in_words,
    sign,
    sign_where_possible,
)
from interfaces.last_look import LastLook
from interfaces.models_compared import differing_as_json, differing_in_words, mismatch_in_words
from interfaces.record_files import last_look
from interfaces.settings import Settings
from interfaces.verified import Verified, compared, fault_in_words, verified, without_database
from projections.projection import Row

_DIFFERING: Final = (
    "The read models are NOT what the record says, so pages and reports may show what nobody"
    " recorded. The record itself is not touched by this. Find out who changed the database;"
    " 'goldthread rebuild' fills them anew from the record."
)

_UNGUARDED: Final = (
    "What keeps the record from being changed is NOT as it was made. What was done meanwhile shows"
    " only beside a signed head. Find out who did it; 'goldthread rebuild' makes the triggers anew."
)

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


RecordOnly = Annotated[
    bool,
    typer.Option(
        "--record-only", help="Leave out the comparison of the read models with the record."
    ),
]


@dataclass(frozen=True, slots=True)
class _Asked:
    held: Path | None
    sign_to: Path | None
    no_sign: bool
    record_only: bool


def verify(
    ctx: typer.Context,
    *,
    held: Held = None,
    sign_to: Sign = None,
    no_sign: NoSign = False,
    record_only: RecordOnly = False,
    as_json: AsJson = False,
) -> None:
    """Compute the whole record anew, hold it against what was signed before, and sign it.

    Up to the head that was signed last a rewrite shows; what was written since then is protected
    from now on. It is also held against every head that somebody else holds ('goldthread held'),
    and --held compares with one more. Last, the read models, which pages and reports show, are
    compared with a fresh fold of the record: that takes as long as a rebuild.

    Ends with 1 where anything is wrong, and also where the head could not be signed, or the head
    that was signed last is gone.
    """
    if no_sign and sign_to is not None:
        raise BadInput("--no-sign", "it cannot stand beside --sign; leave one of them out.")
    # Where the record can only be looked at, nothing can have been added to it either.
    no_sign = no_sign or (sign_to is None and is_to_be_read(settings_of(ctx)))
    asked = _Asked(held, sign_to, no_sign, record_only)
    found = without_database(settings_of(ctx)) or _found(ctx, asked)
    if as_json:
        write_json(_as_json(found))
    else:
        wrote = found.signature is not None and sign_to is not None
        write(*_told(found), *([f"The head was signed: {sign_to}"] if wrote else []))
    if not found.holds or _is_open(found, asked, settings_of(ctx)):
        raise typer.Exit(CHECK_FAILED)


def _found(ctx: typer.Context, asked: _Asked) -> Verified:
    with tables_of(ctx) as partnership:
        with progress_bar("Verifying") as progress:
            found = verified(partnership, asked.held, progress)
        if found.verdict.holds and not asked.record_only:
            with progress_bar("Comparing the read models") as progress:
                found = compared(partnership, found, progress)
        if found.verdict.holds and not asked.no_sign:
            found = replace(found, signature=_signed(partnership, asked.sign_to))
        if not asked.no_sign:
            _keep(partnership, found)
    return found


def _keep(partnership: Partnership, found: Verified) -> None:
    """Keep what was found in place of what a look before found."""
    wrong = fault_in_words(found.verdict.fault).rstrip(".") or None
    if found.models:
        wrong = mismatch_in_words(found.models[0])
    why_not = found.signature.why_not if found.signature else None
    look = LastLook(partnership.clock().isoformat(), why_not, wrong)
    look.write(last_look(partnership.settings.files))


def _is_open(found: Verified, asked: _Asked, settings: Settings) -> bool:
    """Tell whether the record could be rewritten unseen from here on, where that was not meant.

    It was to be signed and could not be; or the head that was signed last is gone, though the key
    that signed it is there.
    """
    if not asked.no_sign:
        return found.signature is None or found.signature.head is None
    return found.before is None and settings.files.key.exists()


def _signed(partnership: Partnership, sign_to: Path | None) -> Signature:
    # Every leaf was read a moment ago, and the tree comes to the same root.
    signing = sign if sign_to is not None else sign_where_possible
    done = signing(partnership, afresh=False)
    if sign_to is not None and done.note is not None:
        sign_to.write_bytes(done.note.encode())
    return done


def _told(found: Verified) -> list[str]:
    verdict = found.verdict
    if verdict.fault is not None or verdict.root is None:
        return [f"The record does NOT hold. {fault_in_words(verdict.fault)}"]
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
        *extends,
        *continued_in_words(verdict.continued, found.lost),
        *reach_in_words(verdict.size, found.before, found.signature),
        *([found.reach.in_words()] if found.reach else []),
        *_guards(found),
        *_models(found),
        "",
        f"  Entries      {verdict.size}",
        f"  Root         {verdict.root.hex()}",
        f"  Fingerprint  {fingerprint(verdict.root)}",
    ]


def _guards(found: Verified) -> list[str]:
    if not found.guards:
        return []
    return [
        _UNGUARDED,
        *(f"  {one}" for one in found.guards),
    ]


def _models(found: Verified) -> list[str]:
    if found.models is None:
        return ["The read models were not compared with the record."]
    if not found.models:
        return ["The read models, which pages and reports show, are what a fresh fold of it gives."]
    return [
        _DIFFERING,
        *differing_in_words(found.models),
    ]


def _as_json(found: Verified) -> Row:
    verdict = found.verdict
    fault, root = verdict.fault, verdict.root
    return {
        "holds": found.holds,
        "origin": verdict.origin,
        "size": verdict.size,
        "root": root.hex() if root else None,
        "fingerprint": fingerprint(root) if root else None,
        "erased": verdict.erased,
        "fault": {"position": fault.position, "what": fault.what} if fault else None,
        "extends": found.extends,
        "continued": continued_as_json(verdict.continued),
        "held": found.reach.as_json() if found.reach else None,
        "signed": reach_as_json(verdict.size, found.before, found.signature)
        if verdict.holds
        else None,
        "guards": list(found.guards),
        "read_models": None
        if found.models is None
        else {
            "hold": not found.models,
            "mismatches": differing_as_json(found.models),
        },
    }
