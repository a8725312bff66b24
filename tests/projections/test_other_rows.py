from __future__ import annotations

import datetime as dt

from events.action import ActionCreated, TargetDateMoved
from events.audit import (
    AuditClosed,
    AuditHandedOver,
    AuditKind,
    AuditPaused,
    AuditPlanned,
    AuditResumed,
    AuditThemesSet,
    FieldworkStarted,
    FindingAgreed,
    FindingDrafted,
    FindingKind,
)
from events.directory import PersonEmailChanged, PersonRegistered
from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    NotSentReason,
    ReminderItem,
)
from events.plan import DocumentImported, PlanAdopted, PriorityAdded, PriorityRetitled
from events.recommendation import RecommendationProposed
from projections.reminder_keys import reminder_key
from projections.series import by_month
from tests.projections.folds import Tale, target

PLANNED = AuditPlanned(
    kind=AuditKind.RAPID_REVIEW, title="Neglect", themes=("neglect",), subgroup="subgroup-1"
)
DUE = dt.date(2025, 3, 31)
ITEM = ReminderItem(item="action-1", target_on=DUE, rule="lead-20", role="role-1")
OTHER = ReminderItem(item="action-2", target_on=DUE, rule="lead-20", role="role-1")
EMAIL = EmailPlanned(
    person="person-1",
    send_on=dt.date(2025, 3, 3),
    items=(ITEM, OTHER),
    message_id="<e1@example.org>",
)
KEY = reminder_key("action-1", DUE, "lead-20", "person-1")


def test_a_paused_audit_remembers_where_it_stopped_and_resumes_there() -> None:
    tale = Tale().tell("audit-1", PLANNED, FieldworkStarted(), AuditPaused(reason="Court."))
    row = tale.row("audits", "audit-1")
    assert (row["stage"], row["resumes_to"], row["stage_reason"]) == (
        "paused",
        "fieldwork",
        "Court.",
    )
    row = tale.tell("audit-1", AuditResumed()).row("audits", "audit-1")
    assert (row["stage"], row["resumes_to"], row["stage_reason"]) == ("fieldwork", None, None)


def test_handing_an_audit_to_a_role_leaves_its_subgroup() -> None:
    row = (
        Tale()
        .tell("audit-1", PLANNED, AuditHandedOver(lead_role="role-7"))
        .row("audits", "audit-1")
    )
    assert (row["subgroup"], row["lead_role"]) == ("subgroup-1", "role-7")


