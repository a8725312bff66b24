"""What may be logged of a problem: its kinds and where it happened, and nobody's name or words.

A traceback would show the lines of the program, some loggers the values in them too: names,
addresses, and what people wrote. A log is kept by others, and out of reach of an erasure.
"""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import Final

MOST_FRAMES: Final = 12


def kinds(problem: BaseException) -> str:
    """Return what a problem is called, and what it came of."""
    before = problem.__cause__ or problem.__context__
    kind = type(problem).__name__
    return f"{kind} after {kinds(before)}" if before else kind


def places(problem: BaseException) -> list[str]:
    """Return the innermost places of the program that it went through, the last one last."""
    frames = extract_tb(problem.__traceback__)[-MOST_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
