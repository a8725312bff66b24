"""Answering a question about a moment, in words or in JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import typer
from rich.console import RenderableType

from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.moments import Moment, moment_given
from interfaces.record_foot import record_foot
from projections.projection import Row


class Told(Protocol):
    """Something that was found, and can be told to programs."""

    def as_json(self) -> Row:
        """Return it as plain values."""


class Answer:
    """What was found, and the lines that tell people of it; `more`: what programs are told, too."""

    def __init__(
        self,
        found: Sequence[Told],
        *lines: RenderableType,
        more: Mapping[str, object] | None = None,
    ) -> None:
        self.found, self.lines, self.more = found, lines, more or {}


def answer(
    ctx: typer.Context,
    find: Callable[[Moment], Answer],
    at: str | None,
    true_on: str | None,
    *,
    as_json: bool,
) -> None:
    """Find what is asked of the moment that the options name, and write it."""
    with partnership_of(ctx) as partnership:
        moment = moment_given(partnership, at, None, true_on)
        found = find(moment)
        if as_json:
            told = [one.as_json() for one in found.found]
            write_json({**moment.as_json(), **found.more, "found": told})
            return
        foot = record_foot(partnership, moment)
    write(*found.lines, *foot)
