from __future__ import annotations

import datetime as dt
import pkgutil
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final

import pytest

import workflow
from events.directory import Access, Office
from tests.workflow.known import FakeKnown, role
from tests.workflow.scenario import CALENDAR, TODAY
from workflow.action_work_commands import CompleteAction, NoteActionProgress
from workflow.agency_commands import RegisterAgency
from workflow.circumstances import SYSTEM, Circumstances, Grant, RoleFacts, Tenure
from workflow.command import Command, registered_commands
from workflow.permission_table import READING, TABLE, Capacity, Scope
from workflow.permissions import (
    SubjectFacts,
    may,
    may_read,
    require_may_tell_anew,
    require_permission,
    subject_of,
)
from workflow.person_commands import (
    GrantAccess,
    RegisterPerson,
    SwitchOffDigest,
    SwitchOnDigest,
)
from workflow.refusals import NotAllowed

for module in pkgutil.iter_modules(workflow.__path__):
    import_module(f"workflow.{module.name}")

COMMANDS: Final = tuple(registered_commands())
WHO: Final = "person-7"
ITEM: Final = SubjectFacts(
    lead_roles=frozenset({"role-1"}),
    subgroups=frozenset({"subgroup-1"}),
    agencies=frozenset({"agency-1"}),
)
NOBODY_S: Final = SubjectFacts()


@dataclass(frozen=True)
class Actor:
    """Somebody with roles of their own and permissions given by name."""

    roles: tuple[RoleFacts, ...] = ()
    grants: tuple[Grant, ...] = ()
    chairs: dict[str, str] = field(default_factory=dict)
    standing: str | None = "current"

    def circumstances(self) -> Circumstances:
        """Return the circumstances in which they ask."""
        standings = {} if self.standing is None else {WHO: self.standing}
        known = FakeKnown(standings, self.roles, {WHO: self.grants}, self.chairs)
        return Circumstances(TODAY, WHO, CALENDAR, known)


def through(office: Office, ref: str = "role-5", **place: str) -> Actor:
    """Return somebody who holds one role of an office."""
    return Actor((role(ref, WHO, office=office, **place),))


def by_name(access: Access, subgroup: str | None = None, agency: str | None = None) -> Actor:
    """Return somebody who was given one permission by name."""
    return Actor(grants=(Grant(access, subgroup, agency),))


# Everybody whom the scopes tell apart, in the words of the expectations below.
ACTORS: Final = {
    "the lead": through(Office.LEAD, "role-1"),
    "another lead": through(Office.LEAD, "role-2", subgroup="subgroup-1", agency="agency-1"),
    "the chair": through(Office.SUBGROUP_CHAIR, subgroup="subgroup-1"),
    "another chair": through(Office.SUBGROUP_CHAIR, subgroup="subgroup-2", agency="agency-1"),
    "the business manager": through(Office.BUSINESS_MANAGER),
    "a partner of its agency": through(Office.DELEGATED_PARTNER, agency="agency-1"),
    "another partner": through(Office.DELEGATED_PARTNER, agency="agency-2"),
    "the executive": through(Office.EXECUTIVE),
    "the scrutineer": through(Office.SCRUTINEER, "role-1", subgroup="subgroup-1"),
    "a reader": by_name(Access.READER),
    "somebody without a part": Actor(),
}

ALL: Final = frozenset(ACTORS)
WORKERS: Final = frozenset(
    {"the lead", "the chair", "the business manager", "a partner of its agency"}
)
JUDGES: Final = frozenset(
    {
        "the chair",
        "the business manager",
        "a partner of its agency",
        "another partner",
        "the executive",
    }
)
OVERSEERS: Final = JUDGES - {"the chair"}
STEERERS: Final = frozenset({"the chair", "the business manager"})
OFFICE: Final = frozenset({"the business manager"})

