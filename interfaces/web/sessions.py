"""Sessions on the server: who is signed in where, until they leave or have been away too long."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, delete, insert, select, update

from events.recorded import format_instant
from interfaces.web.tickets import fingerprint, new_token
from interfaces.web.web_tables import SESSIONS

AWAY_AT_MOST: Final = dt.timedelta(hours=12)
"""After so long without a page asked for, one has to sign in again."""

LASTS_AT_MOST: Final = dt.timedelta(days=7)
"""After so long one has to sign in again in any case."""

_SEEN_EVERY: Final = dt.timedelta(minutes=10)
"""So seldom is it noted that somebody was there: a page asked for is no reason to write."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in. `token` is what their browser holds, and nothing else does."""

    token: str
    person: str


class Sessions:
    """The sessions of one record, for every process that serves its pages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, person: str, now: dt.datetime) -> Session:
        """Sign somebody in."""
        session = Session(new_token(), person)
        row = {
            "token": fingerprint(session.token),
            "person": person,
            "began_at": format_instant(now),
            "seen_at": format_instant(now),
            "ends_at": format_instant(now + LASTS_AT_MOST),
        }
        with self._engine.connect() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.ends_at < format_instant(now)))
            connection.execute(insert(SESSIONS).values(row))
        return session

    def find(self, token: str, now: dt.datetime) -> Session | None:
        """Return the session of a token; None where it ended, or somebody was away too long."""
        of_token = SESSIONS.c.token == fingerprint(token)
        asked = select(SESSIONS.c.person, SESSIONS.c.seen_at, SESSIONS.c.ends_at).where(of_token)
        with self._engine.connect() as connection:
            row = connection.execute(asked).first()
            if row is None or row.ends_at <= format_instant(now):
                return None
            if row.seen_at <= format_instant(now - AWAY_AT_MOST):
                connection.execute(delete(SESSIONS).where(of_token))
                return None
            if row.seen_at <= format_instant(now - _SEEN_EVERY):
                seen = update(SESSIONS).where(of_token).values(seen_at=format_instant(now))
                connection.execute(seen)
        return Session(token, row.person)

    def end(self, session: Session) -> None:
        """Sign somebody out of one browser."""
        with self._engine.connect() as connection:
            of_token = SESSIONS.c.token == fingerprint(session.token)
            connection.execute(delete(SESSIONS).where(of_token))

    def end_all_of(self, person: str) -> None:
        """Sign somebody out of every browser."""
        with self._engine.connect() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.person == person))
