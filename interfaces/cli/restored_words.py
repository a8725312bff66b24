"""Saying what a restore did, what was lost, and what is to be done next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from events.checkpoint import record_line
from events.refs import quoted
from events.signed_note import NotAKey, SigningKey
from interfaces.backup.restoring import Asked, Restored
from interfaces.cli.erased_words import erased_in_words
from interfaces.settings import Settings
from notifications.after_restore import InDoubt
from notifications.wording import counted
from projections.projection import Row
from workflow.civil_dates import format_date

MOST_NAMED: Final = 20
"""So many emails in doubt are named one by one."""

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
        "untold": list(done.untold),
        "erased_again": done.erased_again,
        "files_erased_again": done.files_erased_again,
        "erasure_notes": done.notes_damage,
        "emails_in_doubt": [_in_doubt_as_json(one) for one in done.in_doubt],
        "key": _verifier(settings),
    }


def _told(done: Restored, settings: Settings, asked: Asked) -> Iterator[str]:
    manifest = done.manifest
    line = record_line(manifest.size, bytes.fromhex(manifest.root))
    yield f"The backup of {manifest.taken_at[:10]} holds {line}; every entry of it was verified."
    yield _SIGNED_BY[done.signed_by]
    if asked.rehearse:
        yield "This was a rehearsal: nothing was put in place, and what stands there is untouched."
        yield from (f"In earnest you would be asked: {one}" for one in done.untold)
    else:
        yield f"It is in place: {record_line(done.head.size, done.head.root)}."
    if done.aside:
        yield (
            f"What stood there before is kept: {done.aside}. It holds names and texts, also those"
            " erased since it was written: delete it when you no longer need it."
        )
    if not done.has_signed_head:
        yield (
            f"{settings.files.high_water}, the head that was signed last, is not here: nothing"
            " shows that this is the newest backup. If the file is lost for good, begin anew with"
            " 'goldthread verify --sign FILE'."
        )
    yield from _told_of_loss(done, settings, asked)
    yield from _told_of_erasures(done, asked)
    yield from _told_of_emails(done.in_doubt)


def _told_of_loss(done: Restored, settings: Settings, asked: Asked) -> Iterator[str]:
    if done.loss is None or asked.reason is None:
        return  # A rehearsal that was given no reason has said already what would be lost.
    yield done.loss.in_words()
    goes, has = ("would go", "would have") if asked.rehearse else ("goes", "has")
    yield (
        f"The record {goes} on as {done.head.origin}, and entry {done.loss.kept + 1} names the head"
        f" that is lost. Its key {has} that name, too."
    )
    if not asked.rehearse:
        yield f"Hand out anew, to everybody who checks what is signed:\n  {_verifier(settings)}"


def _told_of_erasures(done: Restored, asked: Asked) -> Iterator[str]:
    if done.erased_again or done.files_erased_again:
        what = erased_in_words(done.erased_again, done.files_erased_again)
        is_one = done.erased_again + done.files_erased_again == 1
        was, them = ("was", "it") if is_one else ("were", "them")
        prepared = "prepared" if asked.rehearse else "restored"
        yield (
            f"{what} erased after the backup was made, and {was} erased again from what was"
            f" {prepared}. {asked.file} still holds {them}: take a new backup, and destroy this"
            " one."
        )
    if done.notes_damage is not None:
        yield f"What was erased since the backup may be back: {done.notes_damage}."


def _told_of_emails(in_doubt: tuple[InDoubt, ...]) -> Iterator[str]:
    if not in_doubt:
        return
    yield (
        f"{counted(len(in_doubt), 'email')} may have left since the backup was made; nobody can"
        " know here. So that nobody is written to twice, none of them leaves by itself:"
    )
    for one in in_doubt[:MOST_NAMED]:
        items = ", ".join(quoted(item) for item in one.items)
        whom = f"{one.name} ({quoted(one.person)})"
        yield f"  {quoted(one.email)} to {whom}, for {format_date(one.send_on)}: {items}"
    if len(in_doubt) > MOST_NAMED:
        more = len(in_doubt) - MOST_NAMED
        yield f"  and {more} more: goldthread reminders --status uncertain"
    yield (
        "Ask them, or look into the mail server's log. To those who got none it is told anew, as"
        " far as it is still due, with: goldthread tell-again EMAIL ..., or for all of them:"
        " goldthread tell-again --after-restore"
    )


def _in_doubt_as_json(one: InDoubt) -> Row:
    return {
        "ref": quoted(one.email),
        "person": quoted(one.person),
        "name": one.name,
        "send_on": one.send_on.isoformat(),
        "items": [quoted(item) for item in one.items],
    }


def _verifier(settings: Settings) -> str | None:
    try:
        return SigningKey.load(settings.files.key).verifier.to_text()
    except (OSError, NotAKey):
        return None
