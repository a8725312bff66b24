"""A folder that takes emails as `.eml` files, for trying things out without a mail server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from notifications.mailer import Envelope, NotTaken

_KEPT: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")

_DIGITS: Final = 6
"""So many digits of a message id tell apart what else is the same."""


class FolderMailer:
    """Writes each message as one file, named after its day, its person and its number.

    A file appears whole or not at all, and writing a message again replaces it by itself. The
    folder is made when the first message comes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._envelope: Envelope | None = None

    def begin(self, envelope: Envelope) -> None:
        """See `Mailer.begin`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise _not_written(self.folder, problem) from problem
        self._envelope = envelope

    def hand_over(self, message: bytes) -> None:
        """See `Mailer.hand_over`. A file either stands or does not, so no outcome is unknown."""
        if self._envelope is None:
            message_text = "no envelope was begun"
            raise RuntimeError(message_text)
        path = self.path_of(self._envelope)
        self._envelope = None
        # The process id keeps two workers that write the same message out of each other's way.
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        try:
            _write(unfinished, message)
            unfinished.replace(path)
            _settle(self.folder)
        except OSError as problem:
            unfinished.unlink(missing_ok=True)
            raise _not_written(self.folder, problem) from problem

    def abandon(self) -> None:
        """See `Mailer.abandon`."""
        self._envelope = None

    def close(self) -> None:
        """See `Mailer.close`."""
        self._envelope = None

    def path_of(self, envelope: Envelope) -> Path:
        """Return the file of a message, such as `2024-12-03-PE3-E12-4f2a1b.eml`.

        It is the same for the same message, and another for that of another record which shares
        the folder: the digits at its end are the last of the message id.
        """
        local = _kept(envelope.message_id.strip("<>").partition("@")[0])
        named = f"{_kept(envelope.called)}-{local[-_DIGITS:]}" if envelope.called else local
        return self.folder / f"{envelope.send_on.isoformat()}-{named}.eml"


def _kept(words: str) -> str:
    return "".join(letter for letter in words if letter in _KEPT)


def _write(path: Path, message: bytes) -> None:
    with path.open("wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Let the folder's own entry survive a power cut, where the system lets us ask for it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _not_written(folder: Path, problem: OSError) -> NotTaken:
    return NotTaken(f"The folder {folder} could not be written to: {problem.strerror}.")
