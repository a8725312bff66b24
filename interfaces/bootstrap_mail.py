"""The rest of putting the house together, which only who reminds needs: mailer, delivery, tick.

It stands apart from `bootstrap` because its libraries take as long to load as all the others.
"""

from __future__ import annotations

from pathlib import Path

from interfaces.bootstrap import Partnership
from interfaces.settings import MailSettings, Settings
from interfaces.web.by_link.update_links import update_links
from notifications.delivering import Delivery
from notifications.folder import FolderMailer
from notifications.last_look import Sending
from notifications.letters import Letterhead
from notifications.mailer import Lanes, Mailer
from notifications.rules import Rule
from notifications.smtp import SmtpMailer, SmtpSettings, Tls
from notifications.ticking import Tick


def mailer_of(settings: Settings) -> Mailer | Lanes:
    """Return what takes the emails: the folder, or the mail server."""
    if settings.mail.transport == "folder":
        return FolderMailer(settings.files.outbox)
    return SmtpMailer(smtp_settings_of(settings.mail))


def smtp_settings_of(mail: MailSettings) -> SmtpSettings:
    """Return which server takes the emails, and how."""
    return SmtpSettings(
        host=mail.host,
        port=mail.port,
        tls=Tls(mail.tls),
        username=mail.username or None,
        password=mail.password or None,
        hello=mail.hello,
        timeout_seconds=mail.timeout_seconds,
        reply_timeout_seconds=mail.reply_timeout_seconds,
        certificates=Path(mail.certificates) if mail.certificates else None,
        connections=mail.connections,
    )


def delivery_of(partnership: Partnership) -> Delivery:
    """Return the hands that send what waits in the outbox."""
    settings = partnership.settings
    sending = Sending(
        rules_of(settings),
        Letterhead(
            settings.partnership.name, settings.mail.sender, settings.partnership.reply_to or None
        ),
        settings.web.address or None,
        settings.board.cadence_days,
        update_links(settings, partnership.calendar),
    )
    return Delivery(partnership.ledger, mailer_of(settings), sending, partnership.clock)


def tick_of(partnership: Partnership) -> Tick:
    """Return what the worker does every minute."""
    reminders = partnership.settings.reminders
    delivery = delivery_of(partnership)
    return Tick(delivery, partnership.clock, sending_time=reminders.at, zone=reminders.zone)


def rules_of(settings: Settings) -> tuple[Rule, ...]:
    """Return the rules by which people are reminded."""
    return settings.reminders.all_rules()