# Written by hand from what the partnership would expect, not from the table.
EXPECTED: Final = {
    ("action", "create"): STEERERS,
    ("action", "note-progress"): WORKERS,
    ("action", "submit"): WORKERS,
    ("action", "complete"): JUDGES,
    ("action", "return"): JUDGES,
    ("action", "cancel"): JUDGES,
    ("action", "put-on-hold"): STEERERS,
    ("action", "change-leads"): STEERERS,
    ("action", "move-target-date"): OVERSEERS,
    ("action", "correct-target-date"): OFFICE,
    ("action", "override-brag"): OVERSEERS,
    ("extension", "request"): WORKERS,
    ("extension", "approve"): JUDGES,
    ("extension", "decline"): JUDGES,
    ("recommendation", "propose"): STEERERS,
    ("recommendation", "accept"): JUDGES | {"the lead"},
    ("recommendation", "reject"): JUDGES,
    ("recommendation", "report-implemented"): WORKERS,
    ("recommendation", "verify"): JUDGES,
    ("recommendation", "show-impact"): JUDGES,
    ("recommendation", "close-not-implemented"): OVERSEERS,
    ("recommendation", "move-target-date"): OVERSEERS,
    ("recommendation", "override-brag"): OVERSEERS,
    ("audit", "plan"): STEERERS,
    ("audit", "start-fieldwork"): STEERERS | {"the lead"},
    ("audit", "approve"): JUDGES,
    ("audit", "close"): JUDGES,
    ("finding", "draft"): STEERERS | {"the lead"},
    ("finding", "agree"): JUDGES,
    ("plan", "adopt"): OFFICE,
    ("plan", "record-document"): OFFICE,
    ("person", "register"): OFFICE,
    ("person", "grant-access"): OFFICE,
    ("person", "change-email"): OFFICE,
    ("person", "switch-off-digest"): OFFICE,
    ("agency", "close"): OFFICE,
    ("subgroup", "set-chair-role"): OFFICE,
    ("role", "appoint"): OFFICE,
    ("role", "change-office"): OFFICE,
    ("role", "arrange-cover"): STEERERS | {"the lead"},
    ("meeting", "record"): STEERERS,
    ("meeting", "cancel"): STEERERS,
    ("remark", "add"): frozenset({"the scrutineer"}),
    ("remark", "withdraw"): frozenset({"the scrutineer"}),
}


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    assert {(command.category, command.verb) for command in COMMANDS} == set(TABLE)


def test_every_row_lets_somebody_do_it() -> None:
    without_office = {name for name, row in TABLE.items() if Capacity.BUSINESS_MANAGER not in row}
    assert without_office == {("remark", "add"), ("remark", "withdraw")}
    assert all(TABLE.values())


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_who_changes_nothing_changes_nothing(command: type[Command]) -> None:
    remarks = {"the scrutineer"} if command.category == "remark" else set()
    for who in {"the scrutineer", "a reader", "somebody without a part"} - remarks:
        assert not may(command, ITEM, ACTORS[who].circumstances()), who


@pytest.mark.parametrize("name", sorted(EXPECTED), ids=" ".join)
def test_a_command_is_allowed_to_whom_the_partnership_expects(name: tuple[str, str]) -> None:
    (command,) = (one for one in COMMANDS if (one.category, one.verb) == name)
    allowed = {who for who, actor in ACTORS.items() if may(command, ITEM, actor.circumstances())}
    assert allowed == EXPECTED[name]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_the_table_decides_through_every_capacity_and_scope(command: type[Command]) -> None:
    """Walk the whole table: a role reaches what its cell says, and nothing else."""
    row = TABLE[command.category, command.verb]
    for who, (capacity, reached) in REACHED.items():
        expected = row.get(capacity) in reached
        assert may(command, ITEM, ACTORS[who].circumstances()) is expected, who


