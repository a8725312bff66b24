"""What reading a damaged database raises, by whichever driver."""

from __future__ import annotations

from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError

from events.database import UnsafeDatabase, sqlite_driver
from events.tree import LeavesMissing
from interfaces.bootstrap import BrokenHead

DAMAGE: Final = (
    *(DBAPIError, sqlite_driver().DatabaseError, psycopg.DatabaseError, UnsafeDatabase),
    *(BrokenHead, LeavesMissing, ValueError, TypeError),  # What rows are that nobody appended.
)
