"""Paragraphs of a digest that stay short however much there is to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from notifications.letter_digest import Line, Paragraph, Piece

MOST_LINES: Final = 5
"""So many lines a paragraph has; what is beyond is counted."""

Thing = TypeVar("Thing")


def paragraph(
    heading: str, things: Sequence[Thing], line: Callable[[Thing], Line], rest: Line
) -> Iterable[Paragraph]:
    """Yield a paragraph with a line for each thing, nothing if there are none.

    Only what is shown is put into words. `rest` says how to see what is not shown.
    """
    if not things:
        return
    lines = [line(thing) for thing in things[:MOST_LINES]]
    beyond = len(things) - len(lines)
    # One more thing takes no more room than saying that there is one more.
    if beyond == 1:
        lines.append(line(things[-1]))
    elif beyond:
        lines.append((Piece(f"and {beyond} more: "), *rest))
    yield heading, tuple(lines)
