"""The verifier, run as whoever gets a pack runs it: by itself, in another process."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from events.signed_note import SigningKey
from interfaces.proof import verify_pack
from interfaces.proof.verify_pack import main
from tests.interfaces.proof.packs import SECRET, an_audit, packed
from tests.interfaces.running import CommandLine

SOURCE = Path(verify_pack.__file__)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier that came with the pack, alone in a folder and with a clean environment."""
    return subprocess.run(
        [sys.executable, "-I", "verify_pack.py", *arguments],
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def handed_over(tmp_path: Path, pack: Path, files: dict[str, bytes]) -> Path:
    """Give a folder with the pack, and with the verifier and the key out of it."""
    (tmp_path / "pack.zip").write_bytes(pack.read_bytes())
    for name in ("verify_pack.py", "key.txt", "checkpoint.txt", "since.txt"):
        (tmp_path / name).write_bytes(files[name])
    return tmp_path


def test_the_verifier_in_the_pack_finds_that_it_holds(handed_over: Path) -> None:
    done = run(handed_over, "pack.zip")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("THE PACK HOLDS.\n- It is about audit-1 of the record")
    assert "Entries: 8, each of which stands in that record exactly as it is here." in done.stdout
    assert "Texts: 6 shown, each the one that was recorded; 0 withheld; 0 erased" in done.stdout
    assert "The record still begins with all of Record 38 · " in done.stdout
    assert "signed with the key in the pack. Whether that is the record's own" in done.stdout
    assert "What this does not show" in done.stdout


def test_the_key_can_be_given_as_a_line_or_as_a_file(handed_over: Path) -> None:
    line = (handed_over / "key.txt").read_text(encoding="utf-8").strip()
    for key in (line, "key.txt"):
        done = run(handed_over, "pack.zip", "--key", key)
        assert done.returncode == 0
        assert "It was signed with the key that you gave." in done.stdout


def test_another_key_than_the_reader_knows_is_found(
    handed_over: Path, files: dict[str, bytes]
) -> None:
    origin = files["key.txt"].decode().partition("+")[0]
    other = SigningKey.generate(origin).verifier.to_text()
    done = run(handed_over, "pack.zip", "--key", other)
    assert done.returncode == 1
    assert "the key in the pack is not the one that you gave" in done.stdout


@pytest.mark.parametrize("name", ["since.txt", "checkpoint.txt"])
def test_a_head_that_the_reader_kept_is_compared(handed_over: Path, name: str) -> None:
    done = run(handed_over, "pack.zip", "--held", name)
    assert done.returncode == 0
    assert "The head that you hold is one of these" in done.stdout


def test_a_head_of_which_the_pack_does_not_speak_is_not_passed_over(
    cli: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    held = cli.folder / "held.note"
    cli.done("checkpoint", "--out", str(held))
    an_audit(cli)
    pack = packed(cli)
    assert main([str(pack), "--held", str(held)]) == 1
    assert "Ask for a pack made with --since and it" in capsys.readouterr().out
    assert main([str(packed(cli, "--since", str(held))), "--held", str(held)]) == 0


def test_the_proved_entries_can_be_read_without_tricks_on_the_terminal(handed_over: Path) -> None:
    done = run(handed_over, "pack.zip", "--show")
    assert done.returncode == 0
    assert "action.target_date_moved by person-2" in done.stdout
    assert "reason: Exams in May" in done.stdout
    assert SECRET.endswith("\x1b[2J")
    assert "\x1b" not in done.stdout
    assert "mother\\x1b[2J" in done.stdout


def test_withheld_texts_are_shown_as_withheld(
    cli: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    an_audit(cli)
    assert main([str(packed(cli, "--withhold", "narratives")), "--show"]) == 0
    told = capsys.readouterr().out
    assert "Texts: 4 shown, each the one that was recorded; 2 withheld;" in told
    assert "    reason: [withheld]" in told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.zip"], 2),
        (["."], 2),
        (["pack.zip", "--held", "nowhere.note"], 2),
        (["pack.zip", "--key", "nonsense"], 2),
        (["key.txt"], 1),
        (["verify_pack.py"], 1),
        ([], 2),
        (["pack.zip", "--what"], 2),
    ],
)
def test_what_cannot_be_checked_ends_with_2_and_what_is_no_pack_with_1(
    handed_over: Path, arguments: list[str], code: int
) -> None:
    done = run(handed_over, *arguments)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr


def test_without_the_library_it_says_what_to_install(handed_over: Path) -> None:
    script = (
        "import sys; sys.modules['cryptography'] = None; sys.argv = ['v', 'pack.zip'];"
        " exec(compile(open('verify_pack.py').read(), 'v', 'exec'), {'__name__': '__main__'})"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script],
        cwd=handed_over,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "pip install cryptography" in done.stdout


def test_the_verifier_imports_nothing_but_the_standard_library_and_cryptography() -> None:
    found = {
        (name.name if isinstance(node, ast.Import) else node.module or "").partition(".")[0]
        for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert found - {"cryptography"} <= sys.stdlib_module_names
    assert "cryptography" in found


def test_the_verifier_is_python_3_9() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_the_pack_holds_the_verifier_of_this_release(files: dict[str, bytes]) -> None:
    assert files["verify_pack.py"] == SOURCE.read_bytes()
