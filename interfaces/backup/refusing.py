"""Why nothing was backed up or restored. Whatever is raised, what was there is as it was."""

from __future__ import annotations


class BadBackup(RuntimeError):
    """A backup, or the record that should be backed up, does not pass a check."""


class CannotRestore(RuntimeError):
    """A restore would do more than it was told to, or cannot be done here."""


class RestoreCutOff(RuntimeError):
    """An earlier restore was stopped in the middle; nothing else is done before it is settled."""

    def __init__(self) -> None:
        super().__init__(
            "A restore is under way, or was stopped in the middle. If nobody is restoring at this"
            " moment, run 'goldthread restore --finish': it settles whether the old record or the"
            " restored one stands, and says which."
        )


class NoTools(RuntimeError):
    """One of PostgreSQL's own programs is missing."""

    def __init__(self, program: str) -> None:
        self.program = program
        super().__init__(
            f"PostgreSQL's program '{program}' is not on this machine. Install the client programs"
            " of the server's release or a newer one (on Debian the package postgresql-client),"
            " or put their folder into PATH."
        )
