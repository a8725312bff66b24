"""Whether a role can be given something new to do."""

from __future__ import annotations

from events.refs import quoted
from workflow.circumstances import Circumstances, RoleFacts
from workflow.refusals import Incomplete, NotFound


def require_role_in_use(ref: str, circumstances: Circumstances, *, field: str) -> RoleFacts:
    """Return a role that is there and not retired. Raises `NotFound` or `Incomplete`."""
    role = circumstances.known.role(ref)
    if role is None:
        raise NotFound(ref, field=field)
    if role.retired:
        message = (
            f"{quoted(ref)} was retired, so it cannot take on anything new."
            " Name the role that took its place."
        )
        raise Incomplete(field, message)
    return role
