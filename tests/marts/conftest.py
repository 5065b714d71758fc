"""One published warehouse for all tests of the views; each test's rows are rolled back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from psycopg import Connection, sql

from etl.database.connect import connect
from etl.publish.reader import grant


@pytest.fixture(scope="session")
def published(server: str, migrated_template: str) -> Iterator[Connection]:
    """An autocommit connection to a warehouse without articles. Undo what you write."""
    name = f"newshouse_test_{secrets.token_hex(6)}"
    with connect(server, autocommit=True) as maintenance:
        _execute(maintenance, "CREATE DATABASE {} TEMPLATE {}", name, migrated_template)
        try:
            with connect(urlsplit(server)._replace(path=f"/{name}").geturl(), autocommit=True) as connection:
                grant(connection)  # a clone has lost what was granted on the database itself
                yield connection
        finally:
            _execute(maintenance, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def marts(published: Connection) -> Iterator[Connection]:
    """The same, in a transaction that is rolled back after the test."""
    with published.transaction(force_rollback=True):
        yield published


def _execute(connection: Connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
