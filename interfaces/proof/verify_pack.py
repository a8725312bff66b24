"""Check a proof pack: python verify_pack.py pack.zip [--key KEY] [--held FILE] [--show].

It needs Python 3.9 or later and the package "cryptography" (pip install cryptography), and nothing
of the program that made the pack. What it checks, to the byte, is in docs/verify.md of Goldthread.
Ends with 0 when the pack holds, with 1 when it does not, with 2 when it could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import zipfile
from typing import Any, NamedTuple, NoReturn

MOST_BYTES, MOST_LINE, MOST_ITEMS = 128 << 20, 4 << 20, 4_000_000
MOST_LINES, MOST_DEPTH, MOST_FILES, MOST_STEPS, MOST_DIRECTORY = 200_000, 64, 32, 64, 4096
NEEDED = {"checkpoint.txt", "events.jsonl", "key.txt", "pack.json", "proofs.jsonl", "texts.jsonl"}
SINCE = {"consistency.json", "since.txt"}
FOR_READING = {"README.txt", "history.html", "verify_pack.py"}
TEXTS = ("actor", "command_id", "correlation_id", "event_id", "origin", "stream", "type")
COUNTS = ("position", "schema_version", "version")
TEXT_KEYS = {"erased", "position", "shown", "withheld"}
OTHERS = ("causation_id", "commitments", "data", "effective_on", "recorded_at")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HASH = re.compile(r"[0-9a-f]{64}")
STREAM = re.compile(r"[a-z]+-[1-9][0-9]{0,9}")
SALT = re.compile(r"[0-9a-f]{32}")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
LARGEST = 2**53 - 1


class DoesNotHold(Exception):
    """The pack is not to be believed; the message says why."""


class CannotCheck(Exception):
    """Nothing can be said about the pack; the message says what to do."""


class Head(NamedTuple):
    """A signed head: whose log, how many entries, the root of their tree."""

    origin: str
    size: int
    root: bytes


class Key(NamedTuple):
    """A name and an Ed25519 public key."""

    name: str
    public: bytes


def wrong(words: str) -> NoReturn:
    """Stop: the pack does not hold."""
    raise DoesNotHold(words)


# ------------------------------------------------------------------ reading what may be hostile


def read_pack(path: str) -> dict[str, bytes]:
    """Return the files of a pack, by name, none too large."""
    try:
        require_small_directory(path)
        with zipfile.ZipFile(path) as archive:
            return read_files(archive)
    except OSError as problem:
        raise CannotCheck(f"{path} cannot be read ({problem.strerror}). Check the name.") from None
    except zipfile.BadZipFile:
        wrong("it is no zip file, or a damaged one")


def require_small_directory(path: str) -> None:
    """Look at the end of a zip file: where its list of files is long, it is not even opened."""
    with open(path, "rb") as opened:  # noqa: PTH123 - the shortest there is
        size = opened.seek(0, 2)
        opened.seek(max(0, size - 42))
        end = opened.read()
    at = end[-22:]
    if size > MOST_BYTES or at[:4] != b"PK\x05\x06" or at[-2:] != b"\0\0":
        wrong("it is no zip file, or a damaged one, or far too large")
    if end[:4] == b"PK\x06\x07" or int.from_bytes(at[12:16], "little") > MOST_DIRECTORY:
        wrong("it lists far more files than a pack holds")


def read_files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Return every file of an archive, which are those of a pack and no others."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    odd = set(names) - NEEDED - SINCE - FOR_READING
    if len(names) > MOST_FILES or len(set(names)) != len(names) or odd:
        wrong("it holds files that no pack holds, or one of them twice")
    missing = NEEDED - set(names)
    if missing or len(SINCE & set(names)) == 1:
        wrong(f"it lacks files that every pack holds: {', '.join(sorted(missing or SINCE))}")
    found, left = {}, MOST_BYTES
    for entry in entries:
        with archive.open(entry) as member:
            found[entry.filename] = member.read(left + 1)
        left -= len(found[entry.filename])
        if left < 0:
            wrong("it unpacks to far more than a pack ever holds")
    return found


def text_of(name: str, content: bytes) -> str:
    """Return a small file as text."""
    if len(content) > MOST_LINE:
        wrong(f"{name} is far too long")
    return content.decode("utf-8")


def parse(line: bytes, where: str) -> dict[str, Any]:
    """Return what one line says, which must be an object in canonical JSON (RFC 8785)."""
    if len(line) > MOST_LINE:
        wrong(f"{where} is far too long")
    value: Any = None
    again = b""
    try:
        value = json.loads(
            line.decode("utf-8"),
            parse_int=_whole_number,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
        require_allowed(value, MOST_DEPTH)
        plainly = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        again = plainly.encode("utf-8")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or again != line:
        wrong(f"{where} is not written as the record writes it: it was changed")
    return value


def _whole_number(digits: str) -> int:
    if len(digits) > len(str(-LARGEST)):
        raise ValueError(digits)
    return int(digits)


def _no_number(digits: str) -> NoReturn:
    raise ValueError(digits)


def require_allowed(value: object, depth: int) -> None:
    """Check a value deeply: no number beyond 2**53 - 1, no key outside ASCII, not too deep."""
    if depth == 0 or (type(value) is int and abs(value) > LARGEST):
        raise ValueError(depth)
    if isinstance(value, dict):
        if not all(key.isascii() for key in value):
            raise ValueError(depth)
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        require_allowed(item, depth - 1)


def lines_of(content: bytes, name: str) -> list[dict[str, Any]]:
    """Return what the lines of a file say, each an object in canonical JSON."""
    if content and not content.endswith(b"\n"):
        wrong(f"{name} was cut short")
    items = sum(map(content.count, (b"{", b"[", b",")))
    if items > MOST_ITEMS or content.count(b"\n") > MOST_LINES:
        wrong(f"{name} is far too long")
    lines = content.split(b"\n")[:-1]
    return [parse(line, f"line {at} of {name}") for at, line in enumerate(lines, start=1)]


def is_count(value: object) -> bool:
    """Tell whether a value is a whole number from 1."""
    return type(value) is int and value >= 1


def names_in(value: object, where: str) -> list[str]:
    """Return a list of texts; stop where it is anything else."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        wrong(f"{where} is malformed")
    return value


