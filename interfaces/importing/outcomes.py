"""What was stored of a document, and what was left out, in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from events.refs import category_of, quoted
from interfaces.importing.applying import CreatedRole, Stored
from interfaces.importing.counting import some
from interfaces.importing.proposal import PlanProposal, Proposal, RowState
from interfaces.importing.showing import TITLES
from workflow.target_dates import REVIEW_EVERY_DAYS

MOST_NAMED: Final = 5
"""How many items are named; more are counted."""


def outcome(stored: Stored, proposal: Proposal) -> Iterator[str]:
    """Tell what was stored, what was made for it, and what was left out."""
    if stored.already:
        yield "This import was stored before; nothing was added."
    elif stored.nothing:
        yield f"Nothing was added{_why_nothing(proposal)}"
    else:
        yield f"Stored from {proposal.source}: {', '.join(_stored(stored))}."
        yield from _made(stored)
        yield from _titles(stored, proposal)
        yield from _adrift(stored)
    yield from _left_out(proposal)
    if not proposal.read_before:
        yield from statuses(proposal)


def statuses(proposal: Proposal) -> Iterator[str]:
    """Say that statuses are read and not taken over: each has to be reported by somebody."""
    given = Counter(one.row.status for one in proposal.rows if one.row.status)
    if not given:
        return
    counted = ", ".join(f"“{status}” {count}" for status, count in sorted(given.items()))
    yield (
        f"The document gives a status to {some(given.total(), 'row')} ({counted}). It is not"
        " stored, because nobody has reported it here yet: 'goldthread action submit' and"
        " 'action complete' record what is done, with --effective-on for the day."
    )


def _stored(stored: Stored) -> Iterator[str]:
    plans = ", ".join(quoted(ref) for ref in stored.plans)
    counts = (
        (stored.added, "action", f"added to {plans}"),
        (stored.changed, "action", "changed"),
        (stored.cancelled, "action", "cancelled"),
        (stored.recommendations, "recommendation", "added"),
        (stored.roles, "role", "created"),
        (stored.aliases, "spelling", "added to a role that was there"),
    )
    for count, noun, done in counts:
        if count:
            yield f"{some(count, noun)} {done}"


def _made(stored: Stored) -> Iterator[str]:
    if stored.new_roles:
        yield "Roles created:"
        yield from (f"  {_role(role)}" for role in stored.new_roles)
    if stored.new_aliases:
        yield "Other spellings from now on:"
    for alias in stored.new_aliases:
        yield f"  “{alias.alias}” means {alias.title} ({quoted(alias.role)})"


def _role(role: CreatedRole) -> str:
    spellings = ", ".join(f"“{alias}”" for alias in role.aliases)
    also = f", also spelt {spellings}" if spellings else ""
    return f"{quoted(role.ref)} {role.title}: {role.office.value.replace('_', ' ')}{also}"


def _titles(stored: Stored, proposal: Proposal) -> Iterator[str]:
    """Say where the titles of new plans came from, and how to give them better ones."""
    known = {plan.ref for plan in proposal.plans}
    fresh = [ref for ref in stored.plans if ref not in known]
    new = [plan for plan in proposal.plans if plan.ref is None and plan.parts()]
    if len(fresh) != len(new):
        return
    for ref, plan in zip(fresh, new, strict=True):
        yield from _title(ref, plan)


def _title(ref: str, plan: PlanProposal) -> Iterator[str]:
    if plan.titled_by in TITLES:
        yield (
            f"{quoted(ref)} is called “{plan.title}” after {TITLES[plan.titled_by]}. To call it"
            f" something else: goldthread plan retitle {quoted(ref)} --title 'Its title'."
        )


def _adrift(stored: Stored) -> Iterator[str]:
    """Say what nobody will be reminded of, and what mends it."""
    ongoing = [ref for ref in stored.without_date if category_of(ref) == "action"]
    undated = [ref for ref in stored.without_date if ref not in ongoing]
    if stored.without_lead:
        mend = "readdress {first} --addressed-to RO4 --reason 'Who acts'"
        yield _lacking(stored.without_lead, "nobody to act", mend)
    if undated:
        yield _lacking(undated, "no date", "set-target-date {first} --target 'March 2027'")
    if ongoing:
        yield (
            f"{_some_have(ongoing)} no day by which to be done ({_named(ongoing)}), being ongoing:"
            f" looked at every {REVIEW_EVERY_DAYS} working days."
        )


def _lacking(refs: list[str], what: str, mend: str) -> str:
    command = mend.format(first=quoted(refs[0]))
    return (
        f"{_some_have(refs)} {what} ({_named(refs)}), so nobody is reminded. Mend it, such as with:"
        f" goldthread recommendation {command}"
    )


def _some_have(refs: list[str]) -> str:
    return f"{some(len(refs), 'item')} {'has' if len(refs) == 1 else 'have'}"


def _named(refs: list[str]) -> str:
    names, more = [quoted(ref) for ref in refs[:MOST_NAMED]], len(refs) - MOST_NAMED
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def _left_out(proposal: Proposal) -> Iterator[str]:
    if not proposal.bad:
        return
    left = sum(one.state is RowState.BAD for one in proposal.rows)
    rows = some(left, "whole row") if left else "no whole row"
    yield f"Left out as bad ({rows}), with what was wrong line by line:"
    yield from (f"  {problem}" for problem in proposal.bad)


def _why_nothing(proposal: Proposal) -> str:
    if proposal.read_before:
        return ". A file is not read twice; --apply new,changed compares it once more."
    if not proposal.parts() and proposal.bad:
        return ": every row that could be new was left out as bad."
    if not proposal.parts():
        return ". The record holds everything that the document says."
    return ". Nothing of it was chosen."
