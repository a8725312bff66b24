from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from zlib import crc32

import pytest
from sqlalchemy import text

from events.action import ActionProgressNoted
from events.checkpoint import Checkpoint
from events.database import open_engine
from events.merkle import leaf_hash
from events.signed_note import SigningKey
from interfaces.bootstrap import opened
from interfaces.example_directory import EXAMPLE_PEOPLE
from interfaces.proof.verify_pack import main
from interfaces.settings_reading import read_settings
from tests.interfaces.erasures import erase_text
from tests.interfaces.proof.packs import PROVED, SECRET, an_audit, files_of, packed
from tests.interfaces.running import CommandLine


def test_a_pack_holds_the_exact_bodies_of_the_audit_and_of_what_came_from_it(
    begun: CommandLine,
) -> None:
    an_audit(begun)
    begun.done("checkpoint", "--out", str(begun.folder / "early.note"))
    pack = packed(begun, "--since", str(begun.folder / "early.note"))
    files = files_of(pack)
    assert {*files} == {*PROVED, "README.txt", "history.html", "verify_pack.py"}
    bodies = files["events.jsonl"].splitlines()
    engine = open_engine(begun.url)
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT leaf FROM events")).scalars().all()
    engine.dispose()
    assert {leaf_hash(body) for body in bodies} < {bytes(leaf) for leaf in stored}
    streams = [json.loads(body)["stream"] for body in bodies]
    assert {*streams} == {"audit-1", "recommendation-1", "action-1"}
    assert len(streams) == 8
    assert main([str(pack)]) == 0


def test_what_is_packed_is_told(cli: CommandLine) -> None:
    an_audit(cli)
    told = cli.done("pack", "AU1", "--out", str(cli.folder / "pack.zip"))
    assert "Entries: 8, in 3 histories. Texts: 6 shown, 0 withheld, 0 erased." in told
    answer = cli.answer("pack", "AU1", "--out", str(cli.folder / "pack.zip"))
    assert answer["record"] in told
    assert (answer["ref"], answer["entries"], answer["things"]) == ("AU1", 8, 3)
    assert (answer["shown"], answer["since"]) == (6, None)


@pytest.mark.parametrize(("ref", "entries"), [("AU2", 2), ("R1", 5), ("A1", 3)])
def test_other_things_can_be_packed_with_what_came_from_them(
    cli: CommandLine, ref: str, entries: int
) -> None:
    an_audit(cli)
    out = cli.folder / "pack.zip"
    assert cli.answer("pack", ref, "--out", str(out))["entries"] == entries
    assert main([str(out)]) == 0


def test_a_plan_is_packed_with_its_actions(cli: CommandLine) -> None:
    cli.done("plan", "adopt", "--title", "Plan 2025")
    cli.done("plan", "add-priority", "P1", "--title", "Neglect")
    cli.done(
        "action", "create", "--text", "Train", "--lead-roles", "RO3", "--target", "May 2025",
        "--plan", "P1", "--priority", "1",
    )  # fmt: skip
    out = cli.folder / "pack.zip"
    assert cli.answer("pack", "P1", "--out", str(out))["things"] == 2
    assert main([str(out)]) == 0
    assert "<h1>P1: Plan 2025</h1>" in files_of(out)["history.html"].decode()


def test_the_history_of_an_action_is_headed_by_its_words_unless_they_are_withheld(
    cli: CommandLine,
) -> None:
    an_audit(cli)
    out = cli.folder / "pack.zip"
    cli.done("pack", "A1", "--out", str(out))
    assert re.search("<h1>A1: [A-Z][a-z]", files_of(out)["history.html"].decode())
    cli.done("pack", "A1", "--out", str(out), "--withhold", "all")
    assert "<h1>A1</h1>" in files_of(out)["history.html"].decode()


