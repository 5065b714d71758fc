"""A server of these tests' own, which they may kill, and how many seeds a test is given.

`make test` runs the short set; `make torture` (pytest -m '') runs all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from psycopg import sql

from etl.database import embedded
from etl.database.connect import connect
from etl.warehouse import upgrade
from tests.torture.commands import finish, start_load, write_corpus
from tests.torture.contents import contents

INPUTS = 1200


@pytest.fixture(scope="session")
def own_home(temporary_home: Callable[[], AbstractContextManager[Path]]) -> Iterator[Path]:
    """A home whose server the tests may kill, with a whole warehouse without articles as its template."""
    with temporary_home() as home:
        url = embedded.start(home)
        with connect(url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE template_warehouse TEMPLATE template0")
        upgrade(named(url, "template_warehouse"))
        yield home


@pytest.fixture
def warehouse(own_home: Path) -> Callable[[], str]:
    """Gives URLs of new warehouses on the own server, started where a test has killed it."""

    def new() -> str:
        url = embedded.start(own_home)
        with connect(url, autocommit=True) as connection:
            row = connection.execute("SELECT count(*) FROM pg_database").fetchone()
            name = f"warehouse_{row[0] if row else 0}"
            copied = sql.SQL("CREATE DATABASE {} TEMPLATE template_warehouse").format(sql.Identifier(name))
            connection.execute(copied)
        return named(url, name)

    return new


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles, copies and rejects."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, INPUTS)
    return folder


@pytest.fixture(scope="session")
def undisturbed(own_home: Path, corpus: Path) -> object:
    """The contents after a load of `corpus` without a fault."""
    url = embedded.start(own_home)
    with connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE undisturbed TEMPLATE template_warehouse")
    url = named(url, "undisturbed")
    finish(start_load(url, corpus), 3)
    with connect(url) as connection:
        return contents(connection)


def named(url: str, database: str) -> str:
    return urlsplit(url)._replace(path=f"/{database}").geturl()
