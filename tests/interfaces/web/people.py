"""A record with two sides, and everybody who may look at it: who they are is written here by hand.

On either side stand an action with a file, a recommendation, an audit with a finding and a clock, a
meeting, a remark, a role, a subgroup, an agency and a person. What somebody may do there is worked
out from the table of permissions by the few lines at the end of this file, and by nothing of the
project.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import workflow.extension_commands  # noqa: F401  Commands are registered when imported.
from interfaces.bootstrap import Partnership
from interfaces.evidence.checking import handed
from projections.handing_in import hand_in
from tests.interfaces.evidence.crafted import PDF
from workflow.command import Command, registered_commands
from workflow.permission_table import TABLE, Capacity, Scope
from workflow.permission_table import Row as Cells

X_ROLE, Y_ROLE = "role-9", "role-10"
COMMANDS: Final = {(kind.category, kind.verb): kind for kind in registered_commands()}


@dataclass(frozen=True)
class Side:
    """One side of the record: of each category its thing, and whose they are."""

    role: str
    subgroup: str
    agency: str
    things: Mapping[str, str]

    def whose(self, category: str, *, begins: bool = False) -> Whose:
        """Return whose the side's thing of a category is, or is going to be."""
        match category:
            case "plan":
                return Whose()
            case "meeting":
                return Whose(subgroups=frozenset({self.subgroup}))
            case "subgroup":
                return Whose() if begins else Whose(subgroups=frozenset({self.subgroup}))
            case "agency":
                return Whose() if begins else Whose(agencies=frozenset({self.agency}))
            case "person":
                person = None if begins else self.things["person"]
                return Whose(agencies=frozenset({self.agency}), person=person)
            case _:
                leads = frozenset() if begins and category == "role" else frozenset({self.role})
                return Whose(leads, frozenset({self.subgroup}), frozenset({self.agency}))


@dataclass(frozen=True)
class Whose:
    """Whose a thing is."""

    roles: frozenset[str] = frozenset()
    subgroups: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    person: str | None = None


def _things(number: int, role: str, person: str, subgroup: str, agency: str) -> dict[str, str]:
    audit = f"audit-{number}"
    return {
        "action": f"action-{number}",
        "recommendation": f"recommendation-{number}",
        "audit": audit,
        "finding": f"{audit}/finding-1",
        "clock": f"{audit}/clock-1",
        "evidence": f"evidence-{number}",
        "meeting": f"meeting-{number}",
        "remark": f"remark-{number}",
        "plan": f"plan-{number}",
        "role": role,
        "person": person,
        "subgroup": subgroup,
        "agency": agency,
    }


X: Final = Side(
    X_ROLE,
    "subgroup-1",
    "agency-1",
    _things(1, X_ROLE, "person-9", "subgroup-1", "agency-1"),
)
Y: Final = Side(
    Y_ROLE,
    "subgroup-3",
    "agency-2",
    _things(2, Y_ROLE, "person-10", "subgroup-3", "agency-2"),
)
SIDES: Final = {"X": X, "Y": Y}


@dataclass(frozen=True)
class Post:
    """A role that somebody holds. `chairs`: the subgroup of which it is the chair."""

    role: str
    office: Capacity | None = None
    subgroup: str | None = None
    agency: str | None = None
    chairs: str | None = None


@dataclass(frozen=True)
class Given:
    """A permission given by name; both scopes None is over everything."""

    capacity: Capacity
    subgroup: str | None = None
    agency: str | None = None


@dataclass(frozen=True)
class Somebody:
    """One who may come. `person` is None for who has not signed in."""

    person: str | None
    posts: tuple[Post, ...] = ()
    given: tuple[Given, ...] = ()


