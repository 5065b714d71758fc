"""Starting the server's process: its port, its log, and what to say when it ends at once."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from etl.database.account import Account
from etl.database.binaries import Binaries
from etl.database.cluster import data_directory, owner_only
from etl.database.postmaster import Postmaster, wait_until_ready
from etl.errors import ServerError

HOST = "127.0.0.1"

_FIRST_PORT = 54320
_ANY_PORT = 0
_LOG_BYTES = 10_000_000
_SHOWN_LOG_LINES = 5


def log_file(home: Path) -> Path:
    return home / "server.log"


def launch(home: Path, binaries: Binaries, account: Account) -> Postmaster:
    """Starts a server on the data directory of `home`, where the caller has seen that none runs.

    A PID file that a crash left would stop PostgreSQL when its PID is another process's by now, so it goes. Should
    anything of the old server still live, PostgreSQL sees it by its shared memory and refuses to start.
    """
    (data_directory(home) / "postmaster.pid").unlink(missing_ok=True)
    for port in _free_ports(home):
        if server := _launch_on(port, home, binaries, account):
            _port_file(home).write_text(f"{port}\n", encoding="utf-8")
            return server
        if _is_free(port):  # else somebody was quicker at that port, and the next one may do
            break
    raise ServerError(f"the server did not start; the end of {log_file(home)} says why:\n{_end_of_log(home)}")


def _launch_on(port: int, home: Path, binaries: Binaries, account: Account) -> Postmaster | None:
    data = data_directory(home)
    settings = (f"listen_addresses={HOST}", f"port={port}", "unix_socket_directories=", "log_checkpoints=off")
    options = (word for setting in settings for word in ("-c", setting))
    with _open_log(home) as log:
        process = account.spawn(binaries.folder / "postgres", "-D", data, *options, log=log)
    return wait_until_ready(data, lambda: process.poll() is None)


def _port_file(home: Path) -> Path:
    return home / "port"


def _free_ports(home: Path) -> Iterator[int]:
    """The port of the last start, so that a URL given to another program stays true; 54320; what the system picks."""
    for port in (*_last_port(home), _FIRST_PORT, _ANY_PORT, _ANY_PORT):
        if free := _bind(port):
            yield free


def _last_port(home: Path) -> Iterator[int]:
    try:
        yield int(_port_file(home).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return


def _is_free(port: int) -> bool:
    return _bind(port) is not None


def _bind(port: int) -> int | None:
    """Binds to `port` (0: one that the system picks) for a moment, and returns it; None when it is taken."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            return None
        return int(listener.getsockname()[1])


def _open_log(home: Path) -> BinaryIO:
    """The log to append to, readable by its owner alone: it quotes statements. A large one is put aside first."""
    log = log_file(home)
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
    return open(log, "ab", opener=owner_only)


def _end_of_log(home: Path) -> str:
    lines = log_file(home).read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-_SHOWN_LOG_LINES:])
