"""The record: how much there is, its fingerprint, who else holds it, and whether it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response

from events.checkpoint import fingerprint, record_line, short_fingerprint
from events.held_heads import BadHeldHead, HeldHead, held_heads
from events.reading import Head
from events.signing import BadHighWater, HighWater, HistoryRewritten
from interfaces.cli.record_foot import record_foot
from interfaces.head_signing import reach_in_words, sign_where_possible, signed_last
from interfaces.held_reach import HeldReach, held_reach
from interfaces.models_compared import differing_in_words
from interfaces.record_files import held_folder
from interfaces.verified import fault_in_words
from interfaces.web.policies import READER, Pages
from interfaces.web.verifying import Standing, Verifying
from interfaces.web.visit import Visit, Visiting
from projections.civil_days import civil_day

_LOOK_AGAIN_SECONDS: Final = "2"
_VERIFICATIONS: Final = (6, 60 * 60)
_SIGNINGS: Final = (20, 60 * 60)
_ADVICE: Final = (
    "Download the signed head above, give it to somebody outside, such as the scrutineer, and have"
    " it entered that they hold it."
)

_SHOWN: Final = "What these pages show is what the record says, line by line."
_GUARDS: Final = "What keeps the record from being changed is NOT as it was made: "
_DIFFERING: Final = (
    "What these pages show is NOT what the record says: somebody, or a broken disk, changed the"
    " tables from which they are read. Whoever looks after Goldthread has to find out who it was,"
    " and have them filled anew. First of what differs:"
)

pages: Final = Pages()


@dataclass(frozen=True, slots=True)
class RecordShown:
    """What the page tells. `line`: as at the foot of emails; `trouble`: a file that is not sound.

    `then`: the same line as of the past day that is asked for, if any.
    """

    head: Head
    line: str
    fingerprint: str
    last_on: dt.date
    signed: HighWater | None
    held: Sequence[tuple[HeldHead, str]]
    reach: str
    then: Sequence[str]
    trouble: str = ""


@pages.get("/record", READER)
def record(visit: Visiting) -> Response:
    """Show how the record stands, and the verification that is at work, if any."""
    return _page(visit)


@pages.post("/record/verify", READER)
def verify(visit: Visiting) -> Response:
    """Begin to verify the whole record. Raises `TooOften`."""
    visit.house.pace.take("verifications", *_VERIFICATIONS)
    _verifying(visit.request, visit).begin()
    return visit.go("/record")


@pages.post("/record/head", READER)
def head(visit: Visiting) -> Response:
    """Sign the head of the record, and hand it out as a file. Raises `TooOften`."""
    visit.house.pace.take("signings", *_SIGNINGS)
    try:
        signature = sign_where_possible(visit.partnership)
    except (HistoryRewritten, BadHighWater) as problem:
        return _page(visit, problem=str(problem), status=409)
    if signature.head is None or signature.note is None:
        return _page(visit, problem=f"Nothing was signed: {signature.why_not}", status=409)
    name = f"head-of-{signature.head.size}-entries.note"
    return Response(
        signature.note.encode(),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(visit: Visit, *, problem: str = "", status: int = 200) -> Response:
    standing = _verifying(visit.request, visit).standing
    answer = visit.page(
        "record.html",
        status=status,
        record=_shown(visit),
        standing=standing,
        told=_told(standing),
        problem=problem,
    )
    if standing is not None and standing.is_at_work:
        answer.headers["Refresh"] = _LOOK_AGAIN_SECONDS
    return answer


def _verifying(request: Request, visit: Visit) -> Verifying:
    """Return the verifications of this record; there is one keeper of them for all visitors."""
    state = request.app.state
    if not hasattr(state, "verifying"):
        state.verifying = Verifying(visit.partnership)
    keeper: Verifying = state.verifying
    return keeper


def _shown(visit: Visit) -> RecordShown:
    partnership, files = visit.partnership, visit.partnership.settings.files
    head = partnership.log.head()
    root = head.frontier.root()
    signed: HighWater | None = None
    heads: Sequence[HeldHead] = ()
    trouble = ""
    try:
        signed, heads = signed_last(files), held_heads(held_folder(files))
    except (BadHighWater, BadHeldHead) as problem:
        trouble = str(problem)
    reach: HeldReach = held_reach(partnership.log, head.size, heads, partnership.today)
    return RecordShown(
        head,
        record_line(head.size, root),
        fingerprint(root),
        civil_day(dt.datetime.fromisoformat(head.recorded_at)),
        signed,
        [(one, short_fingerprint(one.checkpoint.root)) for one in heads],
        reach.in_words(_ADVICE),
        () if visit.moment.is_now else record_foot(partnership, visit.moment)[1:],
        trouble,
    )


def _told(standing: Standing | None) -> tuple[str, ...]:
    """Say what a verification found, for whoever reads the page."""
    if standing is None or standing.found is None:
        return ()
    found, verdict = standing.found, standing.found.verdict
    if verdict.fault is not None or verdict.root is None:
        return (f"The record does NOT hold. {fault_in_words(verdict.fault)}",)
    erased = f" Texts erased under authority: {verdict.erased}." if verdict.erased else ""
    extends = f"It extends the head of {found.extends} entries that was signed before."
    return (
        *([_GUARDS + "; ".join(found.guards) + "."] if found.guards else []),
        *([_DIFFERING, *differing_in_words(found.models)] if found.models else []),
        f"The record holds: {verdict.size} entries, {record_line(verdict.size, verdict.root)}.",
        f"Computed anew: every text, every number, and the fingerprint over them all.{erased}",
        *([extends] if found.extends is not None else []),
        *reach_in_words(verdict.size, found.before, None)[:1],
        *([] if found.models else [_SHOWN]),
    )
