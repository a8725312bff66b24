"""Why something is not packed."""

from __future__ import annotations

from collections.abc import Iterable

from events.checkpoint import Checkpoint


class UnknownTexts(ValueError):
    """What is to be withheld is no kind of text, and no field that holds one."""

    def __init__(self, words: str, kinds: Iterable[str], fields: Iterable[str]) -> None:
        self.words = words
        super().__init__(
            f"--withhold: '{words}' is no kind of text. Write one or more of {', '.join(kinds)},"
            f" or the name of a field: {', '.join(sorted(fields))}."
        )


class TextMissing(RuntimeError):
    """A text is gone from the record, and nothing accounts for that."""

    def __init__(self, position: int, field: str) -> None:
        self.position, self.field = position, field
        super().__init__(
            f"The text '{field}' of entry {position} is gone, but no entry erased it. Nothing was"
            " packed. Run 'goldthread verify', which names what is wrong."
        )


class NotExtendedSince(RuntimeError):
    """The record does not extend the earlier head that a pack should prove."""

    def __init__(self, since: Checkpoint, head: Checkpoint) -> None:
        self.since, self.head = since, head
        super().__init__(
            f"The record of {head.size} entries does not begin with the {since.size} entries of the"
            " head given with --since: it was written anew, or cut short, or it is another record."
            " Nothing was packed. Run 'goldthread verify'."
        )
