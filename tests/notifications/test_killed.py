from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from events.email import EmailPlanned, EmailSent, EmailUncertain
from notifications.delivering import Delivery
from notifications.outbox import LEASE
from notifications.reminding import remind
from notifications.retrying import RESEND_AFTER
from notifications.rules import DEFAULT_RULES
from tests.notifications.killed_worker import DAY, CountingFolder
from tests.notifications.letterboxes import SENDING
from tests.notifications.records import House, add_action


@pytest.mark.parametrize(
    ("point", "copies", "happened"),
    [
        ("before the claim", 1, [EmailPlanned, EmailSent]),
        ("after the claim", 1, [EmailPlanned, EmailSent]),
        ("after data_started", 1, [EmailPlanned, EmailUncertain, EmailSent]),
        ("after it was taken", 2, [EmailPlanned, EmailUncertain, EmailSent]),
    ],
)
def test_a_killed_worker_loses_nothing_and_doubles_only_what_is_uncertain(
    house: House, tmp_path: Path, point: str, copies: int, happened: list[type]
) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    add_action(house, 1, "November 2024")
    remind(house.ledger, DEFAULT_RULES, DAY, domain="example.org")

    killed = subprocess.run(
        [sys.executable, "-m", "tests.notifications.killed_worker", house.url, folder, point],
        check=False,
        timeout=60,
    )
    _work_on(house, folder)

    assert killed.returncode == -signal.SIGKILL
    assert [type(event) for event in house.events_of("email-1")] == happened
    written = [path.read_bytes() for path in folder.iterdir()]
    assert len(written) == copies
    assert len(set(written)) == 1


def _work_on(house: House, folder: Path) -> None:
    """Let another worker go on until nothing waits any more."""
    delivery = Delivery(house.ledger, CountingFolder(folder), SENDING, house.clock)
    for wait in (LEASE * 2, RESEND_AFTER, RESEND_AFTER):
        house.clock.now += wait
        delivery.deliver(DAY)
