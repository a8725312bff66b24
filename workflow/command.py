"""The shape of a command, and the registry of which streams answer which commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

from events.catalogue import Event
from workflow.circumstances import Circumstances
from workflow.given_values import AS_WRITTEN, SAYS_SOMETHING, Day

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AS_WRITTEN,
    SAYS_SOMETHING,
]
"""Free text in a command."""

Slip = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AS_WRITTEN,
    SAYS_SOMETHING,
]
"""A short piece of text, such as a target date as written."""


class Command(BaseModel):
    """Something that somebody wants done. Its docstring's first line is its help text.

    `verb` is its name on the command line, after the category. `opens` is True for a command that
    begins a new stream; every other command names the stream it changes in a field called like
    the category. `with_file` is True for one that comes with the bytes of a file: it is given where
    a file can be handed in, and nowhere else. `effective_on` is the civil date on which the change
    became true, where that differs from the day on which it is recorded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: ClassVar[str]
    verb: ClassVar[str]
    opens: ClassVar[bool]
    with_file: ClassVar[bool]

    effective_on: Day | None = None

    @property
    def subject(self) -> str | None:
        """Return the stream that the command changes, or None if it begins one."""
        return None if self.opens else str(getattr(self, self.category))


CommandT = TypeVar("CommandT", bound=type[Command])
Decide = Callable[[Any, Any, Circumstances], Sequence[Event]]
Evolve = Callable[[Any, Any, str], Any]
Dated = Callable[[Any, Any, dt.date], Any]


@dataclass(frozen=True, slots=True)
class Decider:
    """How the streams of one category decide and evolve.

    `dated` notes in the state the civil day on which an event became true; only for the event
    types of `with_days`, on whose days decisions rest.
    """

    category: str
    initial: Callable[[str], Any]
    decide: Decide
    evolve: Evolve
    dated: Dated | None = None
    with_days: frozenset[type[Event]] = frozenset()

    def after(self, state: Any, event: Event, actor: str, on: Callable[[], dt.date]) -> Any:  # noqa: ANN401
        """Return the state after one more event, which became true `on` a civil day."""
        evolved = self.evolve(state, event, actor)
        if self.dated is None or type(event) not in self.with_days:
            return evolved
        return self.dated(evolved, event, on())


_commands: dict[type[Command], str] = {}
_by_name: dict[tuple[str, str], type[Command]] = {}


def command(
    category: str, name: str, *, opens: bool = False, with_file: bool = False
) -> Callable[[CommandT], CommandT]:
    """Register a command under its category and its name on the command line."""

    def register(cls: CommandT) -> CommandT:
        if (category, name) in _by_name:
            message = f"two commands are called '{category} {name}'"
            raise ValueError(message)
        cls.category, cls.verb, cls.opens, cls.with_file = category, name, opens, with_file
        _commands[cls] = category
        _by_name[category, name] = cls
        return cls

    return register


def registered_commands() -> Iterator[type[Command]]:
    """Yield every command, sorted by category and name."""
    for key in sorted(_by_name):
        yield _by_name[key]
