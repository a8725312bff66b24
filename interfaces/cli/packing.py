"""`goldthread pack`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from events.checkpoint import record_line
from events.refs import quoted
from interfaces.cli.moment_options import AsJson
from interfaces.cli.opening import partnership_of
from interfaces.cli.showing import write, write_json
from interfaces.naming import existing
from interfaces.proof.contents import PACKED
from interfaces.proof.keeping import keeping_of
from interfaces.proof.packing import Asked, Packed, pack
from interfaces.proof.withholding import withholding_of
from projections.projection import Row


def pack_up(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help="An audit: AU3. Or R7, A12, P1.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The pack, a zip file.")],
    withhold: Annotated[
        str,
        typer.Option(
            metavar="KINDS",
            help="Texts to leave out: names, narratives, all, or fields, with commas between.",
        ),
    ] = "",
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", metavar="FILE", help="An earlier signed head; the pack proves it is kept."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Pack everything about an audit, with proofs that anybody can check without this program.

    The head of the record is signed for it. Names that people wrote inside longer texts are not
    found by --withhold names: withhold narratives as well where such texts must not be shown.
    """
    with partnership_of(ctx) as partnership:
        view = partnership.view()
        found = existing(ref, PACKED, view, "REF")
        asked = Asked(
            found,
            partnership.settings.partnership.name,
            partnership.clock(),
            withholding_of([word for word in withhold.split(",") if word.strip()]),
            since.read_bytes().decode(errors="replace") if since is not None else None,
        )
        packed = pack(partnership.log, view, keeping_of(partnership), asked, out)
    if as_json:
        write_json(_as_json(packed, found, out))
    else:
        write(*_told(packed, found, out))


def _histories(count: int) -> str:
    return "1 history" if count == 1 else f"{count} histories"


def _told(packed: Packed, ref: str, out: Path) -> list[str]:
    since = packed.since
    extends = []
    if since is not None:
        extends = [f"It proves that the record extends {record_line(since.size, since.root)}."]
    texts = f"Texts: {packed.shown} shown, {packed.withheld} withheld, {packed.erased} erased"
    warning = "Read it before you hand it over: longer texts can hold people's names."
    return [
        f"Packed {quoted(ref)}: {out}",
        f"Entries: {packed.entries}, in {_histories(packed.things)}. {texts}.",
        *extends,
        *([warning] if packed.shown else []),
        f"Whoever gets it checks it with: python verify_pack.py {out.name}",
        record_line(packed.head.size, packed.head.root),
    ]


def _as_json(packed: Packed, ref: str, out: Path) -> Row:
    return {
        "ref": quoted(ref),
        "written_to": str(out),
        "size": packed.head.size,
        "root": packed.head.root.hex(),
        "record": record_line(packed.head.size, packed.head.root),
        "since": packed.since.size if packed.since is not None else None,
        "entries": packed.entries,
        "things": packed.things,
        "shown": packed.shown,
        "withheld": packed.withheld,
        "erased": packed.erased,
    }
