"""A backup older than what was signed goes on only under a new origin, which owns to the loss."""

from __future__ import annotations

import datetime as dt

from events.signed_note import SigningKey
from tests.interfaces.backup.copies import Copies

AS_NEW = ("--as-new-origin", "--reason", "The disk broke.", "--replace")


def test_an_older_backup_is_refused_and_told_how_much_is_lost(copies: Copies) -> None:
    path = copies.backup()
    size = copies.size()
    copies.cli.clock.now += dt.timedelta(days=3)
    copies.note()
    copies.note()
    copies.cli.done("checkpoint")
    said = copies.cli.refused("restore", str(path), "--replace", code=1)
    assert f"{size} entries, and a head of {size + 2} was signed" in said
    assert "at least 2 entries are not in it, from the 3 days since 2025-09-24" in said
    assert "--as-new-origin" in said
    assert copies.size() == size + 2


def test_what_is_lost_of_the_same_day_is_told_without_a_count_of_days(copies: Copies) -> None:
    path = copies.backup()
    copies.note()
    copies.cli.done("checkpoint")
    said = copies.cli.refused("restore", str(path), "--replace", code=1)
    assert "1 entry is not in it, from later on 2025-09-24" in said


def test_it_goes_on_as_a_new_origin_whose_first_event_names_the_old_head(copies: Copies) -> None:
    path = copies.backup()
    size = copies.size()
    first_key = copies.cli.answer("checkpoint")["origin"]
    kept = copies.cli.folder / "kept.note"
    copies.cli.done("checkpoint", "--out", str(kept))
    copies.note()
    lost = copies.cli.folder / "lost.note"
    head = copies.cli.answer("checkpoint", "--out", str(lost))
    done = copies.cli.answer("restore", str(path), *AS_NEW)
    assert done["lost"]["at_least"] == 1
    assert done["lost"]["head"]["root"] == head["root"]

    verdict = copies.verdict()
    assert verdict.holds
    (continued,) = verdict.continued
    assert continued.position == size + 1
    assert (continued.kept_origin, continued.old_origin) == (first_key, first_key)
    assert (continued.old_size, continued.old_root.hex()) == (head["size"], head["root"])
    assert copies.types()[size] == "log.continued"
    assert verdict.origin.startswith(f"{first_key}/2025-09-24-")
    assert SigningKey.load(copies.data / "signing.key").name == verdict.origin
    assert done["key"].startswith(f"{verdict.origin}+")

    copies.note()
    said = copies.cli.done("verify")
    assert "NOT WHOLE" in said
    assert f"entry {size + 1}" in said
    answer = copies.cli.answer("verify")
    assert answer["holds"]
    assert answer["continued"][0]["old_root"] == head["root"]
    assert copies.cli.answer("checkpoint")["origin"] == verdict.origin

    key = SigningKey(first_key, SigningKey.load(copies.data / "signing.key").private)
    vouched = ("--key", key.verifier.to_text())
    assert copies.cli.answer("held", "add", str(kept), *vouched)["extends"]
    assert "a restore lost" in copies.cli.refused("held", "add", str(lost), *vouched)


def test_heads_that_others_hold_count_as_what_was_signed(copies: Copies) -> None:
    path = copies.backup()
    copies.note()
    note = copies.cli.folder / "head.note"
    copies.cli.done("checkpoint", "--out", str(note))
    copies.cli.done("held", "add", str(note), "--from", "the scrutineer")
    (copies.data / "high-water.note").unlink()
    said = copies.cli.refused("restore", str(path), "--replace", code=1)
    assert "at least" in said or "1 entry is not in it" in said
    copies.cli.done("restore", str(path), *AS_NEW)
    told = copies.cli.done("verify")
    assert "1 held head speaks of entries that were lost so" in told


def test_what_holds_everything_signed_is_not_made_a_new_origin(copies: Copies) -> None:
    path = copies.backup()
    copies.note()
    said = copies.cli.refused("restore", str(path), *AS_NEW)
    assert "Leave the option out" in said


def test_a_reason_is_needed(copies: Copies) -> None:
    path = str(copies.backup())
    assert "--reason" in copies.cli.refused("restore", path, "--as-new-origin")
    assert "--reason" in copies.cli.refused("restore", path, "--reason", "Why")
    assert "name the backup" in copies.cli.refused("restore")
    assert "no FILE" in copies.cli.refused("restore", path, "--finish")


def test_the_same_old_backup_twice_makes_two_different_records(copies: Copies) -> None:
    path = copies.backup()
    size = copies.size()
    copies.note()
    first = copies.cli.answer("checkpoint")["origin"]
    second = copies.cli.answer("restore", str(path), *AS_NEW)["origin"]
    copies.note()
    copies.cli.done("checkpoint")
    later = copies.backup("later.backup")
    done = copies.cli.answer("restore", str(path), *AS_NEW)
    assert len({first, second, done["origin"]}) == 3
    (continued,) = copies.verdict().continued
    assert continued.position == size + 1
    assert (continued.kept_origin, continued.old_origin) == (first, second)
    assert copies.cli.answer("verify")["holds"]
    said = copies.cli.refused("restore", str(later), "--replace", code=1)
    assert "before it was continued without it" in said
