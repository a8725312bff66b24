"""What needs you: the first page of whoever is signed in."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.needs import needs_of
from interfaces.web.policies import READER, Pages
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/", READER)
def home(visit: Visiting) -> Response:
    """Show what waits for who is signed in, most urgent first."""
    return visit.page("home.html", needs=needs_of(visit))
