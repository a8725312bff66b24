"""Asking whoever sits at a terminal whether what looks like a child's details is to be stored."""

from __future__ import annotations

import typer

from interfaces.inputs import BadInput
from interfaces.looking_twice import details_told
from workflow.command import Command


def look_again(command: Command) -> bool:
    """Ask before a command is stored, if there is anything to ask; tell whether there was.

    Raises `BadInput` where it is not to be stored.
    """
    told = details_told(command)
    for field, words in told.items():
        typer.echo(f"{field.replace('_', ' ')}: {words}", err=True)
    if told:
        confirm_personal("--" + next(iter(told)).replace("_", "-"))
    return bool(told)


def confirm_personal(place: str) -> None:
    """Ask whether it is to be stored all the same. Raises `BadInput` if not; `place`: of what."""
    try:
        wanted = typer.confirm("Store it all the same?", default=False, err=True)
    except typer.Abort:
        wanted = False
    if not wanted:
        raise BadInput(place, "you took it back, so nothing was stored.")
