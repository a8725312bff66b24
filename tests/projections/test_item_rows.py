from __future__ import annotations

import datetime as dt

from events.action import (
    ActionBlocked,
    ActionBragOverridden,
    ActionBragOverrideEnded,
    ActionCancelled,
    ActionCompleted,
    ActionCreated,
    ActionExtensionApproved,
    ActionExtensionDeclined,
    ActionExtensionRequested,
    ActionExtensionWithdrawn,
    ActionProgressNoted,
    ActionPutOnHold,
    ActionReopened,
    ActionResumed,
    ActionReturned,
    ActionStarted,
    ActionSubmitted,
    ActionUnblocked,
    TargetDateCorrected,
    TargetDateMoved,
)
from events.recommendation import (
    AfterNoImpact,
    Colour,
    RecommendationAccepted,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationProposed,
    RecommendationReopened,
    RecommendationStarted,
    RecommendationTargetDateSet,
    RecommendationVerified,
)
from projections.former import CLAIMS
from tests.projections.folds import Tale, target

CREATED = ActionCreated(
    text="Agree one referral form", lead_roles=("role-1",), target=target("December 2024")
)
ASKED = ActionExtensionRequested(
    extension=1, target=target("June 2025"), reason="Staff left.", progress="Drafted."
)


def action() -> Tale:
    return Tale("2024-09-02").tell("action-1", CREATED)


def test_a_new_action_keeps_its_date_as_the_original_too() -> None:
    row = action().row("actions", "action-1")
    assert row["target"] == row["original_target"]
    assert row["target"]["as_written"] == "December 2024"
    assert row["target"]["due"] == "2024-12-31"
    assert (row["status"], row["last_update_on"], row["moves"]) == ("not_started", None, 0)


def test_a_moved_date_leaves_the_original_and_is_counted() -> None:
    moved = TargetDateMoved(target=target("June 2025"), reason="Agreed at the board.")
    row = action().tell("action-1", moved).row("actions", "action-1")
    assert row["target"]["due"] == "2025-06-30"
    assert row["original_target"]["due"] == "2024-12-31"
    assert row["moves"] == 1


def test_a_corrected_date_was_always_so_unless_it_had_moved() -> None:
    corrected = TargetDateCorrected(target=target("November 2024"), reason="Misread.")
    row = action().tell("action-1", corrected).row("actions", "action-1")
    assert row["original_target"] == row["target"]
    assert row["target"]["due"] == "2024-11-30"
    moved = TargetDateMoved(target=target("June 2025"))
    row = action().tell("action-1", moved, corrected).row("actions", "action-1")
    assert row["target"]["due"] == "2024-11-30"
    assert row["original_target"]["due"] == "2024-12-31"


def test_a_request_for_more_time_leaves_the_date_and_counts_as_an_update() -> None:
    row = (
        action().on("2024-11-04").tell("action-1", ASKED, by="person-2").row("actions", "action-1")
    )
    (asked,) = row["extensions"]
    assert row["target"]["due"] == "2024-12-31"
    assert (row["last_update_on"], row["extensions_granted"]) == ("2024-11-04", 0)
    assert (asked["status"], asked["asked_by"], asked["asked_on"]) == (
        "open",
        "person-2",
        "2024-11-04",
    )
    assert (asked["reason"], asked["progress"]) == ("Staff left.", "Drafted.")


def test_an_approved_extension_is_counted_and_says_who_decided() -> None:
    tale = action().tell("action-1", ASKED, by="person-2")
    tale.on("2024-11-11").tell(
        "action-1",
        ActionExtensionApproved(extension=1, note="The last one."),
        TargetDateMoved(target=target("June 2025"), extension=1),
        by="person-3",
    )
    row = tale.row("actions", "action-1")
    (asked,) = row["extensions"]
    assert row["extensions_granted"] == 1
    assert (asked["status"], asked["decided_by"], asked["decided_on"], asked["answer"]) == (
        "approved",
        "person-3",
        "2024-11-11",
        "The last one.",
    )
    assert row["last_update_on"] == "2024-09-02"


def test_declined_and_withdrawn_requests_are_kept_beside_each_other() -> None:
    again = ASKED.model_copy(update={"extension": 2})
    tale = action().tell(
        "action-1",
        ASKED,
        ActionExtensionDeclined(extension=1, reason="Children wait."),
        again,
        ActionExtensionWithdrawn(extension=2),
    )
    row = tale.row("actions", "action-1")
    assert [asked["status"] for asked in row["extensions"]] == ["declined", "withdrawn"]
    assert row["extensions"][0]["answer"] == "Children wait."
    assert row["extensions_granted"] == 0