def steps_of(line: dict[str, Any], where: str, keys: set[str]) -> list[bytes]:
    """Return the hashes of a proof, which are written in hexadecimal."""
    steps = names_in(line.get("proof"), where)
    if set(line) != keys or len(steps) > MOST_STEPS or not all(map(HASH.fullmatch, steps)):
        wrong(f"{where} is not a proof")
    return [bytes.fromhex(one) for one in steps]


# --------------------------------------------------------------------------------------- the tree


def node(left: bytes, right: bytes) -> bytes:
    """Return the parent of two nodes (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def climb(at: int, last: int, nodes: list[bytes], steps: list[bytes]) -> list[bytes] | None:
    """Return where nodes come to on the way to the root (RFC 9162, 2.1.3.2 and 2.1.4.2).

    The last of `nodes` takes every step, those before it only steps from the left. None when the
    proof has another length than the tree asks for.
    """
    for step in steps:
        if last == 0:
            return None
        if at & 1 or at == last:
            nodes = [node(step, one) for one in nodes]
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            nodes = [*nodes[:-1], node(nodes[-1], step)]
        at, last = at >> 1, last >> 1
    return nodes if last == 0 else None


def is_included(body: bytes, position: int, head: Head, proof: list[bytes]) -> bool:
    """Tell whether a proof shows that a record stands at a position of the log."""
    leaf = hashlib.sha256(b"\x00" + body).digest()
    return position <= head.size and climb(position - 1, head.size - 1, [leaf], proof) == [
        head.root
    ]


def is_extended(old: Head, new: Head, proof: list[bytes]) -> bool:
    """Tell whether a proof shows that the log of one head begins with that of another."""
    if old.size in (0, new.size):
        empty = hashlib.sha256(b"").digest()
        return not proof and old.root == (new.root if old.size else empty)
    if old.size > new.size or not proof:
        return False
    steps = proof if old.size & (old.size - 1) else [old.root, *proof]
    at, last = old.size - 1, new.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    return climb(at, last, [steps[0], steps[0]], steps[1:]) == [old.root, new.root]


# --------------------------------------------------------------------------- keys and signed notes


def decoded(text: str, size: int, what: str) -> bytes:
    """Return what base 64 says, which has one spelling and one length."""
    try:
        value = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        value = b""
    if len(value) != size or base64.b64encode(value).decode() != text:
        wrong(f"{what} is damaged")
    return value


def key_id(key: Key) -> bytes:
    """Return the short name of a key, which stands in each signature."""
    return hashlib.sha256(key.name.encode() + b"\n\x01" + key.public).digest()[:4]


def read_key(line: str) -> Key:
    """Read a key as it is handed out: name, id and bytes, with a "+" between."""
    name, _, rest = line.partition("+")
    identity, _, encoded = rest.partition("+")
    found = decoded(encoded, 33, "the key")
    key = Key(name, found[1:])
    if found[:1] != b"\x01" or name.split() != [name] or key_id(key).hex() != identity:
        wrong("the key is damaged: its name, its id and its bytes do not belong together")
    return key


def read_note(note: str, keys: list[Key], name: str) -> Head:
    """Return the head that a note holds, once its signature with one of some keys is true."""
    text, _, signatures = note.rpartition("\n\n")
    lines = [line.split(" ") for line in signatures.split("\n")]
    if lines.pop() != [""] or not all(map(is_signature, lines)):
        wrong(f"{name} is not a signed note")
    for _, signer, encoded in lines:
        for key in keys:
            if signer == key.name and is_under(key, encoded):
                signature = decoded(encoded, 68, f"the signature in {name}")
                require_signature(key, signature[4:], (text + "\n").encode(), name)
                return read_head(text.split("\n"), name)
    wrong(f"{name} is not signed with the key at hand")


def is_signature(words: list[str]) -> bool:
    """Tell whether a line of a note has the form of a signature: a dash, a name, and base 64."""
    return len(words) == 3 and words[0] == "\N{EM DASH}" and all(words)  # noqa: PLR2004


def is_under(key: Key, encoded: str) -> bool:
    """Tell whether a signature begins with the id of a key, whatever follows."""
    try:
        return base64.b64decode(encoded.encode("ascii"), validate=True)[:4] == key_id(key)
    except ValueError:
        return False


def require_signature(key: Key, signature: bytes, message: bytes, name: str) -> None:
    """Check a signature."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - told if it is missing
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
    except ImportError:
        advice = 'The package "cryptography" is missing. Install it: pip install cryptography'
        raise CannotCheck(advice) from None
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        wrong(f"the signature in {name} is false: the head is not the one that was signed")


