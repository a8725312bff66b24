from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from events.action import ActionCreated
from events.audit import AuditKind, AuditPlanned, FindingDrafted, FindingKind
from events.directory import (
    Access,
    AccessGranted,
    AccessRevoked,
    AgencyClosed,
    AgencyRegistered,
    CoverArranged,
    CoverEnded,
    Digest,
    DigestSwitchedOff,
    DigestSwitchedOn,
    HolderAppointed,
    HolderStoodDown,
    Office,
    PersonLeft,
    PersonRegistered,
    RoleAliasAdded,
    RoleCreated,
    RoleRetired,
    SubgroupChairRoleSet,
    SubgroupFormed,
)
from events.plan import PlanAdopted, PriorityAdded
from events.recommendation import (
    RecommendationImpactDue,
    RecommendationImpactShown,
    RecommendationProposed,
)
from projections.known import KnownFrom, facts_about, subject_facts
from tests.projections.folds import Tale, target
from workflow.action_commands import CreateAction, RewordAction
from workflow.audit_commands import PlanAudit
from workflow.circumstances import Grant
from workflow.extension_commands import WithdrawExtension
from workflow.finding_commands import AgreeFinding
from workflow.permissions import SubjectFacts
from workflow.person_commands import RegisterPerson, SwitchOffDigest
from workflow.plan_commands import AdoptPlan
from workflow.recommendation_commands import ProposeRecommendation
from workflow.role_commands import CreateRole

FIRST = dt.date(2025, 1, 6)


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


def directory() -> Tale:
    """Return a tale with two people, an agency, a subgroup, and a role that person 1 holds."""
    return (
        Tale("2025-01-06")
        .tell("agency-1", AgencyRegistered(name="Example Police"))
        .tell("subgroup-1", SubgroupFormed(name="Quality"))
        .tell("person-1", PersonRegistered(name="Pat", agency="agency-1"))
        .tell("person-2", PersonRegistered(name="Sam"))
        .tell("role-1", RoleCreated(title="Lead", agency="agency-1", subgroup="subgroup-1"))
        .tell("role-1", HolderAppointed(person="person-1", from_on=FIRST))
    )


def known(tale: Tale, today: str | None = None) -> KnownFrom:
    view = tale.view()
    return KnownFrom(view.get, day(today) if today else None, view.all)


def test_business_managers_of_the_whole_act_by_role_or_by_name_while_they_are_there() -> None:
    manager = RoleCreated(title="Manager", office=Office.BUSINESS_MANAGER)
    tale = (
        directory()
        .tell("person-3", PersonRegistered(name="Kim"))
        .tell("role-2", manager)
        .tell("role-2", HolderAppointed(person="person-1", from_on=day("2025-02-03")))
        .tell("person-2", AccessGranted(access=Access.BUSINESS_MANAGER))
        .tell("person-3", AccessGranted(access=Access.BUSINESS_MANAGER, agency="agency-1"))
        .tell("person-2", PersonLeft(last_day_on=day("2025-02-28")))
    )
    on = [known(tale).managers_on(day(on)) for on in ("2025-02-02", "2025-02-28", "2025-03-01")]
    assert on == [{"person-2"}, {"person-1", "person-2"}, {"person-1"}]


def test_who_has_an_address_is_found_whatever_its_capitals_until_they_leave() -> None:
    tale = (
        directory()
        .tell("person-3", PersonRegistered(name="Kim", email="kim@example.org"))
        .tell("person-3", PersonLeft(last_day_on=day("2025-02-28")))
    )
    assert known(tale, "2025-02-28").holder_of_address("KIM@example.org") == "person-3"
    assert known(tale, "2025-03-01").holder_of_address("kim@example.org") is None
    assert known(tale).holder_of_address("kim@example.org") is None
    assert known(tale, "2025-02-28").holder_of_address("pat@example.org") is None


