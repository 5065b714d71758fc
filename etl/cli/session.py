"""The warehouse that a command works on: an open connection to a database of this code's version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection

from etl.database.connect import connect, resolve_url
from etl.database.migrate import require_current


@contextmanager
def warehouse() -> Iterator[Connection]:
    """An autocommit connection to the configured database. Raises DatabaseUnavailable or SchemaMismatch."""
    with connect(resolve_url(), autocommit=True) as connection:
        require_current(connection)
        yield connection


def reconnect() -> Connection:
    """A new connection for a command that lost its own; an embedded server that fell is started again."""
    return connect(resolve_url(), autocommit=True)
