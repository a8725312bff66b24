"""`goldthread restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from interfaces.backup.lost_texts import Unfinished
from interfaces.backup.restoring import Asked
from interfaces.backup.restoring import restore as restore_record
from interfaces.backup.settling import Outcome, settle
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import clock_of, settings_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.restored_words import restored_as_json, restored_in_words
from interfaces.cli.showing import write, write_json
from interfaces.inputs import BadInput
from interfaces.settings import Settings

_SETTLED: Final[dict[Outcome, str]] = {
    "nothing_to_settle": "No restore was stopped in the middle; there is nothing to settle.",
    "old_stands": "The restore had not come so far: the record stands as it did before.",
    "new_stands": "The restored record was in place already; its key and signed head now are, too.",
}


def restore(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="The backup, as it was made.")
    ] = None,
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also where a larger or another record stands there."),
    ] = False,
    as_new_origin: Annotated[
        bool,
        typer.Option(
            "--as-new-origin",
            help="Go on under a new name from a backup that is older than what was signed.",
        ),
    ] = False,
    reason: Annotated[
        str | None, typer.Option(help="With --as-new-origin: why. It stays in the record.")
    ] = None,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="Take a backup whose manifest nobody signed.")
    ] = False,
    without_erasures: Annotated[
        bool,
        typer.Option(
            "--without-erasures", help="Go on although the notes of what was erased are lost."
        ),
    ] = False,
    unfinished: Annotated[
        str | None,
        typer.Option(
            metavar="ANSWER",
            help="Texts of which nobody knows whether they were erased: 'erase' or 'keep' them.",
        ),
    ] = None,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Do everything but put it in place.")
    ] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help="Settle a restore that was stopped in the middle.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Verify a backup, and put it in the record's place; what stood there is kept aside.

    What was erased since is erased from it again before anybody can read it. A backup that is older
    than what was signed is refused, unless the record is to go on under a new name that owns to it.
    """
    settings = settings_of(ctx)
    if finish:
        _finish(ctx, settings, file, as_json=as_json)
        return
    if file is None:
        raise BadInput("FILE", "name the backup, as 'goldthread backup' wrote it.")
    if as_new_origin != (reason is not None) or (reason is not None and not reason.strip()):
        raise BadInput(
            "--as-new-origin", "it takes --reason WHY beside it, and --reason stands only there."
        )
    asked = Asked(
        file, replace, reason, unsigned, without_erasures, rehearse, _unfinished(unfinished)
    )
    done = restore_record(settings, clock_of(ctx), asked, progress_bar)
    if as_json:
        write_json(restored_as_json(done, settings, asked))
    else:
        write(*restored_in_words(done, settings, asked))


def _unfinished(answer: str | None) -> Unfinished | None:
    match answer:
        case None | "erase" | "keep":
            return answer
        case _:
            raise BadInput("--unfinished", "the answer is 'erase' or 'keep'.")


def _finish(ctx: typer.Context, settings: Settings, file: Path | None, *, as_json: bool) -> None:
    if file is not None:
        raise BadInput("--finish", "it takes no FILE; leave one of them out.")
    outcome = settle(settings, clock_of(ctx))
    if as_json:
        write_json({"outcome": outcome})
    else:
        write(_SETTLED[outcome])