def test_an_entry_is_found_by_any_of_its_names_while_it_is_current() -> None:
    tale = directory().tell("role-1", RoleAliasAdded(number=1, alias="The Lead"))
    found = known(tale)
    assert found.entry_called("role", "LEAD") == "role-1"
    assert found.entry_called("role", "the lead") == "role-1"
    assert found.entry_called("agency", "example  police") == "agency-1"
    assert found.entry_called("subgroup", "Lead") is None
    retired = known(tale.tell("role-1", RoleRetired(reason="Merged.")))
    assert retired.entry_called("role", "Lead") is None


def test_names_are_not_looked_for_where_only_single_rows_are_at_hand() -> None:
    with pytest.raises(LookupError, match="'directory' are not at hand"):
        KnownFrom(directory().view().get).entry_called("role", "Lead")


def test_a_role_is_held_from_its_first_day_to_its_last() -> None:
    tale = directory().tell(
        "role-1", HolderStoodDown(person="person-1", last_day_on=day("2025-03-31"))
    )
    role = known(tale).role("role-1")
    assert role is not None
    held = [role.held_by_on(day(on)) for on in ("2025-01-05", "2025-01-06", "2025-03-31")]
    assert held == [frozenset(), {"person-1"}, {"person-1"}]
    assert role.held_by_on(day("2025-04-01")) == frozenset()
    assert (role.office, role.agency, role.subgroup) == (Office.LEAD, "agency-1", "subgroup-1")


def test_somebody_who_covers_a_role_acts_in_it_until_the_cover_ends() -> None:
    tale = directory().tell(
        "role-1",
        CoverArranged(
            number=1, person="person-2", from_on=day("2025-02-03"), last_day_on=day("2025-02-28")
        ),
    )
    assert [role.ref for role in known(tale).roles_of("person-2", day("2025-02-14"))] == ["role-1"]
    tale.tell("role-1", CoverEnded(number=1, last_day_on=day("2025-02-10")))
    assert known(tale).roles_of("person-2", day("2025-02-14")) == ()
    assert known(tale).roles_of("person-2", day("2025-02-10")) != ()


def test_a_cover_taken_back_before_it_began_leaves_no_trace() -> None:
    first, last = day("2025-02-03"), day("2025-02-28")
    arranged = CoverArranged(number=1, person="person-2", from_on=first, last_day_on=last)
    ended = CoverEnded(number=1, last_day_on=day("2025-02-02"))
    assert directory().tell("role-1", arranged, ended).row("directory", "role-1")["covers"] == {}


def test_tenures_end_with_who_leaves_the_partnership() -> None:
    tale = directory().tell("person-1", PersonLeft(last_day_on=day("2025-02-28")))
    facts = known(tale)
    assert [role.ref for role in facts.roles_of("person-1", day("2025-02-28"))] == ["role-1"]
    assert facts.roles_of("person-1", day("2025-03-01")) == ()


def test_a_last_day_that_is_moved_gives_the_time_back() -> None:
    tale = directory().tell(
        "person-1",
        PersonLeft(last_day_on=day("2025-02-28")),
        PersonLeft(last_day_on=day("2025-04-30")),
    )
    assert known(tale).roles_of("person-1", day("2025-03-31")) != ()


def test_who_leaves_before_ever_holding_a_role_never_held_it() -> None:
    tale = directory().tell("person-1", PersonLeft(last_day_on=day("2025-01-05")))
    role = known(tale).role("role-1")
    assert role is not None
    assert role.tenures == ()


def test_the_software_and_strangers_act_in_no_role() -> None:
    assert known(directory()).roles_of("system", FIRST) == ()
    assert known(directory()).roles_of("role-1", FIRST) == ()
    assert known(directory()).role("person-1") is None


