"""Giving one command of the workflow: its fields are read, it is carried out, the answer shown."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

import typer
from pydantic import ValidationError

from interfaces.advising import advice_after, warnings_after
from interfaces.bootstrap import Partnership
from interfaces.cli.holding_together import warnings_of_other_holders
from interfaces.cli.looking_again import look_again
from interfaces.cli.opening import partnership_of
from interfaces.cli.telling import Remarks, tell_answer
from interfaces.command_fields import Shape, shape_of, subject_field
from interfaces.inputs import BadFields, BadInput, chosen, day_given, option_of
from interfaces.naming import existing, named
from projections.store import View
from workflow.command import Command
from workflow.refusals import NotFound

_EXAMPLES: Final = "such as --as PE9 or --as name@example.org"
_AS_SOMEBODY: Final = (
    f"Name who gives the command, {_EXAMPLES}; 'goldthread directory' lists everybody. Without"
    " --as it is the actor in [cli] of the configuration."
)
_CONFIGURED: Final = (
    "It stands as actor in [cli] of the configuration: correct it there, or name somebody else,"
    f" {_EXAMPLES}. 'goldthread directory' lists everybody."
)


def give(ctx: typer.Context, kind: type[Command], given: Mapping[str, Any]) -> None:
    """Carry out one command as it was typed, and show what came of it."""
    with partnership_of(ctx) as partnership:
        view = partnership.view()
        command = _command(kind, _fields(kind, given, view))
        actor = actor_given(given["as_"], partnership)
        at_terminal = sys.stdin.isatty() and not given["as_json"]
        looked_at = at_terminal and look_again(command)
        answer = partnership.ledger.execute(
            command,
            actor=actor,
            command_id=command_id_given(given["command_id"], command, actor),
            expected_version=given["expected_version"],
        )
        after = partnership.view()
        warnings = warnings_after(command, partnership.calendar, looked_at=looked_at)
        others = warnings_of_other_holders(command, after)
        remarks = Remarks(advice_after(command, answer.stream, after), (*warnings, *others))
        tell_answer(answer, partnership, remarks, as_json=given["as_json"])


def actor_given(words: str | None, partnership: Partnership) -> str:
    """Return who gives a command: a person named by `--as`, or by the configuration.

    Raises `BadInput` where nobody is named, or nobody whom the directory has.
    """
    named_by = words or partnership.settings.cli.actor
    if not named_by:
        message = (
            f"say who gives the command, {_EXAMPLES}."
            " To leave it out from now on, set actor in [cli] of the configuration."
        )
        raise BadInput("--as", message)
    place, mend = ("--as", _AS_SOMEBODY) if words else ("[cli] actor", _CONFIGURED)
    try:
        return existing(named_by, ("person",), partnership.view(), place)
    except (BadInput, NotFound) as problem:
        reason = problem.message if isinstance(problem, BadInput) else str(problem)
        raise BadInput(place, f"{reason} {mend}") from problem


def command_id_given(words: str | None, command: Command, actor: str) -> str | None:
    """Return the id of a command: a UUID as given, or the one that belongs to some words.

    The words count for one actor, one kind of command and one subject: given with anything else,
    they make another id.
    """
    if words is None:
        return None
    try:
        return str(UUID(words))
    except ValueError:
        parts = [words, actor, command.category, command.verb, command.subject]
        return str(uuid5(NAMESPACE_URL, f"goldthread:{json.dumps(parts)}"))


def _command(kind: type[Command], fields: dict[str, Any]) -> Command:
    try:
        return kind.model_validate(fields)
    except ValidationError as problem:
        raise BadFields(problem) from problem


def _fields(kind: type[Command], given: Mapping[str, Any], view: View) -> dict[str, Any]:
    subject = subject_field(kind)
    read = {}
    for name, field in kind.model_fields.items():
        if given[name] is None:
            continue
        place = name.upper() if name == subject else option_of(name)
        read[name] = _read(given[name], shape_of(field), view, place)
    return read


def _read(value: Any, shape: Shape, view: View, place: str) -> Any:  # noqa: ANN401 - as the field
    if shape.is_many:
        values = _apart(value) if shape.categories else value
        return tuple(_read_one(one, shape, view, place) for one in values)
    return _read_one(value, shape, view, place)


def _read_one(value: Any, shape: Shape, view: View, place: str) -> Any:  # noqa: ANN401 - as above
    if not isinstance(value, str):
        return value
    if shape.categories:
        return named(value, shape.categories, view, place)
    if shape.metavar == "DATE":
        return day_given(value, place)
    if issubclass(shape.kind, StrEnum):
        return chosen(value, [*shape.kind], place)
    return value


def _apart(values: list[str]) -> list[str]:
    """Part references that were given together, as in RO4,RO5."""
    return [one for value in values for one in value.split(",") if one.strip()]