def test_notes_are_counted_and_only_the_latest_is_kept() -> None:
    notes = [ActionProgressNoted(note=words) for words in ("One.", "Two.", "Three.")]
    row = action().on("2024-10-01").tell("action-1", *notes).row("actions", "action-1")
    assert (row["notes"], row["latest_note"], row["last_update_on"]) == (3, "Three.", "2024-10-01")


def test_an_update_told_late_never_hides_a_later_one() -> None:
    tale = action().on("2024-10-01").tell("action-1", ActionProgressNoted(note="October"))
    tale.on("2024-10-15").tell(
        "action-1", ActionProgressNoted(note="September"), effective_on="2024-09-20"
    )
    assert tale.row("actions", "action-1")["last_update_on"] == "2024-10-01"


def test_an_action_blocked_and_then_on_hold_goes_back_the_same_way() -> None:
    tale = action().tell(
        "action-1",
        ActionStarted(),
        ActionBlocked(reason="No data."),
        ActionPutOnHold(reason="Review.", review_on=dt.date(2024, 11, 1)),
    )
    row = tale.row("actions", "action-1")
    assert (row["status"], row["review_on"], row["status_reason"]) == (
        "on_hold",
        "2024-11-01",
        "Review.",
    )
    assert row["interrupted"] == ["in_progress", "blocked"]
    tale.tell("action-1", ActionResumed())
    assert tale.row("actions", "action-1")["status"] == "blocked"
    tale.tell("action-1", ActionUnblocked(note="It came."))
    row = tale.row("actions", "action-1")
    assert (row["status"], row["review_on"], row["interrupted"]) == ("in_progress", None, [])


def test_an_action_can_be_done_given_back_done_again_and_confirmed() -> None:
    done = ActionSubmitted(what_we_did="The form is live.", evidence="Minutes of 3 October")
    tale = action().tell("action-1", ActionStarted(), done)
    tale.tell("action-1", ActionReturned(returned_by="person-3", reason="Schools lack it."))
    row = tale.row("actions", "action-1")
    assert (row["status"], row["status_reason"]) == ("returned", "Schools lack it.")
    tale.tell("action-1", ActionStarted(), done).on("2024-12-02")
    tale.tell("action-1", ActionCompleted(confirmed_by="person-3"))
    row = tale.row("actions", "action-1")
    assert (row["status"], row["completed_on"], row["confirmed_by"]) == (
        "complete",
        "2024-12-02",
        "person-3",
    )
    assert row["what_we_did"] == "The form is live."
    assert row["claimed_by"] == "person-1"


def test_a_cancelled_action_that_is_reopened_counts_as_started() -> None:
    tale = action().tell("action-1", ActionCancelled(reason="Merged."))
    assert tale.row("actions", "action-1")["started_on"] is None
    tale.on("2025-01-06").tell("action-1", ActionReopened(reason="Not merged after all."))
    row = tale.row("actions", "action-1")
    assert (row["status"], row["started_on"], row["completed_on"]) == (
        "in_progress",
        "2025-01-06",
        None,
    )


def test_work_began_on_the_earliest_day_that_was_told() -> None:
    tale = action().tell("action-1", ActionStarted())
    tale.on("2024-11-04").tell("action-1", ActionStarted(), effective_on="2024-06-03")
    row = tale.row("actions", "action-1")
    assert (row["started_on"], row["reached"]["in_progress"]) == ("2024-06-03", "2024-06-03")
    tale.tell("action-1", ActionStarted())
    assert tale.row("actions", "action-1")["started_on"] == "2024-06-03"


def test_an_override_stands_until_it_is_ended() -> None:
    overridden = ActionBragOverridden(
        colour=Colour.AMBER, reason="Held up.", expires_on=dt.date(2024, 10, 1)
    )
    tale = action().tell("action-1", overridden, by="person-3")
    assert tale.row("actions", "action-1")["override"] == {
        "colour": "amber",
        "reason": "Held up.",
        "expires_on": "2024-10-01",
        "by": "person-3",
    }
    tale.tell("action-1", ActionBragOverrideEnded())
    assert tale.row("actions", "action-1")["override"] is None


def recommendation() -> Tale:
    proposed = RecommendationProposed(text="Ask every child", addressed_to=("subgroup-1",))
    return Tale("2025-01-06").tell("recommendation-1", proposed)


