"""Files that are evidence, as downloads."""

from __future__ import annotations

from typing import Final

from fastapi import Response

from interfaces.web.files.downloads import download
from interfaces.web.policies import READER, Pages
from interfaces.web.visit import Visiting

pages: Final = Pages()


@pages.get("/evidence/{ref}/file", READER)
def file(visit: Visiting, ref: str) -> Response:
    """Give a file out, to whoever sees the item that it is evidence of."""
    return download(visit, ref)
