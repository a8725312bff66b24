"""`python -m bench.web_server URL FOLDER PORT`: one process that serves the pages of a record."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import structlog

from events.database import open_engine
from events.log import EventLog
from interfaces.bootstrap import Partnership, system_clock
from interfaces.settings import FileSettings, Settings
from interfaces.web.application import application, house_of
from interfaces.web.server import PageServer
from projections.catalogue import FOLD
from projections.ledger import Ledger
from workflow.deciders import DECIDERS
from workflow.working_days import england


def main() -> None:
    """Serve until stdin is closed."""
    # What is logged of a request is written all the same, and goes nowhere.
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(nowhere))
        _serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))


def _serve(url: str, folder: Path, port: int) -> None:
    partnership = _partnership(url, folder)
    served = application(house_of(partnership, f"http://localhost:{port}"))
    with PageServer(served, "127.0.0.1", port).serving():
        sys.stdout.write("serving\n")
        sys.stdout.flush()
        waiting = threading.Thread(target=sys.stdin.read)
        waiting.start()
        waiting.join()
    partnership.close()


def _partnership(url: str, folder: Path) -> Partnership:
    engine = open_engine(url)
    log = EventLog(engine, system_clock)
    files = FileSettings(
        key=folder / "signing.key", high_water=folder / "high-water.note", outbox=folder / "outbox"
    )
    calendar = england()
    ledger = Ledger(log, FOLD, DECIDERS, calendar)
    return Partnership(Settings(files=files), system_clock, engine, log, ledger, calendar)


if __name__ == "__main__":
    main()
