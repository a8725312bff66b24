from __future__ import annotations

import pytest
from pydantic import ValidationError

from events.recommendation import (
    RecommendationAccepted,
    RecommendationClosedNotImplemented,
    RecommendationPartlyAccepted,
    RecommendationProposed,
    RecommendationReaddressed,
    RecommendationRejected,
    RecommendationReworded,
    RecommendationSuperseded,
)
from tests.workflow.recommendation_stories import DUE, NEW, PROPOSED, R, recommendation
from tests.workflow.scenario import Case
from workflow.recommendation_commands import (
    AcceptRecommendation,
    AcceptRecommendationPartly,
    CloseNotImplemented,
    ProposeRecommendation,
    ReaddressRecommendation,
    RejectRecommendation,
    RewordRecommendation,
    SupersedeRecommendation,
)
from workflow.recommendation_state import BEFORE_WORK, ENDED, OPEN, TAKEN_ON, RecommendationStatus
from workflow.refusals import Ended, Incomplete, NotFound, NotNow

TEXT = "Share chronologies within a week."
REWORD = RewordRecommendation(recommendation=R, text="Share them daily.", reason="Clearer")
READDRESS = ReaddressRecommendation(recommendation=R, addressed_to=("role-3",), reason="Theirs")
ACCEPT = AcceptRecommendation(recommendation=R, decided_by="role-5")
PARTLY = AcceptRecommendationPartly(recommendation=R, decided_by="role-5", reason="Not for all")
REJECT = RejectRecommendation(recommendation=R, decided_by="role-5", reason="Done elsewhere")
SUPERSEDE = SupersedeRecommendation(recommendation=R, by="recommendation-8", reason="Wider")
CLOSE = CloseNotImplemented(recommendation=R, risk_accepted_by="role-5", reason="No money")


def from_findings(*findings: str, audit: str | None = None) -> ProposeRecommendation:
    return ProposeRecommendation(text=TEXT, audit=audit, findings=findings)


