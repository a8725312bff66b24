"""The triggers that refuse every change of what is recorded: are they as they were made?

Whoever owns the database can take them away, switch them off, or empty what they do. That leaves
no mark in the record itself, so it is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import Connection, Engine, inspect

_TABLES: Final = ("events", "log_head", "evidence_file")
_SQLITE_TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (\w+) BEFORE \w+ ON (\w+)\s.*?\nEND", re.DOTALL
)
_STORED_BY_SQLITE: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (?, ?, ?)"
)

_TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (\w+) BEFORE ([A-Z ]+) ON (\w+)\s+FOR EACH (ROW|STATEMENT)"
    r" EXECUTE FUNCTION (\w+)\(\);"
)
_FUNCTION: Final = re.compile(
    r"CREATE FUNCTION (\w+)\(\) RETURNS trigger LANGUAGE plpgsql AS \$\$(.*?)\$\$;", re.DOTALL
)
_STORED_BY_POSTGRESQL: Final = (
    "SELECT tgname, tgenabled = 'A', tgtype, tgqual IS NULL AND tgattr = '', relname, proname,"
    " prosrc FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
    " AND relname = ANY(%s) AND relnamespace ="
    " (SELECT relnamespace FROM pg_class WHERE oid = 'events'::regclass)"
)
# What makes up the type of a trigger in PostgreSQL's catalogue, beside 2 for BEFORE.
_KINDS: Final = {"ROW": 1, "STATEMENT": 0, "INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_BEFORE: Final = 2


def guard_faults(engine: Engine) -> tuple[str, ...]:
    """Say which triggers of the log are missing, switched off, changed, or not ours."""
    with engine.connect() as connection:
        return tuple(what for _, what in sorted(_faults(connection)))


def put_guards_back(connection: Connection) -> tuple[str, ...]:
    """Make missing and changed triggers anew, as the owner of the tables; say which they were.

    Triggers that are not ours are left to whoever finds out about them.
    """
    wrong = [
        (name, what) for name, what in sorted(_faults(connection)) if _is_ours(name, connection)
    ]
    driver: Any = connection.connection.driver_connection
    for name, _ in wrong:
        for statement in _making(name, connection):
            driver.execute(statement)
    return tuple(what for _, what in wrong)


def _faults(connection: Connection) -> Iterator[tuple[str, str]]:
    wanted, stored = _wanted(connection), _stored(connection)
    for name, how in wanted.items():
        if name not in stored:
            yield name, f"the trigger '{name}' is missing"
        elif stored[name] != how:
            yield name, f"the trigger '{name}' was switched off or changed"
    for name in stored.keys() - wanted.keys():
        yield name, f"there is a trigger '{name}' that Goldthread did not make"


def _wanted(connection: Connection) -> Mapping[str, object]:
    script, there = _script(connection), inspect(connection)
    # Tables of an older release lack one; that one is missing is for the verification to tell.
    tables = {table for table in _TABLES if there.has_table(table)}
    if connection.dialect.name == "sqlite":
        each_of = _SQLITE_TRIGGER.finditer(script)
        return {found[1]: _plain(found[0]) for found in each_of if found[2] in tables}
    bodies = dict(_FUNCTION.findall(script))
    return {
        name: (True, _type_of(events, each), True, table, function, _plain(bodies[function]))
        for name, events, table, each, function in _TRIGGER.findall(script)
        if table in tables
    }


def _stored(connection: Connection) -> Mapping[str, object]:
    if connection.dialect.name == "sqlite":
        rows: Any = connection.exec_driver_sql(_STORED_BY_SQLITE, _TABLES)
        return {name: _plain(sql) for name, sql in rows}
    rows = connection.exec_driver_sql(_STORED_BY_POSTGRESQL, (list(_TABLES),))
    return {name: (*how, _plain(body)) for name, *how, body in rows}


def _making(name: str, connection: Connection) -> Iterator[str]:
    script = _script(connection)
    if connection.dialect.name == "sqlite":
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield from (found[0] for found in _SQLITE_TRIGGER.finditer(script) if found[1] == name)
        return
    (made,) = (found for found in _TRIGGER.finditer(script) if found[1] == name)
    for function in _FUNCTION.finditer(script):
        if function[1] == made[5]:
            yield function[0].replace("CREATE", "CREATE OR REPLACE", 1)
    yield f"DROP TRIGGER IF EXISTS {name} ON {made[3]}"
    yield made[0]
    yield f"ALTER TABLE {made[3]} ENABLE ALWAYS TRIGGER {name}"


def _is_ours(name: str, connection: Connection) -> bool:
    return name in _wanted(connection)


def _script(connection: Connection) -> str:
    name = f"{connection.dialect.name}.sql"
    return files("events.schema").joinpath(name).read_text(encoding="utf-8")


def _type_of(events: str, each: str) -> int:
    return _BEFORE + _KINDS[each] + sum(_KINDS[one] for one in events.split(" OR "))


def _plain(text: str) -> str:
    return " ".join(text.split())
