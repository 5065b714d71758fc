"""The data directory: whole or not there, and never touched when it is not ours."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.database import embedded
from etl.database.cluster import data_directory
from etl.errors import ServerError
from tests.db.embedded.servers import ask, python_process, wait_for


@pytest.fixture
def broken_initdb(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Programs of which initdb gives up half-way. They lie beside the home, where every account can run them."""
    folder = home.with_name(f"{home.name}-bin")
    folder.mkdir(mode=0o755)
    initdb = 'mkdir "${1#--pgdata=}" && echo 18 > "${1#--pgdata=}/PG_VERSION"; echo "disk full" >&2; exit 1'
    for name, script in {"initdb": initdb, "postgres": "echo 'postgres (PostgreSQL) 18.1'"}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(folder))
    yield
    shutil.rmtree(folder)


@pytest.mark.usefixtures("broken_initdb")
def test_a_failed_initdb_says_why(home: Path) -> None:
    with pytest.raises(ServerError, match="disk full"):
        embedded.start(home)


@pytest.mark.usefixtures("broken_initdb")
def test_a_failed_initdb_leaves_nothing(home: Path) -> None:
    with pytest.raises(ServerError):
        embedded.start(home)
    assert [path.name for path in home.iterdir()] == [".lock"]


def test_a_killed_initdb_leaves_no_data_directory(home: Path) -> None:
    _kill_in_initdb(home)
    assert not data_directory(home).exists()


def test_a_start_after_a_killed_initdb_works(home: Path) -> None:
    _kill_in_initdb(home)
    assert ask(embedded.start(home), "SELECT 1") == 1


def test_a_start_clears_what_a_killed_initdb_left(home: Path) -> None:
    _kill_in_initdb(home)
    embedded.start(home)
    wait_for(lambda: not list(home.glob("initdb-*")))


def _kill_in_initdb(home: Path) -> None:
    starter = python_process(home, "from etl.database.connect import resolve_url; resolve_url()")
    wait_for(lambda: list(home.glob("initdb-*/data/PG_VERSION")))
    os.killpg(starter.pid, signal.SIGKILL)
    starter.wait()


def test_one_of_another_version_is_left_alone_with_the_way_to_upgrade(made_home: Path) -> None:
    (data_directory(made_home) / "PG_VERSION").write_text("12\n", encoding="utf-8")
    with pytest.raises(ServerError, match=r"(?s)made by PostgreSQL 12.*NEWSHOUSE_PG_BIN.*pg_dump.*pg_restore"):
        embedded.start(made_home)


def test_one_without_its_password_is_an_error(made_home: Path) -> None:
    (made_home / "password").unlink()
    with pytest.raises(ServerError, match="password is gone"):
        embedded.start(made_home)


def test_a_new_one_keeps_the_url(home: Path, url: str) -> None:
    embedded.stop(home)
    data_directory(home).rename(home / "old")
    assert embedded.start(home) == url


def test_a_folder_that_is_none_is_an_error(home: Path) -> None:
    data_directory(home).mkdir(parents=True)
    with pytest.raises(ServerError, match="not a data directory"):
        embedded.start(home)


def test_a_server_that_does_not_start_shows_the_end_of_its_log(made_home: Path) -> None:
    with (data_directory(made_home) / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("shared_buffers = many\n")
    with pytest.raises(ServerError, match="shared_buffers"):
        embedded.start(made_home)
