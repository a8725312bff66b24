"""`goldthread verify`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from interfaces.bootstrap import Partnership, is_to_be_read
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from interfaces.cli.verified_words import verified_in_words
from interfaces.head_signing import Signature, sign, sign_where_possible
from interfaces.inputs import BadInput
from interfaces.models_compared import mismatch_in_words
from interfaces.record_files import last_look
from interfaces.record_look import RecordLook
from interfaces.settings import Settings
from interfaces.verified import (
    Verified,
    compared,
    fault_in_words,
    read_through,
    verified,
    without_database,
)
from interfaces.verified_as_json import verified_as_json

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
    settings = settings_of(ctx)
    # Where the record can only be looked at, nothing can have been added to it either.
    no_sign = no_sign or (sign_to is None and is_to_be_read(settings))
    asked = _Asked(held, sign_to, no_sign, record_only)
    found = without_database(settings) or _found(ctx, asked)
    if as_json:
        write_json(verified_as_json(found))
    else:
        wrote = found.signature is not None and sign_to is not None
        write(*verified_in_words(found), *([f"The head was signed: {sign_to}"] if wrote else []))
    if not found.holds or _is_open(found, asked, settings):
        raise typer.Exit(CHECK_FAILED)


def _found(ctx: typer.Context, asked: _Asked) -> Verified:
    with tables_of(ctx) as partnership:
        with progress_bar("Verifying") as progress:
            found = verified(partnership, asked.held, progress)
        if found.verdict.holds:
            words = "Reading every entry" if asked.record_only else "Comparing the read models"
            look = read_through if asked.record_only else compared
            with progress_bar(words) as progress:
                found = look(partnership, found, progress)
        if found.verdict.holds and not asked.no_sign:
            found = replace(found, signature=_signed(partnership, asked.sign_to))
        if not asked.no_sign:
            _keep(partnership, found)
    return found


def _keep(partnership: Partnership, found: Verified) -> None:
    """Keep what was found in place of what a look before found."""
    path = last_look(partnership.settings.files)
    wrong = fault_in_words(found.verdict.fault).rstrip(".") or None
    if found.models:
        wrong = mismatch_in_words(found.models[0])
    if found.verdict.holds and found.models is None:
        wrong = RecordLook.wrong_before(
            path
        )  # It may be in the read models, which nobody compared.
    why_not = found.signature.why_not if found.signature else None
    RecordLook(partnership.clock().isoformat(), why_not, wrong).write(path)


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
