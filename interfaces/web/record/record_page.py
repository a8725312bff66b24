"""The page of the record, whatever was asked of it last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from fastapi import Response
from starlette.datastructures import FormData

from interfaces.web.forms import FormField
from interfaces.web.record.record_shown import record_shown
from interfaces.web.record.record_verified import outcome_in_words, verifying_of
from interfaces.web.seeing.seen import oversees
from interfaces.web.visit import Visit

_LOOK_AGAIN_SECONDS: Final = "2"

HELD_FIELDS: Final = (
    FormField(
        "note",
        "The signed head, as it was handed out",
        "text",
        "Paste the whole of it: the lines of the record's name, size and root, and its signature.",
        is_required=True,
    ),
    FormField(
        "holder",
        "Who holds it",
        "line",
        "A role or an organisation, such as “independent scrutineer”, and nobody’s name.",
        is_required=True,
    ),
    FormField(
        "key",
        "The key it was signed with",
        "line",
        "Only for a head from before the record’s key was changed.",
        is_required=False,
    ),
)
"""What is asked about a head that somebody holds."""

PACK_FIELDS: Final = (
    FormField(
        "subject",
        "What",
        "line",
        "An audit, such as AU3, with all that came of it; or a recommendation, an action, a plan.",
        is_required=True,
    ),
    FormField(
        "since",
        "An earlier signed head that its reader holds",
        "text",
        "Pasted here, it lets the pack prove that the record still extends it.",
        is_required=False,
    ),
)
"""What is asked about a pack."""


def record_page(
    visit: Visit,
    *,
    problem: str = "",
    status: int = 200,
    entered: str = "",
    written: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of the record. `written`, `errors`: of a form that was sent, by field."""
    standing = verifying_of(visit).standing
    answer = visit.page(
        "record.html",
        status=status,
        record=record_shown(visit),
        standing=standing,
        told=outcome_in_words(standing),
        problem=problem,
        entered=entered,
        errors=errors or {},
        fields=_fields(HELD_FIELDS, written or {}, errors or {}) if oversees(visit) else (),
        pack_fields=_fields(PACK_FIELDS, written or {}, errors or {}),
    )
    if standing is not None and standing.is_at_work and not errors:
        answer.headers["Refresh"] = _LOOK_AGAIN_SECONDS
    return answer


def pasted(sent: FormData, name: str) -> str:
    """Return a field as it was written; browsers send the ends of its lines in their own way."""
    value = sent.get(name)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _fields(
    fields: Sequence[FormField], written: Mapping[str, str], errors: Mapping[str, str]
) -> list[FormField]:
    return [
        replace(field, values=(written.get(field.name, ""),), error=errors.get(field.name, ""))
        for field in fields
    ]
