"""Machines on which workers run: they stall, are killed, and are started again."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from events.database import open_engine
from notifications.delivering import Delivery
from notifications.last_look import Sending
from notifications.letters import Letterhead
from notifications.mailer import Envelope
from notifications.outcomes import Outcome
from notifications.ticking import Tick
from projections.catalogue import FOLD
from projections.ledger import Ledger
from tests.notifications.simulation.baton import Runner
from tests.notifications.simulation.clockwork import Clockwork
from tests.notifications.simulation.expectations import RULES
from tests.notifications.simulation.judge import Glance, Judge
from tests.notifications.simulation.matter import CALENDAR
from tests.notifications.simulation.post_office import Line, PostOffice
from tests.notifications.simulation.watched_log import WatchedLog
from workflow.deciders import DECIDERS

SENDING: Final = Sending(RULES, Letterhead("Example Partnership", "remind@example.org"))


class Killed(BaseException):
    """The machine was switched off, in the middle of whatever it did."""


@dataclass(slots=True)
class Peril:
    """How likely it is, at each point, that a machine is killed or stalls."""

    killed: float = 0.0
    stalled: float = 0.0
    stopped: float = 0.0
    """How likely it is that a worker is asked to stop, each time that it asks."""


@dataclass
class Surroundings:
    """What all machines share."""

    url: str
    clockwork: Clockwork
    chance: random.Random
    office: PostOffice
    judge: Judge
    peril: Peril
    trace: Callable[[str], None]
    on_stall: Callable[[dt.timedelta], None]


class Machine:
    """A computer with one worker; `name` tells it from the others."""

    def __init__(self, name: str, around: Surroundings) -> None:
        self.name, self._around = name, around
        self.runner = Runner(name)
        self.glance: Glance | None = None
        self.has_looked_again = False
        self.in_hand: list[Envelope] = []
        self.is_up = False
        self.is_busy = False
        self.troubles = 0
        self._engine: Engine | None = None
        self._log: WatchedLog | None = None
        self._tick: Tick | None = None

    def switch_on(self) -> None:
        """Start the worker anew; it remembers nothing."""
        around = self._around
        clock = around.clockwork.shown
        self._engine = open_engine(around.url)
        self._log = WatchedLog(self._engine, clock, self)
        ledger = Ledger(self._log, FOLD, DECIDERS, CALENDAR)
        line = Line(around.office, self, around.chance.choice((1, 1, 3)))
        self._tick = Tick(Delivery(ledger, line, SENDING, clock), clock)
        self.is_up = True

    def switch_off(self) -> None:
        """Let go of the connections, as the end of a process does."""
        self.is_up, self.in_hand = False, []
        if self._log is not None and self._engine is not None:
            self._log.close()
            self._engine.dispose()
        self._log = self._engine = self._tick = None

    def tick(self) -> None:
        """Let the worker do what it is time for. It runs in the machine's own thread."""
        assert self._tick is not None
        try:
            self.point("at the beginning")
            ticked = self._tick(self._is_asked_to_stop)
            self._trace(f"{dict(ticked.outcomes)}")
            self._around.judge.require(
                not ticked.outcomes[Outcome.PROBLEM], "an email could not be written"
            )
        except Killed as killed:
            self._trace(f"KILLED {killed}")
            self.switch_off()
        self.in_hand = []

    def point(self, place: str, *, may_stall: bool = True) -> None:
        """Kill or stall the machine, if chance has it so."""
        peril = self._around.peril
        if not peril.killed and not peril.stalled:
            return
        drawn = self._around.chance.random()
        if drawn < peril.killed:
            self._around.judge.is_disturbed()
            self.troubles += 1
            raise Killed(place)
        if may_stall and drawn < peril.killed + peril.stalled:
            self._around.judge.is_disturbed()
            self.troubles += 1
            time = self._around.chance.choices(
                [dt.timedelta(seconds=20), dt.timedelta(minutes=6), dt.timedelta(minutes=25),
                 dt.timedelta(hours=12)],
                (45, 22, 20, 13),
            )[0] * self._around.chance.uniform(0.1, 2)  # fmt: skip
            self._trace(f"stalls {place} for {time}")
            self._around.on_stall(time)
            self.wait(time)

    def wait(self, time: dt.timedelta) -> None:
        """Let others go on for a while."""
        self.runner.park(self._around.clockwork.true + time)

    def was_accepted(self) -> None:
        """Forget what was seen before: the last look comes after the server's answer."""
        self.has_looked_again = False

    def hands_over(self, envelope: Envelope, message: bytes) -> None:
        """Be judged: DATA begins."""
        self.in_hand.append(envelope)
        glance = self.glance if self.has_looked_again else None
        self._around.judge.data_begins(envelope, message, glance)

    def looks(self) -> None:
        """Remember what could be seen."""
        self.glance = self._around.judge.glance()
        self.has_looked_again = True

    def stored(self) -> None:
        """Let what was appended be judged."""
        assert self._log is not None
        self._around.judge.appended(self._log, self.glance)

    def _is_asked_to_stop(self) -> bool:
        return bool(self._around.peril.stopped) and (
            self._around.chance.random() < self._around.peril.stopped
        )

    def _trace(self, words: str) -> None:
        self._around.trace(f"{self.name} {words}")
