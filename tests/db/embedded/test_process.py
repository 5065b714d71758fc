"""The server as a process: what it takes from the command that starts it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from etl.database import embedded
from etl.database.account import account_for
from etl.database.cluster import data_directory
from tests.db.embedded.servers import needs_root, python_process, running_pid


def test_it_holds_no_output_of_the_command_that_started_it(made_home: Path) -> None:
    starter = python_process(made_home, "from etl.database.connect import resolve_url; print(resolve_url())")
    starter.communicate(timeout=60)  # ends only when nobody holds the pipe any more
    assert embedded.status(made_home).pid is not None


def test_it_has_a_session_of_its_own(shared_home: Path) -> None:
    pid = running_pid(shared_home)
    assert os.getsid(pid) == pid


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system has no /proc")
def test_it_inherits_no_descriptor(made_home: Path, tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        embedded.start(made_home)
        opened = {link.readlink() for link in Path(f"/proc/{running_pid(made_home)}/fd").iterdir()}
    assert not opened & {tmp_path / "open", made_home / ".lock"}


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system has no /proc")
def test_it_is_told_no_secret_of_the_environment(made_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUD_KEY", "hunter2")
    embedded.start(made_home)
    assert b"hunter2" not in Path(f"/proc/{running_pid(made_home)}/environ").read_bytes()


@needs_root
def test_it_does_not_run_as_root(shared_home: Path) -> None:
    listed = ["ps", "-o", "uid=", "-p", str(running_pid(shared_home))]
    uid = int(subprocess.run(listed, stdout=subprocess.PIPE, check=True).stdout)
    assert uid == account_for(data_directory(shared_home)).uid != 0
