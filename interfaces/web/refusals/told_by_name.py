"""Why something was refused, in words for a reader of pages."""

from __future__ import annotations

import re

from events.refs import quoted
from interfaces.web.visit import Visit
from workflow.refusals import NotAllowed, Refusal


def told_by_name(visit: Visit, refusal: Refusal) -> str:
    """Return the words of a refusal; who asks stands in them by name.

    The workflow names people by reference, which few know of themselves.
    """
    if not isinstance(refusal, NotAllowed):
        return str(refusal)
    name = visit.names.called(visit.person)
    return re.sub(rf"\b{re.escape(quoted(visit.person))}\b", lambda _: name, str(refusal))
