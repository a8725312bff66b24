"""Whoever may import may give every command that an import comes to: none is forgotten."""

from __future__ import annotations

from types import ModuleType

from interfaces.importing import applying, filing, row_commands
from interfaces.importing.permitted import GIVEN
from workflow.command import Command


def commands_in(module: ModuleType) -> set[type[Command]]:
    found = (one for one in vars(module).values() if isinstance(one, type))
    return {one for one in found if issubclass(one, Command) and one is not Command}


def test_every_command_of_an_import_is_asked_about() -> None:
    given = commands_in(applying) | commands_in(filing) | commands_in(row_commands)
    assert set(GIVEN) == given
    assert len(given) > 15
