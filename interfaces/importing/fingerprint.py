"""Telling whether two proposals come to the same, whatever else was recorded between them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import orjson

from events.values import TargetDate
from interfaces.importing.proposal import Proposal


def fingerprint(proposal: Proposal) -> str:
    """A short word that is the same for proposals which differ in nothing but their position."""
    told = orjson.dumps(replace(proposal, position=0), default=_plain)
    return hashlib.sha256(told).hexdigest()[:32]


def _plain(value: object) -> object:
    if isinstance(value, TargetDate):
        return value.model_dump(mode="json")
    raise TypeError
