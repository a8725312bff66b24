"""`goldthread erase`: forgetting a text, a file or a name for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from events.erasing import Erasable, Warrant
from events.refs import quoted
from interfaces.bootstrap import Partnership
from interfaces.cli.erased_words import erased_in_words
from interfaces.cli.giving import actor_given
from interfaces.cli.moment_options import AsJson
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
from interfaces.erasing_files import file_erasable
from interfaces.erasure_requests import (
    HOLDS_DAYS,
    ErasureRequest,
    agree_to_erase,
    ask_to_erase,
    open_requests,
)
from interfaces.inputs import BadFields, BadInput
from interfaces.naming import named
from interfaces.written_ahead import WrittenAhead
from projections.civil_days import civil_day

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
    for function in (text, file, agree, asked, person, find, clean_files):
        app.command(function.__name__.partition("_")[0])(function)
    return app


def text(
    ctx: typer.Context,
    entry: Annotated[
        int, typer.Argument(metavar="ENTRY", help="The entry of the record, as histories tell it.")
    ],
    authority: Authority,
    reason: Reason,
    *,
    field: Annotated[
        list[str] | None, typer.Option(help="Which text of it; all of them unless named.")
    ] = None,
    as_: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Ask that the free text of one entry be erased for good; somebody else has to agree."""
    with partnership_of(ctx) as partnership:
        wanted = texts_of_entry(partnership.log, entry, field or ())
        by = actor_given(as_, partnership)
        _ask(partnership, wanted, Warrant(authority, reason), by, as_json=as_json)


def file(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="EVIDENCE", help="The file: EV3.")],
    authority: Authority,
    reason: Reason,
    *,
    as_: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Ask that a file that was evidence be erased for good; somebody else has to agree.

    Its bytes go wherever they were handed in, with its name and what it is said to show; that they
    were there, and their hash, stay.
    """
    with partnership_of(ctx) as partnership:
        evidence = named(ref, ("evidence",), partnership.view(), "EVIDENCE")
        wanted = file_erasable(partnership.log, evidence)
        by = actor_given(as_, partnership)
        _ask(partnership, wanted, Warrant(authority, reason), by, as_json=as_json)


def agree(
    ctx: typer.Context,
    request: Annotated[
        int, typer.Argument(metavar="REQUEST", help="The entry by which it was asked for.")
    ],
    *,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="PERSON", help="Who agrees: not who asked.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Agree to what somebody else asked for, and so erase it for good."""
    with partnership_of(ctx) as partnership:
        who = actor_given(as_, partnership)
        with progress_bar("Erasing") as progress:
            erased = agree_to_erase(partnership, request, actor=who, progress=progress)
    _show(erased, as_json=as_json)


def asked(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """List what was asked for and waits for a second person."""
    with partnership_of(ctx) as partnership:
        found = list(open_requests(partnership))
    if as_json:
        write_json([_request_as_json(one) for one in found])
    elif found:
        table = plain_table("Request", "By", "On", "Entry", "What", "Authority", "Reason")
        for one in found:
            table.add_row(*map(str, _request_as_json(one).values()))
        write(table, "'goldthread erase agree REQUEST' erases it; who asked cannot.")
    else:
        write("No erasure waits for a second person.")


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
        by, warrant = actor_given(as_, partnership), Warrant(authority, reason)
        with _told_by_option(), progress_bar("Erasing") as progress:
            erased = erase(partnership, wanted, warrant, actor=by, progress=progress)
    _show(erased, as_json=as_json)


def find(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What may have to be forgotten.")],
    *,
    as_json: AsJson = False,
) -> None:
    """List every text of the record that holds some words, such as a name."""
    if not words.strip():
        raise BadInput("WORDS", "say what is looked for; every text would hold nothing at all.")
    with partnership_of(ctx) as partnership:
        found = tuple(places_of(partnership.log, [words]))
    if as_json:
        write_json([_as_json(one) for one in found])
    elif found:
        _tell_places(found)
        write("'goldthread erase text ENTRY' asks for one; it takes two people.")
    else:
        write("No text of the record holds these words.")


def clean_files(ctx: typer.Context) -> None:
    """Write the database's files anew, so that nothing erased is left in unused parts of them."""
    with partnership_of(ctx) as partnership:
        written_ahead = clean(partnership)
    write("The database's files hold nothing that was erased.")
    _tell_written_ahead(written_ahead)


def _ask(
    partnership: Partnership, wanted: Erasable, warrant: Warrant, by: str, *, as_json: bool
) -> None:
    with _told_by_option():
        request = ask_to_erase(partnership, wanted, warrant, by)
    if as_json:
        write_json({"asked": request, "entry": wanted.position, "fields": list(wanted.fields)})
        return
    write(
        f"Asked for, as entry {request}. Nothing is erased yet: within {HOLDS_DAYS} days somebody"
        f" else has to agree, as themselves: goldthread erase agree {request} --as PERSON."
    )


@contextmanager
def _told_by_option() -> Iterator[None]:
    """Say of what no entry can hold, such as an authority that is blank, which option it is."""
    try:
        yield
    except ValidationError as problem:
        raise BadFields(problem) from problem


def _show(erased: Erased, *, as_json: bool) -> None:
    if not as_json:
        _tell(erased)
        return
    write_json(
        {
            "erased": erased.texts,
            "files": erased.files,
            "recorded_at": list(erased.recorded_at),
            "elsewhere": [_as_json(one) for one in erased.elsewhere],
            "emails_removed": [str(path) for path in erased.emails],
            "copies": list(erased.copies),
            "write_ahead_log": erased.written_ahead,
        }
    )


def _tell(erased: Erased) -> None:
    what = erased_in_words(erased.texts, erased.files)
    write(
        f"{what} erased for good; entry {erased.recorded_at[-1]} of the record tells by whose"
        " authority. The record still verifies.",
    )
    _tell_written_ahead(erased.written_ahead)
    if erased.emails:
        write("Removed, since they held it:", *(f"  {path}" for path in erased.emails))
    if erased.copies:
        write(
            "These copies were made before, and may hold it still. Take a new backup, then destroy"
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


def _request_as_json(one: ErasureRequest) -> dict[str, str | int]:
    return {
        "request": one.entry,
        "by": quoted(one.asked_by),
        "on": civil_day(one.recorded.recorded_at).isoformat(),
        "entry": one.said.position,
        "fields": ", ".join(one.said.fields),
        "authority": one.said.authority,
        "reason": one.said.reason,
    }


def _as_json(one: StillThere) -> dict[str, str | int]:
    return {"entry": one.position, "ref": one.ref, "field": one.field}
