"""Who is who: roles with their holders over time, gaps first; people, subgroups and agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from events.refs import order_of, quoted
from projections.board_lines import BoardLine
from projections.names import Names
from projections.projection import Row
from projections.role_rows import role_facts
from workflow.circumstances import Tenure
from workflow.role_tenures import describe_time


@dataclass(frozen=True, slots=True)
class Time:
    """A time for which somebody holds or covers a role; `is_now`: on the day that is shown."""

    ref: str
    name: str
    words: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Post:
    """A role. `holders` and `covers` are over time, the latest first.

    `acting`: who acts in it on the day; `open_items`: how much it leads that is not done.
    """

    ref: str
    title: str
    office: str
    subgroup: str
    acting: tuple[str, ...]
    holders: tuple[Time, ...]
    covers: tuple[Time, ...]
    spellings: tuple[str, ...]
    open_items: int
    ended: bool

    @property
    def is_gap(self) -> bool:
        """Tell whether nobody acts in it, though it still stands."""
        return not self.acting and not self.ended


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the partnership. `roles`: in which they act on the day, with the references."""

    ref: str
    name: str
    email: str
    agency: str
    roles: tuple[tuple[str, str], ...]
    left_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A subgroup with its chair's role, or an agency with its sector."""

    ref: str
    name: str
    about: str
    people: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """The directory of a day; what has ended comes last in each list."""

    posts: tuple[Post, ...]
    members: tuple[Member, ...]
    subgroups: tuple[Group, ...]
    agencies: tuple[Group, ...]

    @property
    def gaps(self) -> tuple[Post, ...]:
        """Return the roles in which nobody acts, those that lead most first."""
        found = (post for post in self.posts if post.is_gap)
        return tuple(sorted(found, key=lambda post: -post.open_items))


def roster(names: Names, lines: tuple[BoardLine, ...]) -> Roster:
    """Return the directory of the day of the names. `lines`: the board of that day."""
    led: dict[str, int] = {}
    for line in lines:
        for lead in () if line.ended else line.leads:
            led[lead.ref] = led.get(lead.ref, 0) + 1
    posts = [_post(ref, row, names, led.get(ref, 0)) for ref, row in _of(names, "role")]
    members = [_member(ref, row, names) for ref, row in _of(names, "person")]
    return Roster(
        tuple(sorted(posts, key=lambda one: (one.ended, one.title.casefold()))),
        tuple(sorted(members, key=lambda one: (one.left_on is not None, one.name.casefold()))),
        tuple(_subgroup(ref, row, names) for ref, row in _of(names, "subgroup")),
        tuple(_agency(ref, row, members) for ref, row in _of(names, "agency")),
    )


def _of(names: Names, kind: str) -> list[tuple[str, Row]]:
    return sorted(names.of_kind(kind), key=lambda pair: order_of(pair[0]))


def _post(ref: str, row: Row, names: Names, open_items: int) -> Post:
    facts = role_facts(ref, row)
    return Post(
        quoted(ref),
        row["title"],
        row["office"].replace("_", " "),
        names.called(row["subgroup"]) if row["subgroup"] else "",
        tuple(names.called(person) for person in names.holders_of(ref)),
        tuple(_times(facts.tenures, names)),
        tuple(_times(facts.covers, names)),
        tuple(row["aliases"].values()),
        open_items,
        facts.retired,
    )


def _times(times: tuple[Tenure, ...], names: Names) -> Iterator[Time]:
    for time in sorted(times, key=lambda one: one.from_on, reverse=True):
        name = names.called(time.person)
        yield Time(quoted(time.person), name, describe_time(time), time.holds_on(names.on))


def _member(ref: str, row: Row, names: Names) -> Member:
    left = row["last_day_on"]
    acting = [role for role, _ in _of(names, "role") if ref in names.holders_of(role)]
    return Member(
        quoted(ref),
        row["name"],
        row["email"] or "",
        names.called(row["agency"]) if row["agency"] else "",
        tuple((quoted(role), names.called(role)) for role in acting),
        dt.date.fromisoformat(left) if left and left < names.on.isoformat() else None,
    )


def _subgroup(ref: str, row: Row, names: Names) -> Group:
    chair = row["chair_role"]
    people = tuple(names.called(person) for person in names.holders_of(ref))
    about = names.called(chair) if chair else "no role chairs it"
    return Group(quoted(ref), row["name"], about, people, row["standing"] == "ended")


def _agency(ref: str, row: Row, members: list[Member]) -> Group:
    people = tuple(one.name for one in members if one.agency == row["name"] and not one.left_on)
    sector = row["sector"].replace("_", " ")
    return Group(quoted(ref), row["name"], sector, people, row["standing"] == "ended")
