"""The ledger: commands in, events and read models out, in one transaction.

Whoever writes reads their own write, because the projections run inside the append's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import orjson

from events.catalogue import Event
from events.identifiers import new_identifier
from events.log import EventLog, NestedWriting, Writing
from events.merkle import Frontier
from events.recorded import Provenance, Recorded
from events.refs import quoted, split_stream
from projections.civil_days import civil_day, day_true
from projections.known import KnownFrom, subject_facts
from projections.projection import Fold, Row
from projections.writing_rows import Remembered, RowPages, WritingRows
from workflow.circumstances import Circumstances
from workflow.clocks import STANDARD_CLOCKS, Clock
from workflow.command import Command, Decider
from workflow.handling import Answer, handle
from workflow.permissions import SubjectFacts
from workflow.refusals import Conflict, Refusal
from workflow.working_days import WorkingDays

REMEMBERED_STATES: Final = 20_000
"""Beyond so many remembered stream states everything is forgotten, to bound memory."""

_STREAM_OF: Final = "SELECT stream FROM events WHERE position = ?"
_ACTOR: Final = "SELECT body FROM events WHERE position = ?"

States = dict[str, tuple[Any, int]]


@dataclass(frozen=True, slots=True)
class LedgerAnswer(Answer):
    """What became of a command. `repeated`: it was stored before, and now nothing was."""

    repeated: bool = False


class CommandIdReused(Conflict):
    """The id of a command belongs to another one that was carried out before."""

    def __init__(self, stream: str, actor: str) -> None:
        self.stream, self.actor = stream, actor
        Refusal.__init__(
            self,
            f"This command id was used before, for another command ({quoted(stream)}, by"
            f" {quoted(actor)}), so nothing was stored. Give the command again with another id.",
            field="command_id",
        )


class Transaction:
    """One transaction of the ledger; it is the desk on which commands are decided."""

    def __init__(
        self,
        ledger: Ledger,
        writing: Writing,
        provenance: Provenance,
        states: States,
        pages: RowPages,
    ) -> None:
        self.writing, self.provenance, self.pages = writing, provenance, pages
        self._ledger, self._states = ledger, states
        self.changed_states: States = {}
        self._unfolded: dict[str, list[Recorded]] = {}
        self._rows = _RowsByModel(pages)
        self.recorded_at: Final = dt.datetime.fromisoformat(writing.recorded_at)
        self.today: Final = civil_day(self.recorded_at)
        self.known = KnownFrom(self.get, self.today, self.all, self.stream_of)

    def get(self, model: str, key: str) -> Row | None:
        """Return a row of a read model as it stands inside this transaction."""
        return self._rows[model].get(key)

    def all(self, model: str) -> dict[str, Row]:
        """Return every row of a read model, by key, as they stand inside this transaction."""
        return self._rows[model].all()

    def stream_of(self, entry: int) -> str | None:
        """Return the stream of an entry that the log held before this transaction, or None."""
        rows = self.writing.query(_STREAM_OF, (entry,))
        return rows[0][0] if rows else None

    def execute(
        self, command: Command, *, actor: str | None = None, expected_version: int | None = None
    ) -> Answer:
        """Decide one command and append what follows. Raises a `Refusal`."""
        who = actor or self.provenance.actor
        circumstances = Circumstances(
            self.today, who, self._ledger.calendar, self.known, self._ledger.clocks
        )
        return handle(
            command, self, circumstances, self._ledger.deciders, expected_version=expected_version
        )

    def new_stream(self, category: str) -> str:
        """See `Desk.new_stream`."""
        return self.writing.new_stream(category)

    def state_of(self, stream: str, decider: Decider) -> tuple[Any, int]:
        """See `Desk.state_of`."""
        found = self.changed_states.get(stream) or self._states.get(stream)
        if found is not None:
            self.writing.trust_version(stream, found[1])
            return found
        stored, added = self.writing.events_of(stream), self._unfolded.pop(stream, ())
        state: Any = decider.initial(stream)
        version = 0
        for recorded in (*stored, *added):
            state = _after(decider, state, recorded)
            version = recorded.version
        self.writing.trust_version(stream, version)
        (self.changed_states if added else self._states)[stream] = (state, version)
        return state, version

    def subject_facts(self, command: Command) -> SubjectFacts:
        """See `Desk.subject_facts`."""
        return subject_facts(command, self.get)

    def append(
        self,
        stream: str,
        version: int,
        events: Sequence[Event],
        effective_on: dt.date | None = None,
    ) -> None:
        """See `Desk.append`; also for streams that no command changes, such as emails."""
        recorded = self.writing.append(stream, version, events, self.provenance, effective_on)
        for event in recorded:
            self._project(event)
        decider = self._ledger.deciders.get(stream.partition("-")[0])
        if decider is not None:
            self._evolve(decider, stream, recorded)

    def _project(self, recorded: Recorded) -> None:
        self.pages.position = recorded.position
        self._ledger.fold.apply(recorded, self._rows)

    def _evolve(self, decider: Decider, stream: str, recorded: Sequence[Recorded]) -> None:
        found = self.changed_states.get(stream) or self._states.get(stream)
        if found is None:
            # Nobody asked for the state; whoever does will have it folded then.
            self._unfolded.setdefault(stream, []).extend(recorded)
            return
        state, version = found
        for one in recorded:
            state, version = _after(decider, state, one), one.version
        self.changed_states[stream] = (state, version)


class _RowsByModel(dict[str, WritingRows]):
    """The rows of the read models inside one transaction, made when they are first asked for."""

    def __init__(self, pages: RowPages) -> None:
        super().__init__()
        self._pages = pages

    def __missing__(self, model: str) -> WritingRows:
        rows = self[model] = WritingRows(self._pages, model)
        return rows


class Ledger:
    """The log together with the read models and the deciders of one partnership."""

    def __init__(
        self,
        log: EventLog,
        fold: Fold,
        deciders: Mapping[str, Decider],
        calendar: WorkingDays,
        new_id: Callable[[], str] = new_identifier,
        clocks: tuple[Clock, ...] = STANDARD_CLOCKS,
    ) -> None:
        self.log: Final = log
        self.fold: Final = fold
        self.deciders: Final = deciders
        self.calendar: Final = calendar
        self.new_id: Final = new_id
        self.clocks: Final = clocks
        self._states: States = {}
        self._remembered: Remembered = {}
        self._seen: tuple[Frontier, int] | None = None

    def execute(
        self,
        command: Command,
        *,
        actor: str,
        command_id: str | None = None,
        expected_version: int | None = None,
    ) -> LedgerAnswer:
        """Carry out one command in a transaction of its own.

        A retry with the same `command_id` stores nothing and gets the first answer, marked as
        `repeated`. Raises `CommandIdReused` for an id of another actor, of another stream, or of
        another category where the command opens a stream; any other `Refusal`; then nothing is
        stored.
        """
        command_id = command_id or self.new_id()
        answer = self._try_at_once(command, actor, command_id, expected_version)
        if answer is not None:
            return answer
        with self.transaction(actor=actor, command_id=command_id) as transaction:
            if transaction.writing.answered:
                return answered_before(command, actor, transaction.writing)
            return _answer(transaction.execute(command, expected_version=expected_version))

    def _try_at_once(
        self, command: Command, actor: str, command_id: str, expected_version: int | None
    ) -> LedgerAnswer | None:
        """Decide from what is remembered and store all of it in one go; None if that fails.

        What was decided is true only if nobody else appended meanwhile, and the log stores it
        only then. So whatever stands in the way, a refusal too, is left to the way under the lock.
        """
        provenance = Provenance(actor, command_id, command_id)
        try:
            with self.log.writing_at_once(command_id) as writing:
                transaction = self._begin(writing, provenance)
                answer = transaction.execute(command, expected_version=expected_version)
                self._end(transaction)
        except NestedWriting:
            raise
        except Exception:  # noqa: BLE001 - the way under the lock tells the same, or the truth
            return None
        return _answer(answer)

    @contextmanager
    def transaction(
        self,
        *,
        actor: str,
        command_id: str | None = None,
        correlation_id: str | None = None,
        causation_id: str | None = None,
    ) -> Iterator[Transaction]:
        """Hold the head's lock for some commands; they are stored together when the block ends."""
        command_id = command_id or self.new_id()
        provenance = Provenance(actor, command_id, correlation_id or command_id, causation_id)
        with self.log.writing(command_id) as writing:
            transaction = self._begin(writing, provenance)
            yield transaction
            self._end(transaction)

    def _begin(self, writing: Writing, provenance: Provenance) -> Transaction:
        self._forget_unless_alone(writing)
        pages = RowPages(writing, self._remembered)
        return Transaction(self, writing, provenance, self._states, pages)

    def _end(self, transaction: Transaction) -> None:
        for change in transaction.pages.changes():
            transaction.writing.also(change)
        transaction.writing.when_committed(lambda: self._keep(transaction, transaction.writing))

    def forget(self) -> None:
        """Forget what is remembered of streams and rows: the next command reads them anew."""
        self._seen = None

    def _forget_unless_alone(self, writing: Writing) -> None:
        now = (writing.head.frontier, writing.head.generation)
        if self._seen != now:
            self._states.clear()
            self._remembered.clear()
            self._seen = now

    def _keep(self, transaction: Transaction, writing: Writing) -> None:
        if len(self._states) > REMEMBERED_STATES:
            self._states.clear()
        self._states.update(transaction.changed_states)
        transaction.pages.remember()
        head = writing.committed
        self._seen = (head.frontier, head.generation) if head else None


def _after(decider: Decider, state: Any, recorded: Recorded) -> Any:  # noqa: ANN401 - its own
    return decider.after(state, recorded.event, recorded.actor, lambda: day_true(recorded))


def _answer(answer: Answer) -> LedgerAnswer:
    return LedgerAnswer(answer.stream, answer.version, answer.events)


def answered_before(command: Command, actor: str, writing: Writing) -> LedgerAnswer:
    """Return what became of a command at first. Raises `CommandIdReused` if it was another one.

    Of what was stored together under one id, only what the command itself changed is told.
    """
    own = [one for one in writing.answered if one.stream == command.subject] or writing.answered
    first, last = own[0], own[-1]
    ((body,),) = writing.query(_ACTOR, (first.position,))
    stored_actor = str(orjson.loads(bytes(body))["actor"])
    is_same_stream = (
        first.stream == command.subject
        if command.subject is not None
        else split_stream(first.stream)[0] == command.category and first.version == 1
    )
    if stored_actor != actor or not is_same_stream:
        raise CommandIdReused(first.stream, stored_actor)
    return LedgerAnswer(first.stream, last.version, len(own), repeated=True)
