"""What is said of how far a record was signed."""

from __future__ import annotations

import pytest

from events.signing import HighWater
from interfaces.head_signing import reach_in_words


@pytest.mark.parametrize(
    ("size", "signed", "told"),
    [
        (419, 418, "Entry 419 had never been signed: a rewrite of it before today"),
        (419, 400, "Entries 401 to 419 had never been signed: a rewrite among them before today"),
        (2, 1, "entry 1; it stands as it was signed. Entry 2"),
        (419, 419, "entries 1 to 419, which is all"),
    ],
)
def test_what_was_never_signed_is_told_as_one_or_as_several(
    size: int, signed: int, told: str
) -> None:
    assert told in reach_in_words(size, HighWater(signed, bytes(32)), None)[0]
