from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.wire_form import in_wire_form

PIECES = st.lists(st.sampled_from([b"a", b".", b"\r", b"\n", b"\r\n", b"..", b"=20"]), max_size=12)


@given(PIECES.map(b"".join))
def test_the_end_stands_nowhere_but_at_the_end_and_the_server_reads_what_was_meant(
    message: bytes,
) -> None:
    wire = in_wire_form(message)

    lines = wire.split(b"\r\n")
    assert lines[-2:] == [b".", b""]
    assert b"." not in lines[:-2]
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", wire)
    read = b"\r\n".join(line.removeprefix(b".") for line in lines[:-2])
    meant = re.sub(rb"\r\n|\r|\n", b"\r\n", message).removesuffix(b"\r\n")
    assert read == meant


@pytest.mark.parametrize(
    ("message", "wire"),
    [
        (b"Hello\r\n", b"Hello\r\n.\r\n"),
        (b".\r\n.a\r\n", b"..\r\n..a\r\n.\r\n"),
        (b"Hello\n.\nMAIL FROM:<a>", b"Hello\r\n..\r\nMAIL FROM:<a>\r\n.\r\n"),
    ],
)
def test_dots_are_doubled_and_every_line_ends_as_the_servers_understand(
    message: bytes, wire: bytes
) -> None:
    assert in_wire_form(message) == wire
