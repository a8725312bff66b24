"""What may be done only once: links that were used, until they would have expired, and keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from events.recorded import format_instant
from interfaces.web.signing_in.tickets import fingerprint
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

    def take_over(self, letters: Collection[str], now: dt.datetime) -> bool:
        """Use again what is remembered, so that whoever used it before does not let go of it.

        False, and nothing is changed, unless all of it is remembered.
        """
        all_of_it, there = list(map(fingerprint, letters)), USED.alias()
        remembered = there.c.token.in_(all_of_it), there.c.expires_at >= format_instant(now)
        count = select(func.count()).select_from(there).where(*remembered).scalar_subquery()
        change = update(USED).where(USED.c.token.in_(all_of_it), count == len(all_of_it))
        with self._engine.connect() as connection:
            changed = connection.execute(change.values(used_at=format_instant(now)))
        return changed.rowcount == len(all_of_it)

    def let_go(self, letters: Collection[str], used_at: dt.datetime) -> None:
        """Let something be used again, unless somebody took it over since it was used."""
        tokens = [fingerprint(one) for one in letters]
        mine = USED.c.token.in_(tokens), USED.c.used_at == format_instant(used_at)
        with self._engine.connect() as connection:
            connection.execute(delete(USED).where(*mine))
