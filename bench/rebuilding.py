"""Rebuilding all read models, beside the peer's projection runner that fills one table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from eventsourcing.persistence import InfrastructureFactory, Tracking
from eventsourcing.projection import ProjectionRunner
from eventsourcing.sqlite import SQLiteTrackingRecorder
from eventsourcing.utils import Environment

from bench.databases import Medium
from bench.lives import BATCH_EVENTS, our_lives, their_lives
from bench.peer import Actions
from bench.peer_view import BoardProjection, PostgresActionsView, SqliteActionsView
from bench.record import Record, open_record
from bench.results import Result, beside
from bench.sizes import Sizes
from bench.timing import in_turns
from projections.rebuild import rebuild

GOAL = 30.0
PATIENCE_SECONDS = 600.0
PAGE = 1_000


def measure(medium: Medium, sizes: Sizes) -> Iterator[Result]:
    """Yield the line for a rebuild."""
    theirs = _run_on_sqlite if medium.name == "sqlite" else _run_on_postgres
    environment = medium.fresh_environment()
    with open_record(medium) as record:
        our_lives(record, sizes.bulk_events)()
        events = -(-sizes.peer_projected_events // BATCH_EVENTS) * BATCH_EVENTS
        with closing(Actions(env=environment)) as peer:
            their_lives(peer, events)()
        medium.settle()
        rates = in_turns(
            lambda: _rebuild(record),
            lambda: theirs(medium, environment, sizes.peer_projected_events),
            rounds=max(sizes.rounds // 2, 2),
        )
    yield beside("rebuild of all read models", medium.name, rates, "/s", goal=GOAL)


def _rebuild(record: Record) -> int:
    return rebuild(record.log, record.ledger.fold).records


def _run_on_postgres(medium: Medium, environment: dict[str, str], events: int) -> int:
    """Run the peer's projection runner, its view in a database of its own."""
    fresh = medium.fresh_environment()["POSTGRES_DBNAME"]
    with ProjectionRunner(
        application_class=Actions,
        projection_class=BoardProjection,
        view_class=PostgresActionsView,
        env=environment | {"BOARDPROJECTION_POSTGRES_DBNAME": fresh},
    ) as runner:
        runner.wait(events, timeout=PATIENCE_SECONDS)
    return events


def _run_on_sqlite(medium: Medium, environment: dict[str, str], events: int) -> int:
    """Do what the runner does: on SQLite the peer has no subscription to run it on."""
    fresh = Environment("BoardProjection", medium.fresh_environment())
    factory: InfrastructureFactory[SQLiteTrackingRecorder] = InfrastructureFactory.construct(fresh)
    projection = BoardProjection(factory.tracking_recorder(SqliteActionsView))
    with closing(Actions(env=environment)) as peer, closing(factory):
        done = 0
        while done < events:
            page = peer.recorder.select_notifications(done + 1, min(PAGE, events - done))
            for notification in page:
                event = peer.mapper.to_domain_event(notification)
                projection.process_event(event, Tracking(peer.name, notification.id))
            done += len(page)
    return events
