from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text

from events.database import open_engine
from events.merkle import Frontier
from events.signed_note import SigningKey
from interfaces.proof.verify_pack import main
from tests.interfaces.cli.stories import NEXT_MEETING, a_small_plan
from tests.interfaces.running import CommandLine


def a_head(cli: CommandLine, name: str = "head.note") -> Path:
    path = cli.folder / name
    cli.done("checkpoint", "--out", str(path))
    return path


def test_a_checkpoint_is_printed_with_its_short_line_and_written(cli: CommandLine) -> None:
    out = cli.folder / "head.note"
    told = cli.done("checkpoint", "--out", str(out))
    note = out.read_text(encoding="utf-8")
    assert told.startswith(note)
    assert note.startswith("record.example.org/partnership\n38\n")
    answer = cli.answer("checkpoint")
    assert (answer["size"], answer["note"]) == (38, note)
    assert f"\nRecord 38 · {answer['fingerprint']}\n" in told
    assert answer["record"] == f"Record 38 · {answer['fingerprint']}"
    assert answer["fingerprint"].replace(" ", "") == answer["root"][:16]


def test_a_head_is_not_signed_over_a_rewritten_record(cli: CommandLine) -> None:
    high_water = cli.folder / "data" / "high-water.note"
    high_water.write_text('{"size": 5, "root": "' + "00" * 32 + '"}', encoding="utf-8")
    assert "does not extend one that was signed" in cli.refused("checkpoint", code=1)
    high_water.unlink()
    told = cli.refused("checkpoint", "--out", str(cli.folder / "head.note"), code=1)
    assert "Nothing was signed: " in told
    assert not (cli.folder / "head.note").exists()


def test_a_key_of_another_record_signs_nothing(cli: CommandLine) -> None:
    a_small_plan(cli)
    key = cli.folder / "data" / "signing.key"
    key.unlink()
    SigningKey.generate("record.example.org/another").save(key)
    for told in (
        cli.refused("checkpoint", code=1),
        cli.refused("pack", "A1", "--out", str(cli.folder / "pack.zip")),
        cli("verify").stdout,
    ):
        assert "The signing key is that of the record 'record.example.org/another'" in told
    assert not (cli.folder / "pack.zip").exists()


def test_without_any_held_head_all_of_it_is_unprotected_and_that_is_said(
    begun: CommandLine,
) -> None:
    told = begun.done("verify")
    assert "Held elsewhere: nothing that was told here. Entries 1 to 38 (of today) could" in told
    assert begun.answer("verify")["held"] == {
        "heads": 0,
        "up_to": 0,
        "up_to_on": None,
        "by": [],
        "not_held": [1, 38],
        "since": "2025-03-31",
        "days": 0,
    }


def test_how_far_back_an_unheld_rewrite_could_reach_is_told_in_entries_and_days(
    begun: CommandLine,
) -> None:
    told = begun.done("held", "add", str(a_head(begun)), "--from", "Independent scrutineer")
    assert "held by Independent scrutineer." in told
    assert "what protects is that they keep their own copy" in told
    assert "which is all of it" in begun.done("verify")
    a_small_plan(begun)
    size = begun.answer("checkpoint")["size"]
    told = begun.done("verify")
    assert (
        "Held elsewhere: everything up to entry 38 of 31 March 2025 is held by Independent"
        f" scrutineer. Nobody elsewhere holds entries 39 to {size} (since 31 March 2025, 177 days"
        " back): a rewrite of what came after could not be seen" in told
    )
    reach = begun.answer("verify")["held"]
    assert (reach["up_to"], reach["not_held"], reach["days"]) == (38, [39, size], 177)
    assert begun.clock().date() == NEXT_MEETING


def test_held_heads_are_listed(cli: CommandLine) -> None:
    head = a_head(cli)
    cli.done("held", "add", str(head), "--from", "The council's archive")
    assert "Entered before" in cli.done("held", "add", str(head), "--from", "The council's archive")
    a_small_plan(cli)
    cli.done("held", "add", str(a_head(cli, "second.note")))
    listed = cli.done("held", "list")
    assert "The council's archive" in listed
    answer = cli.answer("held", "list")
    assert [one["size"] for one in answer["heads"]] == [38, cli.answer("checkpoint")["size"]]
    assert answer["heads"][0]["from"] == "The council's archive"
    assert answer["reach"]["not_held"] is None


