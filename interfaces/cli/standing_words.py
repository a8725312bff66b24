"""How reminding stands, in words: first what to do, then the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rich.console import RenderableType
from rich.table import Table

from events.refs import quoted
from interfaces.cli.showing import grid
from interfaces.cli.standing_shown import Shown, in_trouble, named
from interfaces.cli.standing_to_do import to_do
from interfaces.instants import format_age, format_instant_in
from notifications.heartbeat import Beat
from notifications.unsent import Trouble, Unsent
from notifications.wording import counted
from projections.names import Names

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


def standing_in_words(shown: Shown) -> Iterator[RenderableType]:
    """Yield what to do, if anything, and then how everything stands."""
    todo = list(to_do(shown))
    yield from todo
    if shown.is_well:
        yield f"{'Apart from that all' if todo else 'All'} is well: {_well(shown)}"
        if shown.standing.due.behind:
            yield _behind(shown)
    yield ""
    yield _facts(shown)


def _well(shown: Shown) -> str:
    since = format_instant_in(shown.zone, shown.standing.due.since)
    return f"everything that was due by {since} has left."


def _behind(shown: Shown) -> str:
    people = [shown.names.called(person) for person in shown.standing.due.behind]
    had = "has" if len(people) == 1 else "have"
    return (
        f"{named(people)} {had} had an email already, and {'is' if had == 'has' else 'are'} told of"
        " what else is due on the next working day: nobody gets two emails on one."
    )


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
    table.add_row("Addresses refused", _refused(shown))
    table.add_row("Emails refused", _emails(in_trouble(found, Trouble.FAILED), shown.names))
    table.add_row("Roles with nobody", _vacancies(shown))
    if shown.erasures:
        table.add_row("Erasures asked for", _erasures(shown))
    return table


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
    since = f"at work since {format_instant_in(zone, beat.since)}"
    if beat.stopped_at is None:
        seen = f"awake {format_age(beat.silent_for(now))} ago, {since}"
    else:
        seen = f"stopped {format_age(abs(now - beat.stopped_at))} ago, {since} until then"
    last = "nothing sent yet"
    if beat.did is not None and beat.did_at is not None:
        last = f"last did, on {format_instant_in(zone, beat.did_at)}: {beat.did}"
    return f"{beat.host}, process {beat.process}: {seen}; {last}"


def _emails(emails: Sequence[Unsent], names: Names) -> str:
    each = [f"{quoted(one.email)} to {names.called(one.person)} ({one.reason})" for one in emails]
    return named(each) if each else "none"


def _refused(shown: Shown) -> str:
    each = [f"{one.address} of {shown.names.called(one.person)}" for one in shown.refused]
    return "; ".join(each) or "none"


def _erasures(shown: Shown) -> str:
    requests = named([str(one.request) for one in shown.erasures])
    return f"{requests}, waiting for a second person: see 'goldthread waiting'"


def _vacancies(shown: Shown) -> str:
    each = [
        f"{shown.names.called(one.role)} ({quoted(one.role)}), which leads"
        f" {named([quoted(item) for item in one.items] or ['open work'])}"
        for one in shown.standing.vacancies
    ]
    return "; ".join(each) or "none"
