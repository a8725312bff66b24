"""A process that rebuilds the read models of a database and kills itself in the middle.

`python -m tests.projections.killed_rebuild URL DONE` dies when so many records are folded.
"""

from __future__ import annotations

import os
import signal
import sys

from projections import rebuild as rebuild_module
from projections.rebuild import rebuild
from tests.projections.ledgers import existing_ledger


def main() -> None:
    """Rebuild, and die at the record of which the command line tells."""
    url, dies_at = sys.argv[1], int(sys.argv[2])
    for name in ("PROGRESS_EVERY", "FLUSH_ROWS"):
        setattr(rebuild_module, name, 1)

    def die(done: int, _size: int) -> None:
        if done == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with existing_ledger(url) as ledger:
        rebuild(ledger.log, ledger.fold, die)


if __name__ == "__main__":
    main()
