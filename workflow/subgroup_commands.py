"""Commands about subgroups."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from events.refs import RoleRef, SubgroupRef
from workflow.command import Command, Words, command
from workflow.directory_names import Name

TheSubgroup = Annotated[SubgroupRef, Field(description="The subgroup, such as S2.")]


@command("subgroup", "form", opens=True)
class FormSubgroup(Command):
    """Set up a subgroup."""

    name: Annotated[Name, Field(description="The subgroup's name.")]
    chair_role: Annotated[RoleRef | None, Field(description="The role that chairs it.")] = None


@command("subgroup", "rename")
class RenameSubgroup(Command):
    """Give a subgroup another name."""

    subgroup: TheSubgroup
    name: Annotated[Name, Field(description="The new name.")]


@command("subgroup", "set-chair-role")
class SetChairRole(Command):
    """Settle which role chairs a subgroup."""

    subgroup: TheSubgroup
    chair_role: Annotated[RoleRef, Field(description="The role that chairs it.")]


@command("subgroup", "dissolve")
class DissolveSubgroup(Command):
    """Wind a subgroup up."""

    subgroup: TheSubgroup
    reason: Annotated[Words, Field(description="Why, and who goes on with its work.")]


SubgroupCommand: TypeAlias = FormSubgroup | RenameSubgroup | SetChairRole | DissolveSubgroup
