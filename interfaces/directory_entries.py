"""Entering the configured agencies, subgroups, people and roles into a new directory."""

from __future__ import annotations

import datetime as dt

from interfaces.example_directory import PersonEntry, RoleEntry
from interfaces.settings import DirectorySettings
from projections.ledger import Ledger, Transaction
from workflow.agency_commands import RegisterAgency
from workflow.permissions import FIRST_PERSON
from workflow.person_commands import ChangeAgency, RegisterPerson
from workflow.role_commands import AddAlias, AppointHolder, CreateRole
from workflow.subgroup_commands import FormSubgroup, SetChairRole


def enter_directory(ledger: Ledger, directory: DirectorySettings, today: dt.date) -> None:
    """Enter everything in one transaction, in the name of the first person, who is there already.

    Who holds a role does so from `today` on.
    """
    with ledger.transaction(actor=FIRST_PERSON) as transaction:
        _Entering(transaction, today).enter(directory)


class _Entering:
    """The references of what was entered, by name."""

    def __init__(self, transaction: Transaction, today: dt.date) -> None:
        self._do = transaction.execute
        self._today = today
        self._agencies: dict[str, str] = {}
        self._subgroups: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._roles: dict[str, str] = {}

    def enter(self, directory: DirectorySettings) -> None:
        for agency in directory.agencies:
            stream = self._do(RegisterAgency(name=agency.name, kind=agency.kind)).stream
            self._agencies[agency.name] = stream
        for subgroup in directory.subgroups:
            self._subgroups[subgroup.name] = self._do(FormSubgroup(name=subgroup.name)).stream
        self._enter_people(directory.people)
        for role in directory.roles:
            self._enter_role(role)
        for subgroup in directory.subgroups:
            if subgroup.chair is not None:
                formed, chair = self._subgroups[subgroup.name], self._roles[subgroup.chair]
                self._do(SetChairRole(subgroup=formed, chair_role=chair))

    def _enter_people(self, people: tuple[PersonEntry, ...]) -> None:
        first, *others = people
        self._people[first.email] = FIRST_PERSON
        if first.agency is not None:
            self._do(ChangeAgency(person=FIRST_PERSON, agency=self._agencies[first.agency]))
        for person in others:
            agency = self._agencies[person.agency] if person.agency else None
            command = RegisterPerson(name=person.name, email=person.email, agency=agency)
            self._people[person.email] = self._do(command).stream

    def _enter_role(self, role: RoleEntry) -> None:
        command = CreateRole(
            title=role.title,
            office=role.office,
            agency=self._agencies[role.agency] if role.agency else None,
            subgroup=self._subgroups[role.subgroup] if role.subgroup else None,
        )
        stream = self._roles[role.title] = self._do(command).stream
        for alias in role.aliases:
            self._do(AddAlias(role=stream, alias=alias))
        if role.holder is not None:
            holder = self._people[role.holder]
            self._do(AppointHolder(role=stream, person=holder, from_on=self._today))
