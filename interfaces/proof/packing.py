"""Making a proof pack: the entries of one audit, and all that shows that they are the record's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from events.canonical import Json, encode
from events.checkpoint import Checkpoint
from events.merkle import leaf_hash
from events.origins import origins_of
from events.proofs import extends, includes
from events.reading import Head, Reader
from events.signed_note import SigningKey
from events.signing import Signed, read_signed, sign_tree, signer_of
from events.tree import LogTree
from events.tree_cache import TreeDiffers, tree_of
from interfaces.proof.archive import FORMAT, VERIFIER, lines, verifier, write_archive
from interfaces.proof.contents import PackedEvent, events_of, streams_of
from interfaces.proof.readable import Facts, NamesLeftOut, readable
from interfaces.proof.refusals import NotExtendedSince
from interfaces.proof.withholding import NOTHING, TextLine, Withholding, text_lines
from projections.civil_days import civil_day
from projections.names import Names
from projections.store import View


@dataclass(frozen=True, slots=True)
class Keeping:
    """The files with which the head is signed and its tree remembered."""

    key: SigningKey
    high_water: Path
    tree_cache: Path


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be packed, when, and under which name. `since`: an earlier head, a signed note."""

    ref: str
    partnership: str
    made_at: dt.datetime
    withholding: Withholding = NOTHING
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """What a pack came to: the head that it was made under, and how much is in it."""

    head: Checkpoint
    since: Checkpoint | None
    entries: int
    things: int
    shown: int
    withheld: int
    erased: int


def pack(log: Reader, view: View, keeping: Keeping, asked: Asked, out: Path) -> Packed:
    """Sign the head, and write the pack of one thing and all that came from it.

    Raises `NotFound`, `HistoryRewritten`, `NotExtendedSince`, `TextMissing`, `TreeDiffers`,
    `LeavesMissing`, `NoteRefused` or `NotACheckpoint` for `since`, `OSError`.
    """
    streams = streams_of(view, asked.ref)
    since = _since(log, keeping, asked)
    signed = _signed(log, keeping, afresh=False)
    if since is not None and origins_of(log).place_of(since) != "within":
        raise NotExtendedSince(since, signed.head)
    events = events_of(log, streams, signed.head.size)
    texts = [*text_lines(events, asked.withholding.fields)]
    try:
        proofs = _proofs(signed, events, since)
    except TreeDiffers:
        # What was remembered of the tree was damaged where its root does not show it.
        signed = _signed(log, keeping, afresh=True)
        events = events_of(log, streams, signed.head.size)
        proofs = _proofs(signed, events, since)
    facts = Facts(
        asked.partnership,
        asked.ref,
        signed.head,
        keeping.key.verifier.to_text(),
        asked.made_at,
        since,
        asked.withholding.names,
    )
    names = (NamesLeftOut if asked.withholding.names else Names)(view, civil_day(asked.made_at))
    told = readable(events, texts, names, facts)
    contents = {
        "README.txt": told["README.txt"].encode(),
        "history.html": told["history.html"].encode(),
        "pack.json": lines([encode({"format": FORMAT, "subject": asked.ref})]),
        "events.jsonl": lines(event.body for event in events),
        "texts.jsonl": lines(line.to_bytes() for line in texts),
        **proofs,
        "checkpoint.txt": signed.note.encode(),
        "key.txt": lines([keeping.key.verifier.to_text().encode()]),
        **({"since.txt": asked.since.encode()} if asked.since is not None else {}),
        VERIFIER: verifier(),
    }
    write_archive(out, contents, asked.made_at)
    return _packed(signed.head, since, events, texts)


def _since(log: Reader, keeping: Keeping, asked: Asked) -> Checkpoint | None:
    if asked.since is None:
        return None
    signer = signer_of(asked.since, keeping.key.verifier, origins_of(log))
    return read_signed(asked.since, signer)


def _signed(log: Reader, keeping: Keeping, *, afresh: bool) -> Signed:
    def tree_at(head: Head) -> LogTree:
        whole = (head.size, head.frontier.root())
        return tree_of(log, whole, keeping.tree_cache, afresh=afresh)

    return sign_tree(log, keeping.key, keeping.high_water, tree_at)


def _proofs(
    signed: Signed, events: Sequence[PackedEvent], since: Checkpoint | None
) -> dict[str, bytes]:
    """Return the files of proofs, each held against the signed root. Raises `TreeDiffers`."""
    head, tree = signed.head, signed.tree
    proofs = tree.inclusion_proofs([event.position - 1 for event in events])
    rows = []
    for event, proof in zip(events, proofs, strict=True):
        leaf = leaf_hash(event.body)
        if not includes(leaf, event.position - 1, head.size, proof, head.root):
            raise TreeDiffers(head.size)
        rows.append(encode({"position": event.position, "proof": _in_hex(proof)}))
    found = {"proofs.jsonl": lines(rows)}
    if since is not None:
        proof = _extending(tree, since, head)
        found["consistency.json"] = lines([encode({"proof": _in_hex(proof)})])
    return found


def _extending(tree: LogTree, since: Checkpoint, head: Checkpoint) -> list[bytes]:
    if since.size > head.size:
        raise NotExtendedSince(since, head)
    proof = tree.consistency_proof(since.size)
    if not extends((since.size, since.root), (head.size, head.root), proof):
        raise NotExtendedSince(since, head)
    return proof


def _in_hex(proof: Sequence[bytes]) -> list[Json]:
    return [node.hex() for node in proof]


def _packed(
    head: Checkpoint,
    since: Checkpoint | None,
    events: Sequence[PackedEvent],
    texts: Sequence[TextLine],
) -> Packed:
    return Packed(
        head,
        since,
        len(events),
        len({event.record["stream"] for event in events}),
        sum(len(line.shown) for line in texts),
        sum(len(line.withheld) for line in texts),
        sum(len(line.erased) for line in texts),
    )
