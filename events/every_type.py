"""Every event type of this release: importing this module fills the catalogue.

The types register themselves when their module is imported; whoever reads stored records needs
them all, whatever else the program has imported.
"""

from __future__ import annotations

from events import (
    action,
    audit,
    audit_clock,
    directory,
    email,
    evidence,
    meeting,
    plan,
    recommendation,
    record,
    remark,
)

MODULES = (
    action,
    audit,
    audit_clock,
    directory,
    email,
    evidence,
    meeting,
    plan,
    recommendation,
    record,
    remark,
)
"""The modules that hold event types."""
