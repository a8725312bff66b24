"""PostgreSQL's write-ahead log after an erasure: the old part of it is let go of.

The server writes every change there before it makes it, so the words of an erased text stand in its
files until the server removes or overwrites them. That is its own affair: here the log is switched
to a new file and a checkpoint made, after which it may let the old ones go.
"""

from __future__ import annotations

from typing import Final, Literal

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

WrittenAhead = Literal["none", "let_go", "not_allowed"]
"""There is none; the server may let go of it; the role may not have that done."""

_LETTING_GO: Final = ("CHECKPOINT", "SELECT pg_switch_wal()", "CHECKPOINT")


def let_go_of_log(engine: Engine) -> WrittenAhead:
    """Let the server part with what it wrote ahead so far, if the role may do that."""
    if engine.dialect.name != "postgresql":
        return "none"
    try:
        with engine.connect() as connection:
            for statement in _LETTING_GO:
                connection.exec_driver_sql(statement)
    except DBAPIError as problem:
        if getattr(problem.orig, "sqlstate", None) != _NOT_ALLOWED:
            raise
        return "not_allowed"
    return "let_go"


_NOT_ALLOWED: Final = "42501"
