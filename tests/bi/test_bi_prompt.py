"""newshouse bi grant at a terminal, on the embedded server: the password is not echoed, and stands in no log."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from etl.database import embedded
from etl.database.connect import connect
from etl.warehouse import upgrade

NAME = "analyst"
PATIENCE = 60  # seconds; only a fault waits so long
PASSWORD = "very-secret-пароль"  # noqa: S105 - of a server that ends with the test


@dataclass(frozen=True)
class Granted:
    """What the terminal showed, how the command ended, and the server it spoke to."""

    shown: str
    exit_code: int
    home: Path
    owner: str


@pytest.fixture(scope="module")
def granted(temporary_home: Callable[[], AbstractContextManager[Path]]) -> Iterator[Granted]:
    """A login made by a person who types the password twice, while the server logs every statement."""
    with temporary_home() as home:
        owner = embedded.start(home)
        upgrade(owner)
        with connect(owner, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET log_statement = 'all'")
            connection.execute("SELECT pg_reload_conf()")
        yield Granted(*type_password_twice(home), home, owner)


def type_password_twice(home: Path) -> tuple[str, int]:
    terminal, its_end = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-c", "from etl.cli import main; main()", "bi", "grant", NAME]
    child = subprocess.Popen(
        command,
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        env=environment | {"NEWSHOUSE_HOME": str(home)},
        start_new_session=True,  # without the terminal that pytest itself may run at
    )
    os.close(its_end)
    shown = b""
    for prompt in (b"Password for", b"Repeat"):
        shown += read_until(terminal, prompt)
        wait_until_hidden(terminal)
        os.write(terminal, PASSWORD.encode() + b"\n")
    shown += read_until(terminal, None)
    os.close(terminal)
    return shown.decode(), child.wait()


def wait_until_hidden(terminal: int) -> None:
    """Until the command has turned the echo off, which it does right after the prompt: what is typed before is lost."""
    deadline = time.monotonic() + PATIENCE
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        assert time.monotonic() < deadline, "the terminal shows what is typed"
        time.sleep(0.01)


def read_until(terminal: int, words: bytes | None) -> bytes:
    """What the terminal shows until these words stand there, or until its end."""
    shown = b""
    while words is None or words not in shown:
        assert select.select([terminal], [], [], PATIENCE)[0], f"the terminal shows no more than {shown!r}"
        try:
            more = os.read(terminal, 1024)
        except OSError:  # Linux's way to tell the end
            more = b""
        if not more:
            break
        shown += more
    return shown


def test_is_done(granted: Granted) -> None:
    assert (granted.exit_code, f"{NAME} is made" in granted.shown) == (0, True), granted.shown


def test_typed_password_is_not_shown(granted: Granted) -> None:
    assert PASSWORD not in granted.shown


def test_login_reads_marts_with_it(granted: Granted) -> None:
    with psycopg.connect(granted.owner, user=NAME, password=PASSWORD) as session:
        assert session.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_login_needs_it(granted: Granted) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(granted.owner, user=NAME, password="wrong")  # noqa: S106


def test_log_of_all_statements_has_the_verifier_alone(granted: Granted) -> None:
    log = (granted.home / "server.log").read_text(encoding="utf-8")
    assert f'CREATE ROLE "{NAME}" LOGIN PASSWORD \'SCRAM-SHA-256$' in log
    assert PASSWORD not in log
