from __future__ import annotations

import zipfile
from hashlib import sha256

import pytest

from events.evidence import FileKind
from interfaces.evidence.checking import handed, kind_of
from interfaces.evidence.kinds import KIND_OF, MEDIA_TYPES
from interfaces.evidence.office import MOST_PARTS
from interfaces.evidence.refusing import FileRefused, FileTooLarge
from tests.interfaces.evidence.crafted import (
    CSV,
    EMAIL,
    JPEG,
    MAIN,
    PDF,
    PROGRAM,
    SVG,
    TEXT,
    TYPES,
    archive,
    email_with,
    encrypted,
    office,
    png,
)

BOMB = b"\0" * 40_000_000

HONEST = [
    ("Minutes.PDF", PDF, FileKind.PDF),
    ("minutes.docx", office("docx"), FileKind.DOCX),
    ("figures.xlsx", office("xlsx", xl__embeddings__one=b"x" * 90), FileKind.XLSX),
    ("slides.pptx", office("pptx"), FileKind.PPTX),
    ("room.png", png(), FileKind.PNG),
    ("room.jpeg", JPEG + b"what a telephone adds", FileKind.JPEG),
    ("notes.txt", TEXT, FileKind.TXT),
    ("utf-16.txt", "Nine of ten\n".encode("utf-16"), FileKind.TXT),
    ("hours.csv", CSV, FileKind.CSV),
    ("excel.csv", "caf\xe9;2\n".encode("cp1252"), FileKind.CSV),
    ("agreed.eml", EMAIL, FileKind.EML),
    ("agreed.eml", email_with("minutes.pdf"), FileKind.EML),
]

CRAFTED = [
    ("nothing", "empty.pdf", b"", "there is nothing in it"),
    ("no ending", "minutes", PDF, "its name does not say what it is"),
    ("a program", "setup.exe", PROGRAM, "files that end with .exe are not taken"),
    ("a program that is called a PDF", "minutes.pdf", PROGRAM, "it is a program"),
    ("a script that is called text", "notes.txt", b"#!/bin/sh\nrm -rf /\n", "it is a program"),
    ("a drawing with a script", "chart.svg", SVG, "a .svg file can hold programs. Save it as"),
    ("a drawing that is called text", "chart.txt", SVG, "its content is not that"),
    ("a drawing that is called a picture", "chart.png", SVG, "its content is not that"),
    ("a page that is called a table", "a.csv", b" <html><script>", "its content is not that"),
    ("a page behind a mark", "a.txt", "\ufeff<!DOCTYPE html>".encode(), "content is not that"),
    ("bytes that are called text", "a.txt", b"\x00\x01\x02", "its content is not that"),
    ("a PDF that is an archive", "a.pdf", PDF + archive({"a": b"b"}) + b"%%EOF", "an archive"),
    ("a PDF that was cut off", "a.pdf", PDF[:20], "its content is not that, or is damaged"),
    ("a picture with more behind it", "a.png", png(after=b"<html>"), "its content is not that"),
    ("a picture of more pixels than a viewer holds", "a.png", png(70_000, 70_000), "not that"),
    ("a picture of no pixels", "a.png", png(0, 7), "its content is not that"),
    ("a picture without a beginning", "a.png", png()[:8] + b"\x00" * 30, "content is not that"),
    ("a picture that was cut off", "a.png", png()[:-6], "its content is not that"),
    ("a picture cut off in its head", "a.png", png()[:20], "its content is not that"),
    ("a photograph that is an archive", "a.jpg", JPEG + archive({"a": b"b"}), "an archive"),
    ("a photograph without an end", "a.jpg", JPEG[:-2], "its content is not that"),
    ("an archive", "all.zip", archive({"a": b"b"}), "Unpack it, and add its files one by one"),
    ("an archive called a document", "a.docx", archive({"a": b"b"}), "not that of a .docx"),
    ("a workbook called a document", "a.docx", office("xlsx"), "not that of a .docx file"),
    ("a document after a PDF", "a.docx", PDF + office(), "as well as what it says"),
    ("a document within a PDF's sight", "a.docx", office()[:30] + PDF, "as well as what"),
    ("a document after a page", "a.docx", b"<html>" + office(), "no .docx file"),
    ("a document of an old Office", "a.doc", b"\xd0\xcf\x11\xe0", "in today's form"),
    ("an old one under a new name", "a.docx", b"\xd0\xcf\x11\xe0", "it has a password, or"),
    ("a document with a password", "a.docx", encrypted(), "it has a password"),
    ("a damaged document", "a.docx", office()[:-30], "it is damaged"),
    ("a macro by its part", "a.docx", office(word__vbaProject=b"x"), "it holds macros"),
    ("a macro by its type", "a.xlsx", office("xlsx", b"<MacroEnabled/>"), "it holds macros"),
    ("a macro of old", "a.xlsx", office("xlsx", xl__macrosheets__s=b"x"), "it holds macros"),
    ("a document with macros", "a.docm", office(), "Save it without macros"),
    ("a type in two bytes", "a.docx", office(types=b"m\0a\0"), "it holds macros"),
    ("a bomb", "a.docx", office(word__media=BOMB), "far too large once it is unpacked"),
    (
        "a document of very many parts",
        "a.docx",
        archive({TYPES: b"", MAIN["docx"]: b""} | {f"p{n}": b"" for n in range(MOST_PARTS)}),
        "far too large once it is unpacked",
    ),
    (
        "types of no honest size",
        "a.docx",
        archive({TYPES: b" " * 3_000_000, MAIN["docx"]: b""}),
        "not that of a .docx file",
    ),
    (
        "a part that leads out of its folder",
        "a.docx",
        archive({TYPES: b"", MAIN["docx"]: b"", "../../etc/passwd": b"x"}),
        "no program of Office made it",
    ),
    ("an email with a program", "a.eml", email_with("invoice.exe"), "its content is not that"),
    ("an email with a page", "a.eml", email_with("form.html"), "its content is not that"),
    ("a page that is called an email", "a.eml", b"<html>From: x\nDate: y\n\n", "not that"),
    ("text that is called an email", "a.eml", TEXT, "its content is not that"),
    ("bytes that are called an email", "a.eml", EMAIL + b"\0", "its content is not that"),
]


