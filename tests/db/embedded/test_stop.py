"""Stopping, starting again, and what can be said in between."""

from __future__ import annotations

import socket
from pathlib import Path

import psycopg
import pytest

from etl.database import embedded
from etl.database.connect import connect
from etl.errors import DatabaseUnavailable
from tests.db.embedded.servers import ask, kill


def test_stop_ends_the_server(home: Path, url: str) -> None:
    embedded.stop(home)
    with pytest.raises(DatabaseUnavailable):
        connect(url)


def test_stop_says_whether_one_was_running(home: Path, url: str) -> None:
    assert [embedded.stop(home), embedded.stop(home)] == [True, False]


def test_stop_does_not_wait_for_open_connections(home: Path, url: str) -> None:
    connection = connect(url)
    assert embedded.stop(home)
    connection.close()


def test_stop_makes_no_home(home: Path) -> None:
    embedded.stop(home)
    assert not home.exists()


def test_the_url_stays_the_same(each_postgresql: Path, home: Path) -> None:
    url = embedded.start(home)
    embedded.stop(home)
    assert embedded.start(home) == url


def test_another_port_is_taken_when_the_last_one_is_in_use(home: Path, url: str) -> None:
    port = psycopg.conninfo.conninfo_to_dict(url)["port"]
    embedded.stop(home)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(str(port))))
        other.listen()
        assert ask(embedded.start(home), "SHOW port") != port


def test_what_was_committed_survives_a_killed_server(each_postgresql: Path, home: Path) -> None:
    with connect(embedded.start(home)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Бишкек' AS city")
    kill(home)
    assert ask(embedded.start(home), "SELECT city FROM kept") == "Бишкек"


def test_a_large_log_is_put_aside(made_home: Path) -> None:
    with (made_home / "server.log").open("ab") as log:
        log.truncate(20_000_000)
    embedded.start(made_home)
    assert (made_home / "server.log").stat().st_size < 10_000 < (made_home / "server.log.1").stat().st_size


def test_status_before_the_first_start(home: Path) -> None:
    assert embedded.status(home) == embedded.Status(home, major=None, pid=None, url=None)


def test_status_of_a_running_server(home: Path, url: str) -> None:
    assert embedded.status(home).url == url


def test_status_after_the_stop(home: Path, url: str) -> None:
    major = int(str(ask(url, "SHOW server_version_num"))) // 10_000
    embedded.stop(home)
    assert embedded.status(home) == embedded.Status(home, major=major, pid=None, url=None)
