"""Headers that are written as they stand have the bytes that the library would give them."""

from __future__ import annotations

import textwrap
from email.header import Header

from hypothesis import assume, example, given
from hypothesis import strategies as st

from notifications.addresses import display_name, one_line, usable_address
from notifications.folding import mailbox_by_library, mailbox_header, subject_header
from notifications.letter_templates import COLUMNS, folded

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=90)
NAMES = PRINTABLE | st.text(max_size=90)
LOCAL = st.text("abcXYZ019.!#$%&'*+/=?^_`{|}~-\"@", min_size=1, max_size=30)


@given(NAMES, LOCAL)
@example("Lead for practice", "lead")
@example("=?utf-8?q?Somebody?=", "lead")
@example("A'r =? cylch", "lead")
@example("x" * 60, "lead")
@example("Lead " * 12, "lead")
@example("", "lead")
def test_a_mailbox_is_written_as_the_library_writes_it(shown: str, local: str) -> None:
    address = usable_address(f"{local}@example.org")
    assume(address is not None and "=?" not in address)
    assert address is not None
    name = display_name(shown)

    assert mailbox_header("To", shown, address) == mailbox_by_library("To", name, address)


@given(NAMES)
@example("2 actions due by 31 December: Safeguarding Partnership")
@example("=?utf-8?q?words?= that look encoded")
@example("x" * 67)
@example("x" * 68)
def test_a_subject_is_written_as_the_library_writes_it(shown: str) -> None:
    words = one_line(shown)
    assume(words)
    charset = "us-ascii" if words.isascii() else "utf-8"
    folds = Header(words, charset, header_name="Subject").encode(linesep="\r\n")

    assert subject_header(words) == f"Subject: {folds}\r\n".encode("ascii")


@given(st.text("abcé-  ", max_size=300), st.sampled_from([0, 2, 4]), st.sampled_from([0, 2, 4]))
@example("x" * 100, 0, 0)
@example("x" * 72 + " y", 0, 0)
@example("x" * 73 + " y", 0, 0)
@example("x" * 70 + "  y", 0, 0)
def test_text_is_folded_as_the_library_folds_it(words: str, indent: int, first: int) -> None:
    line = words.strip()
    wrapper = textwrap.TextWrapper(
        COLUMNS,
        initial_indent=" " * first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )

    assert folded(words, indent, first) == wrapper.fill(line)
