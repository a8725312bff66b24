"""Telling of several items at once: one note for each, and what came of every one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from starlette.datastructures import FormData

from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.web.forms import command_of
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine
from projections.known import facts_about
from workflow.action_work_commands import NoteActionProgress
from workflow.command import Command
from workflow.permissions import may
from workflow.recommendation_commands import NoteRecommendationProgress
from workflow.refusals import Refusal

_NOTES: Final[dict[str, type[Command]]] = {
    "action": NoteActionProgress,
    "recommendation": NoteRecommendationProgress,
}
_NOTHING: Final = "There is nothing called so, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a note on one item. `problem` is empty where it was recorded."""

    ref: str
    text: str
    problem: str


def may_tell(visit: Visit, lines: Iterable[BoardLine]) -> frozenset[str]:
    """Return which of some lines somebody may tell of."""
    return frozenset(line.ref for line in lines if _may_tell(visit, line))


def may_tell_of_any(visit: Visit, lines: Iterable[BoardLine]) -> bool:
    """Tell whether there is any line among some that somebody may tell of."""
    return any(_may_tell(visit, line) for line in lines)


def tell_several(
    visit: Visit, refs: Sequence[str], sent: FormData, command_id: str
) -> list[Outcome]:
    """Note the same of each item, one after the other. Raises `BadForm` before the first.

    Each has a command of its own, named by the item and by the form: one that is sent twice tells
    once.
    """
    found = [(words, _ref_of(visit, words)) for words in dict.fromkeys(refs)]
    commands = {ref: command_of(_NOTES[category_of(ref)], ref, sent) for _, ref in found if ref}
    return [
        _told(visit, commands[ref], ref, str(uuid5(UUID(command_id), ref)))
        if ref
        else Outcome(words, "", _NOTHING)
        for words, ref in found
    ]


def _told(visit: Visit, command: Command, ref: str, command_id: str) -> Outcome:
    row = visit.now.get(f"{category_of(ref)}s", ref) or {}
    text = row.get("text", "")
    try:
        visit.partnership.ledger.execute(command, actor=visit.person, command_id=command_id)
    except Refusal as refusal:
        return Outcome(quoted(ref), text, str(refusal))
    return Outcome(quoted(ref), text, "")


def _ref_of(visit: Visit, words: str) -> str:
    """Return the item that some words name; empty if there is none that who asks may see."""
    try:
        ref = read_ref(words)
    except UnknownReference:
        return ""
    is_item = category_of(ref) in _NOTES
    return ref if is_item and visit.now.get(f"{category_of(ref)}s", ref) is not None else ""


def _may_tell(visit: Visit, line: BoardLine) -> bool:
    facts = facts_about(line.ref, visit.now.get)
    return not line.ended and may(_NOTES[line.kind], facts, visit.circumstances)
