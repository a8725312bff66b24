"""What an answer has to be, beyond the checks that schemathesis brings."""

from __future__ import annotations

import re
from typing import Any, Final

import schemathesis
from schemathesis import Case, CheckContext, Response
from schemathesis.core.failures import Failure

from workflow.given_values import SAYS_SOMETHING

CHECKS: Final = {
    # That it is described well does not mean that the workflow takes it: that is 422, too, and
    # what else 422 means is held by a check of our own.
    "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 422]},
    "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 409, 415, 422]},
}


_BEYOND: Final = re.compile(
    "is too (early|late). Give a day|it is empty|stands for nothing|turns the direction"
)


class Unread(Failure):
    """What is as the description says could not be read."""


@schemathesis.check
def what_is_as_described_can_be_read(
    _context: CheckContext, response: Response, case: Case[Any]
) -> bool | None:
    """Hold the description to say all that makes a request unreadable."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return None
    if response.status_code == 400 or (response.status_code == 422 and _is_unread(response.json())):
        raise Unread(
            operation=case.operation.label, title=str(Unread.__doc__), message=response.text
        )
    return None


def _is_unread(problem: dict[str, Any]) -> bool:
    # JSON Schema has no words for between which days a day may lie; of blanks, see `adapt`.
    beyond = [words for words in problem["fields"].values() if _BEYOND.search(words)]
    return problem["title"] == "Cannot be read" and len(beyond) < len(problem["fields"])


def adapt(description: dict[str, Any]) -> None:
    """Let nothing be in an answer that is not described, though its readers have to bear it.

    That a text is more than blanks, and holds no character that stands for nothing and no sign that
    turns the direction of writing, is left out: to draw texts by a pattern takes far longer.
    """
    for told in description["components"]["schemas"].values():
        if "properties" in told:
            told.setdefault("additionalProperties", False)
    _forget_blanks(description)


def _forget_blanks(told: object) -> None:
    if isinstance(told, dict):
        if told.get("pattern") == SAYS_SOMETHING.pattern:
            del told["pattern"]
        for part in told.values():
            _forget_blanks(part)
    elif isinstance(told, list):
        for part in told:
            _forget_blanks(part)