def test_the_history_can_be_read_without_anything_from_elsewhere(files: dict[str, bytes]) -> None:
    page = files["history.html"].decode()
    assert not re.search(r"(?i)<script|<img|<link|src=|@import|url\(|https?://", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "<h1>AU1: Front door &amp; thresholds</h1>" in page
    assert "Ten of &lt;b&gt;twenty&lt;/b&gt; files" in page
    assert "<b>twenty" not in page
    assert "Exams in May" in page
    assert page.count("<li id=") == 8
    assert "Another one" not in page


def test_the_note_beside_it_says_what_is_in_it_and_how_to_check_it(files: dict[str, bytes]) -> None:
    note = files["README.txt"].decode()
    assert "python verify_pack.py THIS_PACK.zip" in note
    assert "WHAT IT DOES NOT SHOW" in note
    assert max(map(len, note.splitlines())) <= 80
    assert all(name in note for name in {*files} - {"README.txt"})


def test_a_withheld_narrative_is_nowhere_in_the_pack_and_still_committed_to(
    cli: CommandLine,
) -> None:
    an_audit(cli)
    open_pack = files_of(packed(cli))
    salts = {
        pair[0]
        for line in open_pack["texts.jsonl"].splitlines()
        for name, pair in json.loads(line)["shown"].items()
        if name in {"note", "reason"}
    }
    assert len(salts) == 2
    pack = packed(cli, "--withhold", "narratives")
    files = files_of(pack)
    whole = b"".join(files.values()).decode()
    assert "Exams in May" not in whole
    assert "twenty" not in whole
    assert not any(salt in whole for salt in salts)
    assert files["events.jsonl"] == open_pack["events.jsonl"]
    assert "[withheld]" in files["history.html"].decode()
    assert "Answer within a day" in whole
    assert main([str(pack)]) == 0


def test_withheld_names_are_nowhere_in_the_pack(cli: CommandLine) -> None:
    an_audit(cli)
    name = EXAMPLE_PEOPLE[1].name
    assert name in files_of(packed(cli))["history.html"].decode()
    answer = cli.answer("pack", "AU1", "--out", str(cli.folder / "pack.zip"), "--withhold", "names")
    whole = b"".join(files_of(cli.folder / "pack.zip").values()).decode()
    assert name not in whole
    assert "PE2" in whole
    assert answer["withheld"] == 0


def test_every_text_can_be_withheld_and_one_field_alone(cli: CommandLine) -> None:
    an_audit(cli)
    pack = packed(cli, "--withhold", "all")
    assert SECRET[:10] not in b"".join(files_of(pack).values()).decode()
    assert main([str(pack)]) == 0
    out = cli.folder / "pack.zip"
    answer = cli.answer("pack", "AU1", "--out", str(out), "--withhold", "reason, title")
    assert (answer["shown"], answer["withheld"]) == (4, 2)


def test_what_cannot_be_withheld_is_refused_with_what_can(cli: CommandLine) -> None:
    an_audit(cli)
    told = cli.refused("pack", "AU1", "--out", "x.zip", "--withhold", "names,secrets")
    assert "'secrets' is no kind of text" in told
    assert "narratives" in told


@pytest.mark.parametrize("ref", ["PE1", "AU9", "nobody"])
def test_what_is_no_work_or_is_not_there_is_not_packed(cli: CommandLine, ref: str) -> None:
    out = cli.folder / "pack.zip"
    cli.refused("pack", ref, "--out", str(out))
    assert not out.exists()


def test_an_earlier_head_that_the_record_does_not_extend_stops_the_packing(
    audited: CommandLine, cli: CommandLine
) -> None:
    an_audit(cli)
    out = cli.folder / "pack.zip"
    foreign = str(audited.folder / "early.note")
    assert "not to be believed" in cli.refused(
        "pack", "AU1", "--out", str(out), "--since", foreign, code=1
    )
    cli.refused("pack", "AU1", "--out", str(out), "--since", str(cli.folder / "nowhere"))
    assert not out.exists()


def test_without_the_head_that_was_signed_last_nothing_is_packed(cli: CommandLine) -> None:
    an_audit(cli)
    (cli.folder / "data" / "high-water.note").unlink()
    assert "Restore the file" in cli.refused("pack", "AU1", "--out", str(cli.folder / "p.zip"))


def tampered(cli: CommandLine, *statements: str) -> None:
    engine = open_engine(cli.url)
    with engine.connect() as connection:
        for statement in ("DROP TRIGGER events_refuse_update", *statements):
            connection.execute(text(statement))
    engine.dispose()


def test_a_body_that_was_changed_is_not_packed(cli: CommandLine) -> None:
    an_audit(cli)
    packed(cli)
    change = (
        "UPDATE events SET body = replace(body, 'person-2', 'person-3') WHERE stream = 'action-1'"
    )
    tampered(cli, change)
    cli.refused("pack", "AU1", "--out", str(cli.folder / "other.zip"), code=1)
    assert not (cli.folder / "other.zip").exists()


def test_a_text_that_is_gone_without_an_erasure_is_not_passed_over(cli: CommandLine) -> None:
    an_audit(cli)
    tampered(cli, "UPDATE events SET texts = NULL WHERE stream = 'action-1' AND version = 2")
    told = cli.refused("pack", "AU1", "--out", str(cli.folder / "other.zip"), code=1)
    assert "The text 'note' of entry" in told


def test_a_damaged_memory_of_the_tree_is_mended_and_not_believed(cli: CommandLine) -> None:
    an_audit(cli)
    more_notes(cli, 30)
    packed(cli)
    cache = cli.folder / "data" / "tree.cache"
    whole = bytearray(cache.read_bytes())
    whole[-1] ^= 1
    cache.write_bytes(whole)
    assert main([str(packed(cli))]) == 0


def test_a_memory_that_was_falsified_with_care_is_mended_and_not_believed(cli: CommandLine) -> None:
    """A node below the frontier is false and the checksum is right: the tree's root is, too."""
    an_audit(cli)
    more_notes(cli, 30)
    packed(cli)
    cache = cli.folder / "data" / "tree.cache"
    whole = bytearray(cache.read_bytes())
    header = struct.Struct(">18sQI")
    form, blocks, _ = header.unpack_from(whole)
    assert blocks == 4
    first_of_level_1 = header.size + blocks * 32
    whole[first_of_level_1] ^= 1
    whole[: header.size] = header.pack(form, blocks, crc32(whole[header.size :]))
    cache.write_bytes(whole)
    assert main([str(packed(cli))]) == 0
    assert cache.read_bytes() != bytes(whole)


def more_notes(cli: CommandLine, count: int) -> None:
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with (
        opened(settings, cli.clock) as partnership,
        partnership.ledger.transaction(actor="person-2") as writing,
    ):
        writing.append("action-1", 3, [ActionProgressNoted(note="More.") for _ in range(count)])


def test_an_earlier_head_of_a_longer_record_is_not_extended(cli: CommandLine) -> None:
    an_audit(cli)
    key = SigningKey.load(cli.folder / "data" / "signing.key")
    head, root = cli.folder / "longer.note", b"1" * 32
    for size in (9_999, 5):
        head.write_text(key.sign(Checkpoint(key.name, size, root).to_text()), encoding="utf-8")
        told = cli.refused("pack", "AU1", "--out", "x.zip", "--since", str(head), code=1)
        assert f"does not begin with the {size} entries" in told
    head.write_text(key.sign(Checkpoint("example.org/x", 1, root).to_text()), encoding="utf-8")
    cli.refused("pack", "AU1", "--out", "x.zip", "--since", str(head), code=1)


def test_an_erased_text_is_told_and_its_erasure_is_in_the_pack(cli: CommandLine) -> None:
    an_audit(cli)
    before = files_of(packed(cli))
    position = next(
        json.loads(body)["position"]
        for body in before["events.jsonl"].splitlines()
        if json.loads(body)["type"] == "action.progress_noted"
    )
    erase_text(cli, position, by="PE7")
    pack = packed(cli)
    files = files_of(pack)
    whole = b"".join(files.values()).decode()
    assert "twenty" not in whole
    assert "[erased]" in files["history.html"].decode()
    assert b"log.text_erased" in files["events.jsonl"]
    assert main([str(pack)]) == 0
    kept = [line for line in files["events.jsonl"].splitlines() if b"log.text_erased" not in line]
    assert len(kept) == len(before["events.jsonl"].splitlines())


def test_nothing_half_written_is_left(cli: CommandLine) -> None:
    an_audit(cli)
    cli.refused("pack", "AU1", "--out", str(cli.folder / "no" / "such" / "pack.zip"))
    packed(cli)
    assert [path.name for path in Path(cli.folder).glob("pack.zip*")] == ["pack.zip"]