@pytest.mark.parametrize(("name", "content", "kind"), HONEST)
def test_what_people_have_is_taken(name: str, content: bytes, kind: FileKind) -> None:
    assert kind_of(name, content) is kind


@pytest.mark.parametrize(
    ("name", "content", "match"), [one[1:] for one in CRAFTED], ids=[one[0] for one in CRAFTED]
)
def test_what_was_crafted_is_refused_and_says_what_to_do(
    name: str, content: bytes, match: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        kind_of(name, content)
    assert match in str(refused.value)
    assert str(refused.value).startswith(f"“{name}” was not kept: ")
    assert refused.value.mend
    assert refused.value.field == "file"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = office(word__media=BOMB)

    def explode(*_arguments: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(zipfile.ZipFile, "read", explode)
    with pytest.raises(FileRefused, match="too large once it is unpacked"):
        kind_of("a.docx", bomb)


def test_what_is_handed_in_is_told_by_name_kind_size_and_hash() -> None:
    found = handed("C:\\plans\\list.pdf", PDF, to="action-1", note=None, most_megabytes=1)
    told = found.command
    assert (told.name, told.kind, told.size_bytes) == ("list.pdf", FileKind.PDF, len(PDF))
    assert told.sha256 == sha256(PDF).hexdigest()
    assert found.content == PDF


def test_what_is_larger_than_configured_is_refused() -> None:
    content = PDF + b" " * 1_000_000
    with pytest.raises(FileTooLarge, match="it is larger than 1 MB"):
        handed("list.pdf", content, to="action-1", note=None, most_megabytes=1)


def test_every_kind_has_an_ending_and_a_type_that_is_no_page() -> None:
    assert set(KIND_OF.values()) == set(FileKind) == set(MEDIA_TYPES)
    assert not any("html" in one or "svg" in one or "script" in one for one in MEDIA_TYPES.values())
