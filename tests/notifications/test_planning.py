from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from events.directory import Office
from notifications.directory import Directory, Subgroup
from notifications.planning import Already, PlanningReport, plan
from notifications.rules import DEFAULT_RULES, Occasion, Rule
from notifications.subject import Audience, Subject
from notifications.subjects_of_digests import DIGESTS
from projections.reminder_keys import reminder_key
from tests.notifications.directories import (
    CALENDAR,
    CHAIR,
    EXECUTIVE,
    LEAD,
    MANAGER,
    PARTNER,
    SCRUTINEER,
    directory,
    office_holders,
    person,
    role,
    subject,
)
from workflow.working_days import england

DUE = dt.date(2024, 12, 31)
ACTION = subject(target_on=DUE)
HOUSE = office_holders()
NOTHING = Already()


class Diary:
    """Plans day after day and remembers, as the log and the outbox do."""

    def __init__(self, house: Directory = HOUSE, rules: tuple[Rule, ...] = DEFAULT_RULES) -> None:
        self.house, self.rules = house, rules
        self.keys: set[str] = set()
        self.sent: list[tuple[dt.date, str, str, str]] = []

    def on(self, day: dt.date, *subjects: Subject) -> PlanningReport:
        busy = frozenset(who for when, who, _, _ in self.sent if when == day)
        report = plan(subjects, self.house, Already(self.keys, busy), self.rules, day, CALENDAR)
        for email in report.emails:
            for item in email.items:
                self.keys.add(item.key)
                self.sent.append((day, email.person, item.subject.item, item.rule))
        return report

    def between(self, first: dt.date, last: dt.date, *subjects: Subject) -> None:
        for offset in range((last - first).days + 1):
            self.on(first + dt.timedelta(days=offset), *subjects)


def test_the_ladder_is_climbed_step_by_step() -> None:
    diary = Diary()

    diary.between(dt.date(2024, 11, 1), dt.date(2025, 6, 30), ACTION)

    assert [(when, who, rule) for when, who, _, rule in diary.sent] == [
        (dt.date(2024, 11, 29), LEAD, "before-20"),
        (dt.date(2024, 12, 20), LEAD, "before-5"),
        (dt.date(2025, 1, 2), LEAD, "after-1"),
        (dt.date(2025, 1, 8), LEAD, "after-5"),
        (dt.date(2025, 1, 8), CHAIR, "after-5"),
        (dt.date(2025, 1, 22), MANAGER, "after-15"),
        (dt.date(2025, 2, 12), PARTNER, "after-30"),
        (dt.date(2025, 3, 26), EXECUTIVE, "after-60"),
        (dt.date(2025, 3, 26), SCRUTINEER, "after-60"),
    ]


def test_after_ten_days_without_a_worker_there_is_one_catch_up_and_nothing_dropped() -> None:
    diary = Diary()
    diary.between(dt.date(2024, 11, 1), dt.date(2024, 12, 19), ACTION)

    report = diary.on(dt.date(2025, 1, 3), ACTION)

    assert [(email.person, [item.rule for item in email.items]) for email in report.emails] == [
        (LEAD, ["after-1"])
    ]


def test_everything_of_a_person_comes_in_one_email_the_most_urgent_first() -> None:
    later = subject("action-10", dt.date(2025, 1, 6))
    same_day = subject("action-2", DUE)

    report = plan(
        [later, ACTION, same_day], HOUSE, NOTHING, DEFAULT_RULES, dt.date(2025, 1, 2), CALENDAR
    )

    assert [[item.subject.item for item in email.items] for email in report.emails] == [
        ["action-1", "action-2", "action-10"]
    ]


def test_whoever_has_an_email_of_this_day_waits_for_the_next_working_day() -> None:
    diary = Diary()
    diary.on(dt.date(2025, 1, 2), ACTION)
    new = subject("action-2", DUE)

    waited = diary.on(dt.date(2025, 1, 2), ACTION, new)
    next_day = diary.on(dt.date(2025, 1, 3), ACTION, new)

    assert (waited.emails, waited.waiting) == ((), (LEAD,))
    assert [item.subject for email in next_day.emails for item in email.items] == [new]


def test_nobody_is_written_to_on_a_weekend_or_a_bank_holiday() -> None:
    for day in (dt.date(2024, 12, 25), dt.date(2025, 1, 4), dt.date(2025, 1, 5)):
        report = plan([ACTION], HOUSE, NOTHING, DEFAULT_RULES, day, CALENDAR)

        assert not report.is_working_day
        assert report.emails == ()


