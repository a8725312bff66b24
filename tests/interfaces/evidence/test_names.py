from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.evidence import FileKind
from interfaces.evidence.headers import disposition, download_headers
from interfaces.evidence.names import MOST_CHARACTERS, ending_of, safe_name

ONE_LINE = re.compile(
    r"attachment; filename=\"[ !#-$&-:<-\[\]-~]+\";"
    r" filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+"
)
NAMES = [
    ("list.pdf", "list.pdf"),
    ("C:\\Users\\lead\\list.pdf", "list.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..", "file"),
    ("", "file"),
    (".htaccess", "htaccess"),
    ("a\r\nSet-Cookie: x=y.pdf", "x=y.pdf"),
    ("line\r\nbreak.pdf", "line break.pdf"),
    ("nul\0.pdf", "nul.pdf"),
    ("annexe\u202efdp.exe", "annexefdp.exe"),
    ('say "hello".pdf', "say _hello_.pdf"),
    ("cafe\u0301 – été.pdf", "café – été.pdf"),
    ("  two   spaces .pdf. ", "two spaces .pdf"),
    ("=HYPERLINK(A1)*2.csv", "=HYPERLINK(A1)_2.csv"),
]


@pytest.mark.parametrize(("told", "kept"), NAMES)
def test_a_name_is_one_harmless_line(told: str, kept: str) -> None:
    assert safe_name(told) == kept


def test_a_long_name_is_shortened_and_keeps_its_ending() -> None:
    name = safe_name("x" * 400 + ".docx")
    assert len(name) == MOST_CHARACTERS
    assert name.endswith("x.docx")
    assert len(safe_name("y" * 400)) == MOST_CHARACTERS


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), (".pdf", ""), ("a.", "")]
)
def test_an_ending_is_what_stands_behind_the_last_dot(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_its_headers_are_one_line_and_lead_nowhere(told: str) -> None:
    name = safe_name(told)
    assert 0 < len(name) <= MOST_CHARACTERS
    assert not re.search(r"[/\\:\x00-\x1f\x7f]", name)
    assert not name.startswith(".")
    assert ONE_LINE.fullmatch(disposition(told))


def test_a_file_leaves_as_a_download_without_any_right() -> None:
    headers = download_headers("été.pdf", FileKind.PDF)
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"_t_.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9.pdf"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
