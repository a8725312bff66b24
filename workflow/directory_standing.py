"""Whether an entry of the directory still counts."""

from __future__ import annotations

from enum import StrEnum

from workflow.refusals import NotFound, NotNow


class Standing(StrEnum):
    """Whether an agency, a subgroup or a role still is."""

    CURRENT = "current"
    ENDED = "ended"


def require_begun(ref: str, standing: object) -> None:
    """Check that an entry is there at all. Raises `NotFound`."""
    if standing is None:
        raise NotFound(ref)


def require_standing(ref: str, standing: Standing | None, *, what: str, mend: str) -> None:
    """Check that an entry is there and still counts. Raises `NotFound` or `NotNow`.

    `what` continues "so you cannot", and `mend` says what to do instead.
    """
    require_begun(ref, standing)
    if standing is Standing.ENDED:
        raise NotNow(ref, what, "no longer in use", mend)
