"""Why a command is refused: exceptions with fields, whose words say what to do next."""

from __future__ import annotations

from events.refs import quoted


class Refusal(Exception):
    """A command cannot be carried out; the message says why and what to do.

    `field` names the field of the command that has to be mended, where one does.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


class NotFound(Refusal):
    """There is no such thing, or it is not the asker's to see."""

    def __init__(self, ref: str, *, field: str | None = None) -> None:
        self.ref = ref
        super().__init__(
            f"There is no {quoted(ref)} here. Check the reference and try again.", field=field
        )


class Ended(NotFound):
    """What a command refers to has ended: it can be looked at, but nothing new can rest on it."""

    def __init__(self, ref: str, *, field: str | None = None) -> None:
        super().__init__(ref, field=field)
        self.args = (
            f"{quoted(ref)} has ended, so nothing new can refer to it. Choose one that is current.",
        )


class NotAllowed(Refusal):
    """Somebody's roles do not allow this command on this item."""

    def __init__(self, who: str, what: str, allowed: str) -> None:
        self.who, self.what, self.allowed = who, what, allowed
        super().__init__(f"{who} may not {what}. This can be done by {allowed}.")


class NotNow(Refusal):
    """The item is not in a state in which the command makes sense."""

    def __init__(self, ref: str, what: str, status: str, mend: str) -> None:
        self.ref, self.what, self.status, self.mend = ref, what, status, mend
        super().__init__(
            f"{quoted(ref)} is {status.replace('_', ' ')}, so you cannot {what}. {mend}"
        )


class Incomplete(Refusal):
    """Something that the command needs was not given."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field=field)


class Conflict(Refusal):
    """Somebody else changed the item since it was looked at: nothing was stored."""

    def __init__(self, ref: str, expected_version: int, version: int) -> None:
        self.ref, self.expected_version, self.version = ref, expected_version, version
        super().__init__(
            f"{quoted(ref)} was changed by somebody else while you were writing (you saw change"
            f" {expected_version}, it is now at change {version}). Nothing of yours was stored"
            " yet: look at what they did, then send yours once more."
        )
