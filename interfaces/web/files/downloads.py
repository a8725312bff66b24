"""Giving a file out that is evidence, on the pages and to programs alike."""

from __future__ import annotations

from fastapi import Response

from events.evidence import FileKind
from events.evidence_files import content_of
from events.refs import category_of
from interfaces.evidence.headers import download_headers, name_given_out
from interfaces.web.pages.things import found_ref
from interfaces.web.refusals.refused_requests import NothingHere
from interfaces.web.visit import Visit
from workflow.permissions import may_open_withdrawn


def download(visit: Visit, words: str) -> Response:
    """Return a file as it was handed in, always as a download.

    Raises `NothingHere` alike for what is not there, not theirs to see, erased, or taken back and
    so only for who oversees the whole. Raises `FileDiffers` for one that was changed since.
    """
    ref = found_ref(words)
    row = visit.now.get("evidence", ref) if category_of(ref) == "evidence" else None
    if row is None or row["erased"]:
        raise NothingHere
    if row["status"] != "standing" and not may_open_withdrawn(visit.circumstances):
        raise NothingHere
    content = content_of(visit.partnership.log, row["sha256"])
    headers = download_headers(name_given_out(ref, row["name"]), FileKind(row["kind"]))
    return Response(content, headers=headers)
