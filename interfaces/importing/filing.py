"""What has been created so far while a document is stored: each role and subgroup once."""

from __future__ import annotations

from collections.abc import Iterable

from interfaces.importing.offices import subgroup_name
from interfaces.importing.proposal import Lead, NewRole
from interfaces.importing.wording import name_key, text_key
from projections.ledger import Transaction
from workflow.command import Command
from workflow.recommendation_commands import AcceptRecommendation, ProposeRecommendation
from workflow.role_commands import AddAlias, CreateRole
from workflow.subgroup_commands import FormSubgroup, SetChairRole


class Filing:
    """Carries out commands in one transaction, and creates what they need when they need it."""

    def __init__(self, transaction: Transaction, roles: Iterable[NewRole]) -> None:
        self._transaction = transaction
        self._new_roles = {role.title: role for role in roles}
        self._roles: dict[str, str] = {}
        self._subgroups: dict[str, str] = {}
        self._recommendations: dict[str, str] = {}

    @property
    def roles_created(self) -> tuple[tuple[str, NewRole], ...]:
        """The roles that were not there before, by reference."""
        return tuple((ref, self._new_roles[title]) for title, ref in self._roles.items())

    @property
    def recommendations_created(self) -> tuple[str, ...]:
        """The recommendations that were made because rows of a plan name them."""
        return tuple(self._recommendations.values())

    def give(self, command: Command) -> str:
        """Carry out a command; return the stream that it changed. Raises a `Refusal`."""
        return self._transaction.execute(command).stream

    def role(self, lead: Lead) -> str:
        """The reference of a role, created now if need be."""
        if lead.ref is not None:
            return lead.ref
        if lead.title not in self._roles:
            self._roles[lead.title] = self._create(self._new_roles[lead.title])
        return self._roles[lead.title]

    def recommendation(self, words: str, source: str) -> str:
        """The recommendation that a row of a plan names by its words, made and accepted once.

        The plan promises an action in answer to it, so it was taken on.
        """
        key = text_key(words)
        if key not in self._recommendations:
            ref = self.give(ProposeRecommendation(text=words, source=source))
            self.give(AcceptRecommendation(recommendation=ref))
            self._recommendations[key] = ref
        return self._recommendations[key]

    def _create(self, role: NewRole) -> str:
        subgroup = role.subgroup_ref or (role.subgroup and self._subgroup(role.subgroup))
        created = CreateRole(title=role.title, office=role.office, subgroup=subgroup or None)
        ref = self.give(created)
        if subgroup and role.becomes_chair:
            self.give(SetChairRole(subgroup=subgroup, chair_role=ref))
        for alias in role.aliases:
            self.give(AddAlias(role=ref, alias=alias))
        return ref

    def _subgroup(self, name: str) -> str:
        key = name_key(subgroup_name(name))
        if key not in self._subgroups:
            self._subgroups[key] = self.give(FormSubgroup(name=name))
        return self._subgroups[key]
