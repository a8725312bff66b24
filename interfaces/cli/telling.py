"""Telling what a command did, in the sentences of the timeline."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from events.refs import LETTERS, quoted
from interfaces.advising import advice_as_json
from interfaces.bootstrap import Partnership
from interfaces.cli.showing import write, write_json
from projections.ledger import LedgerAnswer
from projections.timeline import Told, tell
from workflow.smart import Advice

_STREAM: Final = re.compile(
    rf"\b(?:{'|'.join(LETTERS)})-[1-9][0-9]*(?:/(?:finding|clock)-[1-9][0-9]*)?\b"
)


class Remarks(NamedTuple):
    """What is said beside an answer, and stops nothing."""

    advice: tuple[Advice, ...] = ()
    warnings: tuple[str, ...] = ()


def tell_answer(
    answer: LedgerAnswer, partnership: Partnership, remarks: Remarks, *, as_json: bool
) -> None:
    """Show what became of a command."""
    told = _told(answer, partnership)
    if as_json:
        write_json(
            {
                "ref": quoted(answer.stream),
                "stream": answer.stream,
                "version": answer.version,
                "repeated": answer.repeated,
                "events": [
                    {
                        "version": one.recorded.version,
                        "type": one.recorded.event.type_name,
                        "sentence": quoting(one.sentence),
                    }
                    for one in told
                ],
                "advice": advice_as_json(remarks.advice),
                "warnings": list(remarks.warnings),
            }
        )
        return
    name = quoted(answer.stream)
    if answer.repeated:
        write("This was stored before under the same --command-id: nothing was stored again.")
    if not told:
        write(f"{name} (change {answer.version}): nothing to do, it is so already.")
    for one in told:
        write(f"{name} (change {one.recorded.version}): {quoting(one.sentence)}.")
    write(*remarks.warnings, *(f"Advice: {one.message}" for one in remarks.advice))


def quoting(sentence: str) -> str:
    """Write the streams in a sentence as people quote them: A12 for action-12."""
    return _STREAM.sub(lambda found: quoted(found[0]), sentence)


def _told(answer: LedgerAnswer, partnership: Partnership) -> tuple[Told, ...]:
    before = answer.version - answer.events
    recorded = partnership.log.read_stream(answer.stream, after_version=before)
    return tuple(tell(one) for one in recorded[: answer.events])