def read_head(lines: list[str], name: str) -> Head:
    """Read the lines of a checkpoint."""
    if len(lines) < len(Head._fields) or "" in lines or not SIZE.fullmatch(lines[1]):
        wrong(f"{name} holds no head")
    return Head(lines[0], int(lines[1]), decoded(lines[2], 32, f"the head in {name}"))


# ------------------------------------------------------------------------- events and their texts


class Origins:
    """Under which name the record stood at each position: it changes where a backup went on."""

    def __init__(self, events: list[dict[str, Any]], last: str) -> None:
        self.changes = [event for event in events if event["type"] == "log.continued"]
        self.first = self.changes[0]["data"].get("kept_origin") if self.changes else last
        names = [self.first, *(event["origin"] for event in self.changes)]
        kept = [event["data"].get("kept_origin") for event in self.changes]
        if kept != names[:-1] or names[-1] != last:
            wrong("it does not tell under which names the record went on")

    def keys(self, key: Key) -> list[Key]:
        """Return a key under each name that the record had, since it is named for the record."""
        names = [self.first, *(event["origin"] for event in self.changes)]
        return [Key(name, key.public) for name in names]

    def at(self, position: int) -> object:
        """Return the name that holds at a position."""
        past = [event["origin"] for event in self.changes if event["position"] <= position]
        return past[-1] if past else self.first

    def told(self) -> list[str]:
        """Say where the record went on under another name."""
        return [
            f"From entry {event['position']} on the record has the name {plain(event['origin'])}: a"
            " backup was restored then, and what came after it under the name before is lost."
            for event in self.changes
        ]


