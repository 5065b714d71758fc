"""The server of one benchmark, and the databases that its stages fill.

The server is the one of DATABASE_URL, whose user may create databases, or an embedded one in a temporary home. Both
run with the settings they have: nothing is tuned. The database that DATABASE_URL names is not touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from etl.database import embedded
from etl.warehouse import upgrade


class Server:
    """A PostgreSQL server, and the empty warehouses made on it. `url` is the database of the caller."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._made: list[str] = []
        self._empty = self._create("template1")
        upgrade(self._url(self._empty))

    def warehouse(self) -> str:
        """The URL of a new warehouse that holds the reference data and no article."""
        return self._url(self._create(self._empty))

    def drop(self, url: str) -> None:
        name = urlsplit(url).path.lstrip("/")
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_all(self) -> None:
        for name in self._made:
            self.drop(self._url(name))

    def checkpoint(self) -> None:
        """Start a stage without the dirty pages of the one before, where the user may."""
        with suppress(psycopg.errors.InsufficientPrivilege):
            self.execute(sql.SQL("CHECKPOINT"))

    def execute(self, statement: sql.SQL | sql.Composed) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _create(self, template: str) -> str:
        name = f"newshouse_bench_{os.getpid()}_{len(self._made)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        self._made.append(name)
        return name

    def _url(self, database: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{database}").geturl()


@contextmanager
def server(url: str | None, folder: Path) -> Iterator[Server]:
    """The server at `url`, else of DATABASE_URL, else an embedded one under `folder`, stopped at the end."""
    url = url or os.environ.get("DATABASE_URL")
    home = folder / "server"
    with ExitStack() as stack:
        if not url:
            folder.chmod(0o711)  # under root the server runs under another account, which must get through
            stack.callback(embedded.stop, home)
            url = embedded.start(home)
        place = Server(url)
        stack.callback(place.drop_all)
        yield place
