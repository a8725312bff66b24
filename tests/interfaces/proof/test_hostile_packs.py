"""Packs that somebody changed, or made to do harm: none passes, and none makes a crash."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.canonical import encode
from events.checkpoint import Checkpoint
from events.merkle import leaf_hash
from events.signed_note import SigningKey
from interfaces.proof.verify_pack import (
    FOR_READING,
    CannotCheck,
    DoesNotHold,
    check,
    main,
    read_key,
    read_note,
    read_pack,
)
from tests.interfaces.proof.packs import PROVED, Files, zipped

FEW_FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def holds(files: dict[str, bytes]) -> bool:
    """Tell whether some files pass; whatever else is raised is a crash."""
    try:
        check(files, None, None)
    except DoesNotHold:
        return False
    except UnicodeDecodeError:
        # `main` tells of these as of every library's exception; see `test_junk_never_passes`.
        return False
    return True


def flipped(files: Files, name: str, at: int, bit: int) -> Files:
    content = bytearray(files[name])
    content[at] ^= 1 << bit
    return Files({**files, name: bytes(content)})


@pytest.mark.parametrize("name", PROVED)
def test_a_flip_in_any_byte_of_what_is_proved_is_found(files: Files, name: str) -> None:
    assert holds(files)
    passed = [at for at in range(len(files[name])) if holds(flipped(files, name, at, at % 8))]
    assert passed == []


@FEW_FIXTURES
@given(st.data())
def test_a_flip_of_any_bit_of_what_is_proved_is_found(files: Files, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(PROVED))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    assert not holds(flipped(files, name, at, data.draw(st.integers(0, 7))))


@FEW_FIXTURES
@given(st.data())
def test_a_cut_or_an_addition_anywhere_in_what_is_proved_is_found(
    files: Files, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(PROVED))
    content = files[name]
    at = data.draw(st.integers(0, len(content)))
    past = data.draw(st.integers(at, len(content)))
    fresh = data.draw(st.binary(max_size=20))
    changed = content[:at] + fresh + content[past:]
    assert holds({**files, name: changed}) == (changed == content)


def test_what_is_only_for_reading_is_not_what_is_proved(files: Files) -> None:
    assert all(holds({**files, name: b"Anything."}) for name in FOR_READING)


def test_a_flip_of_any_byte_of_the_zip_file_never_passes_for_something_else(
    pack: Path, files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, changed = pack.read_bytes(), tmp_path / "changed.zip"
    for at in range(0, len(whole), 7):
        content = bytearray(whole)
        content[at] ^= 1 << at % 8
        changed.write_bytes(content)
        if main([str(changed)]) == 0:
            found = read_pack(str(changed))
            assert {name: found[name] for name in PROVED} == {name: files[name] for name in PROVED}
    capsys.readouterr()


def lines_of(files: Files, name: str) -> list[bytes]:
    return files[name].splitlines()


def with_lines(files: Files, name: str, lines: list[bytes]) -> Files:
    return Files({**files, name: b"".join(line + b"\n" for line in lines)})


@pytest.mark.parametrize("name", ["events.jsonl", "proofs.jsonl", "texts.jsonl"])
def test_lines_that_were_left_out_doubled_or_swapped_are_found(files: Files, name: str) -> None:
    lines = lines_of(files, name)
    for at in range(len(lines)):
        assert not holds(with_lines(files, name, [*lines[:at], *lines[at + 1 :]]))
        assert not holds(with_lines(files, name, [*lines[: at + 1], *lines[at:]]))
        assert (
            not holds(with_lines(files, name, [lines[at], *lines[:at], *lines[at + 1 :]]))
            or at == 0
        )


def without_events(files: Files, unwanted: Callable[[dict[str, Any]], bool]) -> Files:
    gone = {
        json.loads(body)["position"]
        for body in lines_of(files, "events.jsonl")
        if unwanted(json.loads(body))
    }
    for name in ("events.jsonl", "proofs.jsonl", "texts.jsonl"):
        kept = [one for one in lines_of(files, name) if json.loads(one)["position"] not in gone]
        files = with_lines(files, name, kept)
    return files


def test_an_entry_that_was_left_out_with_all_that_belongs_to_it_is_found(files: Files) -> None:
    def is_second(record: dict[str, Any]) -> bool:
        return bool(record["stream"] == "action-1" and record["version"] == 2)

    assert not holds(without_events(files, is_second))
    assert not holds(without_events(files, lambda record: record["stream"] == "audit-1"))
    assert not holds(without_events(files, lambda _: True))


def test_leaving_out_the_end_cannot_be_found_and_is_said_so(files: Files) -> None:
    cut = without_events(files, lambda one: one["stream"] == "action-1" and one["version"] == 3)
    assert holds(cut)


def changed_text(files: Files, change: Callable[[dict[str, Any]], None]) -> Files:
    lines = [json.loads(line) for line in lines_of(files, "texts.jsonl")]
    change(lines[0])
    return with_lines(files, "texts.jsonl", [encode(line) for line in lines])


def another_value(line: dict[str, Any]) -> None:
    line["shown"]["title"][1] = "Front door"


def another_salt(line: dict[str, Any]) -> None:
    line["shown"]["title"][0] = "00" * 16


def moved_salt(line: dict[str, Any]) -> None:
    salt, value = line["shown"]["title"]
    line["shown"]["title"] = [salt + value.encode().hex()[:2], value[1:]]


def another_name(line: dict[str, Any]) -> None:
    line["shown"]["reason"] = line["shown"].pop("title")


def neither(line: dict[str, Any]) -> None:
    del line["shown"]["title"]


def both(line: dict[str, Any]) -> None:
    line["withheld"] = ["title"]


def erased_by_nobody(line: dict[str, Any]) -> None:
    del line["shown"]["title"]
    line["erased"] = ["title"]


def more(line: dict[str, Any]) -> None:
    line["shown"]["note"] = line["shown"]["title"]


def three(line: dict[str, Any]) -> None:
    line["shown"]["title"].append("x")


@pytest.mark.parametrize(
    "change",
    [
        another_value,
        another_salt,
        moved_salt,
        another_name,
        neither,
        both,
        erased_by_nobody,
        more,
        three,
    ],
)
def test_a_text_that_is_not_the_recorded_one_is_found(
    files: Files, change: Callable[[dict[str, Any]], None]
) -> None:
    assert not holds(changed_text(files, change))


def test_a_text_can_be_withheld_later_by_whoever_hands_the_pack_on(files: Files) -> None:
    def withhold(line: dict[str, Any]) -> None:
        del line["shown"]["title"]
        line["withheld"] = ["title"]

    assert holds(changed_text(files, withhold))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


@FEW_FIXTURES
@given(st.data())
def test_values_of_other_kinds_anywhere_never_pass_and_never_crash(
    files: Files, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([one for one in PROVED if one.endswith(("json", "jsonl"))]))
    lines = [json.loads(line) for line in lines_of(files, name)]
    at = data.draw(st.integers(0, len(lines) - 1))
    target: Any = lines[at]
    while True:
        key = data.draw(
            st.sampled_from(sorted(target) if isinstance(target, dict) else range(len(target)))
        )
        inner = target[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        target = inner
    odd = data.draw(ODD.filter(lambda value: encoded(value) != encoded(inner)))
    target[key] = odd
    fresh = with_lines(files, name, [encoded(line) for line in lines])
    assert not holds(fresh)


def encoded(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode()


def deep(levels: int) -> bytes:
    return b'{"a":' + b"[" * levels + b"]" * levels + b"}\n"


@pytest.mark.parametrize(
    "line",
    [
        deep(100),
        deep(100_000),
        deep(2_000_000),
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n",
        b'{"a":' + b"9" * 1_000_000 + b"}\n",
        b'{"a":9007199254740992}\n',
        b'{"a":1.0}\n',
        b'{"a":1e5}\n',
        b'{"a":NaN}\n',
        b'{"a":-Infinity}\n',
        b'{"a":1,"a":1}\n',
        b'{"a":"\\ud800"}\n',
        b'{"\xc3\xa9":1}\n',
        b'{"a": 1}\n',
        b'{"b":1,"a":2}\n',
        b"[1]\n",
        b"5\n",
        b"\n",
        b"\xff\n",
        b"\x00\n",
        b"{}" * 3_000_000 + b"\n",
        b"{}\n" * 3_000_000,
    ],
    ids=range(22),
)
@pytest.mark.parametrize("name", ["events.jsonl", "texts.jsonl", "pack.json"])
def test_lines_that_are_not_canonical_are_refused(
    files: Files, tmp_path: Path, name: str, line: bytes
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(zipped({**files, name: line}))
    assert main([str(bad)]) == 1
    bad.write_bytes(zipped({**files, name: files[name] + line}))
    assert main([str(bad)]) == 1


def test_a_pack_that_unpacks_to_very_much_is_refused_before_it_does(
    files: Files, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, b"\0" * (40 << 20) if name in FOR_READING else content)
        archive.writestr("since2.txt", b"")
    assert main([str(bomb)]) == 1
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, b"\0" * (50 << 20) if name in FOR_READING else content)
    assert bomb.stat().st_size < 1_000_000
    assert main([str(bomb)]) == 1


def test_odd_archives_are_refused(
    pack: Path, files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, bad = pack.read_bytes(), tmp_path / "bad.zip"
    twice = io.BytesIO(whole)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("events.jsonl", files["events.jsonl"])
    many = zipped({f"{number}.txt": b"" for number in range(70_000)})
    packs = [
        b"",
        b"PK",
        whole[: len(whole) // 2],
        whole + b"x",
        whole[:-1],
        twice.getvalue(),
        many,
        zipped({**files, "more.txt": b""}),
        zipped({**files, "../events.jsonl": b""}),
        zipped({}),
        *(zipped({one: files[one] for one in files if one != name}) for name in PROVED),
    ]
    for content in packs:
        bad.write_bytes(content)
        assert main([str(bad)]) == 1
    assert "lists far more files than a pack holds" in capsys.readouterr().out


@FEW_FIXTURES
@given(st.data())
def test_junk_never_passes(files: Files, tmp_path: Path, data: st.DataObject) -> None:
    bad = tmp_path / "junk.zip"
    name = data.draw(st.sampled_from([*PROVED, "the zip file"]))
    junk = data.draw(st.binary(max_size=300))
    bad.write_bytes(junk if name == "the zip file" else zipped({**files, name: junk}))
    assert main([str(bad)]) == 1


@FEW_FIXTURES
@given(st.text(max_size=200) | st.text("—+\n =ABCabc019./", max_size=200))
def test_no_made_up_note_or_key_passes(files: Files, made_up: str) -> None:
    for name in ("checkpoint.txt", "since.txt", "key.txt"):
        content = made_up.encode("utf-8", errors="replace")
        assert not holds({**files, name: content})
        # The signature of a witness may follow.
        if content and not made_up.startswith("—"):
            assert not holds({**files, name: files[name] + content})


@FEW_FIXTURES
@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_no_made_up_proof_passes(files: Files, nodes: list[bytes]) -> None:
    hexadecimal = [node.hex() for node in nodes]
    lines = lines_of(files, "proofs.jsonl")
    first = json.loads(lines[0])["position"]
    made_up = encoded({"position": first, "proof": hexadecimal})
    assert not holds(with_lines(files, "proofs.jsonl", [made_up, *lines[1:]]))
    assert not holds(with_lines(files, "consistency.json", [encoded({"proof": hexadecimal})]))


def test_whoever_signs_a_record_of_their_own_is_found_by_the_key(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pack that is whole in itself, signed by somebody else under the same name."""
    body = lines_of(files, "events.jsonl")[0]
    forged = json.loads(body)
    forged["position"] = 1
    line = encode(forged)
    origin = forged["origin"]
    key = SigningKey.generate(origin)
    root = leaf_hash(line)

    texts = json.loads(lines_of(files, "texts.jsonl")[0])
    made = {
        "pack.json": files["pack.json"],
        "events.jsonl": line + b"\n",
        "proofs.jsonl": encode({"position": 1, "proof": []}) + b"\n",
        "texts.jsonl": encode({**texts, "position": 1}) + b"\n",
        "checkpoint.txt": key.sign(Checkpoint(origin, 1, root).to_text()).encode(),
        "key.txt": key.verifier.to_text().encode() + b"\n",
    }
    bad = tmp_path / "forged.zip"
    bad.write_bytes(zipped(made))
    assert main([str(bad)]) == 0
    assert "Whether that is the record's own key this cannot" in capsys.readouterr().out
    assert main([str(bad), "--key", files["key.txt"].decode()]) == 1


