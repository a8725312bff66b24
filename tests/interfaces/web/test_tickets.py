"""Tickets: nobody else can write one, and each stands in one spelling only."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interfaces.web.signing_in.tickets import (
    NoSecret,
    Purpose,
    Signer,
    Ticket,
    fingerprint,
    new_token,
)

SIGNER = Signer(b"s" * 32)
TICKETS = st.builds(
    Ticket,
    st.sampled_from(Purpose),
    st.from_regex(r"person-[1-9][0-9]{0,3}", fullmatch=True),
    st.text(max_size=80),
    st.integers(0, 2**40),
)


@given(TICKETS)
def test_what_was_signed_is_read_for_its_purpose_alone(ticket: Ticket) -> None:
    letters = SIGNER.write(ticket)
    assert SIGNER.read(letters, ticket.purpose) == ticket
    for other in set(Purpose) - {ticket.purpose}:
        assert SIGNER.read(letters, other) is None


@given(TICKETS, st.data())
def test_no_other_letters_are_taken(ticket: Ticket, data: st.DataObject) -> None:
    letters = SIGNER.write(ticket)
    place = data.draw(st.integers(0, len(letters)))
    instead = data.draw(st.text(max_size=3))
    spoilt = letters[:place] + instead + letters[place + data.draw(st.integers(0, 2)) :]
    if spoilt != letters:
        assert SIGNER.read(spoilt, ticket.purpose) is None


@given(st.text(max_size=300))
def test_made_up_letters_are_never_a_ticket(letters: str) -> None:
    assert SIGNER.read(letters, Purpose.UPDATE) is None


def test_another_secret_signs_nothing_for_us() -> None:
    ticket = Ticket(Purpose.UPDATE, "person-1", "action-1", 1)
    assert SIGNER.read(Signer(b"t" * 32).write(ticket), Purpose.UPDATE) is None


def test_a_ticket_expires_at_its_second() -> None:
    ticket = Ticket(Purpose.UPDATE, "person-1", "action-1", 1_000)
    at = dt.datetime.fromtimestamp(1_000, dt.UTC)
    assert ticket.expired(at)
    assert not ticket.expired(at - dt.timedelta(microseconds=1))


def test_the_secret_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    path = tmp_path / "web.secret"
    with ThreadPoolExecutor(8) as several:
        secrets = set(several.map(lambda _: Signer.of_file(path).secret, range(32)))
    assert secrets == {path.read_bytes()}
    assert len(path.read_bytes()) == 32
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_file_that_was_cut_off_signs_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "web.secret"
    path.write_bytes(content)
    with pytest.raises(NoSecret, match="too short"):
        Signer.of_file(path)


def test_tokens_differ_and_cannot_be_told_from_what_is_kept_of_them() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert not tokens & {fingerprint(token) for token in tokens}
