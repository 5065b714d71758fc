"""Short ways to ask, watch and kill an embedded server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.database import embedded
from etl.database.binaries import candidates
from etl.database.connect import connect

PROGRAMS = list(dict.fromkeys(folder.resolve() for folder in candidates()))

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to lend the server another account")


def ask(url: str, query: str) -> object:
    with connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def running_pid(home: Path) -> int:
    pid = embedded.status(home).pid
    assert pid is not None
    return pid


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "waited for 30 s"
        time.sleep(0.005)


def kill(home: Path) -> None:
    """What a power cut does."""
    os.kill(running_pid(home), signal.SIGKILL)
    wait_for(lambda: embedded.status(home).pid is None)


def python_process(home: Path, code: str) -> subprocess.Popen[str]:
    """Another process of the same machine, which is told the home as a command is. It leads a group of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"NEWSHOUSE_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
