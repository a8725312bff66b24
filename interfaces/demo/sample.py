"""A made-up record to try things out on: the year of the demonstration, played without a word."""

from __future__ import annotations

import contextlib
import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Final

from rich.console import Console

from interfaces.demo.stage import Stage
from interfaces.demo.story import tell_story
from interfaces.demo.year import BEGINNING
from interfaces.record_files import sample_mark
from interfaces.settings_reading import read_settings

_WEB: Final = """
[web]
address = "http://localhost:8000"
"""
"""Where the sample is served of itself: with it, its reminders have links."""


def make_sample(folder: Path) -> dt.datetime:
    """Make a sample record in an empty folder, and return the instant at which its story ends.

    A folder that holds one already is left as it is. Raises `SceneFailed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = sample_mark(read_settings(None, {}).from_folder(folder).files)
    if mark.exists():
        return dt.datetime.fromisoformat(mark.read_text(encoding="utf-8").strip())
    stage = Stage(folder, BEGINNING, Console(file=StringIO()))
    with stage.config.open("a", encoding="utf-8") as config:
        config.write(_WEB)
    with contextlib.chdir(folder), contextlib.redirect_stdout(StringIO()):
        tell_story(stage)
    ended_at = stage.clock()
    mark.write_text(f"{ended_at.isoformat()}\n", encoding="utf-8")
    return ended_at