EVERYTHING: Final = frozenset({Scope.ALL, Scope.WHOLE})
REACHED: Final = {
    "the lead": (Capacity.LEAD, EVERYTHING | {Scope.OWN}),
    "another lead": (Capacity.LEAD, EVERYTHING),
    "the business manager": (Capacity.BUSINESS_MANAGER, EVERYTHING),
    "a partner of its agency": (Capacity.DELEGATED_PARTNER, EVERYTHING | {Scope.AGENCY}),
    "another partner": (Capacity.DELEGATED_PARTNER, EVERYTHING),
    "the executive": (Capacity.EXECUTIVE, EVERYTHING),
    "the scrutineer": (Capacity.SCRUTINEER, EVERYTHING),
    "the chair": (Capacity.CHAIR, EVERYTHING | {Scope.SUBGROUP}),
    "another chair": (Capacity.CHAIR, EVERYTHING),
}
"""Whose office gives which capacity, and which cells of the table reach the item."""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_a_permission_given_by_name_reaches_over_what_it_was_given_for(
    command: type[Command],
) -> None:
    for access in Access:
        scope = TABLE[command.category, command.verb].get(Capacity(access.value))
        given = scope is not None
        part = given and scope is not Scope.WHOLE
        for grant, expected in (
            (Grant(access), given),
            (Grant(access, subgroup="subgroup-1"), part),
            (Grant(access, agency="agency-1"), part),
            (Grant(access, subgroup="subgroup-2"), False),
            (Grant(access, agency="agency-2"), False),
        ):
            asked = may(command, ITEM, Actor(grants=(grant,)).circumstances())
            assert asked is expected, grant


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_what_belongs_to_nobody_is_not_reached_by_a_part(command: type[Command]) -> None:
    parts = [ACTORS["the chair"], by_name(Access.BUSINESS_MANAGER, agency="agency-1")]
    placeless = [through(Office.SUBGROUP_CHAIR), by_name(Access.LEAD, subgroup="subgroup-1")]
    for actor in parts + placeless:
        assert not may(command, NOBODY_S, actor.circumstances())


def test_a_command_without_a_row_is_allowed_to_nobody() -> None:
    class EraseEverything(Command):
        """Is in no table."""

        category, verb, opens = "log", "erase-everything", True

    manager = ACTORS["the business manager"].circumstances()
    assert not may(EraseEverything, ITEM, manager)
    with pytest.raises(NotAllowed, match="This can be done by nobody"):
        require_permission(EraseEverything(), ITEM, manager)


@pytest.mark.parametrize("who", sorted(ACTORS))
def test_only_a_business_manager_has_an_email_told_anew(who: str) -> None:
    if who == "the business manager":
        require_may_tell_anew(ACTORS[who].circumstances())
        return
    with pytest.raises(NotAllowed, match=r"told anew\. This can be done by a business manager"):
        require_may_tell_anew(ACTORS[who].circumstances())


def test_the_role_that_chairs_a_subgroup_chairs_it_whatever_its_office() -> None:
    chair = Actor((role("role-5", WHO),), chairs={"subgroup-1": "role-5"})
    member = Actor((role("role-5", WHO, subgroup="subgroup-1"),))
    assert may(CompleteAction, ITEM, chair.circumstances())
    assert not may(CompleteAction, ITEM, member.circumstances())


def test_a_scrutineer_who_is_made_chair_still_changes_nothing() -> None:
    role_5 = role("role-5", WHO, office=Office.SCRUTINEER)
    chair = Actor((role_5,), chairs={"subgroup-1": "role-5"})
    assert not may(CompleteAction, ITEM, chair.circumstances())


@pytest.mark.parametrize("who", sorted(ACTORS))
def test_everybody_switches_their_own_digest_and_no_other(who: str) -> None:
    circumstances = ACTORS[who].circumstances()
    of_their_own, of_another = SubjectFacts(person=WHO), SubjectFacts(person="person-8")
    for command in (SwitchOffDigest, SwitchOnDigest):
        assert may(command, of_their_own, circumstances)
        assert may(command, of_another, circumstances) is (who == "the business manager")


def test_one_s_own_entry_gives_no_other_permission() -> None:
    circumstances = ACTORS["somebody without a part"].circumstances()
    mine = {
        command for command in COMMANDS if may(command, SubjectFacts(person=WHO), circumstances)
    }
    assert mine == {SwitchOffDigest, SwitchOnDigest}
    assert not may_read(SubjectFacts(person=WHO), circumstances)


def test_who_left_switches_nothing() -> None:
    gone = Actor(standing="ended").circumstances()
    assert not may(SwitchOffDigest, SubjectFacts(person=WHO), gone)


