"""The embedded PostgreSQL: a real server on 127.0.0.1 that outlives the command and is stopped explicitly.

`home` is the folder that holds all of it:

    data/        PostgreSQL's data directory, owned by the server's account
    password     of the user newshouse, mode 0600
    port         the TCP port of the last start, tried first at the next
    server.log   what the server says; server.log.1 is the one before
    binaries/    a copy of the programs, only where the server's account cannot reach the originals
    .lock        held while one command starts or stops the server
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.database.account import Account, account_for
from etl.database.binaries import find_binaries
from etl.database.cluster import DATABASE, USER, data_directory, ensure_cluster, owner_only, read_major, read_password
from etl.database.launch import HOST, launch, log_file
from etl.database.postmaster import Postmaster, running_postmaster, wait_for_end, wait_until_ready
from etl.errors import ServerError


@dataclass(frozen=True, slots=True)
class Status:
    """What stands in a home. `major` is None before the first start; `pid` and `url` are None while nothing runs."""

    home: Path
    major: int | None
    pid: int | None
    url: str | None


def start(home: Path) -> str:
    """Starts the server where none runs, making it first where there is none, and returns its URL once it answers."""
    with _usable(home) as place:
        _make_home(place)
        with _locked(place):
            data = data_directory(place)
            # One that runs may still be starting: an interrupted command leaves it so.
            server = wait_until_ready(data, lambda: running_postmaster(data) is not None)
            return _url(place, server or _start(place))


def stop(home: Path) -> bool:
    """Stops the server, rolling back what is open, and returns when it is gone; False when none was running."""
    with _usable(home) as place:
        if not place.exists():
            return False
        with _locked(place):
            data = data_directory(place)
            if (server := running_postmaster(data)) is None:
                return False
            os.kill(server.pid, signal.SIGINT)
            if not wait_for_end(data):
                raise ServerError(f"the server (process {server.pid}) does not stop: see the end of {log_file(place)}.")
            return True


def status(home: Path) -> Status:
    """What runs in `home`. Changes nothing, and makes no folder."""
    with _usable(home) as place:
        server = running_postmaster(data_directory(place))
        if server is None:
            return Status(place, read_major(place), None, None)
        return Status(place, read_major(place), server.pid, _url(place, server))


def _start(home: Path) -> Postmaster:
    account = account_for(data_directory(home))
    _check_reach(home, account)
    binaries = find_binaries(account, home)
    ensure_cluster(home, binaries, account)
    return launch(home, binaries, account)


def _url(home: Path, server: Postmaster) -> str:
    return f"postgresql://{USER}:{read_password(home)}@{HOST}:{server.port}/{DATABASE}"


@contextlib.contextmanager
def _usable(home: Path) -> Iterator[Path]:
    """The one spelling of `home`, by which its server is recognised. What the system refuses there is a ServerError."""
    try:
        yield home.resolve()
    except OSError as error:
        raise ServerError(
            f"{home} cannot be used for the embedded server ({error}): set NEWSHOUSE_HOME to a folder of your own, "
            "or DATABASE_URL to a server that runs already."
        ) from error


def _make_home(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        return
    if os.geteuid() == 0:
        home.chmod(0o711)  # the server's account must get through to the data directory


def _check_reach(home: Path, account: Account) -> None:
    if account.run("test", "-x", home).returncode != 0:
        raise ServerError(
            f"PostgreSQL cannot be run as root, and its account (uid {account.uid}) cannot enter {home}: set "
            "NEWSHOUSE_HOME to a folder that every account can enter, such as /var/lib/newshouse, "
            "or run as an ordinary user."
        )


@contextlib.contextmanager
def _locked(home: Path) -> Iterator[None]:
    """One command at a time starts or stops the server of a home; the others wait. A dead command's lock is free."""
    with open(home / ".lock", "wb", opener=owner_only) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
