"""Commands about agencies."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.directory import AgencyKind
from events.refs import AgencyRef
from workflow.command import Command, Words, command
from workflow.directory_names import Name

TheAgency = Annotated[AgencyRef, Field(description="The agency, such as AG1.")]


@command("agency", "register", opens=True)
class RegisterAgency(Command):
    """Enter an agency into the directory."""

    name: Annotated[Name, Field(description="The agency's name.")]
    kind: Annotated[AgencyKind, Field(description="The agency's sector.")] = AgencyKind.OTHER


@command("agency", "rename")
class RenameAgency(Command):
    """Give an agency another name."""

    agency: TheAgency
    name: Annotated[Name, Field(description="The new name.")]


@command("agency", "close")
class CloseAgency(Command):
    """Record that an agency ceased to be, or left the partnership."""

    agency: TheAgency
    reason: Annotated[Words, Field(description="What became of it.")]


AgencyCommand: TypeAlias = RegisterAgency | RenameAgency | CloseAgency
