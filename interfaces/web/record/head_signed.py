"""Signing the head of the record for whoever asks for it, to be kept by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from events.checkpoint import Checkpoint
from events.signing import BadHighWater, HistoryRewritten
from interfaces.head_signing import sign_where_possible
from interfaces.web.refusals.refused_requests import NotSound
from interfaces.web.visit import Visit

_SIGNINGS: Final = (20, 60 * 60)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The head of the record, and the signed note that says so."""

    head: Checkpoint
    note: str


def signed_head(visit: Visit) -> SignedHead:
    """Sign the head of the record as it stands. Raises `TooOften`, `NotSound`."""
    visit.house.pace.take(f"signings of {visit.person}", *_SIGNINGS)
    try:
        signature = sign_where_possible(visit.partnership)
    except (HistoryRewritten, BadHighWater) as problem:
        raise NotSound(str(problem)) from problem
    if signature.head is None or signature.note is None:
        why = f"Nothing was signed: {signature.why_not}"
        raise NotSound(why)
    return SignedHead(signature.head, signature.note)
