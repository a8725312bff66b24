"""The last look at a batch of emails before they leave: what each has still to say, as a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from events.email import EmailFailed
from events.log import Clock
from events.reading import Reader
from events.recorded import Recorded
from events.refs import category_of
from notifications.audiences import Audiences
from notifications.digest_sections import DigestSights, digest_sections
from notifications.letter_item import Desk, UpdateLinks
from notifications.letter_writing import letter_about
from notifications.letters import Letter, Letterhead
from notifications.looking import DirectoryInMind, Looked, items_of, look
from notifications.outbox import Claim
from notifications.remembering_reader import RememberingReader
from notifications.rules import Rule
from notifications.subjects import MODELS
from projections.ledger import Ledger
from projections.store import ViewOfToday
from workflow.brag import CADENCE_DAYS

_SOMETHING_ELSE: Final = (
    "SELECT position FROM events WHERE position > ? AND (stream NOT LIKE ? OR type = ?) LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Sending:
    """What sending depends on besides the ledger and the server."""

    rules: tuple[Rule, ...]
    head: Letterhead
    web_address: str | None = None
    cadence_days: int = CADENCE_DAYS
    update_links: UpdateLinks | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at one email found. `letter` is None where nothing can be said."""

    looked: Looked
    letter: Letter | None


Seen: TypeAlias = Found | Exception
"""What a look found, or why it could not be taken."""

History: TypeAlias = Sequence[Recorded] | Exception
"""The events of an email, or why they could not be read."""


@dataclass(frozen=True)
class _Table:
    """What all emails of one look share. `audiences` may fail, for each email."""

    reader: Reader
    sights: DigestSights
    desk: Desk
    audiences: Callable[[], Audiences]


class LastLook:
    """Looks at emails as one snapshot of the log shows them."""

    def __init__(self, ledger: Ledger, sending: Sending, clock: Clock) -> None:
        self._ledger, self._sending, self._clock = ledger, sending, clock
        self._directory = DirectoryInMind()
        self._audiences: Audiences | None = None
        self._desk: Desk | None = None
        self._position = 0
        self._depends_on_emails = False

    def look_at(self, claims: Sequence[Claim], day: dt.date) -> list[Seen]:
        """Look at emails, in their order. One at which nobody can look leaves the others alone."""
        with self._ledger.log.snapshot() as snapshot:
            reader = RememberingReader(snapshot)
            self._position = reader.head().size
            desk = self._desk_of(day)
            table = _Table(reader, DigestSights(reader), desk, lambda: self._told_on(day, reader))
            histories = _histories(claims, reader)
            _read_ahead(claims, histories, reader)
            lookers = zip(claims, histories, strict=True)
            seen = [self._look(claim, history, table) for claim, history in lookers]
        self._depends_on_emails = any(map(_depends_on_emails, seen))
        return seen

    def has_anything_changed(self) -> bool:
        """Tell whether anything happened since the last look that an email could depend on.

        What becomes of emails themselves changes nothing of what others say, and whoever claimed
        one is alone with it. But one that is refused for good brings in whoever is next, and one
        that is taken tells that its address works after all.
        """
        left_out = "" if self._depends_on_emails else "email-%"
        asked = (self._position, left_out, EmailFailed.type_name)
        return bool(self._ledger.log.query(_SOMETHING_ELSE, asked))

    def _desk_of(self, day: dt.date) -> Desk:
        if self._desk is None or self._desk.day != day:
            sending, calendar = self._sending, self._ledger.calendar
            self._desk = Desk(
                sending.rules,
                day,
                calendar,
                sending.web_address,
                sending.cadence_days,
                sending.update_links,
            )
        return self._desk

    def _told_on(self, day: dt.date, reader: Reader) -> Audiences:
        """Return who is told of what on a day: found anew only when the directory changed."""
        directory, known = self._directory.as_of(reader), self._audiences
        if known is None or known.directory is not directory or known.day != day:
            self._audiences = known = Audiences(directory, day)
        return known

    def _look(self, claim: Claim, history: History, table: _Table) -> Seen:
        try:
            if isinstance(history, Exception):
                return history
            return self._find(claim, history, table)
        except Exception as problem:  # noqa: BLE001 - one unreadable email must not keep the others
            return problem

    def _find(self, claim: Claim, history: Sequence[Recorded], table: _Table) -> Found:
        reader, desk = table.reader, table.desk
        view = ViewOfToday(reader)
        looked = look(history, view, table.audiences(), desk.ladder, desk.calendar)
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


def _histories(claims: Sequence[Claim], reader: RememberingReader) -> list[History]:
    reader.read_ahead_streams([claim.email for claim in claims])
    return [_history(claim.email, reader) for claim in claims]


def _history(email: str, reader: Reader) -> History:
    try:
        return reader.read_stream(email)
    except Exception as problem:  # noqa: BLE001 - one unreadable email must not keep the others
        return problem


def _read_ahead(
    claims: Sequence[Claim], histories: Sequence[History], reader: RememberingReader
) -> None:
    """Read at once what every email asks for: what it is about, and what was told before."""
    wanted: dict[str, list[str]] = {
        "told_dates": [claim.person for claim in claims],
        "reminders": [claim.email for claim in claims],
    }
    for history in histories:
        for item in [] if isinstance(history, Exception) else items_of(history):
            if (model := MODELS.get(category_of(item))) is not None:
                wanted.setdefault(model, []).append(item)
    for model, keys in wanted.items():
        reader.read_ahead_rows(model, list(dict.fromkeys(keys)))


def _depends_on_emails(seen: Seen) -> bool:
    """Tell whether what becomes of other emails may change who is told.

    It does as long as an address is refused: whoever is next is told only until it works again.
    """
    return isinstance(seen, Found) and seen.looked.audiences.directory.has_refused
