"""Backups of a record in a test, and what is asked of them."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.log import EventLog
from events.verification import Verdict, verify_log
from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.erasures import erase_text
from tests.interfaces.running import CommandLine

CHILD = "Zebedee Quillfeather"
NOTE = f"Met the school about {CHILD} and agreed the form."


@dataclass
class Copies:
    """A record, and the folder in which its backups lie."""

    cli: CommandLine

    def backup(self, name: str = "a.backup") -> Path:
        """Back the record up."""
        path = self.cli.folder / name
        self.cli.done("backup", "--out", str(path))
        return path

    def note(self, words: str = "Two of three teams have done it.") -> None:
        """Append something to the record."""
        self.cli.done("action", "note-progress", "A2", "--note", words, "--as", "PE2")

    def entry_of(self, words: str) -> str:
        """Return the entry that holds some words."""
        (found,) = self.cli.answer("erase", "find", words)
        return str(found["entry"])

    def erase(self, words: str) -> None:
        """Erase the text that holds some words."""
        erase_text(self.cli, self.entry_of(words))

    def size(self) -> int:
        """Return how many entries the record has."""
        return int(self.verdict().size)

    def verdict(self) -> Verdict:
        """Verify the record, signing nothing."""
        settings = read_settings(self.cli.config, {"GOLDTHREAD_DATABASE__URL": self.cli.url})
        with opened(settings, self.cli.clock) as partnership:
            return verify_log(partnership.engine)

    def types(self) -> list[str]:
        """Return the type of every entry."""
        settings = read_settings(self.cli.config, {"GOLDTHREAD_DATABASE__URL": self.cli.url})
        with opened(settings, self.cli.clock) as partnership:
            log: EventLog = partnership.log
            return [one.event.type_name for one in log.read()]

    @property
    def data(self) -> Path:
        """Return the folder of the files beside the database."""
        return self.cli.folder / "data"


def with_parts(path: Path, to: Path, **parts: bytes) -> Path:
    """Write a backup anew with other parts: `manifest`, `record`."""
    names = {"manifest": "manifest.note", "record": "record"}
    with zipfile.ZipFile(path) as source:
        stored: dict[str, Any] = {name: source.read(name) for name in names.values()}
    stored |= {names[part]: content for part, content in parts.items()}
    with zipfile.ZipFile(to, "w") as target:
        for name, content in stored.items():
            target.writestr(name, content)
    return to
