"""One command, from asking to events: the same few steps for every stream."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from events.catalogue import Event
from workflow.circumstances import Circumstances
from workflow.command import Command, Decider
from workflow.permissions import SubjectFacts, require_permission
from workflow.refusals import Conflict, Incomplete, NotFound


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a command: the stream it changed, its version now, how many events."""

    stream: str
    version: int
    events: int


class Desk(Protocol):
    """What a command needs of the transaction in which it runs."""

    def new_stream(self, category: str) -> str:
        """Return the name of a new stream."""

    def state_of(self, stream: str, decider: Decider) -> tuple[Any, int]:
        """Return the state of a stream and its version (0 before its first event)."""

    def subject_facts(self, command: Command) -> SubjectFacts:
        """Return whose item it is that the command would change."""

    def append(
        self, stream: str, version: int, events: Sequence[Event], effective_on: dt.date | None
    ) -> None:
        """Store events at the end of a stream that is at `version`."""


def handle(
    command: Command,
    desk: Desk,
    circumstances: Circumstances,
    deciders: Mapping[str, Decider],
    *,
    expected_version: int | None = None,
) -> Answer:
    """Decide a command and store what follows from it.

    `expected_version`: the version of the stream that the asker saw, where they saw one. Raises a
    `Refusal`; then nothing is stored.
    """
    _require_past(command, circumstances.today)
    subject = command.subject
    stream = subject or desk.new_stream(command.category)
    decider = deciders[stream.partition("-")[0]]
    state, version = desk.state_of(stream, decider)
    if subject is not None and version == 0:
        raise NotFound(subject)
    if expected_version is not None and expected_version != version:
        raise Conflict(stream, expected_version, version)
    require_permission(command, desk.subject_facts(command), circumstances)
    events = decider.decide(command, state, circumstances)
    if events:
        desk.append(stream, version, events, command.effective_on)
    return Answer(stream, version + len(events), len(events))


def _require_past(command: Command, today: dt.date) -> None:
    if command.effective_on is not None and command.effective_on > today:
        raise Incomplete(
            "effective_on",
            "A change cannot have become true in the future. Leave the date out, or give the day"
            " on which it happened.",
        )