def test_a_recommendation_is_listed_with_its_audit_and_with_its_finding() -> None:
    drafted = FindingDrafted(finding=1, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Late notes")
    tale = Tale().tell("audit-1", PLANNED, drafted, FindingAgreed(finding=1))
    tale.tell(
        "recommendation-1",
        RecommendationProposed(text="Write", audit="audit-1", findings=("audit-1/finding-1",)),
    )
    tale.tell("recommendation-2", RecommendationProposed(text="Read", audit="audit-1"))
    row = tale.row("audits", "audit-1")
    assert row["recommendations"] == ["recommendation-1", "recommendation-2"]
    assert row["findings"]["1"]["recommendations"] == ["recommendation-1"]
    assert row["findings"]["1"]["status"] == "agreed"


def test_a_closed_audit_says_when_it_is_audited_again() -> None:
    row = (
        Tale()
        .tell("audit-1", PLANNED, AuditClosed(re_audit=target("March 2026")))
        .row("audits", "audit-1")
    )
    assert (row["stage"], row["re_audit"]["due"]) == ("closed", "2026-03-31")


def test_a_theme_tells_every_audit_and_recommendation_under_it_since_when() -> None:
    tale = Tale("2018-05-01").tell("audit-1", PLANNED)
    tale.on("2025-01-06").tell("audit-2", PLANNED)
    proposed = RecommendationProposed(text="See", source="A review", themes=("neglect",))
    tale.tell("recommendation-1", proposed)
    rows = tale.view().under("themes", "neglect/")
    assert {row["ref"]: row["on"] for row in rows.values()} == {
        "audit-1": "2018-05-01",
        "audit-2": "2025-01-06",
        "recommendation-1": "2025-01-06",
    }


def test_themes_settled_anew_leave_the_old_and_count_from_the_day_the_audit_was_planned() -> None:
    tale = Tale("2024-01-08").tell("audit-1", PLANNED)
    tale.on("2025-01-06").tell("audit-1", AuditThemesSet(themes=("early help",)))
    view = tale.view()
    assert not view.under("themes", "neglect/")
    (row,) = view.under("themes", "early help/").values()
    assert row["on"] == "2024-01-08"


def test_a_plan_keeps_its_priorities_by_number_and_its_documents_in_order() -> None:
    sha256 = "ab" * 32
    row = (
        Tale()
        .tell(
            "plan-1",
            PlanAdopted(title="Plan", from_on=dt.date(2024, 4, 1)),
            PriorityAdded(number=1, title="One"),
            PriorityAdded(number=2, title="Two"),
            PriorityRetitled(number=1, title="First"),
            DocumentImported(document="plan.txt", sha256=sha256, rows=28),
        )
        .row("plans", "plan-1")
    )
    assert row["priorities"] == {"1": "First", "2": "Two"}
    assert (row["from_on"], row["until_on"], row["status"]) == ("2024-04-01", None, "current")
    assert row["documents"] == [
        {"name": "plan.txt", "sha256": sha256, "rows": 28, "imported_on": "2025-01-06"}
    ]


def test_a_planned_email_holds_the_key_of_each_thing_it_reminds_of() -> None:
    view = Tale().tell("email-1", EMAIL).view()
    assert KEY == "action-1|2025-03-31|lead-20|person-1"
    assert view.get("reminder_keys", KEY) == {"email": "email-1"}
    assert list(view.under("reminders_of", "action-1/")) == ["action-1/email-1"]


def test_what_was_taken_out_before_the_email_left_can_be_planned_anew() -> None:
    dropped = EmailItemDropped(
        item="action-1", target_on=DUE, rule="lead-20", reason=NotSentReason.MOVED
    )
    tale = Tale().tell("email-1", EMAIL, dropped)
    row = tale.row("reminders", "email-1")
    assert [item["item"] for item in row["items"]] == ["action-2"]
    assert [(item["item"], item["reason"]) for item in row["dropped"]] == [("action-1", "moved")]
    view = tale.view()
    assert view.get("reminder_keys", KEY) is None
    assert view.get("reminder_keys", KEY.replace("action-1", "action-2")) is not None
    again = EMAIL.model_copy(update={"items": (ITEM,)})
    view = tale.tell("email-2", again).view()
    assert view.get("reminder_keys", KEY) == {"email": "email-2"}


def test_a_cancelled_email_frees_all_its_keys() -> None:
    tale = Tale().tell("email-1", EMAIL, EmailCancelled(reason=NotSentReason.ENDED))
    assert tale.view().all("reminder_keys") == {}
    assert tale.row("reminders", "email-1")["status"] == "cancelled"


def test_what_was_refused_can_be_planned_anew_once_the_person_can_be_reached() -> None:
    refused = EmailFailed(reply="550 unknown")
    registered = PersonRegistered(name="A. Lead", email="old@example.org")
    tale = Tale().tell(EMAIL.person, registered).tell("email-1", EMAIL, refused)
    assert tale.view().get("reminder_keys", KEY) == {"email": "email-1"}
    changed = PersonEmailChanged(email="new@example.org")
    assert tale.tell(EMAIL.person, changed).view().all("reminder_keys") == {}
    assert tale.tell("email-2", EMAIL).view().get("reminder_keys", KEY) == {"email": "email-2"}
    other = EMAIL.model_copy(update={"items": (ITEM.model_copy(update={"rule": "after-5"}),)})
    tale = Tale().tell("email-1", EMAIL, refused).tell("email-2", other, EmailSent(sent_to="a"))
    assert tale.view().get("reminder_keys", KEY) is None


def test_sent_and_failed_emails_keep_their_keys() -> None:
    sent = Tale().tell("email-1", EMAIL, EmailSent(sent_to="a@example.org", attempt=2))
    assert sent.view().get("reminder_keys", KEY) == {"email": "email-1"}
    row = sent.row("reminders", "email-1")
    assert (row["status"], row["attempts"], row["sent_to"]) == ("sent", 2, "a@example.org")
    failed = Tale().tell("email-1", EMAIL, EmailFailed(reply="550 unknown", attempt=3))
    assert failed.view().get("reminder_keys", KEY) == {"email": "email-1"}
    assert failed.row("reminders", "email-1")["status_reason"] == "550 unknown"


def test_months_count_what_became_true_in_them_also_when_told_later() -> None:
    created = ActionCreated(text="Do", lead_roles=(), target=target("June 2025"))
    tale = Tale("2025-01-31").tell("action-1", created).on("2025-02-03")
    tale.tell("action-2", created, effective_on="2025-01-30")
    tale.tell("action-2", TargetDateMoved(target=target("July 2025")))
    assert by_month(tale.view().all("series")) == {
        "2025-01": {"actions_created": 2},
        "2025-02": {"dates_moved": 1},
    }
