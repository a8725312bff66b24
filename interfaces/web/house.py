"""What every page needs: the record, the templates, sessions, tickets, and where it is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment

from interfaces.bootstrap import Partnership
from interfaces.web.files.in_hand import InHand
from interfaces.web.metrics import Metrics
from interfaces.web.pace import Pace
from interfaces.web.past.at_work import AtWork
from interfaces.web.past.kept_past import KeptPast
from interfaces.web.signing_in.letters_out import Postbox
from interfaces.web.signing_in.once import UsedTickets
from interfaces.web.signing_in.sessions import Sessions
from interfaces.web.signing_in.tickets import Signer
from projections.kept_board import KeptBoard
from projections.kept_rows import KeptRows


@dataclass(frozen=True, slots=True)
class House:
    """The pages of one record, put together once.

    `address` is where people reach them, without a slash at its end. `post` sends the links with
    which people sign in. `templates` are filled with whatever a page shows. `kept`,
    `kept_board` and `kept_past` hold what most pages show until it changes; `at_work` is what some
    wait for; `in_hand` counts the files in memory.
    """

    partnership: Partnership
    templates: Environment
    sessions: Sessions
    used: UsedTickets
    signer: Signer
    post: Postbox
    pace: Pace
    kept: KeptRows
    kept_board: KeptBoard
    kept_past: KeptPast
    at_work: AtWork
    in_hand: InHand
    metrics: Metrics
    address: str

    @property
    def is_encrypted(self) -> bool:
        """Tell whether people reach the pages by TLS."""
        return urlsplit(self.address).scheme == "https"

    def fill(self, template: str, **shown: Any) -> str:  # noqa: ANN401 - what a template shows
        """Return a page."""
        return self.templates.get_template(template).render(shown)
