"""The style sheet and the little script: read once, named by their content, kept by browsers."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Final

from fastapi import Response

from interfaces.web.policies import ANYBODY, Pages
from interfaces.web.refusals.refused_requests import NothingHere

_KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOR_A_YEAR: Final = "public, max-age=31536000, immutable"

pages: Final = Pages()


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is served. `path` holds its fingerprint, so that it never changes."""

    path: str
    content: bytes
    kind: str


def _files() -> dict[str, StaticFile]:
    found = {}
    for entry in files("interfaces.web").joinpath("static").iterdir():
        stem, _, ending = entry.name.rpartition(".")
        if ending in _KINDS:
            content = entry.read_bytes()
            path = f"/static/{stem}-{sha256(content).hexdigest()[:12]}.{ending}"
            found[entry.name] = StaticFile(path, content, _KINDS[ending])
    return found


STATIC: Final = _files()
"""Every file, by its name."""

_BY_PATH: Final = {file.path: file for file in STATIC.values()}


@pages.get("/static/{name}", ANYBODY)
def static(name: str) -> Response:
    """Serve a file of ours."""
    file = _BY_PATH.get(f"/static/{name}")
    if file is None:
        raise NothingHere
    headers = {"Cache-Control": _FOR_A_YEAR}
    return Response(file.content, media_type=file.kind, headers=headers)
