"""Packing one audit out of a log of a million events, with the proofs of its entries."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.databases import Medium
from bench.lives import BATCH_EVENTS, lives_in_rounds
from bench.record import LEAD, Record, event_of, open_record
from bench.results import Result
from bench.sizes import Sizes
from events.action import ActionCreated
from events.audit import AuditKind, AuditPlanned, FindingAgreed, FindingDrafted, FindingKind
from events.catalogue import Event
from events.recommendation import RecommendationProposed
from events.signed_note import SigningKey
from events.tree import LogTree
from events.tree_cache import tree_of
from interfaces.proof.packing import Asked, Keeping, pack
from projections.store import ViewOfToday

GOAL_PACK_SECONDS = 1.0
GOAL_PROOF_SECONDS = 0.010
ACTIONS_OF_THE_AUDIT = 98
AUDIT = "audit-1"
MINUTE = dt.timedelta(minutes=1)


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the lines for a pack, for one inclusion proof, and for reading the tree afresh."""
    with _record(medium, sizes.packed_log_actions) as record, tempfile.TemporaryDirectory() as at:
        folder = Path(at)
        keeping = Keeping(
            SigningKey.generate("example.org/bench"), folder / "high-water", folder / "tree.cache"
        )
        cold = _seconds(lambda: _tree(record, keeping))
        middle = record.log.head().size // 2
        proof = _median(lambda: _tree(record, keeping).inclusion_proofs([middle]), sizes.rounds)
        # The first pack loads the templates, as no later one does.
        first = _seconds(lambda: _pack(record, keeping, folder))
        packed = _median(lambda: _pack(record, keeping, folder), sizes.rounds)
        megabytes = (folder / "tree.cache").stat().st_size / 1e6
    yield _line("pack of an audit", medium, packed, GOAL_PACK_SECONDS)
    yield _line("first pack of a process", medium, first, None)
    yield _line("inclusion proof", medium, proof, GOAL_PROOF_SECONDS)
    yield _line(f"reading the tree afresh ({megabytes:.1f} MB kept)", medium, cold, None)


def _tree(record: Record, keeping: Keeping) -> LogTree:
    head = record.log.head()
    return tree_of(record.log, (head.size, head.frontier.root()), keeping.tree_cache)


def _pack(record: Record, keeping: Keeping, folder: Path) -> None:
    asked = Asked(AUDIT, "Bench partnership", record.clock())
    pack(record.log, ViewOfToday(record.log), keeping, asked, folder / "pack.zip")


def _median(work: Callable[[], object], rounds: int) -> float:
    return statistics.median(_seconds(work) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _line(work: str, medium: Medium, seconds: float, goal: float | None) -> Result:
    thousandths = seconds * 1_000
    wanted = goal * 1_000 if goal else None
    return Result(
        work, medium.name, f"{thousandths:,.1f} ms", "-", thousandths, "ms", wanted, at_most=True
    )


@contextmanager
def _record(medium: Medium, actions: int) -> Iterator[Record]:
    """Write the record: the actions of the audit stand evenly spread among the others."""
    with open_record(medium) as record:
        _write(record, actions)
        medium.settle()
        yield record


def _write(record: Record, actions: int) -> None:
    with record.ledger.transaction(actor=LEAD) as transaction:
        transaction.append(AUDIT, 0, [*_audit()])
        transaction.append("recommendation-1", 0, [_recommendation()])
    apart = actions // ACTIONS_OF_THE_AUDIT
    steps = list(lives_in_rounds(actions))
    for first in range(0, len(steps), BATCH_EVENTS):
        record.clock.now += MINUTE
        with record.ledger.transaction(actor=LEAD) as transaction:
            for number, turn in steps[first : first + BATCH_EVENTS]:
                event = event_of(number, turn)
                answers = number % apart == 0 and number // apart <= ACTIONS_OF_THE_AUDIT
                step = _answering(event) if answers else event
                transaction.append(f"action-{number}", turn, [step])


def _audit() -> Iterator[Event]:
    yield AuditPlanned(kind=AuditKind.AUDIT, title="Front door")
    for number in range(1, 16):
        yield FindingDrafted(finding=number, kind=FindingKind.AREA_FOR_DEVELOPMENT, text="Slow")
        yield FindingAgreed(finding=number)


def _recommendation() -> Event:
    return RecommendationProposed(
        text="Answer within a day", audit=AUDIT, findings=(f"{AUDIT}/finding-1",)
    )


def _answering(event: Event) -> Event:
    if isinstance(event, ActionCreated):
        return event.model_copy(update={"answers": ("recommendation-1",)})
    return event
