"""Running the command line in a test: a folder, a database, a clock that the test sets."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from interfaces.cli.invocation import Invocation
from interfaces.cli.main import app
from tests.databases import sqlite_url
from tests.events.logs import SetClock

NOON = dt.datetime(2025, 3, 31, 12, 0, tzinfo=dt.UTC)


@dataclass
class CommandLine:
    """The command line of one partnership, whose files lie in `folder`."""

    folder: Path
    url: str
    clock: SetClock = field(default_factory=lambda: SetClock(NOON))
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str) -> Result:
        """Run one command."""
        return CliRunner().invoke(
            app,
            [*arguments],
            obj=Invocation(self.config, self.clock),
            env={"GOLDTHREAD_DATABASE__URL": self.url, **self.environment},
        )

    @property
    def config(self) -> Path:
        """Return the configuration's file; it is made when first needed."""
        path = self.folder / "config.toml"
        if not path.exists():
            path.write_text("", encoding="utf-8")
        return path

    def copied_to(self, folder: Path) -> CommandLine:
        """Return a command line over a copy of a record on SQLite, at the same moment."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return CommandLine(folder, sqlite_url(folder), SetClock(self.clock.now))

    def done(self, *arguments: str) -> str:
        """Run a command that succeeds, and return what it writes."""
        result = self(*arguments)
        assert result.exit_code == 0, f"{arguments}: {result.output}{result.exception!r}"
        assert result.stderr == ""
        return result.stdout

    def answer(self, *arguments: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
        """Run a command that succeeds with `--json`, and return its answer."""
        return json.loads(self.done(*arguments, "--json"))

    def refused(self, *arguments: str, code: int = 2) -> str:
        """Run a command that ends with a code, and return what it says on stderr."""
        result = self(*arguments)
        assert result.exit_code == code, f"{arguments}: {result.output}{result.exception!r}"
        assert "Traceback" not in result.output
        return result.stderr

    def on(self, day: dt.date) -> None:
        """Let it be noon of a day."""
        self.clock.now = dt.datetime.combine(day, dt.time(12), dt.UTC)
