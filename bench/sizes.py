"""How much work the measurements do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of rounds and of events. The quick ones are for a look, not for a verdict."""

    command_rounds: int = 60
    rounds: int = 5
    bulk_events: int = 20_000
    peer_projected_events: int = 2_000
    log_actions: int = 10_000
    packed_log_actions: int = 50_000
    emails: int = 1_000
    mail_rounds: int = 3
    open_actions: int = 100_000
    web_seconds: int = 20


QUICK = Sizes(
    command_rounds=10,
    rounds=2,
    bulk_events=10_000,
    peer_projected_events=500,
    log_actions=1_000,
    packed_log_actions=2_000,
    emails=200,
    mail_rounds=1,
    web_seconds=4,
    open_actions=10_000,
)
