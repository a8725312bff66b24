"""Who should be told what on a day: worked out a second time, as plainly as possible.

Nothing here or in `digests` calls the planner or what it uses, but for the table of bank holidays,
the rules as configured, and the words for offices and occasions. It looks at every day and every
role anew and remembers nothing, so it is slow, and right by inspection.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from events.directory import Office
from notifications.rules import DEFAULT_RULES, Occasion, Recipient, Rule
from tests.notifications.simulation.digests import digest_of, digests_due
from tests.notifications.simulation.matter import Key, Matter, later, trigger_day
from tests.notifications.simulation.state import Item, Person, Role, State

RULES: Final = DEFAULT_RULES
REVIEW_EVERY: Final = 60
ABOVE: Final = (Recipient.DELEGATED_PARTNER, Recipient.EXECUTIVE, Recipient.SCRUTINEER)
WORK: Final = (Occasion.TARGET, Occasion.REVIEW, Occasion.RE_AUDIT)
ANSWER_WITHIN: Final = 5
WAIT_AT_MOST: Final = 10
GIVEN_BY_CHAIRS: Final = 2
"""So many times a chair gives more time; after that the executive decides."""


def expected(state: State, day: dt.date) -> frozenset[Key]:
    """Return everything of which somebody should have been told by a day, as things stand."""
    return frozenset(key for matter in matters(state, day) for key in _keys(state, day, matter))


def still_true(state: State, day: dt.date, key: Key) -> bool:
    """Tell whether a reminder may still be sent: the date stands, and it is theirs to know."""
    return any(
        key.person in told(state, day, matter, recipient)
        for matter, rule in meant(state, day, key)
        for recipient in rule.recipients
    )


def meant(state: State, day: dt.date, key: Key) -> list[tuple[Matter, Rule]]:
    """Return the matters that a reminder is about, with its rule."""
    known = [*matters(state, day), *_vacancies(state, day, [key.item])]
    known += digest_of(state, day, key.item)
    return [
        (matter, rule)
        for matter in known
        for rule in RULES
        if (matter.item, matter.on, rule.name) == (key.item, key.on, key.rule)
        and matter.occasion in rule.occasions
    ]


def matters(state: State, day: dt.date) -> Iterator[Matter]:
    """Yield everything that has a date, as things stand on a day."""
    leading: list[str] = []
    dated: list[Matter] = []
    for ref, item in state.items.items():
        if not item.has_ended:
            leading += item.leads
            dated += _dates_of(ref, item)
    for ref, watch in state.watches.items():
        occasion = Occasion.CLOCK if watch.is_clock else Occasion.RE_AUDIT
        # An audit whose clock ran goes on; one that is to be audited again is closed.
        leading += watch.leads if watch.is_clock else ()
        if not watch.is_over:
            dated.append(Matter(ref, watch.due, occasion, watch.leads, watch.subgroups))
    yield from dated
    yield from digests_due(state, day, dated)
    yield from _vacancies(state, day, dict.fromkeys(leading))
    for person, refused_on in state.refused.items():
        if not _has_left(state, person, day):
            yield Matter(person, refused_on, Occasion.ADDRESS)


def acting(state: State, role: str, day: dt.date) -> list[str]:
    """Return who holds or covers a role: the cover alone, where it is known for whom they stand."""
    found = state.roles.get(role)
    if found is None:
        return []
    here = [span for span in found.holders if span.includes(day)]
    holders = [span.person for span in here if not _has_left(state, span.person, day)]
    if not found.covers:
        return list(dict.fromkeys(holders))
    there = [span for _, span in found.covers if span.includes(day)]
    covers = [span.person for span in there if not _has_left(state, span.person, day)]
    covers = [person for person in covers if person not in holders]
    return [*dict.fromkeys(holders), *covers] if len(set(holders)) > 1 or not covers else covers


def told(state: State, day: dt.date, matter: Matter, recipient: object) -> set[str]:
    """Return whom a recipient of a rule means."""
    match recipient:
        case Recipient.LEAD | Recipient.SUBGROUP_CHAIR if matter.waits:
            return _or_next(state, _judges(state, day, matter), _manager(state, day))
        case Recipient.LEAD:
            return _leads(state, day, matter)
        case Recipient.SUBGROUP_CHAIR:
            return _chairs(state, day, matter)
        case Recipient.DECIDER:
            return _deciders(state, day, matter)
        case Recipient.BUSINESS_MANAGER:
            return _manager(state, day)
        case Recipient.DELEGATED_PARTNER:
            return _office_or_manager(state, day, Office.DELEGATED_PARTNER)
        case Recipient.EXECUTIVE:
            return _office_or_manager(state, day, Office.EXECUTIVE)
        case Recipient.SCRUTINEER:
            return _office_or_manager(state, day, Office.SCRUTINEER)
        case _:
            raise AssertionError(recipient)


def _dates_of(ref: str, item: Item) -> Iterator[Matter]:
    def matter(on: dt.date, occasion: Occasion) -> Matter:
        who = item.reported_by if item.is_submitted else None
        return Matter(ref, on, occasion, item.leads, item.subgroups, item.is_submitted, who)

    reported_on = item.reported_on if item.is_submitted else None
    if reported_on is not None and (item.due is None or item.due < reported_on):
        yield matter(reported_on, Occasion.TARGET)
    elif item.due is not None:
        yield matter(item.due, Occasion.TARGET)
    if item.rests_until is not None and item.rests_until != item.due:
        yield matter(item.rests_until, Occasion.REVIEW)
    if item.rests_until is None and item.due is None and reported_on is None:
        yield matter(later(item.heard_on, REVIEW_EVERY), Occasion.REVIEW)
    if item.asked is not None:
        by, on = item.asked.by, item.asked.on
        third = item.granted >= GIVEN_BY_CHAIRS
        yield Matter(
            ref, on, Occasion.DECISION, item.leads, item.subgroups, asked_by=by, for_executive=third
        )


def _vacancies(state: State, day: dt.date, roles: Iterable[str]) -> Iterator[Matter]:
    for ref in roles:
        role = state.roles.get(ref)
        if role is not None and not acting(state, ref, day):
            spans = (*role.holders, *(span for _, span in role.covers))
            people = sorted({span.person for span in spans})
            last_days = tuple((person, state.people[person].last_day) for person in people)
            since = _vacant_since(role, last_days, day)
            yield Matter(ref, since, Occasion.VACANCY, (ref,))


@lru_cache(maxsize=20_000)
def _vacant_since(
    role: Role, last_days: tuple[tuple[str, dt.date | None], ...], day: dt.date
) -> dt.date:
    """Go back day by day while nobody was there. `last_days`: those of its people."""
    people = {person: Person(None, last_day) for person, last_day in last_days}
    yesterday = day - dt.timedelta(days=1)
    if yesterday < role.since or acting(State(people, {"": role}), "", yesterday):
        return day
    return _vacant_since(role, last_days, yesterday)


def _keys(state: State, day: dt.date, matter: Matter) -> list[Key]:
    """Return for each person the latest rule that was triggered and names them."""
    triggered = [
        rule
        for rule in RULES
        if matter.occasion in rule.occasions and trigger_day(matter.on, rule.offset_days) <= day
    ]
    climbed = _climb(state, day, matter, triggered)
    above = [key for key in climbed if _is_above(key.rule)]
    if above and matter.occasion in WORK and _must_wait(state, day, matter, above, triggered):
        return _climb(state, day, matter, [one for one in triggered if not _is_above(one.name)])
    return climbed


def _climb(state: State, day: dt.date, matter: Matter, rules: Iterable[Rule]) -> list[Key]:
    keys: dict[str, Key] = {}
    for rule in sorted(rules, key=lambda rule: rule.offset_days, reverse=True):
        people = {p for recipient in rule.recipients for p in told(state, day, matter, recipient)}
        for person in sorted(people):
            keys.setdefault(person, Key(matter.item, matter.on, rule.name, person))
    return list(keys.values())


def _is_above(rule: str) -> bool:
    return any(one.name == rule and set(one.recipients) <= set(ABOVE) for one in RULES)


def _must_wait(
    state: State, day: dt.date, matter: Matter, above: list[Key], triggered: list[Rule]
) -> bool:
    """Tell whether those above hear of a date later, since the leads have yet to have their week.

    Nobody waits longer than two weeks from the first email about it, nor once one above was told.
    """
    words = state.words.get((matter.item, matter.on), ())
    said = {(word.rule, word.person) for word in words if word.counts}
    if any((key.rule, key.person) in said for key in above):
        return False
    if not any(Recipient.LEAD in rule.recipients for rule in triggered):
        return False
    leads = told(state, day, matter, Recipient.LEAD)
    if not leads or any(word.planned <= later(day, -WAIT_AT_MOST) for word in words):
        return False
    of_leads = [word for word in words if word.person in leads or word.role in matter.leads]
    week_ago = later(day, -ANSWER_WITHIN)
    return not any(word.left is not None and word.left <= week_ago for word in of_leads)


def _or_next(state: State, found: set[str], next_in_line: set[str]) -> set[str]:
    """Return who was found; those next in line as well, unless an email reaches any of them."""
    return found if found - state.refused.keys() else found | next_in_line


def _leads(state: State, day: dt.date, matter: Matter) -> set[str]:
    found: set[str] = set()
    manager = _manager(state, day)
    for ref in matter.leads:
        subgroup = state.roles[ref].subgroup
        own = [subgroup] if subgroup else matter.subgroups
        chairs = {p for one in own for p in _chair_of(state, day, one)}
        fallen = _or_next(state, chairs, manager)
        found |= _or_next(state, _reachable(state, day, ref), fallen)
    if matter.leads:
        return found
    for subgroup in matter.subgroups:
        found |= _or_next(state, _chair_of(state, day, subgroup), manager)
    return found if matter.subgroups else manager


def _chairs(state: State, day: dt.date, matter: Matter) -> set[str]:
    of_roles = [state.roles[ref].subgroup for ref in matter.leads]
    subgroups = {*matter.subgroups, *(one for one in of_roles if one)}
    found: set[str] = set()
    manager = _manager(state, day)
    for subgroup in subgroups:
        found |= _or_next(state, _chair_of(state, day, subgroup), manager)
    return found if subgroups else manager


def _deciders(state: State, day: dt.date, matter: Matter) -> set[str]:
    able = _judges(state, day, matter)
    if matter.for_executive:
        able = _office_or_manager(state, day, Office.EXECUTIVE) - _barred(state, day, matter)
    return _or_next(state, able, _manager(state, day))


def _judges(state: State, day: dt.date, matter: Matter) -> set[str]:
    """Return the nearest who may judge: neither who asked for it nor who leads it."""
    offices = (Office.DELEGATED_PARTNER, Office.EXECUTIVE)
    circles = [_chairs(state, day, matter), _manager(state, day)]
    circles += [_office_or_manager(state, day, one) for one in offices]
    barred = _barred(state, day, matter)
    found: set[str] = set()
    for circle in circles:
        found = _or_next(state, found, circle - barred)
    return found


def _barred(state: State, day: dt.date, matter: Matter) -> set[str]:
    leads = {person for role in matter.leads for person in acting(state, role, day)}
    return leads | {matter.asked_by or ""}


def _manager(state: State, day: dt.date) -> set[str]:
    """Return who manages, and the nearest above whom an email reaches where none reaches them."""
    found = _in_office(state, day, Office.BUSINESS_MANAGER)
    offices = (Office.EXECUTIVE, Office.DELEGATED_PARTNER, Office.SCRUTINEER)
    above = (_in_office(state, day, office) for office in offices)
    heard = (some for some in above if some - state.refused.keys())
    return _or_next(state, found, next(heard, set())) if found else found


def _office_or_manager(state: State, day: dt.date, office: Office) -> set[str]:
    return _or_next(state, _in_office(state, day, office), _manager(state, day))


def _in_office(state: State, day: dt.date, office: Office) -> set[str]:
    roles = [ref for ref, role in state.roles.items() if role.office is office]
    return {person for ref in roles for person in _reachable(state, day, ref)}


def _chair_of(state: State, day: dt.date, subgroup: str) -> set[str]:
    named = state.chairs.get(subgroup)
    if named is not None:
        return _reachable(state, day, named)
    placed = [
        ref
        for ref, role in state.roles.items()
        if role.office is Office.SUBGROUP_CHAIR and role.subgroup == subgroup
    ]
    return {person for ref in placed for person in _reachable(state, day, ref)}


def _reachable(state: State, day: dt.date, role: str) -> set[str]:
    return {p for p in acting(state, role, day) if state.people[p].address is not None}


def _has_left(state: State, person: str, day: dt.date) -> bool:
    last_day = state.people[person].last_day
    return last_day is not None and last_day < day
