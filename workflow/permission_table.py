"""The one table of who may do what: a row for each command, a cell for each capacity.

What has no row, and what has no cell, is not allowed to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias


class Capacity(StrEnum):
    """What somebody acts as: through a role today, or through a permission given by name.

    `oneself`: as the person whose own entry of the directory it is.
    """

    LEAD = "lead"
    CHAIR = "chair"
    BUSINESS_MANAGER = "business_manager"
    DELEGATED_PARTNER = "delegated_partner"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"
    READER = "reader"
    ONESELF = "oneself"
    SYSTEM = "system"


class Scope(StrEnum):
    """On which items a capacity allows a command.

    `own`: what is led by a role that they act in. `subgroup`, `agency`: what belongs to the
    subgroup or agency of their role. `all`: every item. A permission that was given by name
    reaches, in each of these, over what it was given for. `whole`: only for who acts for the whole
    partnership. `first`: only while the record is being set up.
    """

    OWN = "own"
    SUBGROUP = "subgroup"
    AGENCY = "agency"
    ALL = "all"
    WHOLE = "whole"
    FIRST = "first"


Row: TypeAlias = Mapping[Capacity, Scope]
Name: TypeAlias = tuple[str, str]

_OFFICE: Final[Row] = {Capacity.BUSINESS_MANAGER: Scope.ALL}
# The directory and the plans decide what everybody else may do: a permission over one subgroup
# or agency must not be a way to one over everything.
_WHOLE_OFFICE: Final[Row] = {Capacity.BUSINESS_MANAGER: Scope.WHOLE}
_STEER: Final[Row] = {**_OFFICE, Capacity.CHAIR: Scope.SUBGROUP}
_RUN: Final[Row] = {**_STEER, Capacity.LEAD: Scope.OWN}
_WORK: Final[Row] = {**_RUN, Capacity.DELEGATED_PARTNER: Scope.AGENCY}
_OVERSEE: Final[Row] = {
    **_OFFICE,
    Capacity.DELEGATED_PARTNER: Scope.ALL,
    Capacity.EXECUTIVE: Scope.ALL,
}
_JUDGE: Final[Row] = {**_OVERSEE, Capacity.CHAIR: Scope.SUBGROUP}
_JUDGE_OR_LEAD: Final[Row] = {**_JUDGE, Capacity.LEAD: Scope.OWN}
_COVER: Final[Row] = {
    **_WHOLE_OFFICE,
    Capacity.CHAIR: Scope.SUBGROUP,
    Capacity.LEAD: Scope.OWN,
}
_ONE_S_OWN: Final[Row] = {**_WHOLE_OFFICE, Capacity.ONESELF: Scope.OWN}
_SET_UP: Final[Row] = {**_WHOLE_OFFICE, Capacity.SYSTEM: Scope.FIRST}

READING: Final[Row] = MappingProxyType(
    {
        capacity: Scope.ALL
        for capacity in Capacity
        if capacity not in {Capacity.SYSTEM, Capacity.ONESELF}
    }
)
"""Who may read: everybody with a part in the partnership; a scrutineer reads all."""

ERASING: Final[Row] = MappingProxyType(dict(_WHOLE_OFFICE))
"""Who may have a text erased for good."""

TELLING_ANEW: Final[Row] = MappingProxyType(dict(_WHOLE_OFFICE))
"""Who may have told anew what an email said of which nobody knows whether it arrived."""

AGREEING_TO_ERASE: Final[Row] = MappingProxyType(
    {
        **_WHOLE_OFFICE,
        Capacity.DELEGATED_PARTNER: Scope.ALL,
        Capacity.EXECUTIVE: Scope.ALL,
        Capacity.SCRUTINEER: Scope.ALL,
    }
)
"""Who may be the second person that an erasure of somebody's words needs."""


OPENING_WITHDRAWN: Final[Row] = MappingProxyType(dict(AGREEING_TO_ERASE))
"""Who may open a file that was taken back: it may have been handed in by mistake."""


def _rows(category: str, row: Row, *verbs: str) -> dict[Name, Row]:
    return {(category, verb): MappingProxyType(dict(row)) for verb in verbs}


