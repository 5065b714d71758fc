"""Whether a server runs on a data directory. A PID file alone proves nothing: its PID may be anybody's by now."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import ServerError

_START_SECONDS = 120  # recovery after a crash takes its time
_STOP_SECONDS = 60
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server: its process, its TCP port, and whether it takes connections yet."""

    pid: int
    port: int
    is_ready: bool


def running_postmaster(data: Path) -> Postmaster | None:
    """The server of `data` (an absolute path without symbolic links), None when there is none.

    postmaster.pid holds, a line each: PID, data directory, start time, port, socket folder, address, shared memory
    key, status (PostgreSQL's miscadmin.h). It counts only when that process was started as a server of `data`.
    """
    try:
        lines = os.fsdecode((data / "postmaster.pid").read_bytes()).splitlines()
        pid, port = int(lines[0]), int(lines[3])
    except (FileNotFoundError, ValueError, IndexError):  # no server, or one that has only begun to write
        return None
    if not re.search(rf"postgres -D {re.escape(str(data))}( -|$)", _command_line(pid)):
        return None
    return Postmaster(pid, port, is_ready=lines[-1].strip() == "ready")


def wait_until_ready(data: Path, is_alive: Callable[[], bool]) -> Postmaster | None:
    """Waits for the server of `data` to take connections; None as soon as `is_alive` says that there is none.

    Raises ServerError when it lives and is not ready after two minutes.
    """
    for _ in _polls(_START_SECONDS):
        if not is_alive():
            return None
        if (server := running_postmaster(data)) and server.is_ready:
            return server
    raise ServerError(f"the server of {data} is still starting after {_START_SECONDS} s: try again in a while.")


def wait_for_end(data: Path) -> bool:
    """Waits until no server runs on `data`; False when one still does after a minute."""
    return any(running_postmaster(data) is None for _ in _polls(_STOP_SECONDS))


def _polls(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(_POLL_SECONDS)


def _command_line(pid: int) -> str:
    """The words that process `pid` was started with, joined by spaces; empty when there is no such process."""
    if not Path("/proc/self/cmdline").exists():  # macOS
        return _ps(pid)
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return os.fsdecode(words.replace(b"\0", b" ")).strip()


def _ps(pid: int) -> str:
    listed = ("/bin/ps", "-ww", "-o", "command=", "-p", str(pid))
    return os.fsdecode(subprocess.run(listed, stdout=subprocess.PIPE, check=False).stdout).strip()  # noqa: S603
