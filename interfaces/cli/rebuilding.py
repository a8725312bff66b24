"""`goldthread rebuild`."""

from __future__ import annotations

from typing import Annotated

import typer

from interfaces.application_role import grant_daily_work
from interfaces.beginning import make_tables
from interfaces.bootstrap import require_database_file, require_head
from interfaces.cli.exits import CHECK_FAILED
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of, settings_of, tables_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import write, write_json
from projections.checking import Mismatch, check
from projections.rebuild import rebuild as rebuild_all

Check = Annotated[
    bool, typer.Option("--check", help="Only compare with a fresh fold of the record.")
]
_MOST_SHOWN = 20


def rebuild(ctx: typer.Context, *, only_check: Check = False, as_json: AsJson = False) -> None:
    """Fill the read models anew from the record, and bring the tables to this release."""
    if only_check:
        _check(ctx, as_json=as_json)
        return
    require_database_file(settings_of(ctx))
    with tables_of(ctx) as partnership:
        require_head(partnership.log)
        make_tables(partnership.engine)
        with progress_bar("Rebuilding") as progress:
            done = rebuild_all(partnership.log, partnership.ledger.fold, progress)
        grant_daily_work(partnership.engine, partnership.settings)
        if as_json:
            write_json({"records": done.records, "standing": done.standing, "closed": done.closed})
            return
        write(
            f"The read models were filled anew from {done.records} entries: {done.standing} rows"
            f" stand, and {done.closed} past ones are kept."
        )


def _check(ctx: typer.Context, *, as_json: bool) -> None:
    with partnership_of(ctx) as partnership:
        with progress_bar("Checking") as progress:
            found = check(partnership.log, partnership.ledger.fold, progress)
        size = partnership.log.head().size
    if as_json:
        rows = [{"model": one.model, "key": one.key, "what": one.what} for one in found]
        write_json({"records": size, "holds": not found, "mismatches": rows})
    elif found:
        write(f"{len(found)} rows differ from what the {size} entries of the record say:")
        write(*(_told(one) for one in found[:_MOST_SHOWN]))
        write("The record itself is not touched by this. Mend it with 'goldthread rebuild'.")
    else:
        write(f"The read models are exactly what the {size} entries of the record say.")
    if found:
        raise typer.Exit(CHECK_FAILED)


def _told(one: Mismatch) -> str:
    return f"  {one.model}: {one.key} {one.what}"
