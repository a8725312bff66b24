"""The sample record, served to a real browser at an address of this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as AsgiScope

from interfaces.bootstrap import Partnership, opened
from interfaces.demo.sample import make_sample
from interfaces.settings_reading import read_settings
from interfaces.web.application import application, house_of
from interfaces.web.house import House
from interfaces.web.pace import Pace
from interfaces.web.pages.signing_in import ANY_BROWSER, sign_in_link
from interfaces.web.past.at_work import AtWork
from interfaces.web.server import PageServer
from interfaces.web.signing_in.tickets import Purpose, Ticket
from workflow.command import Command

MANAGER: Final = "person-1"
AUDIT_CHAIR: Final = "person-2"
IMPLEMENTATION_CHAIR: Final = "person-3"
DELEGATED_PARTNER: Final = "person-6"
SCRUTINEER: Final = "person-8"
EARLY_HELP_CHAIR: Final = "person-9"


@dataclass
class ServedRecord:
    """The pages of a record as a browser reaches them."""

    partnership: Partnership
    house: House
    _links: int = field(default=0)

    @property
    def address(self) -> str:
        """Return where the pages are, without a slash at its end."""
        return self.house.address

    def link_for(self, person: str) -> str:
        """Return an address that signs somebody in, once."""
        self._links += 1
        # A second apart, since a link of the same words would be the one that was used.
        until = int(self.partnership.clock().timestamp()) + 300 + self._links
        return sign_in_link(
            self.address,
            self.house.signer.write(Ticket(Purpose.SIGN_IN, person, ANY_BROWSER, until)),
        )

    def give(self, command: Command, person: str) -> None:
        """Give a command as somebody, past the pages."""
        self.partnership.ledger.execute(command, actor=person)


@contextmanager
def served_record(folder: Path) -> Iterator[ServedRecord]:
    """Make the sample record in a folder, and serve it at a free port until the block ends."""
    story_ended_at = make_sample(folder)
    settings = read_settings(folder / "config.toml", {}).from_folder(folder)
    with opened(settings, lambda: story_ended_at) as partnership:
        later = _Later()
        server = PageServer(later, "127.0.0.1", 0)
        house = house_of(partnership, f"http://localhost:{server.port}")
        # More people sign in here than one network may send: an hour passes before each.
        patient = AtWork(time.monotonic, patience_seconds=60)
        house = replace(house, pace=Pace(count(step=3600).__next__), at_work=patient)
        later.pages = application(house)
        with server.serving():
            yield ServedRecord(partnership, house)


class _Later:
    """Stands for the pages until the port is known, which they write into their links."""

    pages: ASGIApp

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        await self.pages(scope, receive, send)
