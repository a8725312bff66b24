"""Exit codes, and which exception ends with which: the one place that translates them.

0: done. 1: a check failed, or an email did not leave. 2: bad input or usage.
3: somebody else changed the same thing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from events.catalogue import UnknownEventType
from events.checkpoint import NotACheckpoint
from events.database import UnsafeDatabase
from events.erasing import NothingToErase
from events.evidence_files import FileDiffers
from events.grants import UnfitRole
from events.held_heads import BadHeldHead
from events.log import WrongExpectedVersion
from events.reading import NoLog
from events.recorded import UnreadableEvent
from events.refs import UnknownReference
from events.signed_note import NotAKey, NoteRefused
from events.signing import BadHighWater, HistoryRewritten, KeyOfAnotherLog
from events.tree import LeavesMissing
from events.tree_cache import TreeDiffers
from interfaces.application_role import NotTheOwner
from interfaces.backup.refusing import BadBackup, CannotRestore, NoTools, RestoreCutOff
from interfaces.beginning import AlreadyBegun
from interfaces.bootstrap import BrokenHead, OutdatedTables, RecordGone
from interfaces.erasing import FileInUse
from interfaces.inputs import BadFields, BadInput, option_of
from interfaces.proof.refusals import NotExtendedSince, TextMissing, UnknownTexts
from interfaces.settings_reading import BadSettings
from projections.board_filter import NothingCalled
from projections.projection import PoisonEvent
from workflow.refusals import Conflict, Refusal
from workflow.target_dates import UnclearTargetDate

CHECK_FAILED: Final = 1
BAD_INPUT: Final = 2
CONFLICT: Final = 3


_SAY_ALL_THEMSELVES: Final = (
    AlreadyBegun,
    BadFields,
    BadHighWater,
    BadInput,
    BadSettings,
    CannotRestore,
    KeyOfAnotherLog,
    NoLog,
    NoTools,
    NotACheckpoint,
    NotAKey,
    NotTheOwner,
    NothingCalled,
    NothingToErase,
    OutdatedTables,
    RestoreCutOff,
    UnclearTargetDate,
    UnfitRole,
    UnknownEventType,
    UnknownReference,
    UnknownTexts,
    UnsafeDatabase,
)


class Explained(NamedTuple):
    """How a call ends: its exit code, and what is said on stderr."""

    code: int
    message: str


def explained(problem: Exception) -> Explained | None:
    """Return how an exception ends a call; None for a fault of the program itself."""
    match problem:
        case Conflict():
            return Explained(CONFLICT, f"{_place(problem)}{problem}")
        case WrongExpectedVersion():
            return Explained(CONFLICT, str(problem))
        case (
            BrokenHead()
            | FileDiffers()
            | FileInUse()
            | PoisonEvent()
            | HistoryRewritten()
            | NoteRefused()
        ):
            return Explained(CHECK_FAILED, str(problem))
        case BadBackup() | RecordGone() | UnreadableEvent():
            return Explained(CHECK_FAILED, str(problem))
        case BadHeldHead() | LeavesMissing() | NotExtendedSince() | TextMissing() | TreeDiffers():
            return Explained(CHECK_FAILED, str(problem))
        case Refusal():
            return Explained(BAD_INPUT, f"{_place(problem)}{problem}")
        case _ if isinstance(problem, _SAY_ALL_THEMSELVES):
            return Explained(BAD_INPUT, str(problem))
        case _ if type(problem).__name__ in ("OperationalError", "DatabaseError"):
            # Each driver has exceptions of these names, and SQLAlchemy wraps some of them.
            return Explained(BAD_INPUT, _unusable(problem))
        case BrokenPipeError():
            return None
        case OSError():
            mend = " Check the path and its permissions." if problem.filename else ""
            return Explained(BAD_INPUT, f"{_reason(problem)}.{mend}")
        case _:
            return None


def _place(problem: Refusal) -> str:
    return f"{option_of(problem.field)}: " if problem.field else ""


def _reason(problem: OSError) -> str:
    """Say which file it is, and why; without the number that the system has for it."""
    if problem.filename is None or problem.strerror is None:
        return str(problem)
    return f"{problem.filename}: {problem.strerror}"


def _unusable(problem: Exception) -> str:
    reason = str(getattr(problem, "orig", problem)).strip()
    if "locked" in reason:
        return (
            "The database is busy: another program has held it for a minute. Wait a moment and try"
            " again; if it stays so, close whatever has the file open."
        )
    if "readonly" in reason:
        return (
            "The record can only be looked at here: its file, or the folder it lies in, cannot be"
            " written to. Nothing was changed. Give the command where the record is kept, or make"
            " both writable if this is the place."
        )
    if "not a database" in reason or "malformed" in reason:
        return (
            f"The database's file cannot be read ({reason}): it is damaged, or is no database of"
            " Goldthread. Check url in [database] of the configuration; if that is the right file,"
            " restore it from a copy, and run 'goldthread verify'."
        )
    return (
        f"The database cannot be used: {reason}. Check url in [database] of the configuration,"
        " that the database is running, and that you may write to it."
    )
