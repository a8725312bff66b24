"""`goldthread tell-again`: what an email told that may not have arrived is told anew."""

from __future__ import annotations

from typing import Annotated

import typer

from events.refs import quoted
from interfaces.cli.giving import actor_given
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.inputs import BadInput
from interfaces.naming import existing
from notifications.telling_anew import left_in_doubt, tell_anew
from notifications.wording import joined
from projections.store import View

Emails = Annotated[
    list[str] | None, typer.Argument(metavar="[EMAIL]...", help="Which emails: E12 E13.")
]
AfterRestore = Annotated[
    bool,
    typer.Option("--after-restore", help="All that a restored backup left in doubt."),
]
Actor = Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Who chooses so.")]


def tell_again(
    ctx: typer.Context,
    emails: Emails = None,
    *,
    after_restore: AfterRestore = False,
    as_: Actor = None,
    as_json: AsJson = False,
) -> None:
    """Tell anew what an email told of which nobody knows whether it arrived.

    Whoever did get it is told twice, so ask them first, or look into the mail server's log. What is
    still due leaves at the next sending time; the record keeps who chose so.
    """
    with partnership_of(ctx) as partnership:
        view = partnership.view()
        chosen = _chosen(view, emails or [], after_restore=after_restore)
        tell_anew(partnership.ledger, chosen, actor_given(as_, partnership))
    if as_json:
        write_json({"told_again": [quoted(email) for email in chosen]})
    else:
        write(_told(chosen))


def _told(chosen: list[str]) -> str:
    if not chosen:
        return "No email is in doubt because of a restore."
    named = joined(quoted(email) for email in chosen)
    return (
        f"What {named} told is told again, as far as it is still due: at the next sending time, or"
        " with 'goldthread remind'."
    )


def _chosen(view: View, words: list[str], *, after_restore: bool) -> list[str]:
    if after_restore == bool(words):
        raise BadInput("EMAIL", "name the emails, such as E12, or give --after-restore for all.")
    if after_restore:
        return list(left_in_doubt(view))
    return list(dict.fromkeys(existing(one, ("email",), view, "EMAIL") for one in words))
