"""A record that has begun, opened for imports without the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interfaces.bootstrap import Partnership, opened
from interfaces.documents.reading import read_document
from interfaces.importing.importing import Importing
from interfaces.settings_reading import read_settings
from tests.interfaces.running import CommandLine

MANAGER = "person-1"


@contextmanager
def record_of(cli: CommandLine) -> Iterator[Partnership]:
    """Open the record of a command line."""
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        yield partnership


def importing(partnership: Partnership, file: str, plan_title: str | None = None) -> Importing:
    """Read a file that is to be imported."""
    return Importing(read_document(Path(file)), partnership.ledger, plan_title)
