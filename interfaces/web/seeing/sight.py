"""What one person sees of the record: the read models without whatever is not theirs to read.

Every page and every answer of the API asks the read models through this, so that what is not yours
looks like what does not exist, in listings, searches, exports and histories alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from typing_extensions import override

from events.directory import Office
from events.recorded import Recorded
from events.refs import category_of
from interfaces.bootstrap import Partnership
from interfaces.command_fields import shape_of, subject_field
from interfaces.web.seeing.judging import Judge
from interfaces.web.seeing.person_outlines import outline_of, outlined
from projections.known import Get
from projections.projection import Row
from projections.store import View
from workflow.circumstances import Circumstances
from workflow.command import Command
from workflow.permissions import SubjectFacts, may_read
from workflow.refusals import NotFound

_MODEL_OF: Final = {
    "actions": "action",
    "recommendations": "recommendation",
    "audits": "audit",
    "meetings": "meeting",
    "remarks": "remark",
    "evidence": "evidence",
}
"""The models whose rows are somebody's, by the category of their keys."""

_BY_ITEM: Final = frozenset({"evidence_of"})
"""The models whose rows belong to the item that is their key."""

_FOR_ALL_READERS: Final = frozenset({"directory", "plans"})
"""Who reads anything reads whom one can turn to, and what the plans are called."""


def reads_anything(circumstances: Circumstances) -> bool:
    """Tell whether somebody has any part in the partnership today."""
    if circumstances.known.standing(circumstances.actor) != "current":
        return False
    known = circumstances.known
    return bool(
        known.grants_of(circumstances.actor)
        or known.roles_of(circumstances.actor, circumstances.today)
    )


def seen_by(
    view: View, circumstances: Circumstances, besides: AbstractSet[str] = frozenset()
) -> View:
    """Return the part of a view that somebody may read today.

    `besides`: what is theirs to read at a later moment, and shown with its past.
    """
    is_theirs = isinstance(view, _Seen) and view.asker is circumstances
    if is_theirs or may_read(SubjectFacts(), circumstances):
        return view
    return _Seen(view, circumstances, besides)


@dataclass(frozen=True, slots=True)
class PartnershipSeen(Partnership):
    """The record as `asker` sees it: for what reads views of its own, or looks for names in them.

    The log and the ledger stand behind it whole.
    """

    asker: Circumstances

    @override
    def view(self) -> View:
        # Not by way of super(), which a class with slots is made anew without.
        return seen_by(Partnership.view(self), self.asker)

    @override
    def view_at(self, position: int) -> View:
        return seen_by(Partnership.view_at(self, position), self.asker)


def require_seen(command: Command, view: View) -> None:
    """Check that somebody sees everything that their command names besides what it is about.

    Raises `NotFound` for what is not theirs to see as for what does not exist.
    """
    about = subject_field(type(command))
    for name, field in type(command).model_fields.items():
        value: Any = getattr(command, name)
        if name == about or value is None or not shape_of(field).categories:
            continue
        for ref in value if isinstance(value, tuple) else (value,):
            model = _model_of(ref)
            if model is not None and view.get(model, ref.partition("/")[0]) is None:
                raise NotFound(ref, field=name)


def _model_of(ref: str) -> str | None:
    return next((model for model, of in _MODEL_OF.items() if of == category_of(ref)), None)


class _Seen:
    """A view without what `asker` may not read of it."""

    def __init__(
        self, view: View, asker: Circumstances, besides: AbstractSet[str] = frozenset()
    ) -> None:
        self._view, self.asker, self._besides = view, asker, besides
        self._judge = Judge(view, asker)

    @property
    def position(self) -> int:
        """See `View.position`."""
        return self._view.position

    def get(self, model: str, key: str) -> Row | None:
        """See `View.get`."""
        row = self._view.get(model, key) if _is_shown(model) else None
        return None if row is None else self._seen(model, {key: row}).get(key)

    def all(self, model: str) -> dict[str, Row]:
        """See `View.all`."""
        return self._seen(model, self._view.all(model)) if _is_shown(model) else {}

    def under(self, model: str, prefix: str) -> dict[str, Row]:
        """See `View.under`."""
        return self._seen(model, self._view.under(model, prefix)) if _is_shown(model) else {}

    def events_of(self, stream: str) -> Sequence[Recorded]:
        """See `View.events_of`."""
        model, get = _model_of(stream), self._view.get
        shown = category_of(stream) in {"person", "role", "subgroup", "agency", "plan"} or (
            model is not None and self._judge.reads(stream)
        )
        events = self._view.events_of(stream) if shown else ()
        return events if self._knows(stream, get) else tuple(outlined(events))

    def _seen(self, model: str, rows: dict[str, Row]) -> dict[str, Row]:
        """Return the part of some rows that is theirs to read; of many, judged together."""
        get = self._judge.at_hand(model, rows)
        if model in _FOR_ALL_READERS:
            return {key: self._of(row, key, get) for key, row in rows.items()}
        besides = self._besides
        return {
            key: row for key, row in rows.items() if key in besides or self._judge.reads(key, get)
        }

    def _of(self, row: Row, key: str, get: Get) -> Row:
        return row if self._knows(key, get) else outline_of(row)

    def _knows(self, key: str, get: Get) -> bool:
        """Tell whether who asks has to do with a person: by agency, by a role, or as themselves."""
        if category_of(key) != "person" or key == self.asker.actor:
            return True
        row = get("directory", key)
        roles = row["roles"] if row else ()
        by_agency_or_role = any(self._judge.reads(ref, get) for ref in (key, *roles))
        return by_agency_or_role or any(_is_of_office(role, get) for role in roles)


def _is_shown(model: str) -> bool:
    """Tell whether anything of a model is for those who see a part of the record."""
    return model in _FOR_ALL_READERS or model in _MODEL_OF or model in _BY_ITEM


def _is_of_office(role: str, get: Get) -> bool:
    """Tell whether a role is the business manager's, to whom everybody can turn."""
    row = get("directory", role)
    return row is not None and row["office"] == Office.BUSINESS_MANAGER.value
