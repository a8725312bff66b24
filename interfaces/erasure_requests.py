"""Asking for an erasure: words and files go only when a second person agrees, as themselves.

Both give their word by a command of their own, and each is an entry of the record: who asked, on
what authority and why, and who agreed and so carried it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from events.catalogue import ERASED
from events.erasing import Erasable, NothingToErase, Warrant, erasures
from events.reading import Reader
from events.record import RECORD_STREAM, ErasureAsked
from events.recorded import Recorded, unseal
from interfaces.bootstrap import Partnership
from interfaces.erasing import CannotErase, Erased, erase, fields_still_there
from interfaces.erasing_files import file_is_there, wherever_handed_in
from projections.civil_days import civil_day
from projections.folding import Progress
from workflow.circumstances import Circumstances
from workflow.permissions import require_may_erase

HOLDS_DAYS: Final = 30
"""So long anybody can agree to a request; after that it is asked for anew, or let be."""

_ASKED: Final = (
    "SELECT body, texts FROM events WHERE stream = ? AND type = ? AND recorded_at >= ?"
    " ORDER BY position"
)
_AT: Final = "SELECT body, texts FROM events WHERE position = ? AND type = ?"


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """Somebody's request to have texts of an entry erased, or its file wherever it stands."""

    recorded: Recorded
    said: ErasureAsked

    @property
    def entry(self) -> int:
        """Return the entry of the record that holds the request."""
        return self.recorded.position

    @property
    def asked_by(self) -> str:
        """Return who asked."""
        return self.recorded.actor

    @property
    def wanted(self) -> Erasable:
        """Return what is to be erased."""
        return Erasable(self.said.position, self.said.fields)

    @property
    def until(self) -> dt.date:
        """Return the last day on which it can be agreed to."""
        return civil_day(self.recorded.recorded_at) + dt.timedelta(days=HOLDS_DAYS)


def ask_to_erase(partnership: Partnership, wanted: Erasable, warrant: Warrant, actor: str) -> int:
    """Record that somebody asks for an erasure, and return the entry that tells so.

    Raises `NothingToErase` or `NotAllowed`.
    """
    with partnership.ledger.transaction(actor=actor) as transaction:
        circumstances = Circumstances(
            transaction.today, actor, partnership.calendar, transaction.known
        )
        require_may_erase(circumstances, None)
        erasures(transaction.writing, [wanted], warrant)  # Refuses what is not there.
        asked = ErasureAsked(
            position=wanted.position,
            fields=tuple(sorted(wanted.fields)),
            authority=warrant.authority,
            reason=warrant.reason,
        )
        version = transaction.writing.version_of(RECORD_STREAM)
        transaction.append(RECORD_STREAM, version, [asked])
        return transaction.writing.size


def open_requests(partnership: Partnership) -> Iterator[ErasureRequest]:
    """Yield the requests that wait for a second person."""
    log, today = partnership.log, partnership.today
    since = (today - dt.timedelta(days=HOLDS_DAYS + 1)).isoformat()
    for body, texts in log.query(_ASKED, (RECORD_STREAM, ErasureAsked.type_name, since)):
        request = _request(body, texts)
        if request is not None and today <= request.until and _stands(log, request):
            yield request


def agree_to_erase(
    partnership: Partnership, entry: int, *, actor: str, progress: Progress
) -> Erased:
    """Erase what somebody else asked for.

    Raises `CannotErase` for what is no request that can be agreed to, and what `erase` raises.
    """
    rows = partnership.log.query(_AT, (entry, ErasureAsked.type_name))
    request = _request(*rows[0]) if rows else None
    if request is None:
        raise CannotErase(
            f"Entry {entry} asks for no erasure. 'goldthread erase asked' lists what was asked for."
        )
    if request.asked_by == actor:
        raise CannotErase("Who agrees must be somebody else than who asked for it.", field="as")
    if partnership.today > request.until:
        raise CannotErase(
            f"It was asked for more than {HOLDS_DAYS} days ago. If it is still to be erased, ask"
            " anew: goldthread erase text ENTRY, or goldthread erase file EVIDENCE."
        )
    wanted = request.wanted
    if not _stands(partnership.log, request):
        gone = "names a file that was erased" if wanted.is_file else "holds these texts no longer"
        raise NothingToErase(wanted.position, "", gone)
    warrant = Warrant(request.said.authority, request.said.reason, request.asked_by)
    return erase(
        partnership,
        wherever_handed_in(partnership.log, wanted) if wanted.is_file else [wanted],
        warrant,
        actor=actor,
        progress=progress,
        cause=request.recorded,
    )


def _request(body: Any, texts: Any) -> ErasureRequest | None:  # noqa: ANN401 - bytes, by driver
    recorded = unseal(bytes(body), None if texts is None else bytes(texts))
    said = recorded.event
    if not isinstance(said, ErasureAsked) or ERASED in {said.authority, said.reason}:
        return None
    return ErasureRequest(recorded, said)


def _stands(log: Reader, request: ErasureRequest) -> bool:
    if request.wanted.is_file:
        return file_is_there(log, request.wanted)
    return set(request.said.fields) <= fields_still_there(log, request.said.position)
