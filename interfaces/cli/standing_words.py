"""How reminding stands, in words: first what to do, then the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.table import Table

from events.reading import Head
from events.refs import quoted
from interfaces.cli.instants import format_age, format_instant_in
from interfaces.cli.left_out_words import untold_in_words
from interfaces.cli.showing import grid
from notifications.due_unsent import DueUnsent
from notifications.heartbeat import Beat
from notifications.standing import Standing
from notifications.unsent import Trouble, Unsent
from notifications.wording import counted, joined
from projections.names import Names

_MOST_NAMED: Final = 10

_STATES: Final = {
    "planned": "waiting to leave",
    "claimed": "in hand",
    "data_started": "being handed over",
    "sent": "sent",
    "failed": "refused for good",
    "uncertain": "uncertain",
    "cancelled": "not sent",
}

_NO_WORKER: Final = {
    True: "none has run yet. Emails go to a folder whenever somebody runs 'goldthread remind'",
    False: "none has run yet. Emails leave whenever somebody runs 'goldthread remind', or by"
    " themselves with 'goldthread worker'",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: how reminding stands, and the record and the names that go with it."""

    standing: Standing
    head: Head
    versions: Mapping[str, int]
    names: Names
    zone: ZoneInfo
    transport: str


def standing_in_words(shown: Shown) -> Iterator[RenderableType]:
    """Yield what to do, if anything, and then how everything stands."""
    todo = list(to_do(shown))
    yield from todo or ["All is well: everything that was due has left."]
    yield ""
    yield _facts(shown)


def to_do(shown: Shown) -> Iterator[str]:
    """Yield a sentence for each thing that keeps people from being reminded, with the mend."""
    found = shown.standing
    if found.silent is not None:
        yield _silent(found.silent, shown)
    if found.due.emails:
        yield _late(found.due, shown)
    yield from untold_in_words(found.due.untold)


def _silent(beat: Beat, shown: Shown) -> str:
    where = f"The worker on {beat.host} (process {beat.process})"
    if beat.stopped_at is not None:
        said = f"{where} was stopped on {format_instant_in(shown.zone, beat.stopped_at)}."
        return f"{said} Start it again with 'goldthread worker'."
    age = format_age(beat.silent_for(shown.standing.now))
    failing = f" Its last tick failed ({beat.problem})." if beat.problem else ""
    return (
        f"{where} has been silent for {age}.{failing} See whether it still runs and what it wrote,"
        " and start it again with 'goldthread worker'."
    )


def _late(due: DueUnsent, shown: Shown) -> str:
    since = format_instant_in(shown.zone, due.since)
    people = dict.fromkeys(
        [*(one.person for one in due.unplanned), *(one.person for one in due.waiting)]
    )
    told = _named([shown.names.called(person) for person in people])
    have = "has" if due.emails == 1 else "have"
    return (
        f"{counted(due.emails, 'email')} due by {since} {have} not left, to {told}.{_replies(due)}"
        " Send what is due with 'goldthread remind', or start 'goldthread worker', which goes on"
        " doing it."
    )


def _replies(due: DueUnsent) -> str:
    replies = dict.fromkeys(one.last_reply for one in due.waiting if one.last_reply)
    if not replies:
        return ""
    return f" The mail server said: {'; '.join(list(replies)[:_MOST_NAMED])}."


def _facts(shown: Shown) -> Table:
    found, zone = shown.standing, shown.zone
    table = grid()
    recorded = format_instant_in(zone, dt.datetime.fromisoformat(shown.head.recorded_at))
    table.add_row("Record", f"{shown.head.size} entries, the last on {recorded}")
    table.add_row("Read models", _models(shown))
    table.add_row("Outbox", _outbox(found.outbox))
    for place, words in enumerate(_workers(shown)):
        table.add_row("" if place else "Worker", words)
    table.add_row("Next sending", format_instant_in(zone, found.next_sending_at))
    late = found.due.emails
    table.add_row("Due and unsent", counted(late, "email") if late else "none")
    table.add_row("Uncertain", _emails(in_trouble(found, Trouble.UNCERTAIN), shown.names))
    table.add_row("Refused", _emails(in_trouble(found, Trouble.FAILED), shown.names))
    table.add_row("Roles with nobody", _vacancies(shown))
    return table


def in_trouble(found: Standing, trouble: Trouble) -> list[Unsent]:
    """Return the emails of the last days that met with one kind of trouble, and still matter."""
    return [one for one in found.unsent if one.trouble is trouble]


def _models(shown: Shown) -> str:
    models = counted(len(shown.versions), "model")
    return f"{models}, filled by this release (generation {shown.head.generation})"


def _outbox(states: Mapping[str, int]) -> str:
    there = [f"{number} {_STATES[state]}" for state, number in states.items() if number]
    return ", ".join(there) or "empty: no email was planned yet"


def _workers(shown: Shown) -> Iterator[str]:
    """Yield a line for each worker that is awake, or else for the one that was awake last."""
    now, beats = shown.standing.now, shown.standing.beats
    awake = [beat for beat in beats if not beat.is_silent(now)]
    for beat in awake or beats[:1]:
        yield _worker(beat, shown)
    if not beats:
        yield _NO_WORKER[shown.transport == "folder"]


def _worker(beat: Beat, shown: Shown) -> str:
    now, zone = shown.standing.now, shown.zone
    awake = f"awake {format_age(beat.silent_for(now))} ago"
    since = f"at work since {format_instant_in(zone, beat.since)}"
    last = "nothing sent yet"
    if beat.did is not None and beat.did_at is not None:
        last = f"last did, on {format_instant_in(zone, beat.did_at)}: {beat.did}"
    return f"{beat.host}, process {beat.process}: {awake}, {since}; {last}"


def _emails(emails: Sequence[Unsent], names: Names) -> str:
    each = [f"{quoted(one.email)} to {names.called(one.person)} ({one.reason})" for one in emails]
    return _named(each) if each else "none"


def _vacancies(shown: Shown) -> str:
    each = [
        f"{shown.names.called(one.role)} ({quoted(one.role)}), which leads"
        f" {_named([quoted(item) for item in one.items] or ['open work'])}"
        for one in shown.standing.vacancies
    ]
    return "; ".join(each) or "none"


def _named(words: Sequence[str]) -> str:
    """Join words as in a sentence; of many the first ones, and how many more there are."""
    if len(words) <= _MOST_NAMED:
        return joined(words)
    return joined([*words[:_MOST_NAMED], f"{len(words) - _MOST_NAMED} more"])
