"""Handing in files on a page: beside a report of what was done, or by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from interfaces.evidence.bounds import MOST_FILES, FileBounds
from interfaces.evidence.names import safe_name
from interfaces.evidence.refusing import FILE_FIELD
from interfaces.evidence.together import all_handed
from interfaces.looking_twice import details_told, not_looked_at
from interfaces.web.files.sent_files import Sent
from interfaces.web.forms import (
    BadForm,
    FormField,
    LooksPersonal,
    errors_of,
    looked_at,
    personal_mark,
)
from interfaces.web.visit import Visit
from projections.handing_in import Handed, HandedIn, hand_in
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
_ALL_AGAIN: Final = "Choose the files again: a browser forgets them when a form comes back."


def takes_files(kind: type[Command]) -> bool:
    """Tell whether a command's form has a place for files."""
    return kind is AddEvidence or (kind.category, kind.verb) in _BESIDE


def bounds_of(visit: Visit) -> FileBounds:
    """Return what a form of this record takes."""
    return FileBounds(visit.partnership.settings.evidence.most_megabytes)


def with_file_field(
    own: Sequence[FormField], kind: type[Command], bounds: FileBounds, sent: Sent | None
) -> tuple[FormField, ...]:
    """Return the fields of a command's form with that in which files are chosen, if it has one."""
    if not takes_files(kind):
        return tuple(own)
    file = _file_field(kind, bounds, sent)
    if kind is AddEvidence:
        return (*(field for field in own if field.name == "note"), file)
    # Beside the words about evidence, where a form has any; else at its end.
    names = [field.name for field in own]
    place = names.index("evidence") + 1 if "evidence" in names else len(own)
    return (*own[:place], file, *own[place:])


def _file_field(kind: type[Command], bounds: FileBounds, sent: Sent | None) -> FormField:
    alone = kind is AddEvidence
    files = sent.files if sent is not None else ()
    marks = list(filter(None, (personal_mark(safe_name(file.name)) for file in files)))
    seen = looked_at(sent.form) if sent is not None else ()
    return FormField(
        FILE_FIELD,
        "Files" if alone else "Files that show it",
        "file",
        bounds.words,
        is_required=alone,
        bounds=bounds,
        error=_again(files) if files else "",
        looks_personal=" ".join(marks),
        is_looked_at=set(marks) <= set(seen),
    )


def give_with_files(
    visit: Visit,
    ref: str,
    command: Command | None,
    sent: Sent,
    *,
    expected_version: int | None = None,
) -> HandedIn:
    """Keep the files that came with a form, and carry out the command beside them, all or nothing.

    Raises a `Refusal`, `BadForm`, `TooOften`.
    """
    take_pace(visit, sent)
    if not sent.files:
        raise BadForm({FILE_FIELD: "Choose a file."})
    note = sent.form.get("note") if command is None else None
    found = looked_over(visit, ref, sent, note.strip() or None if isinstance(note, str) else None)
    return hand_in(
        visit.partnership.ledger,
        found,
        actor=visit.person,
        beside=command,
        command_id=sent.command_id,
        expected_version=expected_version,
    )


def take_pace(visit: Visit, sent: Sent) -> None:
    """Count the files that somebody hands in, those that are taken at most. Raises `TooOften`."""
    for _ in sent.files[:MOST_FILES]:
        visit.house.pace.take(f"files of {visit.person}", *FILES_IN_TIME)


def looked_over(visit: Visit, ref: str, sent: Sent, note: str | None) -> tuple[Handed, ...]:
    """Return the files of a form as they can be handed in, once whoever sent it looked twice.

    Raises a `Refusal` that names each that cannot be kept, `BadForm`.
    """
    found = handed_by(visit, ref, sent, note)
    seen = looked_at(sent.form)
    told = [not_looked_at(one.command, seen) for one in found]
    if any(told):
        raise LooksPersonal(_with_files_named(found, told, f" {_again(sent.files)}"))
    return found


def handed_by(visit: Visit, ref: str, sent: Sent, note: str | None) -> tuple[Handed, ...]:
    """Return files as they can be handed in. Raises a `Refusal` that names each, `BadForm`."""
    files = [(file.name, file.content) for file in sent.files]
    try:
        return all_handed(files, bounds_of(visit), to=ref, note=note)
    except ValidationError as problem:
        raise BadForm(errors_of(problem)) from problem


def require_not_personal(found: Sequence[Handed]) -> None:
    """Raise `LooksPersonal` for what looks like a child's details in words or names."""
    told = [details_told(one.command) for one in found]
    if any(told):
        raise LooksPersonal(_with_files_named(found, told))


def _with_files_named(
    found: Sequence[Handed], told: Sequence[dict[str, str]], mend: str = ""
) -> dict[str, str]:
    """Return what is to be said of the names of files beside the field in which they are chosen."""
    errors: dict[str, str] = {}
    lines: list[str] = []
    for one, of_this in zip(found, told, strict=True):
        for name, words in of_this.items():
            if name != "name":
                errors[name] = words
                continue
            whose = "Its name" if len(found) == 1 else f"The name “{one.command.name}”"
            lines.append(f"{whose}: {words}")
    if lines:
        errors[FILE_FIELD] = "\n".join(lines) + mend
    return errors


def _again(files: Sequence[object]) -> str:
    return _AGAIN if len(files) == 1 else _ALL_AGAIN
