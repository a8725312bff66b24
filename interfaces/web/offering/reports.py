"""What somebody can report from a reminder without signing in, and the forms in which they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from starlette.datastructures import FormData

from events.refs import category_of
from interfaces.evidence.bounds import FileBounds
from interfaces.web.files.attaching import with_file_field
from interfaces.web.files.sent_files import Sent
from interfaces.web.forms import (
    LOOKED_AT,
    BadForm,
    FormField,
    command_of,
    fields_of,
    personal_mark,
    with_errors,
)
from interfaces.web.offering.offers import offers_on
from projections.names import Names
from projections.store import View
from workflow.circumstances import Circumstances
from workflow.command import Command

_WHOSE: Final = FormField(
    "whose",
    "Who should have it, as far as you know, and why",
    "text",
    "It stands in the record as a note of yours. The business manager decides who leads it.",
    is_required=True,
)
_PASSED_ON: Final = "This should go to somebody else:"


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be reported. `name` tells its form from the others on the page.

    `passes_on`: it says that the item should go to somebody else, which the workflow knows as a
    note.
    """

    name: str
    words: str
    kind: type[Command]
    passes_on: bool = False

    def fields(
        self, names: Names, bounds: FileBounds, sent: Sent | None, errors: Mapping[str, str]
    ) -> tuple[FormField, ...]:
        """Return the fields of its form, filled with what was sent in it; files where it has any.

        `bounds`: of the files that it takes.
        """
        if not self.passes_on:
            own = fields_of(self.kind, names, sent.form if sent else None)
            found = with_file_field(own, self.kind, bounds, sent)
            return with_errors(found, errors if sent else {})
        return (self._whose(sent.form if sent else None, errors),)

    def _whose(self, sent: FormData | None, errors: Mapping[str, str]) -> FormField:
        if sent is None:
            return _WHOSE
        return replace(
            _WHOSE,
            values=(_line(sent, "whose"),),
            error=errors.get("whose", ""),
            looks_personal=personal_mark(_note_of(sent)),
        )

    def command(self, ref: str, sent: FormData) -> Command:
        """Return the command that its form asks for. Raises `BadForm`."""
        if not self.passes_on:
            return command_of(self.kind, ref, _without_day(sent))
        words = _line(sent, "whose").strip()
        if not words:
            raise BadForm({"whose": "Say who should have it, or that you do not know, and why."})
        try:
            note = FormData([("note", _note_of(sent)), *_looked_at(sent)])
            return command_of(self.kind, ref, note)
        except BadForm as bad:
            raise BadForm({"whose": next(iter(bad.errors.values()))}) from bad


_WAYS: Final = (
    ("note", "Tell how it goes", "note-progress"),
    ("done", "Report it done", "submit"),
    ("done", "Report it done", "report-implemented"),
    ("more-time", "Ask for more time", "request"),
)
_AT_HOME: Final = (
    ("stuck", "Something stands in its way", "block"),
    ("goes-on", "Nothing stands in its way any more", "unblock"),
    ("taken-up", "Take it up again", "resume"),
)
"""What else can be said of how an item stands by whoever is signed in."""

_NOT_MINE: Final = ("not-mine", "It is not mine")


def ways_on(
    ref: str, view: View, circumstances: Circumstances, *, at_home: bool = False
) -> tuple[Way, ...]:
    """Return what somebody may report of an item now; nothing of what they may not.

    `at_home`: on their own first page, where they are signed in.
    """
    offered = {
        offer.kind.verb: offer.kind
        for offer in offers_on(ref, view, circumstances)
        if offer.kind.category in {category_of(ref), "extension"}
    }
    wanted = (*_WAYS, *(_AT_HOME if at_home else ()))
    ways = [Way(name, words, offered[verb]) for name, words, verb in wanted if verb in offered]
    if "note-progress" in offered:
        ways.append(Way(*_NOT_MINE, offered["note-progress"], passes_on=True))
    return tuple(ways)


def _without_day(sent: FormData) -> FormData:
    """Leave out the day on which it became true: who writes from an email tells of today."""
    return FormData([one for one in sent.multi_items() if one[0] not in {"effective_on", "way"}])


def _note_of(sent: FormData) -> str:
    return f"{_PASSED_ON} {_line(sent, 'whose').strip()}"


def _looked_at(sent: FormData) -> list[tuple[str, Any]]:
    return [(LOOKED_AT, one) for one in sent.getlist(LOOKED_AT)]


def _line(sent: FormData | None, name: str) -> str:
    value = sent.get(name) if sent is not None else ""
    return value if isinstance(value, str) else ""
