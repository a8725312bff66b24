"""What a verification of the record came to, as plain values: for scripts and programs."""

from __future__ import annotations

from collections.abc import Sequence

from events.checkpoint import fingerprint
from events.fault_finding import Fault
from events.origins import Continuation
from interfaces.head_signing import reach_as_json
from interfaces.models_compared import differing_as_json
from interfaces.verified import Verified
from projections.projection import Row


def verified_as_json(found: Verified) -> Row:
    """Say what a verification came to."""
    verdict = found.verdict
    fault, root = verdict.fault, verdict.root
    return {
        "holds": found.holds,
        "origin": verdict.origin,
        "size": verdict.size,
        "root": root.hex() if root else None,
        "fingerprint": fingerprint(root) if root else None,
        "erased": verdict.erased,
        "fault": _fault(fault) if fault else None,
        "files": {
            "kept": verdict.files.kept,
            "faults": [_fault(one) for one in verdict.files.faults],
        },
        "extends": found.extends,
        "given": found.given.size if found.given else None,
        "continued": _continued(verdict.continued),
        "held": found.reach.as_json() if found.reach else None,
        "signed": reach_as_json(verdict.size, found.before, found.signature)
        if verdict.holds
        else None,
        "guards": list(found.guards),
        "read_models": None
        if found.models is None
        else {
            "hold": not found.models,
            "mismatches": differing_as_json(found.models),
        },
    }


def _fault(fault: Fault) -> Row:
    return {"position": fault.position, "what": fault.what}


def _continued(continued: Sequence[Continuation]) -> list[Row]:
    """Say where it lost entries. `at`: the entry that says so; `kept`: the entries before it."""
    return [
        {
            "at": one.position,
            "origin": one.origin,
            "kept": one.kept,
            "old_origin": one.old_origin,
            "old_size": one.old_size,
            "old_root": one.old_root.hex(),
        }
        for one in continued
    ]