_PLANS: Final = _rows(
    "plan",
    _WHOLE_OFFICE,
    "adopt",
    "retitle",
    "add-priority",
    "retitle-priority",
    "record-document",
    "close",
)
_ACTIONS: Final = {
    **_rows("action", _STEER, "create", "reword", "change-leads", "answer-recommendation"),
    **_rows("action", _STEER, "set-success-measure", "move-to-priority", "put-on-hold"),
    **_rows("action", _WORK, "start", "note-progress", "submit", "block", "unblock", "resume"),
    **_rows("action", _JUDGE, "complete", "return", "cancel", "reopen"),
    # Whoever needs more time asks for it. Moving the date past that question is for those who see
    # over the whole, and never for who leads the item; mending the record is for the office.
    **_rows("action", _OVERSEE, "move-target-date", "override-brag", "end-brag-override"),
    **_rows("action", _OFFICE, "correct-target-date"),
}
_EXTENSIONS: Final = {
    **_rows("extension", _WORK, "request", "withdraw"),
    **_rows("extension", _JUDGE, "approve", "decline"),
}
_RECOMMENDATIONS: Final = {
    **_rows("recommendation", _STEER, "propose", "reword", "readdress", "supersede"),
    **_rows("recommendation", _STEER, "set-target-date"),
    **_rows("recommendation", _JUDGE_OR_LEAD, "accept"),
    **_rows("recommendation", _JUDGE, "accept-partly", "reject", "reopen"),
    **_rows("recommendation", _WORK, "start", "note-progress", "report-implemented"),
    **_rows("recommendation", _JUDGE, "verify", "refuse-verification"),
    **_rows("recommendation", _JUDGE, "set-impact-date", "show-impact", "record-no-impact"),
    **_rows("recommendation", _OVERSEE, "close-not-implemented"),
    **_rows("recommendation", _OVERSEE, "move-target-date", "override-brag", "end-brag-override"),
    **_rows("recommendation", _OFFICE, "correct-target-date"),
}
_EVIDENCE: Final = _rows("evidence", _WORK, "add", "withdraw")
_AUDITS: Final = {
    **_rows("audit", _STEER, "plan", "retitle", "set-themes", "hand-over", "start-monitoring"),
    **_rows("audit", _STEER, "stop-clock", "follow-up"),
    **_rows("audit", _RUN, "scope", "start-fieldwork", "start-analysis", "start-moderation"),
    **_rows("audit", _RUN, "pause", "resume", "start-clock", "meet-clock"),
    **_rows("audit", _JUDGE, "approve", "cancel", "close"),
    **_rows("finding", _RUN, "draft", "reword"),
    **_rows("finding", _JUDGE_OR_LEAD, "dispute"),
    **_rows("finding", _JUDGE, "agree", "withdraw", "leave-without-recommendation"),
}
_DIRECTORY: Final = {
    **_rows("person", _SET_UP, "register", "grant-access"),
    **_rows("person", _WHOLE_OFFICE, "rename", "change-email", "change-agency", "leave"),
    **_rows("person", _WHOLE_OFFICE, "revoke-access"),
    **_rows("person", _ONE_S_OWN, "switch-off-digest", "switch-on-digest"),
    **_rows("agency", _WHOLE_OFFICE, "register", "rename", "close"),
    **_rows("subgroup", _WHOLE_OFFICE, "form", "rename", "set-chair-role", "dissolve"),
    **_rows("role", _WHOLE_OFFICE, "create", "retitle", "change-office", "place", "retire"),
    **_rows("role", _WHOLE_OFFICE, "add-alias", "remove-alias", "appoint", "stand-down"),
    **_rows("role", _COVER, "arrange-cover", "end-cover"),
}
# A scrutineer changes nothing but their own remarks, and nobody else makes any.
_REMARK: Final[Row] = {Capacity.SCRUTINEER: Scope.ALL}
_SCRUTINY: Final = {
    **_rows("meeting", _STEER, "record", "correct", "cancel"),
    **_rows("remark", _REMARK, "add", "withdraw"),
}

TABLE: Final[Mapping[Name, Row]] = MappingProxyType(
    _PLANS
    | _ACTIONS
    | _EXTENSIONS
    | _RECOMMENDATIONS
    | _EVIDENCE
    | _AUDITS
    | _DIRECTORY
    | _SCRUTINY
)
"""Who may do what: by category and verb of the command, the scope of each capacity."""
