"""What each page can do, and by which routes a program does the same: written here by hand.

A new page needs its routes for programs here, or the reason why there are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from starlette.routing import BaseRoute, Route

from interfaces.web.api.problems import API

Asked = tuple[str, str]
"""How somebody asks: by which method, at which path, as it is declared."""

_BROWSER: Final = "Signing in is for people with a browser; a program has a token instead."
_TOKENS: Final = (
    "A token must make, show or end no token: whoever found one would keep it for good."
)
_MACHINE: Final = "It is for whoever watches the machine, and tells nothing of the record."
_LINK: Final = "The link of an email is for its reader; a program gives the command with its token."
_ACCOUNT: Final = "The provider sends browsers to and fro; a program has a token instead."
_LOOKS: Final = "It is how pages look, and holds nothing of the record."

WHY_NOT: Final[Mapping[Asked, str]] = {
    ("GET", "/static/{name}"): _LOOKS,
    ("GET", "/health"): _MACHINE,
    ("GET", "/ready"): _MACHINE,
    ("GET", "/metrics"): _MACHINE,
    ("GET", "/sign-in"): _BROWSER,
    ("POST", "/sign-in"): _BROWSER,
    ("GET", "/sign-in/{letters}"): _BROWSER,
    ("POST", "/sign-in/{letters}"): _BROWSER,
    ("POST", "/sign-out"): _BROWSER,
    ("POST", "/sign-out-everywhere"): _BROWSER,
    ("GET", "/account/sign-in"): _ACCOUNT,
    ("GET", "/account/connect"): _ACCOUNT,
    ("POST", "/account/disconnect"): _ACCOUNT,
    ("GET", "/account/back"): _ACCOUNT,
    ("GET", "/update/{letters}"): _LINK,
    ("POST", "/update/{letters}"): _LINK,
    ("GET", "/you"): _TOKENS,
    ("POST", "/you/tokens"): _TOKENS,
    ("POST", "/you/tokens/{number}/take-back"): _TOKENS,
    ("GET", "/import"): "It is an empty form; a program sends the document at once.",
}
"""The pages that programs go without, and why."""

_COMMANDS: Final = "GET /things/{ref:path}/commands"
_NOTES: Final = (
    "POST /commands/action/note-progress",
    "POST /commands/recommendation/note-progress",
)
_THING: Final = ("GET /things/{ref:path}", "GET /things/{ref:path}/history", _COMMANDS)

SAME: Final[Mapping[Asked, tuple[str, ...]]] = {
    ("GET", "/"): ("GET /needs", _COMMANDS),
    ("GET", "/not-mine"): (_COMMANDS,),
    ("POST", "/not-mine"): _NOTES,
    ("GET", "/board"): ("GET /board", _COMMANDS),
    ("GET", "/board.csv"): ("GET /board.csv",),
    ("POST", "/board/several"): _NOTES,
    # A program gives one command for each item, and is told of each what came of it.
    ("POST", "/board/several/ask"): (_COMMANDS,),
    ("GET", "/board/several/{category}/{verb}"): (_COMMANDS, "GET /openapi.json"),
    ("POST", "/board/several/{category}/{verb}"): ("POST /commands/{category}/{verb}",),
    ("GET", "/audits"): ("GET /programme", "GET /commands"),
    ("GET", "/themes"): ("GET /themes",),
    ("GET", "/record"): ("GET /record", "GET /record/verification"),
    ("POST", "/record/verify"): ("POST /record/verify",),
    ("POST", "/record/head"): ("POST /record/head",),
    ("POST", "/record/held"): ("POST /record/held",),
    ("POST", "/record/pack"): ("POST /record/pack",),
    ("GET", "/reminders"): ("GET /reminders",),
    ("GET", "/reminders/coming"): ("GET /reminders/coming",),
    ("GET", "/remarks"): ("GET /remarks", "GET /commands"),
    ("GET", "/directory"): ("GET /directory", "GET /commands"),
    ("GET", "/plans"): ("GET /plans", "GET /commands"),
    ("GET", "/meetings"): ("GET /meetings", "GET /commands"),
    ("GET", "/meetings/next"): ("GET /meetings/next",),
    ("GET", "/meetings/{ref}"): ("GET /meetings/{ref}", _COMMANDS),
    ("GET", "/changes"): ("GET /changes",),
    # How far dates have moved and how much each role leads are counted from the lines.
    ("GET", "/charts"): ("GET /colours", "GET /board", "GET /themes"),
    ("GET", "/replay"): ("GET /replay",),
    ("GET", "/evidence/{ref}/file"): ("GET /evidence/{ref}/file",),
    # The fields of a form are those of the command, which the description of the API tells.
    ("GET", "/do/{category}/{verb}"): ("GET /commands", _COMMANDS, "GET /openapi.json"),
    ("POST", "/do/{category}/{verb}"): (
        "POST /commands/{category}/{verb}",
        "POST /things/{ref}/evidence",
    ),
    ("POST", "/import"): ("POST /import/dry-run",),
    ("POST", "/import/check"): ("POST /import/dry-run",),
    ("POST", "/import/store"): ("POST /import",),
    # Given again with its key, an import is answered with what it stored.
    ("GET", "/import/{command}"): ("POST /import",),
    # The entry of oneself names what is switched off.
    ("GET", "/you/digests"): ("GET /directory",),
    ("POST", "/you/digests/{digest}"): (
        "POST /commands/person/switch-off-digest",
        "POST /commands/person/switch-on-digest",
    ),
    ("GET", "/calendar/{token}.ics"): ("GET /needs",),
    ("GET", "/{ref}"): (*_THING, "GET /things/{ref}/evidence"),
    ("GET", "/{audit}/{part}"): _THING,
}
"""By which routes a program asks for what a page shows, or does what it does."""


def asked_in(routes: Iterable[BaseRoute]) -> set[Asked]:
    """Return how somebody asks for the routes of a table; looking at headers alone is left out."""
    return {
        (method, route.path)
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }


def not_accounted_for(routes: Iterable[BaseRoute]) -> list[str]:
    """Return what is wrong with what stands here, one thing each; nothing where all is well."""
    asked = asked_in(routes)
    pages = {one for one in asked if not one[1].startswith(f"{API}/")}
    there = {f"{method} {path.removeprefix(API)}" for method, path in asked - pages}
    every_command = {"POST /commands/{category}/{verb}"}
    said = SAME.keys() | WHY_NOT.keys()
    gone = sorted(set().union(*SAME.values()) - there - every_command)
    return [
        *(f"{method} {path} has no counterpart" for method, path in sorted(pages - said)),
        *(f"{method} {path} is no page any more" for method, path in sorted(said - pages)),
        *(
            f"{method} {path} is said twice"
            for method, path in sorted(SAME.keys() & WHY_NOT.keys())
        ),
        *(f"{one} is no route for programs" for one in gone),
    ]