def check_event(record: dict[str, Any]) -> None:
    """Check the outer form of one record."""
    at = f"entry {record.get('position')}"
    if set(record) != {*TEXTS, *COUNTS, *OTHERS}:
        wrong(f"{at} lacks or adds something")
    commitments, data, day = record["commitments"], record["data"], record["effective_on"]
    if not (
        all(isinstance(record[name], str) for name in TEXTS)
        and STREAM.fullmatch(record["stream"])
        and all(is_count(record[name]) for name in COUNTS)
        and isinstance(record["causation_id"], (str, type(None)))
        and (day is None or (isinstance(day, str) and DATE.fullmatch(day)))
        and isinstance(record["recorded_at"], str)
        and INSTANT.fullmatch(record["recorded_at"])
        and isinstance(data, dict)
        and isinstance(commitments, dict)
        and all(isinstance(one, str) and HASH.fullmatch(one) for one in commitments.values())
        and not set(data) & set(commitments)
    ):
        wrong(f"{at} is malformed")


def check_order(events: list[dict[str, Any]], subject: object) -> None:
    """Check that entries rise, and that of each thing every entry up to its last one is there."""
    position, instant = 0, ""
    versions: dict[str, int] = {}
    of_the_record: list[dict[str, Any]] = []
    for event in events:
        stream, version, at = event["stream"], event["version"], event["position"]
        if at <= position or event["recorded_at"] < instant:
            wrong(f"entry {at} is out of order")
        position, instant = at, event["recorded_at"]
        if stream == "log-1" or event["type"].startswith("log."):
            of_the_record.append(event)
            continue
        if version != versions.get(stream, 0) + 1:
            wrong(f"an entry about {plain(stream)} before entry {at} was left out")
        versions[stream] = version
    if subject not in versions:
        wrong("it holds nothing of what it says it is about")
    check_of_the_record(of_the_record, {event["position"] for event in events})


def check_of_the_record(events: list[dict[str, Any]], positions: set[int]) -> None:
    """Check that of what the record says of itself only that is here which speaks of the pack."""
    for event in events:
        target = event["data"].get("position")
        belongs = event["type"] == "log.continued" or (
            event["type"] == "log.text_erased" and is_count(target) and target in positions
        )
        if event["stream"] != "log-1" or not belongs:
            wrong(f"entry {event['position']} does not belong into a pack")


def erasures(events: list[dict[str, Any]]) -> set[tuple[int, str]]:
    """Return which texts of which entries were erased under authority."""
    found: set[tuple[int, str]] = set()
    for event in events:
        if event["type"] == "log.text_erased":
            target, where = event["data"].get("position"), f"entry {event['position']}"
            fields = names_in(event["data"].get("fields"), where)
            if is_count(target) and target < event["position"]:
                found.update((target, field) for field in fields)
    return found


def check_texts(events: list[dict[str, Any]], lines: list[dict[str, Any]]) -> tuple[int, ...]:
    """Hold the texts against their commitments. Returns how many are shown, withheld, erased."""
    promised = [event for event in events if event["commitments"]]
    if [line.get("position") for line in lines] != [event["position"] for event in promised]:
        wrong("texts.jsonl does not speak of the entries that have texts")
    gone, counts = erasures(events), [0, 0, 0]
    for i, event in enumerate(promised):
        line, at = lines[i], event["position"]
        where = f"the line of entry {at} in texts.jsonl"
        shown = line.get("shown")
        withheld, erased = (names_in(line.get(name), where) for name in ("withheld", "erased"))
        if set(line) != TEXT_KEYS or not isinstance(shown, dict):
            wrong(f"{where} is malformed")
        if not all((at, name) in gone for name in erased):
            wrong(f"a text of entry {at} is said to be erased, but no entry here erased it")
        if sorted([*shown, *withheld, *erased]) != sorted(event["commitments"]):
            wrong(f"a text of entry {at} is neither shown nor listed as withheld or erased")
        for name, pair in shown.items():
            salt, value = (*names_in(pair, where), "", "")[:2]
            salted = (bytes.fromhex(salt) if SALT.fullmatch(salt) else b"") + value.encode("utf-8")
            if len(pair) != 2 or sha256(salted) != event["commitments"][name]:  # noqa: PLR2004
                wrong(f"the text '{name}' of entry {at} is not the one that was recorded")
        counts = [counts[0] + len(shown), counts[1] + len(withheld), counts[2] + len(erased)]
    return tuple(counts)


def sha256(value: bytes) -> str:
    """Return a hash in hexadecimal."""
    return hashlib.sha256(value).hexdigest()


