"""The habits of the house that no tool holds."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READ_BY_MACHINES = {"requirements.lock"}
PYTHON_LINES_AT_MOST = 350
WHOLE_IN_ITSELF = {"interfaces/proof/verify_pack.py"}
"""Whoever gets a pack reads and runs this one file, so it cannot be cut up."""


def tracked() -> list[Path]:
    """Return every file that git knows, as text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git is on every machine that has a checkout
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    names = [name for name in listed.stdout.split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).exists()]


def lines_with(pattern: str) -> list[str]:
    """Return the places in tracked text files where a pattern stands."""
    sought = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if path.name not in READ_BY_MACHINES and path != Path(__file__).resolve()
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if sought.search(line)
    ]


def test_git_lists_this_very_file() -> None:
    assert Path(__file__).resolve() in tracked()


def test_every_address_ends_in_example_org() -> None:
    elsewhere = (
        r"(?i)[a-z0-9._%+-]+@(?!([a-z0-9-]+\.)*example\.org\b)[a-z0-9.-]+\.(org|uk|com|net)\b"
    )
    assert lines_with(elsewhere) == []


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    assert lines_with(r"(?:^|[^A-Za-z0-9_.])/(?:work|root|home)/") == []
    assert lines_with(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian") == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(r"\b(?:TODO|FIXME|XXX)\b|NotImplementedError") == []


def test_every_python_file_is_one_idea_long() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
        and "tests" not in path.relative_to(ROOT).parts
        and str(path.relative_to(ROOT)) not in WHOLE_IN_ITSELF
    }
    assert {name: lines for name, lines in long.items() if lines > PYTHON_LINES_AT_MOST} == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "common"])
def test_no_file_is_a_drawer(name: str) -> None:
    assert [path for path in tracked() if path.stem == name] == []
