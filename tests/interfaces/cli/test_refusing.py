from __future__ import annotations

import json
from typing import Any

import pytest

from tests.interfaces.running import CommandLine


@pytest.fixture
def plan(plan_on_sqlite: CommandLine) -> CommandLine:
    """Give a record with the story of a small plan, on SQLite."""
    return plan_on_sqlite


def told(cli: CommandLine, *arguments: str, code: int = 2) -> Any:  # noqa: ANN401 - any JSON
    """Run a command that is refused with `--json`: JSON alone on stderr, nothing on stdout."""
    result = cli(*arguments, "--json")
    assert (result.exit_code, result.stdout) == (code, "")
    answer = json.loads(result.stderr)
    assert set(answer) == {"error", "kind", "field", "fields", "mend", "exit_code"}
    assert answer["exit_code"] == code
    assert answer["error"]
    return answer


@pytest.mark.parametrize(
    ("arguments", "kind", "field"),
    [
        (["show", "A99"], "not_found", None),
        (["show"], "missing_parameter", "REF"),
        (["board", "--at", "last week"], "bad_input", "--at"),
        (["board", "--brag", "pink"], "bad_input", "--brag"),
        (["board", "--position", "one"], "bad_parameter", "--position"),
        (["board", "--nonsense"], "no_such_option", "--nonsense"),
        (["board", "--lead", "Nobody"], "nothing_called", None),
        (["diff"], "missing_parameter", "--from"),
        (["waiting", "--for", "PE99"], "not_found", None),
        (["nonsense"], "usage_error", None),
        (["action", "nonsense"], "usage_error", None),
        (["action", "start", "A99"], "not_found", None),
        (["action", "complete", "A1"], "not_now", None),
        (["action", "reword", "A1", "--text", " ", "--reason", "x"], "bad_fields", "--text"),
        (["action", "start", "A1", "--effective-on", "2099-01-01"], "incomplete", "--effective-on"),
        (["import", "no such file.csv"], "bad_input", "FILE"),
        (["verify", "--no-sign", "--sign", "x"], "bad_input", "--no-sign"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_refusal_under_json_is_json(
    plan: CommandLine, arguments: list[str], kind: str, field: str | None
) -> None:
    answer = told(plan, *arguments)
    assert (answer["kind"], answer["field"]) == (kind, field)


def test_a_conflict_under_json_has_its_own_exit_code(plan: CommandLine) -> None:
    answer = told(plan, "action", "start", "A1", "--expected-version", "1", code=3)
    assert answer["kind"] == "conflict"


def test_every_bad_field_is_told_apart(plan: CommandLine) -> None:
    answer = told(plan, "action", "reword", "A1", "--text", " ", "--reason", " ")
    assert answer["fields"] == [
        {"field": "--text", "error": "Write the text: it is empty."},
        {"field": "--reason", "error": "Write the reason: it is empty."},
    ]


def test_what_to_do_is_told_apart_where_it_is_known(plan: CommandLine) -> None:
    answer = told(plan, "action", "complete", "A1")
    assert answer["mend"] == "Somebody who leads it has to report it done first."
    assert answer["error"].endswith(answer["mend"])


def test_a_record_that_is_not_there_is_told_in_json_too(empty: CommandLine) -> None:
    assert told(empty, "board")["kind"] == "no_log"


def test_bad_settings_are_told_in_json_too(cli: CommandLine) -> None:
    cli.config.write_text("[mail]\nports = 3", encoding="utf-8")
    assert told(cli, "board")["kind"] == "bad_settings"


def test_without_json_the_same_is_told_in_words(plan: CommandLine) -> None:
    assert plan.refused("show", "A99") == (
        "There is no A99 here. Check the reference and try again.\n"
    )
    assert "Usage: " in plan.refused("diff")
