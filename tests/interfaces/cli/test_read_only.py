"""A copy of a record on a stick: looked at by somebody who may not write to it."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine

PROGRAM: Final = Path(sys.executable).with_name("goldthread")
PR_CAPBSET_DROP: Final = 24
CAP_DAC_OVERRIDE: Final = 1


def obey_permissions() -> None:
    """Let permissions count for root too, as on a stick that is protected against writing."""
    if os.getuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        os._exit(99)


def protect(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)


@pytest.fixture
def stick(cli: CommandLine) -> Iterator[CommandLine]:
    """Give a record in a folder that can be written to again after the test."""
    a_small_plan(cli)
    assert cli.config.exists()
    yield cli
    for path in [cli.folder, *cli.folder.rglob("*")]:
        path.chmod(0o755)


def look(stick: CommandLine, *arguments: str) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [PROGRAM, *arguments],
        cwd=stick.folder,
        env={**os.environ, "GOLDTHREAD_DATABASE__URL": stick.url, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=obey_permissions,
    )
    if ended.returncode == 99:
        pytest.skip("root cannot be made to obey permissions here")
    return ended


def test_everything_can_be_looked_at_and_verified(stick: CommandLine) -> None:
    protect(stick.folder)
    for arguments in (["board"], ["show", "A1"], ["history", "A1"], ["waiting"], ["directory"]):
        shown = look(stick, *arguments, "--json")
        assert (shown.returncode, shown.stderr) == (0, ""), arguments
    assert len(json.loads(look(stick, "board", "--json").stdout)["lines"]) == 2
    verified = look(stick, "verify")
    assert verified.returncode == 0, verified.stderr
    assert "The record holds" in verified.stdout
    assert "Nothing was signed now" in verified.stdout


def test_a_change_is_refused_with_the_mend(stick: CommandLine) -> None:
    protect(stick.folder)
    refused = look(stick, "action", "start", "A1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "The record can only be looked at here" in refused.stderr


def test_a_copy_with_changes_that_cannot_be_read_says_what_to_do(stick: CommandLine) -> None:
    file = Path(stick.url.removeprefix("sqlite:///"))
    with opened(read_settings(stick.config, {"GOLDTHREAD_DATABASE__URL": stick.url})) as in_use:
        assert in_use.view().position > 0
        stick.done("action", "start", "A1")
        copy = CommandLine(stick.folder / "copy", f"sqlite:///{stick.folder / 'copy' / file.name}")
        copy.folder.mkdir()
        for name in (file.name, f"{file.name}-wal"):
            shutil.copy(file.with_name(name), copy.folder)
    protect(copy.folder)
    refused = look(copy, "board")
    assert refused.returncode == 2
    assert "its last changes still stand in" in refused.stderr
    assert "Copy both files into a folder of your own" in refused.stderr
