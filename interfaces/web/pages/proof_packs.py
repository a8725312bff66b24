"""Handing out one thing's history with its proofs, which anybody can check without the record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from fastapi import Response

from events.checkpoint import NotACheckpoint
from events.refs import UnknownReference, category_of, quoted, read_ref
from events.signed_note import NotAKey, NoteRefused
from events.signing import BadHighWater, HistoryRewritten, KeyOfAnotherLog
from events.tree import LeavesMissing
from events.tree_cache import TreeDiffers
from interfaces.naming import row_of
from interfaces.proof.contents import PACKED
from interfaces.proof.keeping import keeping_of
from interfaces.proof.packing import Asked, pack
from interfaces.proof.refusals import NotExtendedSince, TextMissing
from interfaces.proof.withholding import withholding_of
from interfaces.web.policies import READER, Pages
from interfaces.web.record_page import pasted, record_page
from interfaces.web.refused_requests import NothingHere
from interfaces.web.seen import oversees
from interfaces.web.sent_forms import SentForm
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visit, Visiting

_PACKS: Final = (30, 60 * 60)
_WITHHELD: Final = ("names", "narratives")

pages: Final = Pages()


@pages.post("/record/pack", READER)
@of_history
def pack_up(visit: Visiting, sent: SentForm) -> Response:
    """Hand out a pack as a file. Raises `NothingHere`, `TooOften`."""
    if not oversees(visit):
        raise NothingHere
    visit.house.pace.take("proof packs", *_PACKS)
    written = {name: pasted(sent, name) for name in ("subject", "since")}
    ref = _packed_ref(visit, written["subject"])
    if ref is None:
        told = "Name an audit, such as AU3, or a recommendation, an action or a plan."
        return record_page(visit, status=422, written=written, errors={"subject": told})
    withhold = [one for one in sent.getlist("withhold") if one in _WITHHELD]
    try:
        return _file(visit, ref, [str(one) for one in withhold], written["since"])
    except (NoteRefused, NotACheckpoint) as problem:
        return record_page(visit, status=422, written=written, errors={"since": str(problem)})
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
        return record_page(visit, status=409, written=written, problem=str(problem))


def _packed_ref(visit: Visit, words: str) -> str | None:
    try:
        ref = read_ref(words.strip())
    except UnknownReference:
        return None
    is_packed = "/" not in ref and category_of(ref) in PACKED
    return ref if is_packed and row_of(ref, visit.now) is not None else None


def _file(visit: Visit, ref: str, withhold: list[str], since: str) -> Response:
    partnership = visit.partnership
    asked = Asked(
        ref,
        partnership.settings.partnership.name,
        partnership.clock(),
        withholding_of(withhold),
        since if since.strip() else None,
    )
    with tempfile.TemporaryDirectory(prefix="goldthread-pack-") as folder:
        out = Path(folder) / "pack.zip"
        pack(partnership.log, visit.now, keeping_of(partnership), asked, out)
        content = out.read_bytes()
    disposition = f'attachment; filename="{quoted(ref)}-with-proofs.zip"'
    headers = {"Content-Disposition": disposition}
    return Response(content, media_type="application/zip", headers=headers)
