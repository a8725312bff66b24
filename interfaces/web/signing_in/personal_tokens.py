"""Personal tokens: with one of them a program acts for a person, within a scope and for a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Engine, delete, func, insert, select, update

from events.recorded import format_instant
from interfaces.web.noting import note
from interfaces.web.signing_in.tickets import fingerprint, new_token
from interfaces.web.web_tables import TOKENS
from projections.civil_days import civil_day

LONGEST_DAYS: Final = 366
"""So long may a token live at most; then somebody has to want it still."""

MOST_TOKENS: Final = 20
"""So many tokens has somebody at most."""


class Reach(StrEnum):
    """What a token is good for, never more than its person may themselves."""

    READ = "read"
    WRITE = "write"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token. `number` counts those of its person."""

    person: str
    reach: Reach
    number: int
    made_on: dt.date
    expires_on: dt.date
    used_on: dt.date | None


class TooManyTokens(ValueError):
    """Somebody has as many tokens as one may have."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST_TOKENS} tokens. Take one back that nobody uses any more.")


class PersonalTokens:
    """The tokens of one record."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make(self, person: str, reach: Reach, days: int, now: dt.datetime) -> str:
        """Return a new token, which is shown this once. Raises `TooManyTokens`."""
        token = new_token()
        lasts = dt.timedelta(days=min(days, LONGEST_DAYS))
        of_person = TOKENS.c.person == person
        with self._engine.connect() as connection:
            counted = select(func.count(), func.max(TOKENS.c.number)).where(of_person)
            count, highest = connection.execute(counted).one()
            if count >= MOST_TOKENS:
                raise TooManyTokens
            row = {
                "token": fingerprint(token),
                "person": person,
                "scope": reach.value,
                "number": (highest or 0) + 1,
                "made_at": format_instant(now),
                "expires_at": format_instant(now + lasts),
            }
            connection.execute(insert(TOKENS).values(row))
        return token

    def find(self, token: str, now: dt.datetime) -> Token | None:
        """Return a token that is good now, and note that it was used today."""
        of_token = TOKENS.c.token == fingerprint(token)
        with self._engine.connect() as connection:
            row = connection.execute(select(TOKENS).where(of_token)).first()
        if row is None or row.expires_at <= format_instant(now):
            return None
        today = civil_day(now).isoformat()
        if row.used_on != today:
            note(self._engine, update(TOKENS).where(of_token).values(used_on=today))
        return _token(row)

    def of(self, person: str) -> tuple[Token, ...]:
        """Return somebody's tokens, the newest first, also those that ran out."""
        asked = select(TOKENS).where(TOKENS.c.person == person).order_by(TOKENS.c.number.desc())
        with self._engine.connect() as connection:
            return tuple(_token(row) for row in connection.execute(asked))

    def take_back(self, person: str, number: int) -> None:
        """End one of somebody's tokens at once."""
        with self._engine.connect() as connection:
            gone = delete(TOKENS).where(TOKENS.c.person == person, TOKENS.c.number == number)
            connection.execute(gone)


def _token(row: object) -> Token:
    found: dict[str, str] = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - its name
    return Token(
        found["person"],
        Reach(found["scope"]),
        int(found["number"]),
        _day(found["made_at"]),
        _day(found["expires_at"]),
        dt.date.fromisoformat(found["used_on"]) if found["used_on"] else None,
    )


def _day(instant: str) -> dt.date:
    return civil_day(dt.datetime.fromisoformat(instant))
