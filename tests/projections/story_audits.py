"""How audits and their findings go in a random story."""

from __future__ import annotations

from events.audit import (
    AnalysisStarted,
    AuditApproved,
    AuditCancelled,
    AuditClosed,
    AuditHandedOver,
    AuditKind,
    AuditPaused,
    AuditPlanned,
    AuditResumed,
    AuditRetitled,
    AuditScoped,
    AuditThemesSet,
    FieldworkStarted,
    FindingAgreed,
    FindingDisputed,
    FindingDrafted,
    FindingKind,
    FindingLeftWithoutRecommendation,
    FindingReworded,
    FindingWithdrawn,
    ModerationStarted,
    MonitoringStarted,
)
from events.audit_clock import (
    AuditClockMet,
    AuditClockStarted,
    AuditClockStopped,
    AuditFollowedUp,
)
from tests.projections.story_world import Thing, World
from workflow.clocks import STANDARD_CLOCKS
from workflow.working_days import england

CALENDAR = england()
OVER = ("closed", "cancelled")
NEXT = {
    "scoped": ("fieldwork", FieldworkStarted),
    "fieldwork": ("analysis", AnalysisStarted),
    "analysis": ("moderation", ModerationStarted),
    "moderation": ("approved", AuditApproved),
    "approved": ("monitoring", MonitoringStarted),
}


def plan_audit(world: World) -> None:
    audit = world.begin("audit", "planned", findings={})
    world.tell(
        audit.ref,
        AuditPlanned(
            kind=world.chance.choice(list(AuditKind)),
            title=world.words(),
            themes=world.themes(),
            subgroup=next(iter(world.some("subgroup", 1)), None),
            lead_role=next(iter(world.some("role", 1)), None),
            fieldwork_by=world.target() if world.chance.random() < 0.5 else None,
        ),
    )


def change_audit(world: World) -> None:
    audit = world.one("audit")
    if audit is None:
        return
    if audit.status in OVER:
        _after(world, audit)
        return
    match world.chance.randint(0, 10):
        case 10:
            _change_clock(world, audit)
        case 0 | 1 | 2 | 3:
            _advance(world, audit)
        case 4:
            _rest(world, audit)
        case 5:
            _change(world, audit)
        case _:
            _change_finding(world, audit)


def _advance(world: World, audit: Thing) -> None:
    if audit.status == "paused":
        audit.status = audit.notes["resumes_to"]
        world.tell(audit.ref, AuditResumed())
    elif audit.status == "planned":
        audit.status = "scoped"
        agencies = world.some("agency", 3)
        terms, lines = world.words(), world.words()
        world.tell(
            audit.ref,
            AuditScoped(terms_of_reference=terms, key_lines_of_enquiry=lines, agencies=agencies),
        )
    elif audit.status == "monitoring":
        if world.chance.random() < 0.2:
            _close(world, audit)
    else:
        audit.status, event = NEXT[audit.status]
        world.tell(audit.ref, event())


def _close(world: World, audit: Thing) -> None:
    audit.status = "closed"
    if world.chance.random() < 0.5:
        closed = AuditClosed(re_audit=world.target(), impact_review=world.target())
    else:
        closed = AuditClosed(no_re_audit_reason=world.words())
    world.tell(audit.ref, closed)


def _rest(world: World, audit: Thing) -> None:
    if audit.status == "paused":
        return
    if audit.status in {"planned", "scoped"} and world.chance.random() < 0.2:
        audit.status = "cancelled"
        world.tell(audit.ref, AuditCancelled(reason=world.words()))
    else:
        audit.notes["resumes_to"] = audit.status
        audit.status = "paused"
        world.tell(audit.ref, AuditPaused(reason=world.words()))


def _change(world: World, audit: Thing) -> None:
    match world.chance.randint(0, 2):
        case 0:
            world.tell(audit.ref, AuditRetitled(title=world.words()))
        case 1:
            world.tell(audit.ref, AuditThemesSet(themes=world.themes()))
        case _:
            role = next(iter(world.some("role", 1)), None)
            subgroup = next(iter(world.some("subgroup", 1)), None)
            if role or subgroup:
                world.tell(audit.ref, AuditHandedOver(lead_role=role, subgroup=subgroup))


def _after(world: World, audit: Thing) -> None:
    if audit.status == "closed" and not audit.notes.get("followed_up"):
        audit.notes["followed_up"] = True
        world.tell(audit.ref, AuditFollowedUp(note=world.words()))
    else:
        _end_clock(world, audit)


def _change_clock(world: World, audit: Thing) -> None:
    clocks: dict[int, str] = audit.notes.setdefault("clocks", {})
    if "running" in clocks.values():
        _end_clock(world, audit)
        return
    number, clock = len(clocks) + 1, world.chance.choice(STANDARD_CLOCKS)
    clocks[number] = "running"
    started_on = world.today
    started = AuditClockStarted(
        clock=number,
        name=clock.name,
        title=clock.title,
        starts_on=clock.starts_on,
        started_on=started_on,
        length=clock.length,
        unit=clock.unit,
        authority=clock.authority,
        source=clock.source,
        due_on=clock.due(started_on, CALENDAR),
        calendar=CALENDAR.version,
    )
    world.tell(audit.ref, started)


def _end_clock(world: World, audit: Thing) -> None:
    clocks: dict[int, str] = audit.notes.setdefault("clocks", {})
    for number, status in clocks.items():
        if status == "running":
            is_met = world.chance.random() < 0.7
            clocks[number] = "met" if is_met else "stopped"
            met = AuditClockMet(clock=number, met_on=world.today)
            stopped = AuditClockStopped(clock=number, reason=world.words())
            world.tell(audit.ref, met if is_met else stopped)
            return


def _change_finding(world: World, audit: Thing) -> None:
    findings: dict[int, str] = audit.notes["findings"]
    if not findings or world.chance.random() < 0.3:
        number = len(findings) + 1
        kind = world.chance.choice(list(FindingKind))
        findings[number] = "draft"
        world.tell(audit.ref, FindingDrafted(finding=number, kind=kind, text=world.words()))
        return
    number = world.chance.choice(list(findings))
    if findings[number] == "agreed":
        left = FindingLeftWithoutRecommendation(finding=number, reason=world.words())
        world.tell(audit.ref, left)
    elif findings[number] != "withdrawn":
        _settle_finding(world, audit, number)


def _settle_finding(world: World, audit: Thing, number: int) -> None:
    match world.chance.randint(0, 5):
        case 0:
            world.tell(audit.ref, FindingReworded(finding=number, text=world.words()))
        case 1:
            audit.notes["findings"][number] = "disputed"
            world.tell(audit.ref, FindingDisputed(finding=number, reason=world.words()))
        case 2:
            audit.notes["findings"][number] = "withdrawn"
            world.tell(audit.ref, FindingWithdrawn(finding=number, reason=world.words()))
        case _:
            audit.notes["findings"][number] = "agreed"
            world.tell(audit.ref, FindingAgreed(finding=number))
