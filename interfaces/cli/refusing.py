"""Telling on stderr why a command was refused: in words, or under `--json` as one JSON value."""

from __future__ import annotations

import re
import sys
from typing import Any, Final

import orjson
import typer

from interfaces.cli.exits import BAD_INPUT, Explained, explained
from interfaces.inputs import BadFields, BadInput, option_of
from projections.projection import Row
from workflow.refusals import Refusal

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


def refused(problem: Exception, *, as_json: bool) -> int | None:
    """Tell why a command was refused; return its exit code, or None for what is no refusal.

    What the command line's own library says of wrong usage is left to it, but for `as_json`.
    """
    found = explained(problem)
    if found is None and as_json:
        found = _usage(problem)
    if found is None:
        return None
    if as_json:
        text = orjson.dumps(_as_json(problem, found), option=orjson.OPT_INDENT_2)
        sys.stderr.write(f"{text.decode()}\n")
    else:
        typer.echo(found.message, err=True)
    return found.code


def _as_json(problem: Exception, found: Explained) -> Row:
    """Return a refusal as plain values.

    `error` says all of it, and what to do; `mend` what to do alone, where that is known apart.
    `field` is the option or argument to be mended, and `fields` are all of several.
    """
    fields = _fields(problem)
    return {
        "error": found.message,
        "kind": _HUMP.sub("_", type(problem).__name__).lower(),
        "field": fields[0]["field"] if fields else None,
        "fields": fields,
        "mend": getattr(problem, "mend", None),
        "exit_code": found.code,
    }


def _fields(problem: Exception) -> list[Row]:
    match problem:
        case BadFields():
            return [{"field": place, "error": told} for place, told in problem.told if place]
        case BadInput():
            return [{"field": problem.place, "error": problem.message}]
        case Refusal() if problem.field:
            return [{"field": option_of(problem.field), "error": str(problem)}]
        case _ if (place := _usage_place(problem)) is not None:
            return [{"field": place, "error": _message(problem)}]
        case _:
            return []


def _usage(problem: Any) -> Explained | None:  # noqa: ANN401 - typer keeps its classes private
    is_usage = hasattr(problem, "format_message") and getattr(problem, "exit_code", 0) == BAD_INPUT
    return Explained(BAD_INPUT, _message(problem)) if is_usage else None


def _message(problem: Any) -> str:  # noqa: ANN401 - as above
    message: str = problem.format_message()
    return message


def _usage_place(problem: Any) -> str | None:  # noqa: ANN401 - as above
    option: str | None = getattr(problem, "option_name", None)
    if option is not None:
        return option
    parameter = getattr(problem, "param", None)
    if parameter is None:
        return None
    is_option = parameter.param_type_name == "option"
    place: str = max(parameter.opts, key=len) if is_option else parameter.metavar
    return place