def test_emails_leave_on_the_chosen_days_alone_and_nothing_due_is_lost() -> None:
    tuesdays = england(contact_weekdays={1})
    due = [subject("action-1", dt.date(2024, 12, 30)), subject("action-2", dt.date(2025, 1, 10))]
    told: dict[dt.date, list[str]] = {}
    keys: set[str] = set()
    for offset in range(40):
        day = dt.date(2024, 12, 16) + dt.timedelta(days=offset)
        report = plan(due, HOUSE, Already(keys), DEFAULT_RULES, day, tuesdays)
        for email in report.emails:
            if email.person == LEAD:
                told[day] = [f"{item.subject.item} {item.rule}" for item in email.items]
            keys.update(item.key for item in email.items)

    assert told == {
        dt.date(2024, 12, 17): ["action-1 before-20", "action-2 before-20"],
        dt.date(2024, 12, 24): ["action-1 before-5"],
        dt.date(2024, 12, 31): ["action-1 after-1"],
        dt.date(2025, 1, 7): ["action-1 after-5", "action-2 before-5"],
        dt.date(2025, 1, 14): ["action-2 after-1"],
        dt.date(2025, 1, 21): ["action-2 after-5"],
    }


def test_a_date_that_moves_away_and_back_brings_nothing_twice() -> None:
    diary = Diary()
    moved = replace(ACTION, target_on=dt.date(2025, 2, 28))
    diary.on(dt.date(2024, 12, 20), ACTION)
    diary.on(dt.date(2024, 12, 23), moved)

    diary.on(dt.date(2024, 12, 24), ACTION)

    assert [rule for _, _, _, rule in diary.sent] == ["before-5"]


def test_a_new_holder_is_told_what_stands_open_once() -> None:
    diary = Diary()
    diary.between(dt.date(2024, 11, 1), dt.date(2025, 1, 10), ACTION)
    diary.house = replace(
        HOUSE,
        people={**HOUSE.people, "person-9": person(9)},
        roles={**HOUSE.roles, "role-1": role(1, "person-9", subgroup="subgroup-1")},
    )

    diary.between(dt.date(2025, 1, 13), dt.date(2025, 1, 17), ACTION)

    assert diary.sent[-1] == (dt.date(2025, 1, 13), "person-9", "action-1", "after-5")
    assert Counter(who for _, who, _, _ in diary.sent)["person-9"] == 1


def test_somebody_who_is_lead_and_manager_is_told_once_under_the_latest_rule() -> None:
    house = replace(
        HOUSE, roles={**HOUSE.roles, "role-3": role(3, LEAD, office=Office.BUSINESS_MANAGER)}
    )

    report = plan([ACTION], house, NOTHING, DEFAULT_RULES, dt.date(2025, 1, 22), CALENDAR)

    rules = {email.person: [item.rule for item in email.items] for email in report.emails}
    assert rules == {LEAD: ["after-15"], CHAIR: ["after-5"]}


def test_keys_are_those_of_the_read_model() -> None:
    report = plan([ACTION], HOUSE, NOTHING, DEFAULT_RULES, dt.date(2025, 1, 2), CALENDAR)

    ((item,),) = [email.items for email in report.emails]
    assert item.key == reminder_key("action-1", DUE, "after-1", LEAD)


def test_what_nobody_can_be_told_is_reported() -> None:
    house = directory([person(1, address=None)], [role(1, "person-1")])

    report = plan([ACTION], house, NOTHING, DEFAULT_RULES, dt.date(2025, 1, 2), CALENDAR)

    assert report.emails == ()
    assert [(one.item, one.rule) for one in report.untold] == [("action-1", "after-1")]
    assert report.unreachable == (("person-1", ("role-1",)),)


def test_people_who_share_a_mailbox_are_told_on_one_day_after_the_other() -> None:
    shared = {LEAD: "Office@example.org", CHAIR: "office@Example.org"}
    people = {
        ref: replace(one, address=shared.get(ref, one.address)) for ref, one in HOUSE.people.items()
    }
    diary = Diary(replace(HOUSE, people=people))
    diary.keys.add(reminder_key("action-1", DUE, "after-1", LEAD))

    diary.between(dt.date(2025, 1, 8), dt.date(2025, 1, 10), ACTION)

    assert [(when, who) for when, who, _, _ in diary.sent] == [
        (dt.date(2025, 1, 8), LEAD),
        (dt.date(2025, 1, 9), CHAIR),
    ]


