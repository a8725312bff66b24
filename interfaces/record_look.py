"""The last look at the record: was its head signed, and is what is read what was recorded?

A worker looks once on every day, where nobody reads what it says. So what it found is kept in a
file beside the signed head, for `goldthread status` to tell.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RecordLook:
    """What a look found. `at`: an aware instant, in ISO form.

    `not_signed`: why the head was not signed, None where it was. `wrong`: what was found to be
    wrong, None for nothing.
    """

    at: str
    not_signed: str | None = None
    wrong: str | None = None

    @property
    def day(self) -> dt.datetime:
        """Return when it was."""
        return dt.datetime.fromisoformat(self.at)

    def write(self, path: Path) -> None:
        """Keep it; where the folder cannot be written to, nothing is kept."""
        fresh = path.with_name(f"{path.name}.new")
        with suppress(OSError):
            fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")
            fresh.replace(path)

    @classmethod
    def read(cls, path: Path) -> RecordLook | None:
        """Return what was kept last, None where nothing is that can be read."""
        try:
            look = cls(**json.loads(path.read_text(encoding="utf-8")))
            dt.datetime.fromisoformat(look.at)
        except (OSError, ValueError, TypeError):
            return None
        return look

    @classmethod
    def wrong_before(cls, path: Path) -> str | None:
        """Return what the look before found to be wrong, for one that does not compare."""
        before = cls.read(path)
        return before.wrong if before is not None else None
