from __future__ import annotations

import signal
import subprocess
import sys

import pytest

WORKER = """
import sys
from notifications.scheduler import run_worker

def tick(stop):
    print("message in hand", flush=True)
    while not stop():
        pass
    print("message finished", flush=True)

run_worker(tick)
print("stopped", flush=True)
"""

BROKEN_WORKER = """
from notifications.scheduler import run_worker

def tick(stop):
    print("ticked", flush=True)
    raise RuntimeError("the database is away")

run_worker(tick)
print("stopped", flush=True)
"""

EARLY_WORKER = """
import signal
import sys
import notifications.scheduler as scheduler

class Early(scheduler.BackgroundScheduler):
    def start(self, *arguments):
        print("starting", flush=True)
        signal.raise_signal(int(sys.argv[1]))
        super().start(*arguments)

scheduler.BackgroundScheduler = Early
scheduler.run_worker(lambda stop: print("ticked", flush=True))
print("stopped", flush=True)
"""


SLOW_WORKER = """
import threading
from apscheduler.triggers.interval import IntervalTrigger
from notifications.scheduler import run_worker

first, meanwhile, running = [True], threading.Event(), threading.Lock()

def tick(stop):
    if not running.acquire(blocking=False):
        meanwhile.set()
        return
    with_others = first and first.pop() and meanwhile.wait(0.3)
    running.release()
    print("joined" if with_others else "alone", flush=True)

run_worker(tick, every=IntervalTrigger(seconds=0.02))
print("stopped", flush=True)
"""

LOUD_WORKER = """
import signal
from notifications.scheduler import run_worker

def tick(stop):
    signal.raise_signal(signal.SIGTERM)
    address = "somebody@example.org"
    raise RuntimeError("no mailbox for " + address)

run_worker(tick)
"""


def run(script: str, first_line: str, number: signal.Signals) -> tuple[int, str]:
    """Run a worker, send a signal once it has said its first line, return what it said then."""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == first_line
        worker.send_signal(number)
        said, _ = worker.communicate(timeout=30)
    return worker.returncode, said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_finishes_the_message_in_hand_and_stops(number: signal.Signals) -> None:
    code, said = run(WORKER, "message in hand", number)

    assert code == 0
    assert said.splitlines() == ["message finished", "stopped"]


def test_a_tick_that_fails_does_not_end_the_worker() -> None:
    code, said = run(BROKEN_WORKER, "ticked", signal.SIGTERM)

    assert code == 0
    assert said.splitlines()[-1] == "stopped"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_the_worker_starts_is_not_lost(number: signal.Signals) -> None:
    worker = subprocess.run(
        [sys.executable, "-c", EARLY_WORKER, str(int(number))],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=30,
    )

    assert worker.stdout.splitlines() == ["starting", "stopped"]


def test_the_first_tick_is_joined_by_no_other_however_long_it_takes() -> None:
    code, said = run(SLOW_WORKER, "alone", signal.SIGTERM)

    assert code == 0
    assert "joined" not in said
    assert said.splitlines()[-1] == "stopped"


def test_what_is_logged_of_a_failed_tick_names_nobody() -> None:
    worker = subprocess.run(
        [sys.executable, "-c", LOUD_WORKER],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
        timeout=30,
    )

    assert "tick_failed" in worker.stdout
    assert "RuntimeError" in worker.stdout
    assert "somebody" not in worker.stdout
