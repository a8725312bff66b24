"""What may be done only once: links that were used, until they would have expired, and keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from events.recorded import format_instant
from interfaces.web.tickets import fingerprint
from interfaces.web.web_tables import USED


class UsedTickets:
    """Remembers which tickets and keys were used, for every process that serves the pages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def use(self, letters: str, expires_at: int, now: dt.datetime) -> bool:
        """Use a ticket; False if somebody has used it before. Of two at once, one gets True."""
        return self.use_all((letters,), dt.datetime.fromtimestamp(expires_at, dt.UTC), now)

    def use_all(self, letters: Collection[str], until: dt.datetime, now: dt.datetime) -> bool:
        """Use several at once, which are remembered until some moment; False for none of them."""
        used_at, expires_at = format_instant(now), format_instant(until)
        rows = [
            {"token": fingerprint(one), "used_at": used_at, "expires_at": expires_at}
            for one in letters
        ]
        with self._engine.connect() as connection:
            connection.execute(delete(USED).where(USED.c.expires_at < used_at))
            try:
                connection.execute(insert(USED).values(rows))
            except IntegrityError:
                return False
        return True

    def is_used(self, letters: str, now: dt.datetime) -> bool:
        """Tell whether something was used, and is remembered."""
        known = USED.c.token == fingerprint(letters), USED.c.expires_at >= format_instant(now)
        with self._engine.connect() as connection:
            return connection.execute(select(USED.c.token).where(*known)).first() is not None

    def forget(self, letters: Collection[str]) -> None:
        """Let something be used again."""
        with self._engine.connect() as connection:
            connection.execute(delete(USED).where(USED.c.token.in_(map(fingerprint, letters))))
