"""What was asked for by the fields of a page, or in words what is to be mended in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from events.refs import UnknownReference
from interfaces.inputs import BadInput
from projections.board_filter import NothingCalled

Found = TypeVar("Found")

_OPTION: Final = re.compile(r"--[a-z-]+ ?")


def found_or_told(find: Callable[[], Found]) -> tuple[Found | None, str]:
    """Return what is found and no words, or nothing and the words that say what to mend."""
    try:
        return find(), ""
    except BadInput as problem:
        return None, plainly(problem)
    except (NothingCalled, UnknownReference) as problem:
        return None, str(problem)


def plainly(problem: BadInput) -> str:
    """Say what is wrong with what somebody chose, without the options of the command line."""
    message = _OPTION.sub("", problem.message)
    return message[:1].upper() + message[1:]
