"""How reminding stands, as plain values for programs that watch over it."""

from __future__ import annotations

from events.refs import quoted
from interfaces.cli.standing_shown import Shown, in_trouble
from interfaces.cli.standing_to_do import to_do
from interfaces.cli.unsent_words import as_plain_unsent
from notifications.due_unsent import DueUnsent
from notifications.heartbeat import Beat
from notifications.unsent import Trouble
from projections.projection import Row


def standing_as_plain(shown: Shown) -> Row:
    """Return everything as plain values."""
    found, due = shown.standing, shown.standing.due
    return {
        "well": shown.is_well,
        "to_do": list(to_do(shown)),
        "record": {
            "size": shown.head.size,
            "recorded_at": shown.head.recorded_at,
            "doubts": list(shown.doubts),
        },
        "read_models": {"generation": shown.head.generation, "versions": dict(shown.versions)},
        "outbox": dict(found.outbox),
        "workers": [_plain_beat(beat, shown) for beat in found.beats],
        "next_sending_at": found.next_sending_at.isoformat(),
        "due_and_unsent": _plain_due(due),
        "uncertain": as_plain_unsent(in_trouble(found, Trouble.UNCERTAIN)),
        "in_doubt": [quoted(one.email) for one in found.in_doubt],
        "failed": as_plain_unsent(in_trouble(found, Trouble.FAILED)),
        "refused_addresses": [
            {
                "person": quoted(one.person),
                "address": one.address,
                "refused_on": one.refused_on.isoformat(),
                "reply": one.reply,
            }
            for one in shown.refused
        ],
        "erasures_asked": [one.as_json() for one in shown.erasures],
        "roles_with_nobody": [
            {"role": quoted(one.role), "items": [quoted(item) for item in one.items]}
            for one in found.vacancies
        ],
    }


def _plain_due(due: DueUnsent) -> Row:
    return {
        "since": due.since.isoformat(),
        "unplanned": [
            {
                "person": quoted(email.person),
                "items": [quoted(item.subject.item) for item in email.items],
            }
            for email in due.unplanned
        ],
        "waiting": [
            {
                "ref": quoted(one.email),
                "person": quoted(one.person),
                "send_on": one.send_on.isoformat(),
                "attempts": one.attempts,
                "last_reply": one.last_reply,
            }
            for one in due.waiting
        ],
        "untold": [quoted(one.item) for one in due.untold],
        "behind": [quoted(person) for person in due.behind],
    }


def _plain_beat(beat: Beat, shown: Shown) -> Row:
    now = shown.standing.now
    return {
        "host": beat.host,
        "process": beat.process,
        "since": beat.since.isoformat(),
        "last_beat_at": beat.last_beat_at.isoformat(),
        "silent_seconds": int(beat.silent_for(now).total_seconds()),
        "silent": beat.is_silent(now),
        "did": beat.did,
        "did_at": beat.did_at.isoformat() if beat.did_at else None,
        "problem": beat.problem,
        "stopped_at": beat.stopped_at.isoformat() if beat.stopped_at else None,
    }
