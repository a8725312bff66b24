"""Whether the workflow would take a command now: asked of itself, with whatever in its fields."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from pydantic.fields import FieldInfo

from events.refs import category_of
from interfaces.command_fields import shape_of, subject_field
from projections.deciding import state_in
from projections.known import facts_about
from projections.store import View
from workflow.circumstances import Circumstances
from workflow.command import Command
from workflow.deciders import DECIDERS
from workflow.permissions import SubjectFacts, require_permission
from workflow.refusals import NotAllowed, NotFound, NotNow, Refusal

_ANY_DAY: Final = dt.date(2099, 12, 31)
_ANY_WORDS: Final = "31 December 2099"
"""What stands for whatever somebody will write: a date where a date is wanted."""


class Trial:
    """Tries commands on one thing; what is known of it is read once, and only if need be."""

    def __init__(self, ref: str, view: View, circumstances: Circumstances) -> None:
        self._ref, self._view, self._circumstances = ref, view, circumstances
        self._stream: Final = ref.partition("/")[0]

    def refusal(self, kind: type[Command]) -> Refusal | None:
        """Return why a command would be refused whatever its form says; None if it would not."""
        command = sample(kind, self._ref)
        try:
            require_permission(command, self._facts, self._circumstances)
            decider = DECIDERS[category_of(self._stream)]
            decider.decide(command, self._state, self._circumstances)
        except (NotNow, NotAllowed) as refusal:
            return refusal
        except NotFound as missing:
            return missing if missing.field is None else None
        except (Refusal, ValueError):
            # Of what the form will ask for: that is for whoever fills it in.
            return None
        return None

    @cached_property
    def _facts(self) -> SubjectFacts:
        return facts_about(self._ref, self._view.get)

    @cached_property
    def _state(self) -> Any:  # noqa: ANN401 - as the stream's category
        return state_in(self._view, self._stream)


def sample(kind: type[Command], ref: str | None = None) -> Command:
    """Return a command about a thing, filled with whatever; it is only asked about, never given."""
    subject = subject_field(kind)
    values: dict[str, Any] = {
        name: ref if name == subject else _anything(field)
        for name, field in kind.model_fields.items()
    }
    return kind.model_construct(**values)


def _anything(field: FieldInfo) -> Any:  # noqa: ANN401 - as the field
    if not field.is_required():
        return field.default
    shape = shape_of(field)
    one = _one(shape.kind)
    return (one,) if shape.is_many else one


def _one(kind: type) -> Any:  # noqa: ANN401 - of the kind
    if issubclass(kind, StrEnum):
        return next(iter(kind))
    if kind is dt.date:
        return _ANY_DAY
    return 1 if kind is int else _ANY_WORDS
