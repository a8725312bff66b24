"""One made-up event of every type, with every field filled in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from events.catalogue import Event
from events.recorded import Draft, Provenance, StoredRow, seal

EXAMPLES = {
    "as_written": "30 September 2025",
    "calendar": "england 2025-03-01",
    "fields": "note",
    "key_lines_of_enquiry": "Do children know who their worker is? Do workers know each other?",
    "no_evidence_reason": "The attendance lists were not kept.",
    "no_re_audit_reason": "The pathway ends this year.",
    "partnership": "The Example Safeguarding Children Partnership",
    "progress": "The material is written; the rooms are booked.",
    "reply": "550 5.1.1 No such mailbox here",
    "sample": "Twelve children, four from each agency.",
    "source": "A letter of the inspectorate after its visit.",
    "terms_of_reference": "How agencies share what they know in the first week.",
    "alias": "Head of Example Services",
    "authority": "The executive, at its meeting of the last day of March.",
    "difference_made": "Fewer children waited longer than a week.",
    "document": "example-plan.csv",
    "email": "lead@example.org",
    "evidence": "A list of those who attended – see appendix “B”.",
    "name": "The first example",
    "note": "Two of three teams have done it; the third is booked for May.",
    "reason": "The trainer fell ill, and no other was to be had.",
    "sent_to": "chair@example.org",
    "success_measure": "Nine of ten practitioners say that they know the pathway.",
    "text": "Agencies hold a joint workshop on the new pathway, and repeat it each year.",
    "title": "Everybody knows the pathway",
    "what_we_did": "We held the workshop twice.\nEvery agency came – 84 people in all.",
}
PATTERNS = {
    "^[a-z0-9][a-z0-9 '-]{0,59}$": "early help",
    "^<[^<>\\s]{1,200}>$": "<0123456789abcdef@example.org>",
    "^[a-z0-9.-]+(/[A-Za-z0-9._-]+)+$": "example.org/record",
    "^[0-9a-f]{64}$": "0123456789abcdef" * 4,
    "^[a-z0-9][a-z0-9_.+-]{0,39}$": "lead-20",
    "^audit-[1-9][0-9]{0,9}/finding-[1-9][0-9]{0,4}$": "audit-3/finding-2",
    "^audit-[1-9][0-9]{0,9}/clock-[1-9][0-9]{0,4}$": "audit-3/clock-1",
    "^[a-z][a-z0-9_]{0,59}$": "rapid_review",
    "^((action|recommendation|audit|person|role|subgroup)-[1-9][0-9]{0,9}"
    "|audit-[1-9][0-9]{0,9}/clock-[1-9][0-9]{0,4})$": "action-12",
    "^((action|agency|audit|email|evidence|log|meeting|person|plan|recommendation|remark"
    "|role|subgroup)-[1-9][0-9]{0,9}"
    "|audit-[1-9][0-9]{0,9}/(finding|clock)-[1-9][0-9]{0,4})$": "action-12",
    "^(action|recommendation)-[1-9][0-9]{0,9}$": "action-12",
    "^(role|subgroup|agency)-[1-9][0-9]{0,9}$": "subgroup-2",
}
REFERENCE_ENDS = "-[1-9][0-9]{0,9}$"


def sample(cls: type[Event]) -> Event:
    """Return the example of an event type."""
    schema = cls.model_json_schema()
    return cls.model_validate(_value("", schema, schema.get("$defs", {})))


def sealed(event: Event) -> StoredRow:
    """Return an event as the log stores it, with an envelope that is always the same."""
    return seal(
        Draft("action-12", event, dt.date(2025, 3, 28)),
        Provenance("person-1", "command-1", "correlation-1", "cause-1"),
        origin="example.org/record",
        position=20,
        version=3,
        recorded_at="2025-03-31T12:00:00.123456Z",
        event_id="0195ec5e-1d80-7000-8000-000000000001",
    )


def _value(name: str, schema: dict[str, Any], models: dict[str, Any]) -> Any:  # noqa: ANN401
    match schema:
        case {"$ref": str(place)}:
            return _value(name, models[place.rpartition("/")[2]], models)
        case {"anyOf": [option, *_]}:
            return _value(name, option, models)
        case {"enum": [first, *_]}:
            return first
        case {"type": "object", "properties": fields}:
            return {field: _value(field, part, models) for field, part in fields.items()}
        case {"type": "object"}:
            return {}
        case {"type": "array", "items": items}:
            return [_value(name, items, models)]
        case {"type": "integer"}:
            return schema.get("default", 60 if name == "review_every_days" else 2)
        case {"type": "string", "format": "date"}:
            return "2025-09-30"
        case {"type": "string", "pattern": str(pattern)}:
            return _matching(pattern)
        case {"type": "string"}:
            return EXAMPLES.get(name, "Some words of no meaning.")
        case _:
            message = f"there is no example of {name}: {schema}"
            raise AssertionError(message)


def _matching(pattern: str) -> str:
    if pattern in PATTERNS:
        return PATTERNS[pattern]
    category = pattern.removeprefix("^").removesuffix(REFERENCE_ENDS)
    return f"{category}-7"
