from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from events.catalogue import Event
from events.directory import Access
from events.recommendation import (
    RecommendationExtensionApproved,
    RecommendationExtensionDeclined,
    RecommendationExtensionRequested,
    RecommendationExtensionWithdrawn,
    RecommendationProposed,
    RecommendationTargetDateMoved,
)
from tests.workflow.known import FakeKnown
from tests.workflow.recommendation_stories import (
    CHAIR,
    DUE,
    EXECUTIVE,
    KNOWN,
    LATER,
    MANAGER,
    R,
    recommendation,
)
from tests.workflow.scenario import LEAD, Case, Scenario, untested
from workflow.circumstances import SYSTEM, Grant
from workflow.extension_commands import (
    ApproveExtension,
    DeclineExtension,
    RequestExtension,
    WithdrawExtension,
)
from workflow.extensions import Extensions, Outcome
from workflow.recommendation import DECIDER
from workflow.recommendation_state import ACCEPTED, RecommendationStatus
from workflow.refusals import Incomplete, NotAllowed, NotNow
from workflow.target_dates import read_target_date


def ask(target: str = "30 June 2025", told_on: dt.date | None = None) -> RequestExtension:
    return RequestExtension(
        item=R, target=target, reason="Staff left", progress="Half done", effective_on=told_on
    )


def asked(number: int = 1, target: str = "30 June 2025") -> RecommendationExtensionRequested:
    return RecommendationExtensionRequested(
        extension=number,
        target=read_target_date(target),
        reason="Staff left",
        progress="Half done",
    )


def given_time(number: int, target: str) -> tuple[Event, ...]:
    """Return what happens when more time is asked for and given."""
    date = read_target_date(target)
    return (
        asked(number, target),
        RecommendationExtensionApproved(extension=number),
        RecommendationTargetDateMoved(target=date, extension=number),
    )


APPROVE = ApproveExtension(item=R, note="Last time")
DECLINE = DeclineExtension(item=R, reason="Too important")
WITHDRAW = WithdrawExtension(item=R)
AT_WORK = recommendation("in_progress")
WAITING = AT_WORK.given(asked())
TWICE = AT_WORK.given(*given_time(1, "30 April 2025"), *given_time(2, "31 May 2025"))
THIRD = TWICE.given(asked(3))
APPROVED_THIRD = (
    RecommendationExtensionApproved(extension=3, note="Last time"),
    RecommendationTargetDateMoved(target=LATER, extension=3),
)
UNDATED = RecommendationProposed(text="Share.", source="A letter")
ONGOING = UNDATED.model_copy(update={"target": read_target_date("ongoing")})