def test_a_shared_mailbox_that_had_its_email_waits_whoever_it_is_for() -> None:
    people = {
        **HOUSE.people,
        MANAGER: replace(HOUSE.people[MANAGER], address="PERSON1@example.org"),
    }
    already = Already(busy=frozenset({MANAGER}))
    house = replace(HOUSE, people=people)

    report = plan([ACTION], house, already, DEFAULT_RULES, dt.date(2025, 1, 2), CALENDAR)

    assert (report.emails, report.waiting) == ((), (LEAD,))


NUMBERS = st.integers(1, 6)


@st.composite
def houses(draw: st.DrawFn) -> Directory:
    """Draw a directory in which roles may be empty and people without an address."""
    people = [
        person(number, address=draw(st.sampled_from(["given", "given", None])))
        for number in range(1, 7)
    ]
    roles = [
        role(
            number,
            *draw(st.lists(NUMBERS.map("person-{}".format), max_size=2, unique=True)),
            office=draw(st.sampled_from(Office)),
            subgroup=draw(st.sampled_from([None, "subgroup-1", "subgroup-2"])),
        )
        for number in range(1, 7)
    ]
    chair = draw(st.sampled_from([None, "role-1", "role-5"]))
    subgroups = (Subgroup("subgroup-1", "One", chair), Subgroup("subgroup-2", "Two"))
    return directory(people, roles, subgroups)


AUDIENCES = st.builds(
    Audience,
    st.lists(NUMBERS.map("role-{}".format), max_size=2, unique=True).map(tuple),
    st.lists(st.sampled_from(["subgroup-1", "subgroup-2"]), max_size=1).map(tuple),
    st.just(()),
    st.booleans(),
)
DATES = st.dates(dt.date(2024, 9, 1), dt.date(2025, 3, 31))
SUBJECTS = st.lists(
    st.builds(
        Subject,
        st.integers(1, 30).map("action-{}".format),
        DATES,
        st.sampled_from(Occasion),
        AUDIENCES,
    ),
    max_size=8,
    unique_by=lambda one: one.item,
)


@given(houses(), SUBJECTS, DATES)
def test_planning_twice_plans_nothing_new(
    house: Directory, subjects: list[Subject], day: dt.date
) -> None:
    diary = Diary(house)
    diary.on(day, *subjects)

    again = plan(subjects, house, Already(diary.keys), DEFAULT_RULES, day, CALENDAR)

    assert again.emails == ()
    assert again.waiting == ()


@given(houses(), SUBJECTS, DATES)
def test_everything_due_reaches_somebody_or_is_reported(
    house: Directory, subjects: list[Subject], day: dt.date
) -> None:
    day = CALENDAR.on_or_after(day)
    report = plan(subjects, house, NOTHING, DEFAULT_RULES, day, CALENDAR)
    told = {item.subject.item for email in report.emails for item in email.items}
    reported = {one.item for one in report.untold}

    for one in subjects:
        first = min(
            CALENDAR.add(one.target_on, rule.offset_days)
            for rule in DEFAULT_RULES
            if one.occasion in rule.occasions
        )
        if one.occasion in DIGESTS:
            # That nobody can be told a digest is no deadline that anybody misses.
            assert one.item not in reported
            assert first <= day or one.item not in told
        else:
            assert (one.item in told | reported) == (first <= day)


@given(houses(), SUBJECTS, DATES, st.integers(1, 40))
def test_nobody_gets_two_emails_on_a_day_or_the_same_thing_twice(
    house: Directory, subjects: list[Subject], first: dt.date, days: int
) -> None:
    diary = Diary(house)
    for offset in range(days):
        report = diary.on(first + dt.timedelta(days=offset), *subjects)
        people = [email.person for email in report.emails]
        assert len(people) == len(set(people))

    assert len(diary.sent) == len(diary.keys)
    assert all(CALENDAR.is_working_day(when) for when, _, _, _ in diary.sent)


@given(SUBJECTS, st.lists(st.booleans(), min_size=60, max_size=60))
def test_an_outage_delays_and_never_multiplies(subjects: list[Subject], runs: list[bool]) -> None:
    """Whoever was to hear the last step by the end has heard it, on whatever days it ran."""
    first = dt.date(2024, 12, 2)
    steady, broken = Diary(), Diary()
    for offset, runs_today in enumerate(runs):
        day = first + dt.timedelta(days=offset)
        steady.on(day, *subjects)
        if runs_today:
            broken.on(day, *subjects)
    last = CALENDAR.on_or_after(first + dt.timedelta(days=len(runs)))
    steady.on(last, *subjects)
    broken.on(last, *subjects)

    assert broken.keys <= steady.keys
    assert _last_steps(broken) == _last_steps(steady)


