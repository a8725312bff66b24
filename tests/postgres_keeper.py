"""One throwaway PostgreSQL server for a whole test run, which never outlives the run.

The process that runs pytest opens a `ServerFolder` and holds a lock on a file in it. The first
test that wants a server, in whichever worker, starts a keeper: a process of its own session that
starts the server and then waits for that lock. The kernel lets go of a lock however its holder
dies, so the keeper stops the server after success, failure, Ctrl-C and kill -9 alike.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from tests.postgres_programs import PostgresPrograms, find_programs

ROOT = Path(__file__).resolve().parent.parent

# The safe settings are PostgreSQL's defaults, said aloud: the application refuses others.
# No address is listened on: tests reach the server through a socket in a private folder.
SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "listen_addresses": "",
    "max_connections": "200",
    "timezone": "UTC",
}


MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is private
ROOM_BYTES = 4_000_000_000


class ServerDidNotStart(Exception):
    """The test server did not start; what its programs said follows."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{self.__doc__}\n{said}")
        self.said = said


class ServerFolder:
    """The folder of one test run's server. Open it in the process that outlives the workers."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="goldthread-", dir=_memory()))
        self._run = (self.path / "run").open("wb")
        fcntl.flock(self._run, fcntl.LOCK_EX)

    def close(self) -> None:
        """Let the server go, wait until it has stopped, and leave nothing behind."""
        with (self.path / "keeper").open("wb") as keeper:
            self._run.close()
            fcntl.flock(keeper, fcntl.LOCK_EX)
        shutil.rmtree(self.path, ignore_errors=True)


def _memory() -> Path | None:
    """Return the folder that lies in memory, if there is one with room; None for the usual one.

    What a test can do to a server, kill -9 included, a file there survives as one on a disk does;
    but thousands of commits wait for no disk.
    """
    try:
        found = os.statvfs(MEMORY)
    except OSError:
        return None
    # A server whose programs have to be copied beside its data must be allowed to run there.
    is_open = os.access(MEMORY, os.W_OK) and not found.f_flag & os.ST_NOEXEC
    return MEMORY if is_open and found.f_bavail * found.f_frsize > ROOM_BYTES else None


def running_server(folder: Path) -> str:
    """Return the superuser's URL of the run's server, starting it if this is the first call.

    Raises `NoPostgresPrograms` or `ServerDidNotStart`.
    """
    find_programs()
    with _locked(folder / "starting"):
        address = folder / "address"
        if not address.exists():
            address.write_text(_start_keeper(folder))
        return address.read_text()


def _start_keeper(folder: Path) -> str:
    log = folder / "log"
    with log.open("ab") as words:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres_keeper", str(folder)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            start_new_session=True,
        )
    assert keeper.stdout
    with keeper.stdout as stdout:
        address = stdout.readline().strip()
    if not address:
        raise ServerDidNotStart(log.read_text())
    keeper.returncode = 0  # It outlives this process, which must not be warned about that.
    return address


def keep(folder: Path) -> None:
    """Start a server, print its URL, and stop it once nobody holds the folder's lock."""
    programs = find_programs()
    with _locked(folder / "keeper"):
        programs.give(folder)
        programs = programs.reachable_from(folder)
        start(programs, folder)
        try:
            print(_address(folder), flush=True)  # noqa: T201  The first line of output is the answer.
            with _locked(folder / "run"):
                pass
        finally:
            stop(programs, folder)
    shutil.rmtree(folder, ignore_errors=True)


def start(programs: PostgresPrograms, folder: Path) -> None:
    """Make a fresh cluster in `folder` and start its server, with every safe setting on."""
    data, log = folder / "data", folder / "log"
    log.touch()
    programs.run(
        *("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"),
        *("--no-sync", f"--pgdata={data}"),  # The empty cluster may be lost, what is written not.
        log=log,
    )
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    programs.run(
        *("pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={data / 'server.log'}"),
        *("--options", f"-k '{folder}' {options}"),
        log=log,
    )


def stop(programs: PostgresPrograms, folder: Path) -> None:
    """Stop the server at once: nobody will read its data again."""
    data = folder / "data"
    programs.run(
        "pg_ctl", "stop", "--wait", "--mode=immediate", f"--pgdata={data}", log=folder / "log"
    )


def _address(folder: Path) -> str:
    where = {"host": str(folder)}
    url = URL.create("postgresql+psycopg", "postgres", database="postgres", query=where)
    return url.render_as_string(hide_password=False)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