CASES = [
    Case("more time is asked for", AT_WORK, ask(), then=(asked(),), by=LEAD),
    Case(
        "requests are numbered on, also after one was declined",
        WAITING.given(RecommendationExtensionDeclined(extension=1, reason="No")),
        ask(),
        then=(asked(2),),
        by=LEAD,
    ),
    Case(
        "only one request is open at a time",
        WAITING,
        ask("31 July 2025"),
        refused=NotNow,
        match="waiting for an answer already",
    ),
    Case(
        "the new date is later than the current one",
        AT_WORK,
        ask("31 March 2025"),
        refused=Incomplete,
        match="not later than the current target date, 31 March 2025",
    ),
    Case(
        "the new date is later than the current one, not just than the original",
        TWICE,
        ask("30 April 2025"),
        refused=Incomplete,
        match="31 May 2025",
    ),
    Case(
        "the new date is still to come",
        AT_WORK.on(dt.date(2025, 9, 1)),
        ask(),
        refused=Incomplete,
        match="has passed already",
    ),
    Case(
        "a request that is recorded later may ask for a day that has passed since",
        AT_WORK.on(dt.date(2025, 9, 1)),
        ask(told_on=dt.date(2025, 3, 1)),
        then=(asked(),),
    ),
    Case("more time has an end", AT_WORK, ask("ongoing"), refused=Incomplete, match="names no day"),
    Case("more time has a clear end", AT_WORK, ask("ASAP"), refused=Incomplete),
    Case(
        "what has no date needs no more time",
        recommendation("in_progress", UNDATED),
        ask(),
        refused=Incomplete,
        match="nothing to extend",
    ),
    Case(
        "what is ongoing needs no more time",
        recommendation("in_progress", ONGOING),
        ask(),
        refused=Incomplete,
        match="nothing to extend",
    ),
    Case(
        "a date that was moved past the one asked for leaves nothing to give",
        WAITING.given(
            RecommendationTargetDateMoved(
                target=read_target_date("31 December 2025"), reason="Agreed"
            )
        ),
        APPROVE,
        refused=Incomplete,
        match="31 December 2025. It was moved after more time was asked for: decline this request.",
    ),
    Case(
        "somebody else gives more time, and the date moves",
        WAITING,
        APPROVE,
        then=(
            RecommendationExtensionApproved(extension=1, note="Last time"),
            RecommendationTargetDateMoved(target=LATER, extension=1),
        ),
    ),
    Case(
        "who asked does not give themselves more time",
        WAITING,
        APPROVE,
        refused=NotAllowed,
        match="PE1, who asked for it, may not approve an extension of R7",
        by=LEAD,
    ),
    Case("the software gives no more time", WAITING, APPROVE, refused=NotAllowed, by=SYSTEM),
    Case("nobody gives more time unasked", AT_WORK, APPROVE, refused=NotNow),
    Case(
        "more time is not given when the date has moved beyond it",
        WAITING.given(
            RecommendationTargetDateMoved(target=read_target_date("July 2025"), reason="New law")
        ),
        APPROVE,
        refused=Incomplete,
        match="31 July 2025",
    ),
    Case(
        "the third extension is not given by a business manager",
        THIRD,
        APPROVE,
        refused=NotAllowed,
        match="2 extensions were given already.*This can be done by the executive",
        by=MANAGER,
    ),
    Case(
        "the third extension is given by the executive",
        THIRD,
        APPROVE,
        then=APPROVED_THIRD,
        by=EXECUTIVE,
    ),
    Case(
        "the third extension is given by who was granted the executive's access",
        Scenario(
            DECIDER,
            R,
            FakeKnown(grants={"person-8": (Grant(Access.EXECUTIVE),)}),
            state=THIRD.state,
        ),
        APPROVE,
        then=APPROVED_THIRD,
        by="person-8",
    ),
    Case(
        "another grant gives no third extension",
        Scenario(
            DECIDER, R, FakeKnown(grants={"person-8": (Grant(Access.READER),)}), state=THIRD.state
        ),
        APPROVE,
        refused=NotAllowed,
        by="person-8",
    ),
    Case(
        "an executive who asked does not decide either",
        TWICE.given(asked(3), by=EXECUTIVE),
        APPROVE,
        refused=NotAllowed,
        by=EXECUTIVE,
    ),
    Case(
        "a third request after one was declined is only the second extension",
        AT_WORK.given(
            asked(1),
            RecommendationExtensionDeclined(extension=1, reason="No"),
            *given_time(2, "30 April 2025"),
            asked(3),
        ),
        APPROVE,
        then=APPROVED_THIRD,
        by=MANAGER,
    ),
    Case(
        "more time is declined",
        WAITING,
        DECLINE,
        then=(RecommendationExtensionDeclined(extension=1, reason="Too important"),),
    ),
    Case("who asked does not decline", WAITING, DECLINE, refused=NotAllowed, by=LEAD),
    Case(
        "the third extension is not declined by a business manager",
        THIRD,
        DECLINE,
        refused=NotAllowed,
        by=MANAGER,
    ),
    Case(
        "a request is declined though the work has ended",
        recommendation("superseded").given(asked()),
        DECLINE,
        then=(RecommendationExtensionDeclined(extension=1, reason="Too important"),),
    ),
    Case(
        "who asked withdraws",
        AT_WORK.given(asked(), by="person-9"),
        WITHDRAW,
        then=(RecommendationExtensionWithdrawn(extension=1),),
        by="person-9",
    ),
    Case(
        "who leads it now withdraws what somebody before asked for",
        AT_WORK.given(asked(), by="person-9"),
        WITHDRAW,
        then=(RecommendationExtensionWithdrawn(extension=1),),
        by=LEAD,
    ),
    Case(
        "others decline instead of withdrawing",
        WAITING,
        WITHDRAW,
        refused=NotAllowed,
        match="PE1, who asked",
        by=CHAIR,
    ),
    Case(
        "a request is not withdrawn twice",
        WAITING.given(RecommendationExtensionWithdrawn(extension=1)),
        WITHDRAW,
        refused=NotNow,
        by=LEAD,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_more_time(case: Case) -> None:
    case.check()


def test_every_extension_command_is_accepted_in_one_case_and_refused_in_another() -> None:
    assert untested(CASES, "extension") == set()


@pytest.mark.parametrize("status", sorted(frozenset(RecommendationStatus) - ACCEPTED))
def test_only_work_that_goes_on_is_given_more_time(status: RecommendationStatus) -> None:
    recommendation(status).when(ask()).refused(NotNow)
    recommendation(status).given(asked()).when(APPROVE).refused(NotNow)


def test_a_request_does_not_stop_the_clock() -> None:
    assert WAITING.state.target == DUE


def test_a_declined_request_leaves_the_date() -> None:
    declined = RecommendationExtensionDeclined(extension=1, reason="Too important")
    assert WAITING.when(DECLINE).then(declined).state.target == DUE


def test_given_time_keeps_the_original_date_beside_the_current_one() -> None:
    assert TWICE.state.original_target == DUE
    assert TWICE.state.target == read_target_date("31 May 2025")
    assert TWICE.state.extensions.given == 2


@pytest.mark.parametrize("ref", ["audit-3", "recommendation-0", "action-12x", "A12"])
def test_only_actions_and_recommendations_are_given_more_time(ref: str) -> None:
    with pytest.raises(ValidationError):
        WithdrawExtension(item=ref)


def test_a_command_about_more_time_names_the_stream_of_its_item() -> None:
    assert WithdrawExtension(item="action-12").subject == "action-12"
    assert APPROVE.subject == R


@given(st.lists(st.sampled_from([Outcome.APPROVED, Outcome.DECLINED, Outcome.WITHDRAWN])))
def test_requests_keep_their_numbers_and_outcomes(outcomes: list[Outcome]) -> None:
    extensions = Extensions()
    for number, outcome in enumerate(outcomes, start=1):
        extensions = extensions.asked(number, LATER, by=LEAD)
        assert extensions.open_request is not None
        assert extensions.open_request.number == number
        extensions = extensions.settled(number, outcome)
        assert extensions.open_request is None
    assert [request.outcome for request in extensions.requests] == outcomes
    assert extensions.given == outcomes.count(Outcome.APPROVED)


def test_the_executive_is_known_by_role_in_these_stories() -> None:
    assert [facts.ref for facts in KNOWN.roles_of(EXECUTIVE, dt.date(2025, 1, 15))] == ["role-5"]
