"""The page of the record, whatever was asked of it last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from fastapi import Response

from events.checkpoint import record_line
from interfaces.head_signing import reach_in_words
from interfaces.verified import Verified
from interfaces.web.forms import FormField
from interfaces.web.record_shown import record_shown
from interfaces.web.seen import oversees
from interfaces.web.verifying import Standing, Verifying
from interfaces.web.visit import Visit
from notifications.wording import counted

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


def record_page(
    visit: Visit,
    *,
    problem: str = "",
    status: int = 200,
    entered: str = "",
    written: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Return the page of the record. `written`, `errors`: of the form of a held head, by field."""
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
        fields=_fields(written or {}, errors or {}) if oversees(visit) else (),
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


def _fields(written: Mapping[str, str], errors: Mapping[str, str]) -> list[FormField]:
    return [
        replace(field, values=(written.get(field.name, ""),), error=errors.get(field.name, ""))
        for field in HELD_FIELDS
    ]


def _told(standing: Standing | None) -> tuple[str, ...]:
    """Say what a verification found, for whoever reads the page."""
    if standing is None or standing.found is None:
        return ()
    found, verdict = standing.found, standing.found.verdict
    if verdict.fault is not None or verdict.root is None:
        what = f"At entry {verdict.fault.position}: {verdict.fault.what}." if verdict.fault else ""
        return (f"The record does NOT hold. {what}",)
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    extends = f"It extends the head of {found.extends} entries that was signed before."
    return (
        f"The record holds: {verdict.size} entries, {record_line(verdict.size, verdict.root)}.",
        f"Computed anew: every text, every number, and the fingerprint over them all.{erased}",
        *([extends] if found.extends is not None else []),
        *_held_words(found),
        *reach_in_words(verdict.size, found.before, None)[:1],
    )


def _held_words(found: Verified) -> tuple[str, ...]:
    if found.reach is None or not found.reach.heads:
        return ()
    heads = counted(found.reach.heads, "head")
    return (f"It was held against {heads} that others hold, and extends every one.",)
