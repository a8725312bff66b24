"""Telling whether two proposals come to the same, whatever else was recorded between them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import orjson

from events.values import TargetDate
from interfaces.importing.proposal import Proposal


def fingerprint(proposal: Proposal) -> str:
    """A short word that is the same for proposals which come to the same.

    At which position they were made, and which of their questions were answered, counts nothing.
    """
    questions = tuple(replace(one, answer=None) for one in proposal.questions)
    plain = replace(proposal, position=0, questions=questions)
    told = orjson.dumps(plain, default=_plain)
    return hashlib.sha256(told).hexdigest()[:32]


def _plain(value: object) -> object:
    if isinstance(value, TargetDate):
        return value.model_dump(mode="json")
    raise TypeError
