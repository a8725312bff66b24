"""Handing in a file on a page: beside a report of what was done, or by itself."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError

from interfaces.evidence.checking import handed
from interfaces.evidence.kinds import ENDINGS
from interfaces.evidence.names import safe_name
from interfaces.evidence.refusing import FILE_FIELD, KEPT
from interfaces.web.forms import (
    BadForm,
    FormField,
    LooksPersonal,
    errors_of,
    looked_at,
    personal_mark,
    require_looked_at,
)
from interfaces.web.sent_files import Sent, SentFile
from interfaces.web.visit import Visit
from projections.handing_in import Handed, hand_in
from projections.ledger import LedgerAnswer
from workflow.command import Command
from workflow.evidence_commands import AddEvidence

_BESIDE: Final = frozenset(
    {
        ("action", "note-progress"),
        ("action", "submit"),
        ("recommendation", "note-progress"),
        ("recommendation", "report-implemented"),
    }
)
"""The commands with which people tell what was done, by category and verb."""

FILES_IN_TIME: Final = (60, 15 * 60)
"""So many files in so many seconds somebody hands in at most."""

_AGAIN: Final = "Choose the file again: a browser forgets it when a form comes back."


def takes_file(kind: type[Command]) -> bool:
    """Tell whether a command's form has a place for a file."""
    return kind is AddEvidence or (kind.category, kind.verb) in _BESIDE


def file_field(visit: Visit, kind: type[Command], sent: Sent | None) -> FormField:
    """Return the field in which a file is chosen."""
    most = visit.partnership.settings.evidence.most_megabytes
    alone = kind is AddEvidence
    came = sent is not None and sent.file is not None
    mark = personal_mark(safe_name(sent.file.name)) if sent is not None and sent.file else ""
    return FormField(
        FILE_FIELD,
        "File" if alone else "A file that shows it",
        "file",
        f"Up to {most} MB: {KEPT}.",
        is_required=alone,
        values=(ENDINGS, str(most)),
        error=_AGAIN if came else "",
        looks_personal=mark,
        is_looked_at=sent is not None and mark in looked_at(sent.form),
    )


def give_with_file(
    visit: Visit,
    ref: str,
    command: Command | None,
    sent: Sent,
    *,
    expected_version: int | None = None,
) -> LedgerAnswer:
    """Keep the file that came with a form, and carry out the command beside it, both or neither.

    Raises a `Refusal`, `BadForm`, `TooOften`.
    """
    visit.house.pace.take(f"files of {visit.person}", *FILES_IN_TIME)
    file = sent.file
    if file is None:
        raise BadForm({FILE_FIELD: "Choose a file."})
    note = sent.form.get("note") if command is None else None
    found = handed_by(visit, ref, file, note.strip() or None if isinstance(note, str) else None)
    try:
        require_looked_at(found.command, sent.form)
    except LooksPersonal as personal:
        raise with_file_named(personal, f" {_AGAIN}") from personal
    return hand_in(
        visit.partnership.ledger,
        found,
        actor=visit.person,
        beside=command,
        command_id=sent.command_id,
        expected_version=expected_version,
    )


def with_file_named(personal: LooksPersonal, mend: str = "") -> LooksPersonal:
    """Return what is to be said of a file's name beside the file, where there is a place for it."""
    told = dict(personal.errors)
    if name := told.pop("name", ""):
        told[FILE_FIELD] = f"Its name: {name}{mend}"
    return LooksPersonal(told)


def handed_by(visit: Visit, ref: str, file: SentFile, note: str | None) -> Handed:
    """Return a file as it can be handed in. Raises `FileRefused`, `BadForm`."""
    most = visit.partnership.settings.evidence.most_megabytes
    try:
        return handed(file.name, file.content, to=ref, note=note, most_megabytes=most)
    except ValidationError as problem:
        raise BadForm(errors_of(problem)) from problem
