"""Restoring a record: prepared and verified beside what stands there, and then put in its place."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from events.checkpoint import Checkpoint
from events.continuing import take_origin
from events.log import Clock
from events.origins import origins_of
from events.record import RECORD_STREAM, LogContinued
from events.signed_note import NotAKey, SigningKey
from events.signing import checkpoint_of, sign_head
from events.verification import verify_log
from interfaces.application_role import grant_daily_work
from interfaces.backup.archive import opened_archive
from interfaces.backup.comparing import Loss, Standing, compare_with_live, loss_of
from interfaces.backup.lost_texts import ErasedSince, Unfinished, erased_since
from interfaces.backup.manifest import Manifest, SignedBy
from interfaces.backup.place import Place, place_of
from interfaces.backup.refusing import BadBackup, CannotRestore
from interfaces.backup.settling import Journal, settle, staged_file
from interfaces.beginning import make_tables
from interfaces.bootstrap import Partnership, assembled
from interfaces.erasing import clean, erase_again
from interfaces.erasure_notes import read_notes
from interfaces.erasure_outcomes import recorded_erasures, to_erase
from interfaces.erasure_outcomes import settle as settle_notes
from interfaces.record_files import erasures_file
from interfaces.settings import FileSettings, Settings
from interfaces.verified import fault_in_words
from notifications.after_restore import InDoubt, hold_back
from notifications.sending_times import last_sending
from projections.rebuild import rebuild
from workflow.circumstances import SYSTEM

ProgressOf = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]
"""Given what is being done, lends what is told how much of it is done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a restore was told it may do.

    `replace`: a record that is larger or different. `reason`: why it goes on as a new origin, None
    where that was not asked for. `unsigned`: take a manifest that nobody signed.
    `without_erasures`: the notes of what was erased are lost. `unfinished`: what to do with texts
    of which nobody knows whether they were erased. `rehearse`: change nothing.
    """

    file: Path
    replace: bool = False
    reason: str | None = None
    unsigned: bool = False
    without_erasures: bool = False
    rehearse: bool = False
    unfinished: Unfinished | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to. `aside`: where what stood there before is kept.

    `erased_again`: how many texts, `files_erased_again`: how many files. `in_doubt`: emails that
    may have left since the backup was made. `untold`: what a rehearsal was not told, and a restore
    in earnest would have to be.
    """

    manifest: Manifest
    signed_by: SignedBy
    head: Checkpoint
    standing: Standing
    loss: Loss | None
    has_signed_head: bool
    notes_damage: str | None
    erased_again: int
    files_erased_again: int
    in_doubt: tuple[InDoubt, ...]
    aside: str | None = None
    untold: tuple[str, ...] = ()


def restore(settings: Settings, clock: Clock, asked: Asked, progress: ProgressOf) -> Restored:
    """Verify a backup, bring it up to what was signed and erased since, and put it in place.

    Raises `BadBackup` or `CannotRestore`; then what stood there stands as it was.
    """
    settings.files.high_water.parent.mkdir(parents=True, exist_ok=True)
    if not asked.rehearse:
        settle(settings, clock)
    key = _key(settings.files)
    with opened_archive(asked.file) as archive:
        manifest, signed_by = Manifest.of_note(archive.note, key)
        _require_signed(signed_by, key, asked)
        place = place_of(settings, manifest.database)
        place.require_mine()
        place.receive(archive, manifest)
    with _discarding(place):
        with assembled(_staged(settings, place), clock) as staged:
            _verify(staged, manifest, progress)
            found = _Findings.of(settings, clock, place, staged, asked)
            untold = found.require_allowed(asked)
            prepared = _prepare(staged, manifest, signed_by, found, asked, progress)
            done = replace(prepared, untold=untold)
        if asked.rehearse:
            return done
        stamp = f"{clock().astimezone(dt.UTC):%Y%m%dt%H%M%Sz}-{secrets.token_hex(4)}"
        head = done.head
        Journal(head.origin, head.size, head.root.hex(), stamp).write(settings.files)
        try:
            aside = place.replace(stamp)
        finally:
            settle(settings, clock)
        return replace(done, aside=aside)