def test_who_was_appointed_after_leaving_was_recorded_leaves_that_role_too() -> None:
    tale = directory().tell("person-2", PersonLeft(last_day_on=day("2025-02-28")))
    tale.tell("role-1", HolderAppointed(person="person-2", from_on=FIRST))
    assert known(tale).roles_of("person-2", day("2025-03-01")) == ()


def test_who_leaves_is_current_up_to_and_on_the_last_day() -> None:
    tale = directory().tell("person-1", PersonLeft(last_day_on=day("2025-02-28")))
    assert known(tale, "2025-02-28").standing("person-1") == "current"
    assert known(tale, "2025-03-01").standing("person-1") == "ended"
    assert known(tale).standing("person-1") == "ended"


def test_the_standing_of_everything_can_be_asked() -> None:
    drafted = FindingDrafted(finding=1, kind=FindingKind.STRENGTH, text="Good")
    created = ActionCreated(text="Do", lead_roles=(), target=target("June 2025"))
    tale = (
        directory()
        .tell("plan-1", PlanAdopted(title="Plan"), PriorityAdded(number=2, title="Two"))
        .tell("audit-1", AuditPlanned(kind=AuditKind.AUDIT, title="Audit"), drafted)
        .tell("recommendation-1", RecommendationProposed(text="See", audit="audit-1"))
        .tell("action-1", created)
        .tell("agency-1", AgencyClosed(reason="Merged."))
        .tell("role-1", RoleRetired(reason="Gone."))
    )
    facts = known(tale)
    assert {ref: facts.standing(ref) for ref in STANDINGS} == STANDINGS
    assert facts.priorities_of("plan-1") == {2}
    assert facts.priorities_of("plan-9") == frozenset()


STANDINGS = {
    "plan-1": "current",
    "audit-1": "planned",
    "audit-1/finding-1": "draft",
    "audit-1/finding-2": None,
    "recommendation-1": "proposed",
    "action-1": "not_started",
    "agency-1": "ended",
    "role-1": "ended",
    "subgroup-1": "current",
    "person-2": "current",
    "person-9": None,
    "system": None,
    "nonsense": None,
}


def test_grants_are_given_and_taken_back_exactly() -> None:
    over = AccessGranted(access=Access.LEAD, agency="agency-1")
    everything = AccessGranted(access=Access.LEAD)
    tale = directory().tell("person-2", over, everything, AccessRevoked(access=Access.LEAD))
    assert known(tale).grants_of("person-2") == (Grant(Access.LEAD, agency="agency-1"),)
    assert known(tale).grants_of("system") == ()


def test_a_subgroup_knows_its_chair() -> None:
    tale = directory()
    assert known(tale).chair_role_of("subgroup-1") is None
    tale.tell("subgroup-1", SubgroupChairRoleSet(chair_role="role-1"))
    assert known(tale).chair_role_of("subgroup-1") == "role-1"
    assert known(tale).chair_role_of("subgroup-9") is None


def test_an_audit_knows_its_recommendations_and_whether_impact_is_looked_at() -> None:
    tale = directory().tell("audit-1", AuditPlanned(kind=AuditKind.AUDIT, title="Audit"))
    tale.tell("recommendation-1", RecommendationProposed(text="See", audit="audit-1"))
    tale.tell("recommendation-2", RecommendationProposed(text="Hear", audit="audit-1"))
    tale.tell("recommendation-2", RecommendationImpactDue(target=target("June 2025")))
    first, second = known(tale).recommendations_of("audit-1")
    assert (first.status, first.impact_review_set) == ("proposed", False)
    assert (second.ref, second.impact_review_set) == ("recommendation-2", True)
    shown = RecommendationImpactShown(difference_made="More is seen.", evidence="A visit.")
    _, settled = known(tale.tell("recommendation-2", shown)).recommendations_of("audit-1")
    assert (settled.status, settled.impact_review_set) == ("impact_shown", False)
    assert known(tale).recommendations_of("audit-9") == ()


LEADS = SubjectFacts(frozenset({"role-1"}), frozenset({"subgroup-1"}), frozenset({"agency-1"}))