def test_cover_gives_what_the_role_gives_for_its_days() -> None:
    covered = RoleFacts(
        "role-1",
        Office.LEAD,
        None,
        None,
        retired=False,
        covers=(Tenure(WHO, TODAY, TODAY),),
    )
    circumstances = Actor((covered,)).circumstances()
    assert may(NoteActionProgress, ITEM, circumstances)
    tomorrow = TODAY + dt.timedelta(days=1)
    later = Circumstances(tomorrow, WHO, circumstances.calendar, circumstances.known)
    assert not may(NoteActionProgress, ITEM, later)


@pytest.mark.parametrize("standing", ["ended", None])
def test_who_left_or_never_was_does_nothing(standing: str | None) -> None:
    manager = Actor(ACTORS["the business manager"].roles, standing=standing)
    assert not may(RegisterAgency, NOBODY_S, manager.circumstances())
    assert not may_read(ITEM, manager.circumstances())


def test_everybody_with_a_part_reads() -> None:
    readers = {who for who, actor in ACTORS.items() if may_read(ITEM, actor.circumstances())}
    assert readers == ALL - {"somebody without a part"}
    assert READING[Capacity.SCRUTINEER] is Scope.ALL


def test_a_reader_of_one_subgroup_reads_that_subgroup() -> None:
    mine = by_name(Access.READER, subgroup="subgroup-1").circumstances()
    other = by_name(Access.READER, subgroup="subgroup-2").circumstances()
    assert may_read(ITEM, mine)
    assert not may_read(ITEM, other)


def test_a_refusal_says_who_may() -> None:
    command = CompleteAction(action="action-12")
    with pytest.raises(NotAllowed) as caught:
        require_permission(command, ITEM, ACTORS["another lead"].circumstances())
    assert str(caught.value) == (
        "PE7 may not give the command 'action complete' on A12. This can be done by the chair of"
        " its subgroup, a business manager, a delegated partner or the executive."
    )


def test_what_is_allowed_is_not_refused() -> None:
    require_permission(
        RegisterAgency(name="Example Council"),
        NOBODY_S,
        ACTORS["the business manager"].circumstances(),
    )


def software(known: FakeKnown) -> Circumstances:
    return Circumstances(TODAY, SYSTEM, CALENDAR, known)


def test_the_software_sets_up_the_first_person_and_their_permission_and_nothing_else() -> None:
    empty = software(FakeKnown())
    allowed = {command for command in COMMANDS if may(command, NOBODY_S, empty)}
    assert allowed == {RegisterPerson}
    begun = software(FakeKnown({"person-1": "current"}))
    allowed = {command for command in COMMANDS if may(command, NOBODY_S, begun)}
    assert allowed == {GrantAccess}


@pytest.mark.parametrize(
    "known",
    [
        FakeKnown({"person-1": "current", "person-2": "current"}),
        FakeKnown({"person-1": "current"}, grants={"person-1": (Grant(Access.BUSINESS_MANAGER),)}),
    ],
    ids=["two people", "a business manager"],
)
def test_once_people_act_the_software_does_not(known: FakeKnown) -> None:
    assert [command for command in COMMANDS if may(command, NOBODY_S, software(known))] == []
    with pytest.raises(NotAllowed, match=r"The software itself may not .*by a business manager"):
        require_permission(RegisterAgency(name="Example Council"), NOBODY_S, software(known))


def test_the_software_reads_by_no_permission() -> None:
    assert not may_read(ITEM, software(FakeKnown()))


def test_an_item_belongs_to_the_subgroups_and_agencies_of_its_leads() -> None:
    known = FakeKnown(
        roles=(role("role-1", subgroup="subgroup-1", agency="agency-1"), role("role-2"))
    )
    facts = subject_of(
        known,
        lead_roles=["role-1", "role-2", "role-9"],
        subgroups=["subgroup-3", None],
        agencies=[None],
    )
    assert facts == SubjectFacts(
        frozenset({"role-1", "role-2", "role-9"}),
        frozenset({"subgroup-1", "subgroup-3"}),
        frozenset({"agency-1"}),
    )
