"""The pages at work, beside the worker, until they are asked to stop."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import tempfile
from collections.abc import Iterable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Final

import typer

from events.log import Clock
from interfaces.bootstrap import Partnership, opened, system_clock
from interfaces.cli.early_signals import EarlySignals
from interfaces.cli.logging_apart import log_to_stderr
from interfaces.cli.opening import partnership_of
from interfaces.cli.worker_run import worker_tick
from interfaces.demo.sample import make_sample
from interfaces.settings import Settings
from interfaces.settings_reading import read_settings
from interfaces.web.application import application, house_of
from interfaces.web.house import House
from interfaces.web.pages.signing_in import ANY_BROWSER, sign_in_link
from interfaces.web.server import PageServer
from interfaces.web.signing_in.tickets import Purpose, Ticket
from notifications.heartbeat import Heart
from notifications.scheduler import StopAsked, run_worker

_TRIED_FOR: Final = dt.timedelta(hours=8)
"""How long the links of a sample work, so that one may come back to them after lunch."""

_LAST_EMAILS: Final = 5
_OF_A_REMINDER: Final = re.compile(r"http\S+/update/\S+")

_KINDS: Final = (
    ("Business manager", "business.manager@example.org"),
    ("Subgroup chair", "audit.chair@example.org"),
    ("Lead", "early.help.chair@example.org"),
    ("Independent scrutineer", "scrutineer@example.org"),
)


def serve_record(ctx: typer.Context, early: EarlySignals, *, with_worker: bool) -> None:
    """Serve the configured record."""
    log_to_stderr()
    with partnership_of(ctx) as partnership:
        settings = partnership.settings
        house = house_of(partnership, address_of(settings))
        words = [f"The pages are at {house.address}. Ctrl-C stops them."]
        if settings.mail.transport == "folder":
            outbox = settings.files.outbox
            words.append(f"Emails lie in {outbox}, also those with which people sign in.")
        _run(house, early, words, with_worker)


def serve_sample(folder: Path | None, early: EarlySignals) -> None:
    """Serve a made-up record whose clock goes on from the end of its story."""
    log_to_stderr()
    place = (folder or Path(tempfile.mkdtemp(prefix="goldthread-sample-"))).absolute()
    typer.echo(f"Making a sample record in {place}; this takes some seconds.", err=True)
    for name in [name for name in os.environ if name.startswith("GOLDTHREAD_")]:
        del os.environ[name]
    story_ended_at = make_sample(place)
    with contextlib.chdir(place):
        settings = read_settings(place / "config.toml", {})
        with opened(settings, _clock_from(story_ended_at)) as partnership:
            house = house_of(partnership, address_of(settings))
            words = [*_welcome(house), *_reminders(settings.files.outbox)]
            _run(house, early, words, with_worker=True)


def address_of(settings: Settings) -> str:
    """Return where people reach the pages: as configured, or on this machine."""
    web = settings.web
    return web.address or f"http://localhost:{web.port}"


def _run(house: House, early: EarlySignals, words: Iterable[str], with_worker: bool) -> None:
    web = house.partnership.settings.web
    server = PageServer(application(house), web.listen, web.port, web.in_front)
    if early.heard is not None:
        server.close()
        typer.echo("Asked to stop before it began: nothing was served.", err=True)
        return
    with server.serving():
        for line in words:
            typer.echo(line, err=True)
        heart = Heart(house.partnership.log, house.partnership.clock)
        tick = worker_tick(house.partnership, heart) if with_worker else _nothing
        if with_worker:
            heart.begin()
        run_worker(tick, early.pass_on)
        if with_worker:
            heart.stop()


def _nothing(_stop: StopAsked) -> None:
    """Do nothing at a tick: another process reminds."""


def _clock_from(story_ended_at: dt.datetime) -> Clock:
    began = system_clock()

    def clock() -> dt.datetime:
        return story_ended_at + (system_clock() - began)

    return clock


def _welcome(house: House) -> list[str]:
    lines = [
        f"The pages are at {house.address}. Ctrl-C stops them.",
        "Everybody in this record is made up. Sign in as one of them, once with each link:",
    ]
    width = max(len(kind) for kind, _ in _KINDS)
    for kind, address in _KINDS:
        lines.append(f"  {kind:{width}}  {_link(house, address)}")
    return lines


def reminder_link(outbox: Path) -> str | None:
    """Return a link of the last emails in a folder that reports without signing in, if any."""
    for email in sorted(outbox.glob("*.eml"), reverse=True)[:_LAST_EMAILS]:
        body = message_from_bytes(email.read_bytes(), policy=default).get_body(("plain",))
        link = _OF_A_REMINDER.search(body.get_content()) if body is not None else None
        if link is not None:
            return link[0]
    return None


def _reminders(outbox: Path) -> list[str]:
    link = reminder_link(outbox)
    if link is None:
        return []
    return [f"Emails lie in {outbox}. A reminder's link, for one change:", f"  {link}"]


def _link(house: House, address: str) -> str:
    partnership: Partnership = house.partnership
    directory = partnership.view().all("directory")
    person = next(ref for ref, row in directory.items() if row.get("email") == address)
    expires_at = int((partnership.clock() + _TRIED_FOR).timestamp())
    ticket = Ticket(Purpose.SIGN_IN, person, ANY_BROWSER, expires_at)
    return sign_in_link(house.address, house.signer.write(ticket))
