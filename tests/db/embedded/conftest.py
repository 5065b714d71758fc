"""Homes with embedded servers: shared ones that nobody changes, and one for each test that does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from etl.database import embedded
from tests.db.embedded.servers import PROGRAMS

Homes = Callable[[], AbstractContextManager[Path]]


@pytest.fixture(scope="session")
def shared_home(temporary_home: Homes) -> Iterator[Path]:
    """A home that nobody changes, started by a careless person: no file mode is kept back."""
    with temporary_home() as home:
        before = os.umask(0)
        embedded.start(home)
        os.umask(before)
        yield home


@pytest.fixture
def shared_url(shared_home: Path) -> str:
    return embedded.start(shared_home)


@pytest.fixture(scope="session")
def stopped_home(temporary_home: Homes) -> Iterator[Path]:
    with temporary_home() as home:
        embedded.start(home)
        embedded.stop(home)
        yield home


@pytest.fixture
def made_home(home: Path, stopped_home: Path) -> Path:
    """A home with a data directory, made by copying one: quicker than another initdb."""
    subprocess.run(["cp", "-a", stopped_home, home], check=True)
    return home


@pytest.fixture
def url(made_home: Path) -> str:
    return embedded.start(made_home)


@pytest.fixture(params=PROGRAMS, ids=str)
def each_postgresql(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every PostgreSQL of this machine, one after the other."""
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(request.param))
    return Path(request.param)


@pytest.fixture(scope="module", params=PROGRAMS, ids=str)
def hostile_url(request: pytest.FixtureRequest, temporary_home: Homes) -> Iterator[str]:
    """A server made and started where every variable says something else."""
    hostile = dict.fromkeys(("LANG", "LC_ALL", "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES"), "ru_RU.KOI8-R")
    hostile |= {"TZ": "Asia/Bishkek", "PGDATA": "/nowhere", "PGPORT": "1", "PGOPTIONS": "-c lc_messages=ru_RU.KOI8-R"}
    with temporary_home() as home:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (hostile | {"NEWSHOUSE_PG_BIN": str(request.param)}).items():
                patch.setenv(name, value)
            url = embedded.start(home)
        yield url
