"""The entries `[[clocks]]`: what starts the standard clocks here, and clocks of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from events.audit_clock import Authority, ClockName, StartEvent, Unit
from interfaces.settings_section import Line, Section
from workflow.clocks import STANDARD_CLOCKS, Clock

_STANDARD: Final = {clock.name: clock for clock in STANDARD_CLOCKS}
_OWN: Final = "the partnership itself"


class ClockEntry(Section):
    """One clock: a standard one with what starts it, or one of the partnership's own.

    Period, authority and source of a standard clock are those of the law or guidance, so they
    cannot be given; a clock of one's own is never called anything but local.
    """

    name: ClockName
    starts_on: StartEvent
    title: Line | None = None
    length: Annotated[int, Field(ge=1, le=1_000)] | None = None
    unit: Unit = Unit.WORKING_DAYS
    source: Line | None = None

    @model_validator(mode="after")
    def _be_standard_or_whole(self) -> Self:
        if self.name in _STANDARD:
            given = self.model_fields_set - {"name", "starts_on"}
            if given:
                message = (
                    f"the {' and '.join(sorted(given))} of the standard clock '{self.name}' is set"
                    " by law or guidance; give it only starts_on, or your own clock another name"
                )
                raise ValueError(message)
        elif self.title is None or self.length is None:
            standard = ", ".join(_STANDARD)
            message = (
                f"'{self.name}' is a clock of your own, which needs a title and a length; the"
                f" standard ones are {standard}"
            )
            raise ValueError(message)
        return self

    def to_clock(self) -> Clock:
        """Return the clock that the entry says."""
        standard = _STANDARD.get(self.name)
        if standard is not None:
            return replace(standard, starts_on=self.starts_on)
        return Clock(
            self.name,
            self.title or "",
            self.length or 1,
            self.unit,
            self.starts_on,
            Authority.LOCAL,
            self.source or _OWN,
        )


STANDARD_ENTRIES: Final = tuple(
    ClockEntry(name=clock.name, starts_on=clock.starts_on) for clock in STANDARD_CLOCKS
)
"""The standard clocks as they are set unless the configuration says otherwise."""


def named_once(entries: tuple[ClockEntry, ...]) -> tuple[ClockEntry, ...]:
    """Return the entries. Raises `ValueError` for a name given twice."""
    names = [entry.name for entry in entries]
    for name in names:
        if names.count(name) > 1:
            message = f"the clock '{name}' is there twice; give each a name of its own"
            raise ValueError(message)
    return entries


def clocks_of(entries: tuple[ClockEntry, ...]) -> tuple[Clock, ...]:
    """Return all clocks: the standard ones, changed where an entry says so, and others."""
    given = {entry.name: entry.to_clock() for entry in entries}
    standard = (given.pop(clock.name, clock) for clock in STANDARD_CLOCKS)
    return (*standard, *given.values())
