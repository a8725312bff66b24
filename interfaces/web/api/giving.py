"""Every command of the workflow for programs: one route each, made from the command's own model."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal
from uuid import NAMESPACE_URL, uuid5

from fastapi import Header
from fastapi.responses import JSONResponse, Response

import workflow.extension_commands  # noqa: F401  Commands are registered when imported.
from events.refs import quoted
from interfaces.command_fields import subject_field
from interfaces.looking_twice import details_told
from interfaces.web.api.answers import CarriedOut
from interfaces.web.api.asking import Api, Asking
from interfaces.web.api.one_key import one_key
from interfaces.web.api.spoken_references import SpokenReferences
from interfaces.web.forms import BadForm, LooksPersonal
from interfaces.web.offering.offers import offer_of
from interfaces.web.pages.things import item_of
from interfaces.web.policies import Endpoint
from interfaces.web.seeing.sight import require_seen
from interfaces.web.visit import Visit
from workflow.command import Command, registered_commands

_VERSION: Final = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')

IdempotencyKey = Annotated[
    str,
    Header(description="Words of your own: given again with them, nothing is done twice; with"
           " something else they are refused, for 30 days.",
           max_length=200),
]  # fmt: skip
IfMatch = Annotated[
    str,
    Header(
        description="The version that you saw, from ETag; refused if it is another now.",
        json_schema_extra={"pattern": f"^({_VERSION.pattern}|[*]|)$"},
    ),
]
LookedAt = Annotated[
    Literal["", "yes"],
    Header(description="'yes' once a person has looked at what seems to be a child's details (the"
           " answer 422 of type urn:goldthread:personal-details names the fields) and wants it"
           " stored all the same."),
]  # fmt: skip

api: Final = Api()


def carry_out(visit: Visit, command: Command, key: str, seen: str) -> dict[str, Any]:
    """Carry out a command for a program. Raises a `Refusal`, `NothingHere` or `BadForm`."""
    visit.require_present()
    if command.subject is not None:
        # What is not theirs to see is not there, whatever the command.
        name = subject_field(type(command))
        item_of(visit, str(getattr(command, str(name))))
    require_seen(command, visit.now)
    with one_key(visit, scope_of(key, command), command.model_dump_json()):
        answer = visit.partnership.ledger.execute(
            command,
            actor=visit.person,
            command_id=command_id_of(key, visit.person, command),
            expected_version=_version(seen),
        )
    return {
        "ref": quoted(answer.stream),
        "version": answer.version,
        "events": answer.events,
        "repeated": answer.repeated,
    }


def _endpoint(kind: type[Command]) -> Endpoint:
    def give(
        visit: Asking,
        command: Command,
        idempotency_key: IdempotencyKey = "",
        if_match: IfMatch = "",
        looked_at: LookedAt = "",
    ) -> Response:
        told = {} if looked_at else details_told(command)
        if told:
            raise LooksPersonal(told)
        return JSONResponse(carry_out(visit, command, idempotency_key, if_match))

    give.__name__ = f"{kind.category}_{kind.verb}".replace("-", "_")
    give.__doc__ = kind.__doc__
    # FastAPI reads annotations: the body is this command's own model.
    give.__annotations__ = {**give.__annotations__, "visit": Asking,
                            "command": Annotated[kind, SpokenReferences(kind)],
                            "idempotency_key": IdempotencyKey, "if_match": IfMatch,
                             "looked_at": LookedAt, "return": Response}  # fmt: skip
    return give


for _kind in (one for one in registered_commands() if not one.with_file):
    api.post(f"/commands/{_kind.category}/{_kind.verb}", offer_of(_kind).help, CarriedOut)(
        _endpoint(_kind)
    )


def command_id_of(key: str, person: str, command: Command) -> str | None:
    """Return the id that belongs to a key: one for each person, kind of command and subject."""
    if not key:
        return None
    parts = "\n".join((key, person, command.category, command.verb, command.subject or ""))
    return str(uuid5(NAMESPACE_URL, f"goldthread:{parts}"))


def scope_of(key: str, command: Command) -> str:
    """Return a key with what it was given for; empty for none."""
    return "\n".join((key, command.category, command.verb, command.subject or "")) if key else ""


def _version(words: str) -> int | None:
    if words in {"", "*"}:
        return None
    found = _VERSION.fullmatch(words.strip())
    if found is None:
        message = 'This is no version. Give the one of the ETag, such as "3".'
        raise BadForm({"If-Match": message})
    return int(found[1])
