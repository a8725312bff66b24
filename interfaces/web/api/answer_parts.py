"""What answers to programs are made of. Dates are civil days in London; texts may be "[erased]"."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from events.directory import Access, AgencyKind, Digest, Office
from events.recommendation import Colour
from events.values import TargetDate
from projections.board_lines import Kind
from projections.differences import Change
from projections.thread import Level
from projections.waiting import Decision
from workflow.smart import AdviceCode

Standing = Literal["current", "ended"]


class Held(BaseModel):
    """How far others hold the record: up to which entry, and who; `heads`: how many are held.

    `not_held`: the first and the last entry that nobody holds; `since`: when the first of them was
    recorded, `days` ago.
    """

    heads: int
    up_to: int
    up_to_on: dt.date | None
    by: list[str]
    not_held: list[int] | None = Field(min_length=2, max_length=2)
    since: dt.date | None
    days: int


class Lead(BaseModel):
    """A role, subgroup or agency that leads something, and who acts for it on the day."""

    ref: str
    title: str
    holders: list[str]


class Line(BaseModel):
    """An action or a recommendation as it stands on the board.

    `target` is the date as it was written and `due` the last day that it is taken to mean.
    """

    ref: str
    kind: Kind
    text: str
    plan: str | None
    plan_title: str | None
    priority: int | None
    priority_title: str | None
    leads: list[Lead]
    target: str | None
    due: dt.date | None
    original_target: str | None
    original_due: dt.date | None
    slippage_days: int | None
    slippage_working_days: int | None
    status: str
    colour: Colour
    word: str
    shape: str
    reason: str
    last_update_on: dt.date | None
    extensions: int
    extension_asked: str | None
    moves: int
    notes: int
    latest_note: str | None
    impact_due: dt.date | None


class Fact(BaseModel):
    """Something that is known of a thing, in words."""

    label: str
    value: str


class ExtensionAsked(BaseModel):
    """A request for more time. `asked_by` and `decided_by` are names."""

    number: int
    target: TargetDate
    reason: str
    progress: str
    status: Literal["open", "approved", "declined", "withdrawn"]
    asked_by: str
    asked_on: dt.date
    decided_by: str | None
    decided_on: dt.date | None
    answer: str | None


class Step(BaseModel):
    """A step of the golden thread, `depth` steps to the right; `ref` only where it is a thing."""

    depth: int
    level: Level
    ref: str | None
    words: str
    status: str | None


class Text(BaseModel):
    """Words that somebody wrote, under a label."""

    label: str
    text: str


class Happened(BaseModel):
    """One event. `late`: it was recorded on a later day than it happened."""

    position: int
    ref: str
    type: str
    recorded_at: dt.datetime
    recorded_on: dt.date
    happened_on: dt.date
    late: bool
    days_late: int
    actor: str
    who: str
    sentence: str
    words: list[Text]


class Advice(BaseModel):
    """Advice on the words of an item, which blocks nothing."""

    code: AdviceCode
    message: str


class Offered(BaseModel):
    """A command that may be given now; `command` is the end of its address."""

    command: str
    words: str
    help: str


class Named(BaseModel):
    """Somebody of the directory."""

    ref: str
    name: str


class Waits(BaseModel):
    """Something that waits for a decision, since when, and who may decide."""

    ref: str
    decision: Decision
    text: str
    since: dt.date
    working_days: int
    asked_by: Named | None
    may_decide: list[Named]
    target: TargetDate | None
    asked_target: TargetDate | None
    reason: str | None
    progress: str | None


class Remark(BaseModel):
    """A remark of the scrutineer. `withdrawn`: why its author no longer holds to it."""

    ref: str
    by: str
    made_on: dt.date
    about: str
    words: str
    withdrawn: str | None


class FieldDiffers(BaseModel):
    """A field that differs between two boards; `words` says so plainly."""

    field: str
    before: str | None
    after: str | None
    words: str


class Differs(BaseModel):
    """A line that is new, gone or changed between two boards."""

    ref: str
    change: Change
    text: str
    fields: list[FieldDiffers]
    sentence: str


class Grant(BaseModel):
    """A permission that was given by name: over everything, or one subgroup or agency."""

    access: Access
    subgroup: str | None
    agency: str | None


class Time(BaseModel):
    """From when to when somebody acts in a role; without a last day, until further notice."""

    person: str
    from_on: dt.date
    last_day_on: dt.date | None


class PersonEntry(BaseModel):
    """A person of the directory."""

    ref: str
    kind: Literal["person"]
    name: str
    email: str | None
    agency: str | None
    standing: Standing
    last_day_on: dt.date | None
    grants: list[Grant]
    roles: list[str]
    digests_off: list[Digest]


class AgencyEntry(BaseModel):
    """An agency of the directory."""

    ref: str
    kind: Literal["agency"]
    name: str
    sector: AgencyKind
    standing: Standing


class SubgroupEntry(BaseModel):
    """A subgroup of the directory."""

    ref: str
    kind: Literal["subgroup"]
    name: str
    chair_role: str | None
    standing: Standing


class RoleEntry(BaseModel):
    """A role of the directory: its spellings, who holds it and who covers, each by number.

    `left` gives the last day of those of its people who left the partnership; `acting` names who
    acts in it on the day, and `open_items` counts what it leads that is not done.
    """

    ref: str
    kind: Literal["role"]
    title: str
    office: Office
    agency: str | None
    subgroup: str | None
    standing: Standing
    created_on: dt.date
    ended_on: dt.date | None
    aliases: dict[str, str]
    tenures: list[Time]
    covers: dict[str, Time]
    left: dict[str, dt.date]
    acting: list[str]
    open_items: int


Entry = Annotated[
    PersonEntry | AgencyEntry | SubgroupEntry | RoleEntry, Field(discriminator="kind")
]
"""Whatever stands in the directory."""
