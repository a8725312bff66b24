"""What can become of an email that a worker took in hand."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What became of one email that was taken in hand."""

    SENT = "sent"
    PUT_OFF = "put_off"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    GIVEN_UP = "given_up"
    NOT_RESENT = "not_resent"
    LOST = "lost"
    PROBLEM = "problem"