def test_a_first_target_date_of_a_recommendation_is_its_original() -> None:
    dated = RecommendationTargetDateSet(target=target("31.3.25"))
    row = (
        recommendation().tell("recommendation-1", dated).row("recommendations", "recommendation-1")
    )
    assert row["target"] == row["original_target"]
    assert row["target"]["due"] == "2025-03-31"


def test_an_action_that_answers_a_recommendation_is_listed_with_it() -> None:
    answers = CREATED.model_copy(update={"answers": ("recommendation-1",)})
    tale = recommendation().tell("action-1", answers).tell("action-2", answers)
    row = tale.row("recommendations", "recommendation-1")
    assert row["actions"] == ["action-1", "action-2"]


def test_a_recommendation_remembers_when_it_reached_each_status() -> None:
    tale = recommendation().tell("recommendation-1", RecommendationAccepted(decided_by="role-1"))
    tale.on("2025-02-03").tell("recommendation-1", RecommendationStarted())
    tale.on("2025-03-03").tell(
        "recommendation-1",
        RecommendationImplemented(what_we_did="We ask.", no_evidence_reason="None is kept."),
        effective_on="2025-02-28",
    )
    row = tale.row("recommendations", "recommendation-1")
    assert row["reached"] == {
        "proposed": "2025-01-06",
        "accepted": "2025-01-06",
        "in_progress": "2025-02-03",
        "implemented": "2025-02-28",
    }
    assert (row["what_we_did"], row["evidence"]) == ("We ask.", None)


def test_a_reopened_recommendation_forgets_by_when_impact_was_to_be_shown() -> None:
    done = RecommendationImplemented(what_we_did="We ask.", evidence="Survey")
    tale = recommendation().tell(
        "recommendation-1",
        done,
        RecommendationVerified(verified_by="person-3"),
        RecommendationImpactDue(target=target("June 2025")),
    )
    assert tale.row("recommendations", "recommendation-1")["impact_target"]["due"] == "2025-06-30"
    tale.tell(
        "recommendation-1",
        RecommendationImpactNotShown(reason="No change.", then=AfterNoImpact.REOPEN),
        RecommendationReopened(reason="No change."),
    )
    row = tale.row("recommendations", "recommendation-1")
    assert (row["status"], row["impact_target"], row["verified_by"]) == ("in_progress", None, None)


def test_what_was_told_before_a_recommendation_was_reopened_is_former() -> None:
    shown = RecommendationImpactShown(difference_made="Children say so.", evidence="Survey 2025")
    done = RecommendationImplemented(what_we_did="We ask.", no_evidence_reason="None is kept.")
    tale = recommendation().tell("recommendation-1", done, shown)
    tale.tell(
        "recommendation-1", RecommendationReopened(reason="No more."), effective_on="2025-05-02"
    )
    row = tale.row("recommendations", "recommendation-1")
    assert [row[field] for field in CLAIMS] == [None] * 5
    assert row["former"] == [
        {
            "until_on": "2025-05-02",
            "what_we_did": "We ask.",
            "no_evidence_reason": "None is kept.",
            "difference_made": "Children say so.",
            "impact_evidence": "Survey 2025",
        }
    ]
    again = RecommendationImplemented(what_we_did="We ask again.", evidence="Survey 2026")
    tale.tell("recommendation-1", again, RecommendationReopened(reason="Gone."))
    former = tale.row("recommendations", "recommendation-1")["former"]
    assert [one["what_we_did"] for one in former] == ["We ask.", "We ask again."]


def test_what_was_told_before_an_action_was_reopened_is_former() -> None:
    done = ActionSubmitted(what_we_did="The form is live.", evidence="Minutes of 3 October")
    tale = action().tell("action-1", done, ActionCompleted(confirmed_by="person-3"))
    tale.tell("action-1", ActionReopened(reason="It is not."))
    row = tale.row("actions", "action-1")
    assert (row["what_we_did"], row["evidence"]) == (None, None)
    assert row["former"][0]["evidence"] == "Minutes of 3 October"


def test_reopening_what_told_nothing_leaves_nothing_former() -> None:
    tale = action().tell("action-1", ActionCancelled(reason="Merged."))
    tale.tell("action-1", ActionReopened(reason="Not merged after all."))
    assert tale.row("actions", "action-1")["former"] == []


def test_shown_impact_is_kept_with_its_evidence() -> None:
    shown = RecommendationImpactShown(difference_made="Children say so.", evidence="Survey 2025")
    row = (
        recommendation().tell("recommendation-1", shown).row("recommendations", "recommendation-1")
    )
    assert (row["status"], row["difference_made"], row["impact_evidence"]) == (
        "impact_shown",
        "Children say so.",
        "Survey 2025",
    )
