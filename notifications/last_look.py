"""The last look at a batch of emails before they leave: what each has still to say, as a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from events.log import Clock
from events.reading import Reader
from notifications.audiences import Audiences
from notifications.digest_sections import DigestSights, digest_sections
from notifications.letter_item import Desk
from notifications.letter_writing import letter_about
from notifications.letters import Letter, Letterhead
from notifications.looking import DirectoryInMind, Looked, look
from notifications.outbox import Claim
from notifications.remembering_reader import RememberingReader
from notifications.rules import Rule
from projections.ledger import Ledger
from projections.store import ViewOfToday
from workflow.brag import CADENCE_DAYS

_SOMETHING_ELSE: Final = (
    "SELECT position FROM events WHERE position > ? AND stream NOT LIKE ? LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Sending:
    """What sending depends on besides the ledger and the server."""

    rules: tuple[Rule, ...]
    head: Letterhead
    web_address: str | None = None
    cadence_days: int = CADENCE_DAYS


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at one email found. `letter` is None where nothing can be said."""

    looked: Looked
    letter: Letter | None


Seen: TypeAlias = Found | Exception
"""What a look found, or why it could not be taken."""


@dataclass(frozen=True)
class _Table:
    """What all emails of one look share."""

    reader: Reader
    directory: DirectoryInMind
    sights: DigestSights
    desk: Desk

    @cached_property
    def audiences(self) -> Audiences:
        """Return who is told of what on the day; reading the directory may fail, for each email."""
        return Audiences(self.directory.as_of(self.reader), self.desk.day)


class LastLook:
    """Looks at emails as one snapshot of the log shows them."""

    def __init__(self, ledger: Ledger, sending: Sending, clock: Clock) -> None:
        self._ledger, self._sending, self._clock = ledger, sending, clock
        self._directory = DirectoryInMind()
        self._position = 0

    def look_at(self, claims: Sequence[Claim], day: dt.date) -> list[Seen]:
        """Look at emails, in their order. One at which nobody can look leaves the others alone."""
        with self._ledger.log.snapshot() as snapshot:
            reader = RememberingReader(snapshot)
            self._position = reader.head().size
            sending, calendar = self._sending, self._ledger.calendar
            table = _Table(
                reader,
                self._directory,
                DigestSights(reader),
                Desk(sending.rules, day, calendar, sending.web_address, sending.cadence_days),
            )
            return [self._look(claim, table) for claim in claims]

    def has_anything_changed(self) -> bool:
        """Tell whether anything happened since the last look that an email could depend on.

        What becomes of emails themselves changes nothing of what others say, and whoever claimed
        one is alone with it.
        """
        return bool(self._ledger.log.query(_SOMETHING_ELSE, (self._position, "email-%")))

    def _look(self, claim: Claim, table: _Table) -> Seen:
        try:
            return self._find(claim, table)
        except Exception as problem:  # noqa: BLE001 - one unreadable email must not keep the others
            return problem

    def _find(self, claim: Claim, table: _Table) -> Found:
        reader, desk = table.reader, table.desk
        history = reader.read_stream(claim.email)
        view = ViewOfToday(reader)
        looked = look(history, view, table.audiences, desk.ladder, desk.calendar)
        letter = letter_about(
            looked,
            reader,
            desk,
            self._sending.head,
            message_id=claim.message_id,
            made_at=self._clock(),
            digests=digest_sections(looked, table.sights, desk),
        )
        return Found(looked, letter)
