"""The files that change with a restored record, and settling a restore that was cut short.

The database takes its place at once. Key and signed head follow, and a small file says so from
before the one until after the other: whoever finds it can tell from the database which of both
moments it was, and end what was begun. Until then no daily work is done (see `bootstrap.opened`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from events.checkpoint import Checkpoint
from events.log import Clock
from events.reading import NoLog
from events.signing import checkpoint_of
from interfaces.backup.damage import DAMAGE
from interfaces.backup.whole_files import put_in_place, write_whole
from interfaces.bootstrap import assembled, sqlite_file
from interfaces.record_files import restore_journal
from interfaces.settings import FileSettings, Settings

_STAGED: Final = ".restored"

Outcome = Literal["nothing_to_settle", "old_stands", "new_stands"]


@dataclass(frozen=True, slots=True)
class Journal:
    """A restore under way: the head that the database has afterwards. `stamp`: names old files."""

    origin: str
    size: int
    root: str
    stamp: str

    def write(self, files: FileSettings) -> None:
        """Say that a restore is under way."""
        write_whole(restore_journal(files), json.dumps(asdict(self)))


def staged_file(path: Path) -> Path:
    """Return where a file is prepared that will take another's place."""
    return path.with_name(f"{path.name}{_STAGED}")


def settle(settings: Settings, clock: Clock) -> Outcome:
    """End a restore that was cut short, forwards or backwards as the database says.

    Raises what the driver raises when the server cannot be reached.
    """
    files = settings.files
    path = restore_journal(files)
    if not path.exists():
        _discard(files)
        return "nothing_to_settle"
    journal = Journal(**json.loads(path.read_text(encoding="utf-8")))
    is_new = _head_of(settings, clock) == (journal.origin, journal.size, journal.root)
    if is_new:
        for each in (files.key, files.high_water):
            aside = each.with_name(f"{each.name}.before-{journal.stamp}")
            if staged_file(each).exists():
                put_in_place(staged_file(each), each, aside)
    _discard(files)
    path.unlink()
    return "new_stands" if is_new else "old_stands"


def _head_of(settings: Settings, clock: Clock) -> tuple[str, int, str] | None:
    try:
        with assembled(settings, clock) as partnership:
            head: Checkpoint = checkpoint_of(partnership.log)
    except NoLog:
        return None
    except DAMAGE:
        if sqlite_file(settings) is None:
            raise  # The server may be away for a moment; nothing is settled without it.
        return None
    return head.origin, head.size, head.root.hex()


def _discard(files: FileSettings) -> None:
    for each in (files.key, files.high_water):
        staged_file(each).unlink(missing_ok=True)
