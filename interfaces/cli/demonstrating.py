"""`goldthread demo`."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from interfaces.demo.stage import Stage
from interfaces.demo.story import tell_story
from interfaces.demo.year import BEGINNING
from interfaces.inputs import BadInput

Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="FOLDER", help="An empty folder to play in; else a new one."),
]


def demo(*, folder: Folder = None) -> None:
    """Tell the main job step by step, on a sample plan, in an empty folder, with its own clock."""
    _forget_the_environment()
    place = (folder or Path(tempfile.mkdtemp(prefix="goldthread-demo-"))).absolute()
    place.mkdir(parents=True, exist_ok=True)
    if any(place.iterdir()):
        message = f"{place} is not empty. Give the name of a new folder."
        raise BadInput("--folder", message)
    with contextlib.chdir(place):
        tell_story(Stage(place, BEGINNING, Console()))


def _forget_the_environment() -> None:
    # The story plays on the embedded default, whatever record this machine otherwise keeps.
    for name in [name for name in os.environ if name.startswith("GOLDTHREAD_")]:
        del os.environ[name]
