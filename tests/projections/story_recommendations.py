"""How recommendations go in a random story, from the proposal to the difference they made."""

from __future__ import annotations

from events.catalogue import Event
from events.recommendation import (
    AfterNoImpact,
    RecommendationAccepted,
    RecommendationClosedNotImplemented,
    RecommendationImpactDue,
    RecommendationImpactNotShown,
    RecommendationImpactShown,
    RecommendationImplemented,
    RecommendationPartlyAccepted,
    RecommendationProgressNoted,
    RecommendationProposed,
    RecommendationReaddressed,
    RecommendationRejected,
    RecommendationReopened,
    RecommendationReworded,
    RecommendationStarted,
    RecommendationSuperseded,
    RecommendationTargetDateSet,
    RecommendationVerificationRefused,
    RecommendationVerified,
)
from tests.projections.story_items import change_date_or_colour
from tests.projections.story_world import Thing, World

ENDED = ("rejected", "impact_shown", "impact_not_shown", "superseded", "closed_not_implemented")


def propose_recommendation(world: World) -> None:
    audit = world.one("audit")
    findings: tuple[str, ...] = ()
    if audit is not None and audit.notes["findings"]:
        number = world.chance.choice(list(audit.notes["findings"]))
        findings = (f"{audit.ref}/finding-{number}",)
    target = world.target() if world.chance.random() < 0.5 else None
    recommendation = world.begin("recommendation", "proposed", dated=target is not None)
    world.tell(
        recommendation.ref,
        RecommendationProposed(
            text=world.words(),
            audit=audit.ref if audit else None,
            findings=findings,
            source=None if audit else world.words(),
            addressed_to=_addressees(world),
            themes=world.themes(),
            target=target,
        ),
    )


def change_recommendation(world: World) -> None:
    recommendation = world.one("recommendation")
    if recommendation is None:
        return
    if recommendation.status in ENDED:
        if world.chance.random() < 0.1:
            recommendation.status = "in_progress"
            world.tell(recommendation.ref, RecommendationReopened(reason=world.words()))
        return
    match world.chance.randint(0, 9):
        case 0:
            _reword(world, recommendation)
        case 1 | 2 if recommendation.notes["dated"]:
            change_date_or_colour(world, recommendation)
        case 1 | 2:
            recommendation.notes["dated"] = True
            world.tell(recommendation.ref, RecommendationTargetDateSet(target=world.target()))
        case 3 | 4 | 5:
            world.tell(recommendation.ref, RecommendationProgressNoted(note=world.words()))
        case 6 if world.chance.random() < 0.2:
            _end(world, recommendation)
        case _:
            _advance(world, recommendation)


def _addressees(world: World) -> tuple[str, ...]:
    return (*world.some("role", 1), *world.some("subgroup", 1), *world.some("agency", 1))


def _reword(world: World, recommendation: Thing) -> None:
    reason = world.words()
    if world.chance.random() < 0.5:
        world.tell(recommendation.ref, RecommendationReworded(text=world.words(), reason=reason))
    else:
        to = _addressees(world)
        world.tell(recommendation.ref, RecommendationReaddressed(addressed_to=to, reason=reason))


def _end(world: World, recommendation: Thing) -> None:
    other, role = world.one("recommendation"), world.one("role")
    if other is not None and other is not recommendation and world.chance.random() < 0.5:
        recommendation.status = "superseded"
        world.tell(recommendation.ref, RecommendationSuperseded(by=other.ref))
    elif role is not None:
        recommendation.status = "closed_not_implemented"
        closed = RecommendationClosedNotImplemented(risk_accepted_by=role.ref, reason=world.words())
        world.tell(recommendation.ref, closed)


def _advance(world: World, recommendation: Thing) -> None:
    person, role = world.one("person"), world.one("role")
    if person is None or role is None:
        return
    match recommendation.status:
        case "proposed":
            told = _decided(world, recommendation, role.ref)
        case "accepted" | "partly_accepted":
            recommendation.status, told = "in_progress", [RecommendationStarted()]
        case "in_progress":
            recommendation.status = "implemented"
            did, evidence = world.words(), world.maybe_words()
            why = None if evidence else world.words()
            told = [
                RecommendationImplemented(
                    what_we_did=did, evidence=evidence, no_evidence_reason=why
                )
            ]
        case "implemented":
            told = _judged(world, recommendation, person.ref)
        case "verified":
            recommendation.status = "impact_due"
            told = [RecommendationImpactDue(target=world.target())]
        case _:
            told = _impact(world, recommendation)
    world.tell(recommendation.ref, *told)


def _decided(world: World, recommendation: Thing, role: str) -> list[Event]:
    match world.chance.randint(0, 5):
        case 0:
            recommendation.status = "rejected"
            return [RecommendationRejected(decided_by=role, reason=world.words())]
        case 1:
            recommendation.status = "partly_accepted"
            return [RecommendationPartlyAccepted(decided_by=role, reason=world.words())]
        case _:
            recommendation.status = "accepted"
            return [RecommendationAccepted(decided_by=role)]


def _judged(world: World, recommendation: Thing, person: str) -> list[Event]:
    if world.chance.random() < 0.3:
        recommendation.status = "in_progress"
        return [RecommendationVerificationRefused(refused_by=person, reason=world.words())]
    recommendation.status = "verified"
    return [RecommendationVerified(verified_by=person, note=world.maybe_words())]


def _impact(world: World, recommendation: Thing) -> list[Event]:
    match world.chance.randint(0, 3):
        case 0:
            recommendation.status = "impact_not_shown"
            then = AfterNoImpact.RE_AUDIT
            audited = world.target()
            return [RecommendationImpactNotShown(reason=world.words(), then=then, re_audit=audited)]
        case 1:
            recommendation.status = "in_progress"
            again = RecommendationReopened(reason=world.words())
            then = AfterNoImpact.REOPEN
            return [RecommendationImpactNotShown(reason=world.words(), then=then), again]
        case _:
            recommendation.status = "impact_shown"
            made, evidence = world.words(), world.words()
            return [RecommendationImpactShown(difference_made=made, evidence=evidence)]
