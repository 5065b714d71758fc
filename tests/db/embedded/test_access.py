"""Who may connect, and what a connection is."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import psycopg
import pytest

from etl.database import connect as connect_module
from etl.database.cluster import read_password
from etl.database.connect import connect
from etl.errors import DatabaseUnavailable
from tests.db.embedded.servers import ask


def test_a_wrong_password_is_refused(shared_url: str) -> None:
    user, _, place = shared_url.partition("@")
    wrong = f"{user.rpartition(':')[0]}:wrong@{place}"
    with pytest.raises(DatabaseUnavailable, match="password authentication failed"):
        connect(wrong)


def test_no_password_is_refused(shared_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSFILE", os.devnull)
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgresql://newshouse@{shared_url.partition('@')[2]}")


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("SHOW listen_addresses", "127.0.0.1"),
        ("SHOW unix_socket_directories", ""),
        ("SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules", "scram-sha-256"),
        ("SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = 'newshouse'", True),
    ],
)
def test_only_this_machine_comes_in_and_only_by_password(shared_url: str, query: str, answer: object) -> None:
    assert ask(shared_url, query) == answer


@pytest.mark.parametrize("name", ["password", "server.log", ".lock", "data"])
def test_nobody_else_may_read_what_is_secret(shared_home: Path, name: str) -> None:
    assert stat.S_IMODE((shared_home / name).stat().st_mode) & 0o077 == 0


def test_nobody_else_may_list_the_home(shared_home: Path) -> None:
    assert stat.S_IMODE(shared_home.stat().st_mode) & 0o066 == 0


def test_every_home_has_a_password_of_its_own(shared_home: Path, stopped_home: Path) -> None:
    assert read_password(shared_home) != read_password(stopped_home)


def test_a_server_that_is_too_old_is_an_error(shared_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect_module, "OLDEST_SUPPORTED", 99)
    with pytest.raises(DatabaseUnavailable, match="newshouse needs 99 or newer"):
        connect(shared_url)


def test_a_database_of_another_encoding_is_an_error(shared_url: str) -> None:
    with connect(shared_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE old ENCODING 'KOI8R' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    with pytest.raises(DatabaseUnavailable, match="stores KOI8R"):
        connect(shared_url.removesuffix("/newshouse") + "/old")


def test_a_connection_is_named(shared_url: str) -> None:
    assert ask(shared_url, "SHOW application_name") == "newshouse"


def test_a_connection_speaks_utf8(shared_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "KOI8R")
    assert ask(shared_url, "SHOW client_encoding") == "UTF8"


def test_the_server_notices_a_client_that_vanished_within_a_minute(shared_url: str) -> None:
    with connect(shared_url) as connection:
        said = [connection.execute(f"SHOW tcp_keepalives_{name}").fetchone() for name in ("idle", "interval", "count")]
    assert said == [("30",), ("10",), ("3",)]
