"""The read model "directory": people, agencies, subgroups and roles, each by its reference.

A row's `kind` is the category of its stream, and `standing` is "current" or "ended". A role's
`tenures` and `covers` are as they were settled for the role; `left` gives the last day of those of
its people who left the partnership, since their tenures end with them; `created_on` and `ended_on`
are the days on which it began and was retired.
"""

from __future__ import annotations

from typing import Final

from events.directory import (
    AccessGranted,
    AccessRevoked,
    AgencyClosed,
    AgencyRegistered,
    AgencyRenamed,
    CoverArranged,
    CoverEnded,
    DigestSwitchedOff,
    DigestSwitchedOn,
    HolderAppointed,
    HolderStoodDown,
    PersonAgencyChanged,
    PersonEmailChanged,
    PersonLeft,
    PersonRegistered,
    PersonRenamed,
    RoleAliasAdded,
    RoleAliasRemoved,
    RoleCreated,
    RoleOfficeChanged,
    RolePlaced,
    RoleRetired,
    RoleRetitled,
    SubgroupChairRoleSet,
    SubgroupDissolved,
    SubgroupFormed,
    SubgroupRenamed,
)
from events.recorded import Recorded
from projections.civil_days import true_on
from projections.more_time import row_of
from projections.projection import Projection, Row, Rows, change
from projections.role_rows import tenure_of
from workflow.circumstances import Tenure
from workflow.role_tenures import after_standing_down

DIRECTORY: Final = Projection("directory", version=3)


@DIRECTORY.on(PersonRegistered)
def _person_registered(rows: Rows, event: PersonRegistered, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "kind": "person",
            "name": event.name,
            "email": event.email,
            "agency": event.agency,
            "standing": "current",
            "last_day_on": None,
            "grants": [],
            "roles": [],
            "digests_off": [],
        },
    )


@DIRECTORY.on(PersonRenamed)
def _person_renamed(rows: Rows, event: PersonRenamed, recorded: Recorded) -> None:
    change(rows, recorded.stream, name=event.name)


@DIRECTORY.on(PersonEmailChanged)
def _email_changed(rows: Rows, event: PersonEmailChanged, recorded: Recorded) -> None:
    change(rows, recorded.stream, email=event.email)


@DIRECTORY.on(PersonAgencyChanged)
def _agency_changed(rows: Rows, event: PersonAgencyChanged, recorded: Recorded) -> None:
    change(rows, recorded.stream, agency=event.agency)


@DIRECTORY.on(PersonLeft)
def _person_left(rows: Rows, event: PersonLeft, recorded: Recorded) -> None:
    person, last_day_on = recorded.stream, event.last_day_on.isoformat()
    row = row_of(rows, person)
    rows.put(person, {**row, "standing": "ended", "last_day_on": last_day_on})
    for role in row["roles"]:
        left = row_of(rows, role)["left"]
        change(rows, role, left={**left, person: last_day_on})


@DIRECTORY.on(AccessGranted)
def _access_granted(rows: Rows, event: AccessGranted, recorded: Recorded) -> None:
    grants = row_of(rows, recorded.stream)["grants"]
    change(rows, recorded.stream, grants=[*grants, _grant(event)])


@DIRECTORY.on(AccessRevoked)
def _access_revoked(rows: Rows, event: AccessRevoked, recorded: Recorded) -> None:
    revoked = _grant(event)
    grants = [grant for grant in row_of(rows, recorded.stream)["grants"] if grant != revoked]
    change(rows, recorded.stream, grants=grants)


@DIRECTORY.on(DigestSwitchedOff)
def _digest_off(rows: Rows, event: DigestSwitchedOff, recorded: Recorded) -> None:
    off = row_of(rows, recorded.stream)["digests_off"]
    change(rows, recorded.stream, digests_off=[*off, event.digest.value])


@DIRECTORY.on(DigestSwitchedOn)
def _digest_on(rows: Rows, event: DigestSwitchedOn, recorded: Recorded) -> None:
    off = row_of(rows, recorded.stream)["digests_off"]
    still_off = [digest for digest in off if digest != event.digest.value]
    change(rows, recorded.stream, digests_off=still_off)


@DIRECTORY.on(AgencyRegistered)
def _agency_registered(rows: Rows, event: AgencyRegistered, recorded: Recorded) -> None:
    sector = event.kind.value
    rows.add(
        recorded.stream,
        {"kind": "agency", "name": event.name, "sector": sector, "standing": "current"},
    )


@DIRECTORY.on(AgencyRenamed)
def _agency_renamed(rows: Rows, event: AgencyRenamed, recorded: Recorded) -> None:
    change(rows, recorded.stream, name=event.name)


@DIRECTORY.on(AgencyClosed)
def _agency_closed(rows: Rows, _event: AgencyClosed, recorded: Recorded) -> None:
    change(rows, recorded.stream, standing="ended")


@DIRECTORY.on(SubgroupFormed)
def _subgroup_formed(rows: Rows, event: SubgroupFormed, recorded: Recorded) -> None:
    formed = {"name": event.name, "chair_role": event.chair_role, "standing": "current"}
    rows.add(recorded.stream, {"kind": "subgroup", **formed})