@dataclass(frozen=True, slots=True)
class _Findings:
    """What was found out about a staged record before anything was changed in it."""

    standing: Standing
    loss: Loss | None
    notes_damage: str | None
    erased: ErasedSince

    @classmethod
    def of(
        cls, settings: Settings, clock: Clock, place: Place, staged: Partnership, asked: Asked
    ) -> _Findings:
        standing = compare_with_live(settings, clock, place, staged, mend_notes=not asked.rehearse)
        loss = loss_of(staged, checkpoint_of(staged.log))
        erased = erased_since(settings, clock, staged, standing)
        return cls(standing, loss, _notes_damage(staged), erased)

    def require_allowed(self, asked: Asked) -> tuple[str, ...]:
        """Check that a restore was told all it may do. Raises `BadBackup` or `CannotRestore`.

        A rehearsal puts nothing in place, so what it was not told is returned for it to report.
        """
        if self.loss is None and asked.reason is not None:
            raise CannotRestore(
                "--as-new-origin: the backup holds everything that was signed, so the record can"
                " go on as it is. Leave the option out."
            )
        if self.notes_damage is not None and not asked.without_erasures:
            raise BadBackup(
                f"What was erased since the backup may come back: {self.notes_damage}. Restore that"
                " file from a copy. If it is lost for good, --without-erasures goes on without it;"
                " then erase by hand what had been erased."
            )
        untold = tuple(self._untold(asked))
        if untold and not asked.rehearse:
            raise untold[0]
        return tuple(map(str, untold))

    def _untold(self, asked: Asked) -> Iterator[BadBackup | CannotRestore]:
        if self.standing.state in _WOULD_REPLACE and not asked.replace:
            yield CannotRestore(_WOULD_REPLACE[self.standing.state].format(self.standing.size))
        if self.loss is not None and asked.reason is None:
            yield BadBackup(
                f"{self.loss.in_words()} Look for a newer backup first. If there is none, restore"
                " with --as-new-origin --reason WHY: the record then goes on under a new name, and"
                " says for good what was lost."
            )
        if self.erased.unknown and asked.unfinished is None:
            yield CannotRestore(self.erased.question())


_WOULD_REPLACE = {
    "larger": "The record that stands there has {} entries, more than the backup. Look whether you"
    " need to restore at all; --replace keeps it aside and puts the backup in its place.",
    "different": "Another record of {} entries stands there. --replace keeps it aside and puts the"
    " backup in its place.",
    "unreadable": "What stands there cannot be read, or does not hold. --replace keeps it aside and"
    " puts the backup in its place.",
}


def _prepare(
    staged: Partnership,
    manifest: Manifest,
    signed_by: SignedBy,
    found: _Findings,
    asked: Asked,
    progress: ProgressOf,
) -> Restored:
    files = staged.settings.files
    wanted = to_erase(staged.log, found.erased.answered(asked.unfinished))
    make_tables(staged.engine)
    with progress("Filling the read models") as tell:
        rebuild(staged.log, staged.ledger.fold, tell)
    if found.loss is not None and asked.reason is not None:
        _continue_as_new(staged, found.loss, asked.reason)
    if wanted:
        erase_again(staged, wanted, None if asked.rehearse else erasures_file(files))
        with progress("Taking out what was erased") as tell:
            rebuild(staged.log, staged.ledger.fold, tell)
    in_doubt = _hold_emails_back(staged, manifest, found.standing)
    grant_daily_work(staged.engine, staged.settings)
    clean(staged)
    with progress("Verifying what was prepared") as tell:
        verdict = verify_log(staged.engine, progress=tell)
    if verdict.fault is not None:
        raise BadBackup(f"The prepared record does not hold. {fault_in_words(verdict.fault)}")
    head = checkpoint_of(staged.log)
    if not asked.rehearse:
        if found.erased.unknown:
            settle_notes(
                erasures_file(files),
                found.erased.unknown,
                "committed" if asked.unfinished == "erase" else "withdrawn",
            )
        _stage_files(staged, head, is_new=found.loss is not None)
    return Restored(
        manifest,
        signed_by,
        head,
        found.standing,
        found.loss,
        files.high_water.exists(),
        found.notes_damage,
        sum(len(one.fields) for one in wanted if not one.is_file),
        sum(one.is_file for one in wanted),
        in_doubt,
    )


