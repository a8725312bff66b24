"""Verifying the record as whoever reads may ask for it, on its page or by a program."""

from __future__ import annotations

from typing import Final

from events.checkpoint import record_line
from interfaces.head_signing import reach_in_words
from interfaces.models_compared import differing_in_words
from interfaces.verified import Verified, fault_in_words
from interfaces.web.record.verifying import Standing, Verifying
from interfaces.web.visit import Visit
from notifications.wording import counted

_VERIFICATIONS: Final = (6, 60 * 60)
_SHOWN: Final = "What these pages show is what the record says, line by line."
_GUARDS: Final = "What keeps the record from being changed is NOT as it was made: "
_DIFFERING: Final = (
    "What these pages show is NOT what the record says: somebody, or a broken disk, changed the"
    " tables from which they are read. Whoever looks after Goldthread has to find out who it was,"
    " and have them filled anew. First of what differs:"
)


def begin_verifying(visit: Visit) -> None:
    """Begin to verify the whole record, unless that is at work already. Raises `TooOften`."""
    visit.house.pace.take(f"verifications of {visit.person}", *_VERIFICATIONS)
    verifying_of(visit).begin()


def verifying_of(visit: Visit) -> Verifying:
    """Return the verifications of this record; there is one keeper of them for all visitors."""
    state = visit.request.app.state
    if not hasattr(state, "verifying"):
        state.verifying = Verifying(visit.partnership)
    keeper: Verifying = state.verifying
    return keeper


def outcome_in_words(standing: Standing | None) -> tuple[str, ...]:
    """Say what a verification found; nothing before it has ended."""
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