@DIRECTORY.on(SubgroupRenamed)
def _subgroup_renamed(rows: Rows, event: SubgroupRenamed, recorded: Recorded) -> None:
    change(rows, recorded.stream, name=event.name)


@DIRECTORY.on(SubgroupChairRoleSet)
def _chair_role_set(rows: Rows, event: SubgroupChairRoleSet, recorded: Recorded) -> None:
    change(rows, recorded.stream, chair_role=event.chair_role)


@DIRECTORY.on(SubgroupDissolved)
def _subgroup_dissolved(rows: Rows, _event: SubgroupDissolved, recorded: Recorded) -> None:
    change(rows, recorded.stream, standing="ended")


@DIRECTORY.on(RoleCreated)
def _role_created(rows: Rows, event: RoleCreated, recorded: Recorded) -> None:
    rows.add(
        recorded.stream,
        {
            "kind": "role",
            "title": event.title,
            "office": event.office.value,
            "agency": event.agency,
            "subgroup": event.subgroup,
            "standing": "current",
            "created_on": true_on(recorded),
            "ended_on": None,
            "aliases": {},
            "tenures": [],
            "covers": {},
            "left": {},
        },
    )


@DIRECTORY.on(RoleRetitled)
def _role_retitled(rows: Rows, event: RoleRetitled, recorded: Recorded) -> None:
    change(rows, recorded.stream, title=event.title)


@DIRECTORY.on(RoleOfficeChanged)
def _office_changed(rows: Rows, event: RoleOfficeChanged, recorded: Recorded) -> None:
    change(rows, recorded.stream, office=event.office.value)


@DIRECTORY.on(RolePlaced)
def _role_placed(rows: Rows, event: RolePlaced, recorded: Recorded) -> None:
    change(rows, recorded.stream, agency=event.agency, subgroup=event.subgroup)


@DIRECTORY.on(RoleAliasAdded)
def _alias_added(rows: Rows, event: RoleAliasAdded, recorded: Recorded) -> None:
    aliases = row_of(rows, recorded.stream)["aliases"]
    change(rows, recorded.stream, aliases={**aliases, str(event.number): event.alias})


@DIRECTORY.on(RoleAliasRemoved)
def _alias_removed(rows: Rows, event: RoleAliasRemoved, recorded: Recorded) -> None:
    aliases = row_of(rows, recorded.stream)["aliases"]
    kept = {number: alias for number, alias in aliases.items() if number != str(event.number)}
    change(rows, recorded.stream, aliases=kept)


@DIRECTORY.on(HolderAppointed)
def _holder_appointed(rows: Rows, event: HolderAppointed, recorded: Recorded) -> None:
    left = _acts_in(rows, event.person, recorded.stream)
    tenures = [
        *row_of(rows, recorded.stream)["tenures"],
        _time(Tenure(event.person, event.from_on, event.last_day_on)),
    ]
    change(rows, recorded.stream, tenures=tenures, left=left)


@DIRECTORY.on(HolderStoodDown)
def _holder_stood_down(rows: Rows, event: HolderStoodDown, recorded: Recorded) -> None:
    before = tuple(tenure_of(time) for time in row_of(rows, recorded.stream)["tenures"])
    tenures = after_standing_down(before, event.person, event.last_day_on)
    change(rows, recorded.stream, tenures=[_time(tenure) for tenure in tenures])


@DIRECTORY.on(CoverArranged)
def _cover_arranged(rows: Rows, event: CoverArranged, recorded: Recorded) -> None:
    left = _acts_in(rows, event.person, recorded.stream)
    covers = row_of(rows, recorded.stream)["covers"]
    cover = _time(Tenure(event.person, event.from_on, event.last_day_on))
    change(rows, recorded.stream, covers={**covers, str(event.number): cover}, left=left)


@DIRECTORY.on(CoverEnded)
def _cover_ended(rows: Rows, event: CoverEnded, recorded: Recorded) -> None:
    covers = dict(row_of(rows, recorded.stream)["covers"])
    ended = covers.pop(str(event.number))
    last_day_on = event.last_day_on.isoformat()
    if ended["from_on"] <= last_day_on:
        covers[str(event.number)] = {**ended, "last_day_on": last_day_on}
    change(rows, recorded.stream, covers=covers)


@DIRECTORY.on(RoleRetired)
def _role_retired(rows: Rows, _event: RoleRetired, recorded: Recorded) -> None:
    change(rows, recorded.stream, standing="ended", ended_on=true_on(recorded))


def _time(tenure: Tenure) -> Row:
    last_day_on = tenure.last_day_on
    return {
        "person": tenure.person,
        "from_on": tenure.from_on.isoformat(),
        "last_day_on": last_day_on.isoformat() if last_day_on else None,
    }


def _grant(event: AccessGranted | AccessRevoked) -> Row:
    return {"access": event.access.value, "subgroup": event.subgroup, "agency": event.agency}


def _acts_in(rows: Rows, person: str, role: str) -> Row:
    """Note in a person's row that they act in a role; return who of the role's people left."""
    row = row_of(rows, person)
    if role not in row["roles"]:
        rows.put(person, {**row, "roles": [*row["roles"], role]})
    left: Row = row_of(rows, role)["left"]
    last_day_on = row["last_day_on"]
    return left if last_day_on is None else {**left, person: last_day_on}
