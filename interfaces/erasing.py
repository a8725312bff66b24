"""Forgetting: a text or a person's name leaves the record, its read models and the database's file.

The log keeps its proof: bodies, hashes and tree stay, and an event tells by whose authority what
was erased. From that event on the read models count as outdated until they are filled anew, so
that nothing that was to be forgotten is served, whenever the program is stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import Engine

from events.catalogue import ERASED
from events.erasing import Erasable, Warrant, erasures, file_of, texts_of
from events.reading import Reader
from events.record import RECORD_STREAM
from events.recorded import Recorded
from events.refs import category_of, quoted
from events.sessions import Change
from interfaces.application_role import require_owner
from interfaces.bootstrap import Partnership
from interfaces.copies_left import copies_left
from interfaces.erasure_notes import ErasureNote, write_notes
from interfaces.erasure_outcomes import noting, settle
from interfaces.record_files import erasures_file
from interfaces.web.web_tables import forgotten_visitor
from interfaces.written_ahead import WrittenAhead, let_go_of_log
from notifications.emails_kept import emails_with
from notifications.forgetting import emails_in_hand, forgotten_messages
from projections.folding import Progress, untold
from projections.ledger import Transaction
from projections.rebuild import rebuild
from projections.store import ViewOfToday
from projections.tables import BEFORE, PUT_VERSIONS, drop_read_tables
from workflow.circumstances import SYSTEM, Circumstances
from workflow.permissions import require_may_erase
from workflow.refusals import NotFound, Refusal

LENGTHS_TO_SEARCH: Final = range(4, 201)
"""Shorter values stand by chance in too many texts to warn of; longer ones stand nowhere else."""

_OF_ENTRY: Final = "SELECT texts FROM events WHERE position = ?"
_OF_STREAM: Final = (
    "SELECT position, texts FROM events WHERE stream = ? AND texts IS NOT NULL ORDER BY position"
)
_WITH_TEXTS: Final = (
    "SELECT position, stream, texts FROM events WHERE texts IS NOT NULL"
    " AND position > ? ORDER BY position LIMIT 1000"
)
_EVENT_ID: Final = "SELECT event_id FROM events WHERE position = ?"
_APPLIED_AGAIN: Final = Warrant(
    "Erased before the restore; applied again",
    "The backup that was restored is older than the erasure.",
)
# Naming a type with an expression copies the rows of now. VACUUM FULL would also copy those of
# before the erasure as long as anybody's transaction is open that might see them, such as that of
# an automatic ANALYZE. The last only drops samples that a release took which still took some.
_REWRITING: Final = (
    "ALTER TABLE events ALTER COLUMN texts TYPE bytea USING texts || ''::bytea",
    "ALTER TABLE evidence_file ALTER COLUMN content TYPE bytea USING content || ''::bytea",
    "ALTER TABLE outbox ALTER COLUMN message TYPE bytea USING message || ''::bytea",
    "VACUUM (FULL) pg_catalog.pg_statistic",
)
_OUTDATED: Final = Change(PUT_VERSIONS, [(1, "{}")])


class CannotErase(Refusal):
    """An erasure is refused before anything is erased."""


class FileInUse(RuntimeError):
    """The database's file could not be cleaned, since another program has it open."""

    def __init__(self) -> None:
        super().__init__(
            "The text is erased from the record and its read models, but its bytes may still be in"
            " unused parts of the database's file, which another program has open. Stop the worker"
            " and whatever else uses the file, then run 'goldthread erase clean'."
        )


