"""The world in which a random story happens: its chance, its clock, and what there is in it."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from events.catalogue import Event
from events.refs import category_of
from events.values import Precision, TargetDate
from projections.late import NEVER_LATE
from workflow.civil_dates import month_name

SOME_WORDS = (
    "check multi-agency records the same day",
    "share the minutes with every school",
    "ask the child what helped",
    "sample ten files each month",
    "write down who was told, and when",
    "bring the questions to supervision",
)


class Step(NamedTuple):
    """One event of a story, with who caused it and when. `effective_on` only where told late."""

    stream: str
    event: Event
    actor: str
    recorded_at: dt.datetime
    effective_on: dt.date | None


@dataclass
class Thing:
    """A stream as the story knows it; `notes` holds whatever its next events depend on."""

    ref: str
    status: str
    notes: dict[str, Any] = field(default_factory=dict)


class World:
    """Everything there is in a story, and the steps told so far."""

    def __init__(self, chance: random.Random, begins_at: dt.datetime) -> None:
        self.chance, self.now = chance, begins_at
        self.steps: list[Step] = []
        self.things: dict[str, list[Thing]] = {}

    @property
    def today(self) -> dt.date:
        """Return the day in UTC, which lies near enough for made-up dates."""
        return self.now.date()

    def tell(self, ref: str, *events: Event, actor: str | None = None) -> None:
        """Add events that happened together; now and then they became true some days before."""
        may_be_late = category_of(ref) not in NEVER_LATE
        late = may_be_late and self.chance.random() < 0.1
        effective_on = self.today - dt.timedelta(self.chance.randint(1, 40)) if late else None
        by = actor or self.actor()
        self.steps += [Step(ref, event, by, self.now, effective_on) for event in events]

    def wait(self, minutes: int) -> None:
        """Let up to so many minutes pass; sometimes none, as within one command."""
        self.now += dt.timedelta(minutes=self.chance.randint(0, minutes), microseconds=1)

    def begin(self, category: str, status: str, **notes: Any) -> Thing:  # noqa: ANN401
        """Return a new thing, numbered next in its category."""
        there = self.things.setdefault(category, [])
        thing = Thing(f"{category}-{len(there) + 1}", status, notes)
        there.append(thing)
        return thing

    def one(self, category: str, *statuses: str) -> Thing | None:
        """Return some thing of a category, in one of the statuses if any are named."""
        there = self.things.get(category, [])
        for _ in range(6):
            if not there:
                return None
            found = self.chance.choice(there)
            if not statuses or found.status in statuses:
                return found
        return None

    def some(self, category: str, most: int, *statuses: str) -> tuple[str, ...]:
        """Return the references of up to so many different things of a category."""
        found = (self.one(category, *statuses) for _ in range(self.chance.randint(0, most)))
        return tuple(dict.fromkeys(thing.ref for thing in found if thing is not None))

    def actor(self) -> str:
        """Return somebody who could have done it."""
        person = self.one("person")
        return "system" if person is None or self.chance.random() < 0.05 else person.ref

    def words(self) -> str:
        """Return some words; two calls seldom return the same."""
        return f"{self.chance.choice(SOME_WORDS)} ({self.chance.randint(1, 10_000)})"

    def maybe_words(self) -> str | None:
        """Return some words, or none."""
        return self.words() if self.chance.random() < 0.5 else None

    def day_ahead(self, most_days: int = 200) -> dt.date:
        """Return a day to come."""
        return self.today + dt.timedelta(self.chance.randint(1, most_days))

    def target(self) -> TargetDate:
        """Return a target date: a month, a day or, seldom, "ongoing"."""
        kind = self.chance.random()
        if kind < 0.1:
            return TargetDate(
                as_written="ongoing", precision=Precision.ONGOING, review_every_days=60
            )
        day = self.day_ahead(400)
        if kind < 0.4:
            written = day.strftime("%d.%m.%Y")
            return TargetDate(
                as_written=written, precision=Precision.DAY, earliest=day, latest=day, due=day
            )
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
        written = month_name(day.year, day.month)
        return TargetDate(
            as_written=written, precision=Precision.MONTH, earliest=first, latest=last, due=last
        )

    def themes(self) -> tuple[str, ...]:
        """Return up to two themes."""
        known = ("neglect", "early help", "exploitation", "domestic abuse", "child's voice")
        return tuple(dict.fromkeys(self.chance.choices(known, k=self.chance.randint(0, 2))))