def test_each_occurrence_is_planned_once_over_fifty_years_of_days() -> None:
    """Every day from 2000 to 2050, through leap days and both changes of the clock."""
    due = [dt.date(year, month, 28) for year in range(2000, 2051) for month in (2, 3, 10)]
    due += [dt.date(year, 2, 29) for year in range(2000, 2051, 4)]
    subjects = [subject(f"action-{number}", day) for number, day in enumerate(due, start=1)]
    near: dict[dt.date, list[Subject]] = {}
    for one in subjects:
        for offset in range(-40, 140):
            near.setdefault(one.target_on + dt.timedelta(days=offset), []).append(one)
    diary = Diary()

    for ordinal in range(dt.date(1999, 12, 1).toordinal(), dt.date(2051, 4, 30).toordinal()):
        day = dt.date.fromordinal(ordinal)
        diary.on(day, *near.get(day, ()))

    told = Counter((item, rule) for _, _, item, rule in diary.sent)
    ladder = [rule for rule in DEFAULT_RULES if Occasion.TARGET in rule.occasions]
    steps = {rule.name: len(rule.recipients) for rule in ladder}
    assert told == {(one.item, name): times for one in subjects for name, times in steps.items()}
    assert all(CALENDAR.is_working_day(when) for when, _, _, _ in diary.sent)


def _last_steps(diary: Diary) -> dict[tuple[str, str], str]:
    order = {rule.name: rule.offset_days for rule in DEFAULT_RULES}
    found: dict[tuple[str, str], str] = {}
    for _, who, item, rule in diary.sent:
        before = found.get((who, item))
        if before is None or order[rule] > order[before]:
            found[who, item] = rule
    return found


ITEMS_OF = {
    Occasion.TARGET: "action-1",
    Occasion.REVIEW: "action-2",
    Occasion.IMPACT: "recommendation-1",
    Occasion.RE_AUDIT: "audit-1",
    Occasion.CLOCK: "audit-1/clock-1",
    Occasion.DECISION: "action-1",
    Occasion.ADDRESS: "person-2",
    Occasion.VACANCY: "role-3",
    Occasion.WEEKLY_DIGEST: "subgroup-1",
    Occasion.MONTHLY_DIGEST: "role-3",
}
"""A thing on which each occasion can fall; where two can fall on one, both do."""


@settings(deadline=None, max_examples=30)
@given(st.sets(st.sampled_from(Occasion), min_size=1), DATES)
def test_things_of_every_kind_that_fall_on_one_day_are_each_told_step_by_step(
    occasions: set[Occasion], near: dt.date
) -> None:
    # On a day that is not worked, a rule for the day itself and the one after it are one.
    falls_on = CALENDAR.on_or_after(near)
    subjects = [
        Subject(ITEMS_OF[occasion], falls_on, occasion, Audience(("role-1",), ("subgroup-1",)))
        for occasion in sorted(occasions)
    ]
    diary = Diary()

    diary.between(CALENDAR.add(falls_on, -21), CALENDAR.add(falls_on, 61), *subjects)

    told = Counter((item, rule) for _, _, item, rule in diary.sent)
    assert told == Counter(
        (ITEMS_OF[occasion], rule.name)
        for occasion in occasions
        for rule in DEFAULT_RULES
        if occasion in rule.occasions
        for _ in rule.recipients
    )
    assert len(diary.keys) == len(diary.sent)


def test_things_of_every_kind_come_in_one_email_in_the_order_of_their_dates() -> None:
    day = dt.date(2025, 1, 22)
    subjects = [
        Subject(ITEMS_OF[occasion], DUE, occasion, Audience(("role-1",), ("subgroup-1",)))
        for occasion in Occasion
    ]

    report = plan(subjects, HOUSE, NOTHING, DEFAULT_RULES, day, CALENDAR)

    (managers,) = [email for email in report.emails if email.person == MANAGER]
    assert [item.subject.item for item in managers.items] == [
        "action-1",
        "action-1",
        "action-2",
        "audit-1",
        "audit-1/clock-1",
        "person-2",
        "recommendation-1",
        "role-3",
        "role-3",
    ]