@dataclass(frozen=True, slots=True)
class StillThere:
    """A text that holds some words: which field of which entry of the log, of which thing."""

    position: int
    ref: str
    field: str


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased, and what holds the same words still, or may.

    `elsewhere`: other texts of the record. `emails`: files that held them and were removed.
    `copies`: of the whole record, from before. `written_ahead`: what became of the server's log.
    """

    texts: int
    files: int
    recorded_at: tuple[int, ...]
    elsewhere: tuple[StillThere, ...]
    emails: tuple[Path, ...]
    copies: tuple[str, ...]
    written_ahead: WrittenAhead


def erase(
    partnership: Partnership,
    wanted: Sequence[Erasable],
    warrant: Warrant,
    *,
    actor: str,
    progress: Progress = untold,
    cause: Recorded | None = None,
) -> Erased:
    """Erase some texts or files for good, with everything that was derived from them.

    `actor` agrees to what `warrant.second_person` asked for by the entry `cause`; a person's own
    entry is erased by one alone.

    Raises `NotTheOwner`, `CannotErase`, `NothingToErase` or `NotAllowed`; then nothing was erased.
    Raises `FileInUse` when the erasure is done but for the file's unused parts.
    """
    ledger, files = partnership.ledger, partnership.settings.files
    require_owner(partnership.engine, "erases")
    with (
        noting(partnership.log, erasures_file(files)) as begin,
        ledger.transaction(
            actor=actor,
            correlation_id=cause.correlation_id if cause else None,
            causation_id=cause.event_id if cause else None,
        ) as transaction,
    ):
        _require_allowed(transaction, warrant, actor, partnership)
        values = list(_values(transaction, wanted))
        notes = _carry_out(transaction, wanted, warrant)
        begin(notes)
    emails = _remove_emails(partnership, [one for one in values if one != ERASED])
    rebuild(partnership.log, ledger.fold, progress)
    written_ahead = clean(partnership)
    sought = [value for value in values if len(value) in LENGTHS_TO_SEARCH and value != ERASED]
    elsewhere = tuple(places_of(partnership.log, sought))
    recorded_at = tuple(one.by_position for one in notes)
    return Erased(
        sum(len(one.fields) for one in wanted if not one.is_file),
        _files_of(partnership.log, wanted),
        recorded_at,
        elsewhere,
        emails,
        copies_left(partnership.settings, partnership.engine),
        written_ahead,
    )


def erase_again(partnership: Partnership, wanted: Sequence[Erasable], notes: Path | None) -> None:
    """Erase from a restored record what was erased after it was backed up.

    `notes`: where that is noted. The read models are to be rebuilt and the files cleaned after it.
    """
    if not wanted:
        return
    with partnership.ledger.transaction(actor=SYSTEM) as transaction:
        done = _carry_out(transaction, wanted, _APPLIED_AGAIN)
    if notes is not None:
        # The texts were rightly erased before, whether or not this record takes its place.
        write_notes(notes, done)
        settle(notes, done, "committed")


def _carry_out(
    transaction: Transaction, wanted: Sequence[Erasable], warrant: Warrant
) -> list[ErasureNote]:
    """Erase, and return what is to be noted of it."""
    writing = transaction.writing
    events, taken = erasures(writing, wanted, warrant)
    transaction.append(RECORD_STREAM, writing.version_of(RECORD_STREAM), events)
    others = [change for one in _gone(transaction, wanted) for change in forgotten_visitor(one)]
    for change in (*taken, *others, forgotten_messages(), _OUTDATED):
        writing.also(change)
    recorded_at = range(writing.size - len(events) + 1, writing.size + 1)
    by = transaction.provenance.command_id
    pairs = zip(wanted, recorded_at, strict=True)
    return [_noted(transaction, one, at, by) for one, at in pairs]


def _gone(transaction: Transaction, wanted: Sequence[Erasable]) -> set[str]:
    """Return whose own entries are erased, of those who left: their accounts go with the names."""
    streams = {transaction.stream_of(one.position) for one in wanted}
    people = {one for one in streams if one is not None and category_of(one) == "person"}
    rows = ((one, transaction.get("directory", one)) for one in people)
    return {one for one, row in rows if row is not None and row["last_day_on"] is not None}


def _noted(transaction: Transaction, one: Erasable, at: int, by: str) -> ErasureNote:
    ((event,),) = transaction.writing.query(_EVENT_ID, (one.position,))
    return ErasureNote(one.position, event, tuple(sorted(one.fields)), at, by)


def _files_of(reader: Reader, wanted: Iterable[Erasable]) -> int:
    """Return how many files some erasures are of; one that was handed in twice is one."""
    found = [file_of(reader, one.position) for one in wanted if one.is_file]
    return len({digest for _, digest in filter(None, found)})


def _remove_emails(partnership: Partnership, values: Sequence[str]) -> tuple[Path, ...]:
    """Take away emails in the folder that hold what was erased. They were sent, or written, before.

    What the folder holds of another transport's time is looked at, too.
    """

    def is_elsewhere(words: str) -> bool:
        return next(places_of(partnership.log, [words]), None) is not None

    found = tuple(emails_with(partnership.settings.files.outbox, values, is_elsewhere))
    for path in found:
        path.unlink(missing_ok=True)
    return found


def clean(partnership: Partnership) -> WrittenAhead:
    """Write the database's files anew without what was erased. Raises `FileInUse`.

    Raises `NotTheOwner` before anything is done.
    """
    require_owner(partnership.engine, "cleans")
    partnership.log.close()
    with partnership.engine.connect() as connection:
        drop_read_tables(connection, BEFORE)
    partnership.engine.dispose()
    _write_anew(partnership.engine)
    return let_go_of_log(partnership.engine)


def texts_of_entry(reader: Reader, position: int, fields: Sequence[str]) -> Erasable:
    """Return the texts of one entry of the log; all of them unless some are named.

    Raises `CannotErase` where there is no such entry or it has no text left.
    """
    rows = reader.query(_OF_ENTRY, (position,))
    if not rows:
        raise CannotErase(
            f"The record has no entry {position}. 'goldthread history' tells the number of each"
            " entry, and 'goldthread erase find WORDS' finds those that hold some words."
        )
    found = fields or sorted(_decoded(rows[0][0]))
    if not found:
        raise CannotErase(f"Entry {position} holds no text that could be erased.")
    return Erasable(position, tuple(dict.fromkeys(found)))


def fields_still_there(reader: Reader, position: int) -> set[str]:
    """Return which texts of an entry can still be read."""
    rows = reader.query(_OF_ENTRY, (position,))
    return set(_decoded(rows[0][0])) if rows else set()


def texts_of_person(reader: Reader, person: str) -> list[Erasable]:
    """Return the name and addresses of somebody who left, and what is kept of emails to them.

    Raises `NotFound`, or `CannotErase` for somebody who still belongs to the partnership, or of
    whom nothing is left.
    """
    view = ViewOfToday(reader)
    row = view.get("directory", person)
    if row is None or category_of(person) != "person":
        raise NotFound(person, field="person")
    if row["last_day_on"] is None:
        raise CannotErase(
            f"{quoted(person)} still belongs to the partnership. Record first that they left:"
            f" goldthread person leave {quoted(person)} --last-day-on DATE.",
            field="person",
        )
    emails = [ref for ref, email in view.all("reminders").items() if email["person"] == person]
    found = [
        Erasable(position, tuple(sorted(_decoded(texts))))
        for stream in (person, *emails)
        for position, texts in reader.query(_OF_STREAM, (stream,))
    ]
    if not found:
        raise CannotErase(f"Nothing of {quoted(person)} is left that could be erased.")
    return found


def _require_allowed(
    transaction: Transaction, warrant: Warrant, actor: str, partnership: Partnership
) -> None:
    asker, agreeing = actor, None
    if warrant.second_person is not None:
        asker, agreeing = warrant.second_person, actor
    circumstances = Circumstances(transaction.today, asker, partnership.calendar, transaction.known)
    require_may_erase(circumstances, agreeing)
    if emails_in_hand(transaction.writing.query):
        raise CannotErase(
            "An email is being sent at this moment, and may hold the text. Try again in some"
            " minutes."
        )


def _values(transaction: Transaction, wanted: Iterable[Erasable]) -> Iterator[str]:
    for one in wanted:
        if one.is_file:
            continue
        texts = texts_of(transaction.writing, one.position)
        yield from (texts[field][1] for field in one.fields if field in texts)


def places_of(reader: Reader, words: Iterable[str]) -> Iterator[StillThere]:
    """Yield every text of the record that holds some of the words, whatever their capitals."""
    sought = {one.casefold() for one in words}
    position = 0
    while sought and (page := reader.query(_WITH_TEXTS, (position,))):
        for position, stream, texts in page:
            for field, (_, value) in _decoded(texts).items():
                if any(one in value.casefold() for one in sought):
                    yield StillThere(position, quoted(stream), field)


def _decoded(texts: Any) -> dict[str, Any]:  # noqa: ANN401 - bytes or memoryview, by driver
    return {} if texts is None else orjson.loads(bytes(texts))


def _write_anew(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            for rewriting in _REWRITING:
                connection.exec_driver_sql(rewriting)
            return
        # Pages are zeroed before they are filled, so that nothing of before is left between rows.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.exec_driver_sql("VACUUM")
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if busy:
            raise FileInUse
