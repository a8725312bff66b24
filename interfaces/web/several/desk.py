"""The desk on which several items are changed at once, as far as a page shows it.

Each item is shown with whether the workflow would take what is to be done. What came of it is told
of every one, and what is left stands in the form again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Response
from starlette.datastructures import FormData

from events.identifiers import new_identifier
from events.refs import category_of
from interfaces.web.board_asked import LINES_AT_MOST
from interfaces.web.forms import BadForm, FormField, with_errors
from interfaces.web.sent_forms import identifier_of
from interfaces.web.several.chosen import (
    Chosen,
    answered,
    commands_on,
    errors_among,
    found_among,
    give_each,
    standing,
)
from interfaces.web.several.joint_offers import JointOffer
from interfaces.web.visit import Visit
from projections.board_lines import BoardLine
from workflow.refusals import Conflict, Refusal

_WITH_WHICH: Final = frozenset({"on", "shown", "back"})
"""Fields that say with which items, and where they were chosen."""

_NONE_GOES: Final = "Tick at least one of the items, or leave it."


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a form. `given`: it was sent for so many; `is_over`: none of them is left.

    `gone`: recorded, too, but no longer theirs to see, such as what was handed to others.
    """

    recorded: Sequence[BoardLine]
    gone: Sequence[BoardLine]
    given: int
    is_over: bool

    @property
    def done(self) -> int:
        """Return for how many it was recorded."""
        return len(self.recorded) + len(self.gone)


class SeveralDesk:
    """Something to be done with some items, on its way. `words`: how the items are named."""

    def __init__(
        self, visit: Visit, offer: JointOffer, words: Sequence[str], sent: FormData
    ) -> None:
        self._visit, self._offer, self._sent = visit, offer, sent
        self._refs, self._nowhere = found_among(visit.now, words)

    def ask(self) -> Response:
        """Show the form; what was typed before it was known of what stands in its first text."""
        note, fields = line_of(self._sent, "note").strip(), self._fields(FormData())
        place = next((field.name for field in fields if field.kind == "text"), "")
        if note and place:
            fields = self._fields(FormData([(place, note)]))
        return self._page(self._standing(), fields, typed="" if place else note)

    def give(self, versions: Mapping[str, int] | None) -> Response:
        """Do it with each item that is ticked. `versions`: the change at which each was shown."""
        ticked, nowhere = found_among(self._visit.now, listed(self._sent, "on"))
        going = [ref for ref in ticked if self._offer.kind_for(ref) is not None]
        chosen = [replace(one, goes=one.line.ref in ticked) for one in self._standing()]
        fields = self._fields(self._sent)
        if not going and not nowhere:
            return self._page(chosen, fields, problem=_NONE_GOES, status=422)
        try:
            commands = commands_on(self._visit, self._offer, going, self._sent)
        except BadForm as bad:
            fields = with_errors(fields, bad.errors)
            return self._page(chosen, fields, errors=bad.errors, status=422)
        seen = None if versions is None else self._by_ref(versions)
        refusals = give_each(self._visit, commands, self._command_id, seen)
        lines = [one.line for one in chosen if one.line.ref in commands]
        return self._told(refusals, seen or {}, lines, len(nowhere))

    def _told(
        self,
        refusals: Mapping[str, Refusal | None],
        seen: Mapping[str, int],
        lines: Sequence[BoardLine],
        nowhere: int,
    ) -> Response:
        """Show what came of each item; what was refused stands in the form again.

        `lines`: how they stood before.
        """
        refused = {ref: refusal for ref, refusal in refusals.items() if refusal}
        fields = self._fields(self._sent)
        names = {field.name for field in fields} | {"effective_on"}
        errors = {name: told for name, told in errors_among(refusals).items() if name in names}
        # What was stored just now is read by a visit of its own.
        self._visit = replace(self._visit)
        standing_now = self._standing()
        there = {one.line.ref for one in standing_now}
        unseen = [line for line in lines if line.ref not in there]
        gone = [line for line in unseen if line.ref not in refused]
        self._nowhere += [line.quoted for line in unseen if line.ref in refused]
        recorded = [
            one.line
            for one in standing_now
            if one.line.ref in refusals and one.line.ref not in refused
        ]
        left = [
            _answered(self._visit, one, refused.get(one.line.ref), seen, errors)
            for one in standing_now
            if one.line not in recorded
        ]
        conflicts = any(isinstance(refusal, Conflict) for refusal in refused.values())
        return self._page(
            left,
            with_errors(fields, errors),
            errors=errors,
            came=Came(recorded, gone, len(refusals) + nowhere, is_over=not refused),
            status=200 if recorded or gone else 409 if conflicts else 422,
        )

    @property
    def _command_id(self) -> str:
        """Return the id of what is to be done, with whichever items.

        Who goes back and ticks one more does not do it twice with those that it was done with.
        """
        pairs = self._sent.multi_items()
        typed = FormData([pair for pair in pairs if pair[0] not in _WITH_WHICH])
        return identifier_of(typed) or new_identifier()

    def _standing(self) -> list[Chosen]:
        return standing(self._visit, self._offer, self._refs)

    def _fields(self, sent: FormData) -> tuple[FormField, ...]:
        chosen = {category_of(ref) for ref in self._refs}
        return self._offer.fields(self._visit.names, chosen, sent)

    def _by_ref(self, versions: Mapping[str, int]) -> dict[str, int]:
        return {
            ref: version
            for words, version in versions.items()
            for ref in found_among(self._visit.now, [words])[0]
        }

    def _page(
        self,
        chosen: Sequence[Chosen],
        fields: Sequence[FormField],
        *,
        errors: Mapping[str, str] | None = None,
        problem: str = "",
        came: Came | None = None,
        typed: str = "",
        status: int = 200,
    ) -> Response:
        """Show the form. `typed`: what was typed on the board and has no place in it."""
        query = board_query(self._sent)
        same_id = "" if came else line_of(self._sent, "command_id")
        is_over = came is not None and came.is_over
        return self._visit.page(
            "several.html",
            status=status,
            offer=self._offer,
            help=self._offer.help_for({category_of(ref) for ref in self._refs}),
            going=[one for one in chosen if not one.refusal],
            out=[one for one in chosen if one.refusal],
            nowhere=self._nowhere,
            can_go=not is_over and any(one.can_go for one in chosen),
            fields=fields,
            errors=errors or {},
            problem=problem,
            came=came,
            typed=typed,
            effective_on=line_of(self._sent, "effective_on"),
            board_query=query,
            back=f"/board?{query}",
            command_id=same_id or new_identifier(),
        )


def _answered(
    visit: Visit,
    chosen: Chosen,
    refusal: Refusal | None,
    seen: Mapping[str, int],
    errors: Mapping[str, str],
) -> Chosen:
    """Return an item as it is left; what is said beside a field is not said of each item, too."""
    if refusal is None or str(refusal) in errors.values():
        return chosen
    return answered(visit, chosen, refusal, seen.get(chosen.line.ref))


def board_query(sent: FormData) -> str:
    """Return what the address of the board says on which the form stood; nothing it does not."""
    return urlencode(parse_qsl(line_of(sent, "back")))


def listed(sent: FormData, name: str) -> list[str]:
    """Return every value of a field that is not empty, as many as a board has lines at most."""
    return [one for one in sent.getlist(name) if isinstance(one, str) and one][:LINES_AT_MOST]


def line_of(sent: FormData, name: str) -> str:
    """Return the value of a field that has one; empty for any other."""
    value = sent.get(name)
    return value if isinstance(value, str) else ""
