"""Saying that a record was continued under another origin, after a restore that lost entries."""

from __future__ import annotations

from collections.abc import Sequence

from events.checkpoint import short_fingerprint
from events.origins import Continuation


def continued_in_words(continued: Sequence[Continuation], lost_heads: int) -> list[str]:
    """Say where a record lost entries, and how many held heads speak of these."""
    told = [_told(one) for one in continued]
    if lost_heads:
        heads = "1 held head speaks" if lost_heads == 1 else f"{lost_heads} held heads speak"
        told.append(f"{heads} of entries that were lost so, and could not be compared.")
    return told


def _told(one: Continuation) -> str:
    old = f"{one.old_origin} ({short_fingerprint(one.old_root)})"
    lost = f"entries {one.position} to {one.old_size} of {old} are lost"
    if one.position == one.old_size:
        lost = f"entry {one.position} of {old} is lost"
    return (
        f"NOT WHOLE: at entry {one.position} the record was continued from a backup; {lost}. Ask"
        " who restored it, and why."
    )