def check(files: dict[str, bytes], own_key: Key | None, own_head: str | None) -> list[str]:
    """Check everything, and return what it shows, in words."""
    subject = subject_of(lines_of(files["pack.json"], "pack.json"))
    key_line = text_of("key.txt", files["key.txt"])
    key = read_key(key_line[:-1])
    if not key_line.endswith("\n") or (own_key or key).public != key.public:
        wrong("the key in the pack is not the one that you gave")
    head = read_note(text_of("checkpoint.txt", files["checkpoint.txt"]), [key], "checkpoint.txt")
    events = lines_of(files["events.jsonl"], "events.jsonl")
    for event in events:
        check_event(event)
    check_order(events, subject)
    origins = Origins(events, head.origin)
    for event in events:
        if event["origin"] != origins.at(event["position"]):
            wrong(f"entry {event['position']} comes from another record, {event['origin']}")
    keys = origins.keys(key)
    if key not in keys or (own_key or key) not in keys:
        wrong("the key is not named for this record: it is the key of another one")
    check_proofs(files, events, head)
    shown, withheld, erased = check_texts(events, lines_of(files["texts.jsonl"], "texts.jsonl"))
    since = check_since(files, keys, head, origins)
    told = f"""\
It is about {plain(subject)} of the record {plain(head.origin)}.
Entries: {len(events)}, each of which stands in that record exactly as it is here. None is left \
out between the first and the last one of each thing.
The signed head is that of {name_of(head)}.
Texts: {shown} shown, each the one that was recorded; {withheld} withheld; {erased} erased from \
the record under authority."""
    if since is not None:
        told += f"\nThe record still begins with all of {name_of(since)}."
    own = held_words(own_head, keys, head, since)
    return [
        *told.split("\n"),
        *origins.told(),
        *own,
        KEY_GIVEN if own_key is not None else KEY_IN_PACK,
    ]


def subject_of(lines: list[dict[str, Any]]) -> str:
    """Return what a pack is about."""
    about = lines[0] if len(lines) == 1 else {}
    subject = about.get("subject")
    if set(about) != {"format", "subject"} or about["format"] != "goldthread pack 1":
        wrong("it is not a pack of the form that this file can check")
    if not isinstance(subject, str):
        wrong("pack.json is malformed")
    return subject


def check_proofs(files: dict[str, bytes], events: list[dict[str, Any]], head: Head) -> None:
    """Check that the signed head covers each record, byte for byte and in its place."""
    lines = lines_of(files["proofs.jsonl"], "proofs.jsonl")
    bodies = files["events.jsonl"].split(b"\n")
    if [line.get("position") for line in lines] != [event["position"] for event in events]:
        wrong("proofs.jsonl does not speak of the entries that are there")
    for i, event in enumerate(events):
        at = event["position"]
        steps = steps_of(lines[i], f"line {i + 1} of proofs.jsonl", {"position", "proof"})
        if not is_included(bodies[i], at, head, steps):
            wrong(f"entry {at} is not the one that stands in the signed record")


def check_since(
    files: dict[str, bytes], keys: list[Key], head: Head, origins: Origins
) -> Head | None:
    """Check that the record extends the earlier head in the pack, if there is one."""
    if "since.txt" not in files:
        return None
    since = read_note(text_of("since.txt", files["since.txt"]), keys, "since.txt")
    lines = lines_of(files["consistency.json"], "consistency.json")
    proof = steps_of(lines[0] if len(lines) == 1 else {}, "consistency.json", {"proof"})
    if since.origin != origins.at(since.size) or not is_extended(since, head, proof):
        wrong("the record does not begin with what the earlier head in since.txt covers")
    return since


def held_words(note: str | None, keys: list[Key], head: Head, since: Head | None) -> list[str]:
    """Say that the record begins with the reader's own head; stop where that is not shown."""
    if note is None:
        return []
    own = read_note(note, keys, "the head that you hold")
    if own in (head, since):
        return ["The head that you hold is one of these: nothing before it was rewritten."]
    if own.size in (head.size, since.size if since else head.size):
        wrong("the record is NOT the one whose head you hold: it was written anew")
    wrong("it does not speak of the head that you hold. Ask for a pack made with --since and it")


# ----------------------------------------------------------------------------------- what is told

