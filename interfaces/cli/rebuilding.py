"""`goldthread rebuild`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from events.guards import put_guards_back
from interfaces.application_role import grant_daily_work
from interfaces.beginning import make_tables
from interfaces.bootstrap import require_database_file, require_head
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of, settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from interfaces.models_compared import differing_as_json, differing_in_words
from projections.checking import check
from projections.rebuild import rebuild as rebuild_all

_GUARDS: Final = (
    "The triggers that keep the record from being changed were made anew: {}. Only who owns the"
    " database can have done that: find out who, and what they changed ('goldthread verify' with a"
    " head that somebody else holds)."
)

Check = Annotated[
    bool, typer.Option("--check", help="Only compare with a fresh fold of the record.")
]


def rebuild(ctx: typer.Context, *, only_check: Check = False, as_json: AsJson = False) -> None:
    """Fill the read models anew from the record, and bring the tables to this release."""
    if only_check:
        _check(ctx, as_json=as_json)
        return
    require_database_file(settings_of(ctx))
    with tables_of(ctx) as partnership:
        require_head(partnership.log)
        make_tables(partnership.engine)
        with partnership.engine.connect() as connection:
            mended = put_guards_back(connection)
        with progress_bar("Rebuilding") as progress:
            done = rebuild_all(partnership.log, partnership.ledger.fold, progress)
        grant_daily_work(partnership.engine, partnership.settings)
        if as_json:
            counts = {"records": done.records, "standing": done.standing, "closed": done.closed}
            write_json({**counts, "guards_made_anew": list(mended)})
            return
        write(
            f"The read models were filled anew from {done.records} entries: {done.standing} rows"
            f" stand, and {done.closed} past ones are kept.",
            *([_GUARDS.format("; ".join(mended))] if mended else []),
        )


def _check(ctx: typer.Context, *, as_json: bool) -> None:
    with partnership_of(ctx) as partnership:
        with progress_bar("Checking") as progress:
            found = check(partnership.log, partnership.ledger.fold, progress)
        size = partnership.log.head().size
    if as_json:
        rows = differing_as_json(found)
        write_json({"records": size, "holds": not found, "mismatches": rows})
    elif found:
        write(f"{len(found)} rows differ from what the {size} entries of the record say:")
        write(*differing_in_words(found))
        write("The record itself is not touched by this. Mend it with 'goldthread rebuild'.")
    else:
        write(f"The read models are exactly what the {size} entries of the record say.")
    if found:
        raise typer.Exit(CHECK_FAILED)
