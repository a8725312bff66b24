"""Where a restore is prepared, and how what was prepared takes the record's place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from interfaces.backup import sqlite_place
from interfaces.backup.archive import Archive
from interfaces.backup.manifest import Database, Manifest
from interfaces.backup.postgresql_place import PostgresPlace, staged_name
from interfaces.backup.refusing import CannotRestore
from interfaces.bootstrap import sqlite_file
from interfaces.settings import Settings


@dataclass(frozen=True, slots=True)
class SqlitePlace:
    """A database file, and the one beside it in which a restore is prepared."""

    live: Path

    @property
    def staged(self) -> Path:
        """Return the file in which a restore is prepared."""
        return self.live.with_name(f"{self.live.name}.restoring")

    @property
    def staged_url(self) -> str:
        """Return the URL of the prepared database."""
        return f"sqlite:///{self.staged}"

    def require_mine(self) -> None:
        """Check nothing: whoever may write the file may replace it."""

    def is_taken(self) -> bool:
        """Tell whether a database stands there."""
        return self.live.exists()

    def receive(self, archive: Archive, manifest: Manifest) -> None:
        """Unpack a backup. Raises `BadBackup`, `OSError`."""
        self.discard()
        self.staged.parent.mkdir(parents=True, exist_ok=True)
        archive.unpack(self.staged, manifest.sha256, manifest.length)

    def discard(self) -> None:
        """Take away what was prepared."""
        sqlite_place.discard(self.staged)

    def replace(self, stamp: str) -> str | None:
        """Put what was prepared in place. Returns where what was there is kept."""
        aside = self.live.with_name(f"{self.live.name}.before-{stamp}")
        kept = sqlite_place.replace(self.live, self.staged, aside)
        return str(kept) if kept is not None else None


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """A database on a PostgreSQL server. `folder`: for the unpacked dump."""

    server: PostgresPlace
    folder: Path

    @property
    def staged_url(self) -> str:
        """Return the URL of the prepared database."""
        return self.server.url_of(staged_name(self.server.name))

    def require_mine(self) -> None:
        """Check that the role may replace the database. Raises `CannotRestore`."""
        self.server.require_mine()

    def is_taken(self) -> bool:
        """Tell whether a database stands there."""
        return self.server.exists(self.server.name)

    def receive(self, archive: Archive, manifest: Manifest) -> None:
        """Unpack a backup into a database of its own. Raises `BadBackup`, `NoTools`, `OSError`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        dump = self.folder / "restoring.dump"
        try:
            archive.unpack(dump, manifest.sha256, manifest.length)
            self.server.load(dump, staged_name(self.server.name))
        finally:
            dump.unlink(missing_ok=True)

    def discard(self) -> None:
        """Take away what was prepared."""
        self.server.drop(staged_name(self.server.name))

    def replace(self, stamp: str) -> str | None:
        """Put what was prepared in place. Returns the name under which what was there is kept."""
        aside = f"{self.server.name[:30]}_before_{stamp}"
        return self.server.replace(staged_name(self.server.name), aside)


Place = SqlitePlace | ServerPlace


def place_of(settings: Settings, database: Database) -> Place:
    """Return the place of a record. Raises `CannotRestore` for a backup of another kind."""
    live = sqlite_file(settings)
    here = "sqlite" if live is not None else "postgresql"
    if here != database:
        raise CannotRestore(
            f"The backup is of a {database} database, and [database] url names a {here} one."
            " Restore it into a database of the same kind."
        )
    if live is not None:
        return SqlitePlace(live)
    return ServerPlace(PostgresPlace(settings.database.url), settings.files.high_water.parent)
