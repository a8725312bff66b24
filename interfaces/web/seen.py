"""What one visitor sees of other moments than the one that the page shows."""

from __future__ import annotations

from dataclasses import replace

from interfaces.moments import Moment
from interfaces.web.sight import seen_by
from interfaces.web.visit import Visit
from workflow.permissions import SubjectFacts, may_read


def seen(visit: Visit, moment: Moment) -> Moment:
    """Return a moment without what is not the visitor's to read."""
    return replace(moment, view=seen_by(moment.view, visit.circumstances))


def sees_all(visit: Visit) -> bool:
    """Tell whether the visitor reads everything of the partnership today."""
    return may_read(SubjectFacts(), visit.circumstances)
