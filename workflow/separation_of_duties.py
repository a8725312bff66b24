"""Who may not judge what: nobody confirms their own work, and the software confirms nothing."""

from __future__ import annotations

from events.directory import Access, Office
from events.refs import quoted
from workflow.circumstances import SYSTEM, Circumstances
from workflow.refusals import NotAllowed


def require_person(circumstances: Circumstances, *, what: str) -> None:
    """Check that a person asks, not the software. Raises `NotAllowed`.

    `what` continues "may not": "confirm A12 as done".
    """
    if circumstances.actor == SYSTEM:
        who = "The software itself"
        raise NotAllowed(who, what, "a person, in their own name")


def require_other_hands(
    circumstances: Circumstances, *, lead_roles: tuple[str, ...], claimed_by: str | None, what: str
) -> None:
    """Check that who asks neither leads the item, nor holds its roles, nor made the claim."""
    require_person(circumstances, what=what)
    actor = circumstances.actor
    if actor == claimed_by:
        who = f"{quoted(actor)}, who reported it done,"
        raise NotAllowed(who, what, "somebody who does not lead it")
    if circumstances.acts_in_any(lead_roles):
        who = f"{quoted(actor)}, who holds or covers a role that leads it,"
        raise NotAllowed(who, what, "somebody who does not lead it")


def acts_for_the_executive(circumstances: Circumstances) -> bool:
    """Tell whether who asks holds or covers an executive role today, or was granted its access."""
    known, actor = circumstances.known, circumstances.actor
    if any(grant.access is Access.EXECUTIVE for grant in known.grants_of(actor)):
        return True
    roles = known.roles_of(actor, circumstances.today)
    return any(role.office is Office.EXECUTIVE for role in roles)
