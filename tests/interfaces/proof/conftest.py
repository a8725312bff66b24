from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import sqlite_url
from tests.interfaces.proof.packs import Files, an_audit, files_of, packed
from tests.interfaces.running import CommandLine


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Give a record with an audit whose early head somebody kept; nothing may be added to it."""
    folder = tmp_path_factory.mktemp("audited")
    cli = CommandLine(folder, sqlite_url(folder))
    cli.done("init")
    cli.done("checkpoint", "--out", str(folder / "early.note"))
    an_audit(cli)
    return cli


@pytest.fixture(scope="session")
def pack(audited: CommandLine) -> Path:
    """Give the pack of that audit, with the proof that the record extends the early head."""
    return packed(audited, "--since", str(audited.folder / "early.note"))


@pytest.fixture(scope="session")
def files(pack: Path) -> Files:
    """Give the files of that pack."""
    return files_of(pack)
