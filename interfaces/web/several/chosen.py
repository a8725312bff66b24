"""Several items that are changed at once: how each stands before, and what came of every one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid5

from events.refs import UnknownReference, category_of, quoted, read_ref
from interfaces.web.forms import BadForm, Sent
from interfaces.web.meanwhile import meanwhile
from interfaces.web.offering.trial import Trial
from interfaces.web.refusals.told_by_name import told_by_name
from interfaces.web.seeing.sight import require_seen
from interfaces.web.several.joint_offers import JointOffer
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine, LineMaker
from projections.history import HistoryLine
from projections.store import View
from workflow.command import Command
from workflow.refusals import Conflict, NotFound, Refusal

_MODELS: Final = {"action": "actions", "recommendation": "recommendations"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the items that were chosen, as it stands.

    `version` is the last change of its stream. `refusal` says why the workflow would refuse what is
    to be done, whatever the form says; it is empty where it would not. `can_go`: the form can be
    sent for it at all; `goes`: it is ticked. `told` is what came of it, if it was sent and not
    recorded; `since`, what others did after it had been shown.
    """

    line: BoardLine
    version: int
    refusal: str
    can_go: bool
    goes: bool
    told: str = ""
    since: tuple[HistoryLine, ...] = ()

    @property
    def reason(self) -> str:
        """Return what is in the way, if anything is."""
        return self.told or self.refusal


def found_among(view: View, words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the items that some words name, and the words that name none one may see."""
    refs: dict[str, None] = {}
    nowhere: dict[str, None] = {}
    for one in words:
        ref = _ref_of(view, one)
        if ref:
            refs[ref] = None
        else:
            nowhere[one] = None
    return list(refs), list(nowhere)


def standing(visit: Visit, offer: JointOffer, refs: Iterable[str]) -> list[Chosen]:
    """Return how each of some items stands, and whether it would take what is to be done.

    What is not theirs to see, or not any more, is left out.
    """
    settings = visit.partnership.settings
    lines = LineMaker(visit.names, visit.partnership.calendar, settings.board.cadence_days)
    rows = ((ref, visit.now.get(_MODELS[category_of(ref)], ref)) for ref in refs)
    return [_standing(visit, offer, lines.line(ref, row)) for ref, row in rows if row is not None]


def commands_on(
    visit: Visit, offer: JointOffer, refs: Sequence[str], sent: Sent
) -> dict[str, Command]:
    """Return the command on each item that a form asks for. Raises `BadForm`, before the first."""
    commands = offer.commands(refs, sent)
    for command in commands.values():
        try:
            require_seen(command, visit.now)
        except NotFound as missing:
            raise BadForm({str(missing.field): str(missing)}) from missing
    return commands


def give_each(
    visit: Visit,
    commands: Mapping[str, Command],
    command_id: str,
    versions: Mapping[str, int] | None,
) -> dict[str, Refusal | None]:
    """Give the command on each item, one after the other; return why it was refused, or None.

    Each has an id of its own, named by the item and by the form: one that is sent twice does it
    once. `versions`: the change at which each item was shown, where they were shown; one that was
    not counts as changed since.
    """
    return {
        ref: _given(
            visit,
            command,
            str(uuid5(UUID(command_id), ref)),
            None if versions is None else versions.get(ref, 0),
        )
        for ref, command in commands.items()
    }


def errors_among(refusals: Mapping[str, Refusal | None]) -> dict[str, str]:
    """Return what is wrong with fields of a form, by field.

    What was typed may be right for one item and wrong for another, such as a date: then it is said
    for which. Of what was changed meanwhile nobody knows yet.
    """
    tried = {ref: one for ref, one in refusals.items() if not isinstance(one, Conflict)}
    by_field: dict[str, dict[str, list[str]]] = {}
    for ref, refusal in tried.items():
        if refusal is not None and refusal.field:
            told = by_field.setdefault(refusal.field, {})
            told.setdefault(str(refusal), []).append(quoted(ref))
    return {field: _told(told, len(tried)) for field, told in by_field.items()}


def answered(visit: Visit, chosen: Chosen, refusal: Refusal, seen: int | None) -> Chosen:
    """Return an item with why it was refused, and with what others did since it was shown, if so.

    `seen`: the change at which it was shown.
    """
    overtaken = isinstance(refusal, Conflict)
    since = meanwhile(visit.now, chosen.line.ref, seen) if overtaken and seen else ()
    return replace(chosen, told=told_by_name(visit, refusal), since=since)


def _standing(visit: Visit, offer: JointOffer, line: BoardLine) -> Chosen:
    ref = line.ref
    version = _version(visit.now, ref)
    kind = offer.kind_for(ref)
    if kind is None:
        told = f"This is nothing for {line.kind}s, and {line.quoted} is one."
        return Chosen(line, version, told, can_go=False, goes=False)
    refusal = Trial(ref, visit.now, visit.circumstances).refusal(kind)
    told = told_by_name(visit, refusal) if refusal else ""
    return Chosen(line, version, told, can_go=True, goes=not told)


def _version(view: View, ref: str) -> int:
    """Return the last change of an item that its row shows for certain, and none that came after.

    Rows are those of when the view began, or later; events are read as they stand by now.
    """
    versions = (one.version for one in view.events_of(ref) if one.position <= view.position)
    return max(versions, default=0)


def _given(
    visit: Visit, command: Command, command_id: str, expected_version: int | None
) -> Refusal | None:
    ledger = visit.partnership.ledger
    try:
        ledger.execute(
            command, actor=visit.person, command_id=command_id, expected_version=expected_version
        )
    except Refusal as refusal:
        return refusal
    return None


def _told(told: Mapping[str, Sequence[str]], given: int) -> str:
    if len(told) == 1 and len(next(iter(told.values()))) == given:
        return next(iter(told))
    return " ".join(f"{', '.join(refs)}: {words}" for words, refs in told.items())


def _ref_of(view: View, words: str) -> str:
    """Return the item that some words name; empty if there is none that who asks may see."""
    try:
        ref = read_ref(words)
    except UnknownReference:
        return ""
    model = _MODELS.get(category_of(ref))
    return ref if model and view.get(model, ref) is not None else ""
