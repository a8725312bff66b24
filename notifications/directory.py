"""Who can be told what on a day: people, roles and subgroups as the read models know them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from events.directory import Digest, Office
from events.refs import quoted
from notifications.addresses import usable_address
from projections.projection import Row
from projections.role_rows import tenure_of
from projections.store import View
from workflow.circumstances import Tenure

FOLLOWED = frozenset({"person", "role", "subgroup", "agency"})
"""The categories of streams on which a directory depends, besides what becomes of emails."""

REFUSALS: Final = "reminder_keys"
"""The read model that has, under people's names, whose address a mail server refused."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `address` is None where nothing can be sent. `last_day_on`: when they left.

    `digests_off`: what they do not want to get. `is_refused`: a mail server refused the address for
    good, and nothing was taken there, or put right, since. It is tried all the same, in case it
    works again, and whoever is next is told as well.
    """

    ref: str
    name: str
    address: str | None
    last_day_on: dt.date | None = None
    digests_off: frozenset[Digest] = frozenset()
    is_refused: bool = False

    @property
    def mailbox(self) -> str | None:
        """Return the address as one mailbox: capitals make no difference."""
        return self.address.casefold() if self.address is not None else None

    def reachable_on(self, day: dt.date) -> bool:
        """Tell whether they belong to the partnership that day and have an address."""
        return self.address is not None and not self.has_left_by(day)

    def has_left_by(self, day: dt.date) -> bool:
        """Tell whether their last day lies before a day."""
        return self.last_day_on is not None and self.last_day_on < day


@dataclass(frozen=True, slots=True)
class Role:
    """A role with everybody who ever held or covered it.

    `ended_on`: the day on which it was retired. Both days are None where nobody knows them.
    """

    ref: str
    title: str
    office: Office = Office.LEAD
    agency: str | None = None
    subgroup: str | None = None
    is_current: bool = True
    tenures: tuple[Tenure, ...] = ()
    covers: tuple[Tenure, ...] = ()
    aliases: tuple[str, ...] = ()
    created_on: dt.date | None = None
    ended_on: dt.date | None = None

    def is_called(self, words: str) -> bool:
        """Tell whether somebody means the role by its title, an alias or its reference."""
        said = " ".join(words.split()).casefold()
        names = (self.ref, quoted(self.ref), self.title, *self.aliases)
        return any(said == " ".join(name.split()).casefold() for name in names)


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A subgroup and the role that chairs it, where one is named."""

    ref: str
    name: str
    chair_role: str | None = None


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acts in a role on a day, as its holder or as cover for the holder."""

    person: str
    is_cover: bool = False


@dataclass(frozen=True, slots=True)
class Directory:
    """All people, roles, subgroups and agencies (by name), by reference.

    `has_refused`: whether anybody's address is refused.
    """

    people: Mapping[str, Person]
    roles: Mapping[str, Role]
    subgroups: Mapping[str, Subgroup]
    agencies: Mapping[str, str]
    _in_office: dict[Office, tuple[Role, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    has_refused: bool = field(init=False, repr=False, compare=False)
    _first_days: tuple[dt.date, ...] = field(init=False, repr=False, compare=False)
    _last_days: tuple[dt.date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        times = [time for role in self.roles.values() for time in (*role.tenures, *role.covers)]
        ends = [time.last_day_on for time in times]
        ends += [person.last_day_on for person in self.people.values()]
        worked_out = {
            "has_refused": any(person.is_refused for person in self.people.values()),
            "_first_days": tuple(sorted(time.from_on for time in times)),
            "_last_days": tuple(sorted(end for end in ends if end is not None)),
        }
        for name, value in worked_out.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, view: View) -> Directory:
        """Read the directory as a view shows it."""
        rows, refused = view.all("directory"), view.under(REFUSALS, "person-")
        people = ((ref, row) for ref, row in rows.items() if row["kind"] == "person")
        return cls(
            {ref: _person(ref, row, is_refused=ref in refused) for ref, row in people},
            {ref: _role(ref, row) for ref, row in rows.items() if row["kind"] == "role"},
            {ref: _subgroup(ref, row) for ref, row in rows.items() if row["kind"] == "subgroup"},
            {ref: row["name"] for ref, row in rows.items() if row["kind"] == "agency"},
        )

    def acting_in(self, role: str, day: dt.date) -> tuple[Acting, ...]:
        """Return who acts in a role on a day.

        Cover stands in for the holder, who is away and is told nothing meanwhile. Where several
        people hold the role nobody knows for whom the cover stands in, so all of them act.
        """
        found = self.roles.get(role)
        if found is None or not found.is_current:
            return ()
        holders = self._present(found.tenures, day)
        covers = [person for person in self._present(found.covers, day) if person not in holders]
        told = holders if len(holders) > 1 or not covers else []
        return (
            *(Acting(person) for person in told),
            *(Acting(person, is_cover=True) for person in covers),
        )

    def is_alike_on(self, day: dt.date, other: dt.date) -> bool:
        """Tell whether everybody who is there on one of two days is there on the other as well.

        That nobody begins, ends or leaves in between is enough to know it.
        """
        earlier, later = min(day, other), max(day, other)
        begin = bisect_right(self._first_days, later) - bisect_right(self._first_days, earlier)
        end = bisect_left(self._last_days, later) - bisect_left(self._last_days, earlier)
        return begin == end == 0

    def vacant_since(self, role: Role, day: dt.date) -> dt.date | None:
        """Return the first day on which nobody acted in a role, None if somebody does on the day.

        A holder who cannot be reached holds the role all the same. A role that nobody ever held is
        vacant since it was made.
        """
        if self.acting_in(role.ref, day):
            return None
        if not role.is_current:
            return role.ended_on
        times = [(time.from_on, self._end_of(time)) for time in (*role.tenures, *role.covers)]
        # Whoever left before their time began was never there.
        ends = [end for begun, end in times if end is not None and begun <= end < day]
        after = [end + dt.timedelta(days=1) for end in ends]
        return max(after, default=role.created_on)

    def chair_roles_of(self, subgroup: str) -> tuple[str, ...]:
        """Return the role that chairs a subgroup, or whichever roles are placed there as chair."""
        found = self.subgroups.get(subgroup)
        if found is not None and found.chair_role is not None:
            return (found.chair_role,)
        chairs = self.roles_in(Office.SUBGROUP_CHAIR)
        return tuple(role.ref for role in chairs if role.subgroup == subgroup)

    def roles_in(self, office: Office) -> tuple[Role, ...]:
        """Return the current roles of an office."""
        if office not in self._in_office:
            current = (role for role in self.roles.values() if role.is_current)
            self._in_office[office] = tuple(role for role in current if role.office is office)
        return self._in_office[office]

    def role_called(self, words: str) -> Role | None:
        """Return the role that is meant by a title, an alias or a reference; a current one first.

        Titles tell capitals and spaces apart no more than people do.
        """
        meant = [role for role in self.roles.values() if role.is_called(words)]
        return next((role for role in meant if role.is_current), meant[0] if meant else None)

    def mailboxes_of(self, people: Iterable[str]) -> frozenset[str]:
        """Return the mailboxes of people; several may share one."""
        known = (self.people[person].mailbox for person in people if person in self.people)
        return frozenset(mailbox for mailbox in known if mailbox is not None)

    def _end_of(self, time: Tenure) -> dt.date | None:
        """Return the last day of a tenure, which ends with who left the partnership."""
        person = self.people.get(time.person)
        ends = (time.last_day_on, person.last_day_on if person else None)
        return min((end for end in ends if end is not None), default=None)

    def _present(self, times: tuple[Tenure, ...], day: dt.date) -> list[str]:
        people = dict.fromkeys(time.person for time in times if time.holds_on(day))
        return [
            ref for ref in people if ref in self.people and not self.people[ref].has_left_by(day)
        ]


def _person(ref: str, row: Row, *, is_refused: bool) -> Person:
    return Person(
        ref,
        row["name"],
        usable_address(row["email"]),
        _day(row["last_day_on"]),
        frozenset(map(Digest, row["digests_off"])),
        is_refused,
    )


def _day(written: str | None) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _role(ref: str, row: Row) -> Role:
    return Role(
        ref,
        row["title"],
        Office(row["office"]),
        row["agency"],
        row["subgroup"],
        row["standing"] == "current",
        tuple(tenure_of(time) for time in row["tenures"]),
        tuple(tenure_of(time) for time in row["covers"].values()),
        tuple(row["aliases"].values()),
        _day(row["created_on"]),
        _day(row["ended_on"]),
    )


def _subgroup(ref: str, row: Row) -> Subgroup:
    return Subgroup(ref, row["name"], row["chair_role"])
