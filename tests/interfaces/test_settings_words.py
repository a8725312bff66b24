from __future__ import annotations

from pathlib import Path

import pytest

from interfaces.settings_reading import BadSettings, read_settings


def refused(folder: Path, rule: str) -> tuple[str, ...]:
    file = folder / "config.toml"
    file.write_text(f"[reminders]\nrules = [{{ {rule} }}]\n", encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        read_settings(file, {})
    return caught.value.problems


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('name = "x", days = "abc", tell = ["lead"]', "days: it has to be a whole number."),
        ('name = "x", days = 2.5, tell = ["lead"]', "days: it has to be a whole number."),
        ('name = "x", days = -4000, tell = ["lead"]', "days: it has to be -250 or more."),
        ('name = "x", days = 4000, tell = ["lead"]', "days: it has to be 250 or less."),
        ('name = "x", days = 1, tell = []', "tell: it is an empty list, and needs at least 1"),
        ('name = "x", tell = ["lead"]', "days: it is missing, and there has to be one. Add it."),
        ('name = "x", days = 1, tell = ["lead"], of = ["targets"]', "it has to be 'target', "),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(tmp_path: Path, rule: str, said: str) -> None:
    (told,) = refused(tmp_path, rule)

    assert said in told


def test_a_list_whose_only_entry_is_wrong_is_not_called_empty_besides(tmp_path: Path) -> None:
    (told,) = refused(tmp_path, 'name = "x", days = 1, tell = ["leads"]')

    assert "nobody is called 'leads'" in told


def test_a_problem_that_ends_with_a_full_stop_gets_no_second_one(tmp_path: Path) -> None:
    rule = 'name = "x", days = 1, tell = ["lead"] }, { name = "x", days = 2, tell = ["lead"]'

    (told,) = refused(tmp_path, rule)

    assert "Give each rule a name of its own. Correct the value." in told
