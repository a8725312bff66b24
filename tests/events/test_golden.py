"""Golden files: every record that a release ever stored is read by all later ones."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from events import every_type
from events.canonical import decode
from events.catalogue import Event, registered
from events.recorded import unseal
from tests.events.samples import sample, sealed
from tests.events.write_golden import FOLDER, body_path, texts_path, write_missing

assert every_type.MODULES
TYPES = {cls.type_name: cls for cls in registered()}
FILES = sorted(FOLDER.iterdir())
BODIES = [path for path in FILES if path.name.endswith(".body.json")]
NAME = re.compile(r"(?P<type>[a-z_]+\.[a-z_]+)\.v(?P<version>[1-9][0-9]*)\.(body|texts)\.json")


def named(path: Path) -> tuple[str, int]:
    found = NAME.fullmatch(path.name)
    assert found, f"{path.name} is no name for a golden file"
    return found["type"], int(found["version"])


def texts_of(body: Path) -> bytes | None:
    path = texts_path(FOLDER, *named(body))
    return path.read_bytes() if path.exists() else None


@pytest.mark.parametrize("cls", TYPES.values(), ids=TYPES)
def test_every_version_of_every_type_has_a_golden_file(cls: type[Event]) -> None:
    for version in range(1, cls.schema_version + 1):
        path = body_path(FOLDER, cls.type_name, version)
        assert path.exists(), f"{path.name} is missing: python -m tests.events.write_golden"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_type_that_was_ever_stored_never_vanishes(path: Path) -> None:
    name, version = named(path)
    assert name in TYPES, f"'{name}' was stored by some release and must be read for ever"
    assert version <= TYPES[name].schema_version
    assert body_path(FOLDER, name, version) in BODIES


@pytest.mark.parametrize("path", BODIES, ids=lambda path: path.name)
def test_a_golden_record_reads_as_an_event_of_its_type(path: Path) -> None:
    name, version = named(path)
    body = decode(path.read_bytes())
    assert (body["type"], body["schema_version"]) == (name, version)
    recorded = unseal(path.read_bytes(), texts_of(path))
    assert isinstance(recorded.event, TYPES[name])


@pytest.mark.parametrize(
    "path",
    [path for path in BODIES if named(path)[1] == TYPES[named(path)[0]].schema_version],
    ids=lambda path: path.name,
)
def test_a_golden_record_of_the_current_version_is_written_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = texts_of(path)
    event = unseal(path.read_bytes(), texts).event
    assert event == sample(type(event))

    salts = {
        field: bytes.fromhex(salt) for field, (salt, _) in orjson.loads(texts or b"{}").items()
    }
    order = iter([salts[field] for field in event.text_fields if field in salts])
    monkeypatch.setattr("events.recorded.os.urandom", lambda _size: next(order))
    row = sealed(event)
    assert row.body == path.read_bytes()
    assert row.texts == texts


def test_the_writer_adds_what_is_missing_and_leaves_what_is_there(tmp_path: Path) -> None:
    made = write_missing(tmp_path)
    assert {path.name for path in made} == {
        path.name for path in FILES if named(path)[1] == TYPES[named(path)[0]].schema_version
    }
    made[0].write_bytes(b"as it was")
    for path in made[-2:]:
        path.unlink()
    again = write_missing(tmp_path)
    assert again
    assert set(again) <= set(made[-2:])
    assert made[0].read_bytes() == b"as it was"