def subjects() -> Tale:
    commissioned = AuditPlanned(kind=AuditKind.AUDIT, title="Audit", subgroup="subgroup-1")
    created = ActionCreated(text="Do", lead_roles=("role-1",), target=target("June 2025"))
    return (
        directory()
        .tell("audit-1", commissioned)
        .tell("recommendation-1", RecommendationProposed(text="See", audit="audit-1"))
        .tell("action-1", created)
    )


def test_an_action_belongs_to_its_lead_roles_and_to_their_subgroups_and_agencies() -> None:
    get = subjects().view().get
    assert subject_facts(RewordAction(action="action-1", text="x", reason="y"), get) == LEADS
    assert subject_facts(WithdrawExtension(item="action-1"), get) == LEADS
    assert facts_about("role-1", get) == LEADS


def test_a_new_action_will_belong_to_the_roles_that_the_command_names() -> None:
    command = CreateAction(text="Do", lead_roles=("role-1",), target="June 2025")
    assert subject_facts(command, subjects().view().get) == LEADS


def test_a_recommendation_belongs_to_whom_it_is_addressed_and_to_its_audits_subgroup() -> None:
    get = subjects().view().get
    commissioned = SubjectFacts(subgroups=frozenset({"subgroup-1"}))
    assert facts_about("recommendation-1", get) == commissioned
    command = ProposeRecommendation(
        text="x", findings=("audit-1/finding-1",), addressed_to=("agency-1",)
    )
    assert subject_facts(command, get) == SubjectFacts(
        subgroups=frozenset({"subgroup-1"}), agencies=frozenset({"agency-1"})
    )


def test_a_finding_belongs_to_whom_its_audit_belongs() -> None:
    get = subjects().view().get
    owned = SubjectFacts(subgroups=frozenset({"subgroup-1"}))
    assert subject_facts(AgreeFinding(finding="audit-1/finding-1"), get) == owned
    command = PlanAudit(kind=AuditKind.AUDIT, title="x", subgroup="subgroup-1")
    assert subject_facts(command, get) == owned


def test_the_directory_belongs_to_itself_and_plans_to_nobody() -> None:
    get = subjects().view().get
    of_agency = SubjectFacts(agencies=frozenset({"agency-1"}))
    assert facts_about("person-1", get) == replace(of_agency, person="person-1")
    assert facts_about("agency-1", get) == of_agency
    assert facts_about("subgroup-1", get) == SubjectFacts(subgroups=frozenset({"subgroup-1"}))
    assert subject_facts(CreateRole(title="New", agency="agency-1"), get) == of_agency
    assert subject_facts(RegisterPerson(name="Lee", agency="agency-1"), get) == of_agency
    assert subject_facts(AdoptPlan(title="Plan"), get) == SubjectFacts()


def test_what_is_not_there_belongs_to_nobody() -> None:
    get = Tale().view().get
    nowhere = ("action-9", "recommendation-9", "audit-9", "person-9", "plan-9")
    assert {facts_about(ref, get) for ref in nowhere} == {SubjectFacts()}


def test_a_person_s_row_tells_which_digests_they_do_not_get() -> None:
    tale = directory().tell("person-1", DigestSwitchedOff(digest=Digest.WEEKLY))
    assert tale.row("directory", "person-1")["digests_off"] == ["weekly"]
    tale.tell("person-1", DigestSwitchedOff(digest=Digest.MONTHLY))
    tale.tell("person-1", DigestSwitchedOn(digest=Digest.WEEKLY))
    assert tale.row("directory", "person-1")["digests_off"] == ["monthly"]


def test_a_digest_of_somebody_is_theirs_to_switch() -> None:
    view = directory().view()
    command = SwitchOffDigest(person="person-1", digest=Digest.WEEKLY)
    assert subject_facts(command, view.get).person == "person-1"
