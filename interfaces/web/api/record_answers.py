"""What programs are answered about the record itself, as the description tells it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from interfaces.web.api.answer_parts import Held

Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Stretch = Annotated[list[int], Field(min_length=2, max_length=2)]
"""The first and the last of some entries."""


class HeldHead(BaseModel):
    """A head that somebody else holds. `compared`: whether the record extends it, in words."""

    size: int
    root: Hash
    fingerprint: str
    holder: str | None = Field(serialization_alias="from")
    added_on: dt.date
    is_sound: bool
    compared: str


class TheRecord(BaseModel):
    """The record: how many entries it has, and the root of their Merkle tree.

    `line`: as at the foot of emails; `then`: the same as of the past day that was asked for.
    `signed_up_to`: how many entries the last head counts that was signed here. `heads`: those that
    others hold; `trouble`: a file beside the record that is not sound.
    """

    partnership: str
    origin: str
    size: int
    root: Hash
    fingerprint: str
    line: str
    last_on: dt.date
    signed_up_to: int | None
    held: Held
    heads: list[HeldHead]
    then: list[str]
    trouble: str | None
    today: dt.date
    person: str


class FaultTold(BaseModel):
    """The entry at which something is wrong, 0 for the head, and what."""

    position: int
    what: str


class FilesVerified(BaseModel):
    """How many files that are evidence were found as they were handed in, and what is wrong."""

    kept: int
    faults: list[FaultTold]


class Continued(BaseModel):
    """Where the record was continued after a restore that lost entries.

    `at`: the entry that says so; `kept`: how many stand before it.
    """

    at: int
    origin: str
    kept: int
    old_origin: str
    old_size: int
    old_root: Hash


class SignedReach(BaseModel):
    """How far signatures reached. `never_signed`: what came after; `now` stays as it was."""

    before: int | None
    never_signed: Stretch | None
    now: int | None
    why_not: str | None


class Mismatched(BaseModel):
    """Something that the pages show otherwise than the record has it."""

    model: str
    key: str
    position: int | None
    what: str


class ModelsCompared(BaseModel):
    """Whether what the pages show is what the record says."""

    hold: bool
    mismatches: list[Mismatched]


class Found(BaseModel):
    """What a verification came to, as `goldthread verify --json` tells it.

    `fault`: the first place at which something is wrong. `guards`: what is wrong with what keeps
    the record from being changed. `given`: how many entries a head counts that was brought along,
    which only the command line takes. `read_models`: None where the record itself does not hold.
    """

    holds: bool
    origin: str
    size: int
    root: Hash | None
    fingerprint: str | None
    erased: int
    fault: FaultTold | None
    files: FilesVerified
    extends: int | None
    given: int | None
    continued: list[Continued]
    held: Held | None
    signed: SignedReach | None
    guards: list[str]
    read_models: ModelsCompared | None


class TheVerification(BaseModel):
    """How the latest verification stands: `done` of `of` entries, or what was `found`.

    `comparing`: the record itself holds, and what the pages show is compared with it. `words`: the
    outcome as the page tells it. `problem`: why it came to no end.
    """

    state: Literal["none yet", "at work", "ended"]
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None
    done: int
    of: int
    comparing: bool
    words: list[str]
    found: Found | None
    problem: str | None


class SignedHead(BaseModel):
    """The head that was signed, and the note to be kept elsewhere, to the letter."""

    origin: str
    size: int
    root: Hash
    line: str
    note: str


class EnteredHead(BaseModel):
    """A head that was entered. `is_new`: it was not entered before.

    `fault`: why the record does not extend it, None where it does; `words` say both.
    """

    size: int
    root: Hash
    holder: str | None = Field(serialization_alias="from")
    is_new: bool
    fault: str | None
    words: str
