"""What the tests share: a PostgreSQL server, and databases on it that nobody else sees.

The server is the one of `DATABASE_URL`; else, where a Docker engine answers, a container; else the embedded one in a
temporary home. Its user must be allowed to create databases and roles.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from docker.errors import DockerException
from hypothesis import HealthCheck, settings
from psycopg import sql
from testcontainers.community.postgres import PostgresContainer

import docker
from etl import config
from etl.database import embedded
from etl.database.binaries import candidates
from etl.database.connect import connect, safe_url
from etl.errors import DatabaseUnavailable, NewshouseError, ServerError
from etl.warehouse import upgrade
from tests.site import Site, serve_site

_IMAGE = "postgres:17"
_DOCKER_SECONDS = 2

# How long an example takes is the machine's affair: no test is about it.
settings.register_profile("newshouse", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newshouse")


def pytest_report_header() -> str:
    """Which server the tests that need one will use. Nothing is started for it."""
    try:
        return f"database: {_describe_server()}"
    except NewshouseError as error:
        return f"database: none ({error})"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a server's maintenance database. No database is a failure in CI, and a skip on a desk."""
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(_serve())
            connect(url).close()
        except (DatabaseUnavailable, ServerError, DockerException) as error:
            give_up = pytest.fail if os.environ.get("CI") else pytest.skip
            give_up(f"no database to test with: {error}")
        yield url


@pytest.fixture
def empty_database(server: str) -> Iterator[str]:
    """URL of a database without any table, dropped after the test."""
    with _new_database(server, template="template0") as url:
        yield url


@pytest.fixture(scope="session")
def migrated_template(server: str) -> Iterator[str]:
    """Name of a whole warehouse without articles, made once; `database` clones it. Nobody connects to it."""
    with _new_database(server, template="template0") as url:
        upgrade(url)
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
def new_warehouse(server: str, migrated_template: str) -> Callable[[], AbstractContextManager[str]]:
    """Gives URLs of warehouses without articles, each dropped at the end of its block."""
    return lambda: _new_database(server, template=migrated_template)


@pytest.fixture
def database(new_warehouse: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """URL of a warehouse without articles, dropped after the test."""
    with new_warehouse() as url:
        yield url


@pytest.fixture
def second_database(new_warehouse: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """Another like `database`, to compare with."""
    with new_warehouse() as url:
        yield url


@pytest.fixture(scope="session")
def temporary_home() -> Callable[[], AbstractContextManager[Path]]:
    """Gives homes for embedded servers, not made yet. The server in one is stopped, and the folder removed, at the end.

    pytest's tmp_path will not do: under root it is closed to the account that the server runs under.
    """
    return _temporary_home


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on this machine."""
    with serve_site() as site:
        yield site


@pytest.fixture
def home(temporary_home: Callable[[], AbstractContextManager[Path]]) -> Iterator[Path]:
    """A home of its own for the test."""
    with temporary_home() as path:
        yield path


def _describe_server() -> str:
    if url := config.database_url():
        with connect(url) as connection:
            version = connection.info.server_version // 10_000
        return f"PostgreSQL {version} of DATABASE_URL ({safe_url(url)})"
    if _docker_answers():
        return f"{_IMAGE} in a container, or embedded where it cannot be fetched"
    programs = next(candidates(), None)
    if programs is None:
        return "none (no server programs found)"
    version = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return f"embedded {version.strip()} of {programs}"


@contextlib.contextmanager
def _serve() -> Iterator[str]:
    if url := config.database_url():
        yield url
    elif container := _start_container():
        try:
            yield container.get_connection_url()
        finally:
            container.stop()
    else:
        with _temporary_home() as home:
            yield embedded.start(home)


def _docker_answers() -> bool:
    try:
        docker.from_env(timeout=_DOCKER_SECONDS).close()  # asks the engine for its version
    except (DockerException, OSError):
        return False
    return True


def _start_container() -> PostgresContainer | None:
    """A running container, or None without an engine, or with one that cannot fetch the image."""
    if not _docker_answers():
        return None
    container = PostgresContainer(_IMAGE, driver=None)
    try:
        container.start()
    except DockerException as error:
        warnings.warn(f"no {_IMAGE} in a container, the embedded server is used: {error}", stacklevel=1)
        return None
    return container


@contextlib.contextmanager
def _temporary_home() -> Iterator[Path]:
    home = Path(tempfile.gettempdir()) / f"newshouse-test-{secrets.token_hex(6)}"
    try:
        yield home
    finally:
        embedded.stop(home)
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def _new_database(server: str, template: str) -> Iterator[str]:
    name = f"newshouse_test_{secrets.token_hex(6)}"
    _execute(server, "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'", name, template)
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        _execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(server: str, statement: str, *names: str) -> None:
    with connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
