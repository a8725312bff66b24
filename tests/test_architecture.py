"""The rooms keep to themselves, and each foreign library to the file that owns it."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS: list[str] = PYPROJECT["tool"]["importlinter"]["root_packages"]
CONTRACTS: list[str] = [row["id"] for row in PYPROJECT["tool"]["importlinter"]["contracts"]]
OWNERS = {
    "aiosmtplib": "notifications/smtp.py",
    "apscheduler": "notifications/scheduler.py",
}


def imported_libraries(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    names = [name.name for node in nodes if isinstance(node, ast.Import) for name in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_rooms_keep_the_import_contract(
    contract: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    kept = lint_imports(limit_to_contracts=(contract,), no_cache=True, no_logo=True) == 0
    assert kept, capsys.readouterr().out


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_with_an_owner_is_imported_by_its_owner_alone(library: str) -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if library in imported_libraries(path.read_text(encoding="utf-8"))
    }
    assert importers <= {OWNERS[library]}


def test_the_search_for_importers_sees_both_spellings() -> None:
    assert imported_libraries("import a.b\nfrom c.d import e\ndef f(): import g") == {"a", "c", "g"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_package_says_what_it_is_for_and_re_exports_nothing(room: str) -> None:
    for path in (ROOT / room).rglob("__init__.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(module), f"{path} has no docstring"
        assert len(module.body) == 1, f"{path} holds more than a docstring"
