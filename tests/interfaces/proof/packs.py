"""Packs to look at: a small audit with a finding, a recommendation and an action, and its pack."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from typing_extensions import override

from events.action import ActionCreated, ActionProgressNoted, TargetDateMoved
from events.audit import AuditKind, AuditPlanned, FindingAgreed, FindingDrafted, FindingKind
from events.recommendation import RecommendationAccepted, RecommendationProposed
from events.values import Precision, TargetDate
from interfaces.bootstrap import opened
from interfaces.settings_reading import read_settings
from tests.interfaces.running import CommandLine

PROVED = (
    "checkpoint.txt",
    "consistency.json",
    "events.jsonl",
    "key.txt",
    "pack.json",
    "proofs.jsonl",
    "since.txt",
    "texts.jsonl",
)
"""The files of a pack of which every byte is proved."""

SECRET = "Ten of <b>twenty</b> files were read with A. Child’s mother\x1b[2J"
MAY = dt.date(2025, 5, 31)


def target(day: dt.date) -> TargetDate:
    """Return a target date that was written as a day."""
    written = day.strftime("%d.%m.%Y")
    return TargetDate(
        as_written=written, precision=Precision.DAY, earliest=day, latest=day, due=day
    )


def an_audit(cli: CommandLine) -> None:
    """Write an audit with all that came from it, among other things."""
    settings = read_settings(cli.config, {"GOLDTHREAD_DATABASE__URL": cli.url})
    with opened(settings, cli.clock) as partnership:
        with partnership.ledger.transaction(actor="person-1") as writing:
            audit = AuditPlanned(kind=AuditKind.AUDIT, title="Front door & thresholds")
            kind = FindingKind.AREA_FOR_DEVELOPMENT
            finding = FindingDrafted(finding=1, kind=kind, text="Answers are slow")
            writing.append("audit-1", 0, [audit, finding, FindingAgreed(finding=1)])
            writing.append("audit-2", 0, [AuditPlanned(kind=AuditKind.AUDIT, title="Neglect")])
            proposed = RecommendationProposed(
                text="Answer within a day", audit="audit-1", findings=("audit-1/finding-1",)
            )
            writing.append("recommendation-1", 0, [proposed])
            writing.append(
                "recommendation-2", 0, [RecommendationProposed(text="Another one", audit="audit-2")]
            )
        with partnership.ledger.transaction(actor="person-2") as writing:
            created = ActionCreated(
                text="Train all",
                lead_roles=("role-3",),
                target=target(MAY),
                answers=("recommendation-1",),
            )
            writing.append("action-1", 0, [created, ActionProgressNoted(note=SECRET)])
            writing.append("recommendation-1", 1, [RecommendationAccepted(decided_by="role-2")])
            moved = TargetDateMoved(target=target(dt.date(2025, 6, 30)), reason="Exams in May")
            writing.append("action-1", 2, [moved])


def packed(cli: CommandLine, *options: str) -> Path:
    """Pack the audit."""
    out = cli.folder / "pack.zip"
    cli.done("pack", "AU1", "--out", str(out), *options)
    return out


class Files(dict[str, bytes]):
    """The files of a pack by name; shown in few words, since tests print what they were given."""

    @override
    def __repr__(self) -> str:
        return f"<the {len(self)} files of a pack>"


def files_of(pack: Path) -> Files:
    """Return the files of a pack by name."""
    with zipfile.ZipFile(pack) as archive:
        return Files({name: archive.read(name) for name in archive.namelist()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file of some files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()
