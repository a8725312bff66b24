"""Handing out one thing's history with its proofs, which anybody can check without the record."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import Response

from events.checkpoint import NotACheckpoint
from events.refs import UnknownReference, category_of, quoted, read_ref
from events.signed_note import NotAKey, NoteRefused
from events.signing import BadHighWater, HistoryRewritten, KeyOfAnotherLog
from events.tree import LeavesMissing
from events.tree_cache import TreeDiffers
from interfaces.inputs import BadInput
from interfaces.naming import row_of
from interfaces.proof.contents import PACKED
from interfaces.proof.keeping import keeping_of
from interfaces.proof.packing import Asked, pack
from interfaces.proof.refusals import NotExtendedSince, TextMissing
from interfaces.proof.withholding import withholding_of
from interfaces.web.refusals.refused_requests import NotSound
from interfaces.web.seeing.seen import require_overseer
from interfaces.web.visit import Visit

WITHHELD: Final = ("names", "narratives")
"""What can be left out of a pack."""

MEDIA_TYPE: Final = "application/zip"
_PACKS: Final = (30, 60 * 60)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be packed, in words. `since`: an earlier head, a signed note; empty for none.

    `withhold`: which of `WITHHELD` is left out.
    """

    subject: str
    since: str = ""
    withhold: Sequence[str] = ()


def pack_made(visit: Visit, wanted: Wanted) -> Response:
    """Return a pack as a file to be kept.

    Raises `NothingHere` for who does not see to the whole, `TooOften`, `BadInput` by field,
    `NotSound`.
    """
    require_overseer(visit)
    visit.house.pace.take(f"proof packs of {visit.person}", *_PACKS)
    ref = _packed_ref(visit, wanted.subject)
    try:
        content = _packed(visit, ref, wanted)
    except (NoteRefused, NotACheckpoint) as problem:
        raise BadInput("since", str(problem)) from problem
    except (
        BadHighWater,
        HistoryRewritten,
        LeavesMissing,
        KeyOfAnotherLog,
        NotAKey,
        NotExtendedSince,
        OSError,
        TextMissing,
        TreeDiffers,
    ) as problem:
        raise NotSound(str(problem)) from problem
    disposition = f'attachment; filename="{quoted(ref)}-with-proofs.zip"'
    headers = {"Content-Disposition": disposition}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _packed_ref(visit: Visit, words: str) -> str:
    message = "Name an audit, such as AU3, or a recommendation, an action or a plan."
    try:
        ref = read_ref(words.strip())
    except UnknownReference as problem:
        raise BadInput("subject", message) from problem
    if "/" in ref or category_of(ref) not in PACKED or row_of(ref, visit.now) is None:
        raise BadInput("subject", message)
    return ref


def _packed(visit: Visit, ref: str, wanted: Wanted) -> bytes:
    partnership = visit.partnership
    asked = Asked(
        ref,
        partnership.settings.partnership.name,
        partnership.clock(),
        withholding_of(list(wanted.withhold)),
        wanted.since if wanted.since.strip() else None,
    )
    with tempfile.TemporaryDirectory(prefix="goldthread-pack-") as folder:
        out = Path(folder) / "pack.zip"
        pack(partnership.log, visit.now, keeping_of(partnership), asked, out)
        return out.read_bytes()
