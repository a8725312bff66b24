"""What may be done only once: the links that were used, kept until they would have expired."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, delete, insert
from sqlalchemy.exc import IntegrityError

from events.recorded import format_instant
from interfaces.web.tickets import fingerprint
from interfaces.web.web_tables import USED


class UsedTickets:
    """Remembers which tickets were used, for every process that serves the pages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def use(self, letters: str, expires_at: int, now: dt.datetime) -> bool:
        """Use a ticket; False if somebody has used it before. Of two at once, one gets True."""
        until = dt.datetime.fromtimestamp(expires_at, dt.UTC)
        row = {
            "token": fingerprint(letters),
            "used_at": format_instant(now),
            "expires_at": format_instant(until),
        }
        with self._engine.connect() as connection:
            connection.execute(delete(USED).where(USED.c.expires_at < format_instant(now)))
            try:
                connection.execute(insert(USED).values(row))
            except IntegrityError:
                return False
        return True
