"""A filled warehouse and a login that `newshouse bi grant` would make, for real BI clients to connect with."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from psycopg import Connection

from etl.database.connect import connect
from etl.extract.files import read_files
from etl.extract.item import Carrier
from etl.load.job import load
from etl.normalize.normalizer import Normalizer
from etl.publish.addresses import Addresses
from etl.publish.login import grant_login, revoke_login
from etl.resources import REFERENCE

PASSWORD = "a пароль with 'quotes' and {braces} = ; %"  # noqa: S105 - of a login that lives as long as the test run
TIMEOUT = timedelta(seconds=1)
ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"


@dataclass(frozen=True)
class Reader:
    """The login under test: how a tool names the warehouse, and the owner's connection to compare with."""

    addresses: Addresses
    password: str
    owner: Connection


@pytest.fixture(scope="module")
def database(new_warehouse: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """URL of a warehouse without articles, which a module's tests share: they make logins, and change nothing in it."""
    with new_warehouse() as url:
        yield url


@pytest.fixture(scope="session")
def reader(new_warehouse: Callable[[], AbstractContextManager[str]]) -> Iterator[Reader]:
    name = f"newshouse_test_{secrets.token_hex(6)}"
    with new_warehouse() as url, connect(url, autocommit=True) as owner:
        load(owner, read_files([ARTICLES], Carrier()), Normalizer.load(REFERENCE), command="load", arguments="")
        grant_login(owner, name, PASSWORD, TIMEOUT)
        try:
            yield Reader(Addresses.of(owner, name), PASSWORD, owner)
        finally:
            revoke_login(owner, name)
