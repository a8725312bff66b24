"""Signed notes with Ed25519: a text, and below it who signed it. See https://c2sp.org/signed-note.

The signing key lives in a file of its own outside the database; the verifier key is a line of text
that anybody may have.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_DASH = "\N{EM DASH} "
_KEY_FORM = "PRIVATE+KEY+"
_ID_BYTES = 4
_KEY_BYTES = 32
_MOST_SIGNATURES = 100


class NoteRefused(ValueError):
    """A signed note is not to be believed, or not a signed note at all."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"This signed note is not to be believed: {what}.")


class NotAKey(ValueError):
    """A text is not the key that it should be."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"This key cannot be used: {what}. Copy it again, whole and on one line.")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name and a public key: enough to know that a note was signed by whoever has the other half.

    Written `<name>+<key id in hexadecimal>+<base 64 of 0x01 and the 32 bytes of the key>`.
    """

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)[:4]`."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID_BYTES]

    def to_text(self) -> str:
        """Return the one line in which the key is handed out."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def of_text(cls, text: str) -> VerifierKey:
        """Read the line. Raises `NotAKey`."""
        name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        key = cls(_read_name(name), _read_key_bytes(encoded))
        if key.key_id.hex() != key_id:
            raise NotAKey("its name, its id and its bytes do not belong together")
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A name and a private key. Written `PRIVATE+KEY+<name>+<key id>+<base 64>`, in a file."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        """Make a new key. Raises `NotAKey` for a name that a note cannot hold."""
        return cls(_read_name(name), Ed25519PrivateKey.generate())

    @property
    def verifier(self) -> VerifierKey:
        """Return the half that anybody may have."""
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def save(self, path: Path) -> None:
        """Write the key to a new file that its owner alone may read (mode 0600).

        Raises `FileExistsError`: a key is never written over.
        """
        secret = _base64(_ED25519 + self.private.private_bytes_raw())
        line = f"{_KEY_FORM}{self.name}+{self.verifier.key_id.hex()}+{secret}\n"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def load(cls, path: Path) -> SigningKey:
        """Read the key from its file. Raises `NotAKey`, or `OSError` when it cannot be read."""
        text = path.read_text(encoding="utf-8").strip()
        if not text.startswith(_KEY_FORM):
            raise NotAKey(f"{path} holds no signing key")
        name, _, rest = text.removeprefix(_KEY_FORM).partition("+")
        key_id, _, encoded = rest.partition("+")
        private = Ed25519PrivateKey.from_private_bytes(_read_key_bytes(encoded))
        key = cls(_read_name(name), private)
        if key.verifier.key_id.hex() != key_id:
            raise NotAKey(f"the name, the id and the bytes in {path} do not belong together")
        return key

    def sign(self, text: str) -> str:
        """Return the note: the text, a blank line, one signature. `text` ends with a newline."""
        _require_text(text)
        signature = self.verifier.key_id + self.private.sign(text.encode())
        return f"{text}\n{_DASH}{self.name} {_base64(signature)}\n"


def open_note(note: str, verifier: VerifierKey) -> str:
    """Return the text of a note that was signed with the verifier's other half.

    Signatures of other keys are left alone. Raises `NoteRefused`.
    """
    text, blank, signatures = note.rpartition("\n\n")
    text += "\n"
    if not blank:
        raise NoteRefused("it holds no signature")
    _require_text(text)
    for line in _signature_lines(signatures):
        name, signature = _read_signature(line)
        if (name, signature[:_ID_BYTES]) == (verifier.name, verifier.key_id):
            _require_signature(text, signature[_ID_BYTES:], verifier)
            return text
    raise NoteRefused(f"it is not signed by {verifier.name} with the key at hand")


def _require_text(text: str) -> None:
    if not text.strip("\n") or not text.endswith("\n"):
        raise NoteRefused("its text is empty, or not ended by a newline")
    if any(character < " " and character != "\n" for character in text):
        raise NoteRefused("its text holds a control character")


def _require_signature(text: str, signature: bytes, verifier: VerifierKey) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature, text.encode())
    except InvalidSignature as problem:
        raise NoteRefused("its text is not the one that was signed") from problem


def _signature_lines(signatures: str) -> list[str]:
    if not signatures.endswith("\n"):
        raise NoteRefused("its last line was cut short")
    lines = signatures[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise NoteRefused(f"it holds more than {_MOST_SIGNATURES} signatures")
    return lines


def _read_signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not _is_name(name):
        raise NoteRefused(f"'{line}' is not a signature")
    try:
        signature = base64.b64decode(encoded, validate=True)
    except binascii.Error as problem:
        raise NoteRefused(f"'{line}' is not a signature") from problem
    if len(signature) <= _ID_BYTES:
        raise NoteRefused(f"'{line}' is not a signature")
    return name, signature


def _read_name(name: str) -> str:
    if not _is_name(name):
        raise NotAKey(f"'{name}' is no name for a key: it takes some letters without spaces or '+'")
    return name


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and name.isprintable() and name.split() == [name]


def _read_key_bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as problem:
        raise NotAKey("its last part is not base 64") from problem
    if len(key) != 1 + _KEY_BYTES or not key.startswith(_ED25519):
        raise NotAKey("it is not an Ed25519 key")
    return key[1:]


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
