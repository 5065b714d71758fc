from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from etl.database import postmaster
from etl.database.postmaster import running_postmaster


@contextmanager
def _process(*words: str | Path) -> Iterator[int]:
    """A process that does nothing and shows `words` at the end of its command line."""
    command = [sys.executable, "-c", "print(flush=True); input()", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()  # before that the system may not show its words yet
        yield process.pid
        process.kill()


def _write_pid_file(data: Path, pid: int, status: str = "ready   ") -> None:
    lines = [str(pid), str(data), "1700000000", "54399", "", "127.0.0.1", "  1234567         0", status]
    (data / "postmaster.pid").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_server_started_on_the_folder_is_running(tmp_path: Path) -> None:
    with _process("postgres", "-D", tmp_path, "-c", "port=54399") as pid:
        _write_pid_file(tmp_path, pid)
        assert running_postmaster(tmp_path) == postmaster.Postmaster(pid, 54399, is_ready=True)


def test_a_server_of_another_folder_is_not_ours(tmp_path: Path) -> None:
    with _process("postgres", "-D", f"{tmp_path}2", "-c", "port=54399") as pid:
        _write_pid_file(tmp_path, pid)
        assert running_postmaster(tmp_path) is None


def test_a_process_that_has_the_pid_by_chance_is_not_ours(tmp_path: Path) -> None:
    _write_pid_file(tmp_path, os.getpid())
    assert running_postmaster(tmp_path) is None


def test_a_starting_server_is_not_ready(tmp_path: Path) -> None:
    with _process("postgres", "-D", tmp_path) as pid:
        _write_pid_file(tmp_path, pid, status="starting")
        server = running_postmaster(tmp_path)
    assert server is not None
    assert not server.is_ready


@pytest.mark.parametrize("text", ["", "\n", "12", "no number\n/data\n1\n54399\n", "99999999999\n/data\n1\n54399\n"])
def test_an_unfinished_or_damaged_pid_file_proves_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "postmaster.pid").write_text(text, encoding="utf-8")
    assert running_postmaster(tmp_path) is None


@pytest.mark.skipif(not Path("/bin/ps").exists(), reason="this machine has no /bin/ps")
def test_ps_shows_the_words_that_proc_shows() -> None:
    with _process("postgres", "-D", "/a folder/данные") as pid:
        assert postmaster._ps(pid) == postmaster._command_line(pid)
