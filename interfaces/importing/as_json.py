"""A proposal, and what was stored of it, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from events.refs import quoted
from interfaces.documents.document import Problem
from interfaces.importing.applying import Stored
from interfaces.importing.personal_words import personal_words
from interfaces.importing.proposal import NewAlias, PlanProposal, Proposal, RowProposal
from interfaces.importing.row_problems import problems_of

Json = dict[str, Any]


def proposal_as_json(proposal: Proposal) -> Json:
    """Everything that a document would change."""
    return {
        "document": proposal.source,
        "sha256": proposal.sha256,
        "plans": [_plan(plan, proposal) for plan in proposal.plans],
        "roles": [
            asdict(role) | {"subgroup_ref": _quoted(role.subgroup_ref)} for role in proposal.roles
        ],
        "aliases": [_alias(alias) for alias in proposal.aliases],
        "recommendations": [
            asdict(one) | {"ref": _quoted(one.ref)} for one in proposal.recommendations
        ],
        "questions": [asdict(question) for question in proposal.questions],
        "problems": [_problem(problem) for problem in proposal.problems],
        "looks_personal": [asdict(one) for one in personal_words(proposal)],
    }


def stored_as_json(stored: Stored) -> Json:
    """What was stored."""
    return asdict(stored) | {
        "plans": [quoted(ref) for ref in stored.plans],
        "new_roles": [asdict(role) | {"ref": quoted(role.ref)} for role in stored.new_roles],
        "new_aliases": [_alias(alias) for alias in stored.new_aliases],
        "without_lead": [quoted(ref) for ref in stored.without_lead],
        "without_date": [quoted(ref) for ref in stored.without_date],
    }


def _plan(plan: PlanProposal, proposal: Proposal) -> Json:
    return {
        "title": plan.title,
        "titled_by": plan.titled_by,
        "ref": _quoted(plan.ref),
        "from_on": plan.from_on.isoformat() if plan.from_on else None,
        "until_on": plan.until_on.isoformat() if plan.until_on else None,
        "read_before_on": plan.read_before_on,
        "remark": plan.remark,
        "priorities": [asdict(priority) for priority in plan.priorities],
        "rows": [_row(one, proposal) for one in plan.rows],
        "gone": [asdict(gone) | {"ref": quoted(gone.ref)} for gone in plan.gone],
    }


def _row(one: RowProposal, proposal: Proposal) -> Json:
    target = one.row.target_date
    return {
        "line": one.row.line,
        "sheet": one.sheet,
        "state": one.state,
        "priority": one.priority,
        "action": one.row.text,
        "target_date": one.row.target_date_words,
        "due": target.due.isoformat() if target and target.due else None,
        "written_leads": one.row.leads,
        "leads": [{"title": lead.title, "ref": _quoted(lead.ref)} for lead in one.leads],
        "ref": _quoted(one.action),
        "success_measure": one.row.measure,
        "answers": _quoted(one.answers),
        "status": one.row.status,
        "progress": one.row.progress,
        "reference": one.row.reference,
        "differences": [asdict(found) for found in one.differences],
        "problems": [_problem(problem) for problem in problems_of(one, proposal)],
        "advice": [asdict(advice) for advice in one.advice],
    }


def _alias(alias: NewAlias) -> Json:
    return {"role": quoted(alias.role), "title": alias.title, "alias": alias.alias}


def _problem(problem: Problem) -> Json:
    return asdict(problem)


def _quoted(ref: str | None) -> str | None:
    return None if ref is None else quoted(ref)
