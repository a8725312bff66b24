"""What one visitor sees of other moments than the one that the page shows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from interfaces.cli.inputs import BadInput
from interfaces.cli.moments import Moment
from interfaces.web.sight import seen_by
from interfaces.web.visit import Visit
from workflow.permissions import SubjectFacts, may_read

_OPTION: Final = re.compile(r"--[a-z-]+ ?")


def seen(visit: Visit, moment: Moment) -> Moment:
    """Return a moment without what is not the visitor's to read."""
    return replace(moment, view=seen_by(moment.view, visit.circumstances))


def sees_all(visit: Visit) -> bool:
    """Tell whether the visitor reads everything of the partnership today."""
    return may_read(SubjectFacts(), visit.circumstances)


def plainly(problem: BadInput) -> str:
    """Say what is wrong with what somebody chose, without the options of the command line."""
    message = _OPTION.sub("", problem.message)
    return message[:1].upper() + message[1:]
