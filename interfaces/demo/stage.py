"""The stage of the demonstration: a folder, a clock of its own, and the command line."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console

from interfaces.cli.invocation import Invocation
from interfaces.cli.main import app

LONDON: Final = ZoneInfo("Europe/London")
PLAN: Final = "sample_plan.csv"

_CONFIG: Final = """\
[partnership]
name = "Harbour Safeguarding Children Partnership"
origin = "record.example.org/harbour"
"""


class SceneFailed(RuntimeError):
    """A command of the demonstration did not do what the story says."""

    def __init__(self, command: str, code: int) -> None:
        self.command, self.code = command, code
        super().__init__(f"'{command}' ended with exit code {code}, so the story stops here.")


class Stage:
    """Plays commands on the days that the story is about. The clock moves only when told to."""

    def __init__(self, folder: Path, first_day: dt.date, console: Console) -> None:
        self.folder, self.console = folder, console
        self._now = dt.datetime.combine(first_day, dt.time(9), LONDON)
        self.config = folder / "config.toml"
        self.config.write_text(_CONFIG, encoding="utf-8")
        plan = files("interfaces.demo").joinpath(PLAN).read_text(encoding="utf-8")
        self.plan = folder / PLAN
        self.plan.write_text(plan, encoding="utf-8")

    def clock(self) -> dt.datetime:
        """Return the instant that it is in the story, aware, in UTC."""
        return self._now.astimezone(dt.UTC)

    @property
    def today(self) -> dt.date:
        """Return the day that it is in the story."""
        return self._now.date()

    def set_time(self, day: dt.date, hour: int) -> None:
        """Let it be a day and an hour in London."""
        self._now = dt.datetime.combine(day, dt.time(hour), LONDON)

    def tell(self, words: str) -> None:
        """Say a paragraph of the story."""
        self.console.print()
        self.console.print(words, highlight=False)

    def chapter(self, title: str) -> None:
        """Begin a chapter."""
        self.console.print()
        self.console.rule(f"[bold]{title}", align="left")

    def play(self, *words: str) -> None:
        """Give a command as a person would, and show the answer. Raises `SceneFailed`."""
        command = shlex.join(("goldthread", *words))
        self.console.print(f"\n[dim]$ {command}[/dim]", highlight=False, soft_wrap=True)
        if code := self._run(words):
            raise SceneFailed(command, code)

    def give(self, *words: str) -> None:
        """Give a command without showing its answer. Raises `SceneFailed`."""
        with redirect_stdout(StringIO()):
            code = self._run(words)
        if code:
            raise SceneFailed(shlex.join(("goldthread", *words)), code)

    def days_until(self, day: dt.date) -> Iterator[dt.date]:
        """Let the mornings pass, one after the other, until a day's morning has come."""
        following = self.today + dt.timedelta(days=1)
        while following <= day:
            self.set_time(following, 8)
            yield following
            following += dt.timedelta(days=1)

    def _run(self, words: Sequence[str]) -> int:
        invocation = Invocation(self.config, self.clock)
        answer = app(list(words), obj=invocation, standalone_mode=False)
        return answer if isinstance(answer, int) else 0
