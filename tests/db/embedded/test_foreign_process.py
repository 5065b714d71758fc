"""A stale PID file whose PID is another process now."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.database import embedded
from etl.database.account import account_for
from etl.database.cluster import data_directory
from tests.db.embedded.servers import ask


@pytest.fixture
def foreigner(home: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    pid_file = data_directory(home) / "postmaster.pid"
    lines = pid_file.read_text(encoding="utf-8").splitlines()
    embedded.stop(home)
    account = account_for(data_directory(home))
    with (home / "server.log").open("ab") as log:
        process = account.spawn("sleep", "600", log=log)  # of the same account: PostgreSQL itself is fooled by it
    pid_file.write_text("\n".join([str(process.pid), *lines[1:]]), encoding="utf-8")
    os.chown(pid_file, account.uid, account.gid)
    yield process
    process.kill()
    process.wait()


def test_a_foreign_process_is_not_taken_for_the_server(home: Path, foreigner: subprocess.Popen[bytes]) -> None:
    assert embedded.status(home).pid is None


def test_a_foreign_process_is_not_stopped(home: Path, foreigner: subprocess.Popen[bytes]) -> None:
    embedded.stop(home)
    assert foreigner.poll() is None


def test_a_foreign_process_survives_a_start(home: Path, foreigner: subprocess.Popen[bytes]) -> None:
    embedded.start(home)
    assert foreigner.poll() is None


def test_a_foreign_process_does_not_prevent_a_start(home: Path, foreigner: subprocess.Popen[bytes]) -> None:
    assert ask(embedded.start(home), "SELECT 1") == 1
