"""How people, agencies, subgroups, roles and plans come and change in a random story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from events.directory import (
    Access,
    AccessGranted,
    AccessRevoked,
    AgencyClosed,
    AgencyKind,
    AgencyRegistered,
    AgencyRenamed,
    CoverArranged,
    CoverEnded,
    Digest,
    DigestSwitchedOff,
    DigestSwitchedOn,
    HolderAppointed,
    HolderStoodDown,
    Office,
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
from events.plan import (
    DocumentImported,
    PlanAdopted,
    PlanClosed,
    PlanRetitled,
    PriorityAdded,
    PriorityRetitled,
)
from tests.projections.story_world import Thing, World


def register_person(world: World) -> None:
    agency = next(iter(world.some("agency", 1)), None)
    person = world.begin("person", "here", grants=[])
    name = f"Person {person.ref.partition('-')[2]}"
    world.tell(
        person.ref,
        PersonRegistered(name=name, email=f"{person.ref}@example.org", agency=agency),
        actor="system",
    )


def register_agency(world: World) -> None:
    agency = world.begin("agency", "here")
    kind = world.chance.choice(list(AgencyKind))
    world.tell(agency.ref, AgencyRegistered(name=f"Agency {agency.ref}", kind=kind))


def form_subgroup(world: World) -> None:
    chair = next(iter(world.some("role", 1)), None)
    subgroup = world.begin("subgroup", "here")
    world.tell(subgroup.ref, SubgroupFormed(name=f"Subgroup {subgroup.ref}", chair_role=chair))


def create_role(world: World) -> None:
    agency = next(iter(world.some("agency", 1)), None)
    subgroup = next(iter(world.some("subgroup", 1)), None)
    role = world.begin("role", "here", tenures=[], covers={}, aliases=[], last_cover=0)
    office = world.chance.choice(list(Office))
    title = f"Role {role.ref.partition('-')[2]}"
    world.tell(role.ref, RoleCreated(title=title, office=office, agency=agency, subgroup=subgroup))


def adopt_plan(world: World) -> None:
    plan = world.begin("plan", "current", priorities=3)
    begins = world.today
    world.tell(
        plan.ref,
        PlanAdopted(title=f"Plan {plan.ref}", from_on=begins, until_on=begins + dt.timedelta(365)),
        *(PriorityAdded(number=number, title=world.words()) for number in (1, 2, 3)),
    )


def change_person(world: World, person: Thing) -> None:
    match world.chance.randint(0, 7):
        case 0:
            world.tell(person.ref, PersonRenamed(name=f"Person {world.words()}"))
        case 1:
            email = f"new-{person.ref}@example.org" if world.chance.random() < 0.7 else None
            world.tell(person.ref, PersonEmailChanged(email=email))
        case 2:
            agency = next(iter(world.some("agency", 1)), None)
            world.tell(person.ref, PersonAgencyChanged(agency=agency))
        case 3 if world.chance.random() < 0.3:
            last = world.today + dt.timedelta(world.chance.randint(-5, 20))
            world.tell(person.ref, PersonLeft(last_day_on=last, reason=world.maybe_words()))
        case 4 if person.notes["grants"]:
            grant = person.notes["grants"].pop()
            world.tell(person.ref, AccessRevoked(**grant))
        case 5:
            _switch_a_digest(world, person)
        case _:
            grant = {"access": world.chance.choice(list(Access))}
            if grant not in person.notes["grants"]:
                person.notes["grants"].append(grant)
                world.tell(person.ref, AccessGranted(**grant))


def _switch_a_digest(world: World, person: Thing) -> None:
    digest = world.chance.choice(list(Digest))
    off = person.notes.setdefault("off", set())
    if digest in off:
        off.remove(digest)
        world.tell(person.ref, DigestSwitchedOn(digest=digest))
    else:
        off.add(digest)
        world.tell(person.ref, DigestSwitchedOff(digest=digest))


def change_agency(world: World, agency: Thing) -> None:
    if world.chance.random() < 0.2:
        world.tell(agency.ref, AgencyClosed(reason=world.words()))
    else:
        world.tell(agency.ref, AgencyRenamed(name=world.words()))


def change_subgroup(world: World, subgroup: Thing) -> None:
    chairs = world.some("role", 1)
    kind = world.chance.random()
    if kind < 0.1:
        world.tell(subgroup.ref, SubgroupDissolved(reason=world.words()))
    elif kind < 0.6 and chairs:
        world.tell(subgroup.ref, SubgroupChairRoleSet(chair_role=chairs[0]))
    else:
        world.tell(subgroup.ref, SubgroupRenamed(name=world.words()))


def change_role(world: World, role: Thing) -> None:
    match world.chance.randint(0, 9):
        case 0:
            world.tell(role.ref, RoleRetitled(title=world.words()))
        case 1:
            world.tell(role.ref, RoleOfficeChanged(office=world.chance.choice(list(Office))))
        case 2:
            agency = next(iter(world.some("agency", 1)), None)
            subgroup = next(iter(world.some("subgroup", 1)), None)
            world.tell(role.ref, RolePlaced(agency=agency, subgroup=subgroup))
        case 3 if role.notes["aliases"] and world.chance.random() < 0.5:
            world.tell(role.ref, RoleAliasRemoved(number=role.notes["aliases"].pop()))
        case 3:
            role.notes["last_alias"] = role.notes.get("last_alias", 0) + 1
            role.notes["aliases"].append(role.notes["last_alias"])
            number = role.notes["last_alias"]
            world.tell(role.ref, RoleAliasAdded(number=number, alias=world.words()))
        case 4 | 5:
            stand_down(world, role)
        case 6:
            arrange_cover(world, role)
        case 7 if role.notes["covers"]:
            number, last = role.notes["covers"].popitem()
            world.tell(role.ref, CoverEnded(number=number, last_day_on=last))
        case 8 if world.chance.random() < 0.2:
            world.tell(role.ref, RoleRetired(reason=world.words()))
        case _:
            appoint(world, role)


def appoint(world: World, role: Thing) -> None:
    person = world.one("person")
    if person is not None and person.ref not in role.notes["tenures"]:
        role.notes["tenures"].append(person.ref)
        from_on = world.today - dt.timedelta(world.chance.randint(-10, 30))
        world.tell(role.ref, HolderAppointed(person=person.ref, from_on=from_on))


def stand_down(world: World, role: Thing) -> None:
    if role.notes["tenures"]:
        person = role.notes["tenures"].pop()
        last = world.today + dt.timedelta(world.chance.randint(0, 10))
        world.tell(role.ref, HolderStoodDown(person=person, last_day_on=last))


def arrange_cover(world: World, role: Thing) -> None:
    person = world.one("person")
    if person is not None and person.ref not in role.notes["tenures"]:
        role.notes["last_cover"] += 1
        number, from_on = role.notes["last_cover"], world.today
        last = from_on + dt.timedelta(world.chance.randint(5, 30))
        cover = CoverArranged(number=number, person=person.ref, from_on=from_on, last_day_on=last)
        world.tell(role.ref, cover)
        role.notes["covers"][number] = from_on + dt.timedelta(world.chance.randint(-1, 4))


def change_plan(world: World, plan: Thing) -> None:
    match world.chance.randint(0, 4):
        case 0:
            world.tell(plan.ref, PlanRetitled(title=world.words()))
        case 1:
            plan.notes["priorities"] += 1
            number = plan.notes["priorities"]
            world.tell(plan.ref, PriorityAdded(number=number, title=world.words()))
        case 2:
            number = world.chance.randint(1, plan.notes["priorities"])
            world.tell(plan.ref, PriorityRetitled(number=number, title=world.words()))
        case 3 if world.chance.random() < 0.2:
            plan.status = "closed"
            world.tell(plan.ref, PlanClosed(reason=world.words()))
        case _:
            sha256 = f"{world.chance.getrandbits(256):064x}"
            rows = world.chance.randint(0, 60)
            world.tell(plan.ref, DocumentImported(document="plan.csv", sha256=sha256, rows=rows))


def change_something(world: World, category: str) -> None:
    """Change some entry of the directory, or some plan."""
    thing = world.one(category)
    if thing is not None and (category != "plan" or thing.status == "current"):
        _CHANGES[category](world, thing)


_CHANGES: dict[str, Callable[[World, Thing], None]] = {
    "person": change_person,
    "agency": change_agency,
    "subgroup": change_subgroup,
    "role": change_role,
    "plan": change_plan,
}