def test_what_is_no_head_of_this_record_is_not_entered(cli: CommandLine, tmp_path: Path) -> None:
    head = a_head(cli)
    forged = tmp_path / "forged.note"
    forged.write_text(head.read_text(encoding="utf-8").replace("\n38\n", "\n37\n"), "utf-8")
    assert "not to be believed" in cli.refused("held", "add", str(forged), code=1)
    forged.write_bytes(b"\xff\xfe")
    assert "not a text" in cli.refused("held", "add", str(forged))
    forged.write_bytes(b"x" * 200_000)
    assert "far too long" in cli.refused("held", "add", str(forged))
    cli.refused("held", "add", str(tmp_path / "nowhere.note"))
    cli.refused("held", "add", str(head), "--key", "nonsense")
    assert cli.answer("held", "list")["heads"] == []


def test_a_held_head_finds_a_record_that_was_cut_short_and_signed_anew(cli: CommandLine) -> None:
    a_small_plan(cli)
    size = cli.answer("checkpoint")["size"]
    cli.done("held", "add", str(a_head(cli)), "--from", "Independent scrutineer")
    with_a_shorter_record(cli, 38)
    high_water = cli.folder / "data" / "high-water.note"
    high_water.unlink()
    result = cli("verify", "--sign", str(cli.folder / "forged.note"))
    assert result.exit_code == 1
    assert f"counts {size} entries: the record was cut short" in result.stdout
    assert not (cli.folder / "forged.note").exists()


def test_a_head_that_is_handed_back_shows_a_rewritten_record_when_it_is_entered(
    cli: CommandLine,
) -> None:
    a_small_plan(cli)
    head = a_head(cli)
    with_a_shorter_record(cli, 38)
    result = cli("held", "add", str(head), "--from", "Independent scrutineer")
    assert result.exit_code == 1
    assert "The record does NOT extend it" in result.stdout
    result = cli("held", "add", str(head), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["extends"] is False


def test_a_held_head_that_was_changed_stops_the_verification(cli: CommandLine) -> None:
    cli.done("held", "add", str(a_head(cli)))
    (path,) = (cli.folder / "data" / "held").iterdir()
    path.write_text("{}", encoding="utf-8")
    assert "ask whoever holds the head for their copy" in cli.refused("verify", code=1)


def with_a_shorter_record(cli: CommandLine, size: int) -> None:
    """Take the last entries away as somebody would who can change all of the database."""
    engine = open_engine(cli.url)
    with engine.connect() as connection:
        for trigger in ("events_refuse_delete", "log_head_refuse_shrinking"):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        after = {"size": size}
        connection.execute(text("DELETE FROM events WHERE position > :size"), after)
        rows = connection.execute(text("SELECT stream, recorded_at, leaf FROM events")).all()
        frontier = Frontier().extend(bytes(row.leaf) for row in rows).to_bytes()
        highest: dict[str, int] = {}
        for row in rows:
            category, _, number = row.stream.partition("-")
            highest[category] = max(int(number), highest.get(category, 0))
        connection.execute(
            text(
                "UPDATE log_head SET size = :size, frontier = :frontier, recorded_at = :at,"
                " counters = :counters"
            ),
            {
                "size": size,
                "frontier": frontier,
                "at": rows[-1].recorded_at,
                "counters": json.dumps(dict(sorted(highest.items())), separators=(",", ":")),
            },
        )
    engine.dispose()


def test_a_head_of_before_a_record_went_on_under_another_name_is_believed(
    cli: CommandLine,
) -> None:
    old, backup = a_head(cli, "old.note"), cli.folder / "a.backup"
    key = SigningKey.load(cli.folder / "data" / "signing.key").verifier.to_text()
    cli.done("backup", "--out", str(backup))
    a_small_plan(cli)
    lost = a_head(cli, "lost.note")
    cli.done(
        *("restore", str(backup), "--replace", "--as-new-origin", "--reason", "The disk broke.")
    )
    a_small_plan(cli)
    assert "entries that was given with --held" in cli.done("verify", "--held", str(old))
    of_lost = cli.done("verify", "--held", str(lost))
    assert "1 held head speaks of entries" in of_lost
    assert "given with --held" not in of_lost
    assert "Entered" in cli.done("held", "add", str(old), "--from", "Independent scrutineer")
    assert "a restore lost" in cli.refused("held", "add", str(lost))
    cli.done("verify")
    pack = cli.folder / "pack.zip"
    told = cli.done("pack", "A1", "--since", str(old), "--out", str(pack))
    assert "It proves that the record extends Record 38" in told
    assert main([str(pack), "--held", str(old), "--key", key]) == 0
