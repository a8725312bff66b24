from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from events.signed_note import NotAKey, NoteRefused, SigningKey, VerifierKey, open_note

NAME = "example.org/record"
TEXT = "A line.\n\nAnother – after an empty one.\n"
# The first test vector of RFC 8032, 7.1.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
KEY = SigningKey(NAME, Ed25519PrivateKey.from_private_bytes(SECRET))
OTHER = SigningKey(NAME, Ed25519PrivateKey.from_private_bytes(bytes(32)))


def base64_of(value: bytes) -> str:
    return base64.b64encode(value).decode()


class TestNote:
    def test_a_note_is_the_text_a_blank_line_and_a_signature_of_exactly_the_text(self) -> None:
        note = KEY.sign(TEXT)
        text, _, line = note.rpartition("\n\n")
        assert text + "\n" == TEXT
        assert line.startswith(f"— {NAME} ")
        assert line.endswith("\n")
        signature = base64.b64decode(line.split(" ")[2])
        key_id = sha256(NAME.encode() + b"\x0a\x01" + PUBLIC).digest()[:4]
        assert signature[:4] == key_id
        Ed25519PublicKey.from_public_bytes(PUBLIC).verify(signature[4:], TEXT.encode())

    def test_a_note_opens_with_the_verifier_key(self) -> None:
        assert open_note(KEY.sign(TEXT), KEY.verifier) == TEXT

    def test_signatures_of_other_keys_are_left_alone(self) -> None:
        note = KEY.sign(TEXT)
        cosigned = OTHER.sign(TEXT) + note.rpartition("\n\n")[2]
        assert open_note(cosigned, KEY.verifier) == TEXT
        assert open_note(cosigned, OTHER.verifier) == TEXT

    def test_every_flipped_bit_of_the_text_or_signature_is_noticed(self) -> None:
        note = KEY.sign("Short.\n").encode()
        for at in range(len(note)):
            for bit in range(8):
                tampered = bytearray(note)
                tampered[at] ^= 1 << bit
                with pytest.raises((NoteRefused, UnicodeDecodeError)):
                    open_note(tampered.decode(), KEY.verifier)

    @pytest.mark.parametrize(
        ("note", "what"),
        [
            ("", "no signature"),
            ("Text.\n", "no signature"),
            (KEY.sign(TEXT)[:-1], "cut short"),
            (KEY.sign(TEXT).replace("— ", "- "), "not a signature"),
            (TEXT + "\n— \n", "not a signature"),
            (TEXT + f"\n— {NAME} ***\n", "not a signature"),
            (TEXT + f"\n— {NAME} AAAA\n", "not a signature"),
            (TEXT + f"\n— a+b {base64_of(bytes(68))}\n", "not a signature"),
            ("\n\n\n" + KEY.sign(TEXT).rpartition("\n\n")[2], "is empty"),
            ("Tab\there.\n\n" + KEY.sign(TEXT).rpartition("\n\n")[2], "control character"),
            (TEXT + "\n" + KEY.sign(TEXT).rpartition("\n\n")[2] * 101, "more than 100"),
        ],
    )
    def test_what_is_not_a_signed_note_is_refused(self, note: str, what: str) -> None:
        with pytest.raises(NoteRefused, match=what):
            open_note(note, KEY.verifier)

    def test_a_note_of_somebody_else_is_refused(self) -> None:
        with pytest.raises(NoteRefused, match="not signed by"):
            open_note(OTHER.sign(TEXT), KEY.verifier)

    @pytest.mark.parametrize("text", ["", "\n", "No newline.", "A bell.\a\n"])
    def test_a_text_that_a_note_cannot_hold_is_not_signed(self, text: str) -> None:
        with pytest.raises(NoteRefused):
            KEY.sign(text)


class TestKeys:
    def test_a_verifier_key_is_one_line(self) -> None:
        key_id = sha256(NAME.encode() + b"\n\x01" + PUBLIC).hexdigest()[:8]
        line = f"{NAME}+{key_id}+{base64_of(bytes([1]) + PUBLIC)}"
        assert KEY.verifier.to_text() == line
        assert VerifierKey.of_text(f" {line}\n") == KEY.verifier

    def test_a_saved_key_signs_as_before_and_is_for_its_owner_only(self, tmp_path: Path) -> None:
        path = tmp_path / "signing.key"
        made = SigningKey.generate(NAME)
        made.save(path)
        assert path.stat().st_mode & 0o777 == 0o600
        loaded = SigningKey.load(path)
        assert loaded.verifier == made.verifier
        assert open_note(loaded.sign(TEXT), made.verifier) == TEXT

    def test_a_key_is_never_written_over(self, tmp_path: Path) -> None:
        path = tmp_path / "signing.key"
        KEY.save(path)
        before = path.read_bytes()
        with pytest.raises(FileExistsError):
            OTHER.save(path)
        assert path.read_bytes() == before

    def test_two_keys_are_never_the_same(self) -> None:
        assert SigningKey.generate(NAME).verifier != SigningKey.generate(NAME).verifier

    @pytest.mark.parametrize("name", ["", "two words", "a+b", "tab\t", "no\u00a0break", " edge"])
    def test_a_name_that_a_note_cannot_hold_is_refused(self, name: str) -> None:
        with pytest.raises(NotAKey, match="no name for a key"):
            SigningKey.generate(name)

    @pytest.mark.parametrize(
        ("line", "what"),
        [
            ("", "no name"),
            (NAME, "not an Ed25519 key"),
            (f"{NAME}+00000000+{base64_of(bytes([1]) + PUBLIC)}", "do not belong together"),
            (f"{NAME}+00000000+***", "not base 64"),
            (f"{NAME}+00000000+{base64_of(bytes([2]) + PUBLIC)}", "not an Ed25519 key"),
            (f"{NAME}+00000000+{base64_of(PUBLIC)}", "not an Ed25519 key"),
        ],
    )
    def test_a_broken_verifier_key_is_refused(self, line: str, what: str) -> None:
        with pytest.raises(NotAKey, match=what):
            VerifierKey.of_text(line)

    def test_a_file_without_a_signing_key_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "signing.key"
        path.write_text(KEY.verifier.to_text())
        with pytest.raises(NotAKey, match="holds no signing key"):
            SigningKey.load(path)

    def test_a_signing_key_whose_parts_do_not_belong_together_is_refused(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "signing.key"
        KEY.save(path)
        path.write_text(path.read_text().replace(NAME, "example.org/other"))
        with pytest.raises(NotAKey, match="do not belong together"):
            SigningKey.load(path)
