"""The form of a command: its fields as a page shows them, and what was typed read back.

Made from the command's own model, as the command line is, so that a new command has its form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Protocol

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from events.refs import UnknownReference, quoted, read_ref
from interfaces.command_fields import Shape, shape_of, subject_field
from interfaces.evidence.bounds import FileBounds
from interfaces.field_errors import mend_of
from interfaces.looking_twice import fingerprint, not_looked_at
from projections.names import Names
from workflow.command import Command
from workflow.personal_details import personal_details

_DIRECTORY: Final = frozenset({"role", "person", "subgroup", "agency"})
_LABELS: Final = {
    "effective_on": "The day on which it became true",
    "answers": "Recommendations that it answers",
    "no_evidence_reason": "Why there is no evidence",
    "target": "Target date",
    "text": "Words",
}
"""What fields are called whose names do not say it to everybody."""

_LONG: Final = frozenset(
    {
        "note",
        "reason",
        "what_we_did",
        "evidence",
        "no_evidence_reason",
        "progress",
        "text",
        "difference_made",
        "terms_of_reference",
        "key_lines_of_enquiry",
        "words",
        "success_measure",
        "sample",
    }
)
"""Fields in which people write sentences."""

LOOKED_AT: Final = "looked_at"
"""The field of every form that names the texts to be stored although they look personal."""


class Sent(Protocol):
    """What came with a form."""

    def getlist(self, key: str) -> list[Any]:
        """Return every value of a name."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values of a field that offers some. `words` say what it is."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as it is shown.

    `kind`: line, text, day, number, choice, several, switch or file. `values` are what was typed or
    chosen, exactly; `error` says what is wrong with it, and the mend, a line for each thing.
    `looks_personal` names what was typed where it looks like a child's details, to be sent back by
    whoever wants it stored. `bounds`: of files.
    """

    name: str
    label: str
    kind: str
    hint: str
    is_required: bool
    options: tuple[Option, ...] = ()
    values: tuple[str, ...] = ()
    error: str = ""
    looks_personal: str = ""
    is_looked_at: bool = False
    bounds: FileBounds | None = None

    @property
    def value(self) -> str:
        """Return the one value of a field that has one."""
        return self.values[0] if self.values else ""


class BadForm(ValueError):
    """A form cannot be used as it was sent. `errors` says what is wrong, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{name}: {told}" for name, told in errors.items()))


class LooksPersonal(BadForm):
    """What was sent looks like a child's details, and nobody said that it was looked at again."""


def fields_of(kind: type[Command], names: Names, sent: Sent | None = None) -> tuple[FormField, ...]:
    """Return the fields of a command's form, with what was sent in them, if anything."""
    subject = subject_field(kind)
    return tuple(
        _field(name, field, names, sent)
        for name, field in kind.model_fields.items()
        if name not in (subject, "effective_on")
    )


def with_errors(fields: Iterable[FormField], errors: Mapping[str, str]) -> tuple[FormField, ...]:
    """Return the fields with what is wrong beside each."""
    return tuple(replace(field, error=errors.get(field.name, field.error)) for field in fields)


def command_of(kind: type[Command], ref: str | None, sent: Sent) -> Command:
    """Return the command that a form asks for.

    Raises `BadForm`, also for what looks like a child's details and nobody has looked at again.
    """
    subject = subject_field(kind)
    given: dict[str, Any] = {} if subject is None else {subject: ref}
    errors: dict[str, str] = {}
    for name, field in kind.model_fields.items():
        values = [one for one in sent.getlist(name) if isinstance(one, str) and one.strip()]
        if name == subject or not values:
            continue
        try:
            given[name] = _read(values, shape_of(field))
        except UnknownReference as problem:
            errors[name] = str(problem)
    if errors:
        raise BadForm(errors)
    try:
        command = kind.model_validate(given)
    except ValidationError as problem:
        raise BadForm(errors_of(problem)) from problem
    require_looked_at(command, sent)
    return command


def require_looked_at(command: Command, sent: Sent) -> None:
    """Raise `LooksPersonal` for what looks like a child's details and nobody looked at again."""
    warned = not_looked_at(command, looked_at(sent))
    if warned:
        raise LooksPersonal(warned)


def _field(name: str, field: FieldInfo, names: Names, sent: Sent | None) -> FormField:
    shape = shape_of(field)
    values = () if sent is None else tuple(str(one) for one in sent.getlist(name))
    return FormField(
        name,
        label_of(name),
        _kind(name, shape),
        field.description or "",
        field.is_required(),
        _options(shape, names),
        values,
        looks_personal=personal_mark("\n".join(values)),
        is_looked_at=sent is not None and personal_mark("\n".join(values)) in looked_at(sent),
    )


def personal_mark(text: str) -> str:
    """Return what a form sends back of a text that looks personal; nothing for any other."""
    return fingerprint(text) if personal_details(text) else ""


def looked_at(sent: Sent) -> tuple[str, ...]:
    """Return the fingerprints of the texts that whoever sent a form wants stored all the same."""
    return tuple(mark for marks in sent.getlist(LOOKED_AT) for mark in str(marks).split())


def label_of(name: str) -> str:
    """Return what a field is called on a page."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def _kind(name: str, shape: Shape) -> str:
    if shape.categories and set(shape.categories) <= _DIRECTORY | {"plan"}:
        return "several" if shape.is_many else "choice"
    if shape.is_choice:
        return "choice"
    if shape.kind is bool:
        return "switch"
    if shape.kind is dt.date:
        return "day"
    if shape.kind is int:
        return "number"
    return "text" if name in _LONG or shape.is_many else "line"


def _options(shape: Shape, names: Names) -> tuple[Option, ...]:
    if shape.is_choice:
        choices: Iterable[StrEnum] = shape.kind  # type: ignore[assignment]
        return tuple(Option(one.value, one.value.replace("_", " ")) for one in choices)
    if not shape.categories or not set(shape.categories) <= _DIRECTORY | {"plan"}:
        return ()
    of_directory = (
        Option(ref, f"{names.called(ref)} ({quoted(ref)})")
        for ref, row in names.directory.items()
        if row["kind"] in shape.categories and row.get("standing") == "current"
    )
    of_plans = (
        Option(ref, f"{row['title']} ({quoted(ref)})")
        for ref, row in names.plans.items()
        if "plan" in shape.categories and row["status"] == "current"
    )
    return tuple(sorted((*of_directory, *of_plans), key=lambda option: option.words.casefold()))


def _read(values: list[str], shape: Shape) -> Any:  # noqa: ANN401 - as the field
    if shape.is_many:
        lines = [line for value in values for line in value.splitlines() if line.strip()]
        return tuple(_read_one(line.strip(), shape) for line in lines)
    return _read_one(values[0], shape)


def _read_one(value: str, shape: Shape) -> Any:  # noqa: ANN401 - as the field
    if shape.categories:
        return read_ref(value)
    if shape.kind is bool:
        return value == "yes"
    if shape.kind is dt.date:
        with suppress(ValueError):
            return dt.date.fromisoformat(value)
    if shape.kind is int:
        with suppress(ValueError):
            return int(value)
    return value


def errors_of(problem: ValidationError) -> dict[str, str]:
    """Return what is wrong with the values of a command, by field."""
    told: dict[str, str] = {}
    for error in problem.errors():
        name = str(error["loc"][0]) if error["loc"] else ""
        told.setdefault(name, mend_of(error, label_of(name).lower()))
    return told