_SCRUTINEER = Post("role-8", Capacity.SCRUTINEER)
PEOPLE: Final = {
    "anonymous": Somebody(None),
    "manager": Somebody(
        "person-1", (Post("role-1", Capacity.BUSINESS_MANAGER, agency="agency-1"),)
    ),
    "chair": Somebody(
        "person-2", (Post("role-2", Capacity.CHAIR, "subgroup-1", chairs="subgroup-1"),)
    ),
    "delegated partner": Somebody(
        "person-6", (Post("role-6", Capacity.DELEGATED_PARTNER, agency="agency-2"),)
    ),
    "executive": Somebody("person-7", (Post("role-7", Capacity.EXECUTIVE),)),
    "scrutineer": Somebody("person-8", (_SCRUTINEER,)),
    "lead": Somebody("person-9", (Post(X_ROLE, None, "subgroup-1", "agency-1"),)),
    "reader of all": Somebody("person-11", given=(Given(Capacity.READER),)),
    "reader of a subgroup": Somebody(
        "person-12", given=(Given(Capacity.READER, subgroup="subgroup-1"),)
    ),
    "reader of an agency": Somebody(
        "person-13", given=(Given(Capacity.READER, agency="agency-2"),)
    ),
    "manager of a subgroup": Somebody(
        "person-14", given=(Given(Capacity.BUSINESS_MANAGER, subgroup="subgroup-3"),)
    ),
    "lead of an agency": Somebody("person-15", given=(Given(Capacity.LEAD, agency="agency-1"),)),
    "somebody who left": Somebody("person-16"),
    "somebody without a grant any more": Somebody("person-17"),
}
"""Everybody, by what they are; the two last had everything once."""

_SCOPED: Final = {
    "person-11": ("reader", None, None),
    "person-12": ("reader", "subgroup-1", None),
    "person-13": ("reader", None, "agency-2"),
    "person-14": ("business_manager", "subgroup-3", None),
    "person-15": ("lead", None, "agency-1"),
    "person-16": ("business_manager", None, None),
    "person-17": ("business_manager", None, None),
}


_IMPORTING: Final = (
    ("plan", "adopt"),
    ("plan", "record-document"),
    ("action", "create"),
    ("action", "move-target-date"),
    ("role", "create"),
    ("role", "add-alias"),
    ("subgroup", "form"),
    ("recommendation", "propose"),
)


def fill(partnership: Partnership) -> None:
    """Make the record of two sides out of one that has begun."""
    for words, values, actor in _story():
        category, _, verb = words.partition(" ")
        command = COMMANDS[category, verb].model_validate(values)
        partnership.ledger.execute(command, actor=actor)
    for side in SIDES.values():
        secret = f"Secret{side.role.removeprefix('role-')}"
        name, content = f"{secret} file.pdf", PDF + secret.encode() + b" %%EOF"
        about = {"to": side.things["action"], "note": f"{secret} note"}
        handed_in = handed(name, content, most_megabytes=1, **about)
        hand_in(partnership.ledger, [handed_in], actor="person-1")


def _story() -> Iterator[tuple[str, dict[str, Any], str]]:
    manager = "person-1"
    day = dt.date(2025, 3, 3)
    yield "role place", {"role": "role-6", "agency": "agency-2"}, manager
    for number in range(9, 18):
        agency = "agency-2" if number == 10 else "agency-1"
        named = {"name": f"Person {number}", "email": f"person{number}@example.org"}
        yield "person register", {**named, "agency": agency}, manager
    for side in (X, Y):
        place = {"subgroup": side.subgroup, "agency": side.agency}
        yield "role create", {"title": f"Lead {side.role}", "office": "lead", **place}, manager
    held = {"role": X_ROLE, "person": "person-9", "from_on": day}
    yield "role appoint", held, manager
    for person, (access, *over) in _SCOPED.items():
        scope = {"access": access, "subgroup": over[0], "agency": over[1]}
        yield "person grant-access", {"person": person, **scope}, manager
    for number, side in enumerate((X, Y), start=1):
        yield from _of_side(number, side, day)
    yield "person leave", {"person": "person-16", "last_day_on": day}, manager
    yield "person revoke-access", {"person": "person-17", "access": "business_manager"}, manager


