"""The options that say as at when something is shown, and in what form."""

from __future__ import annotations

from typing import Annotated

import typer

At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="DATE|MEETING",
        help="As known at the end of a day, London time, or in the papers of a meeting (M3).",
    ),
]
AtPosition = Annotated[
    int | None,
    typer.Option("--position", metavar="NUMBER", help="As known after so many entries of the log."),
]
TrueOn = Annotated[
    str | None,
    typer.Option(
        "--true-on",
        metavar="DATE|MEETING",
        help="What was true on a day, by what is known now, or was known --at.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