def test_a_note_with_other_signatures_beside_ours_is_believed(files: Files) -> None:
    witness = SigningKey.generate("witness.example.org")
    note = files["checkpoint.txt"].decode()
    text = note.rpartition("\n\n")[0] + "\n"
    line = witness.sign(text).removeprefix(text + "\n")
    assert holds({**files, "checkpoint.txt": (note + line).encode()})


def test_of_two_signatures_with_one_key_the_first_counts(files: Files) -> None:
    note = files["checkpoint.txt"].decode()
    line = note.rpartition("\n\n")[2]
    false = line[:-8] + ("AAA" if line[-8:-5] != "AAA" else "BBB") + line[-5:]
    assert holds({**files, "checkpoint.txt": (note + false).encode()})
    assert not holds({**files, "checkpoint.txt": note.replace(line, false + line).encode()})


@pytest.mark.parametrize("encoded", ["AAAA", "AAAAAAAA", "?", "é"])
def test_a_signature_of_another_key_with_our_name_is_left_alone(files: Files, encoded: str) -> None:
    note = files["checkpoint.txt"].decode()
    text, _, line = note.rpartition("\n\n")
    name = line.split(" ")[1]
    other = f"\N{EM DASH} {name} {encoded}\n"
    assert holds({**files, "checkpoint.txt": f"{text}\n\n{other}{line}".encode()})


