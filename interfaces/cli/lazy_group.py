"""A group of commands that loads each command's module only when that command is given.

Listing the commands must be quick, and loading them all takes a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command
from typing_extensions import override

from interfaces.cli.command_list import COMMANDS, Listed


class LazyGroup(TyperGroup):
    """The commands of `COMMANDS`, behind stand-ins that know their names and help texts only."""

    @override
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # typer keeps its classes private
        """Put the command that is given in place of its stand-in, then resolve as ever."""
        if args and args[0] in _LISTED:
            self.commands[args[0]] = load(_LISTED[args[0]])
        return super().resolve_command(ctx, args)


def add_stand_ins(app: typer.Typer) -> None:
    """Let the help of an application list every command."""
    for listed in COMMANDS:
        app.command(listed.name, help=listed.help, rich_help_panel=listed.panel)(_stand_in)


def load(listed: Listed) -> Any:  # noqa: ANN401 - typer keeps its classes private
    """Import a command's module and make the command, or the group of commands, that it holds."""
    module = import_module(f"interfaces.cli.{listed.module}")
    if listed.function is None:
        return get_command(module.category_app(listed.name, listed.help))
    app = typer.Typer(add_completion=False)
    app.command(listed.name, help=listed.help)(getattr(module, listed.function))
    return get_command(app)


def _stand_in() -> None:
    """Stand in for a command until it is given."""


_LISTED: Final = {listed.name: listed for listed in COMMANDS}
