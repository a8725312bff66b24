"""The commands that one row of a plan comes to."""

from __future__ import annotations

from collections.abc import Iterator

from interfaces.importing.filing import Filing
from interfaces.importing.proposal import Difference, Field, RowProposal
from workflow.action_commands import (
    ChangeActionLeads,
    CreateAction,
    MoveActionTargetDate,
    MoveActionToPriority,
    RewordAction,
    SetSuccessMeasure,
)
from workflow.action_work_commands import NoteActionProgress
from workflow.command import Command


def create_action(one: RowProposal, plan: str, plan_title: str, source: str, filing: Filing) -> str:
    """Take on the action of a row, with what the document tells of its progress; return it."""
    action = filing.give(
        CreateAction(
            text=one.row.text,
            lead_roles=tuple(filing.role(lead) for lead in one.leads),
            target=one.row.target_date_words,
            plan=plan,
            priority=one.priority,
            answers=_answers(one, f"{plan_title} — {source}", filing),
            success_measure=one.row.measure,
        )
    )
    if one.row.progress:
        filing.give(_as_published(action, one.row.progress, source))
    return action


def _answers(one: RowProposal, come_from: str, filing: Filing) -> tuple[str, ...]:
    """The recommendation that a row answers: known to the record, or to be made of its words."""
    if one.answers is None:
        return ()
    known = one.answers.startswith("recommendation-")
    return (one.answers if known else filing.recommendation(one.answers, come_from),)


def change_action(one: RowProposal, source: str, filing: Filing) -> None:
    """Let the action of a row say what the document prints, where that may change."""
    for difference in one.differences:
        if difference.kept is None:
            for command in _commands(one, difference, source, filing):
                filing.give(command)


def _commands(
    one: RowProposal, difference: Difference, source: str, filing: Filing
) -> Iterator[Command]:
    action, reason = str(one.action), f"as printed in {source}"
    match difference.field:
        case Field.WORDS:
            yield RewordAction(action=action, text=one.row.text, reason=reason)
        case Field.TARGET_DATE:
            target = one.row.target_date_words
            yield MoveActionTargetDate(
                action=action,
                target=target,
                reason="The plan has another date",
                published_in=source,
            )
        case Field.LEADS:
            leads = tuple(filing.role(lead) for lead in one.leads)
            yield ChangeActionLeads(action=action, lead_roles=leads, reason=reason)
        case Field.MEASURE:
            yield SetSuccessMeasure(action=action, success_measure=difference.after)
        case Field.PROGRESS:
            yield _as_published(action, difference.after, source)
        case Field.PRIORITY:
            priority = int(difference.after)
            yield MoveActionToPriority(action=action, priority=priority, reason=reason)


def _as_published(action: str, words: str, source: str) -> NoteActionProgress:
    return NoteActionProgress(action=action, note=f"As published in {source}: {words}")
