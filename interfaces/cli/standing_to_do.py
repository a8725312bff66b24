"""What has to be done for people to be reminded, the most urgent first, with what mends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from events.refs import quoted
from interfaces.cli.not_taken_words import PostRoom, not_taken, not_taken_in_words
from interfaces.cli.standing_shown import Shown, named
from interfaces.instants import format_age, format_instant_in
from interfaces.left_out_words import untold_in_words
from notifications.heartbeat import Beat
from notifications.refused_addresses import RefusedAddress
from notifications.unsent import Unsent
from notifications.vacancies import Vacancy
from notifications.wording import counted, shortened
from workflow.civil_dates import format_date

MOST_EACH: Final = 5
"""So many addresses, and so many roles, have a sentence each; of more it is said how many."""

_MOST_OF_A_REPLY: Final = 120


def to_do(shown: Shown) -> Iterator[str]:
    """Yield a sentence for each thing that is to be mended, with the command that does it.

    First why the record is in doubt, then who should have been told and was not, then what keeps
    everybody from being told, then what keeps one person or one role from it.
    """
    yield from shown.doubts
    found = shown.standing
    tried = not_taken(found.due.waiting, found.now)
    others = [one for one in found.due.waiting if one not in tried]
    unsent = [*(one.person for one in found.due.unplanned), *(one.person for one in others)]
    if unsent:
        yield _late(unsent, shown)
    if tried:
        yield not_taken_in_words(tried, PostRoom(shown.names, shown.zone, shown.transport))
    if found.silent is not None:
        yield _silent(found.silent, shown)
    yield from untold_in_words(found.due.untold)
    if found.in_doubt:
        yield _in_doubt(found.in_doubt, shown)
    yield from _first(_refused(one, shown) for one in shown.refused)
    yield from _first(_vacant(one, shown) for one in found.vacancies)


def _late(people: Sequence[str], shown: Shown) -> str:
    since = format_instant_in(shown.zone, shown.standing.due.since)
    have = "has" if len(people) == 1 else "have"
    return (
        f"{counted(len(people), 'email')} due by {since} {have} not left, to"
        f" {_called(people, shown)}. Send what is due with 'goldthread remind', or start"
        " 'goldthread worker', which goes on doing it."
    )


def _silent(beat: Beat, shown: Shown) -> str:
    where = f"The worker on {beat.host} (process {beat.process})"
    if beat.stopped_at is not None:
        said = f"{where} was stopped on {format_instant_in(shown.zone, beat.stopped_at)}."
        return f"{said} Start it again with 'goldthread worker' or 'goldthread serve'."
    age = format_age(beat.silent_for(shown.standing.now))
    failing = f" Its last tick failed ({beat.problem})." if beat.problem else ""
    return (
        f"{where} has been silent for {age}.{failing} See whether it still runs and what it wrote,"
        " and start it again with 'goldthread worker' or 'goldthread serve'."
    )


def _in_doubt(emails: Sequence[Unsent], shown: Shown) -> str:
    refs = [quoted(one.email) for one in emails]
    they, have = ("they", "have") if len(refs) > 1 else ("it", "has")
    return (
        f"Nobody knows whether {named(refs)} arrived, to"
        f" {_called([one.person for one in emails], shown)}, and something in {they} is still open."
        f" Ask them; what {they} {have} not told is told anew with 'goldthread tell-again"
        f" {' '.join(refs)}'."
    )


def _refused(one: RefusedAddress, shown: Shown) -> str:
    ref = quoted(one.person)
    said = f" ({shortened(one.reply, _MOST_OF_A_REPLY)})" if one.reply else ""
    return (
        f"No email reaches {shown.names.called(one.person)} ({ref}): the address {one.address} was"
        f" refused on {format_date(one.refused_on)}{said}. Enter the right one with 'goldthread"
        f" person change-email {ref} --email ADDRESS'."
    )


def _vacant(one: Vacancy, shown: Shown) -> str:
    ref = quoted(one.role)
    leads = named([quoted(item) for item in one.items] or ["open work"])
    return (
        f"Nobody holds the role of {shown.names.called(one.role)} ({ref}), which leads {leads}:"
        " whoever is next is told instead. Appoint somebody with 'goldthread role appoint"
        f" {ref} --person PERSON --from-on {shown.today}'."
    )


def _first(sentences: Iterable[str]) -> Iterator[str]:
    """Yield the first sentences, and how many more things of their kind there are."""
    each = list(sentences)
    yield from each[:MOST_EACH]
    if len(each) > MOST_EACH:
        yield f"So it is with {len(each) - MOST_EACH} more, which are listed below."


def _called(people: Sequence[str], shown: Shown) -> str:
    return named([shown.names.called(person) for person in dict.fromkeys(people)])
