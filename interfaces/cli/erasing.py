"""`goldthread erase`: forgetting a text or a name for good."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from events.erasing import Erasable, Warrant
from interfaces.bootstrap import Partnership
from interfaces.cli.giving import actor_given
from interfaces.cli.moments import AsJson
from interfaces.cli.naming import named
from interfaces.cli.opening import partnership_of
from interfaces.cli.progress import progress_bar
from interfaces.cli.showing import plain_table, write, write_json
from interfaces.erasing import (
    Erased,
    StillThere,
    clean,
    erase,
    places_of,
    texts_of_entry,
    texts_of_person,
)
from interfaces.written_ahead import WrittenAhead

Actor = Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Who erases.")]
Authority = Annotated[str, typer.Option(help="On whose authority, such as a request's number.")]
Reason = Annotated[str, typer.Option(help="Why. It stays in the record: name nobody in it.")]
_OTHERS_TO_NAME = 20
_WRITTEN_AHEAD: Final[dict[WrittenAhead, str]] = {
    "none": "",
    "let_go": "The server's write-ahead log was switched to a new file. What stood in its old ones"
    " goes when the server removes or overwrites them: see docs/backup.md.",
    "not_allowed": "The server's write-ahead log may hold it still, and this role may not have it"
    " switched. Ask its administrator to run CHECKPOINT; SELECT pg_switch_wal(); CHECKPOINT; and"
    " see docs/backup.md.",
}


def category_app(name: str, help_text: str) -> typer.Typer:
    """Return the group of the ways to erase."""
    app = typer.Typer(name=name, help=help_text, no_args_is_help=True, add_completion=False)
    for function in (text, person, find, clean_files):
        app.command(function.__name__.partition("_")[0])(function)
    return app


def text(
    ctx: typer.Context,
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="The entry of the record, as histories tell it.")
    ],
    authority: Authority,
    reason: Reason,
    second: Annotated[str, typer.Option(metavar="PERSON", help="Who else agrees to it.")],
    *,
    field: Annotated[
        list[str] | None, typer.Option(help="Which text of it; all of them unless named.")
    ] = None,
    as_: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Erase the free text of one entry for good. It takes two people."""
    with partnership_of(ctx) as partnership:
        agreeing = named(second, ("person",), partnership.view(), "--second")
        wanted = [texts_of_entry(partnership.log, entry, field or ())]
        _erase(partnership, wanted, Warrant(authority, reason, agreeing), as_, as_json=as_json)


def person(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="PERSON", help="Who is forgotten: PE9.")],
    authority: Authority,
    reason: Reason,
    *,
    as_: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Erase the name and addresses of somebody who left, for good."""
    with partnership_of(ctx) as partnership:
        who = named(ref, ("person",), partnership.view(), "PERSON")
        wanted = texts_of_person(partnership.log, who)
        _erase(partnership, wanted, Warrant(authority, reason), as_, as_json=as_json)


def find(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What may have to be forgotten.")],
    *,
    as_json: AsJson = False,
) -> None:
    """List every text of the record that holds some words, such as a name."""
    with partnership_of(ctx) as partnership:
        found = tuple(places_of(partnership.log, [words]))
    if as_json:
        write_json([_as_json(one) for one in found])
    elif found:
        _tell_places(found)
        write("'goldthread erase text ENTRY' erases one, with two people's agreement.")
    else:
        write("No text of the record holds these words.")


def clean_files(ctx: typer.Context) -> None:
    """Write the database's files anew, so that nothing erased is left in unused parts of them."""
    with partnership_of(ctx) as partnership:
        written_ahead = clean(partnership)
    write("The database's files hold nothing that was erased.")
    _tell_written_ahead(written_ahead)


def _erase(
    partnership: Partnership,
    wanted: list[Erasable],
    warrant: Warrant,
    actor: str | None,
    *,
    as_json: bool,
) -> None:
    who = actor_given(actor, partnership)
    with progress_bar("Erasing") as progress:
        erased = erase(partnership, wanted, warrant, actor=who, progress=progress)
    if as_json:
        write_json(
            {
                "erased": erased.texts,
                "recorded_at": list(erased.recorded_at),
                "elsewhere": [_as_json(one) for one in erased.elsewhere],
                "emails_removed": [str(path) for path in erased.emails],
                "copies": list(erased.copies),
                "write_ahead_log": erased.written_ahead,
            }
        )
        return
    _tell(erased)


def _tell(erased: Erased) -> None:
    texts = "1 text was" if erased.texts == 1 else f"{erased.texts} texts were"
    write(
        f"{texts} erased for good; entry {erased.recorded_at[-1]} of the record tells by whose"
        " authority. The record still verifies.",
    )
    _tell_written_ahead(erased.written_ahead)
    if erased.emails:
        write("Removed, since they held it:", *(f"  {path}" for path in erased.emails))
    if erased.copies:
        write(
            "These copies were made before, and hold it still. Take a new backup, then destroy"
            " them:",
            *(f"  {one}" for one in erased.copies),
        )
    write(
        "Other copies (backups elsewhere, reports, emails already sent, your configuration's"
        " [directory]) are outside the record: look for it there, too."
    )
    if erased.elsewhere:
        write("The same words stand elsewhere:")
        _tell_places(erased.elsewhere)


def _tell_written_ahead(what: WrittenAhead) -> None:
    if _WRITTEN_AHEAD[what]:
        write(_WRITTEN_AHEAD[what])


def _tell_places(places: tuple[StillThere, ...]) -> None:
    table = plain_table("Entry", "Of", "Text")
    for one in places[:_OTHERS_TO_NAME]:
        table.add_row(str(one.position), one.ref, one.field)
    write(table)
    if len(places) > _OTHERS_TO_NAME:
        write(f"… and {len(places) - _OTHERS_TO_NAME} more; --json lists them all.")


def _as_json(one: StillThere) -> dict[str, str | int]:
    return {"entry": one.position, "ref": one.ref, "field": one.field}