def _continue_as_new(staged: Partnership, loss: Loss, reason: str) -> None:
    origins = origins_of(staged.log)
    # Chance makes two continuations from one backup two different records.
    name = f"{origins.at(1)}/{staged.today.isoformat()}-{secrets.token_hex(4)}"
    take_origin(staged.log, name)
    said = LogContinued(
        kept_origin=origins.origin,
        old_origin=loss.head.origin,
        old_size=loss.head.size,
        old_root=loss.head.root.hex(),
        reason=reason,
    )
    with staged.ledger.transaction(actor=SYSTEM) as transaction:
        transaction.append(RECORD_STREAM, transaction.writing.version_of(RECORD_STREAM), [said])


def _hold_emails_back(
    staged: Partnership, manifest: Manifest, standing: Standing
) -> tuple[InDoubt, ...]:
    """Keep from leaving again what may have left since the last entry of the backup.

    Not since the backup was made: it may be one of a database that had been brought back itself.
    Where the record that stands there has the same entries, nothing was planned since.
    """
    reminders, mail = staged.settings.reminders, staged.settings.mail
    zone = reminders.zone
    sent = last_sending(staged.clock(), reminders.at, zone, staged.calendar).astimezone(zone)
    last = dt.datetime.fromisoformat(manifest.recorded_at).astimezone(zone)
    first = sent.date() + dt.timedelta(days=1) if standing.state == "same" else last.date()
    domain = mail.sender.rpartition("@")[2]
    return hold_back(staged.ledger, reminders.all_rules(), (first, sent.date()), domain)


def _stage_files(staged: Partnership, head: Checkpoint, *, is_new: bool) -> None:
    """Prepare the key under the record's name, and the signed head of a new origin."""
    files = staged.settings.files
    key = _key(files)
    if key is None:
        if is_new:
            raise CannotRestore(
                f"The signing key {files.key} is not there or cannot be used, and a record that"
                " goes on under a new origin has to be signed. Restore the key from its copy."
            )
        return
    if key.name != head.origin:
        key = SigningKey(head.origin, key.private)
        key.save(staged_file(files.key))
    if is_new:
        sign_head(staged.log, key, staged_file(files.high_water))
        with suppress(FileNotFoundError):
            staged_file(files.high_water).with_name(
                f"{staged_file(files.high_water).name}.lock"
            ).unlink()


def _verify(staged: Partnership, manifest: Manifest, progress: ProgressOf) -> None:
    with progress("Verifying the backup") as tell:
        verdict = verify_log(staged.engine, progress=tell)
    if verdict.root is None:
        said = fault_in_words(verdict.fault)
        raise BadBackup(f"The backup is not restored, since it does not hold. {said}")
    found = (verdict.origin, verdict.size, verdict.root.hex())
    if found != (manifest.origin, manifest.size, manifest.root):
        raise BadBackup("The backup is not restored: it does not hold what its manifest says.")


def _notes_damage(staged: Partnership) -> str | None:
    path = erasures_file(staged.settings.files)
    notes = read_notes(path)
    if notes.damage is not None:
        return notes.damage
    known = set(notes.notes)
    for one in recorded_erasures(staged.log):
        if one not in known:
            return f"{path} does not tell of the erasure at entry {one.by_position}"
    return None


def _require_signed(signed_by: SignedBy, key: SigningKey | None, asked: Asked) -> None:
    if signed_by == "nobody" and key is not None and not asked.unsigned:
        raise BadBackup(
            "The manifest of this backup is not signed, and the record's key is here. If it was"
            " made where the key was not at hand, take it with --unsigned; what was signed and is"
            " held is compared all the same."
        )


def _key(files: FileSettings) -> SigningKey | None:
    try:
        return SigningKey.load(files.key)
    except (OSError, NotAKey):
        return None


def _staged(settings: Settings, place: Place) -> Settings:
    database = settings.database.model_copy(update={"url": place.staged_url})
    return settings.model_copy(update={"database": database})


@contextmanager
def _discarding(place: Place) -> Iterator[None]:
    """Take away what was prepared, unless it was put in place."""
    try:
        yield
    finally:
        place.discard()
