from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.checkpoint import Checkpoint, NotACheckpoint, fingerprint
from events.merkle import EMPTY_ROOT

ROOT = bytes(range(32))
LINE = base64.b64encode(ROOT).decode()


def test_a_checkpoint_is_three_lines() -> None:
    text = Checkpoint("example.org/record", 20, ROOT).to_text()
    assert text == f"example.org/record\n20\n{LINE}\n"


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_reads_as_it_was_written(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("example.org/record", size, root)
    assert Checkpoint.of_text(checkpoint.to_text()) == checkpoint


def test_extension_lines_are_left_alone() -> None:
    assert Checkpoint.of_text(f"o\n0\n{LINE}\nextension\n") == Checkpoint("o", 0, ROOT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n20\n",
        f"o\n20\n{LINE}",
        f"\n20\n{LINE}\n",
        f"o\n20\n{LINE}\n\n",
        f"o\n020\n{LINE}\n",
        f"o\n-1\n{LINE}\n",
        f"o\n٢\n{LINE}\n",
        f"o\n{10**19}\n{LINE}\n",
        f"o\n20\n{LINE[:-4]}\n",
        f"o\n20\n{LINE[:-3]}*8=\n",
        f"o\n20\n {LINE}\n",
        f"o\n20\n{LINE[:-2]}9=\n",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotACheckpoint, match="not a checkpoint") as refusal:
        Checkpoint.of_text(text)
    assert refusal.value.what


def test_a_fingerprint_is_eight_short_words() -> None:
    words = "e3b0 c442 98fc 1c14 9afb f4c8 996f b924"
    assert fingerprint(EMPTY_ROOT) == words