def _of_side(number: int, side: Side, day: dt.date) -> Iterator[tuple[str, dict[str, Any], str]]:
    manager, secret = "person-1", f"Secret{side.role.removeprefix('role-')}"
    plan, audit = f"plan-{number}", f"audit-{number}"
    yield "plan adopt", {"title": f"Plan {number}"}, manager
    yield "plan add-priority", {"plan": plan, "title": "Neglect"}, manager
    action = {"text": f"{secret} action", "lead_roles": (side.role,), "target": "May 2025"}
    yield "action create", {**action, "plan": plan, "priority": 1}, manager
    theirs = {"subgroup": side.subgroup, "lead_role": side.role}
    yield "audit plan", {"kind": "audit", "title": f"{secret} audit", **theirs}, manager
    scope = {"terms_of_reference": secret, "key_lines_of_enquiry": secret}
    yield "audit scope", {"audit": audit, **scope}, manager
    clock = {"audit": audit, "clock": "rapid_review", "started_on": day}
    yield "audit start-clock", clock, manager
    yield "audit start-fieldwork", {"audit": audit}, manager
    finding = {"kind": "area_for_development", "text": f"{secret} finding"}
    yield "finding draft", {"audit": audit, **finding}, manager
    recommended = {"text": f"{secret} recommendation", "source": f"{secret} source"}
    addressed = {"addressed_to": (side.role,), "target": "May 2025"}
    yield "recommendation propose", {**recommended, **addressed}, manager
    held = {"title": f"{secret} meeting", "held_on": day, "subgroup": side.subgroup}
    yield "meeting record", held, manager
    yield "remark add", {"words": f"{secret} remark", "on": f"action-{number}"}, "person-8"


def may(somebody: Somebody, kind: type[Command], whose: Whose) -> bool:
    """Work out from the table whether somebody may give a command."""
    return reaches(somebody, TABLE.get((kind.category, kind.verb), {}), whose)


def sees(somebody: Somebody, side: Side, category: str) -> bool:
    """Work out whether somebody sees the thing of a side."""
    if category in {"plan", "role", "subgroup", "agency", "person"}:
        return has_a_part(somebody)
    whose = side.whose(category)
    return bool(somebody.posts) or any(_covers(given, whose) for given in somebody.given)


def imports(somebody: Somebody) -> bool:
    """Work out from the table whether somebody may give everything that an import comes to."""
    return all(may(somebody, COMMANDS[name], Whose()) for name in _IMPORTING)


def has_a_part(somebody: Somebody) -> bool:
    """Tell whether somebody has any part in the partnership."""
    return bool(somebody.posts or somebody.given)


def reaches(somebody: Somebody, cells: Cells, whose: Whose) -> bool:
    """Work out whether some cells of the table let somebody do what they are about."""
    if has_a_part(somebody) and Capacity.ONESELF in cells and whose.person == somebody.person:
        return True
    by_post = any(_post_reaches(post, cells, whose) for post in somebody.posts)
    return by_post or any(_given_reaches(given, cells, whose) for given in somebody.given)


def _given_reaches(given: Given, cells: Cells, whose: Whose) -> bool:
    scope = cells.get(given.capacity)
    if scope is None:
        return False
    over_all = given.subgroup is None and given.agency is None
    return over_all or (scope is not Scope.WHOLE and _covers(given, whose))


def _covers(given: Given, whose: Whose) -> bool:
    if given.subgroup is None and given.agency is None:
        return True
    return given.subgroup in whose.subgroups or given.agency in whose.agencies


def _post_reaches(post: Post, cells: Cells, whose: Whose) -> bool:
    if post.office is Capacity.SCRUTINEER:
        return Capacity.SCRUTINEER in cells
    capacities = {Capacity.LEAD, post.office}
    if post.chairs in whose.subgroups:
        capacities.add(Capacity.CHAIR)
    return any(
        _scope_reaches(scope, post, whose)
        for capacity, scope in cells.items()
        if capacity in capacities
    )


def _scope_reaches(scope: Scope, post: Post, whose: Whose) -> bool:
    return {
        Scope.OWN: post.role in whose.roles,
        Scope.SUBGROUP: post.subgroup in whose.subgroups or post.chairs in whose.subgroups,
        Scope.AGENCY: post.agency in whose.agencies,
        Scope.ALL: True,
        Scope.WHOLE: True,
        Scope.FIRST: False,
    }[scope]
