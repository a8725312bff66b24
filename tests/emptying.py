"""Empty a PostgreSQL database that a test is done with, so that the next test need not make one.

Making and dropping one costs the server some 170 milliseconds of its processor, and a checkpoint;
emptying one costs ten. Whatever a test did beyond tables and functions is not undone but noticed.
"""

from __future__ import annotations

from typing import Final

import psycopg

Connection = psycopg.Connection[tuple[object, ...]]

_CUT_OFF: Final = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_DROP: Final = """
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$
"""

FIRST_OF_USERS: Final = 16_384
"""What has a lower number was there before anybody made anything."""

_MADE: Final = " UNION ALL ".join(
    f"SELECT 1 FROM {catalog} WHERE oid >= {FIRST_OF_USERS}"  # noqa: S608 - names of our own
    for catalog in (
        "pg_class",
        "pg_proc",
        "pg_type",
        "pg_namespace",
        "pg_event_trigger",
        "pg_extension",
        "pg_publication",
        "pg_default_acl",
        "pg_largeobject_metadata",
    )
)

_IS_AS_NEW: Final = f"""
SELECT NOT EXISTS ({_MADE})
    AND datacl IS NULL
    AND NOT EXISTS (SELECT 1 FROM pg_db_role_setting WHERE setdatabase = pg_database.oid)
FROM pg_database WHERE datname = current_database()
"""  # noqa: S608 - names of our own

PUBLIC_RIGHTS: Final = "SELECT nspowner, nspacl::text FROM pg_namespace WHERE nspname = 'public'"
"""Who may do what in the one schema that every database has."""


def emptied(connection: Connection, public_rights: object) -> bool:
    """Cut off whoever else is there, drop what was made, and tell whether all is as it was.

    `public_rights`: what `PUBLIC_RIGHTS` finds where nobody changed it.
    """
    connection.execute(_CUT_OFF)
    connection.execute(_DROP)
    is_as_new = connection.execute(_IS_AS_NEW).fetchone() == (True,)
    return is_as_new and connection.execute(PUBLIC_RIGHTS).fetchone() == public_rights
