"""`goldthread evidence`: files that show what was done, handed in, listed and got out again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from events.evidence_files import content_of
from events.refs import quoted
from interfaces.advising import warnings_after
from interfaces.cli.giving import actor_given, command_id_given
from interfaces.cli.looking_again import look_again
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import plain_table, write, write_json
from interfaces.cli.telling import Remarks, tell_answer
from interfaces.cli.workflow_commands import subcommand
from interfaces.evidence.checking import handed
from interfaces.evidence.headers import name_given_out
from interfaces.evidence.listing import EvidenceLine, evidence_lines
from interfaces.evidence.names import safe_name
from interfaces.inputs import BadFields, BadInput
from interfaces.naming import existing
from projections.handing_in import hand_in
from projections.names import Names
from workflow.evidence_commands import WithdrawEvidence

_MEGABYTE: Final = 1_000_000
_ITEMS: Final = ("action", "recommendation")

Item = Annotated[str, typer.Argument(metavar="ACTION|RECOMMENDATION", help="A12 or R7.")]


def category_app(name: str, help_text: str) -> typer.Typer:
    """Return the group of what is done with evidence."""
    app = typer.Typer(name=name, help=help_text, no_args_is_help=True, add_completion=False)
    app.command("add")(add)
    app.command("list")(list_evidence)
    app.command("get")(get)
    app.command(WithdrawEvidence.verb, help=WithdrawEvidence.__doc__)(subcommand(WithdrawEvidence))
    return app


def add(
    ctx: typer.Context,
    item: Item,
    file: Annotated[Path, typer.Option(metavar="FILE", help="The file that shows it.")],
    *,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What it shows; no child's name.")
    ] = None,
    as_: Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Who adds it.")] = None,
    command_id: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Given again with the same words, nothing is done twice."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hand in a file that shows what was done on an action or a recommendation.

    PDF, Word, Excel, PowerPoint, pictures, plain text, csv and emails (.eml) are kept, by their
    content and not by their names, up to the size in [evidence] of the configuration.
    """
    with partnership_of(ctx) as partnership:
        to = existing(item, _ITEMS, partnership.view(), "ACTION|RECOMMENDATION")
        most = partnership.settings.evidence.most_megabytes
        content = _read(file, most)
        try:
            found = handed(file.name, content, to=to, note=note, most_megabytes=most)
        except ValidationError as problem:
            raise BadFields(problem) from problem
        at_terminal = sys.stdin.isatty() and not as_json
        looked_at = at_terminal and look_again(found.command)
        actor = actor_given(as_, partnership)
        given = command_id_given(command_id, found.command, actor)
        answer = hand_in(partnership.ledger, [found], actor=actor, command_id=given)
        warnings = warnings_after(found.command, partnership.calendar, looked_at=looked_at)
        tell_answer(answer, partnership, Remarks((), warnings), as_json=as_json)


def list_evidence(ctx: typer.Context, item: Item, *, as_json: AsJson = False) -> None:
    """List the files that were handed in for an action or a recommendation."""
    with partnership_of(ctx) as partnership:
        view = partnership.view()
        ref = existing(item, _ITEMS, view, "ACTION|RECOMMENDATION")
        lines = evidence_lines(ref, view, Names(view, partnership.today))
    if as_json:
        write_json([line.as_json() for line in lines])
    elif lines:
        table = plain_table("Ref.", "File", "Size", "Added by", "Added on", "")
        for line in lines:
            table.add_row(*_cells(line))
        write(table, "'goldthread evidence get EV…' writes one to a file.")
    else:
        write(f"No file was handed in for {quoted(ref)}.")


def get(
    ctx: typer.Context,
    evidence: Annotated[str, typer.Argument(metavar="EVIDENCE", help="The file: EV3.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to; into the working folder unless named."),
    ] = None,
) -> None:
    """Write a file that is evidence to the disk, as it was handed in."""
    with partnership_of(ctx) as partnership:
        view = partnership.view()
        ref = existing(evidence, ("evidence",), view, "EVIDENCE")
        row = view.get("evidence", ref)
        if row is None or row["erased"]:
            raise BadInput("EVIDENCE", f"{quoted(ref)} was erased: it is nowhere any more.")
        path = out or Path(safe_name(name_given_out(ref, row["name"])))
        content = content_of(partnership.log, row["sha256"])
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as problem:
        message = f"{path} is there already, and no file is written over. Name another."
        raise BadInput("--out", message) from problem
    write(f"{quoted(ref)} is in {path}, {len(content)} bytes, as it was handed in.")


def _read(path: Path, most_megabytes: int) -> bytes:
    """Read a file, or one byte more than is taken, which the checks then refuse."""
    if path.exists() and not path.is_file():
        raise BadInput("--file", f"{path} is no file. Name one.")
    with path.open("rb") as file:
        return file.read(most_megabytes * _MEGABYTE + 1)


def _cells(line: EvidenceLine) -> Iterator[str]:
    yield from (line.quoted, line.name, line.size, line.by, line.added_on.isoformat())
    yield line.standing