def test_a_head_with_an_empty_line_below_its_root_is_refused() -> None:
    key = SigningKey.generate("example.org/record")
    for more, name in (("\n", "holds no head"), ("\nmore\n", "holds no head"), ("more\n", "")):
        text = Checkpoint("example.org/record", 0, leaf_hash(b"")).to_text() + more
        own = read_key(key.verifier.to_text())
        if name:
            with pytest.raises(DoesNotHold, match=name):
                read_note(key.sign(text), [own], "it")
        else:
            assert read_note(key.sign(text), [own], "it").size == 0


def test_half_of_a_surrogate_pair_is_refused(files: Files) -> None:
    about = b'{"format":"goldthread pack 1","subject":"\\ud800"}\n'
    with pytest.raises(DoesNotHold, match=r"line 1 of pack\.json is not written as"):
        check({**files, "pack.json": about}, None, None)


def test_what_is_only_for_reading_may_have_been_taken_out(files: Files, tmp_path: Path) -> None:
    few = tmp_path / "few.zip"
    few.write_bytes(zipped({name: files[name] for name in files if name not in FOR_READING}))
    assert main([str(few)]) == 0


def test_a_missing_file_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck):
        read_pack(str(tmp_path / "nowhere.zip"))


def test_a_note_without_an_end_is_refused(files: Files) -> None:

    key = read_key(files["key.txt"].decode().strip())
    note = files["checkpoint.txt"].decode()
    for bad in ("", "\n\n", note[:-1], note.replace("\n\n", "\n"), "x" + note):
        with pytest.raises(DoesNotHold):
            read_note(bad, [key], "it")
