"""The peer's read model: one table with a row for each action, kept by its projection."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any, Protocol
from uuid import UUID

from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore, SQLiteTrackingRecorder
from psycopg.sql import SQL
from typing_extensions import override

_PUT = (
    "INSERT INTO actions_view VALUES ({0}, {0}, 1) ON CONFLICT (action) DO UPDATE"
    " SET latest = excluded.latest, events = actions_view.events + 1"
)
_TABLE = (
    "CREATE TABLE IF NOT EXISTS actions_view"
    " (action TEXT PRIMARY KEY, latest TEXT NOT NULL, events BIGINT NOT NULL)"
)


class ActionsView(Protocol):
    """What the projection writes to."""

    def put(self, action: UUID, latest: str, tracking: Tracking) -> None:
        """Write a row and how far the projection is, in one transaction."""


class SqliteActionsView(SQLiteTrackingRecorder):
    """The table on SQLite."""

    def __init__(self, datastore: SQLiteDatastore, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(datastore, **kwargs)
        self._put = _PUT.format("?")

    @override
    def construct_create_table_statements(self) -> list[str]:
        return [*super().construct_create_table_statements(), _TABLE]

    def put(self, action: UUID, latest: str, tracking: Tracking) -> None:
        """See `ActionsView.put`."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_row(cursor, action, latest)
            self._insert_tracking(cursor, tracking)

    def _insert_row(self, cursor: SQLiteCursor, action: UUID, latest: str) -> None:
        cursor.execute(self._put, (action.hex, latest))


class PostgresActionsView(PostgresTrackingRecorder):
    """The table on PostgreSQL."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(datastore, **kwargs)
        self.sql_create_statements.append(SQL(_TABLE).format())
        self._put = SQL("{}").format(SQL(_PUT.format("%s")))

    def put(self, action: UUID, latest: str, tracking: Tracking) -> None:
        """See `ActionsView.put`."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(self._put, (action.hex, latest), prepare=True)
            self._insert_tracking(cursor, tracking)


class BoardProjection(Projection[TrackingRecorder]):
    """Writes the latest event of each action."""

    @singledispatchmethod
    @override
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Leave other events out."""

    @process_event.register
    def _(self, domain_event: Aggregate.Event, tracking: Tracking) -> None:
        view: Any = self.view
        view.put(domain_event.originator_id, type(domain_event).__name__, tracking)
