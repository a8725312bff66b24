"""One subcommand for every command of the workflow, made from the command's own model.

What a command is about is a positional argument; each other field is an option, with the field's
description as its help. Nothing here knows any command by name.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final

import typer
from pydantic.fields import FieldInfo

import workflow.deciders
import workflow.extension_commands  # noqa: F401  Commands are registered when imported.
from interfaces.command_fields import Shape, shape_of, subject_field
from interfaces.inputs import option_of
from workflow.command import Command, registered_commands

EVERY_COMMAND: Final = (
    (
        "as_",
        "--as",
        "PERSON",
        "Who gives the command: PE9, or an address. By default the configured actor.",
    ),
    ("effective_on", "--effective-on", "DATE", "When it became true, if not today."),
    (
        "expected_version",
        "--expected-version",
        "INTEGER",
        "The change that you saw last; refused if somebody was faster.",
    ),
    (
        "command_id",
        "--command-id",
        "TEXT",
        "Any words of your own: given again with the same ones, nothing is done twice.",
    ),
)
"""The options that every command has: name, spelling, kind of value, help."""


def category_app(category: str, help_text: str) -> typer.Typer:
    """Return the group of all commands of a category."""
    app = typer.Typer(name=category, help=help_text, no_args_is_help=True, add_completion=False)
    # A group with one command would be that command; a callback keeps it a group.
    app.callback()(_nothing)
    for kind in registered_commands():
        if kind.category == category:
            app.command(kind.verb, help=inspect.cleandoc(kind.__doc__ or ""))(subcommand(kind))
    return app


def subcommand(kind: type[Command]) -> Callable[..., None]:
    """Return the function behind one subcommand; its signature tells Typer what to read."""

    def run(ctx: typer.Context, **given: Any) -> None:  # noqa: ANN401 - as the fields say
        # What gives a command opens the database; its help need not wait for that.
        from interfaces.cli.giving import give  # noqa: PLC0415

        give(ctx, kind, given)

    parameters = [_context(), *_parameters(kind)]
    signature = inspect.Signature(parameters)
    run.__name__ = kind.verb.replace("-", "_")
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _nothing() -> None:
    """Stand for the group itself."""


def _context() -> inspect.Parameter:
    return inspect.Parameter(
        "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
    )


def _parameters(kind: type[Command]) -> Iterator[inspect.Parameter]:
    subject = subject_field(kind)
    if subject is not None:
        field = kind.model_fields[subject]
        metavar = shape_of(field).metavar or subject.upper()
        about = typer.Argument(metavar=metavar, help=field.description, show_default=False)
        yield _parameter(subject, str, about)
    for name, field in kind.model_fields.items():
        if name not in (subject, "effective_on"):
            yield _option(name, field)
    for name, spelling, metavar, help_text in EVERY_COMMAND:
        takes = int if metavar == "INTEGER" else str
        option = typer.Option(
            spelling, metavar=metavar, help=help_text, rich_help_panel="Every command"
        )
        yield _parameter(name, takes | None, option, default=None)
    as_json = typer.Option("--json", help="Answer in JSON.", rich_help_panel="Every command")
    yield _parameter("as_json", bool, as_json, default=False)


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    shape = shape_of(field)
    spelling = option_of(name)
    if shape.kind is bool:
        spelling = f"{spelling}/--no-{spelling.removeprefix('--')}"
    option = typer.Option(
        spelling,
        metavar=_metavar(shape),
        help=_help(field, shape),
        show_default=_default_words(field) or False,
    )
    takes = _takes(shape)
    if field.is_required():
        return _parameter(name, takes, option)
    return _parameter(name, takes | None, option, default=None)


def _takes(shape: Shape) -> Any:  # noqa: ANN401 - a type, for Typer
    kind = shape.kind if shape.kind in (bool, int) else str
    return list[kind] if shape.is_many else kind  # type: ignore[valid-type]


def _metavar(shape: Shape) -> str | None:
    if shape.is_choice:
        return "|".join(choice.value for choice in shape.kind)  # type: ignore[attr-defined]
    return shape.metavar


def _help(field: FieldInfo, shape: Shape) -> str:
    repeated = " Give the option once for each." if shape.is_many else ""
    return f"{field.description or ''}{repeated}"


def _default_words(field: FieldInfo) -> str:
    default = None if field.is_required() else field.default
    if default is None or default == ():
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    return default.isoformat() if isinstance(default, dt.date) else str(default)


def _parameter(
    name: str,
    takes: Any,  # noqa: ANN401 - a type, for Typer
    how: Any,  # noqa: ANN401 - typer keeps its classes private
    *,
    default: object = inspect.Parameter.empty,
) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[takes, how],
    )
