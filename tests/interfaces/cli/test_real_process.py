"""The command as people run it: a process of its own, with its own stdout and stderr."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("goldthread")


def goldthread(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GOLDTHREAD")}
    return {**kept, "PYTHONWARNINGS": "error", "COLUMNS": "80"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert goldthread(tmp_path, "init").returncode == 0
    return tmp_path


def test_a_record_in_an_empty_folder_without_any_configuration(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"data"}
    adopted = goldthread(folder, "plan", "adopt", "--title", "Our plan", "--json")
    assert (adopted.returncode, adopted.stderr) == (0, "")
    assert json.loads(adopted.stdout)["ref"] == "P1"


def test_a_refusal_goes_to_stderr_without_a_traceback(folder: Path) -> None:
    refused = goldthread(folder, "show", "A9")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr == "There is no A9 here. Check the reference and try again.\n"


def test_a_wrong_use_exits_with_2(folder: Path) -> None:
    assert goldthread(folder, "board", "--nonsense").returncode == 2
    assert goldthread(folder, "nonsense").returncode == 2


def test_what_is_written_to_a_pipe_has_no_colours_and_fits_80_columns(folder: Path) -> None:
    for arguments in (["board"], ["show", "RO3"], ["history", "RO3"], ["verify"], ["rebuild"]):
        shown = goldthread(folder, *arguments)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert "\x1b" not in shown.stdout


def test_a_reader_that_goes_away_gets_no_traceback(folder: Path) -> None:
    with subprocess.Popen(
        [PROGRAM, "history", "RO3"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as shown:
        assert shown.stdout is not None
        assert shown.stderr is not None
        shown.stdout.close()
        assert "Traceback" not in shown.stderr.read()


def test_another_configuration_is_named_before_the_command(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    config = other / "goldthread.toml"
    config.write_text('[partnership]\nname = "Anyshire"\n', encoding="utf-8")
    begun = goldthread(folder, "--config", str(config), "init")
    assert begun.returncode == 0
    assert "The record of Anyshire has begun" in begun.stdout
    assert (other / "data" / "goldthread.db").exists()


def test_a_configuration_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused = goldthread(tmp_path, "--config", "nowhere.toml", "board")
    assert refused.returncode == 2
    assert "nowhere.toml: there is no such file." in refused.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_runs_until_it_is_asked_to_stop(folder: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [PROGRAM, "worker"], cwd=folder, env=environment(), stderr=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stderr is not None
        assert worker.stderr.readline() == (
            "Reminding on working days at 08:00 Europe/London. Ctrl-C stops it.\n"
        )
        worker.send_signal(number)
        assert worker.wait(timeout=30) == 0