KEY_GIVEN = "It was signed with the key that you gave."
KEY_IN_PACK = (
    "It was signed with the key in the pack. Whether that is the record's own key this cannot show:"
    " compare key.txt with the key that you were given before, or use --key."
)
LIMITS = (
    "What this does not show: that what people recorded is true; that nothing came after the last"
    " entry that is here; that history.html says what the entries say (use --show to read these)."
)


def name_of(head: Head) -> str:
    """Return the line that names a head, as emails and reports print it."""
    digits = head.root.hex()[:16]
    return f"Record {head.size} · {' '.join(digits[at : at + 4] for at in range(0, 16, 4))}"


def plain(text: str) -> str:
    """Return a text without characters that could play tricks with a terminal."""
    shown = (one if one.isprintable() or one == "\n" else ascii(one)[1:-1] for one in text)
    return "".join(shown)


def story(files: dict[str, bytes]) -> list[str]:
    """Return the entries of a pack that holds, one after the other, with the texts shown."""
    lines = lines_of(files["texts.jsonl"], "texts.jsonl")
    texts = {line["position"]: line for line in lines}
    told = []
    for event in lines_of(files["events.jsonl"], "events.jsonl"):
        found = texts.get(event["position"], {})
        told.append(f"\n{event['recorded_at']}  entry {event['position']}  {event['stream']}")
        told.append(f"  {event['type']} by {event['actor']}")
        told += [
            f"    {name}: {json.dumps(one, ensure_ascii=False)}"
            for name, one in sorted(event["data"].items())
        ]
        told += [f"    {name}: {one[1]}" for name, one in sorted(found.get("shown", {}).items())]
        for why in ("withheld", "erased"):
            told += [f"    {name}: [{why}]" for name in found.get(why, ())]
    return [plain(line) for line in told]


def own_text(given: str, *, is_file: bool) -> str:
    """Return what the reader gave: a file's text, or, where it need not be a file, the words."""
    try:
        with open(given, "rb") as opened:  # noqa: PTH123 - the shortest there is
            return opened.read(MOST_LINE).decode("utf-8")
    except (OSError, ValueError):
        if is_file:
            raise CannotCheck(f"{given} cannot be read. Check the name.") from None
        return given


def own_key(given: str) -> Key:
    """Read the key that the reader gave, as a line or as a file with it."""
    try:
        return read_key(own_text(given, is_file=False).strip())
    except DoesNotHold as problem:
        advice = "Copy it again, whole and on one line"
        raise CannotCheck(f"The key that you gave cannot be used: {problem}. {advice}.") from None


def main(arguments: list[str] | None = None) -> int:
    """Check the pack that is named, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check a proof pack of Goldthread.")
    parser.add_argument("pack", help="the pack, a zip file")
    parser.add_argument("--key", help="the record's key as you know it: a line, or a file with it")
    parser.add_argument("--held", metavar="FILE", help="a signed head that you kept")
    parser.add_argument("--show", action="store_true", help="also print the proved entries")
    asked = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    code, told = found_in(asked)
    sys.stdout.write("\n".join(told) + "\n")
    return code


def found_in(asked: argparse.Namespace) -> tuple[int, list[str]]:
    """Return the exit code, and what to say about a pack."""
    try:
        key = own_key(asked.key) if asked.key else None
        head = own_text(asked.held, is_file=True) if asked.held else None
        files = read_pack(asked.pack)
        shown = [f"- {line}" for line in check(files, key, head)]
        return 0, ["THE PACK HOLDS.", *shown, LIMITS, *(story(files) if asked.show else [])]
    except CannotCheck as problem:
        return 2, [f"NOTHING WAS CHECKED. {problem}"]
    except DoesNotHold as problem:
        return 1, [f"THE PACK DOES NOT HOLD: {plain(str(problem))}.", ADVICE]
    except Exception as problem:  # noqa: BLE001 - a hostile file can break a library in many ways
        kind = type(problem).__name__
        return 1, [f"THE PACK DOES NOT HOLD: it cannot be read ({kind}).", ADVICE]


ADVICE = (
    "Do not rely on anything in it. Ask whoever gave it to you for a fresh copy; if that does not"
    " hold either, tell the partnership's independent scrutineer."
)

if __name__ == "__main__":
    sys.exit(main())
