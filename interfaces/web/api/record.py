"""The record for programs: how it stands, verifying it, its heads, and packs with proofs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import Depends
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from events.checkpoint import record_line
from events.refs import quoted
from interfaces.held_entry import LONGEST_HOLDER, MOST_BYTES
from interfaces.verified_as_json import verified_as_json
from interfaces.web.api.as_at import At, TrueOn
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.record_answers import (
    EnteredHead,
    SignedHead,
    TheRecord,
    TheVerification,
)
from interfaces.web.record.head_entered import compared_in_words, enter_head
from interfaces.web.record.head_signed import signed_head
from interfaces.web.record.pack_made import MEDIA_TYPE, Wanted, pack_made
from interfaces.web.record.record_shown import HeldShown, record_shown
from interfaces.web.record.record_verified import begin_verifying, outcome_in_words, verifying_of
from interfaces.web.record.verifying import Standing
from interfaces.web.seeing.seen import require_overseer
from interfaces.web.taking_turns import of_history
from interfaces.web.visit import Visit
from projections.projection import Row
from workflow.given_values import AS_WRITTEN, SAYS_SOMETHING

_MOST_LETTERS: Final = MOST_BYTES // 4
"""Of a signed head: so many are no more bytes than are taken, whatever the letters."""

Holder = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_HOLDER),
    AS_WRITTEN,
    SAYS_SOMETHING,
]

api: Final = Api()


class HeadToEnter(BaseModel):
    """A signed head that somebody else holds."""

    model_config = ConfigDict(extra="forbid")

    note: str = Field(
        description="The whole of the signed note, with its signature.", max_length=_MOST_LETTERS
    )
    holder: Holder = Field(
        description="Who holds it: a role or an organisation, and nobody's name.",
        examples=["independent scrutineer"],
    )
    key: str = Field(
        "",
        max_length=500,
        description="The key it was signed with; only for a head from before it was changed.",
    )


class PackAsked(BaseModel):
    """What is to be packed with its proofs."""

    model_config = ConfigDict(extra="forbid")

    subject: str = Field(
        description="An audit, with all that came of it; a recommendation, an action, a plan.",
        max_length=40,
        examples=["AU1"],
    )
    withhold: tuple[Literal["names", "narratives"], ...] = Field(
        (), description="Texts that are shown to have been there, and not what they said."
    )
    since: str = Field(
        "",
        max_length=_MOST_LETTERS,
        description="An earlier signed head that the pack is to prove the record extends.",
    )


def _overseeing(visit: Asking) -> Visit:
    """Return the visit of whoever sees to the whole. Raises `NothingHere`."""
    require_overseer(visit)
    return visit


Overseeing = Annotated[Visit, Depends(_overseeing)]


@api.get("/record", "The record: its name, its size, and the day that it is", TheRecord)
def record(visit: Asking, at: At = "", true_on: TrueOn = "") -> Response:
    """Tell where the record stands, and how far others hold it."""
    del at, true_on  # Read by the visit.
    head, found = visit.partnership.log.head(), record_shown(visit)
    return JSONResponse(
        {
            "partnership": visit.partnership.settings.partnership.name,
            "origin": head.origin,
            "size": head.size,
            "root": head.frontier.root().hex(),
            "fingerprint": found.fingerprint,
            "line": found.line,
            "last_on": found.last_on.isoformat(),
            "signed_up_to": found.signed.size if found.signed else None,
            "held": found.reach.as_json(),
            "heads": [_held(one) for one in found.held],
            "then": list(found.then),
            "trouble": found.trouble or None,
            "today": visit.partnership.today.isoformat(),
            "person": quoted(visit.person),
        }
    )


@api.get("/record/verification", "How the latest verification stands", TheVerification)
def verification(visit: Asking) -> Response:
    """Tell how far the verification is that anybody asked for last, or what it found."""
    return JSONResponse(_verification(visit))


@api.post("/record/verify", "Begin to verify the whole record", TheVerification)
def verify(visit: Asking) -> Response:
    """Begin a verification, unless one is at work; ask for /record/verification how it stands."""
    begin_verifying(visit)
    return JSONResponse(_verification(visit))


@api.post("/record/head", "Sign the head of the record, to be kept by somebody else", SignedHead)
def head(visit: Asking) -> Response:
    """Sign the head as it stands, and return the signed note."""
    signed = signed_head(visit)
    return JSONResponse(
        {
            "origin": signed.head.origin,
            "size": signed.head.size,
            "root": signed.head.root.hex(),
            "line": record_line(signed.head.size, signed.head.root),
            "note": signed.note,
        }
    )


@api.post("/record/held", "Enter that somebody else holds a head", EnteredHead)
def held(visit: Overseeing, asked: HeadToEnter) -> Response:
    """Keep a head that somebody holds, and tell whether the record extends it."""
    entered = enter_head(visit, asked.note, asked.holder, asked.key)
    checkpoint = entered.held.checkpoint
    return JSONResponse(
        {
            "size": checkpoint.size,
            "root": checkpoint.root.hex(),
            "from": entered.held.holder,
            "is_new": entered.is_new,
            "fault": entered.fault,
            "words": f"{entered.in_words} {compared_in_words(entered)}",
        }
    )


@api.make("/record/pack", "Make a pack: one thing's history with its proofs", [MEDIA_TYPE])
@of_history
def pack(visit: Overseeing, asked: PackAsked) -> Response:
    """Hand out a pack, which anybody can check without the record."""
    return pack_made(visit, Wanted(asked.subject, asked.since, asked.withhold))


def _held(one: HeldShown) -> Row:
    checkpoint = one.head.checkpoint
    return {
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "fingerprint": one.mark,
        "from": one.head.holder,
        "added_on": one.head.added_on.isoformat(),
        "is_sound": one.is_sound,
        "compared": one.standing,
    }


def _verification(visit: Visit) -> Row:
    standing = verifying_of(visit).standing
    if standing is None:
        return {"state": "none yet", "begun_at": None, **_told(None)}
    state = "at work" if standing.is_at_work else "ended"
    return {"state": state, "begun_at": standing.begun_at.isoformat(), **_told(standing)}


def _told(standing: Standing | None) -> Row:
    found = standing.found if standing else None
    ended_at = standing.ended_at if standing else None
    return {
        "ended_at": ended_at.isoformat() if ended_at else None,
        "done": standing.done if standing else 0,
        "of": standing.of if standing else 0,
        "comparing": standing.is_comparing if standing else False,
        "words": list(outcome_in_words(standing)),
        "found": verified_as_json(found) if found else None,
        "problem": (standing.problem or None) if standing else None,
    }
