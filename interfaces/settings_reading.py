"""Reading the configuration: the shipped defaults, over them a file, over that the environment.

`GOLDTHREAD_DATABASE__URL` stands for `url` in the section `[database]`. Variables without the two
underscores (`GOLDTHREAD_CONFIG`) are no settings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from interfaces.settings import Settings
from interfaces.settings_toml import toml_in_words
from interfaces.settings_words import worth_telling, wrong_value

DEFAULT_FILE: Final = Path("config.toml")
"""The file that is read where none is named; without it the shipped defaults hold."""

_PREFIX: Final = "GOLDTHREAD_"
_BETWEEN: Final = "__"

Origins = dict[tuple[str, str], str]


class BadSettings(ValueError):
    """The configuration cannot be used; each problem names its place, what is wrong, the mend."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def read_settings(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """Read the configuration. Relative paths in it start from the folder of the file.

    `file` None means `config.toml` in the working directory, if it is there. Raises `BadSettings`.
    """
    path = file or DEFAULT_FILE
    if file is None and not path.exists():
        return _settings({}, {}, environment, path.parent)
    data = _tables_of(path)
    origins = {
        (section, key): f"{path}: [{section}] {key}"
        for section, table in data.items()
        if isinstance(table, dict)
        for key in table
    }
    return _settings(data, origins, environment, path.parent)


def _tables_of(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        message = (
            f"{path}: there is no such file. Name another with --config, or leave it out for"
            " the defaults."
        )
        raise BadSettings([message]) from None
    except (OSError, UnicodeDecodeError) as problem:
        message = f"{path}: it cannot be read ({problem}). Check that it is a text file in UTF-8."
        raise BadSettings([message]) from problem
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        message = f"{path}, {toml_in_words(text, problem)}"
        raise BadSettings([message]) from problem


def _settings(
    data: dict[str, Any], origins: Origins, environment: Mapping[str, str], folder: Path
) -> Settings:
    merged = {
        section: dict(table) if isinstance(table, dict) else table
        for section, table in data.items()
    }
    for name, section, key, value in _from_environment(environment):
        if not isinstance(merged.setdefault(section, {}), dict) or _is_table_of_entries(section):
            message = f"{name}: [[{section}]] has entries, which are written in the file alone."
            raise BadSettings([message])
        merged[section][key] = value
        origins = {**origins, (section, key): name}
    try:
        return Settings.model_validate(merged).from_folder(folder)
    except ValidationError as problem:
        errors = worth_telling(problem.errors())
        raise BadSettings(_told(error, origins) for error in errors) from problem


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[str, str, str, object]]:
    for name, value in sorted(environment.items()):
        section, between, key = name.removeprefix(_PREFIX).lower().partition(_BETWEEN)
        if name.startswith(_PREFIX) and between:
            yield name, section, key, _value(name, section, key, value)


def _value(name: str, section: str, key: str, words: str) -> object:
    """Return the words, or, for a key that holds a list, what they say as TOML."""
    if not _holds_list(section, key):
        return words
    try:
        return tomllib.loads(f"it = {words}")["it"]
    except tomllib.TOMLDecodeError as problem:
        message = f"{name}: {problem}. Write the list as in the file, from [ to ], on one line."
        raise BadSettings([message]) from problem


def _holds_list(section: str, key: str) -> bool:
    part = Settings.model_fields.get(section)
    if part is None or not isinstance(part.default, BaseModel):
        return False
    return isinstance(getattr(part.default, key, None), tuple)


def _told(error: ErrorDetails, origins: Origins) -> str:
    section, *rest = (str(part) for part in error["loc"])
    if _is_table_of_entries(section):
        return _told_of_entry(error, section, rest)
    key = rest[0] if rest else ""
    place = origins.get((section, key), f"[{section}] {key}".strip())
    deeper = "".join(f", entry {int(p) + 1}" if p.isdigit() else f", {p}" for p in rest[1:])
    return f"{place}{deeper}: {_wrong(error, section, key, rest)}"


def _is_table_of_entries(section: str) -> bool:
    part = Settings.model_fields.get(section)
    return part is not None and isinstance(part.default, tuple)


def _told_of_entry(error: ErrorDetails, section: str, rest: list[str]) -> str:
    """Tell of a problem in a section that is written several times, as `[[clocks]]` is."""
    number = f" entry {int(rest[0]) + 1}" if rest else ""
    key = f", {rest[1]}" if len(rest) > 1 else ""
    if error["type"] != "extra_forbidden":
        wrong = wrong_value(error)
    else:
        wrong = "there is no such key. The comments in the shipped config.toml name them all."
    return f"[[{section}]]{number}{key}: {wrong}"


def _wrong(error: ErrorDetails, section: str, key: str, rest: list[str]) -> str:
    if error["type"] != "extra_forbidden":
        return wrong_value(error)
    part = Settings.model_fields.get(section)
    if part is None:
        return f"there is no such section. Sections are {_listed(Settings.model_fields)}."
    if len(rest) > 1:
        return "there is no such key. The comments in the shipped config.toml name them all."
    known = type(part.default).model_fields
    return f"there is no such key. [{section}] has {_listed(known)}; is '{key}' misspelt?"


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
