"""A process that checks ranges of the log for its parent: jobs come in by stdin, reports go out.

It is started as a plain program rather than forked, because a database connection does not survive
a fork, and it imports next to nothing, so that it is at work after a tenth of a second.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from typing import IO, cast

from events.stored_rows import Rows, Source
from events.verification_batches import read_and_check
from events.verification_rows import Range, RangeReport

# Rows come and go by the thousand; glibc would hand their memory back each time, and ask again.
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "1000000000", "MALLOC_TOP_PAD_": "67108864"}


class Worker:
    """A worker process, seen from its parent. One range at a time."""

    def __init__(self, source: Source) -> None:
        environment = os.environ | _KEEP_MEMORY | {"PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.process_id = process.pid
        self._process = process
        self._jobs = cast("IO[bytes]", process.stdin)
        self._reports = cast("IO[bytes]", process.stdout)
        self._send(source)

    def check(self, asked: Range) -> RangeReport:
        """Have a range checked. Raises `ChildProcessError` when the process has died."""
        self._send(asked)
        try:
            answer = pickle.load(self._reports)  # noqa: S301 - our own process
        except EOFError:
            answer = None
        if not isinstance(answer, RangeReport):
            message = f"a process that checked the log stopped: {answer or 'it was killed'}"
            raise ChildProcessError(message)
        return answer

    def close(self) -> None:
        """End the process and wait for it."""
        with self._process, suppress(BrokenPipeError):
            self._jobs.close()

    def _send(self, job: Source | Range) -> None:
        with suppress(BrokenPipeError):  # Whoever asks for the answer is told.
            pickle.dump(job, self._jobs)
            self._jobs.flush()


def serve(jobs: IO[bytes], reports: IO[bytes]) -> None:
    """Read where the rows are, then a range after the other, and write a report on each."""
    source: Source = pickle.load(jobs)  # noqa: S301 - from our own parent
    rows = source.open()
    try:
        while True:
            asked: Range = pickle.load(jobs)  # noqa: S301 - from our own parent
            pickle.dump(_answer(asked, rows), reports, protocol=pickle.HIGHEST_PROTOCOL)
            reports.flush()
    except EOFError:
        return
    finally:
        rows.close()


def _answer(asked: Range, rows: Rows) -> RangeReport | str:
    try:
        return read_and_check(asked, rows)
    except Exception as problem:  # noqa: BLE001 - the parent raises it
        return f"{type(problem).__name__}: {problem}"


if __name__ == "__main__":
    gc.disable()  # Nothing here has cycles, and rows come by the thousand.
    serve(sys.stdin.buffer, sys.stdout.buffer)
