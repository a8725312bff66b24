"""Commands about people: who they are, when they leave, and what they were given by name."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from events.directory import Access, Digest
from events.refs import AgencyRef, PersonRef, SubgroupRef
from workflow.command import Command, Words, command
from workflow.directory_names import Name
from workflow.given_values import AS_WRITTEN, SAYS_SOMETHING, Day

ThePerson = Annotated[PersonRef, Field(description="The person, such as PE9.")]
TheDigest = Annotated[
    Digest,
    Field(description="Which: what moved in a subgroup each week, or the month of the office."),
]
TheAccess = Annotated[Access, Field(description="What they may do.")]
OverSubgroup = Annotated[
    SubgroupRef | None, Field(description="Over this subgroup only, such as S2.")
]
OverAgency = Annotated[AgencyRef | None, Field(description="Over this agency only, such as AG1.")]

Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=320),
    AS_WRITTEN,
    SAYS_SOMETHING,
]
"""An email address in a command, before `tidy_email` has looked at it."""


@command("person", "register", opens=True)
class RegisterPerson(Command):
    """Enter somebody into the directory."""

    name: Annotated[Name, Field(description="Their name.")]
    email: Annotated[Address | None, Field(description="Where reminders reach them.")] = None
    agency: Annotated[AgencyRef | None, Field(description="The agency they work for.")] = None


@command("person", "rename")
class RenamePerson(Command):
    """Change somebody's name, or mend its spelling."""

    person: ThePerson
    name: Annotated[Name, Field(description="The name as it should be.")]


@command("person", "change-email")
class ChangeEmail(Command):
    """Change somebody's address; without one, no reminder reaches them."""

    person: ThePerson
    email: Annotated[
        Address | None, Field(description="The new address; leave out if none is known.")
    ] = None


@command("person", "change-agency")
class ChangeAgency(Command):
    """Record that somebody moved to another agency."""

    person: ThePerson
    agency: Annotated[
        AgencyRef | None, Field(description="The agency they work for; leave out for none.")
    ] = None


@command("person", "leave")
class RecordLeaving(Command):
    """Record somebody's last day; their roles and permissions end with it."""

    person: ThePerson
    last_day_on: Annotated[Day, Field(description="Their last day, included.")]
    reason: Annotated[Words | None, Field(description="Why; nothing private.")] = None


@command("person", "grant-access")
class GrantAccess(Command):
    """Give somebody a permission: over everything, or over one subgroup or agency."""

    person: ThePerson
    access: TheAccess
    subgroup: OverSubgroup = None
    agency: OverAgency = None


@command("person", "revoke-access")
class RevokeAccess(Command):
    """Take a permission back that somebody was given by name."""

    person: ThePerson
    access: TheAccess
    subgroup: OverSubgroup = None
    agency: OverAgency = None


@command("person", "switch-off-digest")
class SwitchOffDigest(Command):
    """Send somebody a digest no more; reminders of what is due from them stay."""

    person: ThePerson
    digest: TheDigest


@command("person", "switch-on-digest")
class SwitchOnDigest(Command):
    """Send somebody a digest again."""

    person: ThePerson
    digest: TheDigest


PersonCommand: TypeAlias = (
    RegisterPerson
    | RenamePerson
    | ChangeEmail
    | ChangeAgency
    | RecordLeaving
    | GrantAccess
    | RevokeAccess
    | SwitchOffDigest
    | SwitchOnDigest
)
