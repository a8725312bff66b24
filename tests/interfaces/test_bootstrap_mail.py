from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from interfaces.bootstrap_mail import mailer_of, rules_of, smtp_settings_of
from interfaces.settings import Settings
from interfaces.settings_reading import BadSettings, read_settings
from notifications.folder import FolderMailer
from notifications.rules import DEFAULT_RULES
from notifications.smtp import MOST_CONNECTIONS, SmtpMailer, Tls
from tests.interfaces.cli.stories import a_small_plan
from tests.interfaces.running import CommandLine
from tests.notifications.scripted_server import ScriptedServer


def settings_saying(folder: Path, text: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path, {})


def test_by_default_emails_go_to_the_folder() -> None:
    mailer = mailer_of(Settings())
    assert isinstance(mailer, FolderMailer)
    assert mailer.folder == Path("outbox")


def test_a_mail_server_takes_them_where_one_is_configured(tmp_path: Path) -> None:
    mailer = mailer_of(settings_saying(tmp_path, '[mail]\ntransport = "smtp"'))
    assert isinstance(mailer, SmtpMailer)


@pytest.mark.parametrize(
    ("word", "tls"), [("starttls", Tls.STARTTLS), ("tls", Tls.IMPLICIT), ("none", Tls.NONE)]
)
def test_every_way_to_keep_the_connection_private_can_be_chosen(
    word: str, tls: Tls, tmp_path: Path
) -> None:
    settings = settings_saying(tmp_path, f'[mail]\ntls = "{word}"')
    assert smtp_settings_of(settings.mail).tls is tls


def test_as_many_emails_leave_at_once_as_the_mailer_can_unless_fewer_are_asked_for(
    tmp_path: Path,
) -> None:
    assert smtp_settings_of(Settings().mail).connections == MOST_CONNECTIONS
    settings = settings_saying(tmp_path, "[mail]\nconnections = 3")
    assert smtp_settings_of(settings.mail).connections == 3


@pytest.mark.parametrize("connections", [0, MOST_CONNECTIONS + 1])
def test_no_email_leaves_over_no_connection_or_over_too_many(
    connections: int, tmp_path: Path
) -> None:
    with pytest.raises(BadSettings, match=r"\[mail\] connections"):
        settings_saying(tmp_path, f"[mail]\nconnections = {connections}")


def test_a_password_is_not_sent_for_everybody_to_read(tmp_path: Path) -> None:
    text = '[mail]\ntransport = "smtp"\ntls = "none"\nusername = "office"'
    with pytest.raises(BadSettings, match="for everybody to read"):
        settings_saying(tmp_path, text)


def test_the_authorities_are_found_from_the_folder_of_the_file(tmp_path: Path) -> None:
    settings = settings_saying(tmp_path, '[mail]\ncertificates = "authority.pem"')
    assert settings.mail.certificates == str(tmp_path / "authority.pem")


def test_without_rules_of_ones_own_the_default_ladder_holds() -> None:
    assert rules_of(Settings()) == DEFAULT_RULES


def test_reminders_leave_through_the_configured_server_under_the_configured_names(
    cli: CommandLine,
) -> None:
    a_small_plan(cli)
    cli.on(dt.date(2025, 11, 3))
    with ScriptedServer() as server:
        cli.config.write_text(
            '[partnership]\nname = "Anyshire Partnership"\nreply_to = "unit@example.org"\n'
            f'[mail]\ntransport = "smtp"\ntls = "none"\nhost = "127.0.0.1"\nport = {server.port}\n'
            'sender = "record@mail.example.org"\n'
            '[web]\naddress = "https://record.example.org"',
            encoding="utf-8",
        )
        assert cli.answer("remind")["outcomes"] == {"sent": 2}
    reminder, _digest = sorted(server.taken, key=lambda message: b"Subject: Digest" in message)
    for words in (
        b"record@mail.example.org",
        b"Reply-To: unit@example.org",
        b"Anyshire Partnership",
        b"https://record.example.org",
        b"@mail.example.org>",
    ):
        assert words in reminder.replace(b"=\r\n", b"")
