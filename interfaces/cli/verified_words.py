"""Saying what a verification of the record came to."""

from __future__ import annotations

from typing import Final

from events.checkpoint import fingerprint
from events.verification import Verdict
from interfaces.cli.continued_words import continued_in_words
from interfaces.head_signing import reach_in_words
from interfaces.models_compared import differing_in_words
from interfaces.verified import Verified, fault_in_words

_DIFFERING: Final = (
    "The read models are NOT what the record says, so pages and reports may show what nobody"
    " recorded. The record itself is not touched by this. Find out who changed the database;"
    " 'goldthread rebuild' fills them anew from the record."
)

_UNGUARDED: Final = (
    "What keeps the record from being changed is NOT as it was made. What was done meanwhile shows"
    " only beside a signed head. Find out who did it; 'goldthread rebuild' makes the triggers anew."
)


def verified_in_words(found: Verified) -> list[str]:
    """Say what a verification came to; first what is wrong, if anything."""
    verdict = found.verdict
    if verdict.files.faults:
        return ["The record does NOT hold: files that are evidence.", *_file_faults(verdict)]
    if verdict.fault is not None or verdict.root is None:
        return [f"The record does NOT hold. {fault_in_words(verdict.fault)}"]
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    extends = (
        []
        if found.extends is None
        else [f"It extends the head of {found.extends} entries that was signed before."]
    )
    # Without what was signed before, a record that was rewritten whole looks like this, too.
    holds = "holds" if found.before is not None else "holds in itself"
    return [
        *_guards(found),
        *_models(found),
        f"The record {holds}: {verdict.size} entries of {verdict.origin}.",
        f"Recomputed: every body, text, hash and number, and the tree over them.{erased}",
        *_kept_files(verdict.files.kept),
        *extends,
        *_given(found),
        *continued_in_words(verdict.continued, found.lost),
        *reach_in_words(verdict.size, found.before, found.signature),
        *([found.reach.in_words()] if found.reach else []),
        *_of_sound_models(found),
        "",
        f"  Entries      {verdict.size}",
        f"  Root         {verdict.root.hex()}",
        f"  Fingerprint  {fingerprint(verdict.root)}",
    ]


def _given(found: Verified) -> list[str]:
    """Say that the head which somebody brought is one of this record's."""
    if found.given is None:
        return []
    return [f"It extends the head of {found.given.size} entries that was given with --held."]


def _kept_files(kept: int) -> list[str]:
    if not kept:
        return []
    if kept == 1:
        return ["The one file that is evidence is kept as it was handed in."]
    return [f"All {kept} files that are evidence are kept as they were handed in."]


def _file_faults(verdict: Verdict) -> list[str]:
    """Name every file that is wrong, since each has to be looked for."""
    return [
        f"  Entry {fault.position}: {fault.what}." if fault.position else f"  {fault.what}."
        for fault in verdict.files.faults
    ]


def _guards(found: Verified) -> list[str]:
    if not found.guards:
        return []
    return [
        _UNGUARDED,
        *(f"  {one}" for one in found.guards),
        "",
    ]


def _models(found: Verified) -> list[str]:
    if not found.models:
        return []
    return [_DIFFERING, *differing_in_words(found.models), ""]


def _of_sound_models(found: Verified) -> list[str]:
    if found.models is None:
        return ["The read models were not compared with the record."]
    if found.models:
        return []
    return ["The read models, which pages and reports show, are what a fresh fold of it gives."]
