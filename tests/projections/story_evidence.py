"""How files are handed in, taken back and erased, in a random story."""

from __future__ import annotations

from hashlib import sha256

from events.evidence import EvidenceAdded, EvidenceWithdrawn, FileKind
from events.record import RECORD_STREAM, FileErased
from tests.projections.story_world import World


def add_evidence(world: World) -> None:
    """Let somebody hand in a file for some action."""
    to = next(iter(world.some("action", 1)), None)
    if to is None:
        return
    file = world.begin("evidence", "standing")
    # Whoever keeps the bytes, too, finds them in the name of the stream.
    file.notes["sha256"] = sha256(file.ref.encode()).hexdigest()
    world.tell(
        file.ref,
        EvidenceAdded(
            to=to,
            name=world.words(),
            kind=world.chance.choice(list(FileKind)),
            size_bytes=world.chance.randint(1, 10**7),
            sha256=file.notes["sha256"],
        ),
    )


def withdraw_evidence(world: World) -> None:
    """Let somebody take some file back."""
    file = world.one("evidence", "standing")
    if file is not None:
        file.status = "withdrawn"
        world.tell(file.ref, EvidenceWithdrawn(reason=world.words()))


def erase_file(world: World) -> None:
    """Erase some file."""
    file = world.one("evidence", "withdrawn")
    if file is not None:
        file.status = "erased"
        erased = FileErased(
            evidence=file.ref,
            sha256=file.notes["sha256"],
            authority=world.words(),
            reason=world.words(),
        )
        world.tell(RECORD_STREAM, erased)
