"""What can be configured: one model for each section of `config.toml`, which documents the keys.

The defaults here are those of the shipped file, so that Goldthread runs without one.
"""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    IPvAnyNetwork,
    StringConstraints,
    model_validator,
)

from interfaces.example_directory import (
    EXAMPLE_AGENCIES,
    EXAMPLE_PEOPLE,
    EXAMPLE_ROLES,
    EXAMPLE_SUBGROUPS,
    AgencyEntry,
    PersonEntry,
    RoleEntry,
    SubgroupEntry,
)
from interfaces.settings_of_clocks import STANDARD_ENTRIES, ClockEntry, named_once
from interfaces.settings_of_reminders import ReminderSettings
from interfaces.settings_section import Line, Section

LineOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""One line of text; empty for none."""

Origin = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9.-]+(/[A-Za-z0-9._-]+)+$")
]
"""The name of a log for good: a host name that the partnership owns, and a path."""


class PartnershipSettings(Section):
    """Who keeps the record."""

    name: Line = "Example Safeguarding Children Partnership"
    origin: Origin = "record.example.org/partnership"
    reply_to: LineOrNone = ""


class DatabaseSettings(Section):
    """Where the record is kept."""

    url: Line = "sqlite:///data/goldthread.db"
    application_role: LineOrNone = ""


class FileSettings(Section):
    """Files outside the database."""

    key: Path = Path("data/signing.key")
    high_water: Path = Path("data/high-water.note")
    outbox: Path = Path("outbox")


class MailSettings(Section):
    """How emails leave."""

    transport: Literal["folder", "smtp"] = "folder"
    sender: Line = "goldthread@example.org"
    host: Line = "localhost"
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    username: LineOrNone = ""
    password: Annotated[str, Field(repr=False)] = ""
    certificates: LineOrNone = ""
    hello: Line = "localhost"
    timeout_seconds: Annotated[int, Field(ge=1, le=300)] = 60
    reply_timeout_seconds: Annotated[int, Field(ge=1, le=540)] = 300
    connections: Annotated[int, Field(ge=1, le=8)] = 8

    @model_validator(mode="after")
    def _keep_the_password_private(self) -> Self:
        if self.username and self.tls == "none":
            message = (
                'a username with tls = "none" would send the password for everybody to read;'
                ' use "starttls" or "tls", or leave the username out'
            )
            raise ValueError(message)
        return self


class BoardSettings(Section):
    """How the colours of the board are worked out."""

    cadence_days: Annotated[int, Field(ge=1, le=250)] = 60


class EvidenceSettings(Section):
    """Files that are evidence."""

    most_megabytes: Annotated[int, Field(ge=1, le=100)] = 20


class DirectorySettings(Section):
    """The entries with which `goldthread init` begins the directory."""

    agencies: tuple[AgencyEntry, ...] = EXAMPLE_AGENCIES
    subgroups: tuple[SubgroupEntry, ...] = EXAMPLE_SUBGROUPS
    people: Annotated[tuple[PersonEntry, ...], Field(min_length=1)] = EXAMPLE_PEOPLE
    roles: tuple[RoleEntry, ...] = EXAMPLE_ROLES

    @model_validator(mode="after")
    def _name_only_what_is_there(self) -> Self:
        agencies = _once("agency", [agency.name for agency in self.agencies])
        subgroups = _once("subgroup", [subgroup.name for subgroup in self.subgroups])
        addresses = _once("address", [person.email for person in self.people])
        titles = _once("role", [role.title for role in self.roles])
        for person in self.people:
            _require_known("agency", person.agency, agencies)
        for role in self.roles:
            _require_known("agency", role.agency, agencies)
            _require_known("subgroup", role.subgroup, subgroups)
            _require_known("address", role.holder, addresses)
        for subgroup in self.subgroups:
            _require_known("role", subgroup.chair, titles)
        return self


def _once(what: str, names: list[str]) -> list[str]:
    for name in names:
        if names.count(name) > 1:
            message = f"the {what} '{name}' is there twice"
            raise ValueError(message)
    return names


def _require_known(what: str, name: str | None, names: list[str]) -> None:
    if name is not None and name not in names:
        message = f"there is no {what} '{name}' among the entries"
        raise ValueError(message)


class WebSettings(Section):
    """Where people reach the record in a browser."""

    address: LineOrNone = ""
    listen: Line = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    in_front: tuple[IPvAnyNetwork, ...] = (ip_network("127.0.0.1"), ip_network("::1"))
    metrics_token: Annotated[LineOrNone, Field(repr=False)] = ""
    oidc_issuer: LineOrNone = ""
    oidc_client_id: LineOrNone = ""
    oidc_client_secret: Annotated[LineOrNone, Field(repr=False)] = ""
    oidc_name: Line = "your work account"


class CliSettings(Section):
    """The command line."""

    actor: LineOrNone = "PE1"


class Settings(Section):
    """The whole configuration."""

    partnership: PartnershipSettings = PartnershipSettings()
    database: DatabaseSettings = DatabaseSettings()
    files: FileSettings = FileSettings()
    mail: MailSettings = MailSettings()
    reminders: ReminderSettings = ReminderSettings()
    clocks: Annotated[tuple[ClockEntry, ...], AfterValidator(named_once)] = STANDARD_ENTRIES
    board: BoardSettings = BoardSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    directory: DirectorySettings = DirectorySettings()
    web: WebSettings = WebSettings()
    cli: CliSettings = CliSettings()

    def from_folder(self, folder: Path) -> Self:
        """Return the settings with paths that start from a folder where they are relative."""
        files = self.files
        found = FileSettings(
            key=folder / files.key,
            high_water=folder / files.high_water,
            outbox=folder / files.outbox,
        )
        certificates = str(folder / self.mail.certificates) if self.mail.certificates else ""
        url = _sqlite_url_from(folder, self.database.url)
        return self.model_copy(
            update={
                "files": found,
                "database": self.database.model_copy(update={"url": url}),
                "mail": self.mail.model_copy(update={"certificates": certificates}),
            }
        )


def _sqlite_url_from(folder: Path, url: str) -> str:
    scheme, between, path = url.partition(":///")
    if not between or not scheme.startswith("sqlite") or not path or path.startswith(":"):
        return url
    return f"{scheme}:///{folder / path}"
