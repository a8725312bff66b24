from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.interfaces.evidence.crafted import PDF
from tests.interfaces.importing.made_plans import HEADER, NEGLECT, plan_file
from tests.interfaces.running import CommandLine

_ROOT = Path(__file__).parents[3]
_PROGRAM = "from interfaces.cli.main import main; main()"
NEARLY = (NEGLECT, "Train every school nurse", "June 2025", "HSCP Business Manager")


def typed(cli: CommandLine, keys: str, *arguments: str) -> tuple[int, str]:
    """Run a command at a terminal at which these keys are typed."""
    leader, terminal = pty.openpty()
    environment = {**os.environ, "GOLDTHREAD_DATABASE__URL": cli.url, "COLUMNS": "200"}
    os.write(leader, keys.encode())
    try:
        ended = subprocess.run(
            [sys.executable, "-c", _PROGRAM, "--config", str(cli.config), *arguments],
            cwd=_ROOT,
            env=environment,
            stdin=terminal,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(leader)
        os.close(terminal)
    return ended.returncode, ended.stdout + ended.stderr


def test_a_spelling_that_is_agreed_to_becomes_one_of_the_role(cli: CommandLine) -> None:
    code, told = typed(cli, "y\n", "import", plan_file(cli.folder, [NEARLY]))
    assert code == 0, told
    assert "Is “HSCP Business Manager” the same role as “Business Manager (RO1)”?" in told
    assert "with the acronym HSCP in front" in told
    assert "HSCP Business Manager" in cli.done("show", "RO1")


def test_a_spelling_that_is_declined_becomes_a_role(cli: CommandLine) -> None:
    code, told = typed(cli, "n\n", "import", plan_file(cli.folder, [NEARLY]))
    assert code == 0, told
    assert "1 role created" in told
    assert "HSCP Business Manager" in cli.done("show", "RO9")


def test_changes_of_a_plan_are_asked_about(cli: CommandLine) -> None:
    cli.done("import", plan_file(cli.folder, [NEARLY]), "--plan", "P", "--accept-aliases")
    changed = (NEGLECT, NEARLY[1], "June 2026", "Business Manager")
    file = plan_file(cli.folder, [changed], name="next.csv")
    code, told = typed(cli, "n\n", "import", file, "--plan", "P")
    assert (code, "Take the 1 changed action?" in told) == (0, True)
    assert "Nothing was added. Nothing of it was chosen." in told
    code, told = typed(cli, "y\n", "import", file, "--plan", "P")
    assert (code, "1 action changed" in told) == (0, True)


def test_stopping_stores_nothing(cli: CommandLine) -> None:
    before = cli.answer("board")["position"]
    code, told = typed(cli, "\x04", "import", plan_file(cli.folder, [NEARLY]))
    assert (code, "nothing was stored" in told.lower()) == (2, True)
    assert cli.answer("board")["position"] == before


def test_a_plan_that_only_looks_alike_is_a_new_one(cli: CommandLine) -> None:
    row = (NEGLECT, "Train every school nurse", "June 2025", "Business Manager")
    cli.done("import", plan_file(cli.folder, [row]), "--plan", "Our plan")
    file = plan_file(cli.folder, [row], name="Their plan.csv", header=("Theme", *HEADER[1:]))
    code, told = typed(cli, "n\n", "import", file)
    assert (code, "Is “Their plan” the plan “Our plan” (P1)?" in told) == (0, True)
    assert "1 action added to P2" in told


def test_what_looks_like_a_childs_details_is_asked_about_before_it_is_stored(
    cli: CommandLine,
) -> None:
    child = "Zeb Quill DOB 12/03/2015"
    cli.done("plan", "adopt", "--title", "Plan")
    cli.done(
        *("action", "create", "--text", "Do it", "--lead-roles", "RO1"),
        *("--target", "April 2025", "--plan", "P1"),
    )
    note = ("action", "note-progress", "A1", "--as", "PE1", "--note", child)
    code, told = typed(cli, "n\n", *note)
    assert code == 2
    assert "note: This seems to hold a date of birth and somebody's full name" in told
    assert "nothing was stored" in told
    assert cli.answer("erase", "find", "Quill") == []
    code, told = typed(cli, "y\n", *note)
    assert code == 0, told
    assert "Warning" not in told
    assert len(cli.answer("erase", "find", "Quill")) == 1
    row = (NEGLECT, f"Train {child}", "June 2025", "Business Manager")
    code, told = typed(cli, "n\n", "import", plan_file(cli.folder, [row]))
    assert code == 2
    assert "nothing was stored" in told


def test_a_file_beside_a_childs_details_is_asked_about_before_it_is_stored(
    plan_on_sqlite: CommandLine,
) -> None:
    cli, file = plan_on_sqlite, plan_on_sqlite.folder / "list.pdf"
    file.write_bytes(PDF)
    add = ("evidence", "add", "A1", "--file", str(file), "--note", "Zeb Quill DOB 12/03/2015")
    code, told = typed(cli, "n\n", *add)
    assert code == 2
    assert "note: This seems to hold a date of birth" in told
    assert "--note: you took it back, so nothing was stored." in told
    assert cli.answer("evidence", "list", "A1") == []
    code, told = typed(cli, "y\n", *add)
    assert code == 0, told
    assert "Warning" not in told
    assert [one["name"] for one in cli.answer("evidence", "list", "A1")] == ["list.pdf"]


def test_a_trial_tells_which_lines_look_like_a_childs_details(cli: CommandLine) -> None:
    row = (NEGLECT, "Train Zeb Quill DOB 12/03/2015", "June 2025", "Business Manager")
    path = plan_file(cli.folder, [row])
    told = cli.done("import", path, "--dry-run")
    assert "looks like a child's details" in told
    assert "line 2, words: a date of birth and somebody's full name" in told
    (found,) = cli.answer("import", path, "--dry-run")["looks_personal"]
    assert (found["line"], found["field"]) == (2, "words")
