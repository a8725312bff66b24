from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

import workflow.deciders
import workflow.extension_commands  # noqa: F401  Commands are registered when imported.
from interfaces.cli.command_list import COMMANDS, Listed
from interfaces.cli.lazy_group import load
from interfaces.cli.main import app
from interfaces.command_fields import shape_of, subject_field
from interfaces.inputs import option_of
from workflow.command import Command, registered_commands

EVERY = list(registered_commands())
HEAVY = {"sqlalchemy", "alembic", "pydantic", "cryptography", "jinja2", "apscheduler"}


def helped(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def name_of(kind: type[Command]) -> str:
    return f"{kind.category} {kind.verb}"


def test_there_are_commands_to_walk() -> None:
    assert len(EVERY) > 90


@pytest.mark.parametrize("kind", EVERY, ids=name_of)
def test_every_workflow_command_is_reachable_with_the_help_of_its_model(
    kind: type[Command],
) -> None:
    text = helped(kind.category, kind.verb)
    assert (kind.__doc__ or "").splitlines()[0][:40] in text
    if kind.with_file:
        # Its fields are read from the file, and it counts from the day on which it is handed in.
        assert {"--file", "--note", "--as", "--command-id", "--json"} <= set(text.split())
        return
    for name, field in kind.model_fields.items():
        if name == subject_field(kind):
            assert f"{shape_of(field).metavar}" in text
        else:
            assert option_of(name) in text
    for option in ("--as", "--expected-version", "--command-id", "--json", "--effective-on"):
        assert option in text


@pytest.mark.parametrize("kind", EVERY, ids=name_of)
def test_every_field_of_a_command_is_described(kind: type[Command]) -> None:
    undescribed = {name for name, field in kind.model_fields.items() if not field.description}
    assert undescribed <= {"effective_on"}


@pytest.mark.parametrize("kind", [one for one in EVERY if not one.opens], ids=name_of)
def test_a_command_that_begins_nothing_is_about_a_reference(kind: type[Command]) -> None:
    subject = subject_field(kind)
    assert subject is not None
    assert shape_of(kind.model_fields[subject]).categories


def test_every_category_of_the_workflow_is_listed() -> None:
    made_of_commands = {"workflow_commands", "evidence"}
    listed = {one.name for one in COMMANDS if one.module in made_of_commands}
    assert listed == {kind.category for kind in EVERY}


@pytest.mark.parametrize("listed", COMMANDS, ids=lambda one: one.name)
def test_every_listed_command_is_there_and_helps(listed: Listed) -> None:
    assert load(listed) is not None
    assert listed.help.split(":", maxsplit=1)[0] in helped(listed.name)
    assert listed.name in helped()


def test_listing_the_commands_loads_nothing_heavy() -> None:
    script = (
        "import sys; from typer.testing import CliRunner; from interfaces.cli.main import app;"
        "assert 'diff' in CliRunner().invoke(app, ['--help']).stdout;"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_a_misspelt_command_is_told_with_what_it_may_have_been() -> None:
    result = CliRunner().invoke(app, ["actoin"])
    assert result.exit_code == 2
    assert "Did you mean 'action'" in result.stderr


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("goldthread 0.")
