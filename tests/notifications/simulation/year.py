"""A year of reminders under random faults: the same seed always tells the same story."""

from __future__ import annotations

import datetime as dt
import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Final

from events.database import open_engine
from events.log import EventLog
from projections.catalogue import FOLD
from projections.ledger import Ledger
from tests.notifications.simulation.clockwork import Clockwork, day_of
from tests.notifications.simulation.closing import check_at_the_end
from tests.notifications.simulation.happenings import Happenings, near_the_sending_time
from tests.notifications.simulation.judge import Broken, Judge
from tests.notifications.simulation.machines import Machine, Peril, Surroundings
from tests.notifications.simulation.matter import CALENDAR
from tests.notifications.simulation.post_office import Delivered, PostOffice, Weather
from tests.notifications.simulation.world import World
from workflow.deciders import DECIDERS

DAYS: Final = 365
QUIET_DAYS: Final = 14
"""After the year nothing goes wrong for so long, so that nothing can be left untold."""

MACHINES: Final = 3

_DAY: Final = dt.timedelta(days=1)
_SENDING_TIME: Final = dt.time(8)
_WAKES: Final = (
    "SELECT min(CASE WHEN state IN ('claimed', 'data_started') THEN lease_until"
    " ELSE next_try_at END) FROM outbox WHERE state IN ('planned', 'claimed', 'data_started')"
    " OR (state = 'uncertain' AND next_try_at IS NOT NULL)"
)
_ALSO_WAKES: Final = 0.3
_TURNED_BACK: Final = dt.timedelta(hours=-2)


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in a year."""

    seed: int
    emails: int
    delivered: int
    doubts: int
    troubles: int
    happenings: int


@dataclass
class Year:
    """One run. `trace` takes the story, step by step."""

    seed: int
    url: str
    days: int = DAYS
    trace: Callable[[str], None] = lambda _: None
    _queue: list[tuple[dt.datetime, float, int, Callable[[], None]]] = field(default_factory=list)
    _number: Callable[[], int] = field(default_factory=lambda: count().__next__)

    def run(self) -> Told:
        """Live through the year. Raises `Broken`."""
        self._begin()
        try:
            for _ in range(self.days):
                self._live_through_a_day(is_quiet=False)
            self._end_of_trouble()
            for _ in range(QUIET_DAYS):
                self._live_through_a_day(is_quiet=True)
            check_at_the_end(self.log, self.judge, thoroughly=self.seed % 20 == 0)
            return self._told()
        finally:
            self._clear()

    def _begin(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - the seed has to repeat it
        first = dt.date(self.chance.randint(2019, 2034), 1, 1)
        first += dt.timedelta(days=self.chance.randint(0, 364))
        midnight = dt.datetime.combine(first, dt.time(), dt.UTC)
        self.clockwork, self.peril = Clockwork(midnight), Peril()
        self._engine = open_engine(self.url)
        self.log = EventLog(self._engine, self.clockwork.shown)
        self.world = World(Ledger(self.log, FOLD, DECIDERS, CALENDAR), self._say)
        clock, chance = self.clockwork.shown, self.chance
        self.office = PostOffice(chance, clock, self._delivered, self._say)
        self.judge = Judge(self.world, self.clockwork, self.office, self._say)
        self.happenings = Happenings(self.world, self.chance, self._after)
        around = Surroundings(
            self.url, self.clockwork, self.chance, self.office, self.judge, self.peril,
            self._say, self._meddle_while_stalled,
        )  # fmt: skip
        self.machines = [Machine(f"machine-{n}", around) for n in range(1, MACHINES + 1)]
        self.world.begin(self.chance)
        self.happenings.begin(first)
        for machine in self.machines:
            machine.switch_on()
        self._bad_until, self._happened, self._wakes_to_come = midnight, 0, 0

    def _live_through_a_day(self, *, is_quiet: bool) -> None:
        day = day_of(self.clockwork.true + dt.timedelta(hours=1))
        midnight = dt.datetime.combine(day + _DAY, dt.time(), dt.UTC) - dt.timedelta(hours=1)
        if not is_quiet:
            self._let_things_happen(day)
        morning = self.clockwork.true_when_shown(day, _SENDING_TIME)
        self._run_until(min(morning, midnight))
        if CALENDAR.is_working_day(day) or self.chance.random() < 0.02:
            is_due = self.judge.day_begins(day)
            if is_due or self._wakes_at() is not None or self.chance.random() < 0.05:
                self._live_through_a_working_day(day, morning, midnight, is_quiet=is_quiet)
        self._run_until(midnight)

    def _live_through_a_working_day(
        self, day: dt.date, morning: dt.datetime, midnight: dt.datetime, *, is_quiet: bool
    ) -> None:
        if not is_quiet:
            self._draw_the_mood(day)
        before = self._troubles()
        some_are_up = False
        ready = [machine for machine in self.machines if machine.is_up and not machine.is_busy]
        # Fewer than all take part on most days, for speed.
        some = self.chance.choices((1, 2, 3), (55, 25, 20))[0]
        for machine in self.chance.sample(ready, min(len(ready), some)):
            some_are_up = True
            late = self.chance.choice((0, 0, self.chance.uniform(0, 300)))
            self._at(morning + dt.timedelta(seconds=late), partial(self._tick, machine))
        self._run_until(midnight)
        if CALENDAR.is_working_day(day):
            well = some_are_up and before == self._troubles() and not self.clockwork.wrong_by
            self.judge.day_ends(day, nothing_went_wrong=well)

    def _let_things_happen(self, day: dt.date) -> None:
        for _ in range(self.chance.choices((0, 1, 2, 3), (80, 15, 4, 1))[0]):
            at = self.clockwork.true_when_shown(day, near_the_sending_time(day, self.chance))
            self._at(at, self._happen)

    def _happen(self) -> None:
        self._happened += 1
        self.happenings.happen(day_of(self.clockwork.shown()))

    def _delivered(self, taken: Delivered) -> None:
        self.judge.delivered(taken)

    def _meddle_while_stalled(self, time: dt.timedelta) -> None:
        if self.chance.random() < 0.5:
            after = time * self.chance.random()
            self._after(after, self._meddle)

    def _meddle(self) -> None:
        flying = self.judge.in_flight()
        if flying:
            email = self.chance.choice(flying)
            item = self.chance.choice(email.left).item if email.left else None
            self._happened += 1
            day = day_of(self.clockwork.shown())
            self.happenings.meddle(day, item, email.person)

    def _draw_the_mood(self, day: dt.date) -> None:
        """Decide how bad the day is; nothing bad at all on half of the days."""
        chance, now = self.chance, self.clockwork.true
        if now >= self._bad_until:
            self._calm_down()
            weather = chance.choices(tuple(Weather), (70, 14, 5, 6, 5))[0]
            self.office.weather = weather
            if weather is Weather.DOWN:
                self._bad_until = now + _DAY * chance.choice((0.1, 0.2, 0.3, 1, 4))
                self._at(self._bad_until, self._calm_down)
            elif chance.random() < 0.5:
                self._at(now + dt.timedelta(hours=chance.uniform(0, 10)), self._calm_down)
            if chance.random() < 0.25:
                self.peril.killed, self.peril.stalled, self.peril.stopped = 0.008, 0.03, 0.1
            self._say(f"--- {day}: {weather}, {self.peril}")
        if chance.random() < 0.02:
            self._turn_the_clock_back(day)
        if chance.random() < 0.01:
            self._everybody_stops()
        if chance.random() < 0.02:
            self._lose_a_mailbox()

    def _calm_down(self) -> None:
        self.office.weather = Weather.CALM
        self.peril.killed = self.peril.stalled = self.peril.stopped = 0.0

    def _turn_the_clock_back(self, day: dt.date) -> None:
        hours = self.chance.choice((0.1, 0.5, 3, 12, 15.9, 17))
        self._at(
            self.clockwork.true_when_shown(day, _SENDING_TIME) + dt.timedelta(hours=hours),
            partial(self._set_the_clock, _TURNED_BACK),
        )
        right = dt.timedelta(hours=hours + self.chance.choice((0.2, 1.5, 3, 20, 70)))
        self._after(right + dt.timedelta(hours=8), partial(self._set_the_clock, dt.timedelta()))

    def _set_the_clock(self, wrong_by: dt.timedelta) -> None:
        self._say(f"the clock is wrong by {wrong_by}")
        self.clockwork.wrong_by = wrong_by
        self.office.troubled += 1
        self.judge.clock_is_set()
        for machine in self.machines:
            self._after(dt.timedelta(hours=2, minutes=5), partial(self._tick, machine))

    def _everybody_stops(self) -> None:
        self._say("everybody stops")
        time = _DAY * self.chance.choice((0.3, 1, 3, 10))
        self.office.troubled += 1
        for machine in self.machines:
            if machine.is_up and not machine.is_busy:
                machine.switch_off()
                self._after(time, partial(self._switch_on, machine))

    def _lose_a_mailbox(self) -> None:
        addresses = sorted(one.address for one in self.world.state.people.values() if one.address)
        if addresses:
            lost = self.chance.choice(addresses)
            is_full = self.chance.random() < 0.5
            self._say(f"{lost} is {'full' if is_full else 'gone'}")
            mailboxes = self.office.mailboxes_full if is_full else self.office.mailboxes_gone
            mailboxes.add(lost)
            time = _DAY * self.chance.choice((2, 20, 400))
            self._after(time, partial(mailboxes.discard, lost))

    def _end_of_trouble(self) -> None:
        self._say("=== the year is over; nothing goes wrong any more")
        self._calm_down()
        self._set_the_clock(dt.timedelta())
        self.office.mailboxes_gone.clear()
        self.office.mailboxes_full.clear()
        for machine in self.machines:
            self._switch_on(machine)

    def _tick(self, machine: Machine) -> None:
        if machine.is_up and not machine.is_busy:
            machine.is_busy = True
            self._say(f"{machine.name} ticks")
            self._went_on(machine, machine.runner.start(machine.tick))

    def _resume(self, machine: Machine) -> None:
        self._went_on(machine, machine.runner.resume())

    def _went_on(self, machine: Machine, parked_until: dt.datetime | None) -> None:
        if parked_until is not None:
            self._at(parked_until, partial(self._resume, machine))
            return
        machine.is_busy = False
        if not machine.is_up:
            time = self.chance.choices((2, 60, 1_440, 8_640), (50, 25, 15, 10))[0]
            self._after(dt.timedelta(minutes=time), partial(self._switch_on, machine))
            self.judge.is_disturbed()
        elif (wakes_at := self._wakes_at()) is not None:
            soon = self.clockwork.true + dt.timedelta(minutes=self.chance.uniform(1, 20))
            at = max(soon, wakes_at + dt.timedelta(seconds=self.chance.uniform(1, 200)))
            is_today = day_of(at) == day_of(self.clockwork.true)
            # Where another one wakes anyway this one mostly sleeps on, for speed.
            if is_today and (self._wakes_to_come == 0 or self.chance.random() < _ALSO_WAKES):
                self._wakes_to_come += 1
                self._at(at, partial(self._wake, machine))

    def _wake(self, machine: Machine) -> None:
        self._wakes_to_come -= 1
        self._tick(machine)

    def _switch_on(self, machine: Machine) -> None:
        if not machine.is_up and not machine.is_busy:
            self._say(f"{machine.name} is switched on")
            machine.switch_on()
            self._tick(machine)

    def _wakes_at(self) -> dt.datetime | None:
        """Return when something in the outbox may be taken in hand, in true time."""
        ((instant,),) = self.log.query(_WAKES)
        if instant is None:
            return None
        shown = dt.datetime.fromisoformat(instant)
        return max(shown, self.clockwork.shown()) - self.clockwork.wrong_by

    def _troubles(self) -> tuple[int, int]:
        return self.office.troubled, sum(machine.troubles for machine in self.machines)

    def _after(self, time: dt.timedelta, what: Callable[[], None]) -> None:
        self._at(self.clockwork.true + time, what)

    def _at(self, instant: dt.datetime, what: Callable[[], None]) -> None:
        heapq.heappush(self._queue, (instant, self.chance.random(), self._number(), what))

    def _run_until(self, instant: dt.datetime) -> None:
        while self._queue and self._queue[0][0] < instant:
            at, _, _, what = heapq.heappop(self._queue)
            self.clockwork.true = max(at, self.clockwork.true)
            what()
        self.clockwork.true = max(instant, self.clockwork.true)

    def _say(self, words: str) -> None:
        self.trace(f"{self.clockwork.shown():%Y-%m-%d %H:%M:%S} {words}")

    def _told(self) -> Told:
        emails = self.judge.emails.values()
        return Told(
            self.seed,
            len(emails),
            len(self.office.delivered),
            sum(email.doubts for email in emails),
            sum(self._troubles()),
            self._happened,
        )

    def _clear(self) -> None:
        for machine in self.machines:
            machine.runner.end()
            machine.switch_off()
        self.log.close()
        self._engine.dispose()


__all__ = ["Broken", "Told", "Year"]
