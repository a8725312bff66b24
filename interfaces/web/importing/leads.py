"""The leads of a document as written, each beside the role that it is taken for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.refs import quoted
from interfaces.documents.document import Problem
from interfaces.importing.proposal import NewRole, Proposal, Spelling
from interfaces.importing.showing import role_words
from interfaces.importing.wording import name_key
from interfaces.web.forms import Option
from interfaces.web.importing.asked import Asked
from projections.names import Names


@dataclass(frozen=True, slots=True)
class LeadShown:
    """One spelling. `value`: the role that it is taken for, by reference or by its new title.

    `title`: what was typed for a new role and cannot be its title. `reason`: why another spelling
    is taken for the role; `lines` say where it stands. `can_be_new`: no role is called so yet.
    """

    written: str
    value: str
    title: str
    reason: str
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    new: NewRole | None
    can_be_new: bool

    @property
    def is_worth_a_look(self) -> bool:
        """Tell whether a person should look at what it was taken for."""
        return bool(self.reason or self.problems or self.new)

    @property
    def new_role(self) -> str:
        """Tell what role would be created for it, if any."""
        return role_words(self.new) if self.new else ""


def leads_of(proposal: Proposal, asked: Asked) -> list[LeadShown]:
    """Return the spellings of a document, those first at which somebody should look."""
    found = [_lead(one, proposal, asked) for one in proposal.spellings]
    return sorted(found, key=lambda one: not one.is_worth_a_look)


def role_options(proposal: Proposal, names: Names) -> tuple[Option, ...]:
    """Return the roles that a lead may be: those that there are, then those to be created."""
    there = [
        Option(ref, f"{row['title']} ({quoted(ref)})")
        for ref, row in names.of_kind("role")
        if row["standing"] == "current"
    ]
    new = [Option(role.title, f"A new role: {role.title}") for role in proposal.roles]
    return (*sorted(there, key=lambda one: one.words.casefold()), *new)


def _lead(one: Spelling, proposal: Proposal, asked: Asked) -> LeadShown:
    lead = one.lead
    new = None if lead is None or lead.ref else _new(lead.title, proposal)
    chosen = asked.answers.roles.get(name_key(one.written), "")
    return LeadShown(
        one.written,
        (lead.ref or lead.title) if lead else "",
        "" if lead else chosen,
        one.reason or "",
        tuple(sorted({line for line, _ in _rows_with(one.written, proposal)})),
        tuple({str(p): p for p in _problems(one.written, proposal)}.values())[:1],
        new,
        lead is None or name_key(lead.title) != name_key(one.written),
    )


def _new(title: str, proposal: Proposal) -> NewRole | None:
    return next((role for role in proposal.roles if role.title == title), None)


def _rows_with(written: str, proposal: Proposal) -> Iterator[tuple[int, str | None]]:
    return ((one.row.line, one.sheet) for one in proposal.rows if written in one.row.leads)


def _problems(written: str, proposal: Proposal) -> Iterator[Problem]:
    """Yield what keeps a spelling from being a role."""
    if next(one for one in proposal.spellings if one.written == written).lead is not None:
        return
    for row in proposal.rows:
        if written in row.row.leads:
            yield from (one for one in row.problems if one.field == "lead")
