"""`newshouse load` in a process of its own, and ways to catch it in the middle of its work."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from etl.database.connect import connect

NOT_BEGUN, MINUTE = -1, 60.0

TEXT = (
    " date 2025-05-{day:02} Посёлок номер {says} получил новую школу. На открытие приехали гости из Казахстана и "
    "Таджикистана, они осмотрели классы и спортивный зал.\n\nЗанятия начнутся осенью, сказал директор школы {says}.\n"
)


def write_corpus(folder: Path, count: int) -> None:
    """New articles, copies (each ninth says what an earlier one says) and, each hundredth, what is no article."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = TEXT.format(day=number % 28 + 1, says=number // 2 if number % 9 == 8 else number)
        content = b"\0" + text.encode() if number % 100 == 50 else text.encode()
        (folder / f"{number:05}.txt").write_bytes(content)


def start_load(url: str, *paths: Path, workers: str = "1", **environment: str) -> subprocess.Popen[str]:
    """The command as a user starts it; it leads a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from etl.cli import main; main()", "load", "--workers", workers, *map(str, paths)],
        env=os.environ | {"DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str], *codes: int) -> str:
    """Wait for the command, which must end with one of `codes`, and give what it wrote to stderr."""
    _, err = process.communicate(timeout=5 * MINUTE)
    assert process.returncode in codes, err
    assert "Traceback" not in err
    return err


def end(process: subprocess.Popen[str]) -> None:
    """What a test must not leave behind: the command and its workers."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def runs(url: str) -> list[tuple[str, int]]:
    """State and number of inputs of each run."""
    with connect(url) as connection:
        return connection.execute("SELECT state, read_count FROM ops.load_run ORDER BY run_id").fetchall()


def wait_for_inputs(url: str, count: int, process: subprocess.Popen[str]) -> None:
    """Until the last run has counted `count` inputs, or the command has ended. NOT_BEGUN: do not wait."""
    deadline = time.monotonic() + MINUTE
    with connect(url, autocommit=True) as connection:
        while process.poll() is None:
            row = connection.execute("SELECT read_count FROM ops.load_run ORDER BY run_id DESC LIMIT 1").fetchone()
            if count == NOT_BEGUN or (row and row[0] >= count):
                return
            assert time.monotonic() < deadline, "the load did not get there within a minute"
            time.sleep(0.002)


def wait_for_moment(url: str, moment: random.Random, total: int, process: subprocess.Popen[str]) -> None:
    """A moment of the load: after any number of its inputs, and up to a fifth of a second later."""
    wait_for_inputs(url, moment.randrange(total), process)
    time.sleep(moment.random() / 5)


def wait_for_worker(process: subprocess.Popen[str], moment: random.Random) -> int:
    """Process id of a worker of the load, some time before it can have read its first batch."""
    deadline = time.monotonic() + MINUTE
    while not (workers := children(process.pid)):
        assert process.poll() is None, "the load ended without a worker"
        assert time.monotonic() < deadline, "no worker within a minute"
        time.sleep(0.002)
    time.sleep(moment.random() / 2)
    return workers[0]


def load_backend(connection: psycopg.Connection) -> int:
    """Process id of the server's process that serves the load."""
    row = connection.execute(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'newshouse' AND pid <> pg_backend_pid()"
        " AND datname = current_database() ORDER BY backend_start DESC LIMIT 1"
    ).fetchone()
    assert row, "the load has no connection"
    return int(row[0])


def children(pid: int) -> list[int]:
    """Processes that `pid` started and that live."""
    command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)]  # a terminal's width would cut the arguments
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "spawn_main" in line]
