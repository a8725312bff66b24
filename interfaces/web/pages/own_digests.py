"""Which digests somebody gets: everybody switches their own off and on, and nobody else's."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Form, Response

from events.directory import Digest
from interfaces.web.policies import READER, Pages
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.visit import Visit, Visiting
from notifications.digest_sections import YOUR_DIGESTS
from workflow.person_commands import SwitchOffDigest, SwitchOnDigest
from workflow.refusals import Refusal

_WISHES: Final = {"off": SwitchOffDigest, "on": SwitchOnDigest}

pages: Final = Pages()


@pages.get(f"/{YOUR_DIGESTS}", READER)
def show(visit: Visiting, done: str = "") -> Response:
    """Show which digests somebody gets. `done`: the one that they have just switched."""
    return _page(visit, done=done)


@pages.post(f"/{YOUR_DIGESTS}/{{digest}}", READER)
def switch(visit: Visiting, digest: str, wished: Annotated[str, Form()] = "") -> Response:
    """Switch one of one's own digests off or on. Raises `NothingHere`."""
    kind = _WISHES.get(wished)
    if digest not in {*Digest} or kind is None:
        raise NothingHere
    command = kind(person=visit.person, digest=Digest(digest))
    try:
        visit.partnership.ledger.execute(command, actor=visit.person)
    except Refusal as refusal:
        return _page(visit, problem=str(refusal), status=422)
    return visit.go(f"/{YOUR_DIGESTS}?done={digest}")


def _page(visit: Visit, *, done: str = "", problem: str = "", status: int = 200) -> Response:
    row = visit.now.get("directory", visit.person) or {}
    return visit.page(
        "own_digests.html",
        without_day=True,
        status=status,
        switched_off=row.get("digests_off", ()),
        done=done,
        problem=problem,
    )
