"""What an answer has to be, beyond the checks that schemathesis brings."""

from __future__ import annotations

import re
from typing import Any, Final

import schemathesis
from schemathesis import Case, CheckContext, Response
from schemathesis.core.failures import Failure

CHECKS: Final = {
    # That it is described well does not mean that the workflow takes it: that is 422, too, and
    # what else 422 means is held by a check of our own.
    "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 422]},
    "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 409, 415, 422]},
}


_OF_DAYS: Final = re.compile("is too (early|late). Give a day")


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
    # JSON Schema has no words for between which days a day may lie.
    of_days = [words for words in problem["fields"].values() if _OF_DAYS.search(words)]
    return problem["title"] == "Cannot be read" and len(of_days) < len(problem["fields"])


def close(description: dict[str, Any]) -> None:
    """Let nothing be in an answer that is not described, though its readers have to bear it."""
    for told in description["components"]["schemas"].values():
        if "properties" in told:
            told.setdefault("additionalProperties", False)
