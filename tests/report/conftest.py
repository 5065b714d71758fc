"""The sample articles in a warehouse of their own, and reports of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from psycopg import Connection, sql

from etl.database.connect import connect
from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.load.job import load
from etl.normalize.normalizer import Normalizer
from etl.report.page import render
from etl.report.period import Asked
from etl.report.read import read
from etl.report.wording import Language, Wording
from etl.resources import REFERENCE

SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"
MADE_AT = datetime(2025, 9, 1, 6, 30, tzinfo=UTC)

Report = Callable[..., str]


@pytest.fixture(scope="session")
def samples(server: str, migrated_template: str) -> Iterator[str]:
    """URL of a warehouse that holds the sample articles."""
    name = f"newshouse_test_{secrets.token_hex(6)}"
    identifiers = sql.Identifier(name), sql.Identifier(migrated_template)
    url = urlsplit(server)._replace(path=f"/{name}").geturl()
    with connect(server, autocommit=True) as maintenance:
        maintenance.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(*identifiers))
        try:
            with connect(url, autocommit=True) as connection:
                items = read_files([SAMPLES], Carrier())
                load(connection, items, Normalizer.load(REFERENCE), command="load", arguments="")
            yield url
        finally:
            maintenance.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifiers[0]))


@pytest.fixture(scope="session")
def warehouse(samples: str) -> Iterator[Connection]:
    """A connection with the rights of a reader alone."""
    with connect(samples, autocommit=True) as connection:
        connection.execute("SET ROLE newshouse_reader")
        yield connection


@pytest.fixture(scope="session")
def report(warehouse: Connection) -> Report:
    """The page of what is asked for, made once: drawing takes a second."""

    @cache
    def make(asked: Asked | None = None, language: Language = Language.EN) -> str:
        return render(read(warehouse, asked or Asked()), Wording.of(language), MADE_AT)

    return make
