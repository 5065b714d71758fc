"""Root, ordinary users, and homes that they cannot use."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import pwd
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from etl.database import embedded
from etl.errors import ServerError
from tests.db.embedded.servers import ask, needs_root


def test_a_home_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServerError, match="NEWSHOUSE_HOME"):
        embedded.start(tmp_path / "file")


@needs_root
def test_a_home_that_the_servers_account_cannot_enter_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(ServerError, match=r"cannot enter .* set NEWSHOUSE_HOME"):
        embedded.start(tmp_path / "home")


@needs_root
def test_an_ordinary_user_starts_and_stops_one(home: Path) -> None:
    _own(home)
    assert _as_nobody(_start_and_stop, home) == "started stopped"


@needs_root
def test_the_home_of_another_user_is_an_error(home: Path, url: str) -> None:
    assert "NEWSHOUSE_HOME" in _as_nobody(embedded.start, home)


@needs_root
def test_root_starts_the_server_of_a_user_as_that_user(home: Path) -> None:
    _own(home)
    _as_nobody(_start_and_stop, home)
    assert ask(embedded.start(home), "SELECT 1") == 1


def _own(home: Path) -> None:
    home.mkdir()
    os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)


def _start_and_stop(home: Path) -> str:
    with psycopg.connect(embedded.start(home)):
        pass
    return "started " + ("stopped" if embedded.stop(home) else "not running")


def _as_nobody(action: Callable[[Path], str], home: Path) -> str:
    """What `action` returns, or the error it raises, in a process of the user nobody."""
    fork = multiprocessing.get_context("fork")  # a new interpreter may lie where nobody cannot run it
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_drop_and_run, args=(action, home, sender))
    process.start()
    process.join(timeout=60)
    assert receiver.poll(), "the process ended without an answer"
    return str(receiver.recv())


def _drop_and_run(action: Callable[[Path], str], home: Path, sender: multiprocessing.connection.Connection) -> None:
    account = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    try:
        sender.send(action(home))
    except ServerError as error:
        sender.send(str(error))
