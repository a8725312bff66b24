"""Which accounts of a provider are whose: connected by people themselves, once signed in."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from events.recorded import format_instant
from interfaces.web.signing_in.openid import Account
from interfaces.web.web_tables import ACCOUNTS


class ConnectedAccounts:
    """The accounts with which people sign in to one record."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def person_of(self, account: Account) -> str | None:
        """Return whose an account is, None if it is nobody's."""
        theirs = (ACCOUNTS.c.issuer == account.issuer) & (ACCOUNTS.c.subject == account.subject)
        with self._engine.connect() as connection:
            row = connection.execute(select(ACCOUNTS.c.person).where(theirs)).first()
        return None if row is None else str(row.person)

    def connect(self, account: Account, person: str, now: dt.datetime) -> bool:
        """Connect an account with a person; False where it is somebody else's already."""
        row = {
            "issuer": account.issuer,
            "subject": account.subject,
            "person": person,
            "connected_at": format_instant(now),
        }
        with self._engine.connect() as connection:
            try:
                connection.execute(insert(ACCOUNTS).values(row))
            except IntegrityError:
                return self.person_of(account) == person
        return True

    def count_of(self, person: str) -> int:
        """Return how many accounts somebody has connected."""
        with self._engine.connect() as connection:
            found = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.person == person))
            return len(found.all())

    def disconnect(self, person: str) -> None:
        """Let none of somebody's accounts sign them in any more."""
        with self._engine.connect() as connection:
            connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.person == person))
