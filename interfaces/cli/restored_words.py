"""Saying what a restore did, what was lost, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterator

from events.checkpoint import record_line
from events.signed_note import NotAKey, SigningKey
from interfaces.backup.restoring import Asked, Restored
from interfaces.settings import Settings
from projections.projection import Row

_SIGNED_BY = {
    "us": "Its manifest was signed with this record's key.",
    "nobody": "Its manifest is NOT signed.",
    "unknown": "Its manifest is signed, but there is no key here to check it with.",
}


def restored_in_words(done: Restored, settings: Settings, asked: Asked) -> list[str]:
    """Say what a restore came to."""
    return list(_told(done, settings, asked))


def restored_as_json(done: Restored, settings: Settings, asked: Asked) -> Row:
    """Say the same as plain values."""
    loss = done.loss
    return {
        "restored": not asked.rehearse,
        "origin": done.head.origin,
        "size": done.head.size,
        "root": done.head.root.hex(),
        "backup": {"size": done.manifest.size, "taken_at": done.manifest.taken_at},
        "signed_by": done.signed_by,
        "stood_there": done.standing.state,
        "aside": done.aside,
        "lost": None
        if loss is None
        else {
            "at_least": loss.entries,
            "since": loss.since.isoformat(),
            "days": loss.days,
            "head": {
                "origin": loss.head.origin,
                "size": loss.head.size,
                "root": loss.head.root.hex(),
            },
        },
        "has_signed_head": done.has_signed_head,
        "erased_again": done.erased_again,
        "erasure_notes": done.notes_damage,
        "emails_unsent": done.unsent,
        "key": _verifier(settings),
    }


def _told(done: Restored, settings: Settings, asked: Asked) -> Iterator[str]:
    manifest = done.manifest
    line = record_line(manifest.size, bytes.fromhex(manifest.root))
    yield f"The backup of {manifest.taken_at[:10]} holds {line}; every entry of it was verified."
    yield _SIGNED_BY[done.signed_by]
    if asked.rehearse:
        yield "This was a rehearsal: nothing was put in place, and what stands there is untouched."
    else:
        yield f"It is in place: {record_line(done.head.size, done.head.root)}."
    if done.aside:
        yield f"What stood there before is kept: {done.aside}"
    if not done.has_signed_head:
        yield (
            f"{settings.files.high_water}, the head that was signed last, is not here: nothing"
            " shows that this is the newest backup. If the file is lost for good, begin anew with"
            " 'goldthread verify --sign FILE'."
        )
    yield from _told_of_loss(done, settings, asked)
    yield from _told_of_erasures(done, asked)
    if done.unsent:
        emails = "1 email was" if done.unsent == 1 else f"{done.unsent} emails were"
        yield (
            f"{emails} planned when the backup was made, and may have left since. Look at"
            " 'goldthread reminders' before you start the worker, which will send them (again)."
        )


def _told_of_loss(done: Restored, settings: Settings, asked: Asked) -> Iterator[str]:
    if done.loss is None:
        return
    yield done.loss.in_words()
    goes, has = ("would go", "would have") if asked.rehearse else ("goes", "has")
    yield (
        f"The record {goes} on as {done.head.origin}, and entry {done.loss.kept + 1} names the head"
        f" that is lost. Its key {has} that name, too."
    )
    if not asked.rehearse:
        yield f"Hand out anew, to everybody who checks what is signed:\n  {_verifier(settings)}"


def _told_of_erasures(done: Restored, asked: Asked) -> Iterator[str]:
    if done.erased_again:
        texts = "1 text was" if done.erased_again == 1 else f"{done.erased_again} texts were"
        yield (
            f"{texts} erased after the backup was made, and was erased again from what was"
            f" restored. {asked.file} still holds it: take a new backup, and destroy this one."
        )
    if done.notes_damage is not None:
        yield f"What was erased since the backup may be back: {done.notes_damage}."


def _verifier(settings: Settings) -> str | None:
    try:
        return SigningKey.load(settings.files.key).verifier.to_text()
    except (OSError, NotAKey):
        return None
