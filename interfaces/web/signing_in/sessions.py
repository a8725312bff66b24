"""Sessions on the server: who is signed in where, until they leave or have been away too long.

Of what is over only one session a person is kept, for a while, since it says when they were here
last: from then on things are news to them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from events.recorded import format_instant
from interfaces.web.noting import note
from interfaces.web.signing_in.tickets import fingerprint, new_token
from interfaces.web.web_tables import SESSIONS

AWAY_AT_MOST: Final = dt.timedelta(hours=12)
"""After so long without a page asked for, one has to sign in again."""

LASTS_AT_MOST: Final = dt.timedelta(days=7)
"""After so long one has to sign in again in any case."""

REMEMBERED_FOR: Final = dt.timedelta(days=180)
"""So long it is known when somebody was here last; who comes but twice a year is told still."""

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
        long_ago = SESSIONS.c.seen_at < format_instant(now - REMEMBERED_FOR)
        with self._engine.connect() as connection:
            newest = connection.execute(_last_seen(person, now)).scalar()
            of_before = and_(SESSIONS.c.person == person, SESSIONS.c.seen_at < (newest or ""))
            connection.execute(delete(SESSIONS).where(or_(long_ago, and_(of_before, _over(now)))))
            connection.execute(insert(SESSIONS).values(row))
        return session

    def find(self, token: str, now: dt.datetime) -> Session | None:
        """Return the session of a token; None where it ended, or somebody was away too long."""
        of_token = SESSIONS.c.token == fingerprint(token)
        asked = select(SESSIONS.c.person, SESSIONS.c.seen_at).where(of_token, ~_over(now))
        with self._engine.connect() as connection:
            row = connection.execute(asked).first()
        if row is None:
            return None
        if row.seen_at <= format_instant(now - _SEEN_EVERY):
            seen = update(SESSIONS).where(of_token).values(seen_at=format_instant(now))
            note(self._engine, seen)
        return Session(token, row.person)

    def last_visit(self, person: str, now: dt.datetime) -> dt.datetime | None:
        """Return when somebody was last seen in a session that is over; None if none is known."""
        with self._engine.connect() as connection:
            found = connection.execute(_last_seen(person, now)).scalar()
        return dt.datetime.fromisoformat(found) if found is not None else None

    def end(self, session: Session, now: dt.datetime) -> None:
        """Sign somebody out of one browser."""
        self._end(SESSIONS.c.token == fingerprint(session.token), now)

    def end_all_of(self, person: str, now: dt.datetime) -> None:
        """Sign somebody out of every browser."""
        self._end(SESSIONS.c.person == person, now)

    def forget(self, session: Session) -> None:
        """End a session as if it had not been: another takes its place."""
        with self._engine.connect() as connection:
            of_token = SESSIONS.c.token == fingerprint(session.token)
            connection.execute(delete(SESSIONS).where(of_token))

    def _end(self, which: ColumnElement[bool], now: dt.datetime) -> None:
        with self._engine.connect() as connection:
            ended = update(SESSIONS).where(which, ~_over(now)).values(ends_at=format_instant(now))
            connection.execute(ended)


def _over(now: dt.datetime) -> ColumnElement[bool]:
    away = SESSIONS.c.seen_at <= format_instant(now - AWAY_AT_MOST)
    return or_(SESSIONS.c.ends_at <= format_instant(now), away)


def _last_seen(person: str, now: dt.datetime) -> Select[Any]:
    return select(func.max(SESSIONS.c.seen_at)).where(SESSIONS.c.person == person, _over(now))
