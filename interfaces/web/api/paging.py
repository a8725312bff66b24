"""Long lists in pages: what follows the last line that a program has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar

from fastapi import Query

from interfaces.inputs import BadInput

MOST: Final = 500
"""So many lines stand on one page at most."""

After = Annotated[
    str, Query(description="The `next` of the page before; empty for the first", max_length=60)
]
Limit = Annotated[int, Query(ge=1, le=MOST)]

Line = TypeVar("Line")


def paged(
    lines: Sequence[Line], called: Callable[[Line], str], after: str, limit: int
) -> tuple[Sequence[Line], str | None]:
    """Return the lines of a page, and the `after` of the next; None on the last.

    `called`: what each line is known by. Raises `BadInput` where there is no line any more from
    which to go on: whoever began at the first again unasked would count some of them twice.
    """
    first = _place(lines, called, after) if after else 0
    some = lines[first : first + limit]
    return some, called(some[-1]) if first + limit < len(lines) else None


def _place(lines: Sequence[Line], called: Callable[[Line], str], after: str) -> int:
    for number, line in enumerate(lines, start=1):
        if called(line) == after:
            return number
    # Told alike of what is hidden and of what there is not.
    message = "It is not among what is listed, or no longer. Begin with the first page."
    raise BadInput("after", message)
