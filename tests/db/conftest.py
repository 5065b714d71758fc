"""A filled warehouse to load into, and short ways to load and look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg import Connection

from etl.database.connect import connect
from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.load.job import load
from etl.load.run import LoadResult
from etl.normalize.normalizer import Normalizer
from etl.resources import REFERENCE

Load = Callable[..., LoadResult]


@pytest.fixture(scope="session")
def normalizer() -> Normalizer:
    return Normalizer.load(REFERENCE)


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def load_paths(connection: Connection, normalizer: Normalizer) -> Load:
    """Load files and folders; `carrier` is what the command line would say."""

    def run(*paths: Path, carrier: Carrier | None = None, is_dry_run: bool = False) -> LoadResult:
        items = read_files(list(paths), carrier or Carrier())
        return load(connection, items, normalizer, command="load", arguments="", is_dry_run=is_dry_run)

    return run