CASES = [
    Case(
        "a recommendation comes from outside",
        NEW,
        ProposeRecommendation(
            text=TEXT,
            source="An inspection",
            addressed_to=("role-1", "subgroup-1", "agency-1", "role-1"),
            target="31 March 2025",
        ),
        then=(PROPOSED,),
    ),
    Case(
        "a recommendation from a finding comes from its audit",
        NEW,
        from_findings("audit-3/finding-1", "audit-3/finding-1"),
        then=(RecommendationProposed(text=TEXT, audit="audit-3", findings=("audit-3/finding-1",)),),
    ),
    Case(
        "a recommendation comes from an audit without naming a finding",
        NEW,
        from_findings(audit="audit-3"),
        then=(RecommendationProposed(text=TEXT, audit="audit-3"),),
    ),
    Case(
        "a recommendation comes from somewhere",
        NEW,
        ProposeRecommendation(text=TEXT),
        refused=Incomplete,
        match="where the recommendation comes from",
    ),
    Case(
        "findings of two audits do not make one recommendation",
        NEW,
        from_findings("audit-3/finding-1", audit="audit-4"),
        refused=Incomplete,
        match="AU3 and AU4",
    ),
    Case(
        "a cancelled audit recommends nothing",
        NEW,
        from_findings(audit="audit-4"),
        refused=NotNow,
        match="AU4 is cancelled",
    ),
    Case("a closed audit recommends nothing", NEW, from_findings(audit="audit-5"), refused=NotNow),
    Case("an unknown audit is not found", NEW, from_findings(audit="audit-9"), refused=NotFound),
    Case(
        "a withdrawn finding recommends nothing",
        NEW,
        from_findings("audit-3/finding-2"),
        refused=NotNow,
        match="AU3/F2 is withdrawn",
    ),
    Case(
        "an unknown finding is not found",
        NEW,
        from_findings("audit-3/finding-9"),
        refused=NotFound,
        match="AU3/F9",
    ),
    Case(
        "a recommendation is not addressed to an agency that has closed",
        NEW,
        ProposeRecommendation(text=TEXT, source="A letter", addressed_to=("agency-2",)),
        refused=Ended,
        match="AG2",
    ),
    Case(
        "a recommendation is not made with a date that nobody can read",
        NEW,
        ProposeRecommendation(text=TEXT, source="A letter", target="31 February 2025"),
        refused=Incomplete,
        match="February 2025 has 28 days",
    ),
    Case("what was never proposed is not found", NEW, ACCEPT, refused=NotFound, match="R7"),
    Case(
        "the words change for a reason",
        recommendation("accepted"),
        REWORD,
        then=(RecommendationReworded(text="Share them daily.", reason="Clearer"),),
    ),
    Case(
        "the words of what was reported done stand",
        recommendation("implemented"),
        REWORD,
        refused=NotNow,
        match="propose another",
    ),
    Case(
        "the same words change nothing",
        recommendation("accepted"),
        RewordRecommendation(recommendation=R, text=TEXT, reason="Clearer"),
    ),
    Case(
        "others shall act",
        recommendation("accepted"),
        READDRESS,
        then=(RecommendationReaddressed(addressed_to=("role-3",), reason="Theirs"),),
    ),
    Case(
        "the same addressees change nothing",
        recommendation("accepted").given(
            RecommendationReaddressed(addressed_to=("role-3",), reason="Theirs")
        ),
        READDRESS,
    ),
    Case(
        "an unknown role cannot act",
        recommendation("accepted"),
        ReaddressRecommendation(recommendation=R, addressed_to=("role-9",), reason="Theirs"),
        refused=NotFound,
        match="RO9",
    ),
    Case(
        "a recommendation is accepted without naming who decided",
        recommendation("proposed"),
        AcceptRecommendation(recommendation=R),
        then=(RecommendationAccepted(),),
    ),
    Case(
        "what was rejected is accepted after all",
        recommendation("rejected"),
        ACCEPT,
        then=(RecommendationAccepted(decided_by="role-5"),),
    ),
    Case("accepting twice changes nothing", recommendation("accepted"), ACCEPT),
    Case(
        "an unknown role accepts nothing",
        recommendation("proposed"),
        AcceptRecommendation(recommendation=R, decided_by="role-9"),
        refused=NotFound,
    ),
    Case(
        "a recommendation is accepted in part",
        recommendation("proposed"),
        PARTLY,
        then=(RecommendationPartlyAccepted(decided_by="role-5", reason="Not for all"),),
    ),
    Case(
        "an unknown role accepts no part",
        recommendation("proposed"),
        PARTLY.model_copy(update={"decided_by": "role-9"}),
        refused=NotFound,
    ),
    Case(
        "a recommendation is rejected with a reason and a decider",
        recommendation("proposed"),
        REJECT,
        then=(RecommendationRejected(decided_by="role-5", reason="Done elsewhere"),),
    ),
    Case(
        "what was rejected is not rejected again",
        recommendation("rejected"),
        REJECT,
        refused=NotNow,
        match="history",
    ),
    Case(
        "another recommendation takes its place",
        recommendation("in_progress"),
        SUPERSEDE,
        then=(RecommendationSuperseded(by="recommendation-8", reason="Wider"),),
    ),
    Case(
        "a recommendation cannot take its own place",
        recommendation("in_progress"),
        SupersedeRecommendation(recommendation=R, by=R),
        refused=Incomplete,
        match="its own place",
    ),
    Case(
        "a rejected recommendation takes nobody's place",
        recommendation("in_progress"),
        SupersedeRecommendation(recommendation=R, by="recommendation-9"),
        refused=NotNow,
        match="R9 is rejected",
    ),
    Case(
        "an unknown recommendation takes nobody's place",
        recommendation("in_progress"),
        SupersedeRecommendation(recommendation=R, by="recommendation-99"),
        refused=NotFound,
    ),
    Case(
        "somebody accepts the risk of what was not done",
        recommendation("in_progress"),
        CLOSE,
        then=(RecommendationClosedNotImplemented(risk_accepted_by="role-5", reason="No money"),),
    ),
    Case(
        "an unknown role accepts no risk",
        recommendation("in_progress"),
        CLOSE.model_copy(update={"risk_accepted_by": "role-9"}),
        refused=NotFound,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_recommended(case: Case) -> None:
    case.check()


@pytest.mark.parametrize("status", RecommendationStatus)
@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        (REWORD, OPEN),
        (READDRESS, OPEN),
        (ACCEPT, BEFORE_WORK),
        (PARTLY, BEFORE_WORK),
        (REJECT, BEFORE_WORK - {RecommendationStatus.REJECTED}),
        (SUPERSEDE, frozenset(RecommendationStatus) - ENDED),
        (CLOSE, TAKEN_ON),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_command_is_answered_in_its_statuses_only(
    command: RewordRecommendation, allowed: frozenset[RecommendationStatus], status: str
) -> None:
    asked = recommendation(status).when(command)
    if status in allowed:
        asked.decide()
    else:
        refusal = asked.refused(NotNow)
        assert str(refusal).startswith(f"R7 is {status.replace('_', ' ')}, so you cannot ")


def test_a_recommendation_is_readdressed_to_somebody() -> None:
    with pytest.raises(ValidationError):
        ReaddressRecommendation(recommendation=R, addressed_to=(), reason="Theirs")


def test_a_refusal_names_the_field_to_mend() -> None:
    asked = NEW.when(ProposeRecommendation(text=TEXT, source="A letter", target="ASAP"))
    assert asked.refused(Incomplete).field == "target"


def test_a_proposal_sets_the_original_and_the_current_date() -> None:
    state = recommendation("proposed").state
    assert (state.original_target, state.target) == (DUE, DUE)
