"""How reminders are planned and sent in a random story."""

from __future__ import annotations

from events.email import (
    EmailCancelled,
    EmailFailed,
    EmailItemDropped,
    EmailPlanned,
    EmailSent,
    EmailUncertain,
    NotSentReason,
    ReminderItem,
)
from tests.projections.story_world import World

RULES = ("lead-20", "lead-5", "lead+1", "chair+5")


def plan_email(world: World) -> None:
    person = world.one("person")
    chosen = (*world.some("action", 2), *world.some("recommendation", 2))
    items = [
        ReminderItem(item=ref, target_on=world.day_ahead(60), rule=world.chance.choice(RULES))
        for ref in chosen
    ]
    if person is None or not items:
        return
    email = world.begin("email", "planned", items=items)
    planned = EmailPlanned(
        person=person.ref,
        send_on=world.day_ahead(3),
        items=tuple(items),
        message_id=f"<{email.ref}@example.org>",
    )
    world.tell(email.ref, planned, actor="system")


def change_email(world: World) -> None:
    email = world.one("email", "planned")
    if email is None:
        return
    kind = world.chance.random()
    if kind < 0.15:
        _drop(world, email.ref, email.notes["items"])
        email.status = "planned" if email.notes["items"] else "cancelled"
        return
    attempt = world.chance.randint(1, 3)
    if kind < 0.8:
        email.status = "sent"
        sent = EmailSent(sent_to="someone@example.org", attempt=attempt)
        world.tell(email.ref, sent, actor="system")
    elif kind < 0.9:
        email.status = "failed"
        failed = EmailFailed(reply="550 no such mailbox", attempt=attempt)
        world.tell(email.ref, failed, actor="system")
    else:
        email.status = "uncertain"
        uncertain = EmailUncertain(reason="the connection broke", attempt=attempt)
        world.tell(email.ref, uncertain, actor="system")


def _drop(world: World, email: str, items: list[ReminderItem]) -> None:
    gone = items.pop()
    reason = world.chance.choice([NotSentReason.ENDED, NotSentReason.MOVED])
    dropped = EmailItemDropped(
        item=gone.item, target_on=gone.target_on, rule=gone.rule, reason=reason
    )
    cancelled = [] if items else [EmailCancelled(reason=reason)]
    world.tell(email, dropped, *cancelled, actor="system")
