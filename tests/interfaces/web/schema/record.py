"""The sample record for programs: made once, copied for each, and whose token each one has."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp

from events.directory import Access
from interfaces.bootstrap import Partnership, opened
from interfaces.demo.sample import make_sample
from interfaces.demo.year import FIRST_MEETING
from interfaces.settings_reading import read_settings
from interfaces.web.application import application, house_of
from interfaces.web.pace import Pace
from interfaces.web.signing_in.personal_tokens import PersonalTokens, Reach
from tests.interfaces.web.browser.record import (
    AUDIT_CHAIR,
    DELEGATED_PARTNER,
    MANAGER,
    SCRUTINEER,
)
from tests.interfaces.web.browsing import ADDRESS
from tests.interfaces.web.verifications import until_verified
from workflow.meeting_commands import RecordMeeting
from workflow.person_commands import GrantAccess, RegisterPerson

READER: Final = "person-10"
"""Who sees one subgroup alone."""


@dataclass(frozen=True)
class Asker:
    """Whose token a program has, and what it is good for."""

    person: str
    reach: Reach = Reach.WRITE


ASKERS: Final = {
    "manager": Asker(MANAGER),
    "chair": Asker(AUDIT_CHAIR),
    "scrutineer": Asker(SCRUTINEER),
    "partner who only reads": Asker(DELEGATED_PARTNER, Reach.READ),
    "reader of a subgroup": Asker(READER),
}


@dataclass(frozen=True)
class Asked:
    """A record, its pages, and a token with which they are asked."""

    partnership: Partnership
    pages: ASGIApp
    token: str


@dataclass(frozen=True)
class Sample:
    """The sample record in a folder, and when its story ended."""

    folder: Path
    ended_at: dt.datetime

    @classmethod
    def made_in(cls, folder: Path) -> Sample:
        """Make the sample record, in which the board met once; it takes two seconds."""
        sample = cls(folder, make_sample(folder))
        with sample._opened(folder) as partnership:
            ledger = partnership.ledger
            met = RecordMeeting(title="Board, September", held_on=FIRST_MEETING)
            ledger.execute(met, actor=MANAGER)
            entered = ledger.execute(RegisterPerson(name="Example Reader"), actor=MANAGER)
            assert entered.stream == READER
            scope = GrantAccess(person=READER, access=Access.READER, subgroup="subgroup-1")
            ledger.execute(scope, actor=MANAGER)
        return sample

    @contextmanager
    def asked_by(self, asker: Asker, folder: Path) -> Iterator[Asked]:
        """Serve a copy of the record, made in a folder that is not there yet, in this process."""
        shutil.copytree(self.folder, folder)
        with self._opened(folder) as partnership:
            tokens = PersonalTokens(partnership.engine)
            token = tokens.make(asker.person, asker.reach, 30, self.ended_at)
            house = house_of(partnership, ADDRESS)
            # More is asked than one token may ask: an hour passes before each request.
            house = replace(house, pace=Pace(count(step=3600).__next__))
            try:
                yield Asked(partnership, application(house), token)
            finally:
                until_verified()

    def _opened(self, folder: Path) -> AbstractContextManager[Partnership]:
        settings = read_settings(folder / "config.toml", {}).from_folder(folder)
        return opened(settings, lambda: self.ended_at)
