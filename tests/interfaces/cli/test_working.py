from __future__ import annotations

import datetime as dt
import json
import signal
from dataclasses import replace

import pytest
import typer
from typer.main import get_command

from interfaces.cli.early_signals import EarlySignals, hearing_early
from interfaces.cli.invocation import Invocation
from interfaces.cli.main import app
from interfaces.cli.worker_run import run_until_stopped
from tests.interfaces.running import NOON, CommandLine


def context_of(cli: CommandLine) -> typer.Context:
    return typer.Context(get_command(app), obj=Invocation(cli.config, cli.clock))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_heard_before_anything_is_loaded(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with hearing_early() as early:
        signal.raise_signal(number)
        signal.raise_signal(signal.SIGTERM)
        assert early.heard == number
    assert signal.getsignal(number) is before


def test_a_worker_that_was_asked_to_stop_before_it_began_does_nothing(
    cli: CommandLine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDTHREAD_DATABASE__URL", cli.url)
    early = EarlySignals()
    early.hear(signal.SIGTERM, None)
    run_until_stopped(context_of(cli), early)
    assert capsys.readouterr().err == "Asked to stop before it began: nothing was sent.\n"
    assert cli.answer("status")["workers"] == []


def test_a_signal_that_comes_while_the_worker_begins_stops_it_at_its_first_tick(
    cli: CommandLine,
) -> None:
    asked: list[int] = []

    def clock() -> dt.datetime:
        # The heart is the first to ask for the time: nobody listens to signals yet but `worker`.
        if not asked:
            asked.append(signal.SIGTERM)
            signal.raise_signal(signal.SIGTERM)
        return NOON

    line = replace(cli, clock=clock)  # type: ignore[arg-type]
    stopped = line("worker")

    assert (stopped.exit_code, len(asked)) == (0, 1)
    assert stopped.stderr.startswith("Reminding on working days at 08:00")
    (worker,) = json.loads(cli("status", "--json").stdout)["workers"]
    assert worker["stopped_at"] == NOON.isoformat()
