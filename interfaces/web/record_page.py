"""The page of the record, whatever was asked of it last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from fastapi import Response
from starlette.datastructures import FormData

from events.checkpoint import record_line
from interfaces.head_signing import reach_in_words
from interfaces.models_compared import differing_in_words
from interfaces.verified import Verified, fault_in_words
from interfaces.web.forms import FormField
from interfaces.web.record_shown import record_shown
from interfaces.web.seen import oversees
from interfaces.web.verifying import Standing, Verifying
from interfaces.web.visit import Visit
from notifications.wording import counted

_LOOK_AGAIN_SECONDS: Final = "2"
_SHOWN: Final = "What these pages show is what the record says, line by line."
_GUARDS: Final = "What keeps the record from being changed is NOT as it was made: "
_DIFFERING: Final = (
    "What these pages show is NOT what the record says: somebody, or a broken disk, changed the"
    " tables from which they are read. Whoever looks after Goldthread has to find out who it was,"
    " and have them filled anew. First of what differs:"
)

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
        told=_told(standing),
        problem=problem,
        entered=entered,
        errors=errors or {},
        fields=_fields(HELD_FIELDS, written or {}, errors or {}) if oversees(visit) else (),
        pack_fields=_fields(PACK_FIELDS, written or {}, errors or {}),
    )
    if standing is not None and standing.is_at_work and not errors:
        answer.headers["Refresh"] = _LOOK_AGAIN_SECONDS
    return answer


def verifying_of(visit: Visit) -> Verifying:
    """Return the verifications of this record; there is one keeper of them for all visitors."""
    state = visit.request.app.state
    if not hasattr(state, "verifying"):
        state.verifying = Verifying(visit.partnership)
    keeper: Verifying = state.verifying
    return keeper


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


def _told(standing: Standing | None) -> tuple[str, ...]:
    """Say what a verification found, for whoever reads the page."""
    if standing is None or standing.found is None:
        return ()
    found, verdict = standing.found, standing.found.verdict
    if verdict.fault is not None or verdict.root is None:
        return (f"The record does NOT hold. {fault_in_words(verdict.fault)}",)
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    extends = f"It extends the head of {found.extends} entries that was signed before."
    return (
        *([_GUARDS + "; ".join(found.guards) + "."] if found.guards else []),
        *([_DIFFERING, *differing_in_words(found.models)] if found.models else []),
        f"The record holds: {verdict.size} entries, {record_line(verdict.size, verdict.root)}.",
        f"Computed anew: every text, every number, and the fingerprint over them all.{erased}",
        *([extends] if found.extends is not None else []),
        *_held_words(found),
        *reach_in_words(verdict.size, found.before, None)[:1],
        *([] if found.models else [_SHOWN]),
    )


def _held_words(found: Verified) -> tuple[str, ...]:
    if found.reach is None or not found.reach.heads:
        return ()
    heads = counted(found.reach.heads, "head")
    return (f"It was held against {heads} that others hold, and extends every one.",)
