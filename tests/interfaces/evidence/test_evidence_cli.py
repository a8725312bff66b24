"""Files on the command line: handed in, listed, got out, verified, backed up and erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.database import open_engine
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.erasures import ON_WHAT, erase_file
from tests.interfaces.evidence.crafted import PDF, PROGRAM
from tests.interfaces.running import CommandLine
from tests.interfaces.test_erasing import stored_bytes

SECRET = PDF.replace(b"Catalog", b"Zebedee Quillfeather")


def file(cli: CommandLine, name: str = "list.pdf", content: bytes = SECRET) -> Path:
    path = cli.folder / name
    path.write_bytes(content)
    return path


@pytest.fixture
def kept(begun: CommandLine) -> CommandLine:
    """Lend a record with one file in it, on both databases."""
    a_small_plan(begun)
    note = ("--note", "Who came", "--as", "PE3")
    said = begun.done("evidence", "add", "A1", "--file", str(file(begun)), *note)
    assert said == f"EV1 (change 1): added a file as evidence of A1 (pdf, {len(SECRET)} bytes).\n"
    return begun


@pytest.fixture
def plan(cli: CommandLine) -> CommandLine:
    a_small_plan(cli)
    return cli


def test_a_file_is_listed_with_who_added_it_and_got_out_as_it_was(kept: CommandLine) -> None:
    (line,) = kept.answer("evidence", "list", "A1")
    assert (line["ref"], line["name"], line["note"]) == ("EV1", "list.pdf", "Who came")
    assert (line["added_by"], line["standing"]) == ("Example Implementation Chair", "kept")
    out = kept.folder / "again.pdf"
    assert "as it was handed in" in kept.done("evidence", "get", "EV1", "--out", str(out))
    assert out.read_bytes() == SECRET
    assert "is there already" in kept.refused("evidence", "get", "EV1", "--out", str(out))
    assert "The one file that is evidence is kept" in kept.done("verify")
    assert kept.answer("verify")["files"] == {"kept": 1, "faults": []}
    assert "Evidence (given): 1 file" in kept.done("show", "A1")
    assert "Name: list.pdf" in kept.done("history", "A1")
    assert kept.answer("rebuild", "--check")["holds"]


def test_a_file_is_taken_back_and_stays_in_the_record(plan: CommandLine) -> None:
    plan.done("evidence", "add", "A1", "--file", str(file(plan)))
    plan.done("evidence", "withdraw", "EV1", "--reason", "Last year's")
    assert "taken back" in plan.done("evidence", "list", "A1")
    assert "No file was handed in for A2." in plan.done("evidence", "list", "A2")
    assert "No evidence" not in plan.done("show", "EV1")
    # What was taken back may be handed in again.
    plan.done("evidence", "add", "A1", "--file", str(file(plan)))
    assert [one["standing"] for one in plan.answer("evidence", "list", "A1")] == [
        "taken back",
        "kept",
    ]


def test_what_is_reported_done_may_rest_on_a_file_alone(plan: CommandLine) -> None:
    done = ("action", "submit", "A2", "--what-we-did", "Read them all", "--as", "PE2")
    assert "add a file" in plan.refused(*done)
    plan.done("evidence", "add", "A2", "--file", str(file(plan)), "--as", "PE2")
    plan.done(*done)
    plan.done("action", "complete", "A2", "--as", "PE1")
    assert "Everything that was confirmed has evidence" in plan.done("ask", "without-evidence")


def test_what_is_refused_says_why_and_leaves_nothing(plan: CommandLine) -> None:
    assert "it is a program" in plan.refused(
        "evidence", "add", "A1", "--file", str(file(plan, content=PROGRAM))
    )
    assert "is no file" in plan.refused("evidence", "add", "A1", "--file", str(plan.folder))
    missing = str(plan.folder / "missing.pdf")
    said = plan.refused("evidence", "add", "A1", "--file", missing)
    assert said == f"{missing}: No such file or directory. Check the path and its permissions.\n"
    plan.config.write_text("[evidence]\nmost_megabytes = 1\n", encoding="utf-8")
    large = str(file(plan, content=SECRET + b" " * 1_000_000 + b"%%EOF"))
    assert "larger than 1 MB" in plan.refused("evidence", "add", "A1", "--file", large)
    assert "no A9 here" in plan.refused("evidence", "add", "A9", "--file", large)
    found = str(file(plan))
    assert "may not give" in plan.refused("evidence", "add", "A1", "--file", found, "--as", "PE8")
    too_long = ("--note", "x" * 30_000)
    assert "--note" in plan.refused("evidence", "add", "A1", "--file", found, *too_long)
    engine = open_engine(plan.url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM evidence_file").scalar() == 0
    engine.dispose()


def test_a_file_given_again_with_the_same_command_id_is_kept_once(plan: CommandLine) -> None:
    added = ("evidence", "add", "A1", "--file", str(file(plan)), "--command-id", "list of May")
    plan.done(*added)
    assert "This was stored before" in plan.done(*added)
    assert len(plan.answer("evidence", "list", "A1")) == 1
    assert "kept with A1 already, as EV1" in plan.refused(*added[:-2])


def test_an_erased_file_is_nowhere_any_more(kept: CommandLine) -> None:
    same = ("evidence", "add", "A2", "--file", str(file(kept, "copy.pdf")), "--as", "PE2")
    kept.done(*same)
    assert b"Quillfeather" in stored_bytes(kept)
    file(kept, "list.pdf", b"").unlink()
    (kept.folder / "copy.pdf").unlink()
    said = erase_file(kept, "EV1")
    assert "1 file and 3 texts were erased for good" in said
    stored = stored_bytes(kept)
    assert b"Quillfeather" not in stored
    assert b"list.pdf" not in stored
    for item in ("A1", "A2"):
        (line,) = kept.answer("evidence", "list", item)
        assert (line["name"], line["standing"]) == ("[erased]", "erased")
    assert kept.answer("verify")["holds"]
    assert "was erased: it is nowhere" in kept.refused("evidence", "get", "EV1")
    assert kept.answer("show", "EV1")["status"] == "erased"
    assert "was erased before" in kept.refused("erase", "file", "EV2", *ON_WHAT)
    assert "no EV9 here" in kept.refused("erase", "file", "EV9", *ON_WHAT)
    said = kept.refused("erase", "file", "A1", *ON_WHAT)
    assert "A1 is an action; a file that is evidence such as EV7 is wanted here." in said
    assert kept.answer("rebuild", "--check")["holds"]


def test_a_file_is_erased_by_two_people_and_only_once(kept: CommandLine) -> None:
    asked = str(kept.answer("erase", "file", "EV1", *ON_WHAT)["asked"])
    assert [one["fields"] for one in kept.answer("erase", "asked")] == ["file"]
    assert "somebody else" in kept.refused("erase", "agree", asked)
    assert [one["standing"] for one in kept.answer("evidence", "list", "A1")] == ["kept"]
    erased = kept.answer("erase", "agree", asked, "--as", "PE8")
    assert (erased["files"], erased["erased"]) == (1, 2)
    assert kept.answer("erase", "asked") == []
    assert "names a file that was erased" in kept.refused("erase", "agree", asked, "--as", "PE8")


def test_details_of_a_child_beside_a_file_are_told(plan: CommandLine) -> None:
    name = "born 3 May 2019.pdf"
    added = plan("evidence", "add", "A1", "--file", str(file(plan, name)), "--note", "943 476 5919")
    assert added.exit_code == 0
    assert "'name' seems to hold a date of birth" in added.output
    assert "'note' seems to hold an NHS number" in added.output


def test_a_file_that_was_changed_or_lost_is_named_by_the_verification(plan: CommandLine) -> None:
    for number, item in enumerate(("A1", "A2")):
        content = SECRET + b"%d %%%%EOF" % number
        plan.done("evidence", "add", item, "--file", str(file(plan, f"{item}.pdf", content)))
    engine = open_engine(plan.url)
    with engine.connect() as connection:
        for guard in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER evidence_file_refuse_{guard}")
        connection.exec_driver_sql(
            "DELETE FROM evidence_file WHERE sha256 = (SELECT min(sha256) FROM evidence_file)"
        )
        connection.exec_driver_sql("UPDATE evidence_file SET content = x'00'")
    engine.dispose()
    result = plan("verify")
    assert result.exit_code == 1
    assert "The record does NOT hold: files that are evidence." in result.stdout
    assert "is not stored any more, and no event erased it" in result.stdout
    assert "was changed: it is not the one that was handed in" in result.stdout
    assert "Nothing was backed up" in plan.refused("backup", code=1)
    refused = [plan(*("evidence", "get", ref, "--out", "/dev/null/x")) for ref in ("EV1", "EV2")]
    assert all("not given out" in one.stderr for one in refused)


def test_a_backup_brings_files_back_and_not_those_that_were_erased_since(
    kept: CommandLine,
) -> None:
    other = PDF + b"other %%EOF"
    kept.done("evidence", "add", "A1", "--file", str(file(kept, "other.pdf", other)))
    path = kept.folder / "record.backup"
    kept.done("backup", "--out", str(path))
    erase_file(kept, "EV1")
    said = kept.done("restore", str(path), "--replace")
    assert "1 file and 2 texts were erased after the backup was made" in said
    assert kept.answer("verify", "--no-sign")["files"] == {"kept": 1, "faults": []}
    out = kept.folder / "restored.pdf"
    kept.done("evidence", "get", "EV2", "--out", str(out))
    assert out.read_bytes() == other
    assert "was erased" in kept.refused("evidence", "get", "EV1")


def test_a_name_is_no_markup_and_leads_to_no_folder(plan: CommandLine) -> None:
    plan.done("evidence", "add", "A1", "--file", str(file(plan, "[red]=1+1.pdf")))
    assert "[red]=1+1.pdf" in plan.done("evidence", "list", "A1")
